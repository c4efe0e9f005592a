using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Groups;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>Municipalities divided into clusters that are comparable, by several rules.</summary>
/// <param name="Chosen">The cluster of each municipality by the rule of the definition, from 0.</param>
/// <param name="Rules">Each rule's clusters and how stable they are.</param>
internal sealed record ClusterDivision(int[] Chosen, IReadOnlyList<ClusterRule> Rules)
{
    /// <summary>The rules' names in definitions.</summary>
    public static readonly IReadOnlyList<(string Id, LocalizedText Name)> Names =
    [
        ("ward", new("Ward på rammevilkår", "Ward on framework conditions")),
        ("k-medoids", new("k-medoider på rammevilkår", "k-medoids on framework conditions")),
        ("expected-bands", new("Bånd efter forventet andel", "Bands by expected share")),
    ];

    /// <summary>Divides municipalities.</summary>
    /// <param name="spec">Rule, number of clusters, bootstrap samples, seed.</param>
    /// <param name="results">The model's total in the last period: framework conditions and expected share of each municipality.</param>
    /// <exception cref="InputException">An unknown rule, or no more municipalities than clusters.</exception>
    public static ClusterDivision Of(MeasurementSpec spec, IReadOnlyList<AreaResult> results)
    {
        var (clusters, samples, seed) = ((int)spec.Number("clusters"), (int)spec.Number("samples"), (long)spec.Number("seed"));
        var chosen = Names.ToList().FindIndex(rule => rule.Id == spec.Text("cluster_rule"));
        if (chosen < 0 || clusters < 1 || results.Count <= clusters)
        {
            throw new InputException(new InputProblem(Texts.ClustersImpossible, spec.Id, Found: $"{spec.Text("cluster_rule")}, {spec.Text("clusters")}", Expected: string.Join(", ", Names.Select(rule => rule.Id))));
        }

        var conditions = Conditions(results);
        var expected = results.Select(result => result.Expected).ToArray();
        Func<int[], int[]>[] divide =
        [
            rows => Hierarchical.Fit(Near(conditions, rows), Linkage.WardD2).Cut(Math.Min(clusters, rows.Length)),
            rows => KMedoids.Fit(Near(conditions, rows), Math.Min(clusters, rows.Length)).Clusters,
            rows => Bands(Array.ConvertAll(rows, row => expected[row]), Math.Min(clusters, rows.Length)),
        ];
        int[] everyone = [.. Enumerable.Range(0, results.Count)];
        var rules = Names.Index().Select(rule => new ClusterRule(rule.Item.Id, rule.Item.Name, divide[rule.Index](everyone), ClusterStability.Bootstrap(results.Count, divide[rule.Index], samples, seed))).ToList();
        return new ClusterDivision(rules[chosen].Clusters, rules);
    }

    /// <summary>z-scores over everyone, so that a sample does not change what counts as far.</summary>
    private static RowMatrix Conditions(IReadOnlyList<AreaResult> results)
    {
        var known = results[0].Contributions.Where(part => !double.IsNaN(part.Value)).Select(part => part.Covariate).ToList();
        var x = new RowMatrix(results.Count, known.Count);
        for (var i = 0; i < results.Count; i++)
        {
            for (var j = 0; j < known.Count; j++)
            {
                x[i, j] = results[i].Contributions.First(part => part.Covariate == known[j]).Value;
            }
        }

        return ZScores.Of(x).Z;
    }

    private static Distances Near(RowMatrix z, int[] rows)
    {
        var own = new RowMatrix(rows.Length, z.Columns);
        for (var i = 0; i < rows.Length; i++)
        {
            z.Row(rows[i]).CopyTo(own.Row(i));
        }

        return Distances.Euclidean(own);
    }

    /// <summary>Equally many in each band from the lowest expected share on, the remainder to the first, numbered by first appearance.</summary>
    private static int[] Bands(double[] expected, int count)
    {
        int[] order = [.. Enumerable.Range(0, expected.Length).OrderBy(i => expected[i])];
        var (bands, place) = (new int[expected.Length], 0);
        foreach (var (band, size) in RankCategories.Sizes(expected.Length, count).Index())
        {
            for (var i = 0; i < size; i++, place++)
            {
                bands[order[place]] = band;
            }
        }

        return bands;
    }
}

/// <summary>What one rule gives.</summary>
internal sealed record ClusterRule(string Id, LocalizedText Name, int[] Clusters, ClusterStabilityResult Stability);
