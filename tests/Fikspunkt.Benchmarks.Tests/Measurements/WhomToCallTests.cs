using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Sources.Synthetic;

namespace Fikspunkt.Benchmarks.Tests.Measurements;

/// <summary>Whom to call: those named truly do better, and nobody is named on noise.</summary>
public sealed class WhomToCallTests
{
    private static readonly Lazy<MeasurementResult> Result = new(() => SyntheticInput.Run("whom-to-call"));

    [Fact]
    public void Named_InTheSyntheticDenmark_TrulyDoBetterInEveryPeriod()
    {
        var (named, truly) = (0, 0);
        foreach (var row in Named(Result.Value))
        {
            named++;
            truly += ((int[])[2022, 2023, 2024]).All(year => True(row, "area", year) > True(row, "call", year)) ? 1 : 0;
        }

        named.ShouldBeGreaterThan(20, "there are truly good and truly poor municipalities to be told apart");
        truly.ShouldBeGreaterThanOrEqualTo((int)Math.Ceiling(0.9 * named), $"{truly} of {named}");
    }

    [Fact]
    public void Named_InADenmarkWithoutEffects_IsAlmostNobody()
    {
        var panel = SyntheticDenmark.Generate(new SyntheticOptions(EffortScale: 0), SyntheticInput.Definitions);
        var input = new MeasurementInput(SyntheticInput.Definitions, panel.Observations, SyntheticInput.Input.Vintages);
        var result = input.Measure(SyntheticInput.Definitions.Measurements["whom-to-call"]);

        // 98 x 13 questions were asked.
        Named(result).Count().ShouldBeLessThanOrEqualTo(3);
        result.Positions.Count.ShouldBe(98 * 13);
    }

    [Fact]
    public void Named_AreNearAndBetterInTheTable()
    {
        var spec = SyntheticInput.Definitions.Measurements["whom-to-call"];
        var positions = Result.Value.Positions.ToDictionary(position => (position.Area, position.Outcome));
        var outcomes = SyntheticInput.Definitions.Models["synthetic-denmark"].Outcomes.ToDictionary(outcome => outcome.Name.Da, outcome => outcome.Id, StringComparer.Ordinal);
        foreach (var row in Named(Result.Value))
        {
            Cell<double>(row, "distance").ShouldBeInRange(0, spec.Number("farthest"));
            Cell<double>(row, "fewer_persons").ShouldBeGreaterThan(0);
            Cell<double>(row, "fewer_at_least").ShouldBeInRange(0, Cell<double>(row, "fewer_persons"));
            var outcome = outcomes.GetValueOrDefault(Cell<LocalizedText>(row, "outcome").Da, "synthetic-total");
            var (own, other) = (positions[(Cell<string>(row, "area"), outcome)], positions[(Cell<string>(row, "call"), outcome)]);
            own.Class.ShouldBe(SignificanceClass.Worse);
            other.Value.ShouldBeLessThan(own.Value);
            other.RankLower.ShouldBeLessThan(own.RankUpper);
        }
    }

    [Fact]
    public void EveryWeakPoint_HasSomebodyOrAReason_AndASentence()
    {
        var weak = Result.Value.Positions.Count(position => position.Class == SignificanceClass.Worse);
        Result.Value.Statements.Count(statement => statement is { Area: not null, Kind: "position" }).ShouldBe(weak);
        foreach (var row in Result.Value.Tables[0].Rows)
        {
            (row[Place("call")] is null).ShouldBe(row[Place("nobody")] is LocalizedText);
        }

        var nobody = Result.Value.Tables[0].Rows.Count(row => row[Place("call")] is null);
        Result.Value.Statements.Count(statement => statement.Text.En.Contains("Nobody is named", StringComparison.Ordinal)).ShouldBe(nobody);
        Result.Value.Statements.ShouldAllBe(statement => !statement.Text.En.Contains("because of", StringComparison.Ordinal));
    }

    [Fact]
    public void Requirements_EachLeavesNoMoreThanTheOneBefore()
    {
        foreach (var row in Result.Value.Tables[2].Rows)
        {
            row.Skip(1).Cast<int>().ShouldBeInOrder(SortDirection.Descending);
        }
    }

    [Fact]
    public void Positions_AreThoseOfTheModelsRun()
    {
        var model = SyntheticInput.Definitions.Models["synthetic-denmark"];
        var run = SyntheticInput.Input.Run(model with { Periods = model.Periods with { TrendMonths = 0 }, Ranking = model.Ranking with { Draws = 2000 } })
            .Results.Where(result => result.Period == Result.Value.Positions[0].Period).ToDictionary(result => (result.Area, result.Outcome));
        run.Count.ShouldBe(Result.Value.Positions.Count);
        foreach (var position in Result.Value.Positions)
        {
            var own = run[(position.Area, position.Outcome)];
            position.Value.ShouldBe(own.Difference, 1e-15);
            position.StandardError.ShouldBe(own.StandardError, 1e-15);
            (position.Lower, position.Upper).ShouldBe((own.Lower, own.Upper), "the same intervals");
            (position.Rank, position.RankLower, position.RankUpper, position.Class).ShouldBe((own.Rank, own.RankLower, own.RankUpper, own.Class));
        }
    }

    [Fact]
    public void NearestOfNone_NamesNobody()
    {
        var spec = SyntheticInput.Definitions.Measurements["whom-to-call"];
        var settings = new Dictionary<string, string>(spec.Settings, StringComparer.Ordinal) { ["farthest"] = "0" };
        var result = SyntheticInput.Input.Measure(spec with { Settings = settings });
        Named(result).ShouldBeEmpty();
        result.Tables[0].Rows.Count.ShouldBeGreaterThan(0);
        result.Tables[0].Rows.ShouldAllBe(row => (int)row[Place("alike")]! == 0);
    }

    private static double True(IReadOnlyList<object?> row, string column, int year)
    {
        var draw = SyntheticInput.Panel.Draw;
        var area = Enumerable.Range(0, draw.Structure.Municipalities.Count).First(a => draw.Structure.Municipalities[a].Code == Cell<string>(row, column));
        var name = Cell<LocalizedText>(row, "outcome").Da;
        var outcome = SyntheticInput.Definitions.Models["synthetic-denmark"].Outcomes.FirstOrDefault(outcome => outcome.Name.Da == name);
        int? group = outcome is null ? null : Enumerable.Range(0, SyntheticGroup.All.Count).First(g => SyntheticGroup.All[g].Id == outcome.BenefitGroup);
        return draw.TrueDifference(group, area, 12 * (year - SyntheticOptions.FirstYear), 12);
    }

    private static IEnumerable<IReadOnlyList<object?>> Named(MeasurementResult result) => result.Tables[0].Rows.Where(row => row[Place("call")] is not null);

    private static T Cell<T>(IReadOnlyList<object?> row, string column) => (T)row[Place(column)]!;

    private static int Place(string column) => Result.Value.Tables[0].Columns.Select((item, place) => (item.Id, place)).First(item => item.Id == column).place;
}
