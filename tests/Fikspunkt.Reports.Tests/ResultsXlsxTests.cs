using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using ExcelDataReader;
using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;

namespace Fikspunkt.Reports.Tests;

public class ResultsXlsxTests
{
    [Theory]
    [InlineData("da-DK", true)]
    [InlineData("en-GB", false)]
    public void Write_AnyRun_IsValidForEveryOfficeVersion(string language, bool synthetic)
    {
        using var set = new Language(language);
        using var stream = Write(FakeRun.Create(synthetic), FakeRun.Definitions);
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);

        foreach (var version in new[] { FileFormatVersions.Office2010, FileFormatVersions.Office2019, FileFormatVersions.Microsoft365 })
        {
            new OpenXmlValidator(version).Validate(document, TestContext.Current.CancellationToken).Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}").ShouldBeEmpty();
        }
    }

    [Fact]
    public void Write_AnyRun_ReadsBackToTheSameNumbers()
    {
        using var set = new Language("en-GB");
        var run = FakeRun.Create(synthetic: false);
        using var stream = Write(run, FakeRun.Definitions);
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream);

        reader.Name.ShouldBe("Results");
        reader.Read().ShouldBeTrue();
        reader.GetString(0).ShouldBe("Code");
        foreach (var result in ResultOrder.Of(run))
        {
            reader.Read().ShouldBeTrue();
            reader.GetString(0).ShouldBe(result.Area);
            reader.GetString(3).ShouldBe(result.Period.ToString());
            reader.GetDouble(4).ShouldBe(result.Exposure);
            reader.GetDouble(5).ShouldBe(100 * result.Actual);
            reader.GetDouble(7).ShouldBe(100 * result.Difference);
            reader.GetDouble(9).ShouldBe(100 * result.Lower);
            reader.GetDouble(11).ShouldBe(result.Rank);
            reader.GetDouble(15).ShouldBe(result.RankUpperSimultaneous);
            reader.GetDouble(19).ShouldBe((double)result.Kroner!.Value);
        }

        reader.Read().ShouldBeFalse();
        reader.NextResult().ShouldBeTrue();
        reader.Name.ShouldBe("Contributions");
        reader.RowCount.ShouldBe(1 + run.Results.Sum(result => result.Contributions.Count));
    }

    [Fact]
    public void Write_SyntheticRun_SaysSoOnEverySheetAndFreezesTheHeader()
    {
        using var set = new Language("da-DK");
        using var stream = Write(FakeRun.Create(), FakeRun.Definitions);
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);

        var sheets = document.WorkbookPart!.Workbook.Descendants<Sheet>().Select(sheet => (Name: sheet.Name!.Value, Part: (WorksheetPart)document.WorkbookPart.GetPartById(sheet.Id!))).ToList();

        sheets.Select(sheet => sheet.Name).ShouldBe(["Resultater", "Bidrag", "Modeller", "Om"]);
        foreach (var (_, part) in sheets)
        {
            part.Worksheet.Descendants<Row>().First().InnerText.ShouldStartWith("SYNTETISKE DATA");
            part.Worksheet.Descendants<Pane>().Single().VerticalSplit!.Value.ShouldBe(2);
        }
    }

    [Fact]
    public void Write_NameThatLooksLikeAFormula_StaysQuotedText()
    {
        var definitions = FakeRun.Definitions with { Municipalities = [.. FakeRun.Definitions.Municipalities.Select(m => m.Code == "101" ? m with { Name = "=1+1", NameEn = "=1+1" } : m)] };
        using var stream = Write(FakeRun.Create(), definitions);
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);

        var part = (WorksheetPart)document.WorkbookPart!.GetPartById(document.WorkbookPart.Workbook.Descendants<Sheet>().First().Id!);
        var cells = part.Worksheet.Descendants<Cell>().Where(cell => cell.InnerText == "=1+1").ToList();

        cells.ShouldNotBeEmpty();
        cells.ShouldAllBe(cell => cell.DataType!.Value == CellValues.InlineString && cell.CellFormula == null && cell.StyleIndex!.Value == 2);
        part.Worksheet.Descendants<CellFormula>().ShouldBeEmpty();
    }

    private static MemoryStream Write(BenchmarkRun run, DefinitionSet definitions)
    {
        var stream = new MemoryStream();
        ResultsXlsx.Write(run, definitions, stream);
        stream.Position = 0;
        return stream;
    }
}
