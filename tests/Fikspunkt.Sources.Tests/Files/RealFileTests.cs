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

    private static (List<Observation> Observations, ImportedFile Summary) Read(string folder, string name)
    {
        var path = RepositoryFiles.Shared("data", folder, name);
        return FileDefinitions.Read(name, File.ReadAllBytes(path), table: null, Definitions.Value);
    }

    private static Observation Plain(Observation observation) => observation with { Raw = null };
}
