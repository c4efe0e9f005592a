using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Tests.Files;

public sealed class JsonImportTests
{
    internal const string Version2 = """
        [{"Variables":[{"Name":"area","Label":"Område"},{"Name":"period","Label":"Periode"},{"Name":"_ygrp","Label":"Ydelsesgrupper"},{"Name":"m1","Label":"Forventet antal"},{"Name":"m2","Label":"Forventet andel (pct.)"}],
          "Data":[["København","2020QMAT02","Ydelsesgrupper i alt",43070,"9,08"],["Uoplyst område","2020QMAT02","A-dagpenge mv.",1,"-"],["Læsø","2020QMAT02","A-dagpenge mv.",null,"0,00"]]}]
        """;

    internal const string Version3 = """
        {"columns":["Område","Periode","_ygrp","Forventet antal","Forventet andel (pct.)"],
         "rows":[["København","2020QMAT02","Ydelsesgrupper i alt",43070,9.08],["Læsø","2020QMAT02","A-dagpenge mv.",null,0]]}
        """;

    internal const string JsonStat = """
        {"dataset":{"dimension":{
          "OMRÅDE":{"label":"område","category":{"index":{"101":0,"000":1},"label":{"101":"København","000":"Hele landet"}}},
          "ContentsCode":{"label":"Indhold","category":{"index":{"AUS08":0},"label":{"AUS08":"Fuldtidsledige"},"unit":{"AUS08":{"base":"antal","decimals":0}}}},
          "Tid":{"label":"tid","category":{"index":{"2023M01":0,"2023M02":1},"label":{"2023M01":"2023M01","2023M02":"2023M02"}}},
          "id":["OMRÅDE","ContentsCode","Tid"],"size":[2,1,2],"role":{"metric":["ContentsCode"],"geo":["OMRÅDE"],"time":["Tid"]}},
          "label":"Fuldtidsledige","source":"Danmarks Statistik","value":[12345,12000,null,91000.5]}}
        """;

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void Version2_LabelsAndCommaTexts_AreRead(string mark)
    {
        var (found, summary) = FileDefinitions.Read("a.json", mark + Version2);

        found.ShouldBe([
            new Observation("101", Period.Parse("2020QMAT02"), "expected_persons", "", 43070, ObservationStatus.Ok),
            new Observation("101", Period.Parse("2020QMAT02"), "expected_share_pct", "", 9.08, ObservationStatus.Ok, "9,08"),
            new Observation("825", Period.Parse("2020QMAT02"), "expected_persons", "benefit_group=a-dagpenge", null, ObservationStatus.Missing),
            new Observation("825", Period.Parse("2020QMAT02"), "expected_share_pct", "benefit_group=a-dagpenge", 0, ObservationStatus.Zero, "0,00"),
        ]);
        summary.SkippedRows.ShouldBe(1);
        summary.Decimals.ShouldBe(DecimalStyle.Comma);
    }

    [Fact]
    public void Version3_ColumnsAndRows_AreRead()
    {
        var (found, _) = FileDefinitions.Read("a.json", Version3);

        found.Select(o => o.Value).ShouldBe([43070, 9.08, null, 0]);
    }

    [Fact]
    public void JsonStat_Cube_GivesOneObservationACell()
    {
        var (found, summary) = FileDefinitions.Read("a.json", JsonStat);

        found.ShouldBe([
            new Observation("101", Period.Month(2023, 1), "unemployed_persons", "", 12345, ObservationStatus.Ok),
            new Observation("101", Period.Month(2023, 2), "unemployed_persons", "", 12000, ObservationStatus.Ok),
            new Observation("000", Period.Month(2023, 1), "unemployed_persons", "", null, ObservationStatus.Missing),
            new Observation("000", Period.Month(2023, 2), "unemployed_persons", "", 91000.5, ObservationStatus.Ok),
        ]);
        summary.Absent.ShouldBe(["SAESONFAK"]);
    }

    [Fact]
    public void JsonStat_SparseValues_AreRead()
    {
        var (found, _) = FileDefinitions.Read("a.json", JsonStat.Replace("[12345,12000,null,91000.5]", "{\"0\":1,\"3\":4}", StringComparison.Ordinal));

        found.Select(o => o.Value).ShouldBe([1, null, null, 4]);
    }

    [Fact]
    public void JsonStat_TooFewValues_IsReported() =>
        FileDefinitions.Faults("a.json", JsonStat.Replace("12000,", "", StringComparison.Ordinal)).ShouldHaveSingleItem()
            .ShouldBe(new InputProblem(Texts.JsonStatCount, "a.json", Found: "3", Expected: "4"));

    [Fact]
    public void Json_CutOff_IsReportedWithItsPlace()
    {
        var fault = FileDefinitions.Faults("a.json", Version2[..^20]).ShouldHaveSingleItem();

        fault.Rule.ShouldBe(Texts.JsonBroken);
        fault.Line.ShouldBe(2);
        fault.Column.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("{\"errorTypeCode\":\"REQUEST-LIMIT\",\"message\":\"...\"}")]
    [InlineData("[1]")]
    [InlineData("[{\"Variables\":3,\"Data\":[]}]")]
    [InlineData("{\"columns\":{},\"rows\":[]}")]
    [InlineData("{\"columns\":[{}],\"rows\":[]}")]
    [InlineData("{\"dataset\":[]}")]
    public void Json_OtherShape_IsReported(string content) =>
        FileDefinitions.Faults("a.json", content).ShouldHaveSingleItem().Rule.ShouldBe(Texts.JsonShape);

    [Fact]
    public void Version3_RenamedColumn_IsReported()
    {
        var faults = FileDefinitions.Faults("a.json", Version3.Replace("Forventet andel (pct.)", "Forventet andel af befolkningen", StringComparison.Ordinal));

        faults.ShouldContain(fault => fault.Rule == Texts.ColumnUnknown && fault.Found == "Forventet andel af befolkningen");
    }

    [Fact]
    public void Version3_CellThatIsAList_IsReported()
    {
        var fault = FileDefinitions.Faults("a.json", Version3.Replace("43070", "[1]", StringComparison.Ordinal)).ShouldHaveSingleItem();

        fault.ShouldBe(new InputProblem(Texts.NotANumber, "a.json", 1, "Forventet antal", "[1]", Texts.NumberExpected));
    }
}
