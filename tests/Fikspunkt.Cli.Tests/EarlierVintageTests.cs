using System.Globalization;
using System.Text.Json;
using Fikspunkt.Definitions;
using Fikspunkt.Sources.Synthetic;
using Fikspunkt.Testing;

namespace Fikspunkt.Cli.Tests;

/// <summary>Revised data: the earlier vintage comes from the store, after real imports.</summary>
public sealed class EarlierVintageTests : IDisposable
{
    private const string Vejen = "575";
    private static readonly Lazy<(string First, string Revised)> Figures = new(Make);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ReleaseChange_TwoImports_TheRevisionShowsInTheMunicipalityThatWasRevised()
    {
        Import(Figures.Value.First, "first.csv");
        Import(Figures.Value.Revised, "revised.csv");
        var (revised, said) = Measured("measure", "release-change", "--json", "--lang", "en");
        revised[Vejen].ShouldBeGreaterThan(0.0005, "one tenth of those on cash benefit were lacking in the first vintage");
        revised.Where(pair => pair.Key != Vejen).Max(pair => Math.Abs(pair.Value)).ShouldBeLessThan(revised[Vejen] / 5);
        said.ShouldContain("\"Revised data\" is the difference from an earlier vintage (synthetic-denmark-");

        // The vintage that is chosen by itself is the one before, and files are held against the store as well.
        Measured("measure", "release-change", "--json", "--earlier", "1").Revised.ShouldBe(revised);
        Measured("measure", "release-change", "--json", "--data", "revised.csv").Revised.ShouldBe(revised);
        foreach (var (line, named) in (ReadOnlySpan<(string, string)>)[("9", "9"), ("2", "2"), ("x", "--earlier")])
        {
            Refused(["measure", "release-change", "--earlier", line]).ShouldContain(named);
        }

        Refused(["measure", "ministry-2018", "--earlier", "1"]).ShouldContain("release-change");
    }

    [Fact]
    public void ReleaseChange_OneVintageOrTheOldestGiven_SaysThatNothingIsSeenToBeRevised()
    {
        Import(Figures.Value.First, "first.csv");
        var (revised, said) = Measured("measure", "release-change", "--json", "--lang", "en");
        revised.Values.ShouldAllBe(value => value == 0);
        said.ShouldContain("There is only one vintage of the figures");
        Import(Figures.Value.Revised, "revised.csv");
        Measured("measure", "release-change", "--json", "--lang", "en", "--data", "first.csv").Said.ShouldContain("There is only one vintage of the figures");
    }

    [Fact]
    public void ReleaseChange_MadeUpFigures_HaveNoEarlierVintage()
    {
        Refused(["measure", "release-change", "--synthetic", "--earlier", "1"]).ShouldContain("--earlier");
        Measured("measure", "release-change", "--synthetic", "--json", "--lang", "en").Said.ShouldContain("There is only one vintage of the figures");
    }

    private void Import(string text, string name)
    {
        File.WriteAllText(Path.Combine(folder.Path, name), text);
        FikspunktCommand.Run(folder.Path, "import", "csv", name).ShouldEndWith(0);
    }

    private string Refused(string[] arguments)
    {
        var before = Directory.GetFileSystemEntries(folder.Path).Order().ToList();
        var answer = FikspunktCommand.Run(folder.Path, arguments).ShouldEndWith(2);
        Directory.GetFileSystemEntries(folder.Path).Order().ShouldBe(before);
        answer.Output.ShouldBeEmpty();
        return answer.Error.Split('\n').Where(line => line.StartsWith("fikspunkt: ", StringComparison.Ordinal)).ToList().ShouldHaveSingleItem();
    }

    private (Dictionary<string, double> Revised, string Said) Measured(params string[] arguments)
    {
        using var document = JsonDocument.Parse(FikspunktCommand.Run(folder.Path, arguments).ShouldEndWith(0).Output);
        var result = document.RootElement[0];
        return (
            result.GetProperty("tables").GetProperty("change").EnumerateArray().ToDictionary(row => row.GetProperty("area").GetString()!, row => row.GetProperty("revised_data").GetDouble()),
            string.Join('\n', result.GetProperty("statements").EnumerateArray().Select(statement => statement.GetProperty("en").GetString())));
    }

    /// <summary>The figures of the synthetic Denmark as first published, Vejen's cash benefit of 2023 a tenth too low, and as revised.</summary>
    private static (string First, string Revised) Make()
    {
        using var made = new TemporaryFolder();
        SyntheticFiles.Write(SyntheticDenmark.Generate(new SyntheticOptions(), DefinitionLoader.Load(RepositoryFiles.Path("definitions"))), made.Path);
        var revised = File.ReadAllText(Path.Combine(made.Path, SyntheticFiles.DataFile));
        return (string.Join('\n', revised.Split('\n').Select(First)), revised);
    }

    private static string First(string line)
    {
        var cells = line.Split(',');
        if (cells is not [Vejen, ['2', '0', '2', '3', 'M', ..], "full_time_persons", "kontanthjaelp", { Length: > 0 } value, _])
        {
            return line;
        }

        cells[4] = (0.9 * double.Parse(value, CultureInfo.InvariantCulture)).ToString("R", CultureInfo.InvariantCulture);
        return string.Join(',', cells);
    }
}
