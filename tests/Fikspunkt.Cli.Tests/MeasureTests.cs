using System.Text.Json;
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
    public void Measure_AllOnTheSyntheticDenmark_WritesEveryMeasurementAndOneReport()
    {
        FikspunktCommand.Run(folder.Path, "measure", "all", "--synthetic", "--out", "out").ShouldEndWith(0);
        var defined = Directory.GetFiles(RepositoryFiles.Path("definitions", "measurements"), "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)!);

        // The ministry's published list has figures of its own, which the synthetic Denmark does not make up.
        foreach (var id in defined.Where(id => id != "published-y30r21"))
        {
            File.ReadAllLines(Path.Combine(folder.Path, "out", id, "positions.csv")).Length.ShouldBeGreaterThan(50, id);
        }

        File.ReadAllText(Path.Combine(folder.Path, "out", "measurements.html")).ShouldContain("SYNTETISKE DATA");
    }

    [Theory]
    [InlineData("measure", "measurement")]
    [InlineData("measure no-such", "no-such")]
    [InlineData("measure ministry-2018", "fikspunkt.duckdb")]
    [InlineData("measure ministry-2018 --data none.csv", "none.csv")]
    [InlineData("measure ministry-2018 --synthetic --csv italian", "italian")]
    public void Measure_WrongUse_OneClearLine_ExitCodeTwoAndNothingOnDisk(string line, string named)
    {
        var answer = FikspunktCommand.Run(folder.Path, line.Split(' ')).ShouldEndWith(2);
        answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(text => text.StartsWith("fikspunkt: ", StringComparison.Ordinal)).ToList().ShouldHaveSingleItem().ShouldContain(named);
        answer.Output.ShouldBeEmpty();
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }
}
