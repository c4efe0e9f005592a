using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Groups;

/// <summary>What a division into clusters looks like.</summary>
/// <param name="Sizes">Units per cluster.</param>
/// <param name="Centres">Mean of each column: one row per cluster.</param>
/// <param name="Within">Per cluster the sum of squared distances of its units to its centre.</param>
/// <param name="Total">Sum of squared distances of all units to the mean of all.</param>
public sealed record ClusterSummary(int[] Sizes, RowMatrix Centres, double[] Within, double Total)
{
    /// <summary>Share of the total sum of squares that lies between clusters; NaN if all units are alike.</summary>
    public double BetweenShare => Total > 0 ? 1 - (CompensatedSum.Of(Within) / Total) : double.NaN;
}

/// <summary>Divisions of units into clusters 0, 1, ...</summary>
public static class Partitions
{
    /// <summary>Sizes, centres and sums of squares.</summary>
    /// <param name="x">One row per unit.</param>
    /// <param name="clusters">The cluster of each unit: 0, 1, ..., each used.</param>
    /// <exception cref="InvalidValueException">NaN or infinity.</exception>
    public static ClusterSummary Summarise(RowMatrix x, ReadOnlySpan<int> clusters)
    {
        var count = Check.Groups(clusters, x.Rows);
        Check.Finite(x.Values, nameof(x), x.Columns);
        var sizes = new int[count];
        foreach (var cluster in clusters)
        {
            sizes[cluster]++;
        }

        var centres = Centres(x, clusters, sizes);
        var all = Centres(x, new int[x.Rows], [x.Rows]);
        var (within, total) = (new CompensatedSum[count], default(CompensatedSum));
        for (var i = 0; i < x.Rows; i++)
        {
            for (var j = 0; j < x.Columns; j++)
            {
                var (own, overall) = (x[i, j] - centres[clusters[i], j], x[i, j] - all[0, j]);
                within[clusters[i]].Add(own * own);
                total.Add(overall * overall);
            }
        }

        return new ClusterSummary(sizes, centres, Array.ConvertAll(within, sum => sum.Value), total.Value);
    }

    /// <summary>Agreement of two divisions of the same units, corrected for chance: 1 if they are the same, 0 on average for independent
    /// ones of the same sizes, negative for less.</summary>
    /// <param name="a">The cluster of each unit: 0, 1, ..., each used.</param>
    /// <param name="b">The same for the other division.</param>
    /// <remarks>(sum C(n_ij, 2) - E) / ((sum C(a_i, 2) + sum C(b_j, 2)) / 2 - E), E = sum C(a_i, 2) sum C(b_j, 2) / C(n, 2):
    /// Hubert and Arabie, Journal of Classification 2 (1985) 193-218, formula 5. Two divisions that are both one cluster, or both single
    /// units, are the same: 1.</remarks>
    public static double AdjustedRand(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var (countA, countB) = (Check.Groups(a, a.Length), Check.Groups(b, a.Length));
        var (both, ofA, ofB) = (new Dictionary<(int A, int B), long>(), new long[countA], new long[countB]);
        for (var i = 0; i < a.Length; i++)
        {
            both[(a[i], b[i])] = both.GetValueOrDefault((a[i], b[i])) + 1;
            ofA[a[i]]++;
            ofB[b[i]]++;
        }

        var (pairs, pairsA, pairsB) = (both.Values.Sum(Pairs), ofA.Sum(Pairs), ofB.Sum(Pairs));
        var expected = a.Length > 1 ? (double)pairsA * pairsB / Pairs(a.Length) : 0;
        var most = (pairsA + pairsB) / 2.0;
        return most == expected ? 1 : (pairs - expected) / (most - expected);
    }

    /// <summary>Numbers any labels 0, 1, ... by first appearance.</summary>
    internal static int[] ByFirstAppearance(int[] labels)
    {
        var numbers = new Dictionary<int, int>();
        return Array.ConvertAll(labels, label =>
        {
            if (!numbers.TryGetValue(label, out var number))
            {
                number = numbers.Count;
                numbers.Add(label, number);
            }

            return number;
        });
    }

    private static long Pairs(long n) => n * (n - 1) / 2;

    private static RowMatrix Centres(RowMatrix x, ReadOnlySpan<int> clusters, int[] sizes)
    {
        var sums = new CompensatedSum[sizes.Length * x.Columns];
        for (var i = 0; i < x.Rows; i++)
        {
            for (var j = 0; j < x.Columns; j++)
            {
                sums[(clusters[i] * x.Columns) + j].Add(x[i, j] / sizes[clusters[i]]);
            }
        }

        return new RowMatrix(sizes.Length, x.Columns, Array.ConvertAll(sums, sum => sum.Value));
    }
}
