using System.Text;
using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Tests.Files;

public sealed class CsvImportTests
{
    private const string Header = "area,period,benefit_group,expected_persons,expected_share_pct\n";

    [Fact]
    public void Wide_OneRow_GivesOneObservationAMeasure()
    {
        var (found, summary) = FileDefinitions.Read("a.csv", Header + "København,2020QMAT02,A-dagpenge mv.,16170,3.40\n");

        found.ShouldBe([
            new Observation("101", Period.Parse("2020QMAT02"), "expected_persons", "benefit_group=a-dagpenge", 16170, ObservationStatus.Ok),
            new Observation("101", Period.Parse("2020QMAT02"), "expected_share_pct", "benefit_group=a-dagpenge", 3.4, ObservationStatus.Ok, "3.40"),
        ]);
        summary.ShouldBe(new ImportedFile("a.csv", "CSV", "UTF-8", ',', DecimalStyle.Point, 1, 2, 0, summary.Absent));
        summary.Absent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(";", "3,41", DecimalStyle.Comma)]
    [InlineData("\t", "3,41", DecimalStyle.Comma)]
    [InlineData("\t", "3.41", DecimalStyle.Point)]
    [InlineData(",", "\"3,41\"", DecimalStyle.Comma)]
    public void Wide_DelimiterAndMark_AreFoundFromTheFile(string delimiter, string share, DecimalStyle style)
    {
        var (found, summary) = FileDefinitions.Read("a.csv", (Header + "101,2020M01,Ydelsesgrupper i alt,5,#\n").Replace(",", delimiter, StringComparison.Ordinal).Replace("#", share, StringComparison.Ordinal));

        found[1].Value.ShouldBe(3.41);
        found[1].Breakdown.ShouldBe(Breakdown.Total);
        summary.Decimals.ShouldBe(style);
        summary.Delimiter.ShouldBe(delimiter[0]);
    }

    [Theory]
    [InlineData(65001, true, "UTF-8")]
    [InlineData(65001, false, "UTF-8")]
    [InlineData(1252, false, "Windows-1252")]
    [InlineData(1200, true, "UTF-16")]
    public void Wide_AnyEncoding_IsReadTheSame(int codePage, bool mark, string name)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
        byte[] content = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Header.Replace(',', ';') + "Læsø;2020M01;Kontanthjælp mv.;1;2\r\n")];

        var (found, summary) = FileDefinitions.Read("a.csv", content);

        found[0].Area.ShouldBe("825");
        found[0].Breakdown.ShouldBe("benefit_group=kontanthjaelp");
        summary.Encoding.ShouldBe(name);
    }

    [Fact]
    public void Tidy_IndicatorColumn_NamesTheIndicator()
    {
        var (found, _) = FileDefinitions.Read("a.csv", "municipality,year,indicator,value\nCopenhagen,2019,unemployment_pct,3.5\nÅrhus,2019,population,345332\n", "panel");

        found.ShouldBe([
            new Observation("101", Period.OfYear(2019), "unemployment_pct", "", 3.5, ObservationStatus.Ok),
            new Observation("751", Period.OfYear(2019), "population", "", 345332, ObservationStatus.Ok),
        ]);
    }

    [Fact]
    public void Tidy_StatusColumn_Wins()
    {
        var (found, _) = FileDefinitions.Read("a.csv", """
            area,period,indicator,benefit_group,value,status
            101,2020M01,full_time_persons,a-dagpenge,12.5,ok
            101,2020M02,full_time_persons,a-dagpenge,0,zero
            101,2020M03,full_time_persons,a-dagpenge,,missing
            101,2020M04,full_time_persons,a-dagpenge,2,suppressed
            101,2020M05,full_time_persons,a-dagpenge,7,provisional
            101,2020M06,population,,7,break
            101,2020M07,population,,0,

            """);

        found.Select(o => (o.Value, o.Status, o.Raw)).ShouldBe([
            (12.5, ObservationStatus.Ok, null), (0, ObservationStatus.Zero, null), (null, ObservationStatus.Missing, null), (null, ObservationStatus.Suppressed, "2"),
            (7, ObservationStatus.Provisional, null), (7, ObservationStatus.Break, null), (0, ObservationStatus.Zero, null),
        ]);
        found[5].Breakdown.ShouldBe(Breakdown.Total);
    }

    [Theory]
    [InlineData("", ObservationStatus.Missing, null)]
    [InlineData("-", ObservationStatus.Missing, "-")]
    [InlineData(".", ObservationStatus.Missing, ".")]
    [InlineData("..", ObservationStatus.Missing, "..")]
    [InlineData("null", ObservationStatus.Missing, "null")]
    [InlineData("\u00A0", ObservationStatus.Missing, "\u00A0")]
    [InlineData("<3", ObservationStatus.Suppressed, "<3")]
    [InlineData("0", ObservationStatus.Zero, null)]
    [InlineData("0,00", ObservationStatus.Zero, "0,00")]
    [InlineData("-0", ObservationStatus.Zero, "-0")]
    public void Cell_NoNumberOrZero_KeepsStatusAndRaw(string text, ObservationStatus status, string? raw)
    {
        var (found, _) = FileDefinitions.Read("a.csv", Header.Replace(',', ';') + $"101;2020M01;A-dagpenge mv.;5;{text}\n");

        found[1].Status.ShouldBe(status);
        found[1].Value.ShouldBe(status == ObservationStatus.Zero ? 0 : null);
        found[1].Raw.ShouldBe(raw);
    }

    [Fact]
    public void Area_IgnoredLabel_IsSkippedAndCounted()
    {
        var (found, summary) = FileDefinitions.Read("a.csv", Header + "Uoplyst område,2020M01,A-dagpenge mv.,1,2\nRegion Hovedstaden,2020M01,A-dagpenge mv.,1,2\nHele landet,2020M01,A-dagpenge mv.,1,2\n");

        found.Select(o => o.Area).Distinct().ShouldBe(["084", "000"]);
        summary.SkippedRows.ShouldBe(1);
        summary.Rows.ShouldBe(3);
    }

    [Fact]
    public void StatBank_CodeAndValue_BindsByCode()
    {
        var (found, _) = FileDefinitions.Read("a.csv", "\uFEFFOMRÅDE;SAESONFAK;TID;INDHOLD\r\n101 København;24 Faktiske tal;2023M01;12345\r\n000 Hele landet;10 Sæsonkorrigerede tal;2023M01;..\r\n");

        found.ShouldBe([
            new Observation("101", Period.Month(2023, 1), "unemployed_persons", "", 12345, ObservationStatus.Ok),
            new Observation("000", Period.Month(2023, 1), "unemployed_persons", "adjustment=adjusted", null, ObservationStatus.Missing, ".."),
        ]);
    }
}
