using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Shrinkage;

/// <summary>How the variance between units is estimated.</summary>
public enum BetweenVarianceMethod
{
    /// <summary>Restricted maximum likelihood: the highest point of the restricted likelihood, at 0 if that is the border.</summary>
    Reml,

    /// <summary>Paule-Mandel: the variance at which the generalised Q statistic equals its expectation n - 1; 0 if it is below at 0.
    /// Makes no use of normality.</summary>
    PauleMandel,
}

/// <summary>The result of <see cref="NormalNormal"/>. Arrays follow the units.</summary>
/// <param name="Mean">mu = sum of w_i y_i / sum of w_i, w_i = 1 / (tau^2 + s_i^2).</param>
/// <param name="MeanStandardError">1 / sqrt(sum of w_i).</param>
/// <param name="BetweenVariance">tau^2.</param>
/// <param name="Shrunken">mu + B_i (y_i - mu).</param>
/// <param name="PosteriorSd">sqrt(B_i s_i^2 + (1 - B_i)^2 Var(mu)): uncertainty of mu included, of tau^2 not.</param>
/// <param name="Factor">B_i = tau^2 / (tau^2 + s_i^2): 0 = all noise, 1 = all signal.</param>
public sealed record NormalNormalEstimate(
    double Mean,
    double MeanStandardError,
    double BetweenVariance,
    double[] Shrunken,
    double[] PosteriorSd,
    double[] Factor)
{
    /// <summary>Posterior covariance of all units: tau^2 (1 - B_i) on the diagonal, and (1 - B_i)(1 - B_j) Var(mu) everywhere, because
    /// all units are shrunken towards the same estimated mean. Its diagonal is the square of <see cref="PosteriorSd"/>.</summary>
    public RowMatrix PosteriorCovariance()
    {
        var covariance = new RowMatrix(Factor.Length, Factor.Length);
        for (var i = 0; i < Factor.Length; i++)
        {
            for (var j = 0; j < Factor.Length; j++)
            {
                covariance[i, j] = (1 - Factor[i]) * (1 - Factor[j]) * MeanStandardError * MeanStandardError;
            }

            covariance[i, i] += BetweenVariance * (1 - Factor[i]);
        }

        return covariance;
    }
}

/// <summary>Empirical Bayes for estimates with known standard errors: y_i ~ N(theta_i, s_i^2), theta_i ~ N(mu, tau^2).</summary>
/// <remarks>
/// Morris, JASA 78 (1983) 47-55; REML as in Viechtbauer, Journal of Educational and Behavioral Statistics 30 (2005) 261-293;
/// Paule and Mandel, J. Res. NBS 87 (1982) 377-385. Deterministic.
/// </remarks>
public static class NormalNormal
{
    /// <summary>Shrinks estimates towards their common mean.</summary>
    /// <param name="estimates">One estimate per unit.</param>
    /// <param name="standardErrors">Their standard errors, above 0.</param>
    /// <param name="method">How tau^2 is estimated.</param>
    /// <exception cref="InvalidValueException">An estimate that is not finite, a standard error that is not above 0.</exception>
    /// <exception cref="TooFewUnitsException">Fewer than two units.</exception>
    /// <exception cref="NumericRangeException">Values too many powers of ten apart to calculate with.</exception>
    public static NormalNormalEstimate Estimate(
        ReadOnlySpan<double> estimates,
        ReadOnlySpan<double> standardErrors,
        BetweenVarianceMethod method = BetweenVarianceMethod.Reml)
    {
        Check.SameLength(estimates.Length, standardErrors.Length, nameof(standardErrors));
        Check.Finite(estimates, nameof(estimates));
        Check.Positive(standardErrors, nameof(standardErrors));
        if (estimates.Length < 2)
        {
            throw new TooFewUnitsException(estimates.Length, 2);
        }

        // Worked out around the first estimate and in units of the smallest standard error: no offset or scale can spoil it.
        var (origin, unit) = (estimates[0], standardErrors[0]);
        foreach (var s in standardErrors)
        {
            unit = Math.Min(unit, s);
        }

        var (y, v) = (new double[estimates.Length], new double[estimates.Length]);
        for (var i = 0; i < y.Length; i++)
        {
            (y[i], v[i]) = ((estimates[i] - origin) / unit, standardErrors[i] / unit * (standardErrors[i] / unit));
        }

        var between = method == BetweenVarianceMethod.Reml ? Reml(y, v) : PauleMandel(y, v);
        var (mean, information, _) = At(y, v, between);
        var (shrunken, posterior, factor) = (new double[y.Length], new double[y.Length], new double[y.Length]);
        for (var i = 0; i < y.Length; i++)
        {
            factor[i] = between / (between + v[i]);
            shrunken[i] = origin + (unit * (mean + (factor[i] * (y[i] - mean))));
            posterior[i] = unit * Math.Sqrt((factor[i] * v[i]) + ((1 - factor[i]) * (1 - factor[i]) / information));
        }

        var (common, error, variance) = (origin + (unit * mean), unit / Math.Sqrt(information), unit * unit * between);
        Check.Calculated("An estimate", common, error, variance);
        Check.Calculated("A shrunken estimate", [.. shrunken, .. posterior, .. factor]);
        return new NormalNormalEstimate(common, error, variance, shrunken, posterior, factor);
    }

    private static (double Mean, double Information, double Q) At(double[] y, double[] v, double between)
    {
        var (weights, weighted) = (default(CompensatedSum), default(CompensatedSum));
        for (var i = 0; i < y.Length; i++)
        {
            weights.Add(1 / (between + v[i]));
            weighted.Add(y[i] / (between + v[i]));
        }

        var mean = weighted.Value / weights.Value;
        var q = default(CompensatedSum);
        for (var i = 0; i < y.Length; i++)
        {
            q.Add((y[i] - mean) * (y[i] - mean) / (between + v[i]));
        }

        return (mean, weights.Value, q.Value);
    }

    private static double PauleMandel(double[] y, double[] v) =>
        // Q falls in tau^2, so the root is the only one.
        Roots.Falling(between => At(y, v, between).Q - (y.Length - 1), Highest(y, v));

    private static double Reml(double[] y, double[] v) =>
        Roots.HighestPoint(between => LogLikelihood(y, v, between), between => Score(y, v, between), Highest(y, v));

    /// <summary>Beyond this both criteria fall: tau^2 cannot exceed the spread of all estimates.</summary>
    private static double Highest(double[] y, double[] v)
    {
        var spread = y.Max() - y.Min();
        return (spread * spread) + v.Max();
    }

    private static double LogLikelihood(double[] y, double[] v, double between)
    {
        var (_, information, q) = At(y, v, between);
        var logs = default(CompensatedSum);
        foreach (var variance in v)
        {
            logs.Add(Math.Log(between + variance));
        }

        return -0.5 * (logs.Value + Math.Log(information) + q);
    }

    private static double Score(double[] y, double[] v, double between)
    {
        var (mean, information, _) = At(y, v, between);
        var (trace, squares, fit) = (default(CompensatedSum), default(CompensatedSum), default(CompensatedSum));
        for (var i = 0; i < y.Length; i++)
        {
            var w = 1 / (between + v[i]);
            trace.Add(w);
            squares.Add(w * w);
            fit.Add(w * w * (y[i] - mean) * (y[i] - mean));
        }

        return 0.5 * (fit.Value - trace.Value + (squares.Value / information));
    }
}
