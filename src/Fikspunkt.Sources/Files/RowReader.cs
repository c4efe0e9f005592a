using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Files;

/// <summary>What a cell is, where the form of the file says so.</summary>
internal enum CellKind
{
    /// <summary>Text, which may be a number written the local way.</summary>
    Text,

    /// <summary>A number in invariant form.</summary>
    Number,

    /// <summary>An error that a workbook's formula gave.</summary>
    FormulaError,

    /// <summary>Something that is no single value, such as a JSON array.</summary>
    Structure,
}

/// <summary>A column's name, and its label where the form has both.</summary>
/// <param name="Name">The id, or the only name.</param>
/// <param name="Label">The label beside the id, or <see langword="null"/>.</param>
internal readonly record struct ColumnHead(string Name, string? Label = null);

/// <summary>A file as rows of text with places. One row at a time; what <see cref="Field"/> gives is valid until the next row.</summary>
internal abstract class RowReader : IDisposable
{
    private readonly List<InputProblem> faults = [];

    /// <summary>The columns, where the form names them outside the rows (JSON); <see langword="null"/> where a row holds them.</summary>
    public virtual IReadOnlyList<ColumnHead>? Heads => null;

    /// <summary>Faults in the form of the file itself, found so far; emptied by whoever reports them.</summary>
    public List<InputProblem> Faults => faults;

    /// <summary>Cells in the current row.</summary>
    public abstract int FieldCount { get; }

    /// <summary>1-based line in the file (XLSX: row in the sheet; JSON: row number) where the current row starts.</summary>
    public abstract int Line { get; }

    /// <summary>Goes to the next row; <see langword="false"/> after the last.</summary>
    public abstract bool Read();

    /// <summary>The cell's text as UTF-8; empty beyond the end of the row.</summary>
    public abstract ReadOnlySpan<byte> Field(int column);

    /// <summary>What the cell is.</summary>
    public virtual CellKind KindOf(int column) => CellKind.Text;

    /// <summary>The cell's own name (<c>Ark1!C7</c>), where the form has one; otherwise <see langword="null"/> and the column's name stands for it.</summary>
    public virtual string? CellName(int column) => null;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the file.</summary>
    protected abstract void Dispose(bool disposing);
}
