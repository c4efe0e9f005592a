using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Ranks;

/// <summary>How posterior ranks are simulated.</summary>
/// <param name="Draws">Simulation draws.</param>
/// <param name="Seed">Seed of the draws.</param>
/// <param name="Best">Which end has rank 1.</param>
/// <param name="Share">The share of units that counts as the best (and as the worst), above 0 and up to 1: a quarter by default.</param>
/// <param name="Coverage">Probability of the rank intervals, strictly between 0 and 1.</param>
/// <param name="Threads">Threads to use; 0 = one per processor.</param>
public sealed record PosteriorRankOptions(
    int Draws = 10_000,
    long Seed = 1,
    RankOrder Best = RankOrder.Lowest,
    double Share = 0.25,
    double Coverage = 0.95,
    int Threads = 0);

/// <summary>The posterior distribution of ranks. Arrays follow the units.</summary>
/// <param name="ExpectedRank">1 + sum over the others of P(other is better): exact for normal posteriors, not simulated.</param>
/// <param name="RankSd">Standard deviation of the rank.</param>
/// <param name="Median">Smallest rank that is not passed with a probability of at least one half.</param>
/// <param name="Lower">Rank quantile at (1 - coverage) / 2.</param>
/// <param name="Upper">Rank quantile at (1 + coverage) / 2.</param>
/// <param name="BestProbability">P(rank &lt;= places), places = share of the units rounded down, at least 1.</param>
/// <param name="WorstProbability">P(rank > units - places).</param>
/// <param name="Places">How many places the best share has.</param>
/// <param name="Probability">Units x ranks: probability of each rank. Rows and columns add up to 1.</param>
public sealed record PosteriorRankDistribution(
    double[] ExpectedRank,
    double[] RankSd,
    int[] Median,
    int[] Lower,
    int[] Upper,
    double[] BestProbability,
    double[] WorstProbability,
    int Places,
    RowMatrix Probability)
{
    /// <summary>What rounding may take from a probability that is added up.</summary>
    private const double Rounding = 1e-9;

    /// <summary>P(rank &lt;= <paramref name="rank"/>) of a unit.</summary>
    public double AtMost(int unit, int rank) => CompensatedSum.Of(Probability.Row(unit)[..rank]);

    /// <summary>The smallest rank that is not passed with probability <paramref name="p"/> or more.</summary>
    public int Quantile(int unit, double p)
    {
        var row = Probability.Row(unit);
        var below = default(CompensatedSum);
        for (var rank = 1; rank < row.Length; rank++)
        {
            below.Add(row[rank - 1]);
            if (below.Value >= p - Rounding)
            {
                return rank;
            }
        }

        return row.Length;
    }
}

/// <summary>Ranks under normal posteriors: expected ranks, the probability of being among the best, and the whole distribution of each rank.</summary>
/// <remarks>
/// Laird and Louis, Journal of Educational Statistics 14 (1989) 29-46; Goldstein and Spiegelhalter, JRSS A 159 (1996) 385-443. Each draw
/// of all units together is ranked; units whose draws are equal (to 1e-10 of the largest standard deviation) share the places they take
/// up in equal parts, the mean of breaking ties at random; their expected rank is the mid-rank. What comes out are probabilities given
/// the posterior: for sets that hold the true ranks with a stated probability see <see cref="RankConfidence"/>.
/// Bit-identical for any number of threads.
/// </remarks>
public static class PosteriorRanks
{
    private const double Tied = 1e-10;

    /// <summary>Simulates ranks.</summary>
    /// <param name="means">Posterior mean per unit.</param>
    /// <param name="covariance">Posterior covariance, p x p; may be singular. For shrunken estimates:
    /// <see cref="Shrinkage.NormalNormalEstimate.PosteriorCovariance"/>.</param>
    /// <param name="options">Draws, seed, direction, share.</param>
    /// <exception cref="InvalidValueException">A value that is not finite.</exception>
    /// <exception cref="NotPositiveSemidefiniteException"><paramref name="covariance"/> is no covariance matrix.</exception>
    /// <exception cref="TooFewUnitsException">No units.</exception>
    /// <exception cref="ArgumentException">Shapes do not match, or an option is out of range.</exception>
    public static PosteriorRankDistribution Simulate(ReadOnlySpan<double> means, RowMatrix covariance, PosteriorRankOptions options)
    {
        Require(options);
        Check.SameLength(covariance.Rows, means.Length, nameof(means));
        Check.Finite(means, nameof(means));
        var root = CovarianceRoot.Of(covariance);
        var p = means.Length;
        if (p == 0)
        {
            throw new TooFewUnitsException(0, 1);
        }

        // Around the first unit: a common level of any size takes no digits from the draws. Lower is better from here on.
        var score = new double[p];
        for (var i = 0; i < p; i++)
        {
            score[i] = options.Best == RankOrder.Lowest ? means[i] - means[0] : means[0] - means[i];
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads == 0 ? Environment.ProcessorCount : options.Threads };
        using var draws = DrawBlocks.Make(root, options.Draws, options.Seed, parallel);
        var (places, tied) = Places(score, covariance, draws, parallel);
        return Summarise(ExpectedRanks(score, RankConfidence.DifferenceErrors(covariance)), Tally(places, tied, p, options.Draws, parallel), options);
    }

    private static void Require(PosteriorRankOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Draws, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(options));
        if (!(options.Share > 0 && options.Share <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Share, "The share lies above 0 and up to 1.");
        }

        if (!(options.Coverage > 0 && options.Coverage < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Coverage, "The coverage lies strictly between 0 and 1.");
        }
    }

    private static double[] ExpectedRanks(double[] score, double[] errors)
    {
        var p = score.Length;
        var expected = new double[p];
        for (var j = 0; j < p; j++)
        {
            var sum = default(CompensatedSum);
            sum.Add(1);
            for (var k = 0; k < p; k++)
            {
                var (difference, error) = (score[j] - score[k], errors[(j * p) + k]);
                sum.Add(k == j ? 0 : error > 0 ? NormalDistribution.Cumulative(difference / error) : 0.5 * (1 + Math.Sign(difference)));
            }

            expected[j] = sum.Value;
        }

        return expected;
    }

    /// <summary>Per unit and draw: the first place (from 0) that the unit's tie takes up, and how many are tied.</summary>
    private static (int[] Places, int[] Tied) Places(double[] score, RowMatrix covariance, DrawBlocks draws, ParallelOptions parallel)
    {
        var p = score.Length;
        var largest = 0.0;
        for (var i = 0; i < p; i++)
        {
            largest = Math.Max(largest, Math.Sqrt(covariance[i, i]));
        }

        var (places, tied) = (new int[checked(p * draws.Draws)], new int[p * draws.Draws]);
        Parallel.For(0, draws.Draws, parallel, () => (Values: new double[p], Units: new int[p]), (draw, _, scratch) =>
        {
            var (values, units) = scratch;
            for (var i = 0; i < p; i++)
            {
                // With the best lowest the draw is added, with the best highest subtracted: the distribution is the same.
                (values[i], units[i]) = (score[i] + draws.Value(i, draw), i);
            }

            Array.Sort(values, units);
            for (var first = 0; first < p;)
            {
                var next = first + 1;
                while (next < p && values[next] - values[next - 1] <= Tied * largest)
                {
                    next++;
                }

                for (var at = first; at < next; at++)
                {
                    (places[(units[at] * draws.Draws) + draw], tied[(units[at] * draws.Draws) + draw]) = (first, next - first);
                }

                first = next;
            }

            return scratch;
        }, _ => { });
        return (places, tied);
    }

    private static RowMatrix Tally(int[] places, int[] tied, int units, int draws, ParallelOptions parallel)
    {
        var probability = new RowMatrix(units, units);
        Parallel.For(0, units, parallel, unit =>
        {
            var row = probability.Row(unit);
            for (var at = unit * draws; at < (unit + 1) * draws; at++)
            {
                for (var place = 0; place < tied[at]; place++)
                {
                    row[places[at] + place] += 1.0 / tied[at];
                }
            }

            foreach (ref var value in row)
            {
                value /= draws;
            }
        });
        return probability;
    }

    private static PosteriorRankDistribution Summarise(double[] expected, RowMatrix probability, PosteriorRankOptions options)
    {
        var p = expected.Length;
        var places = Math.Max(1, (int)Math.Floor((options.Share * p) + 1e-9));
        var (sd, best, worst) = (new double[p], new double[p], new double[p]);
        var (median, lower, upper) = (new int[p], new int[p], new int[p]);
        var result = new PosteriorRankDistribution(expected, sd, median, lower, upper, best, worst, places, probability);
        for (var unit = 0; unit < p; unit++)
        {
            var row = probability.Row(unit);
            var (mean, variance) = (0.0, 0.0);
            for (var rank = 0; rank < p; rank++)
            {
                mean += row[rank] * rank;
            }

            for (var rank = 0; rank < p; rank++)
            {
                variance += row[rank] * (rank - mean) * (rank - mean);
            }

            sd[unit] = Math.Sqrt(variance);
            best[unit] = result.AtMost(unit, places);
            worst[unit] = CompensatedSum.Of(row[(p - places)..]);
            median[unit] = result.Quantile(unit, 0.5);
            lower[unit] = result.Quantile(unit, (1 - options.Coverage) / 2);
            upper[unit] = result.Quantile(unit, (1 + options.Coverage) / 2);
        }

        return result;
    }
}
