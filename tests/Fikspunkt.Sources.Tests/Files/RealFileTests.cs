using System.Text;
using Fikspunkt.Definitions;
using Fikspunkt.Domain;
using Fikspunkt.Testing;

namespace Fikspunkt.Sources.Tests.Files;

/// <summary>The sources' own files, with the definitions that ship.</summary>
public sealed class RealFileTests
{
    private static readonly Lazy<DefinitionSet> Definitions = new(() => DefinitionLoader.Load(RepositoryFiles.Path("definitions")));

    [Fact]
    public void Y30r21_CsvAndVersion2Json_GiveTheSameValues()
    {
        var (csv, csvSummary) = Read("y30r21", "y30r21.csv");
        var (json, jsonSummary) = Read("y30r21", "y30r21-v2.json");

        csv.Count.ShouldBe(98 * 4 * 4 * 7);
        json.Select(Plain).ShouldBe(csv.Select(Plain));
        csvSummary.Decimals.ShouldBe(DecimalStyle.Point);
        jsonSummary.Decimals.ShouldBe(DecimalStyle.Comma);
        csv[3].ShouldBe(new Observation("101", Period.Parse("2020QMAT02"), "y30r21_expected_share_pct", Breakdown.Total, 9.08, ObservationStatus.Ok));
        json[3].Raw.ShouldBe("9,08");
    }

    [Fact]
    public void DstMunicipalities_IsReadWhole()
    {
        var (found, summary) = Read("dst-municipalities", "dst-municipalities.csv");

        found.Count.ShouldBe(16_464);
        summary.Rows.ShouldBe(16_464);
        found.Select(o => o.Area).Distinct().Count().ShouldBe(98);
        found.Select(o => o.Indicator).Distinct().Count().ShouldBe(15);
        found.Single(o => o.Area == "101" && o.Indicator == "age65_pct" && o.Period == Period.OfYear(2007)).Value.ShouldBe(10.7);
    }

    [Fact]
    public void Aus08_StatBanksCsvAndJsonStat_GiveTheSameValues()
    {
        const string Csv = "\uFEFFOMRÅDE;SAESONFAK;TID;INDHOLD\r\n101 København;24 Faktiske tal;2023M01 2023M01;7643\r\n730 Randers;24 Faktiske tal;2023M01 2023M01;..\r\n";
        const string Json = """
            {"dataset":{"dimension":{"OMRÅDE":{"category":{"index":{"101":0,"730":1}}},"SAESONFAK":{"category":{"index":{"24":0}}},"ContentsCode":{"category":{"index":{"AUS08":0}}},
            "Tid":{"category":{"index":{"2023M01":0}}},"id":["OMRÅDE","SAESONFAK","ContentsCode","Tid"],"size":[2,1,1,1]},"value":[7643,null]}}
            """;

        var csv = FileDefinitions.Read("aus08.csv", Encoding.UTF8.GetBytes(Csv), "aus08", Definitions.Value).Observations;
        var json = FileDefinitions.Read("aus08.json", Encoding.UTF8.GetBytes(Json), null, Definitions.Value).Observations;

        json.Select(Plain).ShouldBe(csv.Select(Plain));
        csv[0].ShouldBe(new Observation("101", Period.Month(2023, 1), "unemployed_persons", Breakdown.Total, 7643, ObservationStatus.Ok));
    }

    [Fact]
    public void Y36a02_Version3_HasTheTablesOwnBreakdown()
    {
        const string Json = """{"columns":["Område","Periode","Køn","Antal fuldtidspersoner"],"rows":[["København","2023M01","Kvinder",812.4],["Uoplyst område","2023M01","Kvinder",1]]}""";

        var (found, summary) = FileDefinitions.Read("y36a02.json", Encoding.UTF8.GetBytes(Json), null, Definitions.Value);
        var nameless = Should.Throw<InputException>(() => FileDefinitions.Read("data.json", Encoding.UTF8.GetBytes(Json), null, Definitions.Value));

        found.ShouldBe([new Observation("101", Period.Month(2023, 1), "full_time_persons", "benefit_group=kontanthjaelp;sex=women", 812.4, ObservationStatus.Ok)]);
        summary.SkippedRows.ShouldBe(1);
        summary.Absent.ShouldContain("_oprinda");
        nameless.Problems.ShouldHaveSingleItem().Rule.ShouldBe(Texts.TableAmbiguous);
    }

    private static (List<Observation> Observations, ImportedFile Summary) Read(string folder, string name)
    {
        var path = RepositoryFiles.Shared("data", folder, name);
        return FileDefinitions.Read(name, File.ReadAllBytes(path), table: null, Definitions.Value);
    }

    private static Observation Plain(Observation observation) => observation with { Raw = null };
}
