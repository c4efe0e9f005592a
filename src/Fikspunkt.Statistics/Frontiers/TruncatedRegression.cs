using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Frontiers;

/// <summary>Regression of a variable that is only seen above 1: y = z'b + e with e normal, cut off at 1 - z'b. Maximum likelihood.</summary>
/// <remarks>In g = b / sigma and h = 1 / sigma the log-likelihood, sum log h - (h y - z'g)^2 / 2 - log Phi(z'g - h), has one maximum at most
/// (Orme and Ruud, Economics Letters 75 (2002)), but is not concave everywhere: Newton's method with its matrix' diagonal raised where it is not
/// positive definite, and steps halved until the likelihood rises.</remarks>
internal static class TruncatedRegression
{
    private const int MostSteps = 200;

    /// <summary>Coefficients and, last, sigma. NaN in all where the iterations do not settle: samples exist without a maximum.</summary>
    /// <param name="z">Rows x columns.</param>
    /// <param name="y">Above 1.</param>
    /// <param name="start">Coefficients and sigma to start from.</param>
    public static double[] Fit(RowMatrix z, ReadOnlySpan<double> y, ReadOnlySpan<double> start)
    {
        var k = z.Columns + 1;
        var parameters = new double[k];
        for (var c = 0; c < k - 1; c++)
        {
            parameters[c] = start[c] / start[^1];
        }

        parameters[^1] = 1 / start[^1];
        var (gradient, information, trial) = (new double[k], new double[k * k], new double[k]);
        var value = Evaluate(z, y, parameters, gradient, information);
        for (var step = 0; step < MostSteps; step++)
        {
            if (Factor(information, k) is not { } factor)
            {
                break;
            }

            var slope = gradient.ToArray();
            Cholesky.Solve(factor, k, gradient);
            var gain = CompensatedSum.OfProducts(slope, gradient);
            var (length, next) = (1.0, double.NegativeInfinity);
            for (; length > 1e-10; length /= 2)
            {
                for (var c = 0; c < k; c++)
                {
                    trial[c] = parameters[c] + (length * gradient[c]);
                }

                if (trial[^1] > 0 && (next = Evaluate(z, y, trial, slope, information)) >= value - (1e-12 * Math.Abs(value)))
                {
                    break;
                }
            }

            if (!double.IsFinite(next))
            {
                break;
            }

            trial.CopyTo(parameters, 0);
            slope.CopyTo(gradient, 0);
            value = next;
            if (gain < 1e-18 * (1 + Math.Abs(value)))
            {
                return [.. parameters[..^1].Select(g => g / parameters[^1]), 1 / parameters[^1]];
            }
        }

        return [.. Enumerable.Repeat(double.NaN, k)];
    }

    /// <summary>The Cholesky factor of the matrix, its diagonal raised as far as is needed; null where nothing helps.</summary>
    private static double[]? Factor(double[] information, int k)
    {
        for (var raise = 0.0; raise < 1e6; raise = raise == 0 ? 0.01 : 4 * raise)
        {
            var factor = information.ToArray();
            for (var c = 0; c < k; c++)
            {
                factor[(c * k) + c] += raise * Math.Abs(factor[(c * k) + c]);
            }

            if (Cholesky.TryFactorise(factor, k, 1e-14))
            {
                return factor;
            }
        }

        return null;
    }

    /// <summary>Log-likelihood without constants, its gradient, and minus its second derivatives.</summary>
    private static double Evaluate(RowMatrix z, ReadOnlySpan<double> y, double[] parameters, double[] gradient, double[] information)
    {
        var (k, h) = (parameters.Length, parameters[^1]);
        Array.Clear(gradient);
        Array.Clear(information);
        var value = y.Length * Math.Log(h);
        gradient[^1] = y.Length / h;
        information[^1] = y.Length / (h * h);
        Span<double> row = stackalloc double[k];
        for (var i = 0; i < y.Length; i++)
        {
            var linear = 0.0;
            for (var c = 0; c < k - 1; c++)
            {
                row[c] = z[i, c];
                linear += row[c] * parameters[c];
            }

            // With respect to (g, h): r = h y - z'g moves by (-z, y), t = z'g - h by (z, -1).
            var (r, t) = ((h * y[i]) - linear, linear - h);
            var (logTail, ratio) = Tail(t);
            var curve = ratio * (ratio + t);
            value -= (0.5 * r * r) + logTail;
            for (var a = 0; a < k; a++)
            {
                var (moveR, moveT) = a < k - 1 ? (-row[a], row[a]) : (y[i], -1.0);
                gradient[a] -= (r * moveR) + (ratio * moveT);
                for (var b = 0; b <= a; b++)
                {
                    var (otherR, otherT) = b < k - 1 ? (-row[b], row[b]) : (y[i], -1.0);
                    information[(a * k) + b] += (moveR * otherR) - (curve * moveT * otherT);
                }
            }
        }

        return value;
    }

    /// <summary>log Phi(t) and phi(t) / Phi(t), far out by their expansion.</summary>
    private static (double Log, double Ratio) Tail(double t)
    {
        var logDensity = -0.5 * ((t * t) + Math.Log(2 * Math.PI));
        if (t > -30)
        {
            var tail = NormalDistribution.Cumulative(t);
            return (Math.Log(tail), Math.Exp(logDensity) / tail);
        }

        var square = 1 / (t * t);
        var series = 1 - (square * (1 - (3 * square * (1 - (5 * square)))));
        return (logDensity - Math.Log(-t) + Math.Log(series), -t / series);
    }

    /// <summary>A draw of y = mean + sigma e given y above 1, from a uniform draw.</summary>
    public static double Draw(double mean, double sigma, double uniform)
    {
        var cut = (1 - mean) / sigma;
        var above = NormalDistribution.Cumulative(-cut);
        var e = above > 0 ? -NormalDistribution.Quantile(uniform * above) : cut - (Math.Log(uniform) / cut); // Far out the excess is exponential.
        return Math.Max(1, mean + (sigma * e));
    }
}
