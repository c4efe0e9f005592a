using Fikspunkt.Domain;
using Fikspunkt.Store;
using Fikspunkt.Web.Charts;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace Fikspunkt.Web.Pages;

/// <summary>One indicator: definition, what it cannot tell, freshness, status of its cells, revisions, spread over time.</summary>
internal sealed class IndicatorModel : SitePageModel
{
    public override SitePage Place => SitePages.Indicator;

    public IndicatorEntry Entry { get; private set; } = null!;

    /// <summary>The series shown; <see langword="null"/> where there are no figures.</summary>
    public FigureSeries? Series { get; private set; }

    public SiteChart? Spread { get; private set; }

    /// <summary>Status of the cells of the series shown.</summary>
    public StatusCounts Counts { get; private set; }

    public IReadOnlyList<SeriesBreak> Breaks { get; private set; } = [];

    /// <summary>What newer pulls of its table changed, and the rows of it that are this series'.</summary>
    public IReadOnlyList<(TableChange Change, IReadOnlyList<ObservationChange> Rows)> Changes { get; private set; } = [];

    /// <summary>When the page was made, so that an age on it can be dated.</summary>
    public LocalDate Today { get; } = SystemClock.Instance.GetCurrentInstant().InUtc().Date;

    public IActionResult OnGet(string id)
    {
        if (IndicatorCatalogue.Find(Site, id) is not { } entry)
        {
            return Missing(
                Texts.IndicatorMissing.With(Shortened.Of(id)),
                IndicatorCatalogue.Of(Site, Sight.Culture).Where(known => known.Series.Count > 0).Take(6).Select(known => new Suggestion(known.Indicator.Name.In(Sight.Culture), Links.To(SitePages.Indicator, known.Indicator.Id))));
        }

        Entry = entry;
        if (Sight.Query.First(SiteQuery.Breakdown) is { } asked && !entry.Series.Any(series => series.Breakdown == asked))
        {
            return Missing(
                Texts.BreakdownMissing.With(entry.Indicator.Name.In(Sight.Culture), Shortened.Of(asked)),
                entry.Series.Select(series => new Suggestion(IndicatorDiagrams.Title(Site.Definitions, entry.Indicator, series), Links.To(SitePages.Indicator, entry.Indicator.Id, new SiteQuery([]).With(SiteQuery.Breakdown, series.Breakdown)))));
        }

        Series = IndicatorDiagrams.Chosen(entry, Sight.Query);
        if (Series is { } shown)
        {
            Spread = Diagrams.Make("noegletal-spredning", Sight with { Query = Sight.Query.With(SiteQuery.Indicator, entry.Indicator.Id) });
            Counts = StatusCounts.Of([shown]);
            Breaks = IndicatorCatalogue.Breaks(Site.Definitions, shown);
            Changes = ChangesOf(Site.Figures, shown);
        }

        return Page();
    }

    /// <summary>The pulls of the series' table that changed anything, with the known rows that are the series'.</summary>
    internal static IReadOnlyList<(TableChange Change, IReadOnlyList<ObservationChange> Rows)> ChangesOf(Figures figures, FigureSeries series) =>
    [
        .. figures.Changes.Where(change => change.After.Table == series.Vintage.Table)
            .Select(change => (change, (IReadOnlyList<ObservationChange>)[.. change.Rows.Where(row => (row.New ?? row.Old) is { } cell && cell.Indicator == series.Indicator && cell.Breakdown == series.Breakdown)])),
    ];
}
