using Fikspunkt.Domain;
using Fikspunkt.Web.Content;
using NodaTime.Text;

namespace Fikspunkt.Web.Api;

/// <summary>What figures there are and what they mean.</summary>
internal static class IndicatorQuestions
{
    private const string WithFigures = "with_figures";

    private static readonly ApiColumn[] Columns =
    [
        new("id", ApiType.Text, "Stable id."),
        new("name", ApiType.Text, "Danish name."),
        new("name_en", ApiType.Text, "English name."),
        new("unit", ApiType.Text, "Unit in Danish."),
        new("unit_en", ApiType.Text, "Unit in English."),
        new("decimals", ApiType.Integer, "Decimals to show."),
        new("direction", ApiType.Text, "`lower-is-better`, `higher-is-better` or `not-judged`."),
        new("is_count", ApiType.Boolean, "Whether it counts persons, so that small counts are hidden."),
        new("zero_means", ApiType.Text, "What a real zero means, in Danish."),
        new("zero_means_en", ApiType.Text, "What a real zero means."),
        new("cannot_tell", ApiType.Text, "What the figure cannot tell, in Danish."),
        new("cannot_tell_en", ApiType.Text, "What the figure cannot tell."),
        new("institution", ApiType.Text, "Who publishes it."),
        new("source_tables", ApiType.List, "Tables it is found in, `source:table`."),
        new("reviewed", ApiType.Text, "When the definition was last reviewed."),
        new("breakdowns", ApiType.List, "Breakdowns that there are figures for; `total` is the total. Empty when there are no figures here."),
        new("first_period", ApiType.Text, "First period with figures."),
        new("last_period", ApiType.Text, "Last period with figures."),
        new("areas", ApiType.Integer, "Areas with figures."),
        new("vintage", ApiType.Text, "The newest vintage its figures come from."),
        new("synthetic", ApiType.Boolean, "Whether its figures are made up; null when there are none."),
    ];

    public static ApiOperation All { get; } = new(
        "indicators",
        "/indicators",
        "The indicators: definitions, units, and which figures there are",
        "An indicator may be defined without having figures on this server; `breakdowns` is empty then.",
        [new(WithFigures, "`true`: only indicators with figures here.", false, _ => "true") { Values = ["true", "false"] }],
        Columns,
        (content, choices) => Answer(content, choices, [.. content.Definitions.Indicators.Values.OrderBy(indicator => indicator.Id, StringComparer.Ordinal)
            .Where(indicator => choices.First(WithFigures) is not { } wanted || content.Figures.Of(indicator.Id).Any() == (wanted == "true"))]));

    public static ApiOperation One { get; } = new(
        "indicator",
        "/indicators/{id}",
        "One indicator",
        "Its definition and which figures there are of it.",
        [],
        Columns,
        (content, choices) => content.Definitions.Indicators.TryGetValue(choices.Id!, out var indicator) ? Answer(content, choices, [indicator]) : null)
    {
        One = true,
        IdExample = content => content.Figures.Series is [var first, ..] ? first.Indicator : content.Definitions.Indicators.Keys.Order(StringComparer.Ordinal).FirstOrDefault(),
        IdDescription = "Id of the indicator.",
    };

    public static string BreakdownId(string breakdown) => breakdown.Length == 0 ? "total" : breakdown;

    private static ApiTable Answer(SiteContent content, ApiChoices choices, IReadOnlyList<Indicator> indicators) => ApiTable.Of(
        Columns, choices, [.. indicators.Select(indicator => Row(content, indicator))], [.. indicators.SelectMany(indicator => content.Figures.Of(indicator.Id)).Select(series => series.Vintage).Distinct().Select(ApiSource.Of)]);

    private static object?[] Row(SiteContent content, Indicator indicator)
    {
        var series = content.Figures.Of(indicator.Id).ToList();
        var periods = series.SelectMany(entry => entry.Periods).ToList();
        return
        [
            indicator.Id, indicator.Name.Da, indicator.Name.En, indicator.Unit.Da, indicator.Unit.En, indicator.Decimals, DirectionId(indicator.Direction), indicator.IsCount,
            indicator.ZeroMeaning.Da, indicator.ZeroMeaning.En, indicator.CannotTell.Da, indicator.CannotTell.En, indicator.Institution,
            indicator.Sources.Select(source => $"{source.Source}:{source.Table}").ToList(), LocalDatePattern.Iso.Format(indicator.Reviewed),
            series.ConvertAll(entry => BreakdownId(entry.Breakdown)),
            periods.Count == 0 ? null : periods.Min().ToString(),
            periods.Count == 0 ? null : periods.Max().ToString(),
            series.SelectMany(entry => entry.Areas).Distinct(StringComparer.Ordinal).Count(),
            series.Count == 0 ? null : ApiSource.IdOf(series.MaxBy(entry => entry.Vintage.Id)!.Vintage),
            series.Count == 0 ? null : series.Exists(entry => entry.Vintage.Synthetic),
        ];
    }

    private static string DirectionId(Direction direction) => direction switch
    {
        Direction.LowerIsBetter => "lower-is-better",
        Direction.HigherIsBetter => "higher-is-better",
        _ => "not-judged",
    };
}
