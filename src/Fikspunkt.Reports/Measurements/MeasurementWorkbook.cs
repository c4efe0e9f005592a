using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports.Xlsx;

namespace Fikspunkt.Reports.Measurements;

/// <summary>Writes a table as an Excel workbook: its figures, and what they are and where they come from.</summary>
internal static class MeasurementWorkbook
{
    /// <summary>Writes the workbook in the user's language. Shares are in per cent, amounts in kr.</summary>
    /// <param name="table">The table.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="source">Source and vintage.</param>
    /// <param name="synthetic">Whether any figure is made up.</param>
    /// <param name="definitions">For names.</param>
    /// <param name="stream">Where to; must be writable and seekable, and stays open.</param>
    public static void Write(MeasurementTable table, string title, string source, bool synthetic, DefinitionSet definitions, Stream stream)
    {
        var culture = CultureInfo.CurrentUICulture;
        var names = new Names(definitions, culture);
        using var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook);
        var book = new WorkbookWriter(document, synthetic ? Texts.SyntheticBanner : null);
        using (var sheet = book.Sheet(Texts.SheetResults, [.. table.Columns.Select(column => new Column(MeasurementCells.Heading(column, culture), column.Kind is ColumnKind.Area or ColumnKind.Text ? 26 : 14))]))
        {
            foreach (var row in table.Rows)
            {
                for (var i = 0; i < row.Count; i++)
                {
                    Cell(sheet, table.Columns[i].Kind, row[i], names, culture);
                }

                sheet.EndRow();
            }
        }

        using (var about = book.Sheet(Texts.SheetAbout, [new(Texts.SheetAbout, 120)]))
        {
            foreach (var line in (string[])[title, table.Title.In(culture), table.Explanation.In(culture), source])
            {
                about.Text(line).EndRow();
            }
        }

        book.Finish();
    }

    private static void Cell(SheetWriter sheet, ColumnKind kind, object? value, Names names, CultureInfo culture) => _ = (kind, value) switch
    {
        (ColumnKind.Area, string area) => sheet.Text(names.Municipality(area)),
        (_, LocalizedText text) => sheet.Text(text.In(culture)),
        (_, string text) => sheet.Text(text),
        (ColumnKind.Share or ColumnKind.Points, double share) => sheet.Number(100 * share, CellFormat.Share),
        (ColumnKind.Persons, double persons) => sheet.Number(persons, CellFormat.OneDecimal),
        (_, double number) => sheet.Number(number, CellFormat.Full),
        (_, int count) => sheet.Number(count, CellFormat.Whole),
        (_, decimal money) => sheet.Amount(money, CellFormat.Whole),
        (_, IFormattable other) => sheet.Text(other.ToString(null, culture)),
        _ => sheet.Text(""),
    };
}
