namespace Fikspunkt.Statistics.Ranks;

/// <summary>The units that may be among the tau best (or worst).</summary>
/// <param name="Contains">Per unit: whether it may be among them.</param>
/// <param name="Bound">Per unit: the best rank it may have (the worst, for the tau worst), all units judged together.</param>
/// <param name="CriticalValue">Critical value of the first step; 0 when no difference is uncertain.</param>
public sealed record TauSet(bool[] Contains, int[] Bound, double CriticalValue);

/// <summary>Confidence sets for the tau best and the tau worst units.</summary>
/// <remarks>
/// With the stated probability the set contains every unit whose true rank is at most tau. Projection of the simultaneous one-sided
/// sets: Mogstad, Romano, Shaikh and Wilhelm (2024), as in <see cref="RankConfidence"/>; the sets that csranks' cstaubest and cstauworst
/// give. A unit belongs to the set of the tau best when its simultaneous lower bound is at most tau, to the tau worst when its upper
/// bound is at least the number of units - tau + 1. The set has at least tau units. Errors and determinism as in <see cref="RankConfidence.Sets"/>.
/// </remarks>
public static class TauSets
{
    /// <summary>The units that may be among the tau best.</summary>
    /// <param name="estimates">One estimate per unit.</param>
    /// <param name="covariance">Their covariance, p x p.</param>
    /// <param name="tau">From 1 to the number of units.</param>
    /// <param name="options">Coverage, draws, seed, direction; bounds and units are given by the question and must be left alone.</param>
    public static TauSet Best(ReadOnlySpan<double> estimates, RowMatrix covariance, int tau, RankOptions options)
    {
        RequireQuestion(estimates.Length, tau, options);
        var ((lower, _), critical) = RankConfidence.SimultaneousBounds(estimates, covariance, options with { Bounds = RankBounds.Lower });
        return new TauSet(Array.ConvertAll(lower, bound => bound <= tau), lower, critical);
    }

    /// <summary>The units that may be among the tau worst.</summary>
    /// <param name="estimates">One estimate per unit.</param>
    /// <param name="covariance">Their covariance, p x p.</param>
    /// <param name="tau">From 1 to the number of units.</param>
    /// <param name="options">Coverage, draws, seed, direction; bounds and units are given by the question and must be left alone.</param>
    public static TauSet Worst(ReadOnlySpan<double> estimates, RowMatrix covariance, int tau, RankOptions options)
    {
        RequireQuestion(estimates.Length, tau, options);
        var ((_, upper), critical) = RankConfidence.SimultaneousBounds(estimates, covariance, options with { Bounds = RankBounds.Upper });
        return new TauSet(Array.ConvertAll(upper, bound => bound > upper.Length - tau), upper, critical);
    }

    private static void RequireQuestion(int units, int tau, RankOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tau, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tau, units);
        if (options.Units is not null || options.Bounds != RankBounds.TwoSided)
        {
            throw new ArgumentException("The tau best are sought among all units, with the bound that the question needs.", nameof(options));
        }
    }
}
