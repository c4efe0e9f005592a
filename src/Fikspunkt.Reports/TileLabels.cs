namespace Fikspunkt.Reports;

/// <summary>Names short enough for a tile, and each tile's its own.</summary>
internal static class TileLabels
{
    /// <summary>The first four letters, or, where other names begin alike, the beginning and the end: "Fr.havn", "Fr.sund".</summary>
    /// <param name="name">The name to shorten.</param>
    /// <param name="all">Every name on the map, this one among them.</param>
    public static string Of(string name, IReadOnlyCollection<string> all)
    {
        const int Letters = 4;
        if (name.Length <= Letters)
        {
            return name;
        }

        return all.Count(other => other.StartsWith(name[..Letters], StringComparison.Ordinal)) > 1 ? $"{name[..2]}.{name[^Letters..]}" : name[..Letters];
    }
}
