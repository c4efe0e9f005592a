using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fikspunkt.Benchmarks;
using Fikspunkt.Reports.Charts;

namespace Fikspunkt.Reports;

/// <summary>The data and chart specifications that the report's script draws from, each written once.</summary>
internal static class PageData
{
    private const int Labelled = 4;
    private const int LimitPoints = 40;

    public static JsonSerializerOptions Json { get; } = new() { Encoder = ChartData.Encoder };

    public static JsonObject Of(ReportModel model)
    {
        var map = model.Definitions.Municipalities;
        var breaks = Breaks(model);
        var shares = model.Results.SelectMany(result => new[] { 100 * result.Actual, 100 * result.Expected }).ToList();
        var page = Page(
            model.Culture,
            new JsonObject
            {
                ["caterpillar"] = IntervalCharts.Caterpillar("name", sorted: true, step: 14),
                ["ranks"] = IntervalCharts.RankSets("results", model.Results.Count, step: 14),
                ["scatter"] = PositionCharts.Scatter(Math.Floor(10 * shares.Min()) / 10, Math.Ceiling(10 * shares.Max()) / 10),
                ["funnel"] = PositionCharts.Funnel(FunnelLimits(model.Results)),
                ["map"] = PositionCharts.TileMap(map.Max(m => m.TileColumn) + 1, map.Max(m => m.TileRow) + 1),
                ["national"] = MunicipalityCharts.Trend("national", model.MonthlySeries, range: false, breaks),
                ["trend"] = MunicipalityCharts.Trend("trend", model.MonthlySeries, range: true, (JsonArray)breaks.DeepClone()),
                ["outcomes"] = IntervalCharts.Caterpillar("outcomeName", sorted: false, step: 24),
                ["contributions"] = MunicipalityCharts.Contributions(),
            },
            new JsonObject
            {
                ["results"] = Results(model),
                ["tiles"] = Tiles(model),
                ["trend"] = Trend(model),
                ["national"] = National(model),
                ["contributions"] = Contributions(model),
            });
        if (model.Run.Published is { } published)
        {
            PublishedData.Add(model, published, page["charts"]!.AsObject(), page["data"]!.AsObject());
        }

        return page;
    }

    /// <summary>What the script draws from: the look and number forms of the language, specifications and data.</summary>
    public static JsonObject Page(CultureInfo culture, JsonObject charts, JsonObject data) => new()
    {
        ["theme"] = VegaLite.Theme(),
        ["numbers"] = NumberLocale(culture),
        ["times"] = TimeLocale(culture),
        ["charts"] = charts,
        ["data"] = data,
    };

    /// <summary>The outermost results and the largest municipalities have their names in the charts.</summary>
    public static IReadOnlySet<string> LabelledAreas(IReadOnlyList<AreaResult> results) => results.Take(Labelled)
        .Concat(results.TakeLast(Labelled))
        .Concat(results.OrderByDescending(result => result.Exposure).Take(Labelled))
        .Select(result => result.Area)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// The limits of chance as a function of size: ± quantile * sqrt(c / n + m), where c is the median over municipalities of (chance variance * exposure)
    /// and m the median variance of the expectation. The verdicts use each municipality's own interval.
    /// </summary>
    public static JsonArray FunnelLimits(IReadOnlyList<AreaResult> results)
    {
        var chance = Median(results.Select(result => result.ChanceStandardError * result.ChanceStandardError * result.Exposure));
        var model = Median(results.Select(result => result.ExpectationStandardError * result.ExpectationStandardError));
        var quantile = Median(results.Select(result => result.StandardError > 0 ? (result.Upper - result.Lower) / (2 * result.StandardError) : 0));
        var (smallest, largest) = (results.Min(result => result.Exposure), results.Max(result => result.Exposure));
        var points = Enumerable.Range(0, LimitPoints + 1).Select(i =>
        {
            var size = smallest * Math.Pow(largest / smallest, (double)i / LimitPoints);
            var limit = Math.Round(100 * quantile * Math.Sqrt((chance / size) + model), 4);
            return (JsonNode)new JsonObject { ["x"] = Math.Round(size), ["lower"] = -limit, ["upper"] = limit };
        });
        return new JsonArray([.. points]);
    }

    private static JsonObject Results(ReportModel model)
    {
        var labelled = LabelledAreas(model.Results);
        return ChartData.Rows(
            ["code", "name", "outcome", "outcomeName", "exposure", "actual", "expected", "difference", "lower", "upper", "rank", "rankLower", "rankUpper", "simLower", "simUpper", "class", "label"],
            model.Outcomes.SelectMany(model.Of).Select(r => new JsonArray(
                r.Area, model.Names.Municipality(r.Area), r.Outcome, model.Names.Outcome(r.Outcome), Math.Round(r.Exposure), ChartData.PerCent(r.Actual), ChartData.PerCent(r.Expected), ChartData.PerCent(r.Difference),
                ChartData.PerCent(r.Lower), ChartData.PerCent(r.Upper), r.Rank, r.RankLower, r.RankUpper, r.RankLowerSimultaneous, r.RankUpperSimultaneous, Words.Class(r.Class), labelled.Contains(r.Area))));
    }

    private static JsonObject Tiles(ReportModel model)
    {
        var places = model.Definitions.Municipalities.ToDictionary(m => m.Code, StringComparer.Ordinal);
        var names = places.Values.Select(municipality => municipality.Name).ToList();
        return ChartData.Rows(
            ["name", "short", "column", "row", "difference", "text", "class"],
            model.Results.Where(r => places.ContainsKey(r.Area)).Select(r => new JsonArray(
                model.Names.Municipality(r.Area), TileLabels.Of(places[r.Area].Name, names), places[r.Area].TileColumn, places[r.Area].TileRow, ChartData.PerCent(r.Difference), model.Numbers.Points(r.Difference, 1), Words.Class(r.Class))));
    }

    private static JsonObject Trend(ReportModel model) => ChartData.Rows(
        ["code", "date", "label", "actual", "expected", "low", "high", "last"],
        model.Areas.SelectMany(area => Points(model.SeriesOf(area).ToList()).Select(entry => new JsonArray(
            area, entry.Date, Words.ShortPeriod(entry.Point.Period), ChartData.PerCent(entry.Point.Actual), ChartData.PerCent(entry.Point.Expected), ChartData.PerCent(entry.Point.RangeLower), ChartData.PerCent(entry.Point.RangeUpper), entry.Last))));

    private static JsonObject National(ReportModel model) => ChartData.Rows(
        ["date", "label", "actual", "expected", "low", "high", "last"],
        Points(NationalSeries.Of(model)).Select(entry => new JsonArray(
            entry.Date, Words.ShortPeriod(entry.Point.Period), ChartData.PerCent(entry.Point.Actual), ChartData.PerCent(entry.Point.Expected), null, null, entry.Last)));

    /// <summary>The points with the day that a chart's time axis takes.</summary>
    public static IEnumerable<(string Date, SeriesPoint Point, bool Last)> Points(IReadOnlyList<SeriesPoint> points) =>
        points.Select((point, i) => (point.Period.FirstDay.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00", point, i == points.Count - 1));

    private static JsonObject Contributions(ReportModel model) => ChartData.Rows(
        ["code", "name", "order", "from", "to", "right", "text", "kind"],
        model.Results.Where(result => result.Contributions.Count > 0).SelectMany(result => Steps(model, result)));

    /// <summary>The steps from the national mean to a municipality's expectation: code, name, order, from, to, right, text, kind.</summary>
    public static IEnumerable<JsonArray> Steps(ReportModel model, AreaResult result)
    {
        var level = result.Expected - result.Contributions.Sum(part => part.Share);
        yield return new JsonArray(result.Area, Texts.RowNationalMean, 0, ChartData.PerCent(level), ChartData.PerCent(level), ChartData.PerCent(level), model.Numbers.PerCent(level), "level");
        var order = 1;
        foreach (var part in result.Contributions)
        {
            var next = level + part.Share;
            yield return new JsonArray(
                result.Area, model.Names.Covariate(part.Covariate), order++, ChartData.PerCent(level), ChartData.PerCent(next), ChartData.PerCent(Math.Max(level, next)), model.Numbers.Points(part.Share), "step");
            level = next;
        }

        yield return new JsonArray(result.Area, Texts.RowExpected, order, ChartData.PerCent(result.Expected), ChartData.PerCent(result.Expected), ChartData.PerCent(result.Expected), model.Numbers.PerCent(result.Expected), "level");
    }

    /// <summary>The breaks that lie within the monthly series.</summary>
    public static JsonArray Breaks(ReportModel model)
    {
        if (!model.MonthlySeries)
        {
            return [];
        }

        var points = NationalSeries.Of(model);
        return points.Count == 0
            ? []
            : new JsonArray([.. NationalSeries.BreaksBetween(model, points[0].Period, points[^1].Period).Select(entry => (JsonNode)new JsonObject
            {
                ["date"] = entry.Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00",
                ["title"] = $"{Words.Date(entry.Date)}: {entry.Title.In(model.Culture)}",
            })]);
    }

    private static JsonObject NumberLocale(CultureInfo culture) => new()
    {
        ["decimal"] = culture.NumberFormat.NumberDecimalSeparator,
        ["thousands"] = culture.NumberFormat.NumberGroupSeparator,
        ["grouping"] = new JsonArray(3),
        ["currency"] = new JsonArray("", ""),
    };

    private static JsonObject TimeLocale(CultureInfo culture)
    {
        static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)name.TrimEnd('.'))]);
        var format = culture.DateTimeFormat;
        return new JsonObject
        {
            ["dateTime"] = "%d.%m.%Y %H:%M",
            ["date"] = "%d.%m.%Y",
            ["time"] = "%H:%M",
            ["periods"] = new JsonArray("AM", "PM"),
            ["days"] = Names(format.DayNames),
            ["shortDays"] = Names(format.AbbreviatedDayNames),
            ["months"] = Names(format.MonthNames.Take(12)),
            ["shortMonths"] = Names(format.AbbreviatedMonthNames.Take(12)),
        };
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Where(double.IsFinite).Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[sorted.Count / 2];
    }
}
