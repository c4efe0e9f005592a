using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Ranks;

/// <summary>Which end of the scale gets rank 1.</summary>
public enum RankOrder
{
    /// <summary>The lowest value has rank 1.</summary>
    Lowest,

    /// <summary>The highest value has rank 1.</summary>
    Highest,
}

/// <summary>Ranks of values with a stated rule for ties.</summary>
public static class RankOf
{
    /// <summary>Ranks with rank 1 for the best; equal values share the smallest rank they take up (1, 2, 2, 4).</summary>
    /// <exception cref="InvalidValueException">NaN.</exception>
    public static int[] Smallest(ReadOnlySpan<double> values, RankOrder best)
    {
        Check.Between(values, double.NegativeInfinity, double.PositiveInfinity, nameof(values));
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var ranks = new int[values.Length];
        for (var i = 0; i < ranks.Length; i++)
        {
            ranks[i] = 1 + (best == RankOrder.Lowest ? LowerBound(sorted, values[i]) : sorted.Length - UpperBound(sorted, values[i]));
        }

        return ranks;
    }

    /// <summary>Integer ranks by the omega rule: omega x (number at least as good) + (1 - omega) x (number better + 1).</summary>
    /// <param name="values">Values; infinities allowed.</param>
    /// <param name="best">Which end has rank 1.</param>
    /// <param name="omega">0: ties share the smallest rank; 1: the largest; 0.5: the middle.</param>
    /// <remarks>As <c>irank</c> of the R package csranks: Chetverikov and Wilhelm, Inference for Rank-Rank Regressions (2023).</remarks>
    /// <exception cref="InvalidValueException">NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Omega outside 0 to 1.</exception>
    public static double[] Integer(ReadOnlySpan<double> values, RankOrder best, double omega)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(omega, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(omega, 1);
        Check.Between(values, double.NegativeInfinity, double.PositiveInfinity, nameof(values));
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var ranks = new double[values.Length];
        for (var i = 0; i < ranks.Length; i++)
        {
            var (below, upTo) = (LowerBound(sorted, values[i]), UpperBound(sorted, values[i]));
            var (better, atLeastAsGood) = best == RankOrder.Lowest ? (below, upTo) : (sorted.Length - upTo, sorted.Length - below);
            ranks[i] = (omega * atLeastAsGood) + ((1 - omega) * (better + 1));
        }

        return ranks;
    }

    /// <summary><see cref="Integer"/> divided by the number of values: ranks from 0 to 1.</summary>
    public static double[] Fractional(ReadOnlySpan<double> values, RankOrder best, double omega)
    {
        var count = values.Length;
        return Array.ConvertAll(Integer(values, best, omega), rank => rank / count);
    }

    private static int LowerBound(double[] sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static int UpperBound(double[] sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] <= value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
