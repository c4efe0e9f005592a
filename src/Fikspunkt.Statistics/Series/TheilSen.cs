using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Series;

/// <summary>A line through the middle of all pairs.</summary>
/// <param name="Slope">Median of the slopes of all pairs, per unit of time.</param>
/// <param name="Intercept">Median of y - slope x time: the line's level at time 0. NaN for the seasonal slope, which has a level per season.</param>
/// <param name="Interval">Confidence interval of the slope; an end is NaN where there are too few pairs to give one.</param>
/// <param name="Pairs">Number of slopes: pairs at different times (within a season).</param>
public sealed record TheilSenLine(double Slope, double Intercept, Interval Interval, int Pairs);

/// <summary>Sen's estimate of a linear trend: little moved by outliers (up to 29 % of the values).</summary>
/// <remarks>
/// Slope = median of (y_j - y_i) / (t_j - t_i). Interval: with C = z sqrt(Var S) of the <see cref="MannKendall"/> test, its ends are the slopes in places
/// (N - C) / 2 and (N + C) / 2 + 1 of the N ordered slopes, linear between places. Theil, Proceedings of the Royal Netherlands Academy of Sciences 53 (1950); Sen, Journal of the American
/// Statistical Association 63 (1968) 1379-1389; Gilbert, Statistical Methods for Environmental Pollution Monitoring (1987), section 16.5. The interval takes values as independent.
/// Missing values are not allowed: leave them out. Deterministic. Time and memory O(n^2).
/// </remarks>
public static class TheilSen
{
    /// <summary>Fits the line.</summary>
    /// <param name="times">The times; several values may share one.</param>
    /// <param name="values">The values, one per time.</param>
    /// <param name="level">Level of the interval. Default 0.95.</param>
    /// <exception cref="InvalidValueException">NaN or infinity.</exception>
    /// <exception cref="TooFewUnitsException">Fewer than 2 values.</exception>
    /// <exception cref="NoVariationException">All values are of the same time.</exception>
    public static TheilSenLine Fit(ReadOnlySpan<double> times, ReadOnlySpan<double> values, double level = 0.95)
    {
        Require(times, values, level);
        if (values.Length < 2)
        {
            throw new TooFewUnitsException(values.Length, 2);
        }

        var slopes = new List<double>(values.Length * (values.Length - 1) / 2);
        AddSlopes(times, values, slopes);
        var line = FromSlopes(slopes, ScoreVariance(times, values), level);
        var levels = new double[values.Length];
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = values[i] - (line.Slope * times[i]);
        }

        return line with { Intercept = Quantiles.Type7InPlace(levels, 0.5) };
    }

    /// <summary>The seasonal slope: only pairs within a season count (Hirsch, Slack and Smith, Water Resources Research 18 (1982) 107-121).</summary>
    /// <param name="times">The times.</param>
    /// <param name="values">The values, one per time.</param>
    /// <param name="seasons">The season of each: 0, 1, ..., each used.</param>
    /// <param name="level">Level of the interval. Default 0.95.</param>
    /// <exception cref="InvalidValueException">NaN or infinity.</exception>
    /// <exception cref="NoVariationException">No season has values at two times.</exception>
    public static TheilSenLine Seasonal(ReadOnlySpan<double> times, ReadOnlySpan<double> values, ReadOnlySpan<int> seasons, double level = 0.95)
    {
        Require(times, values, level);
        var (ownTimes, ownValues) = (MannKendall.Split(times, seasons), MannKendall.Split(values, seasons));
        var slopes = new List<double>();
        var variance = 0.0;
        for (var season = 0; season < ownTimes.Length; season++)
        {
            AddSlopes(ownTimes[season], ownValues[season], slopes);
            variance += ScoreVariance(ownTimes[season], ownValues[season]);
        }

        return FromSlopes(slopes, variance, level);
    }

    private static void AddSlopes(ReadOnlySpan<double> times, ReadOnlySpan<double> values, List<double> slopes)
    {
        for (var j = 1; j < values.Length; j++)
        {
            for (var i = 0; i < j; i++)
            {
                if (times[i] != times[j])
                {
                    slopes.Add((values[j] - values[i]) / (times[j] - times[i]));
                }
            }
        }
    }

    private static TheilSenLine FromSlopes(List<double> found, double variance, double level)
    {
        if (found.Count == 0)
        {
            throw new NoVariationException("times");
        }

        var slopes = found.ToArray();
        Array.Sort(slopes);
        var half = NormalDistribution.Quantile((1 + level) / 2) * Math.Sqrt(variance) / 2;
        var middle = slopes.Length / 2.0;
        return new TheilSenLine(
            Quantiles.Type7InPlace(slopes, 0.5), double.NaN, new Interval(Place(slopes, middle - half), Place(slopes, middle + half + 1)), slopes.Length);
    }

    /// <summary>The value at a place counted from 1, linear between; NaN beyond the ends.</summary>
    private static double Place(double[] sorted, double place)
    {
        var below = (int)Math.Floor(place) - 1;
        if (below < 0 || below + (place > below + 1 ? 1 : 0) >= sorted.Length)
        {
            return double.NaN;
        }

        var share = place - below - 1;
        return share == 0 ? sorted[below] : sorted[below] + (share * (sorted[below + 1] - sorted[below]));
    }

    /// <summary>Variance of Kendall's S between times and values with ties in both.</summary>
    private static double ScoreVariance(ReadOnlySpan<double> times, ReadOnlySpan<double> values)
    {
        var n = (double)values.Length;
        if (n < 2)
        {
            return 0;
        }

        var (x, y) = (Ties(times), Ties(values));
        var variance = (((n * (n - 1) * ((2 * n) + 5)) - x.Fives - y.Fives) / 18) + (x.Pairs * y.Pairs / (2 * n * (n - 1)));
        return n > 2 ? variance + (x.Triples * y.Triples / (9 * n * (n - 1) * (n - 2))) : variance;
    }

    private static (double Pairs, double Triples, double Fives) Ties(ReadOnlySpan<double> values)
    {
        var (pairs, triples, fives) = (0.0, 0.0, 0.0);
        foreach (var tie in values.ToArray().CountBy(value => value))
        {
            var t = (double)tie.Value;
            pairs += t * (t - 1);
            triples += t * (t - 1) * (t - 2);
            fives += t * (t - 1) * ((2 * t) + 5);
        }

        return (pairs, triples, fives);
    }

    private static void Require(ReadOnlySpan<double> times, ReadOnlySpan<double> values, double level)
    {
        Check.SameLength(times.Length, values.Length, nameof(values));
        Check.Finite(times, nameof(times));
        Check.Finite(values, nameof(values));
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level lies between 0 and 1.");
        }
    }
}
