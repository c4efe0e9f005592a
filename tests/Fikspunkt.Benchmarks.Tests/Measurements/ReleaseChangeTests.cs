using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Tests.Measurements;

/// <summary>What changed between two releases: parts that add up, data that were revised, regression to the mean.</summary>
public sealed class ReleaseChangeTests
{
    private static readonly Lazy<MeasurementTable> Table = new(() => SyntheticInput.Run("release-change").Tables[0]);

    [Fact]
    public void Parts_AddUpToTheChangeExactly()
    {
        foreach (var row in Table.Value.Rows)
        {
            var parts = Cell(row, "revised_data") + Cell(row, "benefit_set") + Cell(row, "actual") + Cell(row, "composition") + Cell(row, "economy");
            parts.ShouldBe(Cell(row, "change"), 1e-12);
            (Cell(row, "actual") + Cell(row, "composition") + Cell(row, "economy")).ShouldBe(Cell(row, "performance"), 1e-12);
            Cell(row, "performance").ShouldBeInRange(Cell(row, "lower"), Cell(row, "upper"));
        }
    }

    [Fact]
    public void Change_IsThatOfTheTwoReleases()
    {
        var definitions = SyntheticInput.Definitions;
        var model = definitions.Models["synthetic-denmark"];
        var spec = definitions.Measurements["release-change"];
        Dictionary<string, double> Release(string benefits, string period) => SyntheticInput.Input
            .Run(BenefitSubset.AllPeriods(model, [.. spec.List(benefits)], definitions) with { Periods = model.Periods with { TrendMonths = 0, Select = [period] } })
            .Results.Where(result => result.Outcome == model.Total!.Id).ToDictionary(result => result.Area, result => result.Difference);
        var (before, after) = (Release("from_benefits", model.Periods.Select[^2]), Release("to_benefits", model.Periods.Select[^1]));
        foreach (var row in Table.Value.Rows)
        {
            Cell(row, "change").ShouldBe(after[(string)row[0]!] - before[(string)row[0]!], 1e-9);
        }
    }

    [Fact]
    public void RevisedData_OneFigureRaised_ShowsInThatMunicipalityAboveAll()
    {
        var input = SyntheticInput.Input;
        var model = input.Definitions.Models["synthetic-denmark"];
        var before = Period.Parse(model.Periods.Select[^2]);

        // In the earlier vintage Vejen had ten per cent fewer on cash benefit in the old period's last months.
        var raised = input.Observations.Select(observation => observation is { Area: "575", Indicator: "full_time_persons", Breakdown: "benefit_group=kontanthjaelp", Value: { } value } && observation.Period.Year == before.Year
            ? observation with { Value = 0.9 * value }
            : observation).ToList();
        var revised = new MeasurementInput(input.Definitions, input.Observations, input.Vintages) { Earlier = new MeasurementInput(input.Definitions, raised, input.Vintages) };
        var table = MeasurementRunner.Run(input.Definitions.Measurements["release-change"], revised).Tables[0];
        var own = table.Rows.First(row => (string)row[0]! == "575");
        Cell(own, "revised_data").ShouldBeGreaterThan(0);
        table.Rows.Where(row => (string)row[0]! != "575").Max(row => Math.Abs(Cell(row, "revised_data"))).ShouldBeLessThan(Cell(own, "revised_data") / 5);
        (Cell(own, "revised_data") + Cell(own, "benefit_set") + Cell(own, "performance")).ShouldBe(Cell(own, "change"), 1e-12);
    }

    [Fact]
    public void RegressionToTheMean_IsNamedOnlyWhereItGoesTheSameWay()
    {
        foreach (var row in Table.Value.Rows.Where(row => ((LocalizedText)row[^1]!).En == "yes"))
        {
            Math.Sign(Cell(row, "regression_to_mean")).ShouldBe(Math.Sign(Cell(row, "performance")));
        }

        Table.Value.Rows.Any(row => ((LocalizedText)row[^1]!).En == "yes").ShouldBeTrue();
        Table.Value.Rows.Any(row => ((LocalizedText)row[^1]!).En == "no").ShouldBeTrue();
    }

    [Fact]
    public void Interval_OfThePerformance_HoldsTheTruthAboutAsOftenAsItSays()
    {
        // True performance: the change of the true difference over the benefits of the new release.
        var spec = SyntheticInput.Definitions.Measurements["release-change"];
        var model = BenefitSubset.AllPeriods(SyntheticInput.Definitions.Models["synthetic-denmark"], [.. spec.List("to_benefits")], SyntheticInput.Definitions);
        var (draw, structure) = (SyntheticInput.Panel.Draw, SyntheticInput.Panel.Draw.Structure);
        var groups = model.Outcomes.Select(outcome => Sources.Synthetic.SyntheticGroup.All.Select((group, i) => (group.Id, i)).First(pair => pair.Id == outcome.BenefitGroup).i).ToList();
        double True(int area, string period)
        {
            var first = 12 * (Period.Parse(period).Year - Sources.Synthetic.SyntheticOptions.FirstYear);
            return groups.Sum(group => draw.TrueDifference(group, area, first, 12));
        }

        var (before, after) = (model.Periods.Select[^2], model.Periods.Select[^1]);
        bool Holds(IReadOnlyList<object?> row)
        {
            var area = structure.Municipalities.Select((municipality, i) => (municipality.Code, i)).First(pair => pair.Code == (string)row[0]!).i;
            var truth = True(area, after) - True(area, before);
            return truth >= Cell(row, "lower") && truth <= Cell(row, "upper");
        }

        Table.Value.Rows.Count(Holds).ShouldBeGreaterThan(88, "95 per cent of 98, less chance");
    }

    private static double Cell(IReadOnlyList<object?> row, string column) => (double)row[Table.Value.Columns.Select((item, place) => (item.Id, place)).First(item => item.Id == column).place]!;
}
