namespace Fikspunkt.Statistics.Groups;

/// <summary>A tree of merges, as hierarchical clustering makes it.</summary>
/// <param name="Merge">Per merge what was merged: -(row + 1) for a single unit, m for the cluster of merge m, both counted from 1 (R's
/// <c>hclust</c>). Single units come before clusters, lower rows and earlier merges first.</param>
/// <param name="Heights">Per merge its height, in the order of the merges.</param>
/// <param name="Order">Rows, from 0, in an order in which the branches of a drawing do not cross.</param>
public sealed record MergeTree((int Left, int Right)[] Merge, double[] Heights, int[] Order)
{
    /// <summary>The clusters after all merges but the last <paramref name="clusters"/> - 1.</summary>
    /// <param name="clusters">How many clusters: from 1 to the number of units.</param>
    /// <returns>The cluster of each unit: 0, 1, ... by first appearance in row order.</returns>
    public int[] Cut(int clusters)
    {
        var n = Order.Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clusters, n);
        var merges = n - clusters;
        var (ofUnit, ofMerge) = (new int[n], new int[merges]);
        Array.Fill(ofUnit, -1);
        for (var m = merges - 1; m >= 0; m--)
        {
            // From the last merge that counts backwards: what has no cluster by now is one.
            var own = ofMerge[m] == 0 ? m + 1 : ofMerge[m];
            foreach (var part in (ReadOnlySpan<int>)[Merge[m].Left, Merge[m].Right])
            {
                if (part < 0)
                {
                    ofUnit[-part - 1] = own;
                }
                else
                {
                    ofMerge[part - 1] = own;
                }
            }
        }

        // Units that were never merged are clusters of their own.
        for (var i = 0; i < n; i++)
        {
            ofUnit[i] = ofUnit[i] < 0 ? n + i : ofUnit[i];
        }

        return Partitions.ByFirstAppearance(ofUnit);
    }

    /// <summary>Recodes merges of clusters that go by the lowest row in them.</summary>
    internal static MergeTree Of(ReadOnlySpan<int> first, ReadOnlySpan<int> second, double[] heights)
    {
        var merges = first.Length;
        var (merge, label) = (new (int Left, int Right)[merges], new int[merges + 1]);
        for (var i = 0; i <= merges; i++)
        {
            label[i] = -(i + 1);
        }

        for (var m = 0; m < merges; m++)
        {
            var (a, b) = (label[first[m]], label[second[m]]);
            var swap = a < 0 && b < 0 ? a < b : a > b;
            merge[m] = swap ? (b, a) : (a, b);
            label[first[m]] = m + 1;
        }

        return new MergeTree(merge, heights, Leaves(merge));
    }

    private static int[] Leaves((int Left, int Right)[] merge)
    {
        var leaves = new List<int>(merge.Length + 1);
        var open = new Stack<int>([merge.Length]);
        while (open.TryPop(out var part))
        {
            if (part < 0)
            {
                leaves.Add(-part - 1);
            }
            else
            {
                open.Push(merge[part - 1].Right);
                open.Push(merge[part - 1].Left);
            }
        }

        return [.. leaves];
    }
}
