using System.Diagnostics;
using Fikspunkt.Store;
using Fikspunkt.Testing;

namespace Fikspunkt.Cli.Tests;

/// <summary>Figures in, what the source changed out.</summary>
public sealed class ImportTests : IDisposable
{
    private const string First = "municipality,year,indicator,value\nAabenraa,2019,unemployment_pct,3.40\nAalborg,2019,unemployment_pct,4.91\nÅrhus,2019,unemployment_pct,4.46\n";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ImportTwice_ThenDiff_ShowsWhatTheSourceChanged()
    {
        File.WriteAllText(folder.File("first.csv"), First);
        File.WriteAllText(folder.File("second.csv"), First.Replace("4.91", "4.95", StringComparison.Ordinal).Replace("Aabenraa,2019,unemployment_pct,3.40\n", string.Empty, StringComparison.Ordinal) + "Assens,2019,unemployment_pct,3.1\n");
        FikspunktCommand.Run(folder.Path, "import", "csv", "first.csv").ShouldEndWith(0);
        FikspunktCommand.Run(folder.Path, "import", "csv", "second.csv").ShouldEndWith(0);

        var vintages = FikspunktCommand.Run(folder.Path, "vintages").ShouldEndWith(0).Output;
        vintages.ShouldContain("first.csv");
        vintages.ShouldContain("second.csv");
        var diff = FikspunktCommand.Run(folder.Path, "diff", "1", "2").ShouldEndWith(0).Output;
        diff.ShouldContain("1 nye, 1 fjernede, 1 ændrede, 1 uændrede");
        diff.ShouldContain("851 2019: 4,91 -> 4,95");
        FikspunktCommand.Run(folder.Path, "diff", "1", "2", "--json", "--lang", "en").ShouldEndWith(0).Output.ShouldContain("\"value\": 4.95");
    }

    [Fact]
    public void Import_OptionThatThereIsNot_IsToldAsOneAndNotAsAFile()
    {
        File.WriteAllText(folder.File("first.csv"), First);

        FikspunktCommand.Run(folder.Path, "import", "csv", "--file", "first.csv").ShouldEndWith(2).Error.ShouldContain("Ukendt ord på kommandolinjen: '--file'; ventede fikspunkt import csv --help");
        File.Exists(folder.File("fikspunkt.duckdb")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Aabenraa,2019,unemployment_pct,3.40\nAabenra,2019,unemployment_pct,3\n", "bad.csv(3, municipality)", "Aabenra")]
    [InlineData("Aabenraa,2019,unemployment_pct,3.40\nAabenraa,2019,unemployment_pct,3\n", "bad.csv(3", "2")]
    [InlineData("Aabenraa,2019,unemployment_pct,tre\n", "bad.csv(2, value)", "tre")]
    [InlineData("Aabenraa,2019M13,unemployment_pct,3\n", "bad.csv(2, year)", "2019M13")]
    [InlineData("Aabenraa,2019,no_such_indicator,3\n", "bad.csv(2, indicator)", "no_such_indicator")]
    public void Import_Fault_IsReportedWithItsPlaceAndTheStoreStaysAsItWas(string rows, string place, string named)
    {
        File.WriteAllText(folder.File("first.csv"), First);
        FikspunktCommand.Run(folder.Path, "import", "csv", "first.csv").ShouldEndWith(0);
        var before = FikspunktCommand.Run(folder.Path, "vintages", "--json").Output;

        File.WriteAllText(folder.File("bad.csv"), "municipality,year,indicator,value\n" + rows);
        var answer = FikspunktCommand.Run(folder.Path, "import", "csv", "bad.csv").ShouldEndWith(2);
        answer.Error.ShouldContain(place);
        answer.Error.ShouldContain(named);
        FikspunktCommand.Run(folder.Path, "vintages", "--json").Output.ShouldBe(before);
    }

    [Fact]
    public void Import_TwoUnitsForOneIndicator_AreReportedWithBothLines()
    {
        const string Header = "municipality,year,indicator,unit,value\nAarhus,2019,unemployment_pct,pct.,3\n";
        File.WriteAllText(folder.File("mixed.csv"), Header + "Aalborg,2019,unemployment_pct,promille,40\n");
        var answer = FikspunktCommand.Run(folder.Path, "import", "csv", "mixed.csv").ShouldEndWith(2);
        answer.Error.ShouldContain("mixed.csv(3, unit)");
        answer.Error.ShouldContain("promille");
        answer.Error.ShouldContain("2");

        File.WriteAllText(folder.File("same.csv"), Header + "Aalborg,2019,unemployment_pct,pct.,4\n");
        FikspunktCommand.Run(folder.Path, "import", "csv", "same.csv").ShouldEndWith(0);
    }

    [Theory]
    [InlineData("import", "csv", "second.csv")]
    [InlineData("vintages")]
    public async Task Command_OnAStoreThatAnotherProgramHasOpen_SaysWhatItWaitsForAndGoesOnWhenItIsFree(params string[] arguments)
    {
        File.WriteAllText(folder.File("first.csv"), First);
        File.WriteAllText(folder.File("second.csv"), First);
        FikspunktCommand.Run(folder.Path, "import", "csv", "first.csv").ShouldEndWith(0);
        using var process = WaitingFor(ObservationStore.Open(folder.File("fikspunkt.duckdb")), arguments, out var said);
        said.ShouldContain("fikspunkt.duckdb");
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(0, error);
        output.ShouldContain("dst-municipalities");
        using var store = ObservationStore.Open(folder.File("fikspunkt.duckdb"));
        store.Vintages().Count.ShouldBe(arguments[0] == "import" ? 2 : 1);
    }

    /// <summary>Starts a command and lets go of the store when it has said that it waits.</summary>
    private Process WaitingFor(ObservationStore store, string[] arguments, out string said)
    {
        using (store)
        {
            var process = Process.Start(FikspunktCommand.Start(folder.Path, arguments))!;
            process.StandardInput.Close();
            said = process.StandardError.ReadLine() ?? "";
            return process;
        }
    }

    [Fact]
    public void Import_FaultIntoANewStore_LeavesNoStoreBehind()
    {
        File.WriteAllText(folder.File("bad.csv"), "municipality,year,indicator,value\nAabenraa,2019,unemployment_pct,tre\n");
        FikspunktCommand.Run(folder.Path, "import", "csv", "bad.csv").ShouldEndWith(2);
        Directory.GetFileSystemEntries(folder.Path).ShouldHaveSingleItem();
    }
}
