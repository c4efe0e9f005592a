using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Mapping;

/// <summary>What a column of a table can be.</summary>
internal enum ColumnRole
{
    /// <summary>The area.</summary>
    Area,

    /// <summary>The period.</summary>
    Period,

    /// <summary>A breakdown.</summary>
    Breakdown,

    /// <summary>One indicator's values.</summary>
    Measure,

    /// <summary>The name of the indicator.</summary>
    Indicator,

    /// <summary>The value of the indicator that the row names.</summary>
    Value,

    /// <summary>The status.</summary>
    Status,

    /// <summary>The unit.</summary>
    Unit,

    /// <summary>Known and not needed.</summary>
    Ignored,
}

/// <summary>What a name stands for: a role and, for measures the indicator, for breakdowns the dimension.</summary>
internal sealed record ColumnMeaning(ColumnRole Role, string Id, TableDimension? Dimension = null);

/// <summary>The names by which one table's columns and indicators are known.</summary>
internal sealed class TableNames
{
    // A table defined by its measures can also come as indicator, value and status in columns of their own, and the reverse.
    private static readonly TidyColumns PlainTidy = new(["indicator"], ["value"], ["status"], ["unit"], new Dictionary<string, string>(StringComparer.Ordinal));

    private readonly Dictionary<string, ColumnMeaning> columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> indicators = new(StringComparer.Ordinal);

    public TableNames(TableDefinition table, DefinitionSet definitions)
    {
        Table = table;
        foreach (var dimension in table.Dimensions)
        {
            var role = dimension.Role switch { DimensionRole.Area => ColumnRole.Area, DimensionRole.Period => ColumnRole.Period, _ => ColumnRole.Breakdown };
            Add(dimension.Names, new ColumnMeaning(role, dimension.Dimension ?? string.Empty, dimension));
        }

        foreach (var measure in table.Measures)
        {
            Add([measure.Indicator, .. measure.Names], new ColumnMeaning(ColumnRole.Measure, measure.Indicator));
            foreach (var name in measure.Names.Prepend(measure.Indicator))
            {
                indicators.TryAdd(Labels.Key(name), measure.Indicator);
            }
        }

        var tidy = table.Tidy ?? PlainTidy;
        Add(table.IgnoredColumns, new ColumnMeaning(ColumnRole.Ignored, string.Empty));
        Add(tidy.Indicator, new ColumnMeaning(ColumnRole.Indicator, string.Empty));
        Add(tidy.Value, new ColumnMeaning(ColumnRole.Value, string.Empty));
        Add(tidy.Status, new ColumnMeaning(ColumnRole.Status, string.Empty));
        Add(tidy.Unit, new ColumnMeaning(ColumnRole.Unit, string.Empty));
        foreach (var (name, indicator) in tidy.Indicators)
        {
            AddIndicator(name, indicator);
        }

        if (table.Tidy is not null)
        {
            foreach (var id in definitions.Indicators.Keys)
            {
                AddIndicator(id, id);
            }
        }
    }

    /// <summary>The table.</summary>
    public TableDefinition Table { get; }

    /// <summary>Every name of an indicator.</summary>
    public IReadOnlyDictionary<string, string> Indicators => indicators;

    /// <summary>Every name of a column.</summary>
    public IEnumerable<string> Columns => columns.Keys;

    /// <summary>What a column of this name is, or <see langword="null"/>.</summary>
    public ColumnMeaning? Find(string name) => name.Length == 0 ? null : columns.GetValueOrDefault(Labels.Key(name));

    /// <summary>The indicator of this name, or <see langword="null"/>.</summary>
    public string? FindIndicator(string name) => indicators.GetValueOrDefault(Labels.Key(name));

    private void AddIndicator(string name, string indicator)
    {
        var key = Labels.Key(name);
        indicators.TryAdd(key, indicator);
        columns.TryAdd(key, new ColumnMeaning(ColumnRole.Measure, indicator));
    }

    private void Add(IEnumerable<string> names, ColumnMeaning meaning)
    {
        foreach (var name in names)
        {
            columns.TryAdd(Labels.Key(name), meaning);
        }
    }
}
