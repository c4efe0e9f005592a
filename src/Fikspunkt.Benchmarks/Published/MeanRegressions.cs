using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Published;

/// <summary>Regression to the mean: extreme positions are partly luck, and luck does not come back.</summary>
internal static class MeanRegressions
{
    /// <summary>Slope of the change on the first level, observed and as noise alone gives it.</summary>
    /// <remarks>
    /// If only noise moves and the lists spread alike, Cov(change, first) = -Var(change) / 2, so the expected slope is
    /// -(mean variance of the change) / (2 Var(first)). Reliability = 1 - (mean variance of the first list's noise) / Var(first).
    /// </remarks>
    public static MeanRegression Describe(
        ReleasePair pair,
        MovementNoise noise,
        Func<(PublishedCell From, PublishedCell To), double> changeVariance,
        Func<PublishedCell, double> noiseVariance)
    {
        var level = pair.Cells.Select(cells => cells.From.Difference).ToArray();
        var change = pair.Changes();
        var variance = Descriptives.Variance(level);
        var slope = Descriptives.Covariance(level, change) / variance;
        var (meanLevel, meanChange) = (level.Average(), change.Average());
        var unexplained = level.Zip(change, (x, y) => y - meanChange - (slope * (x - meanLevel))).Sum(r => r * r);
        return new MeanRegression(
            pair.From.Outcome.Id,
            pair.From.Period,
            pair.To.Period,
            noise,
            slope,
            Math.Sqrt(unexplained / (level.Length - 2) / (variance * (level.Length - 1))),
            -pair.Cells.Average(changeVariance) / (2 * variance),
            Math.Clamp(1 - (pair.Cells.Average(cells => noiseVariance(cells.From)) / variance), 0, 1));
    }

    /// <summary>The best and worst of the first list and where they stood in the second. Fewer than <paramref name="count"/> at each end in short lists.</summary>
    public static IEnumerable<FallBack> Ends(ReleasePair pair, int count, Func<NoiseView, Period, PublishedView?> view)
    {
        var chance = Expectations(NoiseView.Chance, pair, view);
        var persistence = Expectations(NoiseView.Persistence, pair, view);
        var first = view(NoiseView.Chance, pair.From.Period)!.Positions.ToDictionary(p => p.Area);
        var later = view(NoiseView.Chance, pair.To.Period)!.Positions.ToDictionary(p => p.Area);
        var ordered = pair.Cells.Select(cells => first[cells.From.Area])
            .OrderBy(p => p.Rank).ThenBy(p => p.Area, StringComparer.Ordinal).ToList();
        var each = Math.Min(count, ordered.Count / 2);
        return ordered.Take(each).Select(p => (ListEnd.Top, p)).Concat(ordered.TakeLast(each).Select(p => (ListEnd.Bottom, p)))
            .Select(entry => new FallBack(
                pair.From.Outcome.Id,
                pair.From.Period,
                pair.To.Period,
                entry.Item1,
                entry.p.Area,
                entry.p.Rank,
                entry.p.Difference,
                later[entry.p.Area].Rank,
                later[entry.p.Area].Difference,
                chance(entry.p.Area),
                persistence(entry.p.Area)));
    }

    /// <summary>Mean of the later list + the shrunken distance from the mean in the first; NaN where the view is not available.</summary>
    private static Func<string, double> Expectations(NoiseView kind, ReleasePair pair, Func<NoiseView, Period, PublishedView?> view)
    {
        if (view(kind, pair.From.Period) is not { } from || view(kind, pair.To.Period) is not { } to)
        {
            return _ => double.NaN;
        }

        var shrunken = from.Positions.ToDictionary(p => p.Area, p => p.Shrunken);
        return area => to.Summary.Mean + shrunken[area] - from.Summary.Mean;
    }
}
