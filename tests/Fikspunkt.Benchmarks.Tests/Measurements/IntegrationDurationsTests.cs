using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Sources.Synthetic;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Benchmarks.Tests.Measurements;

/// <summary>AKF's benchmark on the synthetic Denmark, whose municipalities' true effects are known.</summary>
public sealed class IntegrationDurationsTests
{
    private static readonly MeasurementSpec Spec = SyntheticInput.Definitions.Measurements["akf-integration"];
    private static readonly Lazy<MeasurementResult> Result = new(() => SyntheticInput.Run("akf-integration"));

    // The ratio compares with the others, whose mean effect is near 0 on the log scale but not at it: both are centred.
    private static (double[] Truth, double[] Found, MeasuredPosition[] Positions) Compared()
    {
        MeasuredPosition[] positions = [.. Result.Value.Positions];
        double[] truth = [.. positions.Select(position => SyntheticInput.Integration.TrueEffects[position.Area])];
        double[] found = [.. positions.Select(position => Math.Log(position.Value))];
        return ([.. truth.Select(value => value - truth.Average())], [.. found.Select(value => value - found.Average())], positions);
    }

    [Fact]
    public void Run_SyntheticDenmark_HasTheFormOfTheFigure()
    {
        var rows = Result.Value.Tables[0].Rows;

        Result.Value.Tables[0].Id.ShouldBe("categories");
        rows.Select(row => ((LocalizedText)row[0]!).Da).GroupBy(name => name).Select(group => (group.Key, group.Count())).ShouldBe([("Meget god", 19), ("God", 19), ("Middel", 19), ("Dårlig", 19), ("Meget dårlig", 18)]);
        rows.Where(row => row[2] is "*").GroupBy(row => ((LocalizedText)row[0]!).Da).Select(group => (group.Key, group.Count())).ShouldBe([("Meget god", 10), ("Meget dårlig", 10)]);
        Result.Value.Tables.Single(table => table.Id == "too_small").Rows.Select(row => row[0]).ShouldBe(["492", "563", "741", "825"]);
        Result.Value.Synthetic.ShouldBeTrue();
    }

    [Fact]
    public void Run_SyntheticDenmark_FindsTheTrueEffects()
    {
        var (truth, found, positions) = Compared();

        var correlation = truth.Zip(found, (a, b) => a * b).Sum() / Math.Sqrt(truth.Sum(a => a * a) * found.Sum(b => b * b));
        // What chance of the size stated leaves of the correlation: sqrt(mean of sd^2 / (sd^2 + se^2)), found 0.85 with a standard error of 0.03.
        var reliability = positions.Average(position => 1 / (1 + Math.Pow(position.StandardError / position.Value / SyntheticIntegration.EffectSd, 2)));
        correlation.ShouldBe(Math.Sqrt(reliability), 0.09);

        // 94 intervals of 95 per cent: fewer than 84 have a probability below one in a hundred.
        var z = truth.Zip(found, positions).Count(item => Math.Abs(item.Second - item.First) <= 1.96 * item.Third.StandardError / item.Third.Value);
        z.ShouldBeInRange(84, 94);
        var ranks = RankOf.Smallest(truth, RankOrder.Highest);
        positions.Index().Count(pair => ranks[pair.Index] >= pair.Item.RankLower && ranks[pair.Index] <= pair.Item.RankUpper).ShouldBeGreaterThanOrEqualTo(84);
    }

    [Fact]
    public void Run_SyntheticDenmark_LabelsAreRightAsOftenAsTheySay()
    {
        var (truth, _, positions) = Compared();
        var sizes = RankCategories.Sizes(truth.Length, 5);
        var ranks = RankOf.Smallest(truth, RankOrder.Highest);
        int TrueCategory(int rank) => Enumerable.Range(0, 5).First(category => rank <= sizes.Take(category + 1).Sum());
        var rows = Result.Value.Tables[0].Rows.ToDictionary(row => (string)row[1]!);

        var stated = positions.Sum(position => (double)rows[position.Area][3]!);
        var right = positions.Index().Count(pair => IntegrationDurations.Categories[TrueCategory(ranks[pair.Index])].Id == pair.Item.Category);

        // The number that are right has a standard deviation of about 4.5.
        ((double)right).ShouldBe(stated, 14);
        foreach (var row in rows.Values)
        {
            row.Skip(4).Cast<double>().Sum().ShouldBe(1, 1e-9);
        }
    }

    [Fact]
    public void Run_MunicipalityWhereNobodyStarts_IsLastAndLowersTheOthersExpectation()
    {
        var before = Ranked(Result.Value)["461"];
        var spells = SyntheticInput.Integration.Spells.Select(spell => spell.Area == "751" ? spell with { Episodes = [] } : spell).ToList();
        var after = Ranked(Run(spells));

        ((double)after["751"][8]!).ShouldBe(0);
        ((double)after["751"][9]!).ShouldBe(0);
        after["751"][0].ShouldBe(94);
        ((double)after["461"][7]!).ShouldBeLessThan((double)before[7]!);
    }

    [Fact]
    public void Run_PersonsInAnotherOrder_GivesTheSame()
    {
        var again = Run([.. SyntheticInput.Integration.Spells.Reverse()]);

        again.Positions.ShouldBe(Result.Value.Positions);
    }

    [Fact]
    public void Run_Always_SaysNoMoreThanTheIntervalAllows()
    {
        foreach (var position in Result.Value.Positions)
        {
            position.Class.ShouldBe(position.Lower > 1 ? SignificanceClass.Better : position.Upper < 1 ? SignificanceClass.Worse : SignificanceClass.AsExpected);
            position.Lower.ShouldBeLessThan(position.Value);
            position.Rank.ShouldBeInRange(position.RankLower, position.RankUpper);
        }

        Result.Value.Statements.Where(statement => statement is { Area: not null, Kind: "position" }).Select(statement => statement.Area).ShouldBe(Result.Value.Positions.Select(position => position.Area).Order(StringComparer.Ordinal));
        Result.Value.Statements.ShouldAllBe(statement => !statement.Text.Da.Contains("..", StringComparison.Ordinal) && !statement.Text.En.Contains("..", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_LabelsAtTheEnds_AreFlaggedWhereTheNumberIsAsExpected()
    {
        Result.Value.Statements.Where(statement => statement.Kind == "contradiction").Select(statement => statement.Area).Order(StringComparer.Ordinal).ShouldBe(
            Result.Value.Positions.Where(position => position.Class == SignificanceClass.AsExpected && (position.Category == IntegrationDurations.Categories[0].Id || position.Category == IntegrationDurations.Categories[^1].Id)).Select(position => position.Area).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Run_NoSpells_SaysWhichFileIsNeeded() =>
        Should.Throw<InputException>(() => Run([])).Message.ShouldContain("--spells");

    [Fact]
    public void Run_NobodyObservedLongEnough_IsRefused() =>
        Should.Throw<InputException>(() => Run([.. SyntheticInput.Integration.Spells.Take(50).Select(spell => spell with { ObservedTo = spell.Residence.PlusMonths(6) })]));

    [Fact]
    public void Run_SpellsWithoutACondition_NamesIt() =>
        Should.Throw<InputException>(() => Run([.. SyntheticInput.Integration.Spells.Select(spell => spell with { Traits = new Dictionary<string, string> { ["sex"] = "mand", ["family"] = "par" } })])).Message.ShouldContain("origin");

    [Fact]
    public void Run_EverybodyOfOneSex_LeavesNothingToEstimateButWorks()
    {
        var positions = Run([.. SyntheticInput.Integration.Spells.Select(spell => spell with { Traits = new SortedDictionary<string, string>(spell.Traits.ToDictionary(StringComparer.Ordinal)) { ["sex"] = "mand" } })]).Positions;

        positions.Count.ShouldBe(94);
    }

    [Fact]
    public void Run_ConditionThatIsTheSameEverywhere_NamesIt()
    {
        var observations = SyntheticInput.Panel.Observations.Select(cell => cell.Indicator == "low_education_pct" ? cell with { Value = 20 } : cell).ToList();
        var input = new MeasurementInput(SyntheticInput.Definitions, observations, [], SyntheticInput.Integration.Spells);

        Should.Throw<InputException>(() => MeasurementRunner.Run(Spec, input)).Message.ShouldContain("low_education_pct");
    }

    [Fact]
    public void Run_MunicipalityWithoutLocalFigures_NamesIt()
    {
        var observations = SyntheticInput.Panel.Observations.Where(cell => cell.Indicator != "low_education_pct" || cell.Area != "101").ToList();
        var problem = Should.Throw<InputException>(() => MeasurementRunner.Run(Spec, new MeasurementInput(SyntheticInput.Definitions, observations, [], SyntheticInput.Integration.Spells))).Problems.ShouldHaveSingleItem();

        problem.Found.ShouldBe("101");
    }

    [Fact]
    public void Run_OneMunicipalityOnly_IsRefused() =>
        Should.Throw<InputException>(() => Run([.. SyntheticInput.Integration.Spells.Where(spell => spell.Area == "101")]));

    [Fact]
    public void Run_OtherRule_IsApplied()
    {
        var strict = MeasurementRunner.Run(Spec with { Settings = new Dictionary<string, string>(Spec.Settings, StringComparer.Ordinal) { ["work_months"] = "12", ["work_hours"] = "30" } }, SyntheticInput.Input);

        Ranked(strict)["101"][5].ShouldBeOfType<int>().ShouldBeLessThan((int)Ranked(Result.Value)["101"][5]!);
    }

    [Fact]
    public void Generate_Spells_ContainWhatDoesNotQualify()
    {
        var rule = new QualifyingRule(6, 20, 6);
        var loose = new QualifyingRule(1, 1, 1);
        var spells = SyntheticInput.Integration.Spells.Where(spell => spell.ObservedTo > spell.Residence.PlusMonths(12)).ToList();
        int Count(QualifyingRule with) => spells.Count(spell => QualifyingEvent.Of(spell, with)!.Value.Happened);

        // One in ten or more has work or a course that a looser rule would count.
        Count(loose).ShouldBeGreaterThan(Count(rule) + (spells.Count / 10));
        Count(rule).ShouldBeInRange(spells.Count / 4, 3 * spells.Count / 4);
        spells.SelectMany(spell => spell.Episodes).Select(episode => episode.Kind).Distinct().Count().ShouldBe(4);
    }

    private static MeasurementResult Run(IReadOnlyList<ResidenceSpell> spells) =>
        MeasurementRunner.Run(Spec, new MeasurementInput(SyntheticInput.Definitions, SyntheticInput.Panel.Observations, [], spells));

    private static Dictionary<string, IReadOnlyList<object?>> Ranked(MeasurementResult result) =>
        result.Tables.Single(table => table.Id == "ranked").Rows.ToDictionary(row => (string)row[1]!);
}
