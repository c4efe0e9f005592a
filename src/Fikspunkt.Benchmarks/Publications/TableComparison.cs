using System.Globalization;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>Compares a published table with the one computed again.</summary>
internal sealed class TableComparison
{
    /// <summary>Numbers may differ by this much, relatively, between machines.</summary>
    public const double Tolerance = 1e-9;

    private const int MostDifferences = 1000;

    /// <summary>Largest relative difference met.</summary>
    public double Largest { get; private set; }

    /// <summary>Numbers compared.</summary>
    public int Numbers { get; private set; }

    /// <summary>Compares the records of a CSV or Parquet file, cell by cell.</summary>
    /// <param name="file">File.</param>
    /// <param name="records">Records, column names first.</param>
    /// <param name="expected">The table computed again.</param>
    /// <param name="exact">Whether every digit counts: in a file known to be changed.</param>
    /// <param name="firstLine">Number of the first row: 2 in CSV, where the column names are line 1; 1 in Parquet.</param>
    public List<PackageDifference> Compare(string file, IReadOnlyList<IReadOnlyList<string>> records, ResultTable expected, bool exact, int firstLine)
    {
        var names = expected.Columns.Select(column => column.Name).ToArray();
        if (records.Count == 0 || !records[0].SequenceEqual(names))
        {
            IReadOnlyList<string> found = records.Count == 0 ? [] : records[0];
            var c = Enumerable.Range(0, names.Length).FirstOrDefault(i => i >= found.Count || found[i] != names[i], names.Length);
            return [new PackageDifference(DifferenceKind.Value, file, 1, names.ElementAtOrDefault(c), found.ElementAtOrDefault(c), names.ElementAtOrDefault(c))];
        }

        return Rows(file, records.Count - 1, expected, firstLine, (row, column) =>
        {
            var record = records[row + 1];
            var text = ResultTable.Text(expected.Rows[row][column]);
            return column >= record.Count ? ("", false)
                : (record[column], record[column] == text || (!exact && Same(Number(record[column], expected.Columns[column].Kind), expected.Rows[row][column])));
        });
    }

    private List<PackageDifference> Rows(string file, int count, ResultTable expected, int firstLine, Func<int, int, (string Found, bool Same)> cell)
    {
        var differences = new List<PackageDifference>();
        if (count != expected.Rows.Count)
        {
            differences.Add(new PackageDifference(
                DifferenceKind.Value, file, Math.Min(count, expected.Rows.Count) + firstLine, Found: count.ToString(CultureInfo.InvariantCulture), Expected: expected.Rows.Count.ToString(CultureInfo.InvariantCulture)));
        }

        for (var row = 0; row < Math.Min(count, expected.Rows.Count); row++)
        {
            for (var column = 0; column < expected.Columns.Count; column++)
            {
                Numbers += expected.Columns[column].Kind == ColumnKind.Text ? 0 : 1;
                var (found, same) = cell(row, column);
                if (!same && differences.Count < MostDifferences)
                {
                    differences.Add(new PackageDifference(DifferenceKind.Value, file, row + firstLine, expected.Columns[column].Name, found, ResultTable.Text(expected.Rows[row][column])));
                }
            }
        }

        return differences;
    }

    /// <summary>Whether two cells are the same: numbers within the tolerance, all else exactly. Keeps the largest difference met.</summary>
    private bool Same(object? found, object? expected)
    {
        if (found is not double a || expected is not double b || a.Equals(b))
        {
            return Equals(found, expected);
        }

        var difference = a == b ? 0 : Math.Abs(a - b) / Math.Max(Math.Abs(a), Math.Abs(b));
        if (!(difference <= Tolerance))
        {
            return false;
        }

        Largest = Math.Max(Largest, difference);
        return true;
    }

    private static object? Number(string text, ColumnKind kind) =>
        kind == ColumnKind.Number && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : text;
}
