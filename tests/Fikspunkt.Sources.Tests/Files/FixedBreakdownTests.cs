using System.Text;
using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Tests.Files;

public sealed class FixedBreakdownTests
{
    [Fact]
    public void FixedBreakdown_TableOnOneBenefit_IsJoinedToTheColumns()
    {
        var sex = new TableDimension(DimensionRole.Breakdown, "sex", ["Køn"], new Dictionary<string, string> { ["I alt"] = "", ["Kvinder"] = "women" });
        var benchmark = FileDefinitions.Set.Tables["panel"];
        var table = benchmark with
        {
            Id = "one-benefit",
            Dimensions = [.. benchmark.Dimensions, sex],
            FixedBreakdown = "benefit_group=a-dagpenge",
        };
        var definitions = FileDefinitions.Set with { Tables = new Dictionary<string, TableDefinition> { [table.Id] = table } };
        var content = Encoding.UTF8.GetBytes("municipality,year,Køn,indicator,value\n101,2019,Kvinder,full_time_persons,5\n101,2019,I alt,full_time_persons,9\n");

        var (found, _) = FileDefinitions.Read("a.csv", content, "one-benefit", definitions);

        found.Select(observation => observation.Breakdown).ShouldBe(["benefit_group=a-dagpenge;sex=women", "benefit_group=a-dagpenge"]);
    }
}
