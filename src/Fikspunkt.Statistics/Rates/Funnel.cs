using Fikspunkt.Statistics.Numerics;
using MathNet.Numerics;

namespace Fikspunkt.Statistics.Rates;

/// <summary>How much more than binomial variation there is around a common target.</summary>
/// <param name="Phi">Mean square of the winsorised z-scores: 1 = binomial variation only.</param>
/// <param name="TauSquared">Variance between units, on the scale of the shares, that accounts for the excess; 0 if there is none.</param>
/// <param name="Clear">Whether phi is above 1 + 2 sqrt(2 / n), Spiegelhalter's rule for adjusting at all.</param>
public sealed record FunnelDispersion(double Phi, double TauSquared, bool Clear);

/// <summary>Limits around a target for shares of units of different sizes.</summary>
/// <param name="Lower">Lower limit for each size, not below 0.</param>
/// <param name="Upper">Upper limit for each size, not above 1.</param>
public sealed record FunnelLimits(double[] Lower, double[] Upper);

/// <summary>Funnel plots for shares.</summary>
/// <remarks>Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005) 1185-1202.</remarks>
public static class Funnel
{
    /// <summary>The largest size with exact limits: beyond it the binomial sums take too long, and the normal limits differ by less than anybody can see.</summary>
    public const double LargestExact = 1e9;

    /// <summary>Exact binomial limits, interpolated between counts (appendix A.1.1), without overdispersion.</summary>
    /// <param name="target">The share that units are compared with, strictly between 0 and 1.</param>
    /// <param name="sizes">Persons in each unit, up to <see cref="LargestExact"/>; rounded to whole persons, at least 1.</param>
    /// <param name="coverage">Share of units in control that lie within, as 0.95 or 0.998.</param>
    /// <exception cref="InvalidValueException">An argument is out of range or NaN.</exception>
    public static FunnelLimits Exact(double target, ReadOnlySpan<double> sizes, double coverage)
    {
        Require(target, sizes, coverage);
        Check.Between(sizes, 0, LargestExact, nameof(sizes));
        var (lower, upper) = (new double[sizes.Length], new double[sizes.Length]);
        for (var i = 0; i < sizes.Length; i++)
        {
            var n = Math.Max(1, Math.Round(sizes[i]));
            lower[i] = Math.Max(0, BinomialLimit((1 - coverage) / 2, n, target));
            upper[i] = Math.Min(1, BinomialLimit((1 + coverage) / 2, n, target));
        }

        return new FunnelLimits(lower, upper);
    }

    /// <summary>Normal limits: target -/+ z sqrt(phi target (1 - target) / n + tau^2), cut at 0 and 1.</summary>
    /// <param name="target">The share that units are compared with, strictly between 0 and 1.</param>
    /// <param name="sizes">Persons in each unit, above 0.</param>
    /// <param name="coverage">Share of units in control that lie within.</param>
    /// <param name="phi">Multiplicative overdispersion; 1 = none.</param>
    /// <param name="tauSquared">Additive overdispersion; 0 = none.</param>
    /// <exception cref="InvalidValueException">An argument is out of range or NaN.</exception>
    public static FunnelLimits Normal(double target, ReadOnlySpan<double> sizes, double coverage, double phi = 1, double tauSquared = 0)
    {
        Require(target, sizes, coverage);
        RateArguments.Positive(phi, nameof(phi));
        Check.Between([tauSquared], 0, double.MaxValue, nameof(tauSquared));
        var z = NormalDistribution.Quantile((1 + coverage) / 2);
        var (lower, upper) = (new double[sizes.Length], new double[sizes.Length]);
        for (var i = 0; i < sizes.Length; i++)
        {
            var width = z * Math.Sqrt((phi * target * (1 - target) / sizes[i]) + tauSquared);
            (lower[i], upper[i]) = (Math.Max(0, target - width), Math.Min(1, target + width));
        }

        return new FunnelLimits(lower, upper);
    }

    /// <summary>Overdispersion around a target, from z-scores of which the outer ones are pulled in (winsorised),
    /// so that a few units out of control do not hide themselves.</summary>
    /// <param name="shares">Observed shares.</param>
    /// <param name="sizes">Persons in each unit, above 0.</param>
    /// <param name="target">The share that units are compared with, strictly between 0 and 1.</param>
    /// <param name="winsorised">Share of the z-scores pulled in at each end, from 0 to below 0.5.</param>
    /// <remarks>z_i = (y_i - target) / s_i, s_i^2 = target (1 - target) / n_i; phi = mean of z^2;
    /// tau^2 = (n phi - (n - 1)) / (sum w - sum w^2 / sum w), w = 1 / s^2.</remarks>
    /// <exception cref="InvalidValueException">An argument is out of range or NaN.</exception>
    /// <exception cref="TooFewUnitsException">Fewer than two units.</exception>
    /// <exception cref="NumericRangeException">A target or sizes too far from 1 to calculate with.</exception>
    public static FunnelDispersion Dispersion(ReadOnlySpan<double> shares, ReadOnlySpan<double> sizes, double target, double winsorised = 0.1)
    {
        Check.SameLength(shares.Length, sizes.Length, nameof(sizes));
        Check.Finite(shares, nameof(shares));
        Require(target, sizes, 0.5);
        Check.Between([winsorised], 0, Math.BitDecrement(0.5), nameof(winsorised));
        var n = shares.Length;
        if (n < 2)
        {
            throw new TooFewUnitsException(n, 2);
        }

        var z = new double[n];
        var (weights, squares) = (default(CompensatedSum), default(CompensatedSum));
        for (var i = 0; i < n; i++)
        {
            var w = sizes[i] / (target * (1 - target));
            z[i] = (shares[i] - target) * Math.Sqrt(w);
            weights.Add(w);
            squares.Add(w * w);
        }

        var sorted = (double[])z.Clone();
        var (low, high) = (Quantiles.Type7InPlace(sorted, winsorised), Quantiles.Type7InPlace(sorted, 1 - winsorised));
        var phi = CompensatedSum.OfSquares(Array.ConvertAll(z, value => Math.Clamp(value, low, high))) / n;
        var between = ((n * phi) - (n - 1)) / (weights.Value - (squares.Value / weights.Value));
        Check.Calculated("The dispersion", phi, between);
        return new FunnelDispersion(phi, Math.Max(0, between), phi > 1 + (2 * Math.Sqrt(2.0 / n)));
    }

    /// <summary>(r - a) / n with r the smallest count of which P(R &lt;= r) >= p, and a the share of its probability beyond p.</summary>
    private static double BinomialLimit(double p, double n, double target)
    {
        var (low, high) = (-1.0, n);
        while (high - low > 1)
        {
            var middle = Math.Floor((low + high) / 2);
            (low, high) = AtMost(middle, n, target) >= p ? (low, middle) : (middle, high);
        }

        var (at, before) = (AtMost(high, n, target), AtMost(high - 1, n, target));
        return (high - ((at - p) / (at - before))) / n;
    }

    private static double AtMost(double count, double n, double target) =>
        count < 0 ? 0 : count >= n ? 1 : SpecialFunctions.BetaRegularized(n - count, count + 1, 1 - target);

    private static void Require(double target, ReadOnlySpan<double> sizes, double coverage)
    {
        Check.Between([target], double.Epsilon, Math.BitDecrement(1.0), nameof(target));
        Check.Positive(sizes, nameof(sizes));
        RateArguments.Confidence(coverage);
    }
}
