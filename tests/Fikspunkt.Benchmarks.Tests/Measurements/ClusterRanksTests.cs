using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Benchmarks.Tests.Measurements;

/// <summary>KL and Deloitte's cluster ranks: the table of 2012 and the synthetic Denmark.</summary>
public sealed class ClusterRanksTests
{
    // "Gør som de bedste!" (2012): jobcentre, in cluster of, ranks (1)-(4), overall. NaN = illegible.
    private static readonly (string Name, int Size, double[] Ranks, double Overall)[] Printed =
    [
        ("Helsingør", 6, [1, 4, 3, 4], 4), ("Hillerød", 15, [3, 1, 1, 1], 1), ("Holstebro", 15, [6, 2, 4, 4], 2), ("Rebild", 10, [1, 1, 1, double.NaN], double.NaN),
        ("Skanderborg", 10, [1, 5, 3, 7], 6), ("Varde", 7, [2, 5, 2, 1], 1), ("Vejle", 6, [2, 6, 5, 3], 3), ("Vordingborg", 13, [1, 3, 2, 3], 2),
    ];

    private static readonly MeasurementSpec Spec = SyntheticInput.Definitions.Measurements["kl-cluster-ranks"] with
    {
        Settings = new Dictionary<string, string>(SyntheticInput.Definitions.Measurements["kl-cluster-ranks"].Settings, StringComparer.Ordinal) { ["draws"] = "500", ["samples"] = "10" },
    };

    private static readonly Lazy<MeasurementResult> Result = new(() => MeasurementRunner.Run(Spec, SyntheticInput.Input));

    [Fact]
    public void Of_Printed2012_SumsAreTheseAndTheIllegibleHasNone()
    {
        // What is printed of the eight, ranked on: a rank as figure keeps its order.
        var result = CompositeRanks.Of(Matrix(Printed.Select(row => row.Ranks)), null, Low, new CompositeRankOptions());
        var sums = Printed.Select(row => row.Ranks.Sum()).ToArray();

        sums.ShouldBe([12, 6, 16, double.NaN, 16, 10, 16, 9]);
        result.Rank[3].ShouldBe(0);
        result.Ranks[3, 3].ShouldBe(double.NaN);
    }

    [Fact]
    public void Of_Printed2012_TheSumOrdersOnePairOfEqualClusterSizeAsPrintedAndNotTheOther()
    {
        // Hillerød and Holstebro are both in a cluster of 15: sum 6 before 16, printed 1 before 2.
        (Sum("Hillerød") < Sum("Holstebro")).ShouldBe(Printed[1].Overall < Printed[2].Overall);

        // Helsingør and Vejle are both in a cluster of 6: if it is the same one, the printed order (4 and 3) is not that of the sums (12 and 16).
        (Sum("Helsingør") < Sum("Vejle")).ShouldNotBe(Printed[0].Overall < Printed[6].Overall);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Of_Printed2012_TheOthersOfTheClusterDecideTheOverallRank(int overall)
    {
        // Helsingør's own ranks 1, 4, 3, 4 of 6 go with several overall ranks by the sum: the table cannot be recomputed without the others.
        double[][] completed = overall == 1
            ? [[1, 4, 3, 4], [2, 6, 6, 1], [3, 5, 5, 2], [4, 2, 2, 6], [5, 1, 4, 3], [6, 3, 1, 5]]
            : [[1, 4, 3, 4], [2, 1, 4, 1], [3, 2, 2, 2], [4, 3, 1, 3], [5, 5, 5, 5], [6, 6, 6, 6]];
        var result = CompositeRanks.Of(Matrix(completed), null, Low, new CompositeRankOptions());

        result.Ranks.Row(0).ToArray().ShouldBe([1, 4, 3, 4]);
        result.Rank[0].ShouldBe(overall);
    }

    [Fact]
    public void Run_SyntheticDenmark_RanksWithinClusters()
    {
        var overall = Result.Value.Positions.Where(position => position.Outcome == ClusterRanks.Overall).ToList();

        overall.Count.ShouldBe(98);
        Result.Value.Positions.Count(position => position.Outcome == "support-expenditure").ShouldBe(98);
        Result.Value.Positions[0].Outcome.ShouldBe(ClusterRanks.Overall);
        overall.Select(position => position.Area).ShouldBeInOrder();
        foreach (var cluster in overall.GroupBy(position => position.Category))
        {
            cluster.Select(position => position.Units).Distinct().ShouldHaveSingleItem().ShouldBe(cluster.Count());
            cluster.Min(position => position.Rank).ShouldBe(1);
            foreach (var position in cluster)
            {
                position.Rank.ShouldBeInRange(position.RankLower, position.RankUpper);
                position.Rank.ShouldBe(1 + cluster.Count(other => other.Value < position.Value));
            }
        }
    }

    [Fact]
    public void Run_SyntheticDenmark_SumOfRanksAddsUp()
    {
        var table = Result.Value.Tables[0];
        table.Id.ShouldBe("ranks");
        foreach (var row in table.Rows.Where(row => row[8] is not null))
        {
            ((double)row[7]!).ShouldBe(Enumerable.Range(3, 4).Sum(j => (double)row[j]!));
        }

        table.Rows.Count.ShouldBe(98);
    }

    [Fact]
    public void Run_SyntheticDenmark_ExpenditureIsPricesTimesPersons()
    {
        var draw = SyntheticInput.Panel.Draw;
        var area = draw.Structure.Municipalities.ToList().FindIndex(municipality => municipality.Code == "461");
        var prices = SyntheticInput.Definitions.BenefitGroups.ToDictionary(group => group.Id, group => (double)(group.PricePerYear ?? 0));
        var expected = SyntheticGroup.Sum(group => prices[group.Id] * draw.ActualShare(group.Index, area, 108, 12));

        // The published counts have gaps that the run fills, and one decimal.
        Result.Value.Positions.Single(position => position.Area == "461" && position.Outcome == "support-expenditure").Value.ShouldBe(expected, 0.01 * expected);
    }

    [Fact]
    public void Run_SyntheticDenmark_DurationIsTheAverageWithTheErrorOfExponentialLengths()
    {
        var (weeks, ended) = (SyntheticInput.Input.Series("average_course_weeks"), SyntheticInput.Input.Series("ended_courses"));
        var year = Period.OfYear(2024);
        var position = Result.Value.Positions.Single(one => one.Area == "461" && one.Outcome == "average-duration");

        position.Value.ShouldBe(weeks.Single(cell => cell.Area == "461" && cell.Period == year).Value!.Value);
        position.StandardError.ShouldBe(position.Value / Math.Sqrt(ended.Single(cell => cell.Area == "461" && cell.Period == year).Value!.Value), 1e-12);
    }

    [Theory]
    [InlineData("overall", "mean-z")]
    [InlineData("cluster_rule", "expected-bands")]
    public void Run_OtherSettings_GiveOtherResults(string setting, string value) =>
        Run(setting, value).Positions.ShouldNotBe(Result.Value.Positions);

    [Theory]
    [InlineData("overall", "best-of")]
    [InlineData("clusters", "98")]
    public void Run_SettingThatIsNone_IsRefused(string setting, string value) =>
        Should.Throw<InputException>(() => Run(setting, value));

    [Fact]
    public void Run_FigureMissingForOne_LeavesItWithoutOverallRank()
    {
        var observations = SyntheticInput.Panel.Observations.Select(cell => cell.Indicator == "ended_courses" && cell.Area == "461" ? cell with { Value = null, Status = ObservationStatus.Suppressed } : cell).ToList();
        var result = MeasurementRunner.Run(Spec, new MeasurementInput(SyntheticInput.Definitions, observations, []));

        result.Positions.ShouldNotContain(position => position.Area == "461" && (position.Outcome == ClusterRanks.Overall || position.Outcome == "average-duration"));
        result.Positions.ShouldContain(position => position.Area == "461" && position.Outcome == "support-expenditure");
    }

    [Theory]
    [InlineData(2, "1 to 2")]
    [InlineData(4, "1 to 4")]
    public void Run_CountsHiddenForOne_GiveEveryPlaceThatTheyAllow_AndSaySo(int hiddenUpTo, string counts)
    {
        // The model's own ranks have no part in this.
        var full = SyntheticInput.Definitions.Models["synthetic-denmark"];
        var definitions = SyntheticInput.Definitions with { Models = new Dictionary<string, ModelSpec>(StringComparer.Ordinal) { [full.Id] = full with { Ranking = full.Ranking with { Draws = 100 } } } };
        MeasurementResult With(double? ended, double? employed, params Observation[] more) => MeasurementRunner.Run(
            Spec, new MeasurementInput(definitions, [.. Courses(ended, employed), .. more], []) { HiddenUpTo = hiddenUpTo });
        var hidden = With(null, null);
        var row = Overall(hidden);
        var (best, worst) = ((int)row[9]!, (int)row[10]!);

        // Whatever the counts really are, the place that they give lies within.
        foreach (var (ended, employed) in new[] { (1, 1), (hiddenUpTo, 1), (hiddenUpTo, hiddenUpTo) })
        {
            With(ended, employed).Positions.Single(one => one.Area == Small && one.Outcome == ClusterRanks.Overall).Rank.ShouldBeInRange(best, worst);
        }

        row[8].ShouldBeNull();
        hidden.Positions.ShouldNotContain(position => position.Area == Small && position.Outcome == ClusterRanks.Overall);
        hidden.Tables[0].Explanation.En.ShouldContain($"({counts})");
        var units = hidden.Positions.Where(position => position.Outcome == ClusterRanks.Overall && position.Category == (string)row[0]!).Select(position => position.Units).First() + 1;
        var sentence = hidden.Statements.Single(statement => statement.Area == Small && statement.Kind == "position").Text.En;
        sentence.ShouldContain($"a small count behind a key figure is hidden ({counts})");
        sentence.ShouldContain(best == 1 && worst == units ? $"each of the {units} places is possible" : $"allow {best} to {worst} of {units}");

        // Without anything hidden nothing is said of it; where the country's sum is published a cell may be hidden to protect another, and nothing is known of it.
        With(2, 1).Tables[0].Explanation.En.ShouldNotContain("hidden count");
        var country = SyntheticInput.Panel.Observations.First(cell => cell.Indicator == "ended_courses") with { Area = "000" };
        Overall(With(null, null, country))[9].ShouldBeNull();

        object?[] Overall(MeasurementResult result) => [.. result.Tables[0].Rows.Single(own => (string)own[1]! == Small)];
    }

    [Fact]
    public void HiddenPlaces_TwoCases_AreTheBestAndTheWorst_OthersAreNotInIt()
    {
        // Row 0's second figure is 1 or 9; row 3's is missing and cannot be bounded. By the sum of ranks, lowest best.
        var values = new RowMatrix(4, 2, [1, double.NaN, 2, 5, 3, 4, 4, double.NaN]);
        var errors = new RowMatrix(4, 2);
        CompositeRankResult Rank(RowMatrix filled, RowMatrix spread) => CompositeRanks.Of(filled, spread, [RankOrder.Lowest, RankOrder.Lowest], new CompositeRankOptions(Draws: 20));
        IReadOnlyList<(double, double)>? Cases(int count) => [.. Enumerable.Range(0, count).Select(one => (1.0 + (8.0 * one / (count - 1)), 0.0))];
        var places = HiddenPlaces.Of(values, errors, (row, _) => row == 0 ? Cases(2) : null, Rank);

        // 1 and 1 are best of all; 1 and 9 give ranks 1 + 3, the others 2 + 2 and 3 + 1: all share the first place.
        places.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create(0, (1, 1)));
        values[0, 0] = 2.5;
        HiddenPlaces.Of(values, errors, (row, _) => row == 0 ? Cases(2) : null, Rank)[0].ShouldBe((1, 3));
        HiddenPlaces.Of(values, errors, (row, _) => row == 0 ? Cases(65) : null, Rank)[0].ShouldBe((1, 3));
        HiddenPlaces.Of(values, errors, (_, _) => null, Rank).ShouldBeEmpty();
    }

    [Fact]
    public void Selection_RegionsAndSizes_HaveTheirLimits_AndReasons()
    {
        SelectionCandidate[] candidates =
        [
            new("A", "1", 100, 1, 10), new("B", "1", 200, 1, 9), new("C", "1", 300, 1, 8), new("D", "2", 400, 2, 10), new("E", "2", 500, 5, 10), new("F", "3", 600, 0, 10),
        ];
        var result = ClusterSelection.Of(candidates, 3, 2, 2);

        result.Select(unit => (candidates[unit.Unit].Name, unit.Selected)).ShouldBe([("A", true), ("B", true), ("C", false), ("D", true)]);
        result[2].Reason.Da.ShouldBe("Regionen har allerede 2");
        ClusterSelection.Of(candidates, 3, 9, 1).Select(unit => (candidates[unit.Unit].Name, unit.Selected)).ShouldBe([("A", true), ("B", false), ("C", true), ("D", false), ("E", true)]);
        ClusterSelection.Of([], 3, 2, 2).ShouldBeEmpty();
    }

    [Fact]
    public void Run_SyntheticDenmark_SelectsEightWithinTheLimits()
    {
        var chosen = Result.Value.Tables.Single(table => table.Id == "selected").Rows.Where(row => ((LocalizedText)row[2]!).En == "Yes").Select(row => (string)row[0]!).ToList();
        var regions = SyntheticInput.Definitions.Municipalities.ToDictionary(municipality => municipality.Code, municipality => municipality.Region);

        chosen.Count.ShouldBe(8);
        chosen.CountBy(area => regions[area]).ShouldAllBe(region => region.Value <= 2);
    }

    // Læsø, with so few courses in the last year that they are hidden where they are null.
    private const string Small = "825";

    private static IEnumerable<Observation> Courses(double? ended, double? employed) => SyntheticInput.Panel.Observations.Select(cell => (cell.Area, cell.Indicator, cell.Period.Year) switch
    {
        (Small, "ended_courses", 2024) => Count(cell, ended),
        (Small, "employed_6_months_after_course", 2024) => Count(cell, employed),
        _ => cell,
    });

    private static Observation Count(Observation cell, double? value) => cell with { Value = value, Status = value is null ? ObservationStatus.Suppressed : ObservationStatus.Ok };

    private static readonly RankOrder[] Low = [RankOrder.Lowest, RankOrder.Lowest, RankOrder.Lowest, RankOrder.Lowest];

    private static double Sum(string name) => Printed.Single(row => row.Name == name).Ranks.Sum();

    private static RowMatrix Matrix(IEnumerable<double[]> rows)
    {
        var all = rows.ToList();
        return new RowMatrix(all.Count, 4, [.. all.SelectMany(row => row)]);
    }

    private static MeasurementResult Run(string setting, string value) =>
        MeasurementRunner.Run(Spec with { Settings = new Dictionary<string, string>(Spec.Settings, StringComparer.Ordinal) { [setting] = value } }, SyntheticInput.Input);

    private static class SyntheticGroup
    {
        public static double Sum(Func<(string Id, int Index), double> of) => Fikspunkt.Sources.Synthetic.SyntheticGroup.All.Index().Sum(group => of((group.Item.Id, group.Index)));
    }
}
