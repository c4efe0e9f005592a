using System.Runtime.CompilerServices;
using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Api;

/// <summary>Where benchmarks and measurements put each area, never without the uncertainty.</summary>
internal static class ResultQuestions
{
    public const string Measurement = "measurement";
    private const string Kind = "kind";
    private const string Outcome = "outcome";
    private const string ClassName = "class";

    private static readonly ApiColumn[] Columns =
    [
        new("measurement", ApiType.Text, "Id of the measurement or benchmark model."),
        new("kind", ApiType.Text, "`benchmark` or `measurement`."),
        new("outcome", ApiType.Text, "What is measured."),
        new("area", ApiType.Text, "Municipality code."),
        new("area_name", ApiType.Text, "Danish name."),
        new("period", ApiType.Text, "Period."),
        new("value", ApiType.Number, "What units are ordered by. Of a benchmark: actual minus expected in percentage points, minus = fewer on benefits than expected. Of a measurement: its own figure, in the unit of its own table."),
        new("standard_error", ApiType.Number, "Standard error of the value; null where it is not known."),
        new("lower", ApiType.Number, "Lower end of the value's interval; null where it is not known."),
        new("upper", ApiType.Number, "Upper end."),
        new("coverage", ApiType.Number, "How often such intervals hold the truth, in per cent; null where the measurement does not say."),
        new("rank", ApiType.Integer, "1 = best by the measurement's own rule. Never show it without the two that follow."),
        new("rank_lower", ApiType.Integer, "Best rank that the uncertainty allows."),
        new("rank_upper", ApiType.Integer, "Worst rank that the uncertainty allows."),
        new("rank_lower_simultaneous", ApiType.Integer, "Best rank when the sets of all areas are to hold at once; benchmarks only."),
        new("rank_upper_simultaneous", ApiType.Integer, "Worst rank when the sets of all areas are to hold at once; benchmarks only."),
        new("units", ApiType.Integer, "Areas ranked."),
        new("class", ApiType.Text, "`better`, `as-expected` or `worse` than expected, by whether the interval holds zero; null where nothing is expected."),
        new("category", ApiType.Text, "The measurement's own category, where it has any."),
        new("actual", ApiType.Number, "Actual figure, per cent; benchmarks only."),
        new("expected", ApiType.Number, "Expected figure given the framework conditions, per cent; benchmarks only."),
        new("shrunken", ApiType.Number, "The difference drawn towards zero by its unreliability, percentage points; benchmarks only."),
        new("exposure", ApiType.Number, "Persons that shares are taken of; benchmarks only."),
        new("persons", ApiType.Number, "The difference in persons, where the outcome counts persons."),
        new("kroner", ApiType.Number, "Yearly price of the difference in kr, minus = saved; null without a price."),
        new("publication", ApiType.Text, "The package that the result can be recomputed from."),
        new("synthetic", ApiType.Boolean, "Whether the result is made up."),
    ];

    // Content never changes, so its results are put in order once.
    private static readonly ConditionalWeakTable<SiteContent, IReadOnlyList<Group>> Arranged = [];

    private static readonly string[] Metrics = ["value", "standard_error", "lower", "upper", "rank", "rank_lower", "rank_upper", "rank_lower_simultaneous", "rank_upper_simultaneous", "actual", "expected", "persons"];

    public static ApiOperation All { get; } = new(
        "results",
        "/results",
        "Results of benchmarks and measurements with their uncertainty",
        "The newest publication of each benchmark model, and the positions of each measurement. Rows come in the order of measurement, outcome, period and rank. As JSON-stat the answer is a cube with one category for each number of a row, and it is not paged.",
        [
            new(Measurement, "Ids of measurements or benchmark models.", true, content => Groups(content) is [var first, ..] ? first.Id : null),
            new(Kind, "Only benchmarks or only measurements.", false, content => Groups(content) is [var first, ..] ? first.Kind : MeasurementQuestions.Benchmark) { Values = [MeasurementQuestions.Benchmark, MeasurementQuestions.Measurement] },
            new(Outcome, "Outcome ids, see `outcomes` of the measurement.", true, content => First(content)?.Outcome),
            ApiFilters.AreaParameter,
            .. ApiFilters.PeriodParameters(content => First(content)?.Period),
            new(ClassName, "Only areas of these classes.", true, content => First(content)?.ClassId ?? "better") { Values = ["better", "as-expected", "worse"] },
        ],
        Columns,
        (content, choices) =>
        {
            var found = Select(content, choices);
            return new ApiTable(Columns, found.Count, found.Skip(choices.Offset).Take(choices.Limit).Select(hit => Cells(content, hit.Group, hit.Row)), Sources(found));
        })
    { Cube = Cube };

    private static Row? First(SiteContent content) => Groups(content) is [var group, ..] && group.Rows is [var row, ..] ? row : null;

    private static List<(Group Group, Row Row)> Select(SiteContent content, ApiChoices choices)
    {
        var ids = ApiFilters.Known(choices, Measurement, () => MeasurementQuestions.Ids(content));
        var groups = Groups(content).Where(group => (ids is null || ids.Contains(group.Id)) && (choices.First(Kind) ?? group.Kind) == group.Kind).ToList();
        var outcomes = ApiFilters.Known(choices, Outcome, () => Groups(content).SelectMany(group => group.Rows.Select(row => row.Outcome)));
        var areas = ApiFilters.Areas(content, choices);
        var periods = ApiFilters.Periods(choices);
        var classes = choices.All(ClassName);
        var found = new List<(Group, Row)>();
        foreach (var group in groups)
        {
            Period? newest = group.Rows.Select(row => row.Period).Where(periods.Within).Distinct().Order().Cast<Period?>().LastOrDefault();
            found.AddRange(group.Rows.Where(row => (outcomes is null || outcomes.Contains(row.Outcome)) && (areas is null || areas.Contains(row.Area)) && periods.Takes(row.Period, newest) && (classes.Count == 0 || (row.ClassId is { } id && classes.Contains(id))))
                .Select(row => (group, row)));
        }

        return found;
    }

    private static JsonStatCube Cube(SiteContent content, ApiChoices choices)
    {
        var found = Select(content, choices);
        string[] measurements = [.. found.Select(hit => hit.Group.Id).Distinct(StringComparer.Ordinal)];
        if (found.Select(hit => hit.Group).Distinct().Count() > measurements.Length)
        {
            throw new InputException(new InputProblem(Texts.ApiCubeTwoKinds, Kind, Expected: $"{MeasurementQuestions.Benchmark}, {MeasurementQuestions.Measurement}"));
        }

        string[] outcomes = [.. found.Select(hit => hit.Row.Outcome).Distinct(StringComparer.Ordinal)];
        string[] areas = [.. found.Select(hit => hit.Row.Area).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Period[] periods = [.. found.Select(hit => hit.Row.Period).Distinct().Order()];
        var places = Array.ConvertAll(Metrics, metric => Array.FindIndex(Columns, column => column.Id == metric));
        var cube = JsonStatCube.Make(
            Texts.ApiResults,
            [
                new(Measurement, Texts.ApiDimensionMeasurement, JsonStatRole.Classification, [.. measurements.Select(id => new JsonStatCategory(id, id))]),
                new(Outcome, Texts.ApiDimensionOutcome, JsonStatRole.Classification, [.. outcomes.Select(id => new JsonStatCategory(id, id))]),
                new(ApiFilters.Area, Texts.ApiDimensionArea, JsonStatRole.Geo, [.. areas.Select(code => new JsonStatCategory(code, ApiFilters.Name(content, code) ?? code))]),
                new(ApiFilters.Period, Texts.ApiDimensionPeriod, JsonStatRole.Time, [.. periods.Select(period => new JsonStatCategory(period.ToString(), Words.Period(period)))]),
                new("figure", Texts.ApiDimensionFigure, JsonStatRole.Metric, [.. Metrics.Select(id => new JsonStatCategory(id, id))]),
            ],
            Sources(found));
        foreach (var (group, row) in found)
        {
            var cells = Cells(content, group, row);
            for (var metric = 0; metric < Metrics.Length; metric++)
            {
                var value = cells[places[metric]] switch { double number => number, int count => count, _ => double.NaN };
                cube.Set(
                    [Array.IndexOf(measurements, group.Id), Array.IndexOf(outcomes, row.Outcome), Array.BinarySearch(areas, row.Area, StringComparer.Ordinal), Array.BinarySearch(periods, row.Period), metric],
                    value,
                    double.IsFinite(value) ? "ok" : "missing");
            }
        }

        return cube;
    }

    private static List<ApiSource> Sources(IEnumerable<(Group Group, Row Row)> found) =>
        [.. found.Select(hit => hit.Group).Distinct().SelectMany(group => group.Vintages).Select(ApiSource.Of).Distinct()];

    private static IReadOnlyList<Group> Groups(SiteContent content) => Arranged.GetValue(content, Arrange);

    private static IReadOnlyList<Group> Arrange(SiteContent content) =>
    [
        .. content.Benchmarks.Select(view => new Group(
            view.Id, MeasurementQuestions.Benchmark, view.Content.Run.Vintages, view.Content.PackageId, view.Content.Run.Synthetic, view,
            [.. ResultOrder.Of(view.Content.Run).Select(result => new Row(result, null))])),
        .. content.Published.Select(view => new Group(
            view.Result.Spec.Id, MeasurementQuestions.Measurement, view.Result.Vintages, view.Package.PackageId, view.Result.Synthetic, null,
            [.. view.Result.Positions.OrderBy(position => position.Period).ThenBy(position => position.Rank).GroupBy(position => position.Outcome).SelectMany(outcome => outcome).Select(position => new Row(null, position))])),
    ];

    private static object?[] Cells(SiteContent content, Group group, Row row)
    {
        if (row.Position is { } position)
        {
            return
            [
                group.Id, group.Kind, position.Outcome, position.Area, ApiFilters.Name(content, position.Area), position.Period.ToString(), position.Value, position.StandardError, position.Lower, position.Upper, null,
                position.Rank, position.RankLower, position.RankUpper, null, null, position.Units, row.ClassId, position.Category, null, null, null, null, null, null, group.Publication, group.Synthetic,
            ];
        }

        var result = row.Result!;
        var counts = group.View!.Model(Languages.Danish).Names.CountOutcomes;
        return
        [
            group.Id, group.Kind, result.Outcome, result.Area, ApiFilters.Name(content, result.Area), result.Period.ToString(), 100 * result.Difference, 100 * result.StandardError, 100 * result.Lower, 100 * result.Upper,
            100 * group.View.Content.Run.Spec.Ranking.Coverage, result.Rank, result.RankLower, result.RankUpper, result.RankLowerSimultaneous, result.RankUpperSimultaneous, group.Units(result.Outcome, result.Period), row.ClassId, null,
            100 * result.Actual, 100 * result.Expected, 100 * result.Shrunken, result.Exposure, counts.Contains(result.Outcome) ? result.DifferencePersons : null, result.Kroner, group.Publication, group.Synthetic,
        ];
    }

    // A benchmark or a measurement with all its rows.
    private sealed record Group(string Id, string Kind, IReadOnlyList<VintageReference> Vintages, string? Publication, bool Synthetic, BenchmarkView? View, IReadOnlyList<Row> Rows)
    {
        private readonly Lazy<Dictionary<(string Outcome, Period Period), int>> units = new(() => Rows.CountBy(row => (row.Outcome, row.Period)).ToDictionary());

        public int Units(string outcome, Period period) => units.Value[(outcome, period)];
    }

    // A result of either kind.
    private sealed record Row(AreaResult? Result, MeasuredPosition? Position)
    {
        public string Area => Result?.Area ?? Position!.Area;

        public string Outcome => Result?.Outcome ?? Position!.Outcome;

        public Period Period => Result?.Period ?? Position!.Period;

        public string? ClassId => (Result?.Class ?? Position?.Class) is { } significance ? ResultsCsv.ClassId(significance) : null;
    }
}
