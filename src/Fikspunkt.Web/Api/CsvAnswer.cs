using System.Globalization;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Reports.Measurements;

namespace Fikspunkt.Web.Api;

/// <summary>Writes answers as CSV, by the writer that makes the site's other CSV files.</summary>
internal static class CsvAnswer
{
    private const string Between = " | ";

    public static void Write(ApiTable table, DefinitionSet definitions, TextWriter writer, CsvForm form) => MeasurementFiles.WriteCsv(
        new MeasurementTable(
            "",
            new LocalizedText("", ""),
            new LocalizedText("", ""),
            [.. table.Columns.Select(column => new MeasurementColumn(column.Id, new LocalizedText(column.Id, column.Id), Kind(column.Type)))],
            [.. table.Rows.Select(row => Array.ConvertAll(row, Plain))]),
        definitions,
        writer,
        form);

    private static ColumnKind Kind(ApiType type) => type switch
    {
        ApiType.Integer => ColumnKind.Count,
        ApiType.Number => ColumnKind.Number,
        _ => ColumnKind.Text,
    };

    private static object? Plain(object? cell) => cell switch
    {
        long count => count.ToString(CultureInfo.InvariantCulture),
        bool yes => yes ? "true" : "false",
        string => cell,
        IEnumerable<string> texts => string.Join(Between, texts),
        _ => cell,
    };
}
