namespace Fikspunkt.Statistics.Ranks;

/// <summary>Which ends of the sets are bounded.</summary>
public enum RankBounds
{
    /// <summary>Both.</summary>
    TwoSided,

    /// <summary>Only the best rank a unit may have; the worst is the number of units. Tests only whether others are better, so a unit's own set says more.</summary>
    Lower,

    /// <summary>Only the worst rank a unit may have; the best is 1.</summary>
    Upper,
}

/// <summary>The hypotheses "j is better than k" that are tested together, and the bounds that follow from the established ones.</summary>
internal sealed class RankFamily
{
    private readonly bool[] _asked;
    private readonly RankBounds _bounds;

    public RankFamily(int count, RankBounds bounds, IReadOnlyList<int>? units)
    {
        Units = units is null ? [.. Enumerable.Range(0, count)] : [.. units];
        (_asked, _bounds) = (new bool[count], bounds);
        foreach (var unit in Units)
        {
            if (unit < 0 || unit >= count || _asked[unit])
            {
                throw new ArgumentException($"Unit {unit} is given twice or is none of 0 to {count - 1}.", nameof(units));
            }

            _asked[unit] = true;
        }
    }

    /// <summary>The units whose sets are asked for.</summary>
    public int[] Units { get; }

    /// <summary>All units.</summary>
    public int Count => _asked.Length;

    /// <summary>Whether tests of "another is better" (for the best rank) are made.</summary>
    public bool BoundsBest => _bounds != RankBounds.Upper;

    /// <summary>Whether tests of "another is worse" (for the worst rank) are made.</summary>
    public bool BoundsWorst => _bounds != RankBounds.Lower;

    /// <summary>Whether "j is better than k" is tested.</summary>
    public bool Tests(int j, int k) => j != k && ((BoundsBest && _asked[k]) || (BoundsWorst && _asked[j]));

    /// <summary>Bounds of the units asked for; better[j p + k] says that j is established to be better than k.</summary>
    public (int[] Lower, int[] Upper) Bounds(bool[] better)
    {
        var (lower, upper) = (new int[Units.Length], new int[Units.Length]);
        for (var at = 0; at < Units.Length; at++)
        {
            (lower[at], upper[at]) = (1, Count);
            for (var k = 0; k < Count; k++)
            {
                lower[at] += BoundsBest && better[(k * Count) + Units[at]] ? 1 : 0;
                upper[at] -= BoundsWorst && better[(Units[at] * Count) + k] ? 1 : 0;
            }
        }

        return (lower, upper);
    }
}
