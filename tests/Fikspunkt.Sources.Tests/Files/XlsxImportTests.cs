using System.IO.Compression;
using System.Text;
using Fikspunkt.Domain;
using Fikspunkt.Sources.Files;

namespace Fikspunkt.Sources.Tests.Files;

public sealed class XlsxImportTests
{
    private static readonly object?[] Header = ["area", "period", "benefit_group", "expected_persons", "expected_share_pct"];

    [Fact]
    public void Sheet_NumbersTextsAndDates_AreRead()
    {
        var (found, summary) = FileDefinitions.Read("a.xlsx", XlsxFile.Make(
            "Data", Header, ["København", "2020M01", "A-dagpenge mv.", 16170, 3.41], [147, new DateTime(2020, 2, 1), "Kontanthjælp mv.", "1.234,5", "9,08"], ["Esbjerg", 2019, "Kontanthjælp mv.", null, 0]));

        found.ShouldBe([
            new Observation("101", Period.Month(2020, 1), "expected_persons", "benefit_group=a-dagpenge", 16170, ObservationStatus.Ok),
            new Observation("101", Period.Month(2020, 1), "expected_share_pct", "benefit_group=a-dagpenge", 3.41, ObservationStatus.Ok),
            new Observation("147", Period.Month(2020, 2), "expected_persons", "benefit_group=kontanthjaelp", 1234.5, ObservationStatus.Ok, "1.234,5"),
            new Observation("147", Period.Month(2020, 2), "expected_share_pct", "benefit_group=kontanthjaelp", 9.08, ObservationStatus.Ok, "9,08"),
            new Observation("561", Period.OfYear(2019), "expected_persons", "benefit_group=kontanthjaelp", null, ObservationStatus.Missing),
            new Observation("561", Period.OfYear(2019), "expected_share_pct", "benefit_group=kontanthjaelp", 0, ObservationStatus.Zero),
        ]);
        summary.Form.ShouldBe("XLSX");
    }

    [Fact]
    public void Sheet_MergedTitleAndPeriodsInColumns_AreRead()
    {
        var (found, _) = FileDefinitions.Read("a.xlsx", XlsxFile.Make(
            "Data", "A1:D1", ["Forventet antal", null, null, null], [], ["Område", "Ydelsesgrupper", "2020M01", "2020M02"], ["København", "A-dagpenge mv.", 1, 2], [null, "Kontanthjælp mv.", 3, 4], [], ["Kilde: test"]));

        found.Select(o => (o.Area, o.Period.ToString(), o.Indicator, o.Breakdown, o.Value)).ShouldBe([
            ("101", "2020M01", "expected_persons", "benefit_group=a-dagpenge", 1), ("101", "2020M02", "expected_persons", "benefit_group=a-dagpenge", 2),
            ("101", "2020M01", "expected_persons", "benefit_group=kontanthjaelp", 3), ("101", "2020M02", "expected_persons", "benefit_group=kontanthjaelp", 4),
        ]);
    }

    [Fact]
    public void Cell_FormulaError_IsReportedWithItsName()
    {
        var fault = FileDefinitions.Faults("a.xlsx", XlsxFile.Make("Data", Header, ["København", "2020M01", "A-dagpenge mv.", "#DIV/0!", 3.41])).ShouldHaveSingleItem();

        fault.ShouldBe(new InputProblem(Texts.FormulaError, "a.xlsx", 2, "Data!D2", "#DIV/0!", Texts.NumberExpected));
    }

    [Fact]
    public void Workbook_ZipBomb_IsRefused()
    {
        using var content = new MemoryStream();
        using (var zip = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = zip.CreateEntry("xl/workbook.xml", CompressionLevel.Fastest).Open();
            var zeros = new byte[1 << 20];
            for (var written = 0L; written <= XlsxRows.LargestContent; written += zeros.Length)
            {
                part.Write(zeros);
            }
        }

        FileDefinitions.Faults("a.xlsx", content.ToArray()).ShouldHaveSingleItem().Rule.ShouldBe(Texts.TooLargeUnpacked);
    }

    [Fact]
    public void Workbook_DirectoryThatLiesAboutSizes_IsRefused()
    {
        using var content = new MemoryStream();
        using (var zip = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = zip.CreateEntry("xl/workbook.xml", CompressionLevel.Fastest).Open();
            var zeros = new byte[1 << 20];
            for (var written = 0L; written <= XlsxRows.LargestContent; written += zeros.Length)
            {
                part.Write(zeros);
            }
        }

        // The central directory's uncompressed size stands 24 bytes after its signature PK\1\2.
        var bytes = content.ToArray();
        var directory = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        bytes.AsSpan(directory + 24, 4).Clear();
        bytes[directory + 24] = 100;

        FileDefinitions.Faults("a.xlsx", bytes).ShouldHaveSingleItem().Rule.ShouldBeOneOf(Texts.TooLargeUnpacked, Texts.WorkbookBroken);
    }

    [Fact]
    public void Sheet_FarTooWide_IsRefused()
    {
        var narrow = XlsxFile.Make("Data", Header, ["København", "2020M01", "A-dagpenge mv.", 1, 2]);
        using var source = new ZipArchive(new MemoryStream(narrow), ZipArchiveMode.Read);
        var parts = source.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd().Replace("r=\"E2\"", "r=\"XFD1048576\"", StringComparison.Ordinal);
        });

        FileDefinitions.Faults("a.xlsx", XlsxFile.Pack(parts)).ShouldHaveSingleItem().Rule.ShouldBe(Texts.TooManyColumns);
    }

    [Theory]
    [InlineData("a.xlsx", "area;period")]
    [InlineData("a.csv", "%PDF-1.7")]
    [InlineData("a.csv", "\u0089PNG\r\n\u0000\u0000")]
    [InlineData("a.json", "<!DOCTYPE html><html>")]
    public void File_WrongForm_IsRefused(string name, string content) =>
        FileDefinitions.Faults(name, Encoding.Latin1.GetBytes(content)).ShouldHaveSingleItem().Rule.ShouldBe(Texts.WrongForm);

    [Fact]
    public void Workbook_WithoutParts_IsRefused() =>
        FileDefinitions.Faults("a.xlsx", XlsxFile.Pack(new Dictionary<string, string> { ["a.txt"] = "" })).ShouldHaveSingleItem().Rule.ShouldBe(Texts.WorkbookBroken);
}
