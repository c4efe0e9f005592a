using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Statistics.Tests.Ranks;

/// <summary>One-sided sets, sets for some units, and the tau best.</summary>
public sealed class RankBoundsTests
{
    [Fact]
    public void Sets_OneSidedOrForSomeUnits_EqualTheNaiveTwin() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (estimates, errors) = Units(seed, 7);
            var options = new RankOptions(Draws: 200, Seed: seed, Stepdown: seed % 3 > 0, Best: (RankOrder)(seed % 2))
            {
                Bounds = (RankBounds)(seed % 3),
                Units = seed % 5 == 0 ? null : [.. RandomData.Permutation(seed, 7)[..(1 + (seed % 4))]],
            };
            var sets = RankConfidence.Sets(estimates, RowMatrix.Diagonal([.. errors.Select(se => se * se)]), options);
            var asked = options.Units ?? [.. Enumerable.Range(0, 7)];
            sets.Units.ShouldBe(asked);
            Naive(estimates, errors, options with { Stepdown = false }, asked).ShouldBe(sets.SingleStepLower.Zip(sets.SingleStepUpper));
            var together = Naive(estimates, errors, options, asked);
            for (var at = 0; at < asked.Count; at++)
            {
                (sets.SimultaneousLower[at], sets.SimultaneousUpper[at]).ShouldBe(together[at]);
                (sets.MarginalLower[at], sets.MarginalUpper[at]).ShouldBe(Naive(estimates, errors, options, [asked[at]])[0]);
                sets.Rank[at].ShouldBe(RankOf.Smallest(estimates, options.Best)[asked[at]]);
            }
        });

    [Fact]
    public void Sets_FewerQuestions_GiveSmallerSets() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (estimates, errors) = Units(seed, 9);
            var covariance = RowMatrix.Diagonal([.. errors.Select(se => se * se)]);
            var options = new RankOptions(Draws: 300, Seed: seed);
            var all = RankConfidence.Sets(estimates, covariance, options);
            var one = RankConfidence.Sets(estimates, covariance, options with { Units = [4] });
            var lower = RankConfidence.Sets(estimates, covariance, options with { Units = [4], Bounds = RankBounds.Lower });
            (one.SimultaneousLower[0], one.SimultaneousUpper[0]).ShouldBe((all.MarginalLower[4], all.MarginalUpper[4]));
            one.SimultaneousLower[0].ShouldBeGreaterThanOrEqualTo(all.SimultaneousLower[4]);
            lower.SimultaneousLower[0].ShouldBeGreaterThanOrEqualTo(one.SimultaneousLower[0]);
            lower.SimultaneousUpper[0].ShouldBe(9);
        });

    [Fact]
    public void Sets_NoUnitAskedFor_AreEmpty()
    {
        var sets = RankConfidence.Sets([1, 2], RowMatrix.Diagonal([1, 1]), new RankOptions { Units = [] });
        (sets.Rank.Length, sets.MarginalLower.Length, sets.SimultaneousUpper.Length, sets.CriticalValue).ShouldBe((0, 0, 0, 0.0));
        Should.Throw<ArgumentException>(() => RankConfidence.Sets([1, 2], RowMatrix.Diagonal([1, 1]), new RankOptions { Units = [2] }));
        Should.Throw<ArgumentException>(() => RankConfidence.Sets([1, 2], RowMatrix.Diagonal([1, 1]), new RankOptions { Units = [1, 1] }));
    }

    [Fact]
    public void Sets_LowerBoundOfEveryPairEstablished_StopsWithAnEmptyFamily()
    {
        // The last of three, far apart: both others are established better and no pair is left to test.
        var sets = RankConfidence.Sets([0, 10, 20], RowMatrix.Diagonal([1, 1, 1]), new RankOptions(Draws: 500) { Units = [2], Bounds = RankBounds.Lower });
        (sets.SimultaneousLower[0], sets.MarginalLower[0], sets.SimultaneousUpper[0]).ShouldBe((3, 3, 3));
        var first = RankConfidence.Sets([0, 10, 20], RowMatrix.Diagonal([1, 1, 1]), new RankOptions(Draws: 500) { Units = [0], Bounds = RankBounds.Upper });
        (first.SimultaneousLower[0], first.MarginalUpper[0], first.SimultaneousUpper[0]).ShouldBe((1, 1, 1));
    }

    [Fact]
    public void Best_AnyEstimates_HoldsTheFirstAndGrowsWithTau() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (estimates, errors) = Units(seed, 8);
            var covariance = RowMatrix.Diagonal([.. errors.Select(se => se * se)]);
            var options = new RankOptions(Draws: 300, Seed: seed, Best: (RankOrder)(seed % 2));
            var sets = RankConfidence.Sets(estimates, covariance, options);
            var before = new bool[8];
            for (var tau = 1; tau <= 8; tau++)
            {
                var (best, worst) = (TauSets.Best(estimates, covariance, tau, options), TauSets.Worst(estimates, covariance, tau, options));
                best.Contains.Count(held => held).ShouldBeGreaterThanOrEqualTo(tau);
                worst.Contains.Count(held => held).ShouldBeGreaterThanOrEqualTo(tau);
                for (var unit = 0; unit < 8; unit++)
                {
                    (before[unit] && !best.Contains[unit]).ShouldBeFalse();
                    best.Contains[unit].ShouldBe(sets.SimultaneousLower[unit] <= tau);
                    worst.Contains[unit].ShouldBe(sets.SimultaneousUpper[unit] >= 8 - tau + 1);
                    (sets.Rank[unit] <= tau && !best.Contains[unit]).ShouldBeFalse();
                }

                best.Contains.CopyTo(before, 0);

                // The worst are the best of the mirrored estimates; with stepdown the draws would have to be mirrored too.
                var single = options with { Stepdown = false };
                TauSets.Best([.. estimates.Select(value => -value)], covariance, tau, single).Contains.ShouldBe(TauSets.Worst(estimates, covariance, tau, single).Contains);
            }

            before.ShouldAllBe(held => held);
        });

    [Fact]
    public void Best_TrueBest_AreHeldAtLeastAsOftenAsSaid()
    {
        var (truth, hits) = (new double[] { 0, 0.2, 0.4, 0.6, 1.5, 3 }, 0);
        for (var replication = 0; replication < 400; replication++)
        {
            var noise = RandomData.Normals(5000 + replication, truth.Length);
            var set = TauSets.Best([.. truth.Zip(noise, (theta, e) => theta + (0.5 * e))], RowMatrix.Diagonal([.. truth.Select(_ => 0.25)]), 2, new RankOptions(Draws: 500, Seed: replication));
            hits += set.Contains[0] && set.Contains[1] ? 1 : 0;
        }

        // 95 % less three standard errors of 400 replications.
        hits.ShouldBeGreaterThanOrEqualTo(367);
    }

    [Fact]
    public void Best_ImpossibleQuestion_Throws()
    {
        var covariance = RowMatrix.Diagonal([1, 1]);
        Should.Throw<ArgumentOutOfRangeException>(() => TauSets.Best([1, 2], covariance, 0, new RankOptions()));
        Should.Throw<ArgumentOutOfRangeException>(() => TauSets.Worst([1, 2], covariance, 3, new RankOptions()));
        Should.Throw<ArgumentException>(() => TauSets.Best([1, 2], covariance, 1, new RankOptions { Units = [0] }));
        Should.Throw<ArgumentException>(() => TauSets.Worst([1, 2], covariance, 1, new RankOptions { Bounds = RankBounds.Upper }));
        Should.Throw<InvalidValueException>(() => TauSets.Best([1, double.NaN], covariance, 1, new RankOptions()));
    }

    /// <summary>The family written down pair by pair.</summary>
    private static (int Lower, int Upper)[] Naive(double[] estimates, double[] errors, RankOptions options, IReadOnlyList<int> asked)
    {
        var p = estimates.Length;
        var x = Array.ConvertAll(estimates, value => options.Best == RankOrder.Highest ? value : -value);
        var random = new CounterRandom(options.Seed);
        var root = CovarianceRoot.Of(RowMatrix.Diagonal([.. errors.Select(se => se * se)]));
        var draws = Enumerable.Range(0, options.Draws).Select(r =>
        {
            var g = new double[root.Columns];
            random.Normals(r, g);
            return Enumerable.Range(0, p).Select(i => Enumerable.Range(0, g.Length).Sum(m => root[i, m] * g[m])).ToArray();
        }).ToArray();
        var family = new List<(int J, int K)>();
        foreach (var (j, k) in from j in Enumerable.Range(0, p) from k in Enumerable.Range(0, p) where j != k select (j, k))
        {
            if ((options.Bounds != RankBounds.Upper && asked.Contains(k)) || (options.Bounds != RankBounds.Lower && asked.Contains(j)))
            {
                family.Add((j, k));
            }
        }

        double Error(int j, int k) => Math.Sqrt((errors[j] * errors[j]) + (errors[k] * errors[k]));
        var found = new HashSet<(int J, int K)>();
        while (family.Count > 0)
        {
            var largest = draws.Select(z => family.Max(pair => (z[pair.J] - z[pair.K]) / Error(pair.J, pair.K))).ToArray();
            var critical = Quantiles.Type7InPlace(largest, options.Coverage);
            var fresh = family.Where(pair => x[pair.J] - x[pair.K] > critical * Error(pair.J, pair.K)).ToList();
            found.UnionWith(fresh);
            family.RemoveAll(found.Contains);
            if (fresh.Count == 0 || !options.Stepdown)
            {
                break;
            }
        }

        return [.. asked.Select(j => (
            options.Bounds == RankBounds.Upper ? 1 : 1 + found.Count(pair => pair.K == j),
            options.Bounds == RankBounds.Lower ? p : p - found.Count(pair => pair.J == j)))];
    }

    private static (double[] Estimates, double[] Errors) Units(int seed, int count)
    {
        var draws = RandomData.Normals(seed, 2 * count);
        return ([.. draws[..count].Select(value => 3 * value)], [.. draws[count..].Select(value => 0.2 + Math.Abs(value))]);
    }
}
