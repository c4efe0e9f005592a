using Fikspunkt.Domain;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>An area's figure and how sure it is.</summary>
internal sealed record RankedValue(string Area, double Value, double StandardError, Interval Interval, string? Category);

/// <summary>Positions of areas whose figures vary independently of each other.</summary>
internal static class RankedValues
{
    /// <summary>The positions with marginal rank sets, in the order given; empty for none.</summary>
    public static IReadOnlyList<MeasuredPosition> Positions(string outcome, Period period, IReadOnlyList<RankedValue> values, RankOrder best, double coverage)
    {
        if (values.Count == 0)
        {
            return [];
        }

        double[] estimates = [.. values.Select(value => value.Value)];
        var sets = RankConfidence.Sets(estimates, RowMatrix.Diagonal([.. values.Select(value => value.StandardError * value.StandardError)]), new RankOptions(coverage, Best: best));
        return
        [
            .. values.Select((value, i) => new MeasuredPosition(
                value.Area, outcome, period, value.Value, value.StandardError, value.Interval.Lower, value.Interval.Upper,
                sets.Rank[i], sets.MarginalLower[i], sets.MarginalUpper[i], values.Count, null, value.Category)),
        ];
    }
}
