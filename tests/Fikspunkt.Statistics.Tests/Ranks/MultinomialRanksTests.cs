using Fikspunkt.Statistics.Ranks;
using Fikspunkt.Statistics.Tests.Rates;

namespace Fikspunkt.Statistics.Tests.Ranks;

public sealed class MultinomialRanksTests
{
    [Fact]
    public void Sets_AnyCounts_EqualTheNaiveTwin() =>
        RandomData.ForAllSeeds(seed =>
        {
            var random = new Random(seed);
            var counts = Enumerable.Range(0, 5).Select(i => (long)random.Next(0, 12 * (i + 1))).ToArray();
            var options = new MultinomialRankOptions(0.9, (RankCorrection)(seed % 3), (RankOrder)(seed % 2), (RankBounds)(seed / 2 % 3))
            {
                Units = seed % 5 == 0 ? null : [.. RandomData.Permutation(seed, 5)[..(1 + (seed % 4))]],
            };
            var sets = MultinomialRanks.Sets(counts, options);
            var asked = options.Units ?? [.. Enumerable.Range(0, 5)];
            var together = Naive(counts, options, asked);
            var single = options.Correction == RankCorrection.Holm ? options with { Correction = RankCorrection.Bonferroni } : options;
            Naive(counts, single, asked).ShouldBe(sets.SingleStepLower.Zip(sets.SingleStepUpper));
            for (var at = 0; at < asked.Count; at++)
            {
                (sets.SimultaneousLower[at], sets.SimultaneousUpper[at]).ShouldBe(together[at]);
                (sets.MarginalLower[at], sets.MarginalUpper[at]).ShouldBe(Naive(counts, options, [asked[at]])[0]);
            }
        });

    [Fact]
    public void Sets_LargeCountsOrExpansion_AgreeWhereTheyMeet()
    {
        // Just below and just above the number of trials at which the expansion takes over, at a difference near the decision.
        foreach (var gap in new[] { 900, 1500, 1950, 2010, 3000 })
        {
            var below = MultinomialRanks.Sets([499_900 - (gap / 2), 499_900 + (gap / 2)], new MultinomialRankOptions());
            var above = MultinomialRanks.Sets([500_100 - (gap / 2), 500_100 + (gap / 2)], new MultinomialRankOptions());
            above.SimultaneousLower.ShouldBe(below.SimultaneousLower);
            above.IsBetter(1, 0).ShouldBe(gap > 1961); // Two one-sided tests, 0.025 each: 1.96 standard deviations of the difference, 1,000, and 1 for continuity.
        }

        var huge = MultinomialRanks.Sets([1L << 52, (1L << 52) - 1, 0], new MultinomialRankOptions());
        huge.SimultaneousUpper.ShouldBe([2, 2, 3]);
        huge.SimultaneousLower.ShouldBe([1, 1, 3]);
    }

    [Fact]
    public void Sets_DegenerateCounts_HaveTheirValues()
    {
        var one = MultinomialRanks.Sets([7], new MultinomialRankOptions());
        (one.Rank[0], one.SimultaneousLower[0], one.SimultaneousUpper[0], one.MarginalUpper[0]).ShouldBe((1, 1, 1, 1));
        var none = MultinomialRanks.Sets([0, 0, 0], new MultinomialRankOptions());
        none.Rank.ShouldBe([1, 1, 1]);
        none.SimultaneousUpper.ShouldBe([3, 3, 3]);
        var tied = MultinomialRanks.Sets([1000, 1000, 1000], new MultinomialRankOptions());
        tied.SimultaneousLower.ShouldBe([1, 1, 1]);
        tied.MarginalUpper.ShouldBe([3, 3, 3]);
        MultinomialRanks.Sets([], new MultinomialRankOptions()).Rank.ShouldBeEmpty();
        Should.Throw<InvalidValueException>(() => MultinomialRanks.Sets([1, -1], new MultinomialRankOptions())).Row.ShouldBe(1);
        Should.Throw<InvalidValueException>(() => MultinomialRanks.Sets([1, long.MaxValue], new MultinomialRankOptions()));
        Should.Throw<ArgumentOutOfRangeException>(() => MultinomialRanks.Sets([1, 2], new MultinomialRankOptions(1)));
    }

    [Fact]
    public void Sets_TrueRanks_AreCoveredAtLeastAsOftenAsSaid()
    {
        var (hits, random) = (0, new Random(7));
        double[] upTo = [0.1, 0.25, 0.45, 0.7, 1.0];
        for (var replication = 0; replication < 500; replication++)
        {
            var counts = new long[5];
            for (var draw = 0; draw < 80; draw++)
            {
                var u = random.NextDouble();
                counts[Array.FindIndex(upTo, limit => u < limit)]++;
            }

            var sets = MultinomialRanks.Sets(counts, new MultinomialRankOptions());
            hits += Enumerable.Range(0, 5).All(j => sets.SimultaneousLower[j] <= 5 - j && 5 - j <= sets.SimultaneousUpper[j]) ? 1 : 0;
        }

        // Exact tests: 95 % less three standard errors of 500 replications.
        hits.ShouldBeGreaterThanOrEqualTo(460);
    }

    /// <summary>p-values added up in decimals, Holm and Bonferroni written down directly.</summary>
    private static (int Lower, int Upper)[] Naive(long[] counts, MultinomialRankOptions options, IReadOnlyList<int> asked)
    {
        var p = counts.Length;
        var family = (
            from j in Enumerable.Range(0, p)
            from k in Enumerable.Range(0, p)
            where j != k && ((options.Bounds != RankBounds.Upper && asked.Contains(k)) || (options.Bounds != RankBounds.Lower && asked.Contains(j)))
            let better = options.Best == RankOrder.Highest ? counts[j] : counts[k]
            let total = (int)(counts[j] + counts[k])
            let value = better == 0 ? 1.0 : 1 - (double)BinomialTwin.AtMost((int)better - 1, total, 0.5m)
            orderby value
            select (J: j, K: k, P: value)).ToList();
        var found = new List<(int J, int K)>();
        for (var i = 0; i < family.Count; i++)
        {
            var tests = options.Correction == RankCorrection.Holm ? family.Count - i : options.Correction == RankCorrection.Bonferroni ? family.Count : 1;
            if (family[i].P > (1 - options.Coverage) / tests)
            {
                break;
            }

            found.Add((family[i].J, family[i].K));
        }

        return [.. asked.Select(j => (
            options.Bounds == RankBounds.Upper ? 1 : 1 + found.Count(pair => pair.K == j),
            options.Bounds == RankBounds.Lower ? p : p - found.Count(pair => pair.J == j)))];
    }
}
