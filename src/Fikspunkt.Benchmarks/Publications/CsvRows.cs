using System.Collections;
using System.Globalization;
using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>The rows of a package's table with cells found by column name; none where the table was left out.</summary>
internal sealed class CsvRows : IEnumerable<CsvRow>
{
    private readonly List<CsvRow> rows = [];

    private CsvRows()
    {
    }

    /// <summary>Reads a table of a package.</summary>
    /// <exception cref="InputException">The file is no table of this form.</exception>
    public static CsvRows Of(PackageReader reader, string package, string file)
    {
        var table = new CsvRows();
        if (!reader.Files.TryGetValue(file, out var bytes))
        {
            return table;
        }

        try
        {
            var records = PackageCsv.Read(bytes);
            var columns = records.Count > 0 ? records[0].Index().ToDictionary(column => column.Item, column => column.Index, StringComparer.Ordinal) : [];
            table.rows.AddRange(records.Skip(1).Select((cells, i) => new CsvRow(package, file, i + 2, columns, cells)));
            return table;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw Fault(package, file, e.Message);
        }
    }

    public static InputException Fault(string package, string file, string found) => new(new InputProblem(Texts.PackageFileUnreadable.With(file), package, Found: found));

    public IEnumerator<CsvRow> GetEnumerator() => rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A row: its cells by column name.</summary>
internal sealed class CsvRow(string package, string file, int line, Dictionary<string, int> columns, string[] cells)
{
    public string Text(string column) => columns.TryGetValue(column, out var index) && index < cells.Length ? cells[index] : throw Fault(column, "");

    public bool Has(string column) => columns.ContainsKey(column);

    public string? Optional(string column) => Text(column) is { Length: > 0 } text ? text : null;

    /// <summary>A number; NaN for an empty cell.</summary>
    public double Number(string column) => Text(column) is not { Length: > 0 } text
        ? double.NaN
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Fault(column, text);

    /// <summary>A share, written in per cent.</summary>
    public double Share(string column) => Number(column) / 100;

    public int Integer(string column) => int.TryParse(Text(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Fault(column, Text(column));

    public decimal? Kroner(string column) => Optional(column) is not { } text
        ? null
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Fault(column, text);

    public Period Period(string column) => OptionalPeriod(column) ?? throw Fault(column, "");

    public Period? OptionalPeriod(string column) => Optional(column) is not { } text ? null : Domain.Period.TryParse(text, out var period) ? period : throw Fault(column, text);

    /// <summary>A value of a closed set, written in kebab-case.</summary>
    public T Word<T>(string column)
        where T : struct, Enum
    {
        var text = Text(column);
        foreach (var value in Enum.GetValues<T>())
        {
            if (ResultTables.Word(value) == text)
            {
                return value;
            }
        }

        throw Fault(column, text);
    }

    private InputException Fault(string column, string found) => CsvRows.Fault(package, $"{file}:{line.ToString(CultureInfo.InvariantCulture)}, {column}", found);
}
