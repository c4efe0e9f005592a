using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Tests.Files;

/// <summary>The forms that the sources' own sites export for reading: titles above, periods in columns, notes below.</summary>
public sealed class ExportImportTests
{
    internal const string PeriodsInRows = """
        "Forventet og faktisk antal";;;;
        ;;;;
        "Område";"Periode";"Ydelsesgrupper";"Forventet antal";"Forventet andel (pct.)"
        "København";"2020QMAT02";"A-dagpenge mv.";16170;3,41
        "Vesthimmerland Kommune";"2020QMAT02";"A-dagpenge mv.";..;-

        "Kilde: jobindsats.dk";;;;
        "Anm.: Tallene er afrundet; se mere på siden";;;;

        """;

    internal const string PeriodsInColumns = """
        Forventet antal fuldtidspersoner
        
        Område;Ydelsesgrupper;2020QMAT02;2020QMAT04
        København;A-dagpenge mv.;16.170;16.200
        ;Kontanthjælp mv.;18.120;1.234.567
        Læsø;A-dagpenge mv.;10;
        
        Kilde: jobindsats.dk
        """;

    private const string MeasuresAbovePeriods = """
        Titel;;;;
        ;;Forventet antal;;Forventet andel (pct.);
        Område;Ydelsesgrupper;2020M01;2020M02;2020M01;2020M02
        København;A-dagpenge mv.;1;2;3,5;4,5
        """;

    private const string PeriodsAboveMeasures = """
        ;;2020M01;;2020M02;
        Område;Ydelsesgrupper;Forventet antal;Forventet andel (pct.);Forventet antal;Forventet andel (pct.)
        København;A-dagpenge mv.;1;3,5;2;4,5
        """;

    internal const string StatBankMatrix = """
        "Fuldtidsledige efter område og tid"
        "";"2023M01";"2023M02"
        "København";"12345";".."
        "Hele landet";"91000";"90000"
        """;

    [Fact]
    public void Jobindsats_PeriodsInRows_IsReadBetweenTitleAndNotes()
    {
        var (found, summary) = FileDefinitions.Read("a.csv", PeriodsInRows);

        found.Select(o => (o.Area, o.Indicator, o.Value, o.Raw)).ShouldBe([
            ("101", "expected_persons", 16170, null), ("101", "expected_share_pct", 3.41, "3,41"), ("820", "expected_persons", null, ".."), ("820", "expected_share_pct", null, "-"),
        ]);
        summary.Rows.ShouldBe(2);
    }

    [Fact]
    public void Jobindsats_PeriodsInColumns_IsReadWithTheTitlesMeasure()
    {
        var (found, _) = FileDefinitions.Read("a.csv", PeriodsInColumns);

        found.Select(o => (o.Area, o.Period.ToString(), o.Breakdown[14..], o.Value)).ShouldBe([
            ("101", "2020QMAT02", "a-dagpenge", 16170), ("101", "2020QMAT04", "a-dagpenge", 16200),
            ("101", "2020QMAT02", "kontanthjaelp", 18120), ("101", "2020QMAT04", "kontanthjaelp", 1234567),
            ("825", "2020QMAT02", "a-dagpenge", 10), ("825", "2020QMAT04", "a-dagpenge", null),
        ]);
        found.ShouldAllBe(o => o.Indicator == "expected_persons");
    }

    [Theory]
    [InlineData(MeasuresAbovePeriods)]
    [InlineData(PeriodsAboveMeasures)]
    public void Jobindsats_TwoHeaderRows_AreReadTogether(string content)
    {
        var (found, _) = FileDefinitions.Read("a.csv", content);

        found.Select(o => (o.Indicator, o.Period.ToString(), o.Value)).ShouldBe(
            [("expected_persons", "2020M01", 1), ("expected_persons", "2020M02", 2), ("expected_share_pct", "2020M01", 3.5), ("expected_share_pct", "2020M02", 4.5)],
            ignoreOrder: true);
    }

    [Fact]
    public void StatBank_MatrixWithNamelessStub_IsRead()
    {
        var (found, _) = FileDefinitions.Read("a.csv", StatBankMatrix, "unemployed");

        found.Select(o => (o.Area, o.Period.ToString(), o.Value)).ShouldBe([
            ("101", "2023M01", 12345), ("101", "2023M02", null), ("000", "2023M01", 91000), ("000", "2023M02", 90000),
        ]);
    }

    [Fact]
    public void Wide_IndicatorsAsColumnsOfATidyTable_AreRead()
    {
        var (found, _) = FileDefinitions.Read("a.csv", "municipality,year,population,unemployment_pct\nAarhus,2019,345332,4.1\n", "panel");

        found.Select(o => (o.Indicator, o.Value)).ShouldBe([("population", 345332), ("unemployment_pct", 4.1)]);
    }

    [Fact]
    public void Notes_WithDataAfter_AreReportedAsRagged()
    {
        var fault = FileDefinitions.Faults("a.csv", PeriodsInRows + "\"København\";\"2020QMAT04\";\"A-dagpenge mv.\";1;1\n").ShouldHaveSingleItem();

        fault.ShouldBe(new InputProblem(Texts.RaggedRow, "a.csv", 7, null, "Kilde: jobindsats.dk", "5 celler"));
    }

    [Fact]
    public void Table_NotNamedAndSeveralFit_AsksWhich()
    {
        var twin = FileDefinitions.Set.Tables["benchmark"] with { Id = "twin" };
        var definitions = FileDefinitions.Set with { Tables = new Dictionary<string, TableDefinition>(FileDefinitions.Set.Tables) { ["twin"] = twin } };
        var content = System.Text.Encoding.UTF8.GetBytes(PeriodsInRows);

        Should.Throw<InputException>(() => FileDefinitions.Read("a.csv", content, null, definitions)).Problems.ShouldHaveSingleItem().Expected.ShouldBe("benchmark eller twin");
        FileDefinitions.Read("twin-2020.csv", content, null, definitions).Observations.Count.ShouldBe(4);
        FileDefinitions.Read("a.csv", content, "Twin", definitions).Observations.Count.ShouldBe(4);
    }
}
