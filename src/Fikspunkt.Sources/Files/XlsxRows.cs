using System.Globalization;
using System.IO.Compression;
using System.Text;
using ExcelDataReader;
using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Files;

/// <summary>One sheet of an Excel workbook. Numbers become invariant text, whatever the workbook shows.</summary>
/// <remarks>A date on the first of a month becomes that month (<c>2023M01</c>): it is what Excel makes of "jan-23". Other dates become ISO dates, which no column takes.</remarks>
internal sealed class XlsxRows : RowReader
{
    /// <summary>Unpacked bytes at most: far above any published table, far below what would hurt.</summary>
    internal const long LargestContent = 512L << 20;

    private const int MostEntries = 5_000;
    private const int MostColumns = 2_000;

    private readonly string name;
    private readonly Stream stream;
    private readonly CellBuffer cells = new();
    private readonly IExcelDataReader? reader;
    private readonly string sheetName = string.Empty;
    private readonly IReadOnlyDictionary<string, string> errors = new Dictionary<string, string>();
    private bool ended;

    /// <summary>Opens sheet number <paramref name="sheet"/> (0 = first).</summary>
    public XlsxRows(InputFile file, int sheet)
    {
        name = file.Name;
        stream = file.Open();
        try
        {
            reader = ExcelReaderFactory.CreateOpenXmlReader(stream, Configuration());
            for (var i = 0; i < sheet && !ended; i++)
            {
                ended = !reader.NextResult();
            }

            sheetName = reader.Name ?? string.Empty;
            using var again = file.Open();
            errors = XlsxErrors.Find(again, sheet);
            if (reader.FieldCount > MostColumns)
            {
                throw new InputException(new InputProblem(Texts.TooManyColumns, name, Column: sheetName, Found: Invariant(reader.FieldCount), Expected: Invariant(MostColumns)));
            }
        }
        catch (Exception e) when (IsBrokenWorkbook(e))
        {
            Fail(e);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The number of sheets, after a check that the file unpacks to a bearable size.</summary>
    /// <exception cref="InputException">The file is no workbook, or one that is far too large.</exception>
    public static int CountSheets(InputFile file)
    {
        CheckSize(file);
        using var content = file.Open();
        try
        {
            using var workbook = ExcelReaderFactory.CreateOpenXmlReader(content, Configuration());
            return workbook.ResultsCount;
        }
        catch (Exception e) when (IsBrokenWorkbook(e))
        {
            throw new InputException(new InputProblem(Texts.WorkbookBroken, file.Name, Found: e.Message), e);
        }
    }

    public override int FieldCount => cells.Count;

    public override int Line => ended ? 0 : reader!.Depth + 1;

    public override bool Read()
    {
        cells.Clear();
        if (ended)
        {
            return false;
        }

        try
        {
            ended = !reader!.Read();
            if (!ended)
            {
                var count = reader.FieldCount;
                for (var i = 0; i < count; i++)
                {
                    Add(reader.GetValue(i), i);
                }
            }
        }
        catch (Exception e) when (IsBrokenWorkbook(e))
        {
            Fail(e);
        }

        return !ended;
    }

    public override ReadOnlySpan<byte> Field(int column) => cells.Field(column);

    public override CellKind KindOf(int column) => cells.KindOf(column);

    public override string CellName(int column) => $"{sheetName}!{Address(column)}";

    private string Address(int column)
    {
        var letters = string.Empty;
        for (var left = column + 1; left > 0; left = (left - 1) / 26)
        {
            letters = (char)('A' + ((left - 1) % 26)) + letters;
        }

        return letters + Invariant(Line);
    }

    protected override void Dispose(bool disposing)
    {
        reader?.Dispose();
        stream.Dispose();
    }

    // The library asks for Windows-1252 (of the old binary form) even when it reads XLSX; .NET has it only when registered.
    private static ExcelReaderConfiguration Configuration()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return new ExcelReaderConfiguration { LeaveOpen = true };
    }

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

    // What the zip directory declares can lie, so each part is unpacked once and counted.
    private static void CheckSize(InputFile file)
    {
        using var content = file.Open();
        try
        {
            using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > MostEntries || zip.Entries.Sum(entry => entry.Length) > LargestContent)
            {
                throw TooLarge(file.Name);
            }

            var (total, buffer) = (0L, new byte[1 << 16]);
            foreach (var entry in zip.Entries)
            {
                using var part = entry.Open();
                int read;
                while ((read = part.Read(buffer)) > 0)
                {
                    total += read;
                    if (total > LargestContent)
                    {
                        throw TooLarge(file.Name);
                    }
                }
            }
        }
        catch (Exception e) when (IsBrokenWorkbook(e))
        {
            throw new InputException(new InputProblem(Texts.WorkbookBroken, file.Name, Found: e.Message), e);
        }
    }

    private static InputException TooLarge(string name) =>
        new(new InputProblem(Texts.TooLargeUnpacked, name, Expected: Texts.TooLargeUnpackedExpected.With(LargestContent >> 20)));

    // The libraries report a damaged workbook by many exceptions (InvalidData, Xml, Format, KeyNotFound, NullReference ...).
    private static bool IsBrokenWorkbook(Exception e) => e is not (InputException or OutOfMemoryException or OperationCanceledException);

    private void Fail(Exception e)
    {
        ended = true;
        Faults.Add(new InputProblem(Texts.WorkbookBroken, name, Column: sheetName.Length > 0 ? sheetName : null, Found: e.Message));
    }

    private void Add(object? value, int column)
    {
        switch (value)
        {
            case null when errors.Count > 0 && errors.TryGetValue(Address(column), out var error):
                cells.Add(error, CellKind.FormulaError);
                break;
            case null:
                cells.Add(default(ReadOnlySpan<byte>), CellKind.Text);
                break;
            case string text:
                cells.Add(text, CellKind.Text);
                break;
            case DateTime date:
                var format = date is { Day: 1, TimeOfDay.Ticks: 0 } ? "yyyy'M'MM" : "yyyy-MM-dd";
                cells.Add(date.ToString(format, CultureInfo.InvariantCulture), CellKind.Text);
                break;
            case IFormattable number:
                cells.Add(number.ToString(null, CultureInfo.InvariantCulture), value is double or int ? CellKind.Number : CellKind.Text);
                break;
            default:
                cells.Add(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty, CellKind.Text);
                break;
        }
    }
}
