using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Shrinkage;

/// <summary>
/// The parts of a negative binomial likelihood that depend on the dispersion d = 1 / shape a and a count O, written so that they stay exact
/// as d goes to 0, where differences of log gamma functions lose all their digits.
/// </summary>
/// <remarks>
/// log gamma(a + O) - log gamma(a) - O log a is the sum of log(1 + d k) over k below O. Up to <see cref="First"/> terms are added up;
/// beyond, all terms from <see cref="First"/> on are taken together by the Euler-Maclaurin formula (Abramowitz and Stegun 23.1.30, three
/// corrections, error below 2e-14), shifted so that counts need not be whole.
/// </remarks>
internal static class RisingProducts
{
    private const int First = 32;

    /// <summary>Below this the closed forms cancel and their power series are used.</summary>
    private const double Small = 0.05;

    /// <summary>log gamma(a + O) - log gamma(a) - O log a; 0 at d = 0.</summary>
    public static double Log(double dispersion, double count) => Sum(
        count,
        x => Elementary.Log1P(dispersion * x),
        (from, length) =>
        {
            var slope = dispersion / (1 + (dispersion * from));
            return length * (Elementary.Log1P(dispersion * from) + MeanLog(slope * length));
        },
        x =>
        {
            var slope = dispersion / (1 + (dispersion * x));
            return (slope / 12) - (slope * slope * slope / 360) + (Math.Pow(slope, 5) / 1260);
        });

    /// <summary>The derivative of <see cref="Log"/> in d.</summary>
    public static double Derivative(double dispersion, double count) => Sum(
        count,
        x => x / (1 + (dispersion * x)),
        (from, length) =>
        {
            var rate = 1 / (1 + (dispersion * from));
            var t = dispersion * rate * length;
            return rate * length * ((from * LogRatio(t)) + (length * Remainder(t)));
        },
        x =>
        {
            var rate = 1 / (1 + (dispersion * x));
            var (square, slope) = (rate * rate, dispersion * rate);
            return square * ((1.0 / 12) - (slope * slope / 120) + (Math.Pow(slope, 4) / 252));
        });

    /// <summary>log(1 + t) / t.</summary>
    public static double LogRatio(double t) => t == 0 ? 1 : Elementary.Log1P(t) / t;

    /// <summary>(log(1 + t) - t / (1 + t)) / t^2.</summary>
    public static double Curvature(double t) => t < Small
        ? Series(t, n => (n - 1.0) / n)
        : (Elementary.Log1P(t) - (t / (1 + t))) / t / t;

    /// <summary>(t - log(1 + t)) / t^2.</summary>
    private static double Remainder(double t) => t < Small ? Series(t, n => 1.0 / n) : (t - Elementary.Log1P(t)) / t / t;

    /// <summary>The mean of log(1 + x) over x from 0 to t.</summary>
    private static double MeanLog(double t) => t < Small
        ? t * Series(t, n => 1.0 / (n * (n - 1)))
        : ((1 + t) / t * Elementary.Log1P(t)) - 1;

    /// <summary>Sum over n from 2 on of (-1)^n c(n) t^(n - 2): 0.05^13 is below the last digit.</summary>
    private static double Series(double t, Func<int, double> coefficient)
    {
        var sum = 0.0;
        for (var n = 15; n >= 2; n--)
        {
            sum = coefficient(n) - (t * sum);
        }

        return sum;
    }

    /// <summary>Sum of f(k) over k = 0, 1, ... below a count, continued to counts that are not whole.</summary>
    private static double Sum(double count, Func<double, double> f, Func<double, double, double> integral, Func<double, double> correction)
    {
        var sum = default(CompensatedSum);
        if (count <= First && count == Math.Floor(count))
        {
            for (var k = 0; k < count; k++)
            {
                sum.Add(f(k));
            }

            return sum.Value;
        }

        for (var k = 0; k < First; k++)
        {
            sum.Add(f(k));
            sum.Add(-f(count + k));
        }

        sum.Add(integral(First, count));
        sum.Add(0.5 * f(First));
        sum.Add(-0.5 * f(First + count));
        sum.Add(correction(First + count) - correction(First));
        return sum.Value;
    }
}
