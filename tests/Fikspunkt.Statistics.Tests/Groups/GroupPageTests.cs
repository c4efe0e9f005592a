using Fikspunkt.Statistics.Groups;
using Fikspunkt.Statistics.Regression;
using static Fikspunkt.Statistics.Tests.WorkedExampleTests;

namespace Fikspunkt.Statistics.Tests.Groups;

/// <summary>The numbers printed in docs/methods/groups-*.md are what the library computes.</summary>
public sealed class GroupPageTests
{
    private static readonly RowMatrix X = RowMatrix.FromColumns([2, 3, 2.4, 8, 9.1, 8.3, 15, 14], [1, 2.2, 1.5, 7, 6, 8.1, 2, 1.2]);

    [Fact]
    public void Clusters_Page_ShowsWhatIsComputed()
    {
        var z = ZScores.Of(X);
        var distances = Distances.Euclidean(z.Z);
        var tree = Hierarchical.Fit(distances, Linkage.WardD2);
        var three = tree.Cut(3);
        var summary = Partitions.Summarise(z.Z, three);
        var medoids = KMedoids.Fit(distances, 3);
        var silhouette = Silhouette.Of(distances, three);
        var choice = Silhouette.Choose(distances, tree.Cut, 2, 5);
        var stability = ClusterStability.Bootstrap(8, rows => Hierarchical.Fit(distances.Among(rows), Linkage.WardD2).Cut(Math.Min(3, rows.Length)), 200, seed: 1);
        ShouldShow(
            "groups-clusters.md",
            $"mean, sd of the first column   {List([z.Mean[0], z.StandardDeviation[0]], 4)}",
            $"merges                         {string.Join(' ', tree.Merge.Select(pair => FormattableString.Invariant($"({pair.Left},{pair.Right})")))}",
            $"heights                        {List(tree.Heights, 4)}",
            $"order                          {List([.. tree.Order.Select(row => row + 1.0)], 0)}",
            $"three clusters                 {List([.. three.Select(cluster => cluster + 1.0)], 0)}",
            $"within, total                  {List([.. summary.Within, summary.Total], 4)}",
            $"medoids, cost                  {List([.. medoids.Medoids.Select(unit => unit + 1.0)], 0)} {List([medoids.Cost], 4)}",
            $"silhouette widths              {List(silhouette.Width, 3)}",
            $"mean width at 2, 3, 4, 5       {List(choice.MeanWidth, 3)}",
            $"mean Jaccard                   {List(stability.MeanJaccard, 3)}",
            $"mean adjusted Rand             {List([stability.MeanAdjustedRand], 3)}");
    }

    [Fact]
    public void Neighbours_Page_ShowsWhatIsComputed()
    {
        double[] outcome = [5.1, 5.9, 5.5, 9.9, 9.7, 10.6, 11.4, 10.7];
        var euclid = NearestNeighbours.Of(Distances.Euclidean(ZScores.Of(X).Z), 3);
        var mahalanobis = NearestNeighbours.Of(Distances.Mahalanobis(X), 3);
        var design = RowMatrix.FromColumns(Enumerable.Repeat(1.0, 8).ToArray(), Shares.Column(X, 0), Shares.Column(X, 1));
        var model = ModelWeighted.Of(X, LinearRegression.Fit(design, outcome).Coefficients.AsSpan(1), outcome);
        var weighted = NearestNeighbours.Of(model.Distances(), 3);
        var origins = new RowMatrix(3, 4, [680, 961, 1034, 753, 2458, 2479, 1790, 2102, 80, 229, 180, 273]);
        var ofCounted = Compositions.Distances(Shares.Of(origins, Shares.RowSums(origins)), CompositionDistance.TotalVariation);
        var ofAll = Compositions.Distances(Shares.Of(origins, [197702, 188907, 93474]), CompositionDistance.TotalVariation);
        var aitchison = Compositions.Distances(Shares.Of(origins, [197702, 188907, 93474]), CompositionDistance.Aitchison);
        ShouldShow(
            "groups-neighbours.md",
            $"Euclid, unit 4                 {Rows(euclid.Unit[3])}   {List(euclid.Distance[3], 4)}",
            $"Mahalanobis, unit 4            {Rows(mahalanobis.Unit[3])}   {List(mahalanobis.Distance[3], 4)}",
            $"weights by the model           {List(model.Weights, 4)}",
            $"by the model, unit 4           {Rows(weighted.Unit[3])}   {List(weighted.Distance[3], 4)}",
            $"parts of its first distance    {List(model.Parts(3, weighted.Unit[3][0]), 6)}",
            $"of those counted               {List([ofCounted[0, 1], ofCounted[0, 2]], 4)}",
            $"of all persons                 {List([ofAll[0, 1], ofAll[0, 2]], 4)}",
            $"Aitchison, any base            {List([aitchison[0, 1], aitchison[0, 2]], 4)}");
        static string Rows(int[] units) => List([.. units.Select(unit => unit + 1.0)], 0);
    }
}
