using System.Text.Json;
using Fikspunkt.Definitions;
using Fikspunkt.Sources;
using Fikspunkt.Sources.Synthetic;
using Fikspunkt.Testing;

namespace Fikspunkt.Cli.Tests;

/// <summary><c>fikspunkt measure</c> as a user runs it.</summary>
public sealed class MeasureTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Measure_OneOnTheSyntheticDenmark_GivesEveryMunicipalityItsPosition()
    {
        var answer = FikspunktCommand.Run(folder.Path, "measure", "ministry-2018", "--synthetic", "--json", "--out", "out").ShouldEndWith(0);
        using var document = JsonDocument.Parse(answer.Output);
        var measurement = document.RootElement[0];
        measurement.GetProperty("synthetic").GetBoolean().ShouldBeTrue();
        var total = measurement.GetProperty("tables").GetProperty("positions").EnumerateArray().Where(row => row.GetProperty("outcome").GetString() == "synthetic-total").ToList();
        total.Count.ShouldBe(98);
        total.Select(row => row.GetProperty("rank").GetInt32()).ShouldContain(1);
        foreach (var row in total)
        {
            var rank = row.GetProperty("rank").GetInt32();
            rank.ShouldBeInRange(row.GetProperty("rank_lower").GetInt32(), row.GetProperty("rank_upper").GetInt32());
        }

        File.ReadAllLines(Path.Combine(folder.Path, "out", "ministry-2018", "positions.csv")).Length.ShouldBeGreaterThan(98);
        var report = File.ReadAllText(Path.Combine(folder.Path, "out", "measurements.html"));
        report.ShouldContain("id=\"m-ministry-2018\"");
        report.ShouldContain("id=\"k101\"");
    }

    [Fact]
    public void Measure_AllOnTheSyntheticDenmark_WritesEveryMeasurementOneReportAndAPackageThatVerifies()
    {
        var measured = FikspunktCommand.Run(folder.Path, "measure", "all", "--synthetic", "--out", "out").ShouldEndWith(0);
        var package = Directory.GetFiles(Path.Combine(folder.Path, "out"), "measurements-*.zip").ShouldHaveSingleItem();
        measured.Output.ShouldContain("Regn efter: fikspunkt verify " + package);
        measured.Output.ShouldContain("akf-integration hviler på personer");

        var defined = Directory.GetFiles(RepositoryFiles.Path("definitions", "measurements"), "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)!);

        // The ministry's published list has figures of its own, which the synthetic Denmark does not make up.
        foreach (var id in defined.Where(id => id != "published-y30r21"))
        {
            File.ReadAllLines(Path.Combine(folder.Path, "out", id, "positions.csv")).Length.ShouldBeGreaterThan(50, id);
        }

        File.ReadAllText(Path.Combine(folder.Path, "out", "measurements.html")).ShouldContain("SYNTETISKE DATA");

        // Another language may not change a number or a sentence, nor may anything outside the package.
        var verified = FikspunktCommand.Run(Path.GetTempPath(), "verify", Path.Combine(folder.Path, "out"), "--json", "--lang", "en").ShouldEndWith(0);
        using var answer = JsonDocument.Parse(verified.Output);
        answer.RootElement.GetProperty("passed").GetBoolean().ShouldBeTrue();
        answer.RootElement.GetProperty("numbers").GetInt32().ShouldBeGreaterThan(200_000);
    }

    [Fact]
    public void Verify_PackageOfMeasurements_FindsAChangedCellAndRefusesABrokenFile()
    {
        // A folder with a space: what is printed to be copied is still one word.
        var measured = FikspunktCommand.Run(folder.Path, "measure", "jobindsats-comparison", "--synthetic", "--out", "mine tal").ShouldEndWith(0);
        var outFolder = Path.Combine(folder.Path, "mine tal");
        measured.Output.ShouldContain($"Regn efter: fikspunkt verify \"{Directory.GetFiles(outFolder, "jobindsats-comparison-*.zip").ShouldHaveSingleItem()}\"");
        FikspunktCommand.Run(folder.Path, "verify", "mine tal").ShouldEndWith(0).Output.ShouldContain("Pakken holder:");

        var package = Directory.GetDirectories(outFolder, "jobindsats-comparison-*").ShouldHaveSingleItem();
        var file = Path.Combine(package, "results", "jobindsats-comparison", "positions.csv");
        var lines = File.ReadAllLines(file);
        File.WriteAllText(file, string.Join('\n', [lines[0], "9" + lines[1], .. lines[2..]]) + "\n");
        FikspunktCommand.Run(folder.Path, "verify", "mine tal").ShouldEndWith(1).Output.ShouldContain("results/jobindsats-comparison/positions.csv(2, area)");

        var zip = package + ".zip";
        File.WriteAllBytes(zip, File.ReadAllBytes(zip)[..20_000]);
        FikspunktCommand.Run(folder.Path, "verify", zip).ShouldEndWith(2).Error.ShouldContain("Filen kan ikke læses som en pakke");

        Directory.CreateDirectory(Path.Combine(outFolder, "another"));
        File.Copy(Path.Combine(package, "manifest.json"), Path.Combine(outFolder, "another", "manifest.json"));
        FikspunktCommand.Run(folder.Path, "verify", "mine tal").ShouldEndWith(2).Error.ShouldContain("another, jobindsats-comparison-");
    }

    [Fact]
    public void Measure_MoreHidden_SaysWhoIsAffectedAndVerifies()
    {
        var measured = FikspunktCommand.Run(folder.Path, "measure", "state-supervision", "--synthetic", "--out", "out", "--hide-up-to", "4").ShouldEndWith(0);
        measured.Output.ShouldContain("Berørte kommuner:");
        FikspunktCommand.Run(folder.Path, "verify", "out").ShouldEndWith(0);
        var inputs = File.ReadAllLines(Path.Combine(Directory.GetDirectories(Path.Combine(folder.Path, "out"), "state-supervision-*").ShouldHaveSingleItem(), "inputs", "observations.csv"));
        foreach (var cells in inputs.Skip(1).Select(line => line.Split(',')).Where(cells => cells[0] is "full_time_persons" or "supervised_citizens" || cells[0].StartsWith("long_course", StringComparison.Ordinal)))
        {
            cells[4].ShouldNotBeOneOf("1", "2", "3", "4");
        }
    }

    [Fact]
    public void Measure_ViveEfficiency_WritesItsTablesAndLeadsWithTheRange()
    {
        var answer = FikspunktCommand.Run(folder.Path, "measure", "vive-efficiency", "--synthetic", "--lang", "en", "--out", "out").ShouldEndWith(0);
        answer.Output.ShouldContain("The answer depends on the way of calculating: from about");
        File.ReadAllLines(Path.Combine(folder.Path, "out", "vive-efficiency", "jobcentres.csv")).Length.ShouldBe(94);
        var potentials = File.ReadAllLines(Path.Combine(folder.Path, "out", "vive-efficiency", "potentials.csv"));
        potentials.ShouldContain(line => line.StartsWith("as-made,", StringComparison.Ordinal) || line.Contains("The analysis as made", StringComparison.Ordinal));
        File.ReadAllText(Path.Combine(folder.Path, "out", "measurements.html")).ShouldContain("id=\"m-vive-efficiency\"");
    }

    [Fact]
    public void Measure_SpellsFile_IsMeasuredAndNotSpreadOnDisk()
    {
        var file = Spells();
        var answer = FikspunktCommand.Run(folder.Path, "measure", "akf-integration", "--synthetic", "--spells", file, "--json").ShouldEndWith(0);
        using var document = JsonDocument.Parse(answer.Output);
        document.RootElement[0].GetProperty("tables").GetProperty("positions").GetArrayLength().ShouldBeGreaterThan(80);
        Directory.GetFileSystemEntries(folder.Path).ShouldBe([Path.Combine(folder.Path, file)]);
    }

    [Theory]
    [InlineData("age", "old")]
    [InlineData("residence", "31-12-2001")]
    [InlineData("area", "999")]
    public void Measure_BrokenSpellsFile_ExitCodeTwoWithLineAndColumn(string column, string value)
    {
        var file = Spells();
        var path = Path.Combine(folder.Path, file);
        var lines = File.ReadAllLines(path);
        var cells = lines[2].Split(',');
        cells[Array.IndexOf(lines[0].Split(','), column)] = value;
        lines[2] = string.Join(',', cells);
        File.WriteAllLines(path, lines);
        var answer = FikspunktCommand.Run(folder.Path, "measure", "akf-integration", "--synthetic", "--spells", file, "--out", "out").ShouldEndWith(2);
        answer.Output.ShouldBeEmpty();
        var fault = answer.Error.Split('\n').Where(line => line.StartsWith("fikspunkt: ", StringComparison.Ordinal)).ToList().ShouldHaveSingleItem();
        fault.ShouldContain(file);
        fault.ShouldContain("3");
        fault.ShouldContain(column);
        fault.ShouldContain(value);
        Directory.GetFileSystemEntries(folder.Path).ShouldBe([path]);
    }

    [Theory]
    [InlineData("measure", "measurement")]
    [InlineData("measure no-such", "no-such")]
    [InlineData("measure ministry-2018", "fikspunkt.duckdb")]
    [InlineData("measure ministry-2018 --data none.csv", "none.csv")]
    [InlineData("measure ministry-2018 --synthetic --csv italian", "italian")]
    [InlineData("measure ministry-2018 --synthetic --out out --hide-up-to 5", "--hide-up-to")]
    public void Measure_WrongUse_OneClearLine_ExitCodeTwoAndNothingOnDisk(string line, string named)
    {
        var answer = FikspunktCommand.Run(folder.Path, line.Split(' ')).ShouldEndWith(2);
        answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(text => text.StartsWith("fikspunkt: ", StringComparison.Ordinal)).ToList().ShouldHaveSingleItem().ShouldContain(named);
        answer.Output.ShouldBeEmpty();
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    /// <summary>A register extract in the documented form, of persons who do not exist.</summary>
    private string Spells()
    {
        var structure = SyntheticStructure.Create(new SyntheticOptions(), DefinitionLoader.Load(RepositoryFiles.Path("definitions")).Municipalities);
        ResidenceSpellFile.Write(SyntheticIntegration.Generate(structure).Spells, Path.Combine(folder.Path, "spells.csv"));
        return "spells.csv";
    }
}
