using System.Text.Json.Nodes;
using Fikspunkt.Domain;
using Fikspunkt.Sources;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Groups;
using Fikspunkt.Testing;

namespace Fikspunkt.Methods.Tests;

/// <summary>Clusters, neighbours and compositions by name give the library's numbers.</summary>
public sealed class GroupMethodsTests
{
    private const string Covariates = "hardship,log(spend),log(placed)";

    private static readonly TextTable Jobcentres = TextTableFile.Read(RepositoryFiles.Path("docs", "examples", "jobcentres.csv"));

    private static readonly TextTable Benefits = TextTableFile.Read(RepositoryFiles.Path("docs", "examples", "benefits.csv"));

    private static readonly RowMatrix X = new MethodInput(Jobcentres, Settings(("covariates", Covariates))).Columns("covariates");

    [Theory]
    [InlineData("ward.D2", "ward", Linkage.WardD2)]
    [InlineData("ward.D", "ward", Linkage.WardD)]
    [InlineData("average", "average", Linkage.Average)]
    [InlineData("complete", "complete", Linkage.Complete)]
    [InlineData("single", "single", Linkage.Single)]
    public void Clusters_AnyLinkage_GivesTheLibrarysTree(string option, string name, Linkage linkage)
    {
        var found = Run("clusters", ("covariates", Covariates), ("id", "jobcentre"), ("linkage", option), ("k", "3"), ("neighbours", "2"));
        var distances = Distances.Euclidean(ZScores.Of(X).Z);
        var tree = Hierarchical.Fit(distances, linkage);
        Numbers(found, name + ".heights").ShouldBe(tree.Heights);
        Numbers(found, name + ".cluster_k3").ShouldBe(tree.Cut(3).Select(cluster => cluster + 1.0));
        Numbers(found, name + ".cluster_k.k7").ShouldBe(tree.Cut(7).Select(cluster => cluster + 1.0));
        Numbers(found, "nearest_mahalanobis.distance").Length.ShouldBe(2 * X.Rows);
        Numbers(found, "silhouette.mean").ShouldBe([Silhouette.Of(distances, tree.Cut(3)).Mean]);
        Numbers(found, "adjusted_rand." + option.ToLowerInvariant()).ShouldBe([1]);
    }

    [Fact]
    public void Clusters_OtherNumbersAskedFor_AreComputed()
    {
        string[] wanted = ["ward.heights", "ward.cluster_k4", "ward.within_ss_k4", "ward.cluster_k.k12", "average.merge", "average.cluster_k2", "nearest_euclid.index"];
        var input = new MethodInput(Jobcentres, Settings(("covariates", Covariates), ("neighbours", "3"), ("k", "4")), wanted.ToHashSet());
        var found = Catalogue.Run(Catalogue.Find("clusters"), input);
        var distances = Distances.Euclidean(ZScores.Of(X).Z);
        Numbers(found, "ward.cluster_k.k12").Max().ShouldBe(12);
        Numbers(found, "ward.within_ss_k4").Length.ShouldBe(4);
        Numbers(found, "average.cluster_k2").ShouldBe(Hierarchical.Fit(distances, Linkage.Average).Cut(2).Select(cluster => cluster + 1.0));
        Numbers(found, "nearest_euclid.index").Length.ShouldBe(3 * X.Rows);
    }

    [Fact]
    public void Clusters_ColumnsThatDepend_LeaveMahalanobisUndefined()
    {
        var found = Run("clusters", ("covariates", "spend,staff,spend*2"));
        found["nearest_mahalanobis"].ShouldBeNull();
        Numbers(found, "nearest_euclid.distance").Length.ShouldBe(5 * X.Rows);
    }

    [Fact]
    public void Clusters_ImpossibleInput_IsRefused()
    {
        Refused("clusters", ("covariates", Covariates), ("k", "25")).ShouldContain("25");
        Refused("clusters", ("covariates", Covariates), ("neighbours", "24")).ShouldContain("25");
        Refused("clusters", ("covariates", Covariates), ("linkage", "wards")).ShouldContain("wards");
        Refused("clusters", ("covariates", "spend,spend*0")).ShouldContain("2");
        Refused("cluster-stability", ("covariates", Covariates), ("k", "99")).ShouldContain("99");
    }

    [Fact]
    public void KMedoids_Example_GivesTheLibrarysMedoids()
    {
        var found = Run("k-medoids", ("covariates", Covariates), ("id", "jobcentre"), ("k", "3"));
        var fit = KMedoids.Fit(Distances.Euclidean(ZScores.Of(X).Z), 3);
        Numbers(found, "medoids").ShouldBe(fit.Medoids.Select(unit => unit + 1.0));
        Numbers(found, "cluster").ShouldBe(fit.Clusters.Select(cluster => cluster + 1.0));
        Numbers(found, "cost").ShouldBe([fit.Cost]);
    }

    [Fact]
    public void ZScoresAndStability_Example_GiveTheLibrarysNumbers()
    {
        var z = ZScores.Of(X);
        Numbers(Run("z-scores", ("covariates", Covariates)), "z").ShouldBe(z.Z.Values);
        var found = Run("cluster-stability", ("covariates", Covariates), ("rule", "k-medoids"), ("k", "3"), ("samples", "20"), ("seed", "5"));
        var distances = Distances.Euclidean(z.Z);
        var expected = ClusterStability.Bootstrap(X.Rows, rows => KMedoids.Fit(distances.Among(rows), 3).Clusters, 20, seed: 5);
        Numbers(found, "mean_jaccard").ShouldBe(expected.MeanJaccard);
        Numbers(found, "recovered").ShouldBe(expected.Recovered.Select(count => (double)count));
    }

    [Fact]
    public void Neighbours_ByModel_HasPartsThatAddUp()
    {
        var found = Run("neighbours", ("covariates", "hardship,log(spend)"), ("distance", "model"), ("response", "log(placed)"), ("neighbours", "2"));
        var squares = Numbers(found, "distance").Select(distance => distance * distance).ToArray();
        Numbers(found, "squared_parts.hardship").Zip(Numbers(found, "squared_parts.log_spend"), (a, b) => a + b).ToArray().ShouldBe(squares, 1e-12);
        Refused("neighbours", ("covariates", Covariates), ("distance", "model")).ShouldContain("response");
        var euclid = Run("neighbours", ("covariates", Covariates), ("neighbours", "4"));
        Numbers(euclid, "index").ShouldBe(NearestNeighbours.Of(Distances.Euclidean(ZScores.Of(X).Z), 4).Unit.SelectMany(units => units).Select(unit => unit + 1.0));
        var mahalanobis = Run("neighbours", ("covariates", Covariates), ("distance", "mahalanobis"));
        Numbers(mahalanobis, "distance").ShouldBe(NearestNeighbours.Of(Distances.Mahalanobis(X), 5).Distance.SelectMany(distance => distance));
    }

    [Theory]
    [InlineData("aitchison", CompositionDistance.Aitchison)]
    [InlineData("hellinger", CompositionDistance.Hellinger)]
    [InlineData("total-variation", CompositionDistance.TotalVariation)]
    [InlineData("manhattan", CompositionDistance.Manhattan)]
    [InlineData("bray-curtis", CompositionDistance.BrayCurtis)]
    [InlineData("euclid", CompositionDistance.Euclidean)]
    public void Composition_AnyDistance_GivesTheLibrarysNeighbours(string name, CompositionDistance distance)
    {
        var table = Benefits;
        var counts = new MethodInput(table, Settings(("parts", "cash,sickness,flex,rehabilitation"))).Columns("parts");
        foreach (var of in (string[])["row_sum", "adults"])
        {
            var settings = Settings(("parts", "cash,sickness,flex,rehabilitation"), ("base", of), ("distance", name));
            var found = Catalogue.Run(Catalogue.Find("composition"), new MethodInput(table, settings));
            var shares = Shares.Of(counts, of == "adults" ? new MethodInput(table, settings).Numbers("adults") : Shares.RowSums(counts));
            Numbers(found, "distance").ShouldBe(NearestNeighbours.Of(Compositions.Distances(shares, distance), 5).Distance.SelectMany(lengths => lengths));
        }

        Should.Throw<InputException>(() => Catalogue.Run(Catalogue.Find("composition"), new MethodInput(table, Settings(("parts", "cash,sickness"))))).Problems[0].ToString().ShouldContain("base");
    }

    internal static Dictionary<string, JsonNode?> Settings(params (string Name, string Value)[] settings) =>
        settings.ToDictionary(setting => setting.Name, setting => (JsonNode?)setting.Value, StringComparer.Ordinal);

    internal static double[] Numbers(Quantities quantities, string name) =>
        [.. QuantityTree.Leaves(quantities).Where(leaf => leaf.Quantity == name).Select(leaf => (double?)leaf.Value ?? double.NaN)];

    private static Quantities Run(string method, params (string Name, string Value)[] settings) =>
        Catalogue.Run(Catalogue.Find(method), new MethodInput(Jobcentres, Settings(settings)));

    private static string Refused(string method, params (string Name, string Value)[] settings) =>
        Should.Throw<InputException>(() => Run(method, settings)).Problems[0].ToString();
}
