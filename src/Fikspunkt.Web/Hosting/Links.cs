using Fikspunkt.Web.Content;

namespace Fikspunkt.Web.Hosting;

/// <summary>Makes the addresses of pages, charts and files in the language of the request.</summary>
internal static class Links
{
    public static string To(SitePage page, string? id = null, SiteQuery? query = null) => To(page, Languages.IsEnglish, id, query);

    public static string To(SitePage page, bool english, string? id = null, SiteQuery? query = null)
    {
        var path = page.Route(english).Replace("{area}", Escape(id), StringComparison.Ordinal).Replace("{id}", Escape(id), StringComparison.Ordinal);
        return query?.AddTo(path) ?? path;
    }

    /// <summary>A municipality's page.</summary>
    public static string Municipality(SiteContent content, string code, SiteQuery? query = null) =>
        To(SitePages.Municipality, content.Municipality(code) is { } municipality ? Slug.Of(municipality.Name) : code, query);

    /// <summary>A chart as specification or its figures as a file.</summary>
    public static string Chart(string name, string format, SiteQuery query) => query.AddTo($"{(Languages.IsEnglish ? "/en" : "")}/diagram/{name}.{format}");

    private static string Escape(string? id) => Uri.EscapeDataString(id ?? "");
}
