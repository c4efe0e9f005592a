using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Groups;

/// <summary>How well each unit lies in its cluster.</summary>
/// <param name="Width">Per unit from -1 (nearer to another cluster) to 1 (far from all others).</param>
/// <param name="Neighbour">Per unit the other cluster that is nearest, from 0.</param>
/// <param name="ClusterMean">Mean width per cluster.</param>
/// <param name="Mean">Mean width of all units.</param>
public sealed record SilhouetteWidths(double[] Width, int[] Neighbour, double[] ClusterMean, double Mean);

/// <summary>Mean silhouette widths of divisions into different numbers of clusters.</summary>
/// <param name="Clusters">Numbers of clusters.</param>
/// <param name="MeanWidth">Mean silhouette width at each.</param>
/// <param name="Best">The number with the greatest mean width; of equals the smallest.</param>
public sealed record ClusterCountChoice(int[] Clusters, double[] MeanWidth, int Best);

/// <summary>Silhouettes.</summary>
/// <remarks>s = (b - a) / max(a, b): a the mean distance to the other units of the own cluster, b the least mean distance to the units of
/// another. 0 for a unit alone in its cluster, and where a = b. Rousseeuw, Journal of Computational and Applied Mathematics 20 (1987)
/// 53-65. Of equally near clusters the lowest number is named. Deterministic.</remarks>
public static class Silhouette
{
    /// <summary>Widths for a division.</summary>
    /// <param name="distances">Distances between all pairs.</param>
    /// <param name="clusters">The cluster of each unit: 0, 1, ..., each used; at least two.</param>
    /// <exception cref="ArgumentException">Only one cluster.</exception>
    public static SilhouetteWidths Of(Distances distances, ReadOnlySpan<int> clusters)
    {
        var (n, count) = (distances.Count, Check.Groups(clusters, distances.Count));
        if (count < 2)
        {
            throw new ArgumentException("A silhouette needs at least two clusters.", nameof(clusters));
        }

        var sizes = new int[count];
        foreach (var cluster in clusters)
        {
            sizes[cluster]++;
        }

        var (width, neighbour, sums, total) = (new double[n], new int[n], new CompensatedSum[count], default(CompensatedSum));
        for (var i = 0; i < n; i++)
        {
            var to = new double[count];
            for (var j = 0; j < n; j++)
            {
                to[clusters[j]] += distances[i, j];
            }

            var own = clusters[i];
            var (nearest, b) = (-1, double.PositiveInfinity);
            for (var other = 0; other < count; other++)
            {
                if (other != own && to[other] / sizes[other] < b)
                {
                    (nearest, b) = (other, to[other] / sizes[other]);
                }
            }

            var a = to[own] / (sizes[own] - 1);
            neighbour[i] = nearest;
            width[i] = sizes[own] == 1 || a == b ? 0 : (b - a) / Math.Max(a, b);
            sums[own].Add(width[i] / sizes[own]);
            total.Add(width[i] / n);
        }

        return new SilhouetteWidths(width, neighbour, Array.ConvertAll(sums, sum => sum.Value), total.Value);
    }

    /// <summary>Compares divisions into <paramref name="fewest"/> to <paramref name="most"/> clusters.</summary>
    /// <param name="distances">Distances between all pairs.</param>
    /// <param name="divide">Divides the units into that many clusters 0, 1, ..., as <see cref="MergeTree.Cut"/> does.</param>
    /// <param name="fewest">At least 2.</param>
    /// <param name="most">At most one less than there are units.</param>
    /// <exception cref="TooFewUnitsException">Not more units than <paramref name="most"/>.</exception>
    public static ClusterCountChoice Choose(Distances distances, Func<int, int[]> divide, int fewest, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fewest, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, fewest);
        if (distances.Count <= most)
        {
            throw new TooFewUnitsException(distances.Count, most + 1);
        }

        int[] clusters = [.. Enumerable.Range(fewest, most - fewest + 1)];
        var means = Array.ConvertAll(clusters, count => Of(distances, divide(count)).Mean);
        return new ClusterCountChoice(clusters, means, clusters[Array.IndexOf(means, means.Max())]);
    }
}
