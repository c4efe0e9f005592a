using System.Numerics.Tensors;
using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Frontiers;

/// <summary>How a frontier is bootstrapped.</summary>
/// <param name="Replications">Number of pseudo-samples.</param>
/// <param name="Coverage">Probability of the intervals, strictly between 0 and 1.</param>
/// <param name="Seed">Seed of the draws; the same seed gives the same result to the bit, however many threads there are.</param>
/// <param name="Bandwidth">Smoothing of the efficiencies' distribution; <see langword="null"/> = by the rule of <see cref="FrontierBootstrap"/>.</param>
public sealed record FrontierBootstrapOptions(int Replications = 2000, double Coverage = 0.95, long Seed = 1, double? Bandwidth = null)
{
    /// <summary>Whether the covariance between the units is wanted as well: units x units, for ranks and for sums over units.</summary>
    public bool WithCovariance { get; init; }
}

/// <summary>Efficiencies with their bias taken out. Arrays follow the units.</summary>
/// <param name="Efficiency">As measured against the frontier that the sample draws.</param>
/// <param name="BiasCorrected">Efficiency against the frontier that the sample comes from.</param>
/// <param name="Bias">Efficiency less its bias-corrected value.</param>
/// <param name="Lower">Lower end of the interval for the bias-corrected efficiency.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Bandwidth">The smoothing used; 0 where every unit is efficient and there is nothing to smooth.</param>
public sealed record FrontierBootstrapResult(double[] Efficiency, double[] BiasCorrected, double[] Bias, double[] Lower, double[] Upper, double Bandwidth)
{
    /// <summary>Covariance over the replications (divided by their number less 1) of the inefficiencies delta^b, which is that of the bias-corrected delta;
    /// delta = 1 / theta for input orientation, phi for output. <see langword="null"/> unless asked for.</summary>
    public RowMatrix? Covariance { get; init; }
}

/// <summary>Bias-corrected efficiencies with intervals by the homogeneous smoothed bootstrap.</summary>
/// <remarks>
/// Simar and Wilson, Management Science 44 (1998) 49-61. delta = 1 / theta (input) or phi (output), at least 1. A replication draws n values beta from
/// delta and its mirror image 2 - delta, smooths them, e~ = beta + h N(0, 1), restores the variance,
/// e* = mean(beta) + (e~ - mean(beta)) / sqrt(1 + h^2 / var(delta, 2 - delta)), and reflects e* below 1 to 2 - e*. The reference units' inputs are
/// multiplied by theta e* (outputs by phi / e*), which makes delta* = e* their true efficiency, and every unit is measured against them: delta^b.
/// bias = mean(delta^b) - delta; the interval is delta + the quantiles (type 9) of delta - delta^b.
/// Bandwidth: z = (theta, 2 - theta) over inefficient units, s = min(sd(z), IQR(z) / 1.349), h0 = 0.9 s |z|^(-1/5),
/// h = h0 sd(delta) / sd(z) (|z| / n)^(1/5), as in R's Benchmarking. Fixed inputs and outputs are not scaled.
/// Draw i of replication b is a function of the seed, b and i alone; sums run in the order of the replications.
/// </remarks>
public static class FrontierBootstrap
{
    /// <summary>Runs the bootstrap for the input or output orientation, with any returns but FDH.</summary>
    /// <param name="inputs">Units x inputs.</param>
    /// <param name="outputs">Units x outputs.</param>
    /// <param name="options">Frontier; its threads are used here too.</param>
    /// <param name="bootstrap">Replications and the rest.</param>
    /// <exception cref="ArgumentException">Another orientation or FDH, an option out of range, or shapes that do not match.</exception>
    /// <exception cref="InvalidValueException">As <see cref="Dea.Efficiency(RowMatrix, RowMatrix, FrontierOptions)"/>, or an efficiency that is 0 or has no limit.</exception>
    /// <exception cref="TooFewUnitsException">No unit.</exception>
    public static FrontierBootstrapResult Run(RowMatrix inputs, RowMatrix outputs, FrontierOptions options, FrontierBootstrapOptions bootstrap)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bootstrap.Replications, nameof(bootstrap));
        if (bootstrap.WithCovariance && bootstrap.Replications < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(bootstrap), bootstrap.Replications, "A covariance takes two replications or more.");
        }

        if (!(bootstrap.Coverage > 0 && bootstrap.Coverage < 1) || bootstrap.Bandwidth is < 0 or double.NaN or double.PositiveInfinity)
        {
            throw new ArgumentOutOfRangeException(nameof(bootstrap), "The coverage lies strictly between 0 and 1, the bandwidth is finite and not below 0.");
        }

        var delta = Delta(inputs, outputs, options);
        var h = bootstrap.Bandwidth ?? SmoothingBandwidth.Of(delta);
        var draws = new EfficiencyDraws(delta, h, new CounterRandom(bootstrap.Seed));
        var measured = Replicate(inputs, outputs, options, delta, draws.Fill, bootstrap.Replications);

        // Before the summary, which reorders the draws.
        var covariance = bootstrap.WithCovariance ? Covariance(measured, delta.Length, bootstrap.Replications, options.Threads) : null;
        return Summarise(delta, measured, h, options, bootstrap) with { Covariance = covariance };
    }

    /// <summary>Inefficiencies delta = 1 / theta or phi, at least 1, after checking that a bootstrap can use them.</summary>
    internal static double[] Delta(RowMatrix inputs, RowMatrix outputs, FrontierOptions options)
    {
        if (options.Orientation is not (FrontierOrientation.Input or FrontierOrientation.Output) || options.Returns == ReturnsToScale.FreeDisposal)
        {
            throw new ArgumentException("The bootstrap is for input or output orientation, and not for a free disposal hull.", nameof(options));
        }

        var isInput = options.Orientation == FrontierOrientation.Input;
        var efficiency = Dea.Efficiency(inputs, outputs, options).Efficiency;
        for (var unit = 0; unit < efficiency.Length; unit++)
        {
            if (!(efficiency[unit] > 0 && double.IsFinite(efficiency[unit])))
            {
                throw new InvalidValueException(
                    isInput ? nameof(inputs) : nameof(outputs), unit, 0, efficiency[unit], Requirement.FiniteEfficiency);
            }
        }

        return isInput ? [.. efficiency.Select(theta => 1 / theta)] : efficiency;
    }

    /// <summary>delta^b, unit by unit, replication after replication, for true inefficiencies that <paramref name="fill"/> draws.</summary>
    internal static double[] Replicate(
        RowMatrix inputs, RowMatrix outputs, FrontierOptions options, double[] delta, FillEfficiencies fill, int replications)
    {
        var units = inputs.Rows;
        var isInput = options.Orientation == FrontierOrientation.Input;
        var technology = new Technology(inputs, outputs, options.Returns, options.WeightRestrictions);
        int[] scaled = isInput
            ? [.. Enumerable.Range(0, inputs.Columns).Except(options.FixedInputs ?? [])]
            : [.. Enumerable.Range(0, outputs.Columns).Except(options.FixedOutputs ?? []).Select(column => inputs.Columns + column)];
        var points = new RowMatrix(units, technology.Rows);
        var rays = new RowMatrix(units, technology.Rows);
        for (var unit = 0; unit < units; unit++)
        {
            technology.Point(inputs.Row(unit), outputs.Row(unit), points.Row(unit));
            foreach (var row in scaled)
            {
                rays[unit, row] = Math.Abs(points[unit, row]);
            }
        }

        var measured = new double[(long)units * replications];
        Threading.For(
            replications,
            options.Threads,
            () => new Replication(technology, units),
            (replication, own) =>
            {
                fill(replication, own.Factors);
                if (isInput)
                {
                    TensorPrimitives.Divide(own.Factors, delta, own.Factors);
                }
                else
                {
                    TensorPrimitives.Divide(delta, own.Factors, own.Factors);
                }

                foreach (var row in scaled)
                {
                    own.Technology.ScaleRow(technology, row, own.Factors);
                }

                own.Program.Forget();
                for (var unit = 0; unit < units; unit++)
                {
                    var beta = own.Program.Solve(points.Row(unit), rays.Row(unit), -1, confirm: false);
                    measured[((long)unit * replications) + replication] = isInput ? 1 / (1 - beta) : 1 + beta;
                }
            });
        return measured;
    }

    private static RowMatrix Covariance(double[] measured, int units, int replications, int threads)
    {
        var centred = new double[measured.Length];
        Threading.For(units, threads, unit =>
        {
            var own = measured.AsSpan(unit * replications, replications);
            TensorPrimitives.Subtract(own, CompensatedSum.Of(own) / replications, centred.AsSpan(unit * replications, replications));
        });
        var covariance = new RowMatrix(units, units);
        Threading.For(units, threads, unit =>
        {
            for (var other = 0; other <= unit; other++)
            {
                var sum = CompensatedSum.OfProducts(centred.AsSpan(unit * replications, replications), centred.AsSpan(other * replications, replications));
                (covariance[unit, other], covariance[other, unit]) = (sum / (replications - 1), sum / (replications - 1));
            }
        });
        return covariance;
    }

    private static FrontierBootstrapResult Summarise(
        double[] delta, double[] measured, double bandwidth, FrontierOptions options, FrontierBootstrapOptions bootstrap)
    {
        var isInput = options.Orientation == FrontierOrientation.Input;
        double[] efficiency = isInput ? [.. delta.Select(own => 1 / own)] : delta;
        var (units, replications) = (delta.Length, bootstrap.Replications);
        var (corrected, lower, upper) = (new double[units], new double[units], new double[units]);
        Threading.For(units, options.Threads, unit =>
        {
            var own = measured.AsSpan(unit * replications, replications);
            var unbiased = (2 * delta[unit]) - (CompensatedSum.Of(own) / replications);
            var tail = (1 - bootstrap.Coverage) / 2;

            // The quantiles of delta - delta^b, added to delta.
            var high = (2 * delta[unit]) - Quantiles.Type9InPlace(own, tail);
            var low = (2 * delta[unit]) - Quantiles.Type9InPlace(own, 1 - tail);
            (corrected[unit], lower[unit], upper[unit]) = isInput ? (1 / unbiased, 1 / high, 1 / low) : (unbiased, low, high);
        });
        return new FrontierBootstrapResult(efficiency, corrected, [.. efficiency.Zip(corrected, (found, unbiased) => found - unbiased)], lower, upper, bandwidth);
    }

    /// <summary>What one thread works on.</summary>
    private sealed class Replication
    {
        public Replication(Technology original, int units)
        {
            Technology = original.Copy();
            Program = new RayProgram(Technology);
            Factors = new double[units];
        }

        public Technology Technology { get; }

        public RayProgram Program { get; }

        public double[] Factors { get; }
    }
}
