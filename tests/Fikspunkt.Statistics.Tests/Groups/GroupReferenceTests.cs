using System.Text.Json;
using Fikspunkt.Statistics.Groups;
using Fikspunkt.Testing;

namespace Fikspunkt.Statistics.Tests.Groups;

/// <summary>What R finds: Reference/groups.json, which Reference/groups.R made.</summary>
public sealed class GroupReferenceTests
{
    private static readonly JsonElement R = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Beside("Reference/groups.json"))).RootElement;

    [Theory]
    [InlineData("uneven", "trees", "ward.D2", Linkage.WardD2)]
    [InlineData("uneven", "trees", "ward.D", Linkage.WardD)]
    [InlineData("uneven", "trees", "average", Linkage.Average)]
    [InlineData("uneven", "trees", "complete", Linkage.Complete)]
    [InlineData("uneven", "trees", "single", Linkage.Single)]
    [InlineData("uneven", "trees", "mcquitty", Linkage.McQuitty)]
    [InlineData("uneven", "trees", "median", Linkage.Median)]
    [InlineData("uneven", "trees", "centroid", Linkage.Centroid)]
    [InlineData("tied", "tied_trees", "single", Linkage.Single)]
    [InlineData("tied", "tied_trees", "complete", Linkage.Complete)]
    public void Hierarchical_SmallData_IsHclusts(string data, string trees, string name, Linkage linkage)
    {
        var tree = Hierarchical.Fit(Distances.Euclidean(Matrix(R.GetProperty(data))), linkage);
        var expected = R.GetProperty(trees).GetProperty(name);
        tree.Merge.Select(pair => new[] { (double)pair.Left, pair.Right }).ShouldBe(expected.GetProperty("merge").EnumerateArray().Select(Numbers));
        tree.Heights.ShouldBe(Numbers(expected.GetProperty("height")), 1e-12);
        Order(tree).ShouldBe(Numbers(expected.GetProperty("order")));
        foreach (var cut in expected.GetProperty("cut").EnumerateArray().Select(Numbers))
        {
            tree.Cut((int)cut.Max()).Select(cluster => cluster + 1.0).ShouldBe(cut);
        }
    }

    [Fact]
    public void KMedoids_SmallData_IsPams()
    {
        var distances = Distances.Euclidean(ZScores.Of(Matrix(R.GetProperty("uneven"))).Z);
        foreach (var expected in R.GetProperty("medoids").EnumerateArray())
        {
            var fit = KMedoids.Fit(distances, (int)Numbers(expected.GetProperty("k"))[0]);
            fit.Medoids.Select(unit => unit + 1.0).ShouldBe(Numbers(expected.GetProperty("medoids")));
            fit.Clusters.Select(cluster => cluster + 1.0).ShouldBe(Numbers(expected.GetProperty("clustering")));
            (fit.Cost / distances.Count).ShouldBe(Numbers(expected.GetProperty("objective"))[0], 1e-12);
            var silhouette = Silhouette.Of(distances, fit.Clusters);
            silhouette.Width.ShouldBe(Numbers(expected.GetProperty("width")), 1e-12);
            silhouette.Neighbour.Select(cluster => cluster + 1.0).ShouldBe(Numbers(expected.GetProperty("neighbour")));
            silhouette.Mean.ShouldBe(Numbers(expected.GetProperty("mean"))[0], 1e-12);
            silhouette.ClusterMean.ShouldBe(Numbers(expected.GetProperty("by_cluster")), 1e-12);
        }
    }

    [Fact]
    public void Mahalanobis_SmallData_IsRs()
    {
        var distances = Distances.Mahalanobis(Matrix(R.GetProperty("uneven")));
        Enumerable.Range(0, distances.Count).Select(unit => distances[0, unit]).ToArray().ShouldBe(Numbers(R.GetProperty("mahalanobis_1")), 1e-12);
    }

    private static double[] Order(MergeTree tree) => [.. tree.Order.Select(row => row + 1.0)];

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetDouble())];

    private static RowMatrix Matrix(JsonElement rows)
    {
        var values = rows.EnumerateArray().Select(Numbers).ToArray();
        return new RowMatrix(values.Length, values[0].Length, [.. values.SelectMany(row => row)]);
    }
}
