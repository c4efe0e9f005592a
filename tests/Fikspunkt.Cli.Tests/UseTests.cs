using Fikspunkt.Testing;

namespace Fikspunkt.Cli.Tests;

/// <summary>Help, languages, wrong use and exit codes.</summary>
public sealed class UseTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("demo")]
    [InlineData("import")]
    [InlineData("import csv")]
    [InlineData("import xlsx")]
    [InlineData("import json")]
    [InlineData("import jobindsats")]
    [InlineData("import statbank")]
    [InlineData("vintages")]
    [InlineData("diff")]
    [InlineData("benchmark")]
    [InlineData("report")]
    [InlineData("publish")]
    [InlineData("verify")]
    [InlineData("stats")]
    [InlineData("stats check")]
    [InlineData("measure")]
    [InlineData("stats cox")]
    public void Help_EachCommand_ShowsAnExampleInBothLanguages(string command)
    {
        var danish = FikspunktCommand.Run(folder.Path, [.. command.Split(' '), "--help"]).ShouldEndWith(0);
        danish.Output.ShouldContain("Eksempler:");
        danish.Output.ShouldContain("  fikspunkt " + command.Split(' ')[0]);
        var english = FikspunktCommand.Run(folder.Path, [.. command.Split(' '), "--help", "--lang", "en"]).ShouldEndWith(0);
        english.Output.ShouldContain("Examples:");
        english.Output.ShouldNotContain("Brug:");
    }

    [Theory]
    [InlineData("", "kommando")]
    [InlineData("bechmark", "bechmark")]
    [InlineData("import", "kommando")]
    [InlineData("import csv", "files")]
    [InlineData("import csv nothere.csv", "nothere.csv")]
    [InlineData("import csv data.xlsx", ".csv")]
    [InlineData("import jobindsats y01a02 --select nonsense", "nonsense")]
    [InlineData("import statbank AUS08 --address ftp://x", "ftp://x")]
    [InlineData("import statbank AUS08 --attempts 0", "0")]
    [InlineData("import jobindsats y01a02", "JOBINDSATS_API_TOKEN")]
    [InlineData("import jobindsats y01a02 --token-file none", "none")]
    [InlineData("vintages", "fikspunkt.duckdb")]
    [InlineData("diff 1 two", "after")]
    [InlineData("diff 1 2", "fikspunkt.duckdb")]
    [InlineData("benchmark", "model")]
    [InlineData("benchmark no-such-model", "no-such-model")]
    [InlineData("benchmark dst-unemployment", "fikspunkt.duckdb")]
    [InlineData("benchmark dst-unemployment --data none.csv", "none.csv")]
    [InlineData("benchmark dst-unemployment --period 2022QMAT12", "2022QMAT12")]
    [InlineData("benchmark dst-unemployment --period 2022M01", "2022M01")]
    [InlineData("benchmark dst-unemployment --csv italian", "italian")]
    [InlineData("publish dst-unemployment", "--out")]
    [InlineData("publish dst-unemployment --out p --hide-up-to 9", "9")]
    [InlineData("verify none.zip", "none.zip")]
    [InlineData("demo --seed x", "--seed")]
    [InlineData("demo --lang de", "de")]
    public void WrongUse_OneClearLine_ExitCodeTwoAndNothingOnDisk(string line, string named)
    {
        var environment = new Dictionary<string, string?> { ["JOBINDSATS_API_TOKEN"] = null };
        var answer = FikspunktCommand.Run(folder.Path, environment, line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ShouldEndWith(2);
        var faults = answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(text => text.StartsWith("fikspunkt: ", StringComparison.Ordinal)).ToList();
        faults.ShouldHaveSingleItem().ShouldContain(named);
        answer.Output.ShouldBeEmpty();
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("demo --out taken")]
    [InlineData("benchmark dst-unemployment --data none.csv --out taken")]
    public void Out_FileInTheFoldersPlace_IsRefusedAndKept(string line)
    {
        File.WriteAllText(folder.File("taken"), "mine");
        FikspunktCommand.Run(folder.Path, line.Split(' ')).ShouldEndWith(2).Error.ShouldContain("taken");
        File.ReadAllText(folder.File("taken")).ShouldBe("mine");
        Directory.GetFileSystemEntries(folder.Path).ShouldHaveSingleItem();
    }

    [Fact]
    public void Import_SourceThatIsNotThere_EndsWithThreeAndLeavesNothing()
    {
        // Port 9 (discard) is closed on an ordinary machine.
        var answer = FikspunktCommand.Run(folder.Path, "import", "statbank", "AUS08", "--address", "http://127.0.0.1:9", "--attempts", "1").ShouldEndWith(3);
        answer.Error.ShouldContain("127.0.0.1:9");
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Import_WithAKey_NeverPrintsIt()
    {
        var environment = new Dictionary<string, string?> { ["JOBINDSATS_API_TOKEN"] = "s3cret-k3y" };
        var answer = FikspunktCommand.Run(folder.Path, environment, "import", "jobindsats", "y01a02", "--address", "http://127.0.0.1:9", "--attempts", "1").ShouldEndWith(3);
        (answer.Output + answer.Error).ShouldNotContain("s3cret");
    }

    [Fact]
    public void Environment_Language_IsUsedAndTheOptionWins()
    {
        var environment = new Dictionary<string, string?> { ["FIKSPUNKT_LANG"] = "en" };
        FikspunktCommand.Run(folder.Path, environment, "--help").Output.ShouldContain("Usage:");
        FikspunktCommand.Run(folder.Path, environment, "--help", "--lang=da").Output.ShouldContain("Brug:");
    }
}
