using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Statistics.Frontiers;

/// <summary>How efficiencies are regressed on the environment.</summary>
/// <param name="BiasReplications">0 = efficiencies as measured (algorithm 1); otherwise their bias is first taken out by so many replications (algorithm 2).</param>
/// <param name="Replications">Replications for the intervals.</param>
/// <param name="Coverage">Probability of the intervals, strictly between 0 and 1.</param>
/// <param name="Seed">Seed of the draws.</param>
public sealed record EnvironmentOptions(int BiasReplications = 0, int Replications = 2000, double Coverage = 0.95, long Seed = 1);

/// <summary>What the environment does to inefficiency.</summary>
/// <param name="Coefficients">Change of delta - 1 / theta, or phi - by environment variable: above 0 = less efficient.</param>
/// <param name="StandardErrors">Standard deviation over the replications.</param>
/// <param name="Lower">Lower ends of the percentile intervals.</param>
/// <param name="Upper">Upper ends.</param>
/// <param name="Sigma">Standard deviation of the rest, before it is cut off.</param>
/// <param name="Delta">Inefficiencies that were explained, unit by unit: as measured, or with their bias taken out.</param>
/// <param name="Used">Number of units in the regression: those with delta above 1.</param>
/// <param name="Failed">Replications whose fit has no maximum and that are left out of the intervals.</param>
public sealed record EnvironmentResult(
    double[] Coefficients, double[] StandardErrors, double[] Lower, double[] Upper, double Sigma, double[] Delta, int Used, int Failed);

/// <summary>Two-stage analysis: what of the measured inefficiency goes with conditions that a unit does not choose.</summary>
/// <remarks>
/// Simar and Wilson, Journal of Econometrics 136 (2007) 31-64. delta_i = z_i'b + e_i, e_i normal and cut off at 1 - z_i'b: truncated regression by maximum
/// likelihood over the units with delta above 1, intervals by parametric bootstrap (algorithm 1). Algorithm 2 first takes the bias out: delta* drawn from the
/// fitted model, the reference units' inputs multiplied by delta* / delta (outputs by delta / delta*), each unit measured against them.
/// Ordinary or censored regression of efficiencies is not valid: the scores depend on each other and are cut off, not censored. The second stage assumes that
/// the environment does not change what is possible, only how far units stay behind; where it does, make it a fixed input or output instead.
/// </remarks>
public static class EnvironmentRegression
{
    /// <summary>Measures and regresses.</summary>
    /// <param name="inputs">Units x inputs.</param>
    /// <param name="outputs">Units x outputs.</param>
    /// <param name="environment">Units x variables; put a column of ones first for the intercept.</param>
    /// <param name="options">Input or output orientation, any returns but FDH.</param>
    /// <param name="regression">Replications and the rest.</param>
    /// <exception cref="RankDeficientException">Environment variables depend on each other.</exception>
    /// <exception cref="TooFewUnitsException">Not more inefficient units than variables + 1.</exception>
    /// <exception cref="NotConvergedException">The likelihood has no maximum: the inefficiencies do not look like a truncated normal distribution.</exception>
    /// <inheritdoc cref="FrontierBootstrap.Run" path="/exception"/>
    public static EnvironmentResult Fit(
        RowMatrix inputs, RowMatrix outputs, RowMatrix environment, FrontierOptions options, EnvironmentOptions regression)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(regression.BiasReplications, nameof(regression));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(regression.Replications, nameof(regression));
        if (!(regression.Coverage > 0 && regression.Coverage < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(regression), regression.Coverage, "The coverage lies strictly between 0 and 1.");
        }

        Check.SameLength(inputs.Rows, environment.Rows, nameof(environment));
        Check.Finite(environment.Values, nameof(environment), environment.Columns);
        var delta = FrontierBootstrap.Delta(inputs, outputs, options);
        var random = new CounterRandom(regression.Seed);
        var (fit, used) = Truncated(environment, delta);
        if (regression.BiasReplications > 0)
        {
            // The first streams belong to the bias, the later ones to the intervals.
            var measured = FrontierBootstrap.Replicate(inputs, outputs, options, delta, (stream, draws) => Fill(environment, fit, random, stream, draws), regression.BiasReplications);
            delta = [.. delta.Select((own, unit) => (2 * own) - (CompensatedSum.Of(measured.AsSpan(unit * regression.BiasReplications, regression.BiasReplications)) / regression.BiasReplications))];
            (fit, used) = Truncated(environment, delta);
        }

        var z = FrontierData.Rows(environment, used);
        var draws = new double[regression.Replications][];
        Threading.For(draws.Length, options.Threads, replication =>
        {
            var y = new double[used.Length];
            Fill(z, fit, random, regression.BiasReplications + (long)replication, y);
            draws[replication] = TruncatedRegression.Fit(z, y, fit);
        });
        return Summarise(fit, delta, used.Length, draws, regression);
    }

    private static (double[] Fit, int[] Used) Truncated(RowMatrix environment, double[] delta)
    {
        const double efficient = 1e-9;
        int[] used = [.. Enumerable.Range(0, delta.Length).Where(unit => delta[unit] > 1 + efficient)];
        if (used.Length <= environment.Columns + 1)
        {
            throw new TooFewUnitsException(used.Length, environment.Columns + 2);
        }

        double[] y = [.. used.Select(unit => delta[unit])];
        var start = LinearRegression.Fit(FrontierData.Rows(environment, used), y, []);
        var sigma = Math.Sqrt(CompensatedSum.OfSquares(start.Residuals) / used.Length);
        var fit = TruncatedRegression.Fit(FrontierData.Rows(environment, used), y, [.. start.Coefficients, Math.Max(sigma, 1e-6)]);
        return double.IsFinite(fit[^1]) ? (fit, used) : throw new NotConvergedException(used.Length, sigma);
    }

    private static void Fill(RowMatrix z, double[] fit, CounterRandom random, long stream, Span<double> draws)
    {
        for (var i = 0; i < draws.Length; i++)
        {
            var mean = 0.0;
            for (var c = 0; c < z.Columns; c++)
            {
                mean += z[i, c] * fit[c];
            }

            draws[i] = TruncatedRegression.Draw(mean, fit[^1], random.Uniforms(stream, i).First);
        }
    }

    private static EnvironmentResult Summarise(double[] fit, double[] delta, int used, double[][] draws, EnvironmentOptions regression)
    {
        var settled = Array.FindAll(draws, draw => double.IsFinite(draw[^1]));
        var k = fit.Length - 1;
        var (errors, lower, upper) = (new double[k], new double[k], new double[k]);
        var tail = (1 - regression.Coverage) / 2;
        for (var c = 0; c < k; c++)
        {
            double[] values = [.. settled.Select(draw => draw[c])];
            if (values.Length == 0)
            {
                (errors[c], lower[c], upper[c]) = (double.NaN, double.NaN, double.NaN);
                continue;
            }

            errors[c] = Math.Sqrt(Moments.Variance(values));
            (lower[c], upper[c]) = (Quantiles.Type7InPlace(values, tail), Quantiles.Type7InPlace(values, 1 - tail));
        }

        return new EnvironmentResult(fit[..k], errors, lower, upper, fit[^1], delta, used, draws.Length - settled.Length);
    }
}
