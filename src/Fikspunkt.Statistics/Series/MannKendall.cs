using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Series;

/// <summary>A test for a monotone trend.</summary>
/// <param name="S">Pairs that rise less pairs that fall.</param>
/// <param name="Variance">Variance of S without a trend, corrected for ties (and for autocorrelation or between seasons where the method says so).</param>
/// <param name="Z">(S - sign S) / root of the variance: standard normal without a trend; 0 when all values are tied.</param>
/// <param name="PValue">Two-sided p-value of Z.</param>
/// <param name="Tau">Kendall's tau-b, from -1 to 1; NaN when all values are tied.</param>
/// <param name="ExactPValue">Two-sided p-value from all orders of the values; NaN with ties, above 50 values, and where the method has none.</param>
public sealed record TrendTest(double S, double Variance, double Z, double PValue, double Tau, double ExactPValue);

/// <summary>Mann-Kendall tests for a monotone trend.</summary>
/// <remarks>
/// S = sum over i &lt; j of sign(y_j - y_i); Var S = [n(n-1)(2n+5) - sum over ties of t(t-1)(2t+5)] / 18. Mann, Econometrica 13 (1945) 245-259; Kendall, Rank
/// Correlation Methods, 4th ed. (1975). The values are in the order of time; only the order counts, not the distances.
/// Missing values are not allowed: leave them out (gaps do not matter). Deterministic. Time O(n^2), memory O(n).
/// </remarks>
public static class MannKendall
{
    private const int MostExact = 50;

    /// <summary>The test for independent values.</summary>
    /// <param name="values">At least 2 values in the order of time.</param>
    /// <exception cref="InvalidValueException">NaN or infinity.</exception>
    /// <exception cref="TooFewUnitsException">Fewer than 2 values.</exception>
    public static TrendTest Test(ReadOnlySpan<double> values)
    {
        Require(values, 2);
        var (s, variance, tiedPairs) = Score(values);
        var n = values.Length;
        return Result(s, variance, Tau(s, n, tiedPairs), tiedPairs == 0 && n <= MostExact ? Exact(s, n) : double.NaN);
    }

    /// <summary>The test corrected for autocorrelation by a larger (or smaller) variance of S.</summary>
    /// <remarks>
    /// Hamed and Rao, Journal of Hydrology 204 (1998) 182-196: Var S is multiplied by
    /// 1 + 2 / (n(n-1)(n-2)) sum over lags k of (n-k)(n-k-1)(n-k-2) r_k, where r_k is the autocorrelation of the ranks of the values less
    /// the Theil-Sen slope, and counts only when it differs from 0 at <paramref name="level"/> (|r_k| > z / sqrt n). A factor that is not above 0 is an error.
    /// </remarks>
    /// <param name="values">At least 4 values, evenly spaced in time.</param>
    /// <param name="lags">Lags considered, from 1 on; fewer than the number of values. Default 1.</param>
    /// <param name="level">Level of the test of each autocorrelation. Default 0.05.</param>
    /// <exception cref="InvalidValueException">NaN or infinity.</exception>
    /// <exception cref="TooFewUnitsException">Fewer than 4 values.</exception>
    /// <exception cref="NoVariationException">The autocorrelations leave no variance: the values alternate too regularly for the correction.</exception>
    public static TrendTest HamedRao(ReadOnlySpan<double> values, int lags = 1, double level = 0.05)
    {
        Require(values, 4);
        var n = values.Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(lags, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(lags, n);
        var (s, variance, tiedPairs) = Score(values);
        var time = Enumerable.Range(0, n).Select(i => (double)i).ToArray();
        var slope = TheilSen.Fit(time, values).Slope;
        var rest = new double[n];
        for (var i = 0; i < n; i++)
        {
            rest[i] = values[i] - (slope * i);
        }

        var ranks = MidRanks(rest);
        var mean = (n + 1) / 2.0;
        var squares = CompensatedSum.OfSquares(Array.ConvertAll(ranks, rank => rank - mean));
        var limit = NormalDistribution.Quantile(1 - (level / 2)) / Math.Sqrt(n);
        var factor = 1.0;
        for (var lag = 1; lag <= lags && squares > 0; lag++)
        {
            var product = 0.0;
            for (var i = lag; i < n; i++)
            {
                product += (ranks[i] - mean) * (ranks[i - lag] - mean);
            }

            var correlation = product / squares;
            if (Math.Abs(correlation) > limit)
            {
                factor += 2.0 * (n - lag) * (n - lag - 1) * (n - lag - 2) * correlation / ((double)n * (n - 1) * (n - 2));
            }
        }

        return factor > 0 ? Result(s, variance * factor, Tau(s, n, tiedPairs), double.NaN) : throw new NoVariationException(nameof(values));
    }

    /// <summary>The seasonal test: values are compared only within their season, so that a season's level plays no part.</summary>
    /// <remarks>Hirsch, Slack and Smith, Water Resources Research 18 (1982) 107-121: S and Var S are sums over the seasons, which are taken as independent.
    /// Tau is S over the root of the pairs within seasons times those that are not tied.</remarks>
    /// <param name="values">Values in the order of time.</param>
    /// <param name="seasons">The season of each: 0, 1, ..., each used.</param>
    /// <exception cref="InvalidValueException">NaN or infinity.</exception>
    /// <exception cref="TooFewUnitsException">No season has 2 values.</exception>
    public static TrendTest Seasonal(ReadOnlySpan<double> values, ReadOnlySpan<int> seasons)
    {
        Check.Finite(values, nameof(values));
        var groups = Split(values, seasons);
        var (s, variance, pairs, tied) = (0.0, 0.0, 0.0, 0.0);
        foreach (var group in groups)
        {
            var (ownS, ownVariance, ownTied) = Score(group);
            s += ownS;
            variance += ownVariance;
            pairs += Pairs(group.Length);
            tied += ownTied;
        }

        return pairs > 0
            ? Result(s, variance, pairs > tied ? s / Math.Sqrt(pairs * (pairs - tied)) : double.NaN, double.NaN)
            : throw new TooFewUnitsException(groups.Length == 0 ? 0 : 1, 2);
    }

    internal static double[][] Split(ReadOnlySpan<double> values, ReadOnlySpan<int> seasons)
    {
        var groups = new List<double>[Check.Groups(seasons, values.Length)];
        for (var season = 0; season < groups.Length; season++)
        {
            groups[season] = [];
        }

        for (var i = 0; i < values.Length; i++)
        {
            groups[seasons[i]].Add(values[i]);
        }

        return Array.ConvertAll(groups, group => group.ToArray());
    }

    /// <summary>S, its variance with ties, and the number of tied pairs.</summary>
    internal static (double S, double Variance, double TiedPairs) Score(ReadOnlySpan<double> values)
    {
        var n = values.Length;
        var s = 0L;
        for (var j = 1; j < n; j++)
        {
            for (var i = 0; i < j; i++)
            {
                s += values[j].CompareTo(values[i]) is var sign && sign > 0 ? 1 : sign < 0 ? -1 : 0;
            }
        }

        var (correction, tied) = (0.0, 0.0);
        var sorted = values.ToArray();
        Array.Sort(sorted);
        for (var start = 0; start < n;)
        {
            var end = start + 1;
            while (end < n && sorted[end] == sorted[start])
            {
                end++;
            }

            var t = (double)(end - start);
            correction += t * (t - 1) * ((2 * t) + 5);
            tied += Pairs(t);
            start = end;
        }

        return (s, (((double)n * (n - 1) * ((2.0 * n) + 5)) - correction) / 18, tied);
    }

    private static double Pairs(double n) => n * (n - 1) / 2;

    private static double Tau(double s, int n, double tied) => Pairs(n) > tied ? s / Math.Sqrt(Pairs(n) * (Pairs(n) - tied)) : double.NaN;

    private static TrendTest Result(double s, double variance, double tau, double exact)
    {
        var z = variance > 0 ? (s - Math.Sign(s)) / Math.Sqrt(variance) : 0;
        return new TrendTest(s, variance, z, 2 * NormalDistribution.Cumulative(-Math.Abs(z)), tau, exact);
    }

    /// <summary>Share of all orders of n values whose |S| is at least this: counts of inversions by recursion over n.</summary>
    private static double Exact(double s, int n)
    {
        var share = new double[] { 1 };
        for (var m = 2; m <= n; m++)
        {
            var next = new double[share.Length + m - 1];
            for (var i = 0; i < share.Length; i++)
            {
                for (var added = 0; added < m; added++)
                {
                    next[i + added] += share[i] / m;
                }
            }

            share = next;
        }

        var inversions = (int)((Pairs(n) - Math.Abs(s)) / 2);
        return Math.Min(1, 2 * CompensatedSum.Of(share.AsSpan(0, inversions + 1)));
    }

    private static double[] MidRanks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort((double[])values.Clone(), order);
        var ranks = new double[values.Length];
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && values[order[end]] == values[order[start]])
            {
                end++;
            }

            for (var i = start; i < end; i++)
            {
                ranks[order[i]] = (start + 1 + end) / 2.0;
            }

            start = end;
        }

        return ranks;
    }

    private static void Require(ReadOnlySpan<double> values, int needed)
    {
        Check.Finite(values, nameof(values));
        if (values.Length < needed)
        {
            throw new TooFewUnitsException(values.Length, needed);
        }
    }
}
