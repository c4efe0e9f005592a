using Fikspunkt.Statistics.Numerics;
using MathNet.Numerics;

namespace Fikspunkt.Statistics.Shrinkage;

/// <summary>What is known beforehand of the mean of the ratios.</summary>
public enum PriorMean
{
    /// <summary>Nothing: the mean is estimated with the spread.</summary>
    Free,

    /// <summary>It is 1, as when the expected counts come from the same units.</summary>
    One,
}

/// <summary>How the prior is estimated.</summary>
public enum PoissonGammaMethod
{
    /// <summary>The highest point of the marginal (negative binomial) likelihood.</summary>
    MaximumLikelihood,

    /// <summary>Moments weighted by the expected counts (Marshall 1991): quick, and less exact with few units.</summary>
    Moments,
}

/// <summary>The result of <see cref="PoissonGamma"/>. Arrays follow the units.</summary>
/// <param name="Shape">a of the prior; infinite when the counts vary no more than chance makes them (complete shrinkage).</param>
/// <param name="Rate">b of the prior; infinite with <paramref name="Shape"/>.</param>
/// <param name="PriorMean">a / b, also where both are infinite.</param>
/// <param name="PriorSd">sqrt(a) / b; 0 at complete shrinkage.</param>
/// <param name="LogLikelihood">Marginal log likelihood at the estimate, constants included.</param>
/// <param name="Ratio">O / E.</param>
/// <param name="PosteriorMean">(a + O) / (b + E) = weight x O / E + (1 - weight) x a / b.</param>
/// <param name="PosteriorSd">sqrt(a + O) / (b + E): a and b taken as known.</param>
/// <param name="Lower">Lower end of the interval: a gamma quantile.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Weight">E / (E + b): 0 = all noise, 1 = all signal.</param>
/// <param name="ProbabilityAboveOne">P(theta > 1) given the counts.</param>
public sealed record PoissonGammaEstimate(
    double Shape,
    double Rate,
    double PriorMean,
    double PriorSd,
    double LogLikelihood,
    double[] Ratio,
    double[] PosteriorMean,
    double[] PosteriorSd,
    double[] Lower,
    double[] Upper,
    double[] Weight,
    double[] ProbabilityAboveOne);

/// <summary>Empirical Bayes for standardised ratios: O_i ~ Poisson(E_i theta_i), theta_i ~ gamma(shape a, rate b).</summary>
/// <remarks>
/// Clayton and Kaldor, Biometrics 43 (1987) 671-681; moments as in Marshall, Applied Statistics 40 (1991) 283-294. The marginal likelihood
/// is profiled down to the dispersion d = 1 / a: the highest point of a grid (0 included) is refined to a root of the derivative, and the
/// mean at each d is the root of sum of (O - m E) / (1 + d m E), which falls. Where the likelihood is highest at d = 0 the counts are no
/// more spread than Poisson counts: shape and rate are infinite and each unit's posterior is the point a / b. Deterministic.
/// </remarks>
public static class PoissonGamma
{
    /// <summary>The largest count and expected count: beyond it a double no longer tells counts apart.</summary>
    public const double Largest = 1e15;

    /// <summary>Below this shape nothing of the prior can be told from 0.</summary>
    private const double SmallestShape = 1e-100;

    /// <summary>The largest dispersion looked at: a shape of a millionth.</summary>
    private const double LargestDispersion = 1e6;

    /// <summary>Shrinks the ratios of counts to expected counts towards their common mean.</summary>
    /// <param name="counts">Observed counts O, from 0 to <see cref="Largest"/>; need not be whole.</param>
    /// <param name="expected">Expected counts E, above 0 and up to <see cref="Largest"/>.</param>
    /// <param name="mean">Whether the mean of the ratios is estimated or 1.</param>
    /// <param name="method">How the prior is estimated.</param>
    /// <param name="coverage">Probability of the intervals, strictly between 0 and 1.</param>
    /// <exception cref="InvalidValueException">A count or expected count outside its range, NaN or infinite.</exception>
    /// <exception cref="TooFewUnitsException">Fewer than two units.</exception>
    /// <exception cref="NoEventsException">All counts are 0.</exception>
    /// <exception cref="NumericRangeException">Values too many powers of ten apart to calculate with.</exception>
    public static PoissonGammaEstimate Estimate(
        ReadOnlySpan<double> counts,
        ReadOnlySpan<double> expected,
        PriorMean mean = PriorMean.Free,
        PoissonGammaMethod method = PoissonGammaMethod.MaximumLikelihood,
        double coverage = 0.95)
    {
        Check.SameLength(counts.Length, expected.Length, nameof(expected));
        Check.Between(counts, 0, Largest, nameof(counts));
        Check.Positive(expected, nameof(expected));
        Check.Between(expected, 0, Largest, nameof(expected));
        if (!(coverage > 0 && coverage < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(coverage), coverage, "The coverage lies strictly between 0 and 1.");
        }

        if (counts.Length < 2)
        {
            throw new TooFewUnitsException(counts.Length, 2);
        }

        if (CompensatedSum.Of(counts) == 0)
        {
            throw new NoEventsException();
        }

        var (o, e) = (counts.ToArray(), expected.ToArray());
        var (dispersion, priorMean) = method == PoissonGammaMethod.Moments ? Moments(o, e, mean) : MaximumLikelihood(o, e, mean);
        if (!(dispersion <= 1 / SmallestShape && priorMean is > 0 and <= Largest * Largest))
        {
            throw new NumericRangeException("The prior");
        }

        return Posterior(o, e, dispersion, priorMean, coverage);
    }

    private static (double Dispersion, double Mean) MaximumLikelihood(double[] o, double[] e, PriorMean mean)
    {
        double MeanAt(double d) => mean == PriorMean.One
            ? 1
            : Roots.Falling(m => MeanScore(o, e, d, m), 2 * CompensatedSum.Of(o) / CompensatedSum.Of(e));

        // The mean is at its own highest point for each d, so its movement adds nothing to the derivative.
        var dispersion = Roots.HighestPoint(d => LogLikelihood(o, e, d, MeanAt(d)), d => Score(o, e, d, MeanAt(d)), LargestDispersion);
        return (dispersion, MeanAt(dispersion));
    }

    private static (double Dispersion, double Mean) Moments(double[] o, double[] e, PriorMean mean)
    {
        var expected = CompensatedSum.Of(e);
        var m = mean == PriorMean.One ? 1 : CompensatedSum.Of(o) / expected;
        var squares = default(CompensatedSum);
        for (var i = 0; i < o.Length; i++)
        {
            squares.Add((o[i] - (m * e[i])) / e[i] * (o[i] - (m * e[i])) / expected);
        }

        // Variance between ratios, less what Poisson counts add to it.
        var between = squares.Value - (m * o.Length / expected);
        return (between > 0 ? between / m / m : 0, m);
    }

    private static double MeanScore(double[] o, double[] e, double d, double m)
    {
        var sum = default(CompensatedSum);
        for (var i = 0; i < o.Length; i++)
        {
            sum.Add((o[i] - (m * e[i])) / (1 + (d * m * e[i])));
        }

        return sum.Value;
    }

    private static double LogLikelihood(double[] o, double[] e, double d, double m)
    {
        var sum = default(CompensatedSum);
        for (var i = 0; i < o.Length; i++)
        {
            var mu = m * e[i];
            var t = d * mu;
            sum.Add(RisingProducts.Log(d, o[i]) - SpecialFunctions.GammaLn(o[i] + 1));
            sum.Add(-mu * RisingProducts.LogRatio(t));
            sum.Add(o[i] == 0 ? 0 : o[i] * (Math.Log(mu) - Elementary.Log1P(t)));
        }

        return sum.Value;
    }

    /// <summary>The derivative of the log likelihood in d; at d = 0 half the sum of (O - mu)^2 - O.</summary>
    private static double Score(double[] o, double[] e, double d, double m)
    {
        var sum = default(CompensatedSum);
        for (var i = 0; i < o.Length; i++)
        {
            var mu = m * e[i];
            var t = d * mu;
            sum.Add(RisingProducts.Derivative(d, o[i]));
            sum.Add(mu * mu * RisingProducts.Curvature(t));
            sum.Add(-mu * o[i] / (1 + t));
        }

        return sum.Value;
    }

    private static PoissonGammaEstimate Posterior(double[] o, double[] e, double dispersion, double mean, double coverage)
    {
        var n = o.Length;
        var (shape, rate) = (1 / dispersion, 1 / dispersion / mean);
        var (ratio, posterior, sd, weight) = (new double[n], new double[n], new double[n], new double[n]);
        var (lower, upper, above) = (new double[n], new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            ratio[i] = o[i] / e[i];
            weight[i] = e[i] / (e[i] + rate);
            if (double.IsPositiveInfinity(shape))
            {
                (posterior[i], lower[i], upper[i], above[i]) = (mean, mean, mean, mean > 1 ? 1 : 0);
                continue;
            }

            var (a, b) = (shape + o[i], rate + e[i]);
            posterior[i] = a / b;
            sd[i] = Math.Sqrt(a) / b;
            lower[i] = Distributions.ChiSquaredQuantile((1 - coverage) / 2, 2 * a) / (2 * b);
            upper[i] = Distributions.ChiSquaredQuantile((1 + coverage) / 2, 2 * a) / (2 * b);
            above[i] = Distributions.ChiSquaredTail(2 * b, 2 * a);
        }

        var logLikelihood = LogLikelihood(o, e, dispersion, mean);
        Check.Calculated("The likelihood", logLikelihood);
        Check.Calculated("A posterior", [.. posterior, .. sd, .. lower, .. upper, .. above]);
        return new PoissonGammaEstimate(
            shape, rate, mean, mean * Math.Sqrt(dispersion), logLikelihood, ratio, posterior, sd, lower, upper, weight, above);
    }
}
