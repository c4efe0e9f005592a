using Fikspunkt.Benchmarks.Published;
using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Tests.Published;

/// <summary>The ministry's published benchmark. The expected figures are the facts that its description states.</summary>
public sealed class Y30R21Tests
{
    private static readonly Lazy<BenchmarkRun> Cached = new(() =>
    {
        var (observations, definitions) = PublishedData.Real();
        return PublishedBenchmark.Run(PublishedData.Spec(), definitions, observations, [PublishedData.Vintage]);
    });

    [Fact]
    public void Run_FromCsvAndJson_IsTheSame()
    {
        var (csv, definitions) = PublishedData.Real();
        var (json, _) = PublishedData.RealFromJson();
        ValueHash.Of(json).ShouldBe(ValueHash.Of(csv));
        var spec = PublishedData.Spec(1, 200, null, "2020QMAT02", "2021QMAT02");
        var first = PublishedBenchmark.Run(spec, definitions, csv, []);
        var second = PublishedBenchmark.Run(spec, definitions, json.Reverse().ToList(), []);
        second.Results.Select(r => r with { Contributions = [] }).ShouldBe(first.Results.Select(r => r with { Contributions = [] }));
    }

    [Fact]
    public void Ties_OfTheTotal_AreThirtySevenToFiftyFour()
    {
        var ties = Cached.Value.Published!.RoundingSummaries.Where(s => s.Outcome == PublishedData.Total).Select(s => s.Tied).ToList();
        ties.ShouldBe([37, 54, 39, 44]);
    }

    [Fact]
    public void PublishedRanks_AreWithinRounding_AndNeverContradictTheRoundedDifferences()
    {
        var published = Cached.Value.Published!;
        published.RoundingSummaries.Sum(s => s.Impossible).ShouldBe(0);
        published.RoundingSummaries.ShouldAllBe(s => s.WithinTie == s.Units);
        published.RoundingSummaries.Sum(s => s.Contradictions).ShouldBe(0);

        // Ranks made from unrounded figures would contradict the rounded ones now and then.
        published.RoundingSummaries.Sum(s => s.ContradictionsExpected).ShouldBeGreaterThan(20);
    }

    [Fact]
    public void NationalSums_FirstRelease_ExpectedIsNotActual()
    {
        var sum = Cached.Value.Published!.NationalSums.Single(s => s.Outcome == PublishedData.Total && s.Period == PublishedData.Periods[0]);
        (sum.Expected, sum.Actual, sum.Difference).ShouldBe((337_920, 340_720, 2_800));
    }

    [Fact]
    public void Movement_OverAYear_IsAsDescribed()
    {
        var year = Cached.Value.Published!.Movements.Where(m => m.Overlap == 0 && m.To == m.From.Plus(4)).ToList();
        year.Count.ShouldBe(8);
        year.Average(m => m.PublishedMeanShift).ShouldBe(11, 1.0);
        year.Average(m => m.Correlation).ShouldBe(0.87, 0.03);

        // The refined differences order the municipalities almost as the published ranks do.
        year.ShouldAllBe(m => Math.Abs(m.MeanShift - m.PublishedMeanShift) < 1);
    }

    [Fact]
    public void Figures_ThatContradictEachOther_AreNamed()
    {
        var (observations, definitions) = PublishedData.Real();
        var names = definitions.Municipalities.ToDictionary(m => m.Code, m => m.Name);
        var panel = PublishedPanel.Build(PublishedData.Spec(), definitions, observations);
        panel.Notes.Select(note => (names[note.Arguments[0]], note.Arguments[1], note.Arguments[2])).ShouldBe(
        [
            ("Herlev", "a-dagpenge-mv", "2021QMAT04"),
            ("Furesø", "a-dagpenge-mv", "2021QMAT04"),
        ]);
    }

    [Fact]
    public void Figures_InTheResults_RoundToThePublishedOnes()
    {
        var (observations, definitions) = PublishedData.Real();
        var panel = PublishedPanel.Build(PublishedData.Spec(), definitions, observations);
        var contradicted = panel.Notes.Select(note => (note.Arguments[0], note.Arguments[1], note.Arguments[2])).ToHashSet();
        foreach (var list in panel.Lists)
        {
            foreach (var cell in list.Cells.Where(cell => !contradicted.Contains((cell.Area, list.Outcome.Id, list.Period.ToString()))))
            {
                (cell.Actual * cell.Exposure).ShouldBe(cell.ActualPersons, 5.5 + (0.03 * cell.ActualPersons));
                cell.Difference.ShouldBe(cell.PublishedDifference, 0.0001);
            }
        }
    }

    [Fact]
    public void Views_OfTheTotal_LeaveMostMunicipalitiesAsExpected()
    {
        var summaries = Cached.Value.Published!.Summaries.Where(s => s.Outcome == PublishedData.Total).ToList();
        summaries.Count.ShouldBe(8);
        summaries.ShouldAllBe(s => s.Units == 98 && s.Better + s.AsExpected + s.Worse == 98 && s.AsExpected > 49 && s.MeanRankSetWidth > 49);
    }
}
