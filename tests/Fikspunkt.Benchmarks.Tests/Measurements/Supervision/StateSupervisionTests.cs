using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Sources.Synthetic;

namespace Fikspunkt.Benchmarks.Tests.Measurements.Supervision;

/// <summary>The state's goals on the synthetic Denmark, whose practice is known.</summary>
public sealed class StateSupervisionTests
{
    private static readonly Lazy<MeasurementResult> Result = new(() => SyntheticInput.Run("state-supervision"));
    private static readonly Lazy<Dictionary<string, SyntheticSupervisedYear>> Truth = new(() => SyntheticSupervision.Of(SyntheticInput.Panel.Draw, 2024).ToDictionary(own => own.Area, StringComparer.Ordinal));

    [Fact]
    public void Run_StatesRule_GivesNoVerdictAndNamesWhatIsMissing()
    {
        var main = Result.Value.Tables[0];
        main.Rows.Count.ShouldBe(98);
        foreach (var column in (string[])["state_focus_goal", "state_result_goal"])
        {
            main.Rows.ShouldAllBe(row => ((LocalizedText)row[Place(main, column)]!).En == "no verdict");
        }

        var rules = Table("rules");
        var why = ((LocalizedText)rules.Rows.Single(row => (string)row[0]! == "state-focus-goal")[Place(rules, "verdicts")]!).En;
        foreach (var parameter in (string[])["long course (weeks)", "window (weeks)", "limit (per cent)", "what the share is of", "reading of \"or\"", "legal source"])
        {
            why.ShouldContain(parameter);
        }

        main.Explanation.En.ShouldContain(why);
        Result.Value.Positions.ShouldAllBe(position => !position.Outcome.StartsWith("state-f", StringComparison.Ordinal) && !position.Outcome.StartsWith("state-r", StringComparison.Ordinal));
        Result.Value.Statements.Count(statement => statement.Area is null && statement.Text.En.Contains("no verdict", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public void Run_FreeMunicipality_IsMarkedShownAndNotJudged()
    {
        // Scenario 4: no rank on what it is exempt from; its result counts.
        var main = Result.Value.Tables[0];
        var row = main.Rows.Single(row => (string)row[0]! == "820");
        row[Place(main, "rank")].ShouldBeNull();
        ((LocalizedText)row[Place(main, "exempt")]!).En.ShouldBe("yes");
        ((LocalizedText)row[Place(main, "example_focus_goal_offers")]!).En.ShouldBe("exempt, not judged");
        Result.Value.Positions.Where(position => position.Area == "820").Select(position => position.Outcome).Distinct().ShouldBe(["example-result-goal"]);
        var offers = Table("example-focus-goal-offers");
        ((double)offers.Rows.Single(own => (string)own[0]! == "820")[Place(offers, "share_pct")]!).ShouldBeInRange(0, 1);
        var said = Result.Value.Statements.Where(statement => statement.Area == "820").Select(statement => statement.Text.En).ToList();
        said.ShouldContain(text => text.StartsWith("Example of a result goal", StringComparison.Ordinal));
        said.ShouldAllBe(text => !text.Contains("offer", StringComparison.Ordinal) && !text.Contains("conversations", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_Shares_AreThoseOfTheGeneratorsCounts()
    {
        foreach (var (id, lacks) in ((string, Func<SyntheticSupervisionCell, bool>)[])[("example-focus-goal-offers", cell => !cell.Offer), ("example-focus-goal-conversations", cell => !cell.Conversations)])
        {
            var table = Table(id);
            var (covered, counted) = (0, 0);
            foreach (var row in table.Rows)
            {
                var truth = Truth.Value[(string)row[0]!];
                var missed = SyntheticSupervision.Cells.Zip(truth.Counts).Where(pair => lacks(pair.First)).Sum(pair => pair.Second);
                var trueShare = SyntheticSupervision.Cells.Zip(truth.TrueShares).Where(pair => lacks(pair.First)).Sum(pair => pair.Second);
                var hidden = (int)row[Place(table, "hidden_cells")]!;
                ((double)row[Place(table, "missed_persons")]!).ShouldBe(missed, 0.5 * hidden + 1e-9);
                covered += (double)row[Place(table, "lower_pct")]! <= trueShare && trueShare <= (double)row[Place(table, "upper_pct")]! ? 1 : 0;
                counted++;
            }

            // 95 per cent of 98 is 93; five standard deviations below is 82.
            counted.ShouldBe(98);
            covered.ShouldBeGreaterThan(82);
        }
    }

    [Fact]
    public void Run_SureVerdicts_AreAlmostAllTrue()
    {
        var table = Table("example-focus-goal-offers");
        var wrong = 0;
        foreach (var row in table.Rows)
        {
            var truth = Truth.Value[(string)row[0]!];
            var trueShare = SyntheticSupervision.Cells.Zip(truth.TrueShares).Where(pair => !pair.First.Offer).Sum(pair => pair.Second);
            var verdict = ((LocalizedText)row[Place(table, "verdict")]!).En;
            wrong += (verdict == "above the limit" && trueShare <= 0.2) || (verdict == "within the limit" && trueShare > 0.2) ? 1 : 0;
        }

        table.Rows.Count(row => ((LocalizedText)row[Place(table, "verdict")]!).En == "above the limit").ShouldBeGreaterThan(10);
        wrong.ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public void Run_Overall_ComesFirstAndIsTheLargestDistance()
    {
        var overall = Result.Value.Positions.TakeWhile(position => position.Outcome == "state-supervision-distance").ToList();
        overall.Count.ShouldBe(97);
        foreach (var position in overall)
        {
            var others = Result.Value.Positions.Where(other => other.Area == position.Area && other.Outcome.StartsWith("example-focus-goal", StringComparison.Ordinal)).ToList();
            others.Count.ShouldBe(2);
            position.Value.ShouldBe(others.Max(other => other.Value));
            position.Rank.ShouldBeInRange(position.RankLower, position.RankUpper);
            position.Units.ShouldBe(97);
        }
    }

    [Fact]
    public void Run_ResultGoal_IsMissedExactlyWhereActualIsAboveExpectedInTheMinistrysBenchmark()
    {
        var ministry = SyntheticInput.Run("ministry-2018").Positions.Where(position => position.Outcome == "synthetic-total").ToDictionary(position => position.Area, StringComparer.Ordinal);
        var table = Table("example-result-goal");
        table.Rows.Count.ShouldBe(98);
        foreach (var row in table.Rows)
        {
            var own = ministry[(string)row[0]!];
            ((LocalizedText)row[Place(table, "verdict")]!).En.StartsWith("above", StringComparison.Ordinal).ShouldBe(own.Value > 0);
            ((double)row[Place(table, "certainty_pct")]!).ShouldBeInRange(own.Value > 0 ? 0.5 : 0, own.Value > 0 ? 1 : 0.5);
            row[Place(table, "rank")].ShouldBe(own.Rank);
        }
    }

    [Fact]
    public void Run_OfficialAndActual_DifferByThePaidHoursThatDoNotCount()
    {
        var table = Table("official-and-actual");
        foreach (var row in table.Rows)
        {
            var (official, progress, difference) = ((double)row[Place(table, "official_pct")]!, (double)row[Place(table, "progress_pct")]!, (double)row[Place(table, "difference_pp")]!);
            difference.ShouldBe(progress - official, 1e-12);
            var truth = Truth.Value[(string)row[0]!];
            var uncounted = SyntheticSupervision.Cells.Zip(truth.Counts).Where(pair => pair.First is { Offer: false, PaidHours: true }).Sum(pair => pair.Second);
            ((double)row[Place(table, "uncounted_persons")]!).ShouldBe(uncounted, 1 + 1e-9); // Two cells, each hidden as 1 or 2.
        }
    }

    [Fact]
    public void Run_RuleThatTheCellsWereNotCountedBy_GivesNoVerdict()
    {
        var result = Run(("minimum_conversations", "6"));
        var main = result.Tables[0];
        ((LocalizedText)main.Rows[0][Place(main, "example_focus_goal")]!).En.ShouldBe("no verdict");
        main.Explanation.En.ShouldContain("no verdict: the figures are counted by something else for minimum of conversations");
        result.Positions.ShouldBeEmpty();
    }

    [Fact]
    public void Run_RuleOfAnotherTime_IsListedAndNotApplied()
    {
        var result = Run(("valid_to", "2023-12-31"));
        result.Tables.ShouldNotContain(table => table.Id.StartsWith("example-focus-goal", StringComparison.Ordinal));
        var rules = result.Tables.Single(table => table.Id == "rules");
        ((LocalizedText)rules.Rows.Single(row => (string)row[0]! == "example-focus-goal")[Place(rules, "verdicts")]!).En.ShouldBe("no: not in force in the period");
    }

    [Fact]
    public void Run_OneReading_IsOneShareWithItsBaseInEveryTable()
    {
        var result = Run(("reading", "neither"), ("denominator", "all-citizens"));
        result.Positions[0].Outcome.ShouldBe("example-focus-goal-neither");
        var table = result.Tables.Single(own => own.Id == "example-focus-goal-neither");
        table.Explanation.En.ShouldContain("all citizens in the target groups");
        result.Tables[0].Explanation.En.ShouldContain("all citizens in the target groups");
        table.Rows.ShouldAllBe(row => ((LocalizedText)row[table.Columns.Count - 1]!).En == "all citizens in the target groups");
    }

    [Theory]
    [InlineData("exempt", "999")]
    [InlineData("benchmark", "kl-all-benefits")]
    [InlineData("period", "1999")]
    [InlineData("cells", "long_course_offer_talks_paid")]
    [InlineData("citizens", "nobody")]
    public void Run_SettingThatCannotBeUsed_IsNamed(string key, string value)
    {
        var spec = SyntheticInput.Definitions.Measurements["state-supervision"];
        var settings = new Dictionary<string, string>(spec.Settings, StringComparer.Ordinal) { [key] = value };
        Should.Throw<InputException>(() => MeasurementRunner.Run(spec with { Settings = settings }, SyntheticInput.Input)).Message.ShouldContain(value);
    }

    [Fact]
    public void Statements_EveryOne_SaysThatTheExampleIsAnExampleAndNoMoreThanTheIntervalAllows()
    {
        var table = Table("example-focus-goal-offers");
        foreach (var statement in Result.Value.Statements.Where(statement => statement.Area is not null))
        {
            statement.Text.En.ShouldContain("EXAMPLE");
            statement.Text.Da.ShouldContain("EKSEMPEL");
            statement.Text.Da.ShouldNotContain("..");
        }

        foreach (var row in table.Rows.Where(row => ((LocalizedText)row[Place(table, "verdict")]!).En.EndsWith("not surely", StringComparison.Ordinal)))
        {
            Result.Value.Statements.First(statement => statement.Area == (string)row[0]! && statement.Text.En.Contains("offer", StringComparison.Ordinal)).Text.En.ShouldContain("chance may bring about");
        }
    }

    private static MeasurementResult Run(params (string Key, string Value)[] changes)
    {
        var spec = SyntheticInput.Definitions.Measurements["state-supervision"];
        var values = new Dictionary<string, string>(spec.Rules.Single(rule => rule["id"] == "example-focus-goal"), StringComparer.Ordinal);
        foreach (var (key, value) in changes)
        {
            values[key] = value;
        }

        return MeasurementRunner.Run(spec with { Rules = [values] }, SyntheticInput.Input);
    }

    private static MeasurementTable Table(string id) => Result.Value.Tables.Single(table => table.Id == id);

    private static int Place(MeasurementTable table, string column) => table.Columns.Select((item, place) => (item.Id, place)).Single(item => item.Id == column).place;
}
