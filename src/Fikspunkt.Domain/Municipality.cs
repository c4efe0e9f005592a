namespace Fikspunkt.Domain;

/// <summary>One of the 98 municipalities.</summary>
/// <param name="Code">The official three-digit code, <c>"101"</c>.</param>
/// <param name="Name">The Danish name without "Kommune".</param>
/// <param name="NameEn">The English name where one is in use ("Copenhagen"), else the Danish one.</param>
/// <param name="Aliases">Other spellings and names of municipalities that were merged into this one without remainder.</param>
/// <param name="Region">Region code, <c>"081"</c>-<c>"085"</c>.</param>
/// <param name="Province">Landsdel code, <c>"01"</c>-<c>"11"</c>.</param>
/// <param name="CommutingArea">Id of the commuting area (pendlingsområde).</param>
/// <param name="Neighbours">Codes of the municipalities that share a land border or a fixed link; for islands without one, a ferry.</param>
/// <param name="TileColumn">Column on the tile map, 0 = west.</param>
/// <param name="TileRow">Row on the tile map, 0 = north.</param>
public sealed record Municipality(
    string Code,
    string Name,
    string NameEn,
    IReadOnlyList<string> Aliases,
    string Region,
    string Province,
    string CommutingArea,
    IReadOnlyList<string> Neighbours,
    int TileColumn,
    int TileRow)
{
    /// <summary>The name in the language of the culture.</summary>
    public string NameIn(System.Globalization.CultureInfo culture) => new LocalizedText(Name, NameEn).In(culture);
}

/// <summary>An area above the municipality: the country, a region, a landsdel or a commuting area.</summary>
/// <param name="Code">Official code (<c>"000"</c>, <c>"084"</c>, <c>"01"</c>) or, for commuting areas, the id.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Danish and English name.</param>
/// <param name="Aliases">Other spellings in the sources.</param>
public sealed record Area(string Code, AreaKind Kind, LocalizedText Name, IReadOnlyList<string> Aliases);

/// <summary>The kinds of area.</summary>
public enum AreaKind
{
    /// <summary>Denmark as a whole.</summary>
    Country,

    /// <summary>One of the five regions.</summary>
    Region,

    /// <summary>One of the eleven landsdele.</summary>
    Province,

    /// <summary>A commuting area (pendlingsområde).</summary>
    CommutingArea,

    /// <summary>A municipality.</summary>
    Municipality,
}
