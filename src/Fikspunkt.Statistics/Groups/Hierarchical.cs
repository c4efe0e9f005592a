using System.Runtime.InteropServices;

namespace Fikspunkt.Statistics.Groups;

/// <summary>How far apart two clusters are, from the distances of their units. Names in brackets are those of R's <c>hclust</c>.</summary>
public enum Linkage
{
    /// <summary>Ward's criterion on distances [ward.D2]: the height of a merge is sqrt(2 x increase of the within-cluster sum of squares).</summary>
    WardD2,

    /// <summary>Ward's update on distances as they are [ward.D]: right if they are squared distances; the height is then 2 x the increase.</summary>
    WardD,

    /// <summary>Mean distance between the units of the one and of the other [average].</summary>
    Average,

    /// <summary>Distance of the most distant units [complete].</summary>
    Complete,

    /// <summary>Distance of the nearest units [single].</summary>
    Single,

    /// <summary>Mean of the distances of the two parts, whatever their sizes [mcquitty].</summary>
    McQuitty,

    /// <summary>Squared distances between medians, if the distances are squared [median]; heights need not rise.</summary>
    Median,

    /// <summary>Squared distances between centres, if the distances are squared [centroid]; heights need not rise.</summary>
    Centroid,
}

/// <summary>Hierarchical agglomerative clustering: the two nearest clusters are merged until one is left.</summary>
/// <remarks>
/// Distances to a new cluster follow Lance and Williams, Computer Journal 9 (1967) 373-380. Each cluster keeps its nearest later
/// neighbour (Anderberg, Cluster Analysis for Applications (1973), chapter 6), which takes about n^2 steps and one number per pair.
/// Of equal distances the pair with the lowest row numbers is merged first, where a cluster goes by the lowest row in it.
/// Ward: Murtagh and Legendre, Journal of Classification 31 (2014) 274-295. Checked against R's <c>hclust</c>. Deterministic.
/// </remarks>
public static class Hierarchical
{
    /// <summary>Builds the tree.</summary>
    /// <param name="distances">Distances between all pairs of at least two units.</param>
    /// <param name="linkage">How far apart clusters are.</param>
    /// <exception cref="TooFewUnitsException">Fewer than two units.</exception>
    public static MergeTree Fit(Distances distances, Linkage linkage)
    {
        if (!Enum.IsDefined(linkage))
        {
            throw new ArgumentOutOfRangeException(nameof(linkage));
        }

        var n = distances.Count;
        if (n < 2)
        {
            throw new TooFewUnitsException(n, 2);
        }

        // The largest distance as unit, so that squares neither overflow nor vanish.
        var unit = Largest(distances);
        var squared = linkage == Linkage.WardD2;
        var state = new Agglomeration(n, linkage, (a, b) => squared
            ? distances[a, b] / unit * (distances[a, b] / unit)
            : distances[a, b] / unit);
        var (first, second, heights) = (new int[n - 1], new int[n - 1], new double[n - 1]);
        for (var step = 0; step < n - 1; step++)
        {
            (first[step], second[step], var height) = state.MergeNearest();
            heights[step] = unit * (squared ? Math.Sqrt(height) : height);
        }

        return MergeTree.Of(first, second, heights);
    }

    private static double Largest(Distances distances)
    {
        var largest = 0.0;
        for (var i = 1; i < distances.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                largest = Math.Max(largest, distances[i, j]);
            }
        }

        return largest > 0 ? largest : 1;
    }

    /// <summary>The clusters that are left, each under the lowest row in it.</summary>
    private sealed class Agglomeration
    {
        private readonly Linkage _linkage;
        private readonly double[][] _later;
        private readonly int[] _size;
        private readonly int[] _nearest;
        private readonly double[] _distance;
        private readonly List<int> _left;

        public Agglomeration(int n, Linkage linkage, Func<int, int, double> distance)
        {
            (_linkage, _later, _size, _nearest, _distance) = (linkage, new double[n][], new int[n], new int[n], new double[n]);
            _left = [.. Enumerable.Range(0, n)];
            Array.Fill(_size, 1);
            for (var i = 0; i < n; i++)
            {
                _later[i] = new double[n - 1 - i];
                for (var j = i + 1; j < n; j++)
                {
                    _later[i][j - i - 1] = distance(i, j);
                }
            }

            for (var place = 0; place < n; place++)
            {
                FindNearest(place);
            }
        }

        public (int First, int Second, double Height) MergeNearest()
        {
            var first = _left[0];
            foreach (var other in CollectionsMarshal.AsSpan(_left))
            {
                // The last one has no later neighbour: its distance is infinite.
                if (_distance[other] < _distance[first])
                {
                    first = other;
                }
            }

            var (second, height) = (_nearest[first], _distance[first]);
            _left.Remove(second);
            foreach (var other in CollectionsMarshal.AsSpan(_left))
            {
                if (other != first)
                {
                    ref var own = ref Between(first, other);
                    own = Updated(own, Between(second, other), height, _size[first], _size[second], _size[other]);
                    if (other < first && own < _distance[other])
                    {
                        // Only where heights need not rise can a merged cluster come nearer than its parts were.
                        (_nearest[other], _distance[other]) = (first, own);
                    }
                }
            }

            _size[first] += _size[second];
            var left = CollectionsMarshal.AsSpan(_left);
            for (var place = 0; place < left.Length; place++)
            {
                if (left[place] == first || _nearest[left[place]] == first || _nearest[left[place]] == second)
                {
                    FindNearest(place);
                }
            }

            return (first, second, height);
        }

        private double Updated(double d1, double d2, double d12, double n1, double n2, double n3) => _linkage switch
        {
            Linkage.WardD2 or Linkage.WardD => (((n1 + n3) * d1) + ((n2 + n3) * d2) - (n3 * d12)) / (n1 + n2 + n3),
            Linkage.Average => ((n1 * d1) + (n2 * d2)) / (n1 + n2),
            Linkage.Complete => Math.Max(d1, d2),
            Linkage.Single => Math.Min(d1, d2),
            Linkage.McQuitty => (d1 + d2) / 2,
            Linkage.Median => ((d1 + d2) / 2) - (d12 / 4),
            _ => ((n1 * d1) + (n2 * d2) - (n1 * n2 * d12 / (n1 + n2))) / (n1 + n2),
        };

        /// <summary>The nearest of the clusters behind this one; the first of equals.</summary>
        private void FindNearest(int place)
        {
            var own = _left[place];
            var later = _later[own];
            var (nearest, least) = (-1, double.PositiveInfinity);
            foreach (var other in CollectionsMarshal.AsSpan(_left)[(place + 1)..])
            {
                var distance = later[other - own - 1];
                if (distance < least)
                {
                    (nearest, least) = (other, distance);
                }
            }

            (_nearest[own], _distance[own]) = (nearest, least);
        }

        private ref double Between(int a, int b) => ref a < b ? ref _later[a][b - a - 1] : ref _later[b][a - b - 1];
    }
}
