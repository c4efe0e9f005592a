namespace Fikspunkt.Statistics.Groups;

/// <summary>The units that are most alike each unit.</summary>
/// <param name="Unit">For each unit its neighbours by row, from 0, nearest first.</param>
/// <param name="Distance">Their distances, in the same order.</param>
public sealed record Neighbours(int[][] Unit, double[][] Distance);

/// <summary>Nearest neighbours by any distance.</summary>
/// <remarks>Equal distances are ordered by row. O(n^2 log n). Deterministic.</remarks>
public static class NearestNeighbours
{
    /// <summary>The <paramref name="count"/> nearest other units of each unit.</summary>
    /// <param name="distances">Distances between all pairs.</param>
    /// <param name="count">From 1 to the number of other units.</param>
    /// <exception cref="TooFewUnitsException">There are not that many other units.</exception>
    public static Neighbours Of(Distances distances, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var n = distances.Count;
        if (n <= count)
        {
            throw new TooFewUnitsException(n, count + 1);
        }

        var (units, lengths) = (new int[n][], new double[n][]);
        for (var i = 0; i < n; i++)
        {
            var own = i;
            units[i] = [.. Enumerable.Range(0, n).Where(other => other != own).OrderBy(other => distances[own, other]).Take(count)];
            lengths[i] = Array.ConvertAll(units[i], other => distances[own, other]);
        }

        return new Neighbours(units, lengths);
    }
}
