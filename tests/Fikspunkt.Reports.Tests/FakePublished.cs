using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Published;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Reports.Tests;

/// <summary>The made-up run dressed as a published expectation.</summary>
internal static class FakePublished
{
    public static BenchmarkRun Create()
    {
        var run = FakeRun.Create(synthetic: false);
        var results = run.Results.Select(result => result with { Contributions = [], Kroner = null }).ToList();
        var periods = results.Select(result => result.Period).Distinct().Order().ToList();
        var latest = results.Where(result => result.Outcome == "total" && result.Period == periods[^1]).OrderBy(result => result.Rank).ToList();
        var shifts = new[] { 8, 40, 25, 15, 8, 2 };
        double[] noiseShifts = [6.5, 50, 25, 12, 4.25, 0.25];
        var analysis = new PublishedAnalysis(
            [],
            [.. Views.SelectMany(view => FakeRun.Spec.Outcomes.Select(outcome => outcome.Id).Append("total").Select(outcome => new PublishedSummary(view, outcome, periods[^1], 98, 11, 70, 17, 0.0001, 1e-6, 0.62, 41.2, 63.8, 26, 9)))],
            [.. Views.SelectMany(view => latest.Select(r => new PublishedPosition(view, "total", r.Period, r.Area, r.Difference, r.StandardError, r.Lower, r.Upper, r.Class, r.Rank, r.RankLower, r.RankUpper, r.RankLowerSimultaneous, r.RankUpperSimultaneous, r.Shrunken, r.ShrunkenStandardError, ["101", "580"])))],
            [.. latest.Select(r => new RoundingPosition("total", r.Period, r.Area, r.Difference, r.Difference - 1e-4, r.Difference + 1e-4, r.Rank, r.Rank, r.Rank + 1, Math.Max(1, r.Rank - 3), r.Rank + 4))],
            [new RoundingSummary("total", periods[^1], 98, 44, 54, 98, 0, 3.6, 9, 0, 12.5)],
            [new RankMovement("total", periods[0], periods[^1], 0, 98, 11.9, 8, 27, 61, 11.7, 0.85, shifts, [.. Enum.GetValues<MovementNoise>().Select(noise => new NoiseShift(noise, 7.4, 6.6, 8.3, 0.62, noiseShifts))])],
            [.. Enum.GetValues<MovementNoise>().Select(noise => new MeanRegression("total", periods[0], periods[^1], noise, -0.21, 0.05, -0.17, 0.83))],
            [.. latest.Take(10).Select(r => new FallBack("total", periods[0], periods[^1], ListEnd.Top, r.Area, r.Rank, r.Difference, r.Rank + 5, 0.8 * r.Difference, 0.7 * r.Difference, 0.85 * r.Difference))],
            [new NationalSum("total", periods[^1], 333_520, 336_320, 2_900_000)],
            [new OverdispersionCase("total", periods[^1], 1, 20, 50, 28, 0.9, 22, 40, 12)]);
        return run with { Spec = run.Spec with { Kind = ModelKind.PublishedExpectation, Covariates = [] }, Results = results, Trend = [], Published = analysis };
    }

    private static NoiseView[] Views => [NoiseView.Chance, NoiseView.Persistence];
}
