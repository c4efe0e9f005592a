using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Frontiers;
using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Benchmarks.Measurements.Jobcentres;

/// <summary>How far jobcentres are from the frontier in one direction, and what closing the gap is worth. Arrays follow the jobcentres.</summary>
/// <param name="Base">What is scaled: persons on benefits, or kr.</param>
/// <param name="Delta">Inefficiency as measured, at least 1: results could be so many times as good, or as much was spent as is needed.</param>
internal sealed record FrontierDistance(double[] Base, double[] Delta)
{
    /// <summary>As measured, persons or kr: base x (1 - 1 / delta).</summary>
    public double[] Potential { get; } = [.. Base.Zip(Delta, (own, delta) => own * (1 - (1 / delta)))];

    /// <summary>Sum over the jobcentres.</summary>
    public double Total => CompensatedSum.Of(Potential);

    /// <summary>Jobcentres without potential.</summary>
    public int WithoutPotential => Delta.Count(delta => delta < 1 + Negligible);

    /// <summary>An inefficiency that is rounding.</summary>
    public const double Negligible = 1e-9;

    /// <summary>Against a frontier of all: full or partial. Who does better than a partial frontier has no potential; nor has one whom the others cannot reach.</summary>
    public static FrontierDistance Of(FrontierVariant variant, FrontierOrientation orientation, double[] efficiency)
    {
        var isInput = orientation == FrontierOrientation.Input;
        return new FrontierDistance(
            isInput ? variant.Spending : variant.Persons,
            [.. efficiency.Select(own => double.IsFinite(own) ? Math.Max(1, isInput ? 1 / own : own) : 1)]);
    }
}

/// <summary>The same with the bias of the frontier taken out, and with what is uncertain.</summary>
/// <param name="Measured">As measured.</param>
/// <param name="Corrected">With the bias taken out.</param>
/// <param name="Covariance">Of the corrected inefficiencies: what is uncertain about the frontier (bootstrap), and each jobcentre's own chance.</param>
/// <param name="Total">Sum of the corrected potentials.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record UncertainDistance(FrontierDistance Measured, FrontierDistance Corrected, RowMatrix Covariance, double Total, double Error)
{
    /// <summary>Standard normal quantile of the intervals.</summary>
    public static readonly double Z = NormalDistribution.Quantile(0.975);

    /// <summary>Ends of the interval of <see cref="Total"/>; not below 0.</summary>
    public (double Lower, double Upper) Interval => (Math.Max(0, Total - (Z * Error)), Total + (Z * Error));

    /// <summary>Computes it.</summary>
    /// <remarks>
    /// The bootstrap (Simar and Wilson 1998) knows that the frontier was drawn by a sample, not that results vary by chance. A jobcentre's own chance is therefore
    /// added: with u the frontier's prices at it, the variance of log delta (output) is sum over results of (u_g y_g rel_g)^2, and of theta (input) the same.
    /// The chance of those who draw the frontier is not in it; what that does is measured by itself (<see cref="EfficiencyRows"/>, the row without true differences).
    /// </remarks>
    public static UncertainDistance Of(FrontierVariant variant, FrontierOrientation orientation, int replications, long seed)
    {
        var options = variant.Options(orientation);
        var isInput = orientation == FrontierOrientation.Input;
        var found = Dea.Efficiency(variant.Inputs, variant.Outputs, options);
        var bootstrap = FrontierBootstrap.Run(variant.Inputs, variant.Outputs, options, new FrontierBootstrapOptions(replications, Seed: seed) { WithCovariance = true });
        var measured = FrontierDistance.Of(variant, orientation, found.Efficiency);
        var corrected = FrontierDistance.Of(variant, orientation, bootstrap.BiasCorrected);
        var covariance = bootstrap.Covariance!;
        for (var unit = 0; unit < variant.Inputs.Rows; unit++)
        {
            var own = 0.0;
            for (var result = 0; result < variant.RelativeError.Columns; result++)
            {
                own += Math.Pow(found.OutputMultipliers[unit, result] * variant.Outputs[unit, result] * variant.RelativeError[unit, result], 2);
            }

            covariance[unit, unit] += own * Math.Pow(measured.Delta[unit], isInput ? 4 : 2);
        }

        // The potential moves by base / delta^2 when delta moves by 1.
        double[] slope = [.. corrected.Base.Zip(corrected.Delta, (of, delta) => of / (delta * delta))];
        var variance = default(CompensatedSum);
        for (var unit = 0; unit < slope.Length; unit++)
        {
            variance.Add(slope[unit] * CompensatedSum.OfProducts(covariance.Row(unit), slope));
        }

        return new UncertainDistance(measured, corrected, covariance, corrected.Total, Math.Sqrt(Math.Max(0, variance.Value)));
    }
}
