using Fikspunkt.Benchmarks.Published;
using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Tests.Published;

public sealed class PublishedBenchmarkTests
{
    private const int Units = 30;

    private static readonly DefinitionSet Definitions = PublishedData.Definitions(Enumerable.Range(0, Units).Select(i => $"By {i}"));

    private static BenchmarkRun Run(IReadOnlyList<Observation> observations, double? overdispersion = null, params string[] periods) =>
        PublishedBenchmark.Run(PublishedData.Spec(Math.Max(1, observations.DistinctBy(o => o.Breakdown).Count()), 500, overdispersion, periods), Definitions, observations, [PublishedData.Vintage]);

    [Fact]
    public void Run_Twice_IsBitIdentical()
    {
        var data = PublishedData.MadeUp(Units, 2, 11);
        var (first, second) = (Run(data), Run(Enumerable.Reverse(data).ToList()));
        second.Results.Select(r => r with { Contributions = [] }).ShouldBe(first.Results.Select(r => r with { Contributions = [] }));
        second.Published!.Movements.SelectMany(m => m.Noise).Select(n => n with { Shifts = [] })
            .ShouldBe(first.Published!.Movements.SelectMany(m => m.Noise).Select(n => n with { Shifts = [] }));
    }

    [Fact]
    public void Results_HoldTheChanceView_OfEveryOutcomeAndRelease()
    {
        var data = PublishedData.MadeUp(Units, 2, 3);
        var run = Run(data);
        run.Results.Count.ShouldBe(2 * 4 * Units);
        var positions = run.Published!.Positions.Where(p => p.View == NoiseView.Chance).ToDictionary(p => (p.Outcome, p.Period, p.Area));
        foreach (var r in run.Results)
        {
            var p = positions[(r.Outcome, r.Period, r.Area)];
            (r.Rank, r.RankLower, r.RankUpperSimultaneous, r.Class, r.Lower).ShouldBe((p.Rank, p.RankLower, p.RankUpperSimultaneous, p.Class, p.Lower));
            r.Difference.ShouldBe(r.Actual - r.Expected);
            r.ExpectationStandardError.ShouldBe(0);
            r.StandardError.ShouldBeGreaterThanOrEqualTo(r.ChanceStandardError);
            (r.Lower, r.Upper).ShouldSatisfyAllConditions(
                interval => ((interval.Lower + interval.Upper) / 2).ShouldBe(r.Difference, 1e-12),
                interval => (interval.Upper - interval.Lower).ShouldBe(2 * 1.959963984540054 * r.StandardError, 1e-9));
            r.Kroner.ShouldBe(r.Outcome == PublishedData.Total ? null : 100_000m * (decimal)Persons(r));
        }

        double Persons(AreaResult r) => data
            .Single(o => o.Area == r.Area && o.Period == r.Period && o.Indicator == "y30r21_difference_persons" && o.Breakdown.EndsWith(r.Outcome, StringComparison.Ordinal)).Value!.Value;
    }

    [Fact]
    public void NotToldApart_IsMutualAndCountsTheRankSet()
    {
        var positions = Run(PublishedData.MadeUp(Units, 1, 5)).Published!.Positions;
        foreach (var list in positions.GroupBy(p => (p.View, p.Outcome, p.Period)))
        {
            var byArea = list.ToDictionary(p => p.Area);
            foreach (var p in list)
            {
                p.NotToldApart.Count.ShouldBe(p.RankUpperSimultaneous - p.RankLowerSimultaneous);
                p.NotToldApart.ShouldAllBe(other => byArea[other].NotToldApart.Contains(p.Area));
                p.NotToldApart.ShouldNotContain(p.Area);
                p.NotToldApart.ShouldBe(p.NotToldApart.Order(StringComparer.Ordinal));
            }
        }
    }

    [Fact]
    public void StandardErrors_FollowTheStatedFormula()
    {
        var run = Run(PublishedData.MadeUp(Units, 1, 5), 2.5);
        var noise = run.Published!.Noise.Single(n => n.View == NoiseView.Chance && n.Outcome == PublishedData.Total);
        (noise.Overdispersion, noise.Basis).ShouldBe((2.5, OverdispersionBasis.Fixed));
        foreach (var r in run.Results.Where(r => r.Outcome == PublishedData.Total))
        {
            var binomial = r.Expected * (1 - r.Expected) / r.Exposure;
            r.ChanceStandardError.ShouldBe(Math.Sqrt(2.5 * binomial), 1e-12);
            var rounding = (r.StandardError * r.StandardError) - (2.5 * binomial);
            rounding.ShouldBeInRange(-1e-15, 2 * 0.0001 * 0.0001 / 12 * 1.001);
        }
    }

    [Fact]
    public void Overdispersion_OfTheChanceView_IsEstimatedButNeverBelowOne()
    {
        var calm = Run(PublishedData.MadeUp(Units, 1, 8, common: 0, factor: 0.3)).Published!.Noise[0];
        (calm.Overdispersion, calm.Basis).ShouldBe((1, OverdispersionBasis.Floor));
        calm.Estimate.ShouldBeLessThan(1);
        var lively = Run(PublishedData.MadeUp(Units, 1, 8, common: 0, factor: 6)).Published!.Noise[0];
        lively.Basis.ShouldBe(OverdispersionBasis.Movement);
        lively.Overdispersion.ShouldBe(lively.Estimate);
        lively.Overdispersion.ShouldBe(6, 2.5);
    }

    [Fact]
    public void Sensitivity_MoreNoise_EstablishesLess()
    {
        var cases = Run(PublishedData.MadeUp(Units, 1, 9)).Published!.Sensitivity.Where(c => c.Outcome == PublishedData.Total).ToList();
        cases.Select(c => c.Overdispersion).ShouldBe([1, 2, 4]);
        cases.Zip(cases.Skip(1)).ShouldAllBe(pair => pair.Second.AsExpected >= pair.First.AsExpected
            && pair.Second.Reliability <= pair.First.Reliability && pair.Second.MeanRankSetWidth >= pair.First.MeanRankSetWidth);
    }

    [Fact]
    public void Run_OneRelease_HasTheChanceViewOnly()
    {
        var published = Run(PublishedData.MadeUp(Units, 2, 4), null, "2020QMAT04").Published!;
        published.Positions.ShouldAllBe(p => p.View == NoiseView.Chance && p.Period == PublishedData.Periods[1]);
        published.Movements.ShouldBeEmpty();
        published.Noise.ShouldAllBe(n => n.Basis == OverdispersionBasis.Floor && double.IsNaN(n.Estimate));
    }

    [Fact]
    public void Run_HiddenAndMissingFigures_AreLeftOutWithTheirReason()
    {
        var data = PublishedData.MadeUp(Units, 2, 4).Where(o => !(o.Area == "103" && o.Indicator == "y30r21_expected_share_pct" && o.Breakdown.Length > 0 && o.Period == PublishedData.Periods[2]))
            .Select(o => o.Area == "102" && o.Indicator == "y30r21_actual_persons" && o.Breakdown.Length > 0 ? o with { Value = null, Status = ObservationStatus.Suppressed } : o)
            .ToList();
        var run = Run(data);
        run.Exclusions.Where(e => e.Area == "102").ShouldBe(PublishedData.Periods.Select(period => new Exclusion("102", "a-dagpenge-mv", period, ExclusionReason.OutcomeSuppressed)));
        run.Exclusions.Where(e => e.Area == "103").ShouldHaveSingleItem().Reason.ShouldBe(ExclusionReason.OutcomeMissing);
        run.Results.Count(r => r.Outcome == "a-dagpenge-mv").ShouldBe((4 * Units) - 5);
        run.Results.Count(r => r.Outcome == PublishedData.Total).ShouldBe(4 * Units);
    }

    [Fact]
    public void Run_NothingFits_SaysSo()
    {
        Should.Throw<InputException>(() => Run([]));
        Should.Throw<InputException>(() => Run(PublishedData.MadeUp(Units, 2, 4), null, "1999QMAT04"));
        Should.Throw<InputException>(() => PublishedBenchmark.Run(PublishedData.Spec() with { PublishedFigures = null }, Definitions, PublishedData.MadeUp(Units, 4, 4), []));
    }

    [Fact]
    public void FallBacks_NameTheTenBestAndTenWorst()
    {
        var run = Run(PublishedData.MadeUp(Units, 1, 6));
        var pair = run.Published!.FallBacks.Where(f => f.From == PublishedData.Periods[0] && f.To == PublishedData.Periods[2]).ToList();
        pair.Count(f => f.End == ListEnd.Top).ShouldBe(10);
        pair.Where(f => f.End == ListEnd.Bottom).Max(f => f.Rank).ShouldBe(Units);
        var ranks = run.Results.Where(r => r.Period == PublishedData.Periods[2]).ToDictionary(r => r.Area, r => r.Rank);
        pair.ShouldAllBe(f => f.LaterRank == ranks[f.Area]);

        // Shrinking draws both ends towards the middle.
        var mean = run.Published.Summaries.Single(s => s.View == NoiseView.Chance && s.Period == PublishedData.Periods[0]).Mean;
        var later = run.Published.Summaries.Single(s => s.View == NoiseView.Chance && s.Period == PublishedData.Periods[2]).Mean;
        pair.ShouldAllBe(f => Math.Abs(f.ExpectedChance - later) <= Math.Abs(f.Difference - mean) + 1e-12);
    }
}
