namespace Fikspunkt.Statistics.Groups;

/// <summary>Clusters around units that stand for them.</summary>
/// <param name="Medoids">The unit (row, from 0) in the middle of each cluster.</param>
/// <param name="Clusters">The cluster of each unit: 0, 1, ... by first appearance in row order.</param>
/// <param name="Cost">Sum of the distances of all units to their medoid.</param>
/// <param name="Swaps">Exchanges of a medoid for another unit after the start.</param>
public sealed record KMedoidsFit(int[] Medoids, int[] Clusters, double Cost, int Swaps);

/// <summary>k-medoids: k units such that the distances of all units to the nearest of them add up to little.</summary>
/// <remarks>
/// Partitioning around medoids: a greedy start (BUILD), then the best exchange of one medoid for one other unit while it helps (SWAP);
/// Kaufman and Rousseeuw, Finding Groups in Data (Wiley 1990), chapter 2. All k exchanges of a unit are weighed in one pass
/// (Schubert and Rousseeuw, Information Systems 101 (2021) 101804, algorithm FastPAM1), which finds the same medoids. A local optimum:
/// no single exchange helps. Of equals the lowest row wins, so the result does not depend on chance. Deterministic.
/// </remarks>
public static class KMedoids
{
    /// <summary>Gains below this share of the cost are rounding errors.</summary>
    private const double GainTolerance = 1e-14;

    /// <summary>Finds the clusters.</summary>
    /// <param name="distances">Distances between all pairs.</param>
    /// <param name="clusters">How many clusters, from 1 on.</param>
    /// <exception cref="TooFewUnitsException">Fewer units than clusters.</exception>
    public static KMedoidsFit Fit(Distances distances, int clusters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        if (distances.Count < clusters)
        {
            throw new TooFewUnitsException(distances.Count, clusters);
        }

        var search = new Search(distances, clusters);
        var swaps = 0;
        while (search.Swap())
        {
            swaps++;
        }

        return search.Result(swaps);
    }

    private sealed class Search
    {
        private readonly Distances _distances;
        private readonly int[] _medoids;
        private readonly int[] _own;
        private readonly double[] _nearest;
        private readonly double[] _second;

        public Search(Distances distances, int clusters)
        {
            (_distances, _medoids) = (distances, new int[clusters]);
            (_own, _nearest, _second) = (new int[distances.Count], new double[distances.Count], new double[distances.Count]);
            Array.Fill(_nearest, double.PositiveInfinity);
            for (var chosen = 0; chosen < clusters; chosen++)
            {
                var (best, least) = (-1, double.PositiveInfinity);
                for (var candidate = 0; candidate < distances.Count; candidate++)
                {
                    var cost = _medoids.AsSpan(0, chosen).Contains(candidate) ? double.PositiveInfinity : CostWith(candidate);
                    if (cost < least)
                    {
                        (best, least) = (candidate, cost);
                    }
                }

                _medoids[chosen] = best;
                for (var i = 0; i < distances.Count; i++)
                {
                    _nearest[i] = Math.Min(_nearest[i], distances[i, best]);
                }
            }

            Assign();
        }

        /// <summary>Makes the best exchange, if one helps.</summary>
        public bool Swap()
        {
            var (bestGain, bestUnit, bestPlace) = (GainTolerance * _nearest.Sum(), -1, -1);
            var gain = new double[_medoids.Length];
            for (var candidate = 0; candidate < _distances.Count; candidate++)
            {
                if (_medoids.Contains(candidate))
                {
                    continue;
                }

                // What the candidate brings whoever leaves, plus what changes for the units of the medoid that leaves.
                Array.Clear(gain);
                var shared = 0.0;
                for (var i = 0; i < _distances.Count; i++)
                {
                    var distance = _distances[i, candidate];
                    if (distance < _nearest[i])
                    {
                        shared += _nearest[i] - distance;
                    }
                    else
                    {
                        gain[_own[i]] += _nearest[i] - Math.Min(distance, _second[i]);
                    }
                }

                for (var place = 0; place < gain.Length; place++)
                {
                    if (shared + gain[place] > bestGain)
                    {
                        (bestGain, bestUnit, bestPlace) = (shared + gain[place], candidate, place);
                    }
                }
            }

            if (bestUnit < 0)
            {
                return false;
            }

            _medoids[bestPlace] = bestUnit;
            Assign();
            return true;
        }

        public KMedoidsFit Result(int swaps)
        {
            var clusters = Partitions.ByFirstAppearance(_own);
            var medoids = new int[_medoids.Length];
            for (var place = 0; place < medoids.Length; place++)
            {
                medoids[clusters[_medoids[place]]] = _medoids[place];
            }

            return new KMedoidsFit(medoids, clusters, Numerics.CompensatedSum.Of(_nearest), swaps);
        }

        private double CostWith(int candidate)
        {
            var cost = 0.0;
            for (var i = 0; i < _distances.Count; i++)
            {
                cost += Math.Min(_nearest[i], _distances[i, candidate]);
            }

            return cost;
        }

        private void Assign()
        {
            for (var i = 0; i < _own.Length; i++)
            {
                (_nearest[i], _second[i]) = (double.PositiveInfinity, double.PositiveInfinity);
                for (var place = 0; place < _medoids.Length; place++)
                {
                    // A medoid belongs to itself even where another medoid is at distance 0.
                    var distance = _medoids[place] == i ? -1 : _distances[i, _medoids[place]];
                    if (distance < _nearest[i])
                    {
                        (_second[i], _nearest[i], _own[i]) = (_nearest[i], distance, place);
                    }
                    else if (distance < _second[i])
                    {
                        _second[i] = distance;
                    }
                }

                _nearest[i] = Math.Max(_nearest[i], 0);
            }
        }
    }
}
