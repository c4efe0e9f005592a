namespace Fikspunkt.Web.Hosting;

/// <summary>A page's address in each language; <c>{area}</c> and <c>{id}</c> are filled in.</summary>
/// <param name="Page">The Razor page.</param>
/// <param name="Danish">Danish route.</param>
/// <param name="English">English route.</param>
internal sealed record SitePage(string Page, string Danish, string English)
{
    public string Route(bool english) => english ? English : Danish;
}

/// <summary>Every page of the site and its addresses, written once.</summary>
internal static class SitePages
{
    public static SitePage Overview { get; } = new("/Overview", "/", "/en");

    public static SitePage Municipality { get; } = new("/Municipality", "/kommune/{area}", "/en/municipality/{area}");

    public static SitePage Brief { get; } = new("/Brief", "/kommune/{area}/notat", "/en/municipality/{area}/brief");

    public static SitePage Compare { get; } = new("/Compare", "/sammenlign", "/en/compare");

    public static SitePage Measurements { get; } = new("/Measurements", "/maaling", "/en/measurement");

    public static SitePage Measurement { get; } = new("/Measurement", "/maaling/{id}", "/en/measurement/{id}");

    public static SitePage Indicators { get; } = new("/Indicators", "/noegletal", "/en/indicators");

    public static SitePage Indicator { get; } = new("/Indicator", "/noegletal/{id}", "/en/indicators/{id}");

    public static SitePage Data { get; } = new("/Data", "/data", "/en/data");

    public static SitePage Method { get; } = new("/DataMethod", "/data/metode/{id}", "/en/data/method/{id}");

    public static SitePage Uncertainty { get; } = new("/Uncertainty", "/usikkerhed", "/en/uncertainty");

    public static SitePage Workbench { get; } = new("/Workbench", "/vaerksted", "/en/workbench");

    public static SitePage TryApi { get; } = new("/TryApi", "/data/api", "/en/data/api");

    public static SitePage Accessibility { get; } = new("/Accessibility", "/tilgaengelighed", "/en/accessibility");

    public static SitePage Privacy { get; } = new("/Privacy", "/privatliv", "/en/privacy");

    public static SitePage Fault { get; } = new("/Fault", "/fejl/{status}", "/en/fault/{status}");

    /// <summary>The pages that there are.</summary>
    public static IReadOnlyList<SitePage> All { get; } =
    [
        Overview,
        Uncertainty,
        TryApi,
        Municipality,
        Brief,
        Compare,
        Measurements,
        Measurement,
        Indicators,
        Indicator,
        Data,
        Method,
        Workbench,
        Accessibility,
        Privacy,
        Fault,
    ];
}
