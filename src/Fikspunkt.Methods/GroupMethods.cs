using System.Globalization;
using System.Text.RegularExpressions;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Groups;

namespace Fikspunkt.Methods;

/// <summary>Groups of units that are alike.</summary>
internal static partial class GroupMethods
{
    private const string Example = "--input docs/examples/jobcentres.csv --id jobcentre --covariates hardship,log(spend),log(placed)";
    private const string Medoids = "k-medoids";
    private const int MostClusters = 10;
    private const int UsualNeighbours = 5;

    private static readonly string[] Linkages = ["ward.d2", "ward.d", "average", "complete", "single", "mcquitty", "median", "centroid"];
    private static readonly Parameter[] Roles = [Take.Columns("covariates"), Take.Column("id", required: false)];

    public static IReadOnlyList<Method> All { get; } =
    [
        new("z-scores", "groups-clusters", Roles, Example, Standardise),
        new("clusters", "groups-clusters", [.. Roles, Take.Choice("linkage", Linkages), Take.Number("k"), Take.Number("neighbours", "5")], Example + " --k 4 --neighbours 3", Clusters),
        new("k-medoids", "groups-clusters", [.. Roles, Take.Number("k")], Example + " --k 4", AroundMedoids),
        new("cluster-stability", "groups-clusters", [.. Roles, Take.Choice("rule", [.. Linkages, Medoids]), Take.Number("k", required: true), Take.Number("samples", "100"), Take.Number("seed", "1")], Example + " --k 4 --samples 50", Stability),
    ];

    /// <summary>Neighbours as cases have them: rows from 1, names, distances.</summary>
    public static Quantities Shape(Neighbours neighbours, string[] names) => new()
    {
        ["index"] = neighbours.Unit.Select(units => units.Select(unit => unit + 1).ToArray()),
        ["name"] = neighbours.Unit.Select(units => units.Select(unit => names[unit]).ToArray()),
        ["distance"] = neighbours.Distance,
    };

    private static (Quantities Result, RowMatrix X, StandardisedColumns Z) Begin(ref MethodInput input)
    {
        input = input.Complete("covariates");
        var (x, terms) = (input.Columns("covariates"), input.Terms("covariates"));
        var z = ZScores.Of(x);
        var result = input.Start();
        result["variables"] = terms;
        result["mean"] = Quantities.Of(terms, z.Mean);
        result["sd"] = Quantities.Of(terms, z.StandardDeviation);
        return (result, x, z);
    }

    private static Quantities Standardise(MethodInput input)
    {
        var (result, _, z) = Begin(ref input);
        result["z"] = z.Z;
        return result;
    }

    private static Quantities Clusters(MethodInput input)
    {
        var (result, x, z) = Begin(ref input);
        result["z"] = z.Z;
        var distances = Distances.Euclidean(z.Z);
        var option = input.Choice("linkage", Linkages);
        foreach (var name in TreeNames(input, option))
        {
            // A tree may go by the name of its linkage; "ward" is the option's kind of it.
            var linkage = Linkages.Contains(name) ? name : option;
            var tree = Hierarchical.Fit(distances, LinkageOf(linkage));
            result[name] = Tree(input, name, tree, z.Z, Chosen(input, distances, tree.Cut));
        }

        var count = input.Has("neighbours") ? input.Count("neighbours", null, 1) : Math.Min(UsualNeighbours, x.Rows - 1);
        result["nearest_euclid"] = Shape(NearestNeighbours.Of(distances, count), input.IdTexts());
        result["nearest_mahalanobis"] = Mahalanobis(x) is { } others ? Shape(NearestNeighbours.Of(others, count), input.IdTexts()) : null;
        if (input.Wanted.Count == 0)
        {
            Judge(result, input, distances, Hierarchical.Fit(distances, LinkageOf(option)));
        }

        return result;
    }

    private static IEnumerable<string> TreeNames(MethodInput input, string linkage)
    {
        var asked = input.Wanted.Select(name => TreeHeights().Match(name)).Where(match => match.Success).Select(match => match.Groups["tree"].Value).Distinct().ToArray();
        return asked.Length > 0 ? asked : [linkage.StartsWith("ward", StringComparison.Ordinal) ? "ward" : linkage];
    }

    private static Quantities Tree(MethodInput input, string name, MergeTree tree, RowMatrix z, int chosen)
    {
        var n = tree.Order.Length;
        var result = new Quantities
        {
            ["heights"] = tree.Heights,
            ["merge"] = tree.Merge.Select(pair => new double[] { pair.Left, pair.Right }),
            ["order"] = OneBased(tree.Order),
        };
        foreach (var k in Asked(input, Regex.Escape(name) + @"\.[a-z_]+_k([0-9]+)").Append(chosen).Distinct().Where(k => k <= n))
        {
            var clusters = tree.Cut(k);
            var summary = Partitions.Summarise(z, clusters);
            var suffix = "_k" + k.ToString(CultureInfo.InvariantCulture);
            result["cluster" + suffix] = OneBased(clusters);
            result["cluster_sizes" + suffix] = summary.Sizes.Select(size => (double)size);
            result["cluster_centres_z" + suffix] = summary.Centres;
            result["within_ss" + suffix] = summary.Within;
            result["total_ss"] = summary.Total;
        }

        var cuts = new Quantities();
        foreach (var k in Asked(input, Regex.Escape(name) + @"\.cluster_k\.k([0-9]+)").DefaultIfEmpty(0).SelectMany(k => k > 0 ? [k] : Enumerable.Range(2, MostClusters - 1)).Where(k => k <= n))
        {
            cuts["k" + k.ToString(CultureInfo.InvariantCulture)] = OneBased(tree.Cut(k));
        }

        result["cluster_k"] = cuts;
        return result;
    }

    /// <summary>The numbers of clusters that stand in the names asked for.</summary>
    private static IEnumerable<int> Asked(MethodInput input, string pattern) =>
        input.Wanted.Select(name => Regex.Match(name, $"^{pattern}$", RegexOptions.None, TimeSpan.FromSeconds(1))).Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Where(k => k > 0).Distinct().Order();

    /// <summary>The option k, or what the silhouette prefers.</summary>
    private static int Chosen(MethodInput input, Distances distances, Func<int, int[]> divide) => input.Has("k")
        ? input.Count("k", null, 1) is var k && k <= distances.Count ? k : throw new TooFewUnitsException(distances.Count, k)
        : distances.Count > 2 ? Choice(distances, divide).Best : 1;

    private static ClusterCountChoice Choice(Distances distances, Func<int, int[]> divide) => Silhouette.Choose(distances, divide, 2, Math.Min(MostClusters, distances.Count - 1));

    /// <summary>What says whether the clusters are any good: silhouettes, and agreement with other rules.</summary>
    private static void Judge(Quantities result, MethodInput input, Distances distances, MergeTree tree)
    {
        var k = Chosen(input, distances, tree.Cut);
        var clusters = tree.Cut(k);
        result["silhouette"] = k > 1 ? Shape(Silhouette.Of(distances, clusters)) : null;
        result["silhouette_by_k"] = distances.Count > 2 ? Shape(Choice(distances, tree.Cut)) : null;
        var agreement = new Quantities { [Medoids] = Partitions.AdjustedRand(clusters, KMedoids.Fit(distances, k).Clusters) };
        foreach (var other in Linkages)
        {
            agreement[other] = Partitions.AdjustedRand(clusters, Hierarchical.Fit(distances, LinkageOf(other)).Cut(k));
        }

        result["adjusted_rand"] = agreement;
    }

    private static Quantities Shape(SilhouetteWidths silhouette) => new()
    {
        ["mean"] = silhouette.Mean,
        ["by_cluster"] = silhouette.ClusterMean,
        ["width"] = silhouette.Width,
        ["neighbour"] = OneBased(silhouette.Neighbour),
    };

    private static Quantities Shape(ClusterCountChoice choice) => new()
    {
        ["best"] = choice.Best,
        ["k"] = choice.Clusters.Select(k => (double)k),
        ["mean_width"] = choice.MeanWidth,
    };

    private static Quantities AroundMedoids(MethodInput input)
    {
        var (result, _, z) = Begin(ref input);
        var distances = Distances.Euclidean(z.Z);
        var fit = KMedoids.Fit(distances, Chosen(input, distances, count => KMedoids.Fit(distances, count).Clusters));
        var summary = Partitions.Summarise(z.Z, fit.Clusters);
        var names = input.IdTexts();
        result["medoids"] = OneBased(fit.Medoids);
        result["medoid_names"] = fit.Medoids.Select(unit => names[unit]);
        result["cluster"] = OneBased(fit.Clusters);
        result["cluster_sizes"] = summary.Sizes.Select(size => (double)size);
        result["cluster_centres_z"] = summary.Centres;
        result["cost"] = fit.Cost;
        result["silhouette"] = fit.Medoids.Length > 1 ? Shape(Silhouette.Of(distances, fit.Clusters)) : null;
        result["silhouette_by_k"] = distances.Count > 2 ? Shape(Choice(distances, count => KMedoids.Fit(distances, count).Clusters)) : null;
        return result;
    }

    private static Quantities Stability(MethodInput input)
    {
        var (result, x, z) = Begin(ref input);
        var (rule, k) = (input.Choice("rule", [.. Linkages, Medoids]), input.Count("k", null, 1));
        if (k > x.Rows)
        {
            throw new TooFewUnitsException(x.Rows, k);
        }

        var distances = Distances.Euclidean(z.Z);
        int[] Divide(int[] rows)
        {
            // A sample of one unit, or of fewer than k, has as many clusters as units.
            var (among, clusters) = (distances.Among(rows), Math.Min(k, rows.Length));
            return rows.Length == 1 ? [0] : rule == Medoids ? KMedoids.Fit(among, clusters).Clusters : Hierarchical.Fit(among, LinkageOf(rule)).Cut(clusters);
        }

        var stability = ClusterStability.Bootstrap(x.Rows, Divide, input.Count("samples", 100, 1), input.Count("seed", 1));
        result["cluster"] = OneBased(Divide([.. Enumerable.Range(0, x.Rows)]));
        result["mean_jaccard"] = stability.MeanJaccard;
        result["dissolved"] = stability.Dissolved.Select(count => (double)count);
        result["recovered"] = stability.Recovered.Select(count => (double)count);
        result["mean_adjusted_rand"] = stability.MeanAdjustedRand;
        return result;
    }

    private static Distances? Mahalanobis(RowMatrix x)
    {
        try
        {
            return Distances.Mahalanobis(x);
        }
        catch (Exception e) when (e is RankDeficientException or TooFewUnitsException)
        {
            // The clusters can do without; the quantity is undefined then.
            return null;
        }
    }

    private static Linkage LinkageOf(string name) => (Linkage)Array.IndexOf(Linkages, name);

    private static double[] OneBased(int[] places) => Array.ConvertAll(places, place => place + 1.0);

    [GeneratedRegex(@"^(?<tree>[^.]+)\.(heights|merge|order)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TreeHeights();
}
