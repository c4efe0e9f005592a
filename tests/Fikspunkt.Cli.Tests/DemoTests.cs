using System.IO.Compression;
using System.Text.Json;
using Fikspunkt.Testing;

namespace Fikspunkt.Cli.Tests;

/// <summary>The main job from end to end, on the synthetic Denmark.</summary>
public sealed class DemoTests : IDisposable
{
    private const string Header = "municipality_code,municipality,outcome,period,actual,expected,difference,se,lower,upper,rank,rank_lower,rank_upper,rank_lower_simultaneous,rank_upper_simultaneous,class,shrunken";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Demo_Twice_WritesTheSameFilesThatVerifyAndAreMarkedSynthetic()
    {
        var answer = FikspunktCommand.Run(folder.Path, "demo", "--out", "one", "--no-serve", "--json").ShouldEndWith(0);
        using var json = JsonDocument.Parse(answer.Output);
        json.RootElement.GetProperty("synthetic").GetBoolean().ShouldBeTrue();
        json.RootElement.GetProperty("units").GetInt32().ShouldBe(98);

        var results = File.ReadAllLines(folder.File("one/results.csv"));
        results[0].ShouldBe(Header);
        results.Skip(1).Where(line => line.Contains(",synthetic-total,2024QMAT04,", StringComparison.Ordinal)).Count().ShouldBe(98);
        results.Skip(1).ShouldAllBe(line => line.Contains(",synthetic-", StringComparison.Ordinal));
        File.ReadAllText(folder.File("one/report.html")).ShouldContain("SYNTETISKE");
        File.Exists(folder.File("one/results.xlsx")).ShouldBeTrue();

        FikspunktCommand.Run(folder.Path, "demo", "--out", "two", "--no-serve", "--lang", "en").ShouldEndWith(0).Output.ShouldContain("SYNTHETIC");
        File.ReadAllText(folder.File("two/report.html")).ShouldContain("SYNTHETIC");
        File.ReadAllBytes(folder.File("two/results.csv")).ShouldBe(File.ReadAllBytes(folder.File("one/results.csv")));
        var package = Package("one");
        Path.GetFileName(Package("two")).ShouldBe(Path.GetFileName(package));

        FikspunktCommand.Run(folder.Path, "verify", package).ShouldEndWith(0);
        ChangeOneDigit(package, "results/results.csv");
        FikspunktCommand.Run(folder.Path, "verify", package).ShouldEndWith(1).Output.ShouldContain("results/results.csv");
    }

    private string Package(string run) => Directory.GetFiles(folder.File(run), "*.zip").ShouldHaveSingleItem();

    private static void ChangeOneDigit(string zip, string name)
    {
        using var archive = ZipFile.Open(zip, ZipArchiveMode.Update);
        var entry = archive.GetEntry(name)!;
        string text;
        using (var reader = new StreamReader(entry.Open()))
        {
            text = reader.ReadToEnd();
        }

        var place = text.IndexOf("total,2024QMAT04,", StringComparison.Ordinal) + "total,2024QMAT04,".Length;
        var digit = text[place] == '9' ? '8' : (char)(text[place] + 1);
        entry.Delete();
        using var writer = new StreamWriter(archive.CreateEntry(name).Open());
        writer.Write(text[..place] + digit + text[(place + 1)..]);
    }
}
