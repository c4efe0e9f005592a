using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Fikspunkt.Reports.Xlsx;

/// <summary>How a number is shown. The values are indices into the style sheet's cell formats.</summary>
internal enum CellFormat : uint
{
    /// <summary>Text that a spreadsheet might take for a formula (1 = header, 0 = plain).</summary>
    QuotedText = 2,

    /// <summary>#,##0.</summary>
    Whole = 3,

    /// <summary>Three decimals, the scale of per cent figures.</summary>
    Share = 4,

    /// <summary>One decimal.</summary>
    OneDecimal = 5,

    /// <summary>As many digits as there are.</summary>
    Full = 6,

    /// <summary>The mark over a sheet of made-up data.</summary>
    Banner = 7,
}

/// <summary>A column's heading and width in characters.</summary>
internal readonly record struct Column(string Heading, double Width);

/// <summary>Writes sheets one after the other, row by row, so that memory does not grow with the rows.</summary>
/// <param name="document">The empty document.</param>
/// <param name="banner">A line to put over every sheet, or <see langword="null"/>.</param>
internal sealed class WorkbookWriter(SpreadsheetDocument document, string? banner)
{
    private readonly WorkbookPart workbook = document.AddWorkbookPart();
    private readonly List<(string Name, string Id)> sheets = [];

    /// <summary>Starts a sheet; dispose it before the next.</summary>
    public SheetWriter Sheet(string name, IReadOnlyList<Column> columns)
    {
        var part = workbook.AddNewPart<WorksheetPart>();
        sheets.Add((name, workbook.GetIdOfPart(part)));
        return new SheetWriter(part, columns, banner);
    }

    /// <summary>Writes the parts that name the sheets and their styles.</summary>
    public void Finish()
    {
        workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
        workbook.Workbook = new Workbook(new Sheets(sheets.Select((sheet, index) =>
            new Sheet { Name = sheet.Name, Id = sheet.Id, SheetId = (uint)index + 1 })));
        workbook.Workbook.Save();
    }

    private static Stylesheet Styles() => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = 164, FormatCode = "#,##0.000" },
            new NumberingFormat { NumberFormatId = 165, FormatCode = "#,##0.0" }),
        new Fonts(
            new Font(new FontSize { Val = 11 }, new FontName { Val = "Calibri" }),
            new Font(new Bold(), new FontSize { Val = 11 }, new FontName { Val = "Calibri" }),
            new Font(new Bold(), new FontSize { Val = 11 }, new Color { Rgb = "FF9A3412" }, new FontName { Val = "Calibri" })),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            new Fill(new PatternFill(new ForegroundColor { Rgb = "FFE5E9F0" }) { PatternType = PatternValues.Solid })),
        new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())),
        new CellStyleFormats(new DocumentFormat.OpenXml.Spreadsheet.CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }),
        new CellFormats(
            Format(0),
            new DocumentFormat.OpenXml.Spreadsheet.CellFormat(new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top })
            {
                NumberFormatId = 0,
                FontId = 1,
                FillId = 2,
                BorderId = 0,
                FormatId = 0,
                ApplyFont = true,
                ApplyFill = true,
                ApplyAlignment = true,
            },
            new DocumentFormat.OpenXml.Spreadsheet.CellFormat { NumberFormatId = 49, FontId = 0, FillId = 0, BorderId = 0, FormatId = 0, QuotePrefix = true },
            Format(3),
            Format(164),
            Format(165),
            Format(0),
            new DocumentFormat.OpenXml.Spreadsheet.CellFormat { NumberFormatId = 0, FontId = 2, FillId = 0, BorderId = 0, FormatId = 0, ApplyFont = true }));

    private static DocumentFormat.OpenXml.Spreadsheet.CellFormat Format(uint number) =>
        new() { NumberFormatId = number, FontId = 0, FillId = 0, BorderId = 0, FormatId = 0, ApplyNumberFormat = true };
}

/// <summary>Writes one sheet, cell by cell.</summary>
internal sealed class SheetWriter : IDisposable
{
    private const uint HeaderStyle = 1;
    private readonly OpenXmlWriter writer;
    private uint row;
    private bool open;

    public SheetWriter(WorksheetPart part, IReadOnlyList<Column> columns, string? banner)
    {
        writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        var header = banner is null ? 1u : 2u;
        var below = $"A{header + 1}";
        writer.WriteElement(new SheetViews(new SheetView(
            new Pane { VerticalSplit = header, TopLeftCell = below, ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen },
            new Selection { Pane = PaneValues.BottomLeft, ActiveCell = below, SequenceOfReferences = new ListValue<StringValue> { InnerText = below } })
        { WorkbookViewId = 0 }));
        writer.WriteElement(new Columns(columns.Select((column, index) => new DocumentFormat.OpenXml.Spreadsheet.Column
        {
            Min = (uint)index + 1,
            Max = (uint)index + 1,
            Width = column.Width,
            CustomWidth = true,
        })));
        writer.WriteStartElement(new SheetData());
        if (banner is not null)
        {
            Write(banner, (uint)CellFormat.Banner);
            EndRow();
        }

        foreach (var column in columns)
        {
            Write(column.Heading, HeaderStyle);
        }

        EndRow();
    }

    /// <summary>Writes a text cell. The file's cell type keeps it from being run; the style keeps it so when it is edited.</summary>
    public SheetWriter Text(string text) => Write(text, SpreadsheetText.IsRisky(text) ? (uint)CellFormat.QuotedText : 0);

    /// <summary>Writes a number, or an empty cell where there is none.</summary>
    public SheetWriter Number(double value, CellFormat format)
    {
        StartRow();
        writer.WriteElement(double.IsFinite(value)
            ? new Cell { StyleIndex = (uint)format, CellValue = new CellValue(value.ToString("R", CultureInfo.InvariantCulture)) }
            : new Cell());
        return this;
    }

    /// <summary>Writes an amount, or an empty cell where there is none.</summary>
    public SheetWriter Amount(decimal? value, CellFormat format)
    {
        StartRow();
        writer.WriteElement(value is { } amount
            ? new Cell { StyleIndex = (uint)format, CellValue = new CellValue(amount.ToString(CultureInfo.InvariantCulture)) }
            : new Cell());
        return this;
    }

    /// <summary>Ends the row.</summary>
    public void EndRow()
    {
        StartRow();
        writer.WriteEndElement();
        open = false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        writer.WriteEndElement();
        writer.WriteEndElement();
        writer.Dispose();
    }

    private SheetWriter Write(string text, uint style)
    {
        StartRow();
        writer.WriteElement(new Cell(new InlineString(new Text(Printable(text)) { Space = SpaceProcessingModeValues.Preserve }))
        {
            DataType = CellValues.InlineString,
            StyleIndex = style,
        });
        return this;
    }

    private void StartRow()
    {
        if (!open)
        {
            writer.WriteStartElement(new Row { RowIndex = ++row });
            open = true;
        }
    }

    // XML 1.0 cannot hold most control characters, and Excel asks to repair a file with them.
    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
