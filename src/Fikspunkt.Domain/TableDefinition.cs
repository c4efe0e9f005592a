namespace Fikspunkt.Domain;

/// <summary>How a source's table is bound to indicators: by ids first, and by known labels, which change without notice.</summary>
/// <param name="Id">The table's id at the source, lower case: <c>"y30r21"</c>, <c>"dst-municipalities"</c>.</param>
/// <param name="Source">Source id: <c>jobindsats</c>, <c>statbank</c>, <c>file</c> or <c>synthetic</c>.</param>
/// <param name="Title">What the table holds.</param>
/// <param name="Institution">Who publishes it.</param>
/// <param name="Licence">Under what terms.</param>
/// <param name="Dimensions">The columns that place a value.</param>
/// <param name="Measures">The columns that hold values, one indicator each (wide form). Empty for tidy tables.</param>
/// <param name="Tidy">For tables with one value column and a column that names the indicator; else <see langword="null"/>.</param>
/// <param name="IgnoredColumns">Columns that are known and carry nothing needed.</param>
public sealed record TableDefinition(
    string Id,
    string Source,
    LocalizedText Title,
    string Institution,
    string Licence,
    IReadOnlyList<TableDimension> Dimensions,
    IReadOnlyList<TableMeasure> Measures,
    TidyColumns? Tidy,
    IReadOnlyList<string> IgnoredColumns)
{
    /// <summary>Texts that the source documents as standing for a hidden small count; empty where it documents none.</summary>
    public IReadOnlyList<string> HiddenMarkers { get; init; } = [];

    /// <summary>Canonical breakdown that every value of the table has without a column saying so: a table on one benefit only is <c>benefit_group=a-dagpenge</c>. Empty where there is none.</summary>
    public string FixedBreakdown { get; init; } = Breakdown.Total;
}

/// <summary>The role of a dimension column.</summary>
public enum DimensionRole
{
    /// <summary>Names the area, by code or by name.</summary>
    Area,

    /// <summary>Names the period.</summary>
    Period,

    /// <summary>A further breakdown, such as the benefit group.</summary>
    Breakdown,
}

/// <summary>A column that places a value.</summary>
/// <param name="Role">What it places.</param>
/// <param name="Dimension">For breakdowns the dimension's id (<c>"benefit_group"</c>); else <see langword="null"/>.</param>
/// <param name="Names">The ids and labels the column is known by; ids first.</param>
/// <param name="Values">Source value (id or label) to canonical value; an empty canonical value is the total. Used for breakdowns.</param>
public sealed record TableDimension(
    DimensionRole Role,
    string? Dimension,
    IReadOnlyList<string> Names,
    IReadOnlyDictionary<string, string> Values);

/// <summary>A column that holds one indicator's values.</summary>
/// <param name="Indicator">Indicator id.</param>
/// <param name="Names">The ids and labels the column is known by; ids first.</param>
/// <param name="Unit">The unit the source states, checked against the file's where it states one.</param>
public sealed record TableMeasure(string Indicator, IReadOnlyList<string> Names, string Unit);

/// <summary>The columns of a tidy table.</summary>
/// <param name="Indicator">Names of the column that names the indicator.</param>
/// <param name="Value">Names of the column that holds the value.</param>
/// <param name="Status">Names of the column that holds the status; empty when there is none.</param>
/// <param name="Unit">Names of the column that holds the unit; empty when there is none. Two units for one indicator are an error.</param>
/// <param name="Indicators">Source name to indicator id; a name that is itself an indicator id needs no entry.</param>
public sealed record TidyColumns(
    IReadOnlyList<string> Indicator,
    IReadOnlyList<string> Value,
    IReadOnlyList<string> Status,
    IReadOnlyList<string> Unit,
    IReadOnlyDictionary<string, string> Indicators);
