using System.Globalization;
using Fikspunkt.Domain;
using Period = Fikspunkt.Domain.Period;

namespace Fikspunkt.Web.Content;

/// <summary>How many cells of a series have which status.</summary>
internal readonly record struct StatusCounts(int Ok, int Zero, int Missing, int Suppressed, int Provisional, int Break, int NotPublished)
{
    public static StatusCounts Of(IEnumerable<FigureSeries> series)
    {
        var counts = new int[256];
        foreach (var status in series.SelectMany(one => one.Statuses))
        {
            counts[status]++;
        }

        int Count(ObservationStatus status) => counts[(byte)status];
        return new StatusCounts(
            Count(ObservationStatus.Ok), Count(ObservationStatus.Zero), Count(ObservationStatus.Missing), Count(ObservationStatus.Suppressed),
            Count(ObservationStatus.Provisional), Count(ObservationStatus.Break), counts[FigureSeries.NotPublished]);
    }
}

/// <summary>An indicator with what there is of it here.</summary>
/// <param name="Indicator">The definition.</param>
/// <param name="Series">Its series, one a breakdown, the total first.</param>
internal sealed record IndicatorEntry(Indicator Indicator, IReadOnlyList<FigureSeries> Series)
{
    /// <summary>The newest period of any series; <see langword="null"/> where there are no figures.</summary>
    public Period? Newest => Series.Count == 0 ? null : Series.SelectMany(series => series.Periods).Max();
}

/// <summary>The indicators and what can be asked of the list.</summary>
internal static class IndicatorCatalogue
{
    /// <summary>Every indicator by name.</summary>
    public static IReadOnlyList<IndicatorEntry> Of(SiteContent content, CultureInfo culture) =>
    [
        .. content.Definitions.Indicators.Values.OrderBy(indicator => indicator.Name.In(culture), StringComparer.Create(culture, ignoreCase: true)).ThenBy(indicator => indicator.Id, StringComparer.Ordinal)
            .Select(indicator => Entry(content, indicator)),
    ];

    public static IndicatorEntry? Find(SiteContent content, string? id) => id is not null && content.Definitions.Indicators.TryGetValue(id, out var indicator) ? Entry(content, indicator) : null;

    /// <summary>Those that hold every word of the text in a name, id, unit, publisher or source table, case and accents aside.</summary>
    /// <param name="entries">All.</param>
    /// <param name="text">What was asked; empty = all.</param>
    /// <param name="publisher">Only this publisher's; empty = all.</param>
    /// <param name="withFigures">Only those that have figures here.</param>
    public static IReadOnlyList<IndicatorEntry> Filter(IReadOnlyList<IndicatorEntry> entries, string text, string publisher, bool withFigures)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return
        [
            .. entries.Where(entry => (!withFigures || entry.Series.Count > 0)
                && (publisher.Length == 0 || entry.Indicator.Institution == publisher)
                && Array.TrueForAll(words, word => Texts(entry.Indicator).Any(known => CultureInfo.InvariantCulture.CompareInfo.IndexOf(known, word, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0))),
        ];
    }

    /// <summary>A breakdown in words: "A-dagpenge", or its parts as they are.</summary>
    public static string Breakdown(DefinitionSet definitions, string breakdown, CultureInfo culture) => string.Join(", ", breakdown.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
        Value(pair) is var value && pair.StartsWith(Domain.Breakdown.BenefitGroup + "=", StringComparison.Ordinal)
            ? definitions.BenefitGroups.FirstOrDefault(group => group.Id == value)?.Name.In(culture) ?? value
            : pair.Replace("=", ": ", StringComparison.Ordinal)));

    /// <summary>The breaks that touch a series.</summary>
    public static IReadOnlyList<SeriesBreak> Breaks(DefinitionSet definitions, FigureSeries series)
    {
        var group = series.Breakdown.Split(';').FirstOrDefault(pair => pair.StartsWith(Domain.Breakdown.BenefitGroup + "=", StringComparison.Ordinal));
        var (first, last) = (series.Periods[0].FirstDay, series.Periods[^1].LastDay);
        return [.. definitions.Breaks.Where(one => one.Date > first && one.Date <= last && one.Touches(series.Indicator, group is null ? null : Value(group)))];
    }

    private static string Value(string pair) => pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..];

    private static IEnumerable<string> Texts(Indicator indicator) =>
        [indicator.Name.Da, indicator.Name.En, indicator.Id, indicator.Unit.Da, indicator.Unit.En, indicator.Institution, .. indicator.Sources.Select(source => source.Table)];

    private static IndicatorEntry Entry(SiteContent content, Indicator indicator) => new(indicator, [.. content.Figures.Of(indicator.Id).OrderBy(series => series.Breakdown, StringComparer.Ordinal)]);
}
