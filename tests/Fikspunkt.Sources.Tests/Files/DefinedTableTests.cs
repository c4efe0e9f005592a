using System.Text;
using Fikspunkt.Definitions;
using Fikspunkt.Domain;
using Fikspunkt.Testing;

namespace Fikspunkt.Sources.Tests.Files;

/// <summary>The tables that ship, read in the shapes that the sources document.</summary>
public sealed class DefinedTableTests
{
    private static readonly Lazy<DefinitionSet> Definitions = new(() => DefinitionLoader.Load(RepositoryFiles.Path("definitions")));

    [Theory]
    [InlineData("aup02", "OMRÅDE;ALDER;KØN;TID;INDHOLD\nKøbenhavn;Alder i alt;I alt;2023M01;3,1\n", "101", "unemployment_pct", "", 3.1)]
    [InlineData("aup02", "OMRÅDE;ALDER;KØN;TID;INDHOLD\n147 Frederiksberg;16-24 16-24 år;K Kvinder;2023M01 2023M01;3,1\n", "147", "unemployment_pct", "age=16-24;sex=women", 3.1)]
    [InlineData("folk1am", "OMRÅDE;KØN;ALDER;TID;INDHOLD\nHele landet;TOT;IALT;2023M01;5932654\n", "000", "population", "", 5932654)]
    [InlineData("aus08", "OMRÅDE;SAESONFAK;TID;INDHOLD\n751;10;2023M01;5400\n", "751", "unemployed_persons", "adjustment=seasonally-adjusted", 5400)]
    [InlineData("synthetic-denmark", "area,period,indicator,benefit_group,value,status\n101,2023M01,full_time_persons,a-dagpenge,5,ok\n", "101", "full_time_persons", "benefit_group=a-dagpenge", 5)]
    public void Table_DocumentedShape_GivesTheObservation(string table, string content, string area, string indicator, string breakdown, double value)
    {
        var (found, _) = FileDefinitions.Read("a.csv", Encoding.UTF8.GetBytes(content), table, Definitions.Value);

        var only = found.ShouldHaveSingleItem();
        (only.Area, only.Indicator, only.Breakdown, only.Value).ShouldBe((area, indicator, breakdown, value));
    }

    [Fact]
    public void Y01a02_RowsThatAreNoArea_AreLeftOutAndTheBenefitIsNamed()
    {
        const string Content = """
            Område;Periode;Køn;Antal personer;Antal fuldtidspersoner;Fuldtidspersoner i pct. af arbejdsstyrken;Fuldtidspersoner i pct. af befolkningen16-66 år
            Vesthimmerlands;2023M01;Kvinder;1.234;1.000;2,10;1,50
            Uoplyst område;2023M01;Kvinder;3;3;0,10;0,10
            RAR Hovedstaden;2023M01;Kvinder;9.000;8.000;2,00;1,40

            """;

        var (found, _) = FileDefinitions.Read("a.csv", Encoding.UTF8.GetBytes(Content), "y01a02", Definitions.Value);

        found.Select(observation => (observation.Area, observation.Indicator, observation.Breakdown, observation.Value)).ShouldBe([
            ("820", "benefit_recipients", "benefit_group=a-dagpenge;sex=women", 1234),
            ("820", "full_time_persons", "benefit_group=a-dagpenge;sex=women", 1000),
            ("820", "full_time_persons_labour_force_pct", "benefit_group=a-dagpenge;sex=women", 2.1),
            ("820", "full_time_persons_16_66_pct", "benefit_group=a-dagpenge;sex=women", 1.5),
        ]);
    }
}
