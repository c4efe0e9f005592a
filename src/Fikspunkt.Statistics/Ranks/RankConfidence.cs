using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Ranks;

/// <summary>Confidence sets for ranks of normally distributed estimates.</summary>
/// <remarks>
/// Mogstad, Romano, Shaikh and Wilhelm, Inference for Ranks with Applications to Mobility across Neighbourhoods and Academic
/// Achievement across Countries, Review of Economic Studies 91 (2024) 476-518 (online 2023). For ordered pairs (j, k) of a family I, the critical value c is the
/// quantile (type 7) at the coverage of max over I of (Z_j - Z_k) / s_jk, Z ~ N(0, covariance), s_jk^2 = Var(Z_j - Z_k).
/// "j better than k" is established when x_j - x_k > c s_jk (x turned so that higher is better). With stepdown, established pairs
/// leave I and the step is repeated, with the same draws, until it establishes nothing new. A unit's best rank is 1 + the number of
/// units established to be better; its worst is the number of units - the number established to be worse.
/// Simultaneous sets take all pairs for I; marginal sets take, for each unit, the pairs that it is part of.
/// One-sided sets (<see cref="RankOptions.Bounds"/>) keep only the pairs that can move that bound, and sets for some units
/// (<see cref="RankOptions.Units"/>) only the pairs with one of them: smaller families, smaller critical values.
/// A pair whose difference has no variance is decided by the estimates alone. Bit-identical for any number of threads.
/// </remarks>
public static class RankConfidence
{
    /// <summary>A difference with less than this share of the two variances has none.</summary>
    private const double Negligible = 1e-12;

    /// <summary>Ranks and their marginal and simultaneous confidence sets.</summary>
    /// <param name="estimates">One estimate per unit.</param>
    /// <param name="covariance">Their covariance, p x p; may be singular. For independent estimates: <see cref="RowMatrix.Diagonal"/> of the variances.</param>
    /// <param name="options">Coverage, draws, seed, direction.</param>
    /// <exception cref="InvalidValueException">A value that is not finite.</exception>
    /// <exception cref="NotPositiveSemidefiniteException"><paramref name="covariance"/> is no covariance matrix.</exception>
    /// <exception cref="ArgumentException">Shapes do not match, or an option is out of range.</exception>
    public static RankSets Sets(ReadOnlySpan<double> estimates, RowMatrix covariance, RankOptions options)
    {
        using var problem = Prepare(estimates, covariance, options);
        var (better, firstStep, critical) = problem.Simultaneous();
        var (simultaneous, single) = (problem.Family.Bounds(better), problem.Family.Bounds(firstStep));
        return new RankSets(problem.Family, RankOf.Smallest(estimates, options.Best), problem.Marginal(), simultaneous, single, better, critical);
    }

    /// <summary>Simultaneous bounds alone, without the work for the marginal ones.</summary>
    internal static ((int[] Lower, int[] Upper) Bounds, double Critical) SimultaneousBounds(ReadOnlySpan<double> estimates, RowMatrix covariance, RankOptions options)
    {
        using var problem = Prepare(estimates, covariance, options);
        var (better, _, critical) = problem.Simultaneous();
        return (problem.Family.Bounds(better), critical);
    }

    private static RankSteps Prepare(ReadOnlySpan<double> estimates, RowMatrix covariance, RankOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Draws, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(options));
        if (!(options.Coverage > 0 && options.Coverage < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Coverage, "The coverage lies strictly between 0 and 1.");
        }

        Check.SameLength(covariance.Rows, estimates.Length, nameof(estimates));
        Check.Finite(estimates, nameof(estimates));
        var root = CovarianceRoot.Of(covariance);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads == 0 ? Environment.ProcessorCount : options.Threads };
        return new RankSteps(
            new RankFamily(estimates.Length, options.Bounds, options.Units),
            options.Best == RankOrder.Highest ? estimates.ToArray() : Array.ConvertAll(estimates.ToArray(), value => -value),
            DifferenceErrors(covariance),
            DrawBlocks.Make(root, options.Draws, options.Seed, parallel),
            options,
            parallel);
    }

    /// <summary>s_jk, p x p; 0 where the difference has no variance.</summary>
    internal static double[] DifferenceErrors(RowMatrix covariance)
    {
        var p = covariance.Rows;
        var errors = new double[p * p];
        for (var j = 0; j < p; j++)
        {
            for (var k = 0; k < j; k++)
            {
                var both = covariance[j, j] + covariance[k, k];
                var variance = both - covariance[j, k] - covariance[k, j];
                var error = variance > Negligible * both ? Math.Sqrt(variance) : 0;
                (errors[(j * p) + k], errors[(k * p) + j]) = (error, error);
            }
        }

        return errors;
    }
}
