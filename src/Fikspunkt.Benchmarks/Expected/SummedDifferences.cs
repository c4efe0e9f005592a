using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Benchmarks.Expected;

/// <summary>Differences of one outcome or a sum of outcomes in one period, with the covariance of their errors. Arrays follow the areas.</summary>
/// <param name="Areas">Municipality codes, in order.</param>
/// <param name="Units">Unit numbers.</param>
/// <param name="Exposure">Exposure.</param>
/// <param name="Actual">Actual shares.</param>
/// <param name="Expected">Expected shares.</param>
/// <param name="Errors">Errors of the differences.</param>
/// <param name="Ranked">What areas are ranked by: the difference, or the difference relative to what was expected.</param>
/// <param name="IsRelative">Whether that is relative to what was expected.</param>
/// <param name="RankErrors">Covariance of the errors of what is ranked.</param>
/// <param name="ChanceDegreesOfFreedom">How well chance is known.</param>
/// <param name="EffectDegreesOfFreedom">How well the variance of true differences is known.</param>
internal sealed record SummedDifferences(
    IReadOnlyList<string> Areas,
    int[] Units,
    double[] Exposure,
    double[] Actual,
    double[] Expected,
    DifferenceErrors Errors,
    double[] Ranked,
    bool IsRelative,
    RowMatrix RankErrors,
    double ChanceDegreesOfFreedom,
    double EffectDegreesOfFreedom)
{
    /// <summary>Actual - expected.</summary>
    public double Difference(int area) => Actual[area] - Expected[area];

    /// <summary>What one of <see cref="Ranked"/> is as a share of the exposure: 1, or the expected share.</summary>
    public double RankUnit(int area) => IsRelative ? Expected[area] : 1;

    /// <summary>The interval of a difference, and whether it holds zero.</summary>
    public (double Lower, double Upper, SignificanceClass Class) Interval(int area, double coverage)
    {
        var half = AreaResults.Quantile(coverage, Errors.Variance[area], Errors.Chance[area], Errors.Expectation[area], ChanceDegreesOfFreedom, EffectDegreesOfFreedom) * Math.Sqrt(Errors.Variance[area]);
        var (lower, upper) = (Difference(area) - half, Difference(area) + half);
        return (lower, upper, AreaResults.ClassOf(lower, upper));
    }

    /// <summary>Ranks and their confidence sets.</summary>
    public RankSets Sets(RankingSpec ranking, int threads) => RankConfidence.Sets(Ranked, RankErrors, new RankOptions
    {
        Coverage = ranking.Coverage,
        Draws = ranking.Draws,
        Seed = ranking.Seed,
        Best = RankOrder.Lowest,
        Threads = threads,
    });
}
