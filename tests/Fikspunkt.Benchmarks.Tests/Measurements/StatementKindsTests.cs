using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Testing;

namespace Fikspunkt.Benchmarks.Tests.Measurements;

/// <summary>Which kinds of sentences each measurement gives, in its results as in its page, and that those on single municipalities agree with the figures.</summary>
public sealed class StatementKindsTests
{
    private static readonly Dictionary<string, MeasurementResult> Results = [];
    private static readonly Lock Gate = new();

    // Position and its uncertainty are in every one. Where a kind is not named here, the measurement's page says why.
    [Theory]
    [InlineData("ministry-2018", "position,change,contribution,gap")]
    [InlineData("ministry-2019", "position,change,contribution,gap")]
    [InlineData("kl-all-benefits", "position,change,contribution,gap")]
    [InlineData("akf-integration", "position,contribution")]
    [InlineData("kl-cluster-ranks", "position,change,contribution")]
    [InlineData("jobindsats-comparison", "position,change")]
    [InlineData("state-supervision", "position,change")]
    [InlineData("release-change", "position,change,contribution")]
    [InlineData("one-municipality", "position,contribution")]
    public void Statements_OfEveryMunicipalityMeasured_HoldTheKindsThatThePageNames(string id, string kinds)
    {
        var result = Run(id);
        var own = result.Statements.Where(statement => statement.Area is not null).ToLookup(statement => statement.Area!, statement => statement.Kind);
        foreach (var area in result.Positions.Where(position => position.Outcome == result.Positions[0].Outcome).Select(position => position.Area))
        {
            kinds.Split(',').Except(own[area]).ShouldBeEmpty($"{id}, {area}");
        }
    }

    [Fact]
    public void Page_OfEveryMeasurement_SaysWhichKindsOfSentencesItGives()
    {
        foreach (var path in Directory.GetFiles(RepositoryFiles.Path("docs", "measurements"), "*.md").Where(path => Path.GetFileName(path) is not ("README.md" or "ministry-2019.md")))
        {
            var said = File.ReadAllLines(path).SingleOrDefault(line => line.StartsWith("**Sentences.**", StringComparison.Ordinal)).ShouldNotBeNull(path);
            foreach (var kind in (ReadOnlySpan<string>)["osition", "hange", "ontribution", "ontradiction"])
            {
                said.ShouldContain(kind, Case.Sensitive, path);
            }
        }
    }

    [Fact]
    public void ReleaseChange_Sentences_AgreeWithTheTable()
    {
        var result = Run("release-change");
        foreach (var position in result.Positions)
        {
            var text = Of(result, position.Area, "change");
            text.En.Contains("has become better", StringComparison.Ordinal).ShouldBe(position.Upper < 0);
            text.En.Contains("has become worse", StringComparison.Ordinal).ShouldBe(position.Lower > 0);
            text.En.Contains("cannot be told from chance", StringComparison.Ordinal).ShouldBe(position.Class == SignificanceClass.AsExpected);
        }
    }

    [Fact]
    public void Supervision_ResultGoals_ClaimSuretyOnlyWhereTheIntervalLeavesOutTheLimit()
    {
        var result = Run("state-supervision");
        var goals = result.Positions.Where(position => position.Outcome == "example-result-goal").ToList();
        goals.Count.ShouldBe(98);
        foreach (var goal in goals)
        {
            var text = result.Statements.Single(statement => statement.Area == goal.Area && statement.Kind == "position" && statement.Text.En.StartsWith("Example of a result goal", StringComparison.Ordinal)).Text;
            text.En.Contains("that is above the limit", StringComparison.Ordinal).ShouldBe(goal.Value > 0);
            text.En.Contains("not by more than chance", StringComparison.Ordinal).ShouldBe(goal.Lower <= 0 && goal.Upper >= 0);
        }

        // A contradiction needs effort and result, each beyond chance, on different sides of their limits.
        var shares = result.Positions.Where(position => position.Outcome.StartsWith("example-focus-goal-", StringComparison.Ordinal)).ToLookup(position => position.Area);
        var expected = goals.Where(goal => shares[goal.Area].Any(share => (share.Lower > 0 && goal.Upper < 0) || (share.Upper < 0 && goal.Lower > 0))).Select(goal => goal.Area).ToHashSet();
        var found = result.Statements.Where(statement => statement.Kind == "contradiction").Select(statement => statement.Area!).ToHashSet();
        found.ShouldNotBeEmpty();
        found.Except(expected).ShouldBeEmpty();
    }

    private static LocalizedText Of(MeasurementResult result, string area, string kind) => result.Statements.Single(statement => statement.Area == area && statement.Kind == kind).Text;

    private static MeasurementResult Run(string id)
    {
        lock (Gate)
        {
            if (!Results.TryGetValue(id, out var result))
            {
                Results[id] = result = SyntheticInput.Input.Measure(SyntheticInput.Definitions.Measurements[id]);
            }

            return result;
        }
    }
}
