using System.Globalization;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>What a column of a <see cref="ResultTable"/> holds.</summary>
public enum ColumnKind
{
    /// <summary>Text; cells are <see cref="string"/>.</summary>
    Text,

    /// <summary>Whole numbers; cells are <see cref="long"/>.</summary>
    Integer,

    /// <summary>Numbers; cells are <see cref="double"/>, NaN allowed.</summary>
    Number,
}

/// <summary>A column.</summary>
/// <param name="Name">Name, ASCII with underscores.</param>
/// <param name="Kind">What it holds.</param>
public sealed record TableColumn(string Name, ColumnKind Kind);

/// <summary>A table of a publication, as it is written to CSV.</summary>
/// <param name="Name">Path in the package without extension, <c>"results/results"</c>.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Rows">Rows; a cell is <see langword="null"/> or of its column's kind.</param>
public sealed record ResultTable(string Name, IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>The invariant text of a cell: numbers in the shortest form that reads back as the same number, nothing for <see langword="null"/> and numbers that do not exist.</summary>
    public static string Text(object? cell) => cell switch
    {
        null => "",
        double number => !double.IsFinite(number) ? "" : number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)cell,
    };

    /// <summary>Makes a table from one function per column.</summary>
    internal static ResultTable Of<T>(string name, IEnumerable<T> items, params (string Name, ColumnKind Kind, Func<T, object?> Cell)[] columns) => new(
        name,
        columns.Select(column => new TableColumn(column.Name, column.Kind)).ToList(),
        items.Select(IReadOnlyList<object?> (item) => columns.Select(column => column.Cell(item)).ToArray()).ToList());
}
