using Fikspunkt.Domain;
using NodaTime;

namespace Fikspunkt.Sources;

/// <summary>What is to be imported as one vintage.</summary>
/// <param name="Paths">The files, one or more of the same table.</param>
/// <param name="Table">The table's id, or <see langword="null"/> when the columns are to tell.</param>
/// <param name="Retrieved">When the data were got from their source.</param>
/// <param name="Synthetic">Whether the data are made up, and are to be marked so wherever they go.</param>
public sealed record ImportRequest(IReadOnlyList<string> Paths, string? Table, Instant Retrieved, bool Synthetic)
{
    /// <summary>Where the files came from, such as an address; <see langword="null"/> for the files' own names.</summary>
    public string? Origin { get; init; }
}

/// <summary>How the decimals of a file's numbers were found to be written.</summary>
public enum DecimalStyle
{
    /// <summary>No number with decimals occurred.</summary>
    NoDecimals,

    /// <summary>With a point, <c>9.08</c>.</summary>
    Point,

    /// <summary>With a comma, <c>9,08</c>.</summary>
    Comma,
}

/// <summary>How one file was read.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Form"><c>CSV</c>, <c>XLSX</c> or <c>JSON</c>.</param>
/// <param name="Encoding"><c>UTF-8</c>, <c>UTF-16</c> or <c>Windows-1252</c>.</param>
/// <param name="Delimiter">The character between the cells of a CSV file, else <see langword="null"/>.</param>
/// <param name="Decimals">How decimals are written in its texts.</param>
/// <param name="Rows">Rows of data read.</param>
/// <param name="Cells">Observations imported.</param>
/// <param name="SkippedRows">Rows left out because their area is none of ours ("Uoplyst område").</param>
/// <param name="Absent">Measures and breakdowns of the table that the file leaves out; a breakdown left out stands for its total.</param>
public sealed record ImportedFile(
    string File,
    string Form,
    string Encoding,
    char? Delimiter,
    DecimalStyle Decimals,
    long Rows,
    long Cells,
    long SkippedRows,
    IReadOnlyList<string> Absent)
{
    /// <summary>How the file was read, in one line for the user: form, encoding, delimiter, decimals, rows, what was left out.</summary>
    public string Describe()
    {
        var parts = new List<string> { $"{Form}, {Encoding}" };
        if (Delimiter is { } delimiter)
        {
            parts.Add(Texts.ReadDelimiter.With(delimiter == '\t' ? Texts.Tab : delimiter.ToString()));
        }

        if (Decimals != DecimalStyle.NoDecimals)
        {
            parts.Add(Decimals == DecimalStyle.Comma ? Texts.CommaExpected : Texts.PointExpected);
        }

        parts.Add(Texts.ReadRows.With(Rows, Cells));
        if (SkippedRows > 0)
        {
            parts.Add(Texts.ReadSkipped.With(SkippedRows));
        }

        if (Absent.Count > 0)
        {
            parts.Add(Texts.ReadAbsent.With(string.Join(", ", Absent)));
        }

        return $"{File}: {string.Join("; ", parts)}";
    }
}
