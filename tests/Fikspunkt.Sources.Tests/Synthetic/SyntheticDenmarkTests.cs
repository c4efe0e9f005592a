using Fikspunkt.Definitions;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Sources.Synthetic;
using Fikspunkt.Sources.Tests.Files;
using Fikspunkt.Testing;
using NodaTime;

namespace Fikspunkt.Sources.Tests.Synthetic;

/// <summary>The generator with the real definitions.</summary>
public sealed class SyntheticDenmarkTests
{
    private static readonly DefinitionSet Definitions = DefinitionLoader.Load(RepositoryFiles.Path("definitions"));
    private static readonly SyntheticPanel Panel = SyntheticDenmark.Generate(new SyntheticOptions(), Definitions);

    [Fact]
    public void Generate_Definitions_KnowEveryIndicatorAndGroup()
    {
        var groups = Definitions.BenefitGroups.Select(group => group.Id).ToHashSet(StringComparer.Ordinal);

        Panel.Observations.Select(cell => cell.Indicator).Distinct(StringComparer.Ordinal).ShouldAllBe(id => Definitions.Indicators.ContainsKey(id));
        SyntheticGroup.All.ShouldAllBe(group => groups.Contains(group.Id));
        Panel.Draw.Structure.Municipalities.Count.ShouldBe(98);
    }

    [Fact]
    public void Generate_Reforms_StandInTheLedgerOfBreaks()
    {
        foreach (var group in SyntheticGroup.All)
        {
            foreach (var reform in group.Reforms)
            {
                var entry = Definitions.Breaks.Single(entry => entry.Id == reform.Id);
                var first = entry.Date.Day == 1 ? entry.Date : entry.Date.PlusMonths(1);
                new LocalDate(reform.Year, reform.Month, 1).ShouldBe(new LocalDate(first.Year, first.Month, 1), reform.Id);
                entry.Touches(SyntheticDenmark.PersonsIndicator, group.Id).ShouldBeTrue(reform.Id);
            }
        }
    }

    [Fact]
    public void Model_Covariates_AreTheConditionsInTheFormTheyActIn()
    {
        var model = Definitions.Models["synthetic-denmark"];

        model.Covariates.Select(covariate => covariate.Indicator).ShouldBe(SyntheticConditions.Ids, ignoreOrder: true);
        model.Covariates.ShouldAllBe(covariate => (covariate.Transform == CovariateTransform.Log) == (covariate.Indicator == "disposable_income"));
        model.Outcomes.Select(outcome => outcome.Breakdown).ShouldBe(SyntheticGroup.All.Select(group => Breakdown.OfBenefitGroup(group.Id)), ignoreOrder: true);
        model.Exposure.Indicator.ShouldBe(SyntheticDenmark.PopulationIndicator);
    }

    [Fact]
    public void Generate_CommutingAreas_ShareTheirEmployment()
    {
        var structure = Panel.Draw.Structure;
        for (var month = 0; month < 120; month += 12)
        {
            var rates = Enumerable.Range(0, 98).ToLookup(area => structure.Municipalities[area].CommutingArea, area => structure.Condition(SyntheticConditions.Employment, area, month));
            rates.Count.ShouldBeGreaterThan(15);
            rates.ShouldAllBe(area => area.Distinct().Count() == 1);
            rates.Select(area => area.First()).Distinct().Count().ShouldBeGreaterThan(15);
        }
    }

    [Fact]
    public void Generate_Totals_AreInPlausibleRanges()
    {
        var actual = Enumerable.Range(0, 98).Select(area => 100 * Panel.Draw.ActualShare(null, area, 108, 12)).ToArray();
        var expected = Enumerable.Range(0, 98).Select(area => 100 * Panel.Draw.ExpectedShare(null, area, 108, 12)).ToArray();

        actual.Average().ShouldBeInRange(15, 20);
        expected.Min().ShouldBeInRange(7, 11);
        expected.Max().ShouldBeInRange(24, 34);
        Enumerable.Range(0, 98).Sum(area => Panel.Draw.Structure.Population(area, 108)).ShouldBeInRange(3_700_000, 4_000_000);
    }

    [Fact]
    public void Write_ReadLikeAnyFile_GivesTheSameCells()
    {
        using var folder = new TemporaryFolder();
        SyntheticFiles.Write(Panel, folder.Path);

        var (observations, summary) = FileDefinitions.Read(SyntheticFiles.DataFile, File.ReadAllBytes(folder.File(SyntheticFiles.DataFile)), table: null, Definitions);

        summary.Decimals.ShouldBe(DecimalStyle.Point);
        summary.SkippedRows.ShouldBe(0);
        observations.Count.ShouldBe(Panel.Observations.Count);
        foreach (var (read, written) in observations.Zip(Panel.Observations))
        {
            (read with { Raw = null }).ShouldBe(written);
        }
    }
}
