using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Benchmarks.Measurements.Comparison;
using Fikspunkt.Domain;
using Fikspunkt.Sources.Synthetic;

namespace Fikspunkt.Benchmarks.Tests.Measurements.Comparison;

/// <summary>An indicator beside those of others, on the synthetic Denmark.</summary>
public sealed class IndicatorComparisonTests
{
    private static readonly Lazy<MeasurementResult> Result = new(() => SyntheticInput.Run("jobindsats-comparison"));

    [Fact]
    public void Run_EveryTable_SaysWhatSharesAreOfAndWhoThePeersAre()
    {
        var population = SyntheticInput.Definitions.Indicators["population_16_66"].Name;
        foreach (var table in Result.Value.Tables)
        {
            table.Explanation.Da.ShouldContain($"Andelene regnes af {population.Da}.");
            table.Explanation.En.ShouldContain("framework conditions weighted");
            if (table.Id != "peer-rules")
            {
                table.Rows.ShouldAllBe(row => ((LocalizedText)row[Place(table, "base")]!).Da == population.Da);
            }
        }

        var main = Result.Value.Tables[0];
        main.Rows.ShouldAllBe(row => ((LocalizedText)row[Place(main, "peer_rule")]!).En.StartsWith("framework conditions weighted", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_Shares_AreCountOverBase_AndIntervalsHoldTheTruth()
    {
        var draw = SyntheticInput.Panel.Draw;
        var group = Enumerable.Range(0, SyntheticGroup.All.Count).Single(place => SyntheticGroup.All[place].Id == "kontanthjaelp");
        var covered = 0;
        foreach (var position in Result.Value.Positions)
        {
            var area = draw.Structure.Municipalities.Select((municipality, place) => (municipality.Code, place)).Single(own => own.Code == position.Area).place;

            // Gaps and hidden months are filled in, so that a few differ a little.
            position.Value.ShouldBe(draw.ActualShare(group, area, 108, 12), 0.001);
            var truth = draw.TrueShare(group, area, 108, 12);
            covered += position.Lower <= truth && truth <= position.Upper ? 1 : 0;
            position.Rank.ShouldBeInRange(position.RankLower, position.RankUpper);
        }

        Result.Value.Positions.Count.ShouldBe(98);

        // 95 per cent of 98 is 93; five standard deviations below is 82.
        covered.ShouldBeGreaterThan(82);
    }

    [Fact]
    public void Run_Groups_AreAllPersonsTogether()
    {
        var main = Result.Value.Tables[0];
        var rows = main.Rows.ToDictionary(row => (string)row[0]!, StringComparer.Ordinal);
        double Persons(string area) => Share(area) * BasePersons(area);
        double Share(string area) => (double)rows[area][Place(main, "share_pct")]!;
        double BasePersons(string area) => (double)rows[area][Place(main, "base_persons")]!;

        var peers = Result.Value.Tables.Single(table => table.Id == "peers");
        foreach (var municipality in SyntheticInput.Definitions.Municipalities)
        {
            var row = rows[municipality.Code];
            Together(rows.Keys).ShouldBe((double)row[Place(main, "country_pct")]!, 1e-12);
            Together(SyntheticInput.Definitions.Municipalities.Where(other => other.Region == municipality.Region).Select(other => other.Code)).ShouldBe((double)row[Place(main, "region_pct")]!, 1e-12);
            var near = peers.Rows.Where(own => (string)own[0]! == municipality.Code).Select(own => (string)own[2]!).ToList();
            near.Count.ShouldBe(5);
            near.ShouldNotContain(municipality.Code);
            Together(near).ShouldBe((double)row[Place(main, "neighbours_pct")]!, 1e-12);
            foreach (var comparator in (string[])["country", "region", "neighbours", "past"])
            {
                ((double)row[Place(main, comparator + "_difference_pp")]!).ShouldBe(Share(municipality.Code) - (double)row[Place(main, comparator + "_pct")]!, 1e-12);
            }
        }

        double Together(IEnumerable<string> areas) => areas.Sum(Persons) / areas.Sum(BasePersons);
    }

    [Fact]
    public void Run_NearestPeer_ChangesWithTheRule()
    {
        var table = Result.Value.Tables.Single(own => own.Id == "peer-rules");
        table.Columns.Count(column => column.Kind == ColumnKind.Area).ShouldBe(5);
        table.Rows.Count(row => (int)row[^1]! > 1).ShouldBeGreaterThan(50);
        Result.Value.Statements[0].Text.En.ShouldStartWith($"For {table.Rows.Count(row => (int)row[^1]! > 1)} of 98 municipalities");
    }

    [Fact]
    public void Run_AnotherRule_GivesOtherPeersAndSaysSo()
    {
        var other = Run(("peers", "composition-of-parts"), ("neighbours", "3"));
        var peers = other.Tables.Single(table => table.Id == "peers");
        peers.Rows.Count.ShouldBe(3 * 98);
        peers.Explanation.Da.ShouldContain("summen af de nævnte dele");
        other.Tables[0].Rows.ShouldAllBe(row => ((LocalizedText)row[row.Count - 1]!).En.StartsWith("composition of", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_YearlyIndicatorOfAnotherBase_Works()
    {
        var result = Run(("indicator", "long_course_no_offer_talks_unpaid"), ("breakdown", ""), ("base", "supervised_citizens"), ("periods", "2023,2024"), ("chance", "binomial"), ("best", "highest"), ("parts", ""));
        result.Positions.Count.ShouldBeGreaterThan(90);
        result.Tables[0].Explanation.En.ShouldContain("Citizens in the target groups");
        result.Positions.MinBy(position => position.Rank)!.Value.ShouldBe(result.Positions.Max(position => position.Value));
    }

    [Theory]
    [InlineData("indicator", "nothing")]
    [InlineData("base", "nothing")]
    [InlineData("peers", "friends")]
    [InlineData("neighbours", "0")]
    [InlineData("neighbours", "98")]
    [InlineData("clusters", "2.5")]
    [InlineData("scale", "per-million")]
    [InlineData("best", "middle")]
    [InlineData("periods", "2023,2024M01")]
    public void Run_SettingThatCannotBeUsed_IsNamed(string key, string value)
    {
        var problem = Should.Throw<InputException>(() => Run((key, value))).Problems.ShouldHaveSingleItem();
        (problem.Column, problem.Found).ShouldBe((key, value));
    }

    [Fact]
    public void ShareDifference_OwnPartIncluded_IsTheSameAsAgainstTheWhole()
    {
        var own = new ComparedShare("a", 0.04, 100, 0.0001);
        ComparedShare[] others = [new("b", 0.02, 300, 0.00005), new("c", 0.06, 100, 0.0002)];
        var all = ShareDifference.Of(own, others, together: true);

        // (4 + 6 + 6) / 500 = 0.032.
        all.Others.ShouldBe(0.032, 1e-15);
        all.Difference.ShouldBe(0.008, 1e-15);

        // Own part 0.2: weights 0.8, -0.6, -0.2 of the three shares.
        all.StandardError.ShouldBe(Math.Sqrt((0.64 * 0.0001) + (0.36 * 0.00005) + (0.04 * 0.0002)), 1e-15);
        ShareDifference.Of(own, [], together: true).Difference.ShouldBe(double.NaN);
    }

    [Fact]
    public void ComparedShare_NobodyCounted_StillHasAnInterval()
    {
        var interval = new ComparedShare("a", 0, 50, 0).Interval(0.95);
        interval.Lower.ShouldBe(0);
        interval.Upper.ShouldBe(3.8414588 / (50 + 3.8414588), 1e-6);
    }

    private static MeasurementResult Run(params (string Key, string Value)[] changes)
    {
        var spec = SyntheticInput.Definitions.Measurements["jobindsats-comparison"];
        var settings = new Dictionary<string, string>(spec.Settings, StringComparer.Ordinal);
        foreach (var (key, value) in changes)
        {
            settings[key] = value;
        }

        return MeasurementRunner.Run(spec with { Settings = settings }, SyntheticInput.Input);
    }

    private static int Place(MeasurementTable table, string column) => table.Columns.Select((item, place) => (item.Id, place)).Single(item => item.Id == column).place;
}
