using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Statistics.Series;

/// <summary>A test whether one regression holds for all of a series.</summary>
/// <param name="Process">Cumulated residuals over (sigma sqrt n) after 0, 1, ..., n observations: a Brownian bridge without a change.</param>
/// <param name="Statistic">Its largest size.</param>
/// <param name="PValue">Probability that a Brownian bridge is ever that large.</param>
/// <param name="At">The observation (from 0) after which the process is largest: the likeliest last one before a change.</param>
public sealed record StabilityTest(double[] Process, double Statistic, double PValue, int At);

/// <summary>CUSUM test of the residuals of least squares for a change of the coefficients.</summary>
/// <remarks>
/// Process: sum of the first residuals / (sigma sqrt n) with sigma^2 = residual sum of squares / (n - k), or with lags above 0 the long-run variance
/// (Bartlett weights, Newey and West, Econometrica 55 (1987)). P(sup |B| > x) = 2 sum over i of (-1)^(i+1) exp(-2 i^2 x^2). Ploberger and Krämer, Econometrica 60 (1992) 271-285,
/// after Brown, Durbin and Evans, Journal of the Royal Statistical Society B 37 (1975) 149-192. The p-value is asymptotic; the test has little power against changes of
/// slopes whose column has mean 0. Missing values are not allowed. Deterministic.
/// </remarks>
public static class OlsCusum
{
    /// <summary>Tests a change of level: the regression on a constant.</summary>
    /// <inheritdoc cref="Test(RowMatrix, ReadOnlySpan{double}, int)"/>
    public static StabilityTest Test(ReadOnlySpan<double> y, int lags = 0)
    {
        var x = new RowMatrix(y.Length, 1);
        Array.Fill(x.Values, 1);
        return Test(x, y, lags);
    }

    /// <summary>Tests a change of the coefficients of <paramref name="y"/> on <paramref name="x"/>.</summary>
    /// <param name="x">Design in the order of time; it should hold a column of ones.</param>
    /// <param name="y">Response.</param>
    /// <param name="lags">Autocovariances of the residuals that count in sigma. Default 0: independent errors.</param>
    /// <exception cref="InvalidValueException">NaN or infinity.</exception>
    /// <exception cref="TooFewUnitsException">Not more observations than columns.</exception>
    /// <exception cref="RankDeficientException">Columns depend on each other.</exception>
    /// <exception cref="NoVariationException">The regression fits exactly: there are no residuals to add up.</exception>
    public static StabilityTest Test(RowMatrix x, ReadOnlySpan<double> y, int lags = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lags);
        var fit = LinearRegression.Fit(x, y);
        var n = y.Length;
        var variance = LongRun.Variance(fit.Residuals, lags) * n / fit.DegreesOfFreedom;

        // Residuals of rounding alone would give any p-value.
        if (!(variance > 1e-26 * CompensatedSum.OfSquares(y) / n))
        {
            throw new NoVariationException(nameof(y));
        }

        var process = new double[n + 1];
        var sum = new CompensatedSum();
        for (var i = 0; i < n; i++)
        {
            sum.Add(fit.Residuals[i]);
            process[i + 1] = sum.Value / Math.Sqrt(variance * n);
        }

        var at = 1;
        for (var i = 2; i < n; i++)
        {
            at = Math.Abs(process[i]) > Math.Abs(process[at]) ? i : at;
        }

        var statistic = process.Max(Math.Abs);
        return new StabilityTest(process, statistic, BridgeTail(statistic), at - 1);
    }

    /// <summary>P(sup |Brownian bridge| > x).</summary>
    private static double BridgeTail(double x)
    {
        // The series converges slowly near 0, where the probability is 1 to all digits.
        if (x < 0.15)
        {
            return 1;
        }

        var sum = 0.0;
        for (var i = 100; i >= 1; i--)
        {
            sum += (i % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * i * i * x * x);
        }

        return Math.Clamp(sum, 0, 1);
    }
}
