using Fikspunkt.Statistics.Groups;
using static Fikspunkt.Statistics.Tests.Groups.DistanceTests;

namespace Fikspunkt.Statistics.Tests.Groups;

public sealed class ClusterTests
{
    [Fact]
    public void Ward_Heights_AreTwiceTheIncreaseOfTheSumOfSquares() =>
        RandomData.ForAllSeeds(seed =>
        {
            var x = Made(seed, 14, 3);
            var tree = Hierarchical.Fit(Distances.Euclidean(x), Linkage.WardD2);
            var within = Enumerable.Range(1, 14).Select(k => Partitions.Summarise(x, tree.Cut(k)).Within.Sum()).ToArray();
            for (var merge = 0; merge < 13; merge++)
            {
                // Merge m leaves 13 - m clusters of the 14 - m there were.
                (within[12 - merge] - within[13 - merge]).ShouldBe(tree.Heights[merge] * tree.Heights[merge] / 2, 1e-10);
            }
        });

    [Theory]
    [InlineData(Linkage.WardD2)]
    [InlineData(Linkage.WardD)]
    [InlineData(Linkage.Average)]
    [InlineData(Linkage.Complete)]
    [InlineData(Linkage.Single)]
    [InlineData(Linkage.McQuitty)]
    [InlineData(Linkage.Median)]
    [InlineData(Linkage.Centroid)]
    public void Hierarchical_AnyData_IsWhatSearchingAllPairsGives(Linkage linkage) =>
        RandomData.ForAllSeeds(seed =>
        {
            var distances = Distances.Euclidean(Made(seed, 13, 2));
            var (merges, heights) = NaiveClusters.Fit(distances, linkage);
            var tree = Hierarchical.Fit(distances, linkage);
            tree.Heights.ShouldBe(heights, 1e-12);
            Enumerable.Range(0, 12).Select(m => string.Join(',', Members(tree, m + 1).Order())).ShouldBe(merges);
        });

    [Theory]
    [InlineData(Linkage.WardD2)]
    [InlineData(Linkage.Average)]
    [InlineData(Linkage.Complete)]
    [InlineData(Linkage.Single)]
    public void Hierarchical_PermutedAndScaled_GivesTheSameGroups(Linkage linkage) =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, order) = (Made(seed, 15, 2), RandomData.Permutation(seed, 15));
            var before = Hierarchical.Fit(Distances.Euclidean(x), linkage);
            var after = Hierarchical.Fit(Distances.Euclidean(new RowMatrix(15, 2, [.. Permuted(x, order).Values.Select(value => (value * 8) + 3)])), linkage);
            after.Heights.ShouldBe([.. before.Heights.Select(height => 8 * height)], 1e-9);
            var (own, other) = (before.Cut(4), after.Cut(4));
            Partitions.AdjustedRand(other, [.. Partitions.ByFirstAppearance([.. order.Select(row => own[row])])]).ShouldBe(1);
        });

    [Fact]
    public void Hierarchical_HugeAndTinyDistances_GiveTheSameTree()
    {
        var x = Made(5, 10, 2);
        var tree = Hierarchical.Fit(Distances.Euclidean(x), Linkage.WardD2);
        foreach (var factor in (double[])[1e250, 1e-250])
        {
            var scaled = Hierarchical.Fit(Distances.Euclidean(new RowMatrix(10, 2, [.. x.Values.Select(value => value * factor)])), Linkage.WardD2);
            scaled.Merge.ShouldBe(tree.Merge);
            scaled.Heights.Select(height => height / factor).ToArray().ShouldBe(tree.Heights, 1e-9);
        }
    }

    [Fact]
    public void Hierarchical_AllAlike_MergesInRowOrderAtZero()
    {
        var tree = Hierarchical.Fit(Distances.Euclidean(new RowMatrix(4, 2)), Linkage.WardD2);
        tree.Heights.ShouldBe([0, 0, 0]);
        tree.Merge.ShouldBe([(-1, -2), (-3, 1), (-4, 2)]);
        tree.Cut(1).ShouldBe([0, 0, 0, 0]);
        tree.Cut(4).ShouldBe([0, 1, 2, 3]);
        Should.Throw<ArgumentOutOfRangeException>(() => tree.Cut(5));
        Should.Throw<ArgumentOutOfRangeException>(() => tree.Cut(0));
        Should.Throw<TooFewUnitsException>(() => Hierarchical.Fit(Distances.Euclidean(new RowMatrix(1, 2)), Linkage.Single)).Needed.ShouldBe(2);
    }

    [Fact]
    public void KMedoids_AnyData_NoExchangeHelps() =>
        RandomData.ForAllSeeds(seed =>
        {
            var distances = Distances.Euclidean(Made(seed, 14, 2));
            var fit = KMedoids.Fit(distances, 3);
            Cost(distances, fit.Medoids).ShouldBe(fit.Cost, 1e-12);
            for (var place = 0; place < 3; place++)
            {
                for (var unit = 0; unit < 14; unit++)
                {
                    var other = (int[])fit.Medoids.Clone();
                    other[place] = unit;
                    Cost(distances, other).ShouldBeGreaterThanOrEqualTo(fit.Cost - 1e-12);
                }
            }
        });

    [Fact]
    public void KMedoids_Degenerate_GivesTheDocumentedValues()
    {
        var line = Distances.Euclidean(RowMatrix.FromColumns([0, 1, 2, 10]));
        KMedoids.Fit(line, 1).Medoids.ShouldBe([1]);
        var all = KMedoids.Fit(line, 4);
        (all.Cost, all.Clusters).ShouldSatisfyAllConditions(it => it.Cost.ShouldBe(0), it => it.Clusters.ShouldBe([0, 1, 2, 3]));
        var alike = KMedoids.Fit(Distances.Euclidean(new RowMatrix(3, 1)), 2);
        alike.Cost.ShouldBe(0);
        alike.Clusters.Distinct().Count().ShouldBe(2);
        Should.Throw<TooFewUnitsException>(() => KMedoids.Fit(line, 5)).Needed.ShouldBe(5);
        Should.Throw<ArgumentOutOfRangeException>(() => KMedoids.Fit(line, 0));
    }

    [Fact]
    public void Silhouette_ThreeClumps_AreChosen()
    {
        var x = RowMatrix.FromColumns([0, 0.1, 0.2, 5, 5.1, 5.2, 9, 9.1, 9.2, 9.3]);
        var distances = Distances.Euclidean(x);
        var choice = Silhouette.Choose(distances, Hierarchical.Fit(distances, Linkage.WardD2).Cut, 2, 6);
        choice.Best.ShouldBe(3);
        choice.Clusters.ShouldBe([2, 3, 4, 5, 6]);
        choice.MeanWidth[1].ShouldBe(Silhouette.Of(distances, [0, 0, 0, 1, 1, 1, 2, 2, 2, 2]).Mean);
        Should.Throw<TooFewUnitsException>(() => Silhouette.Choose(distances, _ => [], 2, 10)).Needed.ShouldBe(11);
        Should.Throw<ArgumentException>(() => Silhouette.Of(distances, new int[10]));
    }

    [Fact]
    public void Silhouette_UnitAloneOrAllAlike_HasWidthZero()
    {
        Silhouette.Of(Distances.Euclidean(RowMatrix.FromColumns([0, 1, 9])), [0, 0, 1]).Width[2].ShouldBe(0);
        Silhouette.Of(Distances.Euclidean(new RowMatrix(4, 1)), [0, 0, 1, 1]).Mean.ShouldBe(0);
    }

    [Fact]
    public void AdjustedRand_KnownTables_GiveTheKnownValues()
    {
        // Hubert and Arabie's formula by hand: rows 3, 3; columns 2, 4; cells 2, 1, 0, 3.
        Partitions.AdjustedRand([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 1, 1]).ShouldBe((4 - (6 * 7 / 15.0)) / (6.5 - (6 * 7 / 15.0)), 1e-15);
        Partitions.AdjustedRand([0, 1, 0, 1], [1, 0, 1, 0]).ShouldBe(1);
        Partitions.AdjustedRand([0, 0, 0], [0, 0, 0]).ShouldBe(1);
        Partitions.AdjustedRand([0, 1, 2], [0, 1, 2]).ShouldBe(1);
        Partitions.AdjustedRand([0, 0, 0], [0, 1, 2]).ShouldBe(0);
    }

    [Fact]
    public void AdjustedRand_IndependentLabels_AreZeroOnAverage()
    {
        var mean = Enumerable.Range(1, 400).Average(seed =>
        {
            var order = RandomData.Permutation(seed, 30);
            return Partitions.AdjustedRand([.. Enumerable.Range(0, 30).Select(i => i / 10)], [.. order.Select(i => i / 6)]);
        });
        mean.ShouldBe(0, 0.01);
    }

    [Fact]
    public void Summarise_WithinAndBetween_AddUp() =>
        RandomData.ForAllSeeds(seed =>
        {
            var x = Made(seed, 12, 3);
            int[] clusters = [.. Enumerable.Range(0, 12).Select(i => i % 3)];
            var summary = Partitions.Summarise(x, clusters);
            var centre = Partitions.Summarise(x, new int[12]).Centres.Row(0).ToArray();
            var between = Enumerable.Range(0, 3).Sum(c => 4 * summary.Centres.Row(c).ToArray().Zip(centre, (a, b) => (a - b) * (a - b)).Sum());
            (summary.Within.Sum() + between).ShouldBe(summary.Total, 1e-12);
            summary.BetweenShare.ShouldBe(between / summary.Total, 1e-12);
        });

    [Fact]
    public void Stability_ClearAndFaintClusters_AreToldApart()
    {
        // Two far clumps, the wider of which is cut in two for no reason.
        var draws = RandomData.Normals(8, 60);
        var x = new RowMatrix(60, 1, [.. draws.Select((draw, i) => i < 20 ? draw / 100 : draw + 50)]);
        int[] Divide(int[] rows) => Hierarchical.Fit(Distances.Euclidean(Permuted(x, rows)), Linkage.WardD2).Cut(Math.Min(3, rows.Length));
        var one = ClusterStability.Bootstrap(60, Divide, 50, seed: 3, threads: 1);
        one.MeanJaccard[0].ShouldBe(1);
        (one.Recovered[0], one.Dissolved[0]).ShouldBe((50, 0));
        one.MeanJaccard[1..].ShouldAllBe(mean => mean < 0.98);
        one.MeanAdjustedRand.ShouldBeInRange(0.5, 0.99);
        ClusterStability.Bootstrap(60, Divide, 50, seed: 3, threads: 2).ShouldBeEquivalentTo(one);
        ClusterStability.Bootstrap(60, Divide, 50, seed: 4).MeanJaccard.ShouldNotBe(one.MeanJaccard);
    }

    [Fact]
    public void Stability_OneUnit_IsStable() =>
        ClusterStability.Bootstrap(1, rows => new int[rows.Length], 3, seed: 1).MeanJaccard.ShouldBe([1]);

    private static double Cost(Distances distances, int[] medoids) => Enumerable.Range(0, distances.Count).Sum(unit => medoids.Min(medoid => distances[unit, medoid]));

    private static IEnumerable<int> Members(MergeTree tree, int part) => part < 0
        ? [-part - 1]
        : Members(tree, tree.Merge[part - 1].Left).Concat(Members(tree, tree.Merge[part - 1].Right));
}

/// <summary>Agglomeration that looks at all pairs of clusters at each step and finds distances from the units themselves where it can.</summary>
internal static class NaiveClusters
{
    public static (string[] Merges, double[] Heights) Fit(Distances distances, Linkage linkage)
    {
        var left = Enumerable.Range(0, distances.Count).Select(unit => new Node([unit], null, null, 0)).ToList();
        var (merges, heights) = (new List<string>(), new List<double>());
        while (left.Count > 1)
        {
            var (a, b, least) = (left[0], left[1], double.PositiveInfinity);
            for (var i = 0; i < left.Count; i++)
            {
                for (var j = i + 1; j < left.Count; j++)
                {
                    if (Between(left[i], left[j], distances, linkage) is var d && d < least)
                    {
                        (a, b, least) = (left[i], left[j], d);
                    }
                }
            }

            left.Remove(b);
            left[left.IndexOf(a)] = new Node([.. a.Units, .. b.Units], a, b, least);
            merges.Add(string.Join(',', a.Units.Concat(b.Units).Order()));
            heights.Add(linkage == Linkage.WardD2 ? Math.Sqrt(least) : least);
        }

        return ([.. merges], [.. heights]);
    }

    private static double Between(Node a, Node b, Distances distances, Linkage linkage)
    {
        IEnumerable<double> Pairs() => a.Units.SelectMany(x => b.Units.Select(y => distances[x, y]));
        if (linkage == Linkage.Average)
        {
            return Pairs().Average();
        }

        if (linkage == Linkage.Complete)
        {
            return Pairs().Max();
        }

        if (linkage == Linkage.Single)
        {
            return Pairs().Min();
        }

        // The others are defined by their update: take the cluster made last apart.
        if (a.First is null && b.First is null)
        {
            var d = distances[a.Units[0], b.Units[0]];
            return linkage == Linkage.WardD2 ? d * d : d;
        }

        var (whole, other) = a.Units.Length > b.Units.Length || (b.First is null) ? (a, b) : (b, a);
        var (d1, d2, d12) = (Between(whole.First!, other, distances, linkage), Between(whole.Second!, other, distances, linkage), whole.Height);
        double n1 = whole.First!.Units.Length, n2 = whole.Second!.Units.Length, n3 = other.Units.Length;
        return linkage switch
        {
            Linkage.McQuitty => (d1 + d2) / 2,
            Linkage.Median => (d1 / 2) + (d2 / 2) - (d12 / 4),
            Linkage.Centroid => (n1 / (n1 + n2) * d1) + (n2 / (n1 + n2) * d2) - (n1 * n2 / ((n1 + n2) * (n1 + n2)) * d12),
            _ => ((n1 + n3) / (n1 + n2 + n3) * d1) + ((n2 + n3) / (n1 + n2 + n3) * d2) - (n3 / (n1 + n2 + n3) * d12),
        };
    }

    private sealed record Node(int[] Units, Node? First, Node? Second, double Height);
}
