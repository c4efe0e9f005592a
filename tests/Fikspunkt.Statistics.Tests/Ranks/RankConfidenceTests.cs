using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Statistics.Tests.Ranks;

public sealed class RankConfidenceTests
{
    private static readonly double[] TiedValues = [3, 4, 7, 7, 10, 11, 15, 15, 15, 15];

    [Fact]
    public void Sets_ReferenceCase_EqualThePeersLongRunForMostUnits()
    {
        var reference = ReferenceCase.Load("ranks-pisa2018-math");
        var (scores, errors) = (reference.Numbers("score"), reference.Numbers("se"));
        var options = new RankOptions(Draws: 50_000, Best: RankOrder.Highest);
        var covariance = RowMatrix.Diagonal(Array.ConvertAll(errors, se => se * se));
        var sets = RankConfidence.Sets(scores, covariance, options);
        var single = RankConfidence.Sets(scores, covariance, options with { Stepdown = false });
        Agreement(reference, "marginal.lower_long_run", sets.MarginalLower).ShouldBeGreaterThanOrEqualTo(0.85);
        Agreement(reference, "marginal.upper_long_run", sets.MarginalUpper).ShouldBeGreaterThanOrEqualTo(0.85);
        Agreement(reference, "simultaneous.lower_long_run", sets.SimultaneousLower).ShouldBeGreaterThanOrEqualTo(0.85);
        Agreement(reference, "simultaneous.upper_long_run", sets.SimultaneousUpper).ShouldBeGreaterThanOrEqualTo(0.85);
        Agreement(reference, "simultaneous_single_step.lower_long_run", single.SimultaneousLower).ShouldBeGreaterThanOrEqualTo(0.85);
    }

    [Fact]
    public void Sets_CorrelatedEstimates_EqualTheNaiveTwin() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (estimates, covariance) = Correlated(seed, units: 7, rank: seed % 2 == 0 ? 7 : 4);
            var options = new RankOptions(Draws: 300, Seed: seed, Stepdown: seed % 3 > 0, Best: (RankOrder)(seed % 2));
            var sets = RankConfidence.Sets(estimates, covariance, options);
            var (simultaneous, marginal) = NaiveRankSets.Compute(estimates, covariance, options);
            for (var j = 0; j < 7; j++)
            {
                (sets.SimultaneousLower[j], sets.SimultaneousUpper[j]).ShouldBe(simultaneous[j]);
                (sets.MarginalLower[j], sets.MarginalUpper[j]).ShouldBe(marginal[j]);
            }
        });

    [Fact]
    public void Sets_AnyNumberOfThreads_AreIdenticalToTheBit()
    {
        var (estimates, covariance) = Correlated(5, units: 40, rank: 40);
        var one = RankConfidence.Sets(estimates, covariance, new RankOptions(Draws: 1777, Threads: 1));
        foreach (var threads in new[] { 2, 3 })
        {
            var more = RankConfidence.Sets(estimates, covariance, new RankOptions(Draws: 1777, Threads: threads));
            BitConverter.DoubleToInt64Bits(more.CriticalValue).ShouldBe(BitConverter.DoubleToInt64Bits(one.CriticalValue));
            more.MarginalLower.ShouldBe(one.MarginalLower);
            more.MarginalUpper.ShouldBe(one.MarginalUpper);
            more.SimultaneousLower.ShouldBe(one.SimultaneousLower);
            more.SimultaneousUpper.ShouldBe(one.SimultaneousUpper);
        }
    }

    [Fact]
    public void Sets_AnyEstimates_HoldTheRankAndNestAsTheyShould() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (estimates, covariance) = Correlated(seed, units: 9, rank: 9);
            var options = new RankOptions(Draws: 500, Seed: seed);
            var sets = RankConfidence.Sets(estimates, covariance, options);
            var single = RankConfidence.Sets(estimates, covariance, options with { Stepdown = false });
            var surer = RankConfidence.Sets(estimates, covariance, options with { Coverage = 0.99, Stepdown = false });
            for (var j = 0; j < 9; j++)
            {
                sets.Rank[j].ShouldBeInRange(sets.MarginalLower[j], sets.MarginalUpper[j]);
                sets.MarginalLower[j].ShouldBeGreaterThanOrEqualTo(single.SimultaneousLower[j]);
                sets.SimultaneousLower[j].ShouldBeGreaterThanOrEqualTo(single.SimultaneousLower[j]);
                sets.SimultaneousUpper[j].ShouldBeLessThanOrEqualTo(single.SimultaneousUpper[j]);
                single.SimultaneousLower[j].ShouldBeGreaterThanOrEqualTo(surer.SimultaneousLower[j]);
                single.MarginalUpper[j].ShouldBeLessThanOrEqualTo(surer.MarginalUpper[j]);
            }

            // Positive scale and shift change nothing.
            var scaled = RankConfidence.Sets(
                [.. estimates.Select(value => (1024 * value) + 4096)],
                new RowMatrix(9, 9, Array.ConvertAll(covariance.Values, value => 1024 * 1024 * value)),
                options);
            scaled.SimultaneousLower.ShouldBe(sets.SimultaneousLower);
            scaled.MarginalUpper.ShouldBe(sets.MarginalUpper);
            scaled.Rank.ShouldBe(sets.Rank);
        });

    [Fact]
    public void Sets_BestHighestOfMirroredEstimates_EqualsBestLowest()
    {
        var (estimates, covariance) = Correlated(8, units: 12, rank: 12);
        var lowest = RankConfidence.Sets(estimates, covariance, new RankOptions(Best: RankOrder.Lowest));
        var highest = RankConfidence.Sets([.. estimates.Select(value => -value)], covariance, new RankOptions(Best: RankOrder.Highest));
        highest.Rank.ShouldBe(lowest.Rank);
        highest.SimultaneousLower.ShouldBe(lowest.SimultaneousLower);
        highest.MarginalUpper.ShouldBe(lowest.MarginalUpper);
    }

    [Fact]
    public void Sets_OneUnit_IsFirst()
    {
        var sets = RankConfidence.Sets([5], RowMatrix.Diagonal([1]), new RankOptions());
        (sets.Rank[0], sets.MarginalLower[0], sets.MarginalUpper[0], sets.SimultaneousLower[0], sets.SimultaneousUpper[0]).ShouldBe((1, 1, 1, 1, 1));
        sets.CriticalValue.ShouldBe(0);
    }

    [Fact]
    public void Sets_AllTied_TellNobodyApart()
    {
        var sets = RankConfidence.Sets([2, 2, 2, 2], RowMatrix.Diagonal([1, 2, 3, 0]), new RankOptions());
        sets.Rank.ShouldBe([1, 1, 1, 1]);
        sets.SimultaneousLower.ShouldAllBe(lower => lower == 1);
        sets.SimultaneousUpper.ShouldAllBe(upper => upper == 4);
        sets.MarginalUpper.ShouldAllBe(upper => upper == 4);
    }

    [Fact]
    public void Sets_NoVariance_AreTheRanks()
    {
        var sets = RankConfidence.Sets([3, 1, 2, 2], new RowMatrix(4, 4), new RankOptions());
        sets.MarginalLower.ShouldBe([4, 1, 2, 2]);
        sets.MarginalUpper.ShouldBe([4, 1, 3, 3]);
        sets.SimultaneousLower.ShouldBe([4, 1, 2, 2]);
        sets.SimultaneousUpper.ShouldBe([4, 1, 3, 3]);
        sets.IsBetter(1, 0).ShouldBeTrue();
        sets.IsBetter(2, 3).ShouldBeFalse();
    }

    [Fact]
    public void Sets_PerfectlyCorrelatedPair_IsDecidedByTheEstimates()
    {
        var covariance = new RowMatrix(3, 3, [4, 4, 0, 4, 4, 0, 0, 0, 4]);
        var sets = RankConfidence.Sets([1.001, 1.000, 1.0005], covariance, new RankOptions());
        sets.IsBetter(1, 0).ShouldBeTrue();
        sets.SimultaneousLower.ShouldBe([2, 1, 1]);
        sets.SimultaneousUpper.ShouldBe([3, 2, 3]);
    }

    [Fact]
    public void Sets_TwoUnits_CriticalValueIsTheNormalQuantile()
    {
        var sets = RankConfidence.Sets([0, 1], RowMatrix.Diagonal([1, 1]), new RankOptions(Draws: 400_000));
        sets.CriticalValue.ShouldBe(NormalDistribution.Quantile(0.975), 0.01);
    }

    [Fact]
    public void Sets_TrueRanks_AreCoveredAtLeastAsOftenAsSaid()
    {
        var (truth, hits, alone) = (new double[] { 0, 0.3, 0.6, 0.9, 1.2, 2, 4 }, 0, 0);
        for (var replication = 0; replication < 400; replication++)
        {
            var noise = RandomData.Normals(1000 + replication, truth.Length);
            var sets = RankConfidence.Sets([.. truth.Zip(noise, (theta, e) => theta + (0.5 * e))], RowMatrix.Diagonal([.. truth.Select(_ => 0.25)]), new RankOptions(Draws: 1000, Seed: replication));
            hits += Enumerable.Range(0, 7).All(j => sets.SimultaneousLower[j] <= j + 1 && j + 1 <= sets.SimultaneousUpper[j]) ? 1 : 0;
            alone += sets.MarginalLower[3] <= 4 && 4 <= sets.MarginalUpper[3] ? 1 : 0;
        }

        // 95 % less three standard errors of 400 replications.
        hits.ShouldBeGreaterThanOrEqualTo(367);
        alone.ShouldBeGreaterThanOrEqualTo(367);
    }

    [Fact]
    public void Sets_NoCovarianceMatrix_Throws()
    {
        Should.Throw<NotPositiveSemidefiniteException>(() => RankConfidence.Sets([1, 2], new RowMatrix(2, 2, [1, 2, 2, 1]), new RankOptions()));
        Should.Throw<NotPositiveSemidefiniteException>(() => RankConfidence.Sets([1, 2], new RowMatrix(2, 2, [1, 0.5, 0.2, 1]), new RankOptions()));
        Should.Throw<NotPositiveSemidefiniteException>(() => RankConfidence.Sets([1, 2], new RowMatrix(2, 2, [-1, 0, 0, 1]), new RankOptions()));
        Should.Throw<NotPositiveSemidefiniteException>(() => RankConfidence.Sets([1, 2], new RowMatrix(2, 2, [0, 0.1, 0.1, 1]), new RankOptions()));
        Should.Throw<InvalidValueException>(() => RankConfidence.Sets([1, double.NaN], RowMatrix.Diagonal([1, 1]), new RankOptions()));
        Should.Throw<InvalidValueException>(() => RankConfidence.Sets([1, 2], RowMatrix.Diagonal([1, double.PositiveInfinity]), new RankOptions()));
        Should.Throw<ArgumentOutOfRangeException>(() => RankConfidence.Sets([1, 2], RowMatrix.Diagonal([1, 1]), new RankOptions(Coverage: 1)));
    }

    [Theory]
    [InlineData(0.0, "10 9 7 7 6 5 1 1 1 1", "1 2 3 3 5 6 7 7 7 7")]
    [InlineData(0.5, "10 9 7.5 7.5 6 5 2.5 2.5 2.5 2.5", "1 2 3.5 3.5 5 6 8.5 8.5 8.5 8.5")]
    [InlineData(1.0, "10 9 8 8 6 5 4 4 4 4", "1 2 4 4 5 6 10 10 10 10")]
    public void Integer_Ties_FollowOmega(double omega, string decreasing, string increasing)
    {
        string.Join(' ', RankOf.Integer(TiedValues, RankOrder.Highest, omega).Select(rank => FormattableString.Invariant($"{rank}"))).ShouldBe(decreasing);
        string.Join(' ', RankOf.Integer(TiedValues, RankOrder.Lowest, omega).Select(rank => FormattableString.Invariant($"{rank}"))).ShouldBe(increasing);
        RankOf.Fractional(TiedValues, RankOrder.Lowest, omega)[^1].ShouldBe(RankOf.Integer(TiedValues, RankOrder.Lowest, omega)[^1] / 10);
    }

    private static double Agreement(ReferenceCase reference, string path, int[] bounds) =>
        bounds.Select((bound, i) => bound == reference.Expected(FormattableString.Invariant($"{path}.{i}")) ? 1.0 : 0.0).Average();

    private static (double[] Estimates, RowMatrix Covariance) Correlated(int seed, int units, int rank)
    {
        var draws = RandomData.Normals(seed, units * (rank + 1));
        var covariance = new RowMatrix(units, units);
        for (var i = 0; i < units; i++)
        {
            for (var j = 0; j < units; j++)
            {
                for (var m = 0; m < rank; m++)
                {
                    covariance[i, j] += draws[(i * rank) + m] * draws[(j * rank) + m] / rank;
                }
            }
        }

        return ([.. draws[(units * rank)..].Select(value => 4 * value)], covariance);
    }
}

/// <summary>The method written down directly, pair by pair and draw by draw.</summary>
internal static class NaiveRankSets
{
    public static ((int Lower, int Upper)[] Simultaneous, (int Lower, int Upper)[] Marginal) Compute(double[] estimates, RowMatrix covariance, RankOptions options)
    {
        var p = estimates.Length;
        var x = Array.ConvertAll(estimates, value => options.Best == RankOrder.Highest ? value : -value);
        var root = CovarianceRoot.Of(covariance);
        var random = new CounterRandom(options.Seed);
        var draws = new double[options.Draws][];
        for (var r = 0; r < draws.Length; r++)
        {
            var g = new double[root.Columns];
            random.Normals(r, g);
            draws[r] = [.. Enumerable.Range(0, p).Select(i => Enumerable.Range(0, g.Length).Sum(m => root[i, m] * g[m]))];
        }

        var all = (from j in Enumerable.Range(0, p) from k in Enumerable.Range(0, p) where j != k select (J: j, K: k)).ToList();
        var established = Established(all);
        var simultaneous = Enumerable.Range(0, p).Select(j => Bounds(j, established)).ToArray();
        var marginal = Enumerable.Range(0, p).Select(j => Bounds(j, Established([.. all.Where(pair => pair.J == j || pair.K == j)]))).ToArray();
        return (simultaneous, marginal);

        double Error(int j, int k) => Math.Sqrt(covariance[j, j] + covariance[k, k] - (2 * covariance[j, k]));

        HashSet<(int J, int K)> Established(List<(int J, int K)> family)
        {
            var left = new List<(int J, int K)>(family);
            var found = new HashSet<(int J, int K)>();
            while (true)
            {
                var largest = draws.Select(z => left.Max(pair => (z[pair.J] - z[pair.K]) / Error(pair.J, pair.K))).Order().ToArray();
                var position = (largest.Length - 1) * options.Coverage;
                var below = (int)position;
                var critical = largest[below] + ((position - below) * (largest[Math.Min(below + 1, largest.Length - 1)] - largest[below]));
                var fresh = left.Where(pair => x[pair.J] - x[pair.K] > critical * Error(pair.J, pair.K)).ToList();
                found.UnionWith(fresh);
                if (fresh.Count == 0 || !options.Stepdown)
                {
                    return found;
                }

                left.RemoveAll(found.Contains);
            }
        }

        (int Lower, int Upper) Bounds(int j, HashSet<(int J, int K)> found) =>
            (1 + found.Count(pair => pair.K == j), p - found.Count(pair => pair.J == j));
    }
}
