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
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Draws, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(options));
        if (!(options.Coverage > 0 && options.Coverage < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Coverage, "The coverage lies strictly between 0 and 1.");
        }

        Check.SameLength(covariance.Rows, estimates.Length, nameof(estimates));
        Check.Finite(estimates, nameof(estimates));
        var root = CovarianceRoot.Of(covariance);
        var score = new double[estimates.Length];
        for (var i = 0; i < score.Length; i++)
        {
            score[i] = options.Best == RankOrder.Highest ? estimates[i] : -estimates[i];
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads == 0 ? Environment.ProcessorCount : options.Threads };
        var errors = DifferenceErrors(covariance);
        var draws = DrawBlocks.Make(root, options.Draws, options.Seed, parallel);
        var (better, critical) = Simultaneous(score, errors, draws, options);
        return new RankSets(
            RankOf.Smallest(estimates, options.Best),
            Marginal(score, errors, draws, options, parallel),
            Bounds(better, score.Length),
            better,
            critical);
    }

    /// <summary>s_jk, p x p; 0 where the difference has no variance.</summary>
    private static double[] DifferenceErrors(RowMatrix covariance)
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

    private static (bool[] Better, double Critical) Simultaneous(double[] score, double[] errors, DrawBlocks draws, RankOptions options)
    {
        var p = score.Length;
        var better = new bool[p * p];
        var uncertain = false;
        for (var j = 0; j < p; j++)
        {
            for (var k = 0; k < p; k++)
            {
                better[(j * p) + k] = errors[(j * p) + k] == 0 && score[j] > score[k];
                uncertain |= errors[(j * p) + k] > 0;
            }
        }

        var (first, found) = (0.0, uncertain);
        var largest = new double[draws.Draws];
        while (found)
        {
            var comparisons = new Comparisons[p];
            for (var j = 0; j < p; j++)
            {
                comparisons[j] = With(j, j + 1, errors, k => better[(j * p) + k], k => better[(k * p) + j], p);
            }

            draws.LargestOfAll(comparisons, largest);
            var critical = Quantiles.Type7InPlace(largest, options.Coverage);
            first = first == 0 ? critical : first;
            found = false;
            for (var j = 0; j < p; j++)
            {
                for (var k = 0; k < p; k++)
                {
                    var error = errors[(j * p) + k];
                    if (error > 0 && !better[(j * p) + k] && score[j] - score[k] > critical * error)
                    {
                        better[(j * p) + k] = true;
                        found = options.Stepdown;
                    }
                }
            }
        }

        return (better, first);
    }

    private static (int[] Lower, int[] Upper) Marginal(double[] score, double[] errors, DrawBlocks draws, RankOptions options, ParallelOptions parallel)
    {
        var p = score.Length;
        var (above, below) = (new bool[p * p], new bool[p * p]); // [j, k]: k established better, worse than j, in j's own family
        var largest = new double[p][];
        var open = new bool[p];
        for (var j = 0; j < p; j++)
        {
            largest[j] = new double[draws.Draws];
            for (var k = 0; k < p; k++)
            {
                var certain = errors[(j * p) + k] == 0;
                above[(j * p) + k] = certain && score[k] > score[j];
                below[(j * p) + k] = certain && score[k] < score[j];
                open[j] |= !certain;
            }
        }

        // All units take each step together, so that a block of draws is read from memory once for all of them.
        var comparisons = new Comparisons?[p];
        while (Array.Exists(open, unit => unit))
        {
            for (var j = 0; j < p; j++)
            {
                var own = j * p;
                comparisons[j] = open[j] ? With(j, 0, errors, k => below[own + k], k => above[own + k], p) : null;
            }

            draws.LargestByUnit(comparisons, largest);
            Parallel.For(0, p, parallel, j =>
            {
                if (open[j])
                {
                    var critical = Quantiles.Type7InPlace(largest[j], options.Coverage);
                    open[j] = Establish(j, critical, score, errors, above, below) && options.Stepdown;
                }
            });
        }

        var (lower, upper) = (new int[p], new int[p]);
        for (var j = 0; j < p; j++)
        {
            lower[j] = 1 + above.AsSpan(j * p, p).Count(true);
            upper[j] = p - below.AsSpan(j * p, p).Count(true);
        }

        return (lower, upper);
    }

    private static bool Establish(int j, double critical, double[] score, double[] errors, bool[] above, bool[] below)
    {
        var p = score.Length;
        var found = false;
        for (var k = 0; k < p; k++)
        {
            var at = (j * p) + k;
            if (errors[at] > 0 && !above[at] && !below[at] && Math.Abs(score[j] - score[k]) > critical * errors[at])
            {
                above[at] = score[k] > score[j];
                below[at] = !above[at];
                found = true;
            }
        }

        return found;
    }

    /// <summary>The comparisons of j with units from <paramref name="from"/> on: an established direction is out, the other one stays.</summary>
    private static Comparisons With(int j, int from, double[] errors, Func<int, bool> isWorse, Func<int, bool> isBetter, int p)
    {
        var (twoWay, oneWay) = (new List<(int Other, double Factor)>(), new List<(int Other, double Factor)>());
        for (var k = from; k < p; k++)
        {
            var error = errors[(j * p) + k];
            if (error == 0)
            {
                continue;
            }

            // With k established worse, (Z_j - Z_k) is out and (Z_k - Z_j) stays.
            var (worse, better) = (isWorse(k), isBetter(k));
            (worse || better ? oneWay : twoWay).Add((k, worse ? -1 / error : 1 / error));
        }

        return new Comparisons(
            [.. twoWay.Select(pair => pair.Other), .. oneWay.Select(pair => pair.Other)],
            [.. twoWay.Select(pair => pair.Factor), .. oneWay.Select(pair => pair.Factor)],
            twoWay.Count);
    }

    private static (int[] Lower, int[] Upper) Bounds(bool[] better, int p)
    {
        var (lower, upper) = (new int[p], new int[p]);
        for (var j = 0; j < p; j++)
        {
            (lower[j], upper[j]) = (1, p);
            for (var k = 0; k < p; k++)
            {
                lower[j] += better[(k * p) + j] ? 1 : 0;
                upper[j] -= better[(j * p) + k] ? 1 : 0;
            }
        }

        return (lower, upper);
    }
}
