using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Ranks;

/// <summary>What one choice does to ranks.</summary>
/// <param name="Share">Share of the ranks' variation within units that the choice alone explains; NaN when no rank varies.</param>
/// <param name="UnitShare">The same for each unit; NaN where its rank never varies.</param>
/// <param name="Places">Per unit: the difference between the largest and the smallest mean rank over the choice's levels.</param>
public sealed record RankChoice(double Share, double[] UnitShare, double[] Places);

/// <summary>Which choices behind a specification move ranks most: analysis of variance of the ranks over specifications.</summary>
/// <remarks>
/// For unit i with ranks R_ij over m specifications, choice c with levels l held by m_l specifications: SS_ic = sum over l of
/// m_l (mean of R_ij over l - mean of R_ij)^2; share_ic = SS_ic / SS_i, SS_i = sum over j of (R_ij - mean)^2; the share over all units is
/// sum over i of SS_ic / sum over i of SS_i. Where every combination of levels occurs equally often the shares add up to at most 1, and what
/// lacks is interaction; otherwise they overlap. Describes the specifications given; nothing here is a sample, so there is no test.
/// Scheffé, The Analysis of Variance (1959), chapter 4. Deterministic.
/// </remarks>
public static class RankChoices
{
    /// <summary>Compares the choices.</summary>
    /// <param name="ranks">Units x specifications, as <see cref="RankStabilityResult.Ranks"/>.</param>
    /// <param name="levels">For each choice the level that each specification has.</param>
    /// <exception cref="InvalidValueException">NaN or infinity.</exception>
    /// <exception cref="ArgumentException">A choice does not have one level a specification.</exception>
    public static IReadOnlyList<RankChoice> Of(RowMatrix ranks, IReadOnlyList<IReadOnlyList<int>> levels)
    {
        Check.Finite(ranks.Values, nameof(ranks), Math.Max(1, ranks.Columns));
        var total = new double[ranks.Rows];
        for (var unit = 0; unit < total.Length; unit++)
        {
            total[unit] = CompensatedSum.OfSquares(Around(ranks.Row(unit)));
        }

        return [.. levels.Select(choice =>
        {
            Check.SameLength(ranks.Columns, choice.Count, nameof(levels));
            return One(ranks, choice, total);
        })];
    }

    private static RankChoice One(RowMatrix ranks, IReadOnlyList<int> choice, double[] total)
    {
        var groups = Enumerable.Range(0, choice.Count).GroupBy(j => choice[j]).Select(group => group.ToArray()).ToArray();
        var (share, places) = (new double[total.Length], new double[total.Length]);
        var (between, all) = (default(CompensatedSum), default(CompensatedSum));
        for (var unit = 0; unit < total.Length; unit++)
        {
            var around = Around(ranks.Row(unit));
            var means = Array.ConvertAll(groups, group => Array.ConvertAll(group, j => around[j]).Average());
            var explained = 0.0;
            for (var g = 0; g < groups.Length; g++)
            {
                explained += groups[g].Length * means[g] * means[g];
            }

            share[unit] = total[unit] > 0 ? Math.Min(1, explained / total[unit]) : double.NaN;
            places[unit] = means.Length > 0 ? means.Max() - means.Min() : 0;
            between.Add(explained);
            all.Add(total[unit]);
        }

        return new RankChoice(all.Value > 0 ? Math.Min(1, between.Value / all.Value) : double.NaN, share, places);
    }

    private static double[] Around(ReadOnlySpan<double> row)
    {
        var values = row.ToArray();
        var mean = values.Length > 0 ? values.Average() : 0;
        return Array.ConvertAll(values, value => value - mean);
    }
}
