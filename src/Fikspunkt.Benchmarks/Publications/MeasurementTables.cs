using System.Globalization;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using static Fikspunkt.Benchmarks.Publications.ColumnKind;
using MeasuredKind = Fikspunkt.Benchmarks.Measurements.ColumnKind;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>What measurements give as tables of a package: <c>results/ID/TABLE</c>.</summary>
/// <remarks>Shares are in per cent and differences of shares in percentage points, as in all our files. Municipalities have code and name, and a text in two languages has two columns.</remarks>
internal static class MeasurementTables
{
    /// <summary>Positions, tables, sentences in both languages and remarks of a measurement; remarks only where there are any.</summary>
    public static IEnumerable<ResultTable> Of(MeasurementResult result, DefinitionSet definitions)
    {
        var names = definitions.Municipalities.ToDictionary(municipality => municipality.Code, municipality => municipality.Name, StringComparer.Ordinal);
        var folder = Folder(result.Spec.Id);
        return
        [
            .. result.Tables.Prepend(PositionTable.Of(result)).Select(table => Of(folder + table.Id, table, names)),
            ResultTable.Of(
                folder + "statements",
                result.Statements,
                ("municipality_code", Text, statement => statement.Area),
                ("kind", Text, statement => statement.Kind),
                ("da", Text, statement => statement.Text.Da),
                ("en", Text, statement => statement.Text.En)),
            .. result.Notes.Count > 0
                ? [ResultTable.Of(folder + "notes", result.Notes, ("note", Text, note => note.Key), ("arguments", Text, note => string.Join(' ', note.Arguments)))]
                : (ResultTable[])[],
        ];
    }

    /// <summary>The folder of a measurement's tables.</summary>
    public static string Folder(string measurement) => $"results/{measurement}/";

    private static ResultTable Of(string name, MeasurementTable table, Dictionary<string, string> names)
    {
        var columns = table.Columns.SelectMany((column, i) => Columns(column, table.Rows, i, names)).ToList();
        return new ResultTable(
            name,
            columns.ConvertAll(column => column.Column),
            [.. table.Rows.Select(IReadOnlyList<object?> (row) => columns.ConvertAll(column => column.Cell(row)))]);
    }

    private static IEnumerable<(TableColumn Column, Func<IReadOnlyList<object?>, object?> Cell)> Columns(MeasurementColumn column, IReadOnlyList<IReadOnlyList<object?>> rows, int i, Dictionary<string, string> names)
    {
        if (column.Kind == MeasuredKind.Area)
        {
            return [(new(column.Id, Text), row => row[i]), (new(column.Id + "_name", Text), row => row[i] is string area ? names.GetValueOrDefault(area, area) : null)];
        }

        if (rows.Any(row => row[i] is LocalizedText))
        {
            return [(new(column.Id, Text), row => row[i] is LocalizedText text ? text.Da : Plain(row[i])), (new(column.Id + "_en", Text), row => row[i] is LocalizedText text ? text.En : Plain(row[i]))];
        }

        var scale = column.Kind is MeasuredKind.Share or MeasuredKind.Points ? 100.0 : 1.0;
        return rows.All(row => row[i] is null or int) && column.Kind is MeasuredKind.Count or MeasuredKind.Persons ? [(new(column.Id, Integer), row => row[i] is int count ? (long)count : null)]
            : rows.All(row => row[i] is null or int or double or decimal) && column.Kind != MeasuredKind.Text ? [(new(column.Id, Number), row => row[i] is { } number ? scale * Convert.ToDouble(number, CultureInfo.InvariantCulture) : null)]
            : [(new(column.Id, Text), row => Plain(row[i]))];
    }

    private static string? Plain(object? cell) => cell is null ? null : ResultTable.Text(cell);
}
