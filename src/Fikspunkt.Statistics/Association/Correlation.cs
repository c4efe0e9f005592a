using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Association;

/// <summary>A correlation between two figures of the same units.</summary>
/// <param name="Coefficient">Pearson's r; NaN where one of the figures does not vary.</param>
/// <param name="Lower">Lower end of its interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="PValue">Two-sided p-value of no correlation (Student's t with n - 2 degrees of freedom).</param>
/// <param name="Corrected">r corrected for the chance in both figures, cut off at -1 and 1; NaN where chance explains all there is to see.</param>
/// <param name="CorrectedLower">The lower end corrected alike.</param>
/// <param name="CorrectedUpper">The upper end corrected alike.</param>
public sealed record CorrelationResult(double Coefficient, double Lower, double Upper, double PValue, double Corrected, double CorrectedLower, double CorrectedUpper);

/// <summary>Pearson's correlation with Fisher's interval, and corrected for chance.</summary>
/// <remarks>
/// r = s_xy / (s_x s_y), sums compensated. Interval: tanh(artanh r +- z / sqrt(n - 3)) (Fisher 1915). A figure measured with chance variance v has the
/// reliability (s^2 - mean v) / s^2; the correlation of what is behind it is r / sqrt(reliability_x reliability_y) (Spearman, American Journal of
/// Psychology 15 (1904) 72-101). The correction takes chance in the two figures to be independent.
/// </remarks>
public static class Correlation
{
    /// <summary>The correlation of two figures.</summary>
    /// <param name="x">One figure a unit.</param>
    /// <param name="y">The other.</param>
    /// <param name="xVariance">Chance variance of each x; empty = none.</param>
    /// <param name="yVariance">Chance variance of each y; empty = none.</param>
    /// <param name="confidence">Strictly between 0 and 1.</param>
    /// <exception cref="TooFewUnitsException">Fewer than four units.</exception>
    /// <exception cref="InvalidValueException">A value that is not finite, a negative variance, or a confidence out of range.</exception>
    public static CorrelationResult Pearson(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> xVariance = default, ReadOnlySpan<double> yVariance = default, double confidence = 0.95)
    {
        Check.SameLength(x.Length, y.Length, nameof(y));
        if (x.Length < 4)
        {
            throw new TooFewUnitsException(x.Length, 4);
        }

        Check.Finite(x, nameof(x));
        Check.Finite(y, nameof(y));
        Rates.RateArguments.Confidence(confidence);
        var (xx, yy, xy) = Sums(x, y);
        var n = x.Length;
        if (!(xx > 0 && yy > 0))
        {
            return new CorrelationResult(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        var r = Math.Clamp(xy / Math.Sqrt(xx) / Math.Sqrt(yy), -1, 1);
        var half = NormalDistribution.Quantile((1 + confidence) / 2) / Math.Sqrt(n - 3);
        var (lower, upper) = Math.Abs(r) < 1 ? (Math.Tanh(Math.Atanh(r) - half), Math.Tanh(Math.Atanh(r) + half)) : (r, r);
        var t = r * Math.Sqrt((n - 2) / ((1 - r) * (1 + r)));
        var p = Math.Abs(r) < 1 ? Distributions.StudentTTwoSided(t, n - 2) : 0;
        var shrink = Math.Sqrt(Reliability(xx / (n - 1), xVariance, n, nameof(xVariance)) * Reliability(yy / (n - 1), yVariance, n, nameof(yVariance)));
        double Corrected(double value) => shrink > 0 ? Math.Clamp(value / shrink, -1, 1) : double.NaN;
        return new CorrelationResult(r, lower, upper, p, Corrected(r), Corrected(lower), Corrected(upper));
    }

    private static (double Xx, double Yy, double Xy) Sums(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (sumX, sumY) = (default(CompensatedSum), default(CompensatedSum));
        for (var i = 0; i < x.Length; i++)
        {
            sumX.Add(x[i]);
            sumY.Add(y[i]);
        }

        var (meanX, meanY) = (sumX.Value / x.Length, sumY.Value / x.Length);
        var (xx, yy, xy) = (default(CompensatedSum), default(CompensatedSum), default(CompensatedSum));
        for (var i = 0; i < x.Length; i++)
        {
            xx.Add((x[i] - meanX) * (x[i] - meanX));
            yy.Add((y[i] - meanY) * (y[i] - meanY));
            xy.Add((x[i] - meanX) * (y[i] - meanY));
        }

        return (xx.Value, yy.Value, xy.Value);
    }

    private static double Reliability(double variance, ReadOnlySpan<double> chance, int units, string argument)
    {
        if (chance.IsEmpty)
        {
            return 1;
        }

        Check.SameLength(units, chance.Length, argument);
        Check.Between(chance, 0, double.MaxValue, argument);
        var sum = default(CompensatedSum);
        foreach (var value in chance)
        {
            sum.Add(value);
        }

        return Math.Max(0, 1 - (sum.Value / units / variance));
    }
}
