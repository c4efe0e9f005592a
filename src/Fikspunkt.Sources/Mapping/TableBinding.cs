using Fikspunkt.Domain;
using Fikspunkt.Sources.Files;

namespace Fikspunkt.Sources.Mapping;

/// <summary>Which column of a file is what, for one table.</summary>
internal sealed record TableBinding
{
    /// <summary>The table.</summary>
    public required TableDefinition Table { get; init; }

    /// <summary>The columns' names, for faults; as many as the header has.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Rows up to and with the header, which are not data.</summary>
    public required int HeaderRows { get; init; }

    /// <summary>Whether something other than the header stands above the data, as in exports made for reading.</summary>
    public required bool HasTitles { get; init; }

    /// <summary>The column of the area.</summary>
    public required int Area { get; init; }

    /// <summary>The column of the period, or -1 when the value columns name it.</summary>
    public required int Period { get; init; }

    /// <summary>The columns of the breakdowns.</summary>
    public required IReadOnlyList<(int Column, TableDimension Dimension)> Breakdowns { get; init; }

    /// <summary>The column that names the indicator, or -1 when the value columns do.</summary>
    public required int Indicator { get; init; }

    /// <summary>The column of the status, or -1.</summary>
    public required int Status { get; init; }

    /// <summary>The column of the unit, or -1.</summary>
    public required int Unit { get; init; }

    /// <summary>The columns that hold values.</summary>
    public required IReadOnlyList<ValueColumn> Values { get; init; }

    /// <summary>Columns without a name, which must be empty.</summary>
    public required IReadOnlyList<int> Nameless { get; init; }

    /// <summary>Whether an empty cell in a stub column stands for the one above, as in exports with the period in columns.</summary>
    public bool FillsDown => Values[0].Period is not null;

    /// <summary>Whether the file has the shape the table is defined in: a column a measure, or columns of indicator and value. The other shape is taken too.</summary>
    public bool HasOwnShape => Table.Tidy is null ? Indicator < 0 : Indicator >= 0;

    /// <summary>Measures of the table and dimensions that the file leaves out, by name.</summary>
    public required IReadOnlyList<string> Absent { get; init; }
}

/// <summary>A column that holds values.</summary>
/// <param name="Column">Its index.</param>
/// <param name="Indicator">The indicator, or <see langword="null"/> when each row names it.</param>
/// <param name="Period">The period, or <see langword="null"/> when each row names it.</param>
internal sealed record ValueColumn(int Column, string? Indicator, Period? Period);

/// <summary>One row of the start of a file, where the header is looked for.</summary>
/// <param name="Line">1-based line.</param>
/// <param name="Cells">Its texts, trimmed.</param>
internal sealed record HeadRow(int Line, IReadOnlyList<string> Cells)
{
    /// <summary>Whether nothing stands in it.</summary>
    public bool IsBlank => Cells.All(cell => cell.Length == 0);
}

/// <summary>A way to read the file: with one delimiter, or one sheet.</summary>
/// <param name="Description">What it is called in the summary.</param>
/// <param name="Delimiter">The delimiter, or <see langword="null"/>.</param>
/// <param name="Open">Opens the rows.</param>
internal sealed record Layout(string Description, char? Delimiter, Func<RowReader> Open);
