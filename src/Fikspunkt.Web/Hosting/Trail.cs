namespace Fikspunkt.Web.Hosting;

/// <summary>A page above the one shown.</summary>
/// <param name="Page">The page.</param>
/// <param name="Text">What it is called.</param>
/// <param name="Address">Its address.</param>
internal sealed record TrailStep(SitePage Page, string Text, string Address);

/// <summary>The menu, and the way down to a page that lies deeper.</summary>
internal static class Trail
{
    /// <summary>The menu's entries that there are.</summary>
    public static IReadOnlyList<TrailStep> Menu =>
    [
        .. new[]
        {
            Step(SitePages.Overview, Texts.MenuOverview), Step(SitePages.Compare, Texts.MenuCompare), Step(SitePages.Measurements, Texts.MenuMeasurements),
            Step(SitePages.Indicators, Texts.MenuIndicators), Step(SitePages.Data, Texts.MenuData), Step(SitePages.Uncertainty, Texts.MenuUncertainty),
        }.Where(step => SitePages.All.Contains(step.Page)),
    ];

    /// <summary>The pages above, the uppermost first; empty for pages of the menu.</summary>
    public static IReadOnlyList<TrailStep> To(SitePageModel model)
    {
        var place = model.Place;
        if (place != SitePages.Municipality && place != SitePages.Brief)
        {
            TrailStep[] above = [.. Menu.Where(step => place.Danish.StartsWith(step.Page.Danish + "/", StringComparison.Ordinal))];
            return above.Length > 0 || place.Danish.LastIndexOf('/') == 0 ? above : [Menu[0]];
        }

        return place == SitePages.Brief && model.Site.Municipality(model.RouteId) is { } municipality
            ? [Menu[0], new TrailStep(SitePages.Municipality, municipality.NameIn(Charts.Sight.Culture), Links.Municipality(model.Site, municipality.Code))]
            : [Menu[0]];
    }

    private static TrailStep Step(SitePage page, string text) => new(page, text, Links.To(page));
}
