using Fikspunkt.Web.Charts;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Pages;

/// <summary>The catalogue of indicators, searched and filtered by a form that works without script.</summary>
internal sealed class IndicatorsModel : SitePageModel
{
    public override SitePage Place => SitePages.Indicators;

    public string Search => Sight.Query.First(SiteQuery.Search) ?? "";

    public string Publisher => Sight.Query.First(SiteQuery.Publisher) ?? "";

    public bool WithFigures => Sight.Query.First(SiteQuery.WithFigures) is not null;

    public IReadOnlyList<IndicatorEntry> Shown { get; private set; } = [];

    public IReadOnlyList<string> Publishers { get; private set; } = [];

    public int Count { get; private set; }

    public void OnGet()
    {
        var all = IndicatorCatalogue.Of(Site, Sight.Culture);
        Count = all.Count;
        Publishers = [.. all.Select(entry => entry.Indicator.Institution).Distinct(StringComparer.Ordinal).Order(StringComparer.Create(Sight.Culture, ignoreCase: true))];
        Shown = IndicatorCatalogue.Filter(all, Search, Publisher, WithFigures);
    }
}
