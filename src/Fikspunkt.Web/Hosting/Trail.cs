namespace Fikspunkt.Web.Hosting;

/// <summary>A page above the one shown.</summary>
/// <param name="Page">The page.</param>
/// <param name="Text">What it is called.</param>
/// <param name="Address">Its address.</param>
internal sealed record TrailStep(SitePage Page, string Text, string Address);

/// <summary>The way down to a page that lies deeper than the menu.</summary>
internal static class Trail
{
    /// <summary>The pages above, the uppermost first; empty for pages of the menu.</summary>
    public static IReadOnlyList<TrailStep> To(SitePageModel model)
    {
        var place = model.Place;
        return [.. Above(place, model).Where(step => SitePages.All.Contains(step.Page))];
    }

    private static IEnumerable<TrailStep> Above(SitePage place, SitePageModel model)
    {
        if (place == SitePages.Municipality || place == SitePages.Brief)
        {
            yield return Step(SitePages.Overview, Texts.MenuOverview);
            if (place == SitePages.Brief && model.Site.Municipality(model.RouteId) is { } municipality)
            {
                yield return new TrailStep(SitePages.Municipality, municipality.NameIn(Charts.Sight.Culture), Links.Municipality(model.Site, municipality.Code));
            }
        }
        else if (place == SitePages.Measurement)
        {
            yield return Step(SitePages.Measurements, Texts.MenuMeasurements);
        }
        else if (place == SitePages.Indicator)
        {
            yield return Step(SitePages.Indicators, Texts.MenuIndicators);
        }
        else if (place == SitePages.TryApi || place == SitePages.Workbench)
        {
            yield return Step(SitePages.Data, Texts.MenuData);
        }
    }

    private static TrailStep Step(SitePage page, string text) => new(page, text, Links.To(page));
}
