using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Statistics.Series;

/// <summary>A place where a trend bends.</summary>
/// <param name="At">Time of the bend.</param>
/// <param name="StandardError">Its standard error by linearisation; NaN when too few values lie between two bends.</param>
/// <param name="Interval">Its confidence interval.</param>
/// <param name="SlopeChange">Slope after less slope before.</param>
/// <param name="SlopeChangeStandardError">Standard error of that.</param>
public readonly record struct Bend(double At, double StandardError, Interval Interval, double SlopeChange, double SlopeChangeStandardError);

/// <summary>A line with bends fitted to a series.</summary>
/// <param name="Intercept">Level of the first line at time 0.</param>
/// <param name="Slopes">Slope before, between and after the bends.</param>
/// <param name="Bends">The bends in the order of time.</param>
/// <param name="Fitted">Fitted values.</param>
/// <param name="ResidualSumOfSquares">Residual sum of squares.</param>
/// <param name="DegreesOfFreedom">Observations less coefficients: 2, and 2 more per bend.</param>
/// <param name="Bic">n log(residual sum of squares / n) + coefficients x log n: compare numbers of bends by it; lower is better.</param>
public sealed record BrokenLineFit(
    double Intercept, double[] Slopes, Bend[] Bends, double[] Fitted, double ResidualSumOfSquares, int DegreesOfFreedom, double Bic);

/// <summary>Segmented linear regression: a continuous line that bends at unknown times.</summary>
/// <remarks>
/// y = a + b t + sum of d_j max(0, t - tau_j). One bend: exact search after Hudson, Journal of the American Statistical Association 61 (1966) 1097-1129: in each gap
/// between neighbouring times the best bend is where two free lines cross, if they cross in it, and else an end of the gap. Several bends: added one by one where they help
/// most, then each moved to its best place given the others until nothing is gained; from even spacing too, and the better end is taken (a low point; not proven the lowest).
/// Standard errors: Muggeo, Statistics in Medicine 22 (2003) 3055-3071: least squares with the column -d_j 1(t > tau_j) beside max(0, t - tau_j); intervals with t quantiles. They are rough when a
/// bend is slight or near an end. A bend leaves at least 2 different times on both sides. Errors are taken as independent and of equal variance. Missing values are not allowed. Deterministic.
/// </remarks>
public static class BrokenLine
{
    /// <summary>Fits the line.</summary>
    /// <param name="times">Times in any order.</param>
    /// <param name="values">Values, one per time.</param>
    /// <param name="bends">Number of bends. Default 1.</param>
    /// <param name="level">Level of the intervals. Default 0.95.</param>
    /// <exception cref="InvalidValueException">NaN or infinity.</exception>
    /// <exception cref="TooFewUnitsException">Fewer different times than 2 per line and a value to spare.</exception>
    /// <exception cref="NoVariationException">The values lie on a line with fewer bends: the place of one more cannot be found.</exception>
    public static BrokenLineFit Fit(ReadOnlySpan<double> times, ReadOnlySpan<double> values, int bends = 1, double level = 0.95)
    {
        Check.SameLength(times.Length, values.Length, nameof(values));
        Check.Finite(times, nameof(times));
        Check.Finite(values, nameof(values));
        ArgumentOutOfRangeException.ThrowIfNegative(bends);
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level lies between 0 and 1.");
        }

        var search = new BendSearch(times, values);
        var needed = (2 * bends) + 3;
        if (search.Times < needed)
        {
            throw new TooFewUnitsException(search.Times, needed);
        }

        return Describe(times, values, search.Find(bends), level);
    }

    private static BrokenLineFit Describe(ReadOnlySpan<double> times, ReadOnlySpan<double> values, double[] bends, double level)
    {
        var (n, m) = (times.Length, bends.Length);
        var continuous = Design(times, bends, []);
        var fit = LinearRegression.Fit(continuous, values);
        var changes = fit.Coefficients[2..];
        var degrees = n - 2 - (2 * m);
        var slopes = new double[m + 1];
        slopes[0] = fit.Coefficients[1];
        var found = new Bend[m];
        var variance = fit.ResidualSumOfSquares / degrees;
        var spread = Spread(times, values, bends, changes);
        var quantile = Distributions.StudentTQuantile((1 + level) / 2, degrees);
        for (var j = 0; j < m; j++)
        {
            slopes[j + 1] = slopes[j] + changes[j];
            var error = Math.Sqrt(variance * spread[2 + m + j, 2 + m + j]);
            found[j] = new Bend(
                bends[j], error, new Interval(bends[j] - (quantile * error), bends[j] + (quantile * error)), changes[j], Math.Sqrt(variance * spread[2 + j, 2 + j]));
        }

        return new BrokenLineFit(
            fit.Coefficients[0], slopes, found, fit.Fitted, fit.ResidualSumOfSquares, degrees,
            (n * Math.Log(fit.ResidualSumOfSquares / n)) + ((2 + (2 * m)) * Math.Log(n)));
    }

    /// <summary>Unscaled covariance of the linearised regression; NaN where too few values lie between bends to tell their places apart.</summary>
    private static RowMatrix Spread(ReadOnlySpan<double> times, ReadOnlySpan<double> values, double[] bends, double[] changes)
    {
        try
        {
            return LinearRegression.Fit(Design(times, bends, changes), values).UnscaledCovariance;
        }
        catch (RankDeficientException)
        {
            var unknown = new RowMatrix(2 + (2 * bends.Length), 2 + (2 * bends.Length));
            Array.Fill(unknown.Values, double.NaN);
            return unknown;
        }
    }

    /// <summary>Columns 1, t, max(0, t - tau_j), and -d_j 1(t > tau_j) when changes are given.</summary>
    private static RowMatrix Design(ReadOnlySpan<double> times, double[] bends, double[] changes)
    {
        var design = new RowMatrix(times.Length, 2 + bends.Length + changes.Length);
        for (var i = 0; i < times.Length; i++)
        {
            var row = design.Row(i);
            (row[0], row[1]) = (1, times[i]);
            for (var j = 0; j < bends.Length; j++)
            {
                row[2 + j] = Math.Max(0, times[i] - bends[j]);
            }

            for (var j = 0; j < changes.Length; j++)
            {
                row[2 + bends.Length + j] = times[i] > bends[j] ? -changes[j] : 0;
            }
        }

        return design;
    }
}
