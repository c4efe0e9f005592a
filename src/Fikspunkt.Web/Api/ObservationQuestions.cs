using Fikspunkt.Domain;
using Fikspunkt.Web.Content;

namespace Fikspunkt.Web.Api;

/// <summary>The figures themselves, from the arrays in memory.</summary>
internal static class ObservationQuestions
{
    private const string Indicator = "indicator";
    private const string BreakdownName = "breakdown";
    private const string Status = "status";

    private static readonly ApiColumn[] Columns =
    [
        new("indicator", ApiType.Text, "Indicator id."),
        new("breakdown", ApiType.Text, "`total`, or `dimension=value` pairs with `;` between."),
        new("area", ApiType.Text, "Area code."),
        new("area_name", ApiType.Text, "Danish name of the area."),
        new("period", ApiType.Text, "Period."),
        new("value", ApiType.Number, "The figure in the indicator's unit; null (CSV: empty) exactly when the status is `missing` or `suppressed`. A hidden figure is never 0."),
        new("status", ApiType.Text, "`ok`, `zero` (a real zero), `missing` (not published), `suppressed` (a small count that is hidden), `provisional` or `break` (another definition than the period before)."),
        new("vintage", ApiType.Text, "The vintage it comes from, see `sources`."),
        new("synthetic", ApiType.Boolean, "Whether the figure is made up."),
    ];

    public static ApiOperation All { get; } = new(
        "observations",
        "/observations",
        "Figures by indicator, breakdown, area and period",
        "Rows come in the order of indicator, breakdown, area and period. What the source never published is not among them. As JSON-stat the answer is a cube over the indicators, breakdowns, areas and periods found; its cells without an observation are null with the status `not-published`, and it is not paged.",
        [
            new(Indicator, "Indicator ids.", true, content => Example(content)?.Indicator),
            new(BreakdownName, "Breakdowns as in `breakdowns` of the indicator; `total` is the total.", true, content => Example(content) is { } series ? IndicatorQuestions.BreakdownId(series.Breakdown) : "total"),
            ApiFilters.AreaParameter,
            .. ApiFilters.PeriodParameters(content => Example(content)?.Periods[^1]),
            new(Status, "Only cells of these statuses.", true, content => Example(content) is { } series && series.Find(ApiFilters.AreaParameter.Example(content) ?? "", series.Periods[^1]) is { } found ? StatusId(found.Status) : "ok") { Values = [.. Enum.GetValues<ObservationStatus>().Select(StatusId)] },
        ],
        Columns,
        Ask)
    { Cube = Cube };

    public static string StatusId(ObservationStatus status) => status switch
    {
        ObservationStatus.Ok => "ok",
        ObservationStatus.Zero => "zero",
        ObservationStatus.Missing => "missing",
        ObservationStatus.Suppressed => "suppressed",
        ObservationStatus.Provisional => "provisional",
        _ => "break",
    };

    private static ApiTable Ask(SiteContent content, ApiChoices choices)
    {
        var parts = Select(content, choices);
        var names = new Dictionary<string, string?>(StringComparer.Ordinal);
        return new ApiTable(Columns, parts.Sum(part => part.Count), Page(), [.. parts.Select(part => part.Series.Vintage).Distinct().Select(ApiSource.Of)]);

        IEnumerable<object?[]> Page()
        {
            var (skip, take) = (choices.Offset, choices.Limit);
            foreach (var part in parts)
            {
                if (skip >= part.Count)
                {
                    skip -= part.Count;
                    continue;
                }

                var (breakdown, vintage) = (IndicatorQuestions.BreakdownId(part.Series.Breakdown), ApiSource.IdOf(part.Series.Vintage));
                var periods = new string?[part.Series.Periods.Length];
                foreach (var (area, period) in part.Cells().Skip(skip))
                {
                    if (take-- == 0)
                    {
                        yield break;
                    }

                    var cell = (area * part.Series.Periods.Length) + period;
                    var code = part.Series.Areas[area];
                    if (!names.TryGetValue(code, out var name))
                    {
                        names[code] = name = ApiFilters.Name(content, code);
                    }

                    yield return [part.Series.Indicator, breakdown, code, name, periods[period] ??= part.Series.Periods[period].ToString(), part.Series.Values[cell], StatusId((ObservationStatus)part.Series.Statuses[cell]), vintage, part.Series.Vintage.Synthetic];
                }

                skip = 0;
            }
        }
    }

    private static JsonStatCube Cube(SiteContent content, ApiChoices choices)
    {
        var parts = Select(content, choices).Where(part => part.Count > 0).ToList();
        string[] indicators = [.. parts.Select(part => part.Series.Indicator).Distinct(StringComparer.Ordinal)];
        string[] breakdowns = [.. parts.Select(part => IndicatorQuestions.BreakdownId(part.Series.Breakdown)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string[] areas = [.. parts.SelectMany(part => part.Areas.Select(area => part.Series.Areas[area])).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Period[] periods = [.. parts.SelectMany(part => part.Periods.Select(period => part.Series.Periods[period])).Distinct().Order()];
        var cube = JsonStatCube.Make(
            Texts.ApiObservations,
            [
                new(Indicator, Texts.ApiDimensionIndicator, JsonStatRole.Metric, [.. indicators.Select(id => Category(content, id))]),
                new(BreakdownName, Texts.ApiDimensionBreakdown, JsonStatRole.Classification, [.. breakdowns.Select(id => new JsonStatCategory(id, id))]),
                new(ApiFilters.Area, Texts.ApiDimensionArea, JsonStatRole.Geo, [.. areas.Select(code => new JsonStatCategory(code, ApiFilters.Name(content, code) ?? code))]),
                new(ApiFilters.Period, Texts.ApiDimensionPeriod, JsonStatRole.Time, [.. periods.Select(period => new JsonStatCategory(period.ToString(), Reports.Words.Period(period)))]),
            ],
            [.. parts.Select(part => part.Series.Vintage).Distinct().Select(ApiSource.Of)]);
        foreach (var part in parts)
        {
            var (i, b) = (Array.IndexOf(indicators, part.Series.Indicator), Array.IndexOf(breakdowns, IndicatorQuestions.BreakdownId(part.Series.Breakdown)));
            var periodPlaces = Array.ConvertAll(part.Series.Periods, period => Array.BinarySearch(periods, period));
            var areaPlaces = Array.ConvertAll(part.Series.Areas, area => Array.BinarySearch(areas, area, StringComparer.Ordinal));
            foreach (var (area, period) in part.Cells())
            {
                var cell = (area * part.Series.Periods.Length) + period;
                cube.Set([i, b, areaPlaces[area], periodPlaces[period]], part.Series.Values[cell], StatusId((ObservationStatus)part.Series.Statuses[cell]));
            }
        }

        return cube;
    }

    private static JsonStatCategory Category(SiteContent content, string id) => content.Definitions.Indicators.TryGetValue(id, out var indicator)
        ? new JsonStatCategory(id, indicator.Name.In(System.Globalization.CultureInfo.CurrentUICulture)) { Unit = indicator.Unit.In(System.Globalization.CultureInfo.CurrentUICulture), Decimals = indicator.Decimals }
        : new JsonStatCategory(id, id);

    private static FigureSeries? Example(SiteContent content) => content.Figures.Series is [var first, ..] ? first : null;

    private static List<Part> Select(SiteContent content, ApiChoices choices)
    {
        var indicators = ApiFilters.Known(choices, Indicator, () => content.Definitions.Indicators.Keys.Concat(content.Figures.Series.Select(series => series.Indicator)));
        var breakdowns = ApiFilters.Known(choices, BreakdownName, () => content.Figures.Series.Select(series => IndicatorQuestions.BreakdownId(series.Breakdown)));
        var areas = ApiFilters.Areas(content, choices);
        var periods = ApiFilters.Periods(choices);
        var statuses = choices.All(Status);
        var allowed = Array.ConvertAll(Enum.GetValues<ObservationStatus>(), status => statuses.Count == 0 || statuses.Contains(StatusId(status)));
        return [.. (indicators is null ? content.Figures.Series : indicators.Order(StringComparer.Ordinal).SelectMany(content.Figures.Of))
            .Where(series => breakdowns is null || breakdowns.Contains(IndicatorQuestions.BreakdownId(series.Breakdown)))
            .Select(series => Part.Of(series, areas, periods, allowed))];
    }

    // The cells of one series that were asked for.
    private sealed record Part(FigureSeries Series, int[] Areas, int[] Periods, bool[] Allowed, int Count)
    {
        public static Part Of(FigureSeries series, HashSet<string>? areas, PeriodFilter filter, bool[] allowed)
        {
            Period? newest = Array.FindLastIndex(series.Periods, filter.Within) is >= 0 and var last ? series.Periods[last] : null;
            var part = new Part(
                series,
                [.. Enumerable.Range(0, series.Areas.Length).Where(area => areas is null || areas.Contains(series.Areas[area]))],
                [.. Enumerable.Range(0, series.Periods.Length).Where(period => filter.Takes(series.Periods[period], newest))],
                allowed,
                0);
            return part with { Count = part.CountCells() };
        }

        public IEnumerable<(int Area, int Period)> Cells()
        {
            foreach (var area in Areas)
            {
                foreach (var period in Periods)
                {
                    if (Holds(area, period))
                    {
                        yield return (area, period);
                    }
                }
            }
        }

        private int CountCells()
        {
            var count = 0;
            foreach (var area in Areas)
            {
                foreach (var period in Periods)
                {
                    count += Holds(area, period) ? 1 : 0;
                }
            }

            return count;
        }

        private bool Holds(int area, int period) =>
            Series.Statuses[(area * Series.Periods.Length) + period] is var status && status < Allowed.Length && Allowed[status];
    }
}
