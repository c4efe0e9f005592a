using Fikspunkt.Web.Api;
using Fikspunkt.Web.Hosting;
using Microsoft.AspNetCore.Diagnostics;

namespace Fikspunkt.Web.Pages;

/// <summary>What went wrong, in words, and where to go on; never how the program is made inside.</summary>
internal sealed class FaultModel : SitePageModel
{
    private const int LongestCompared = 60;

    public override SitePage Place => SitePages.Overview;

    public string Heading { get; private set; } = "";

    public string What { get; private set; } = "";

    public IReadOnlyList<Suggestion> Suggestions { get; private set; } = [];

    public void OnGet(int status)
    {
        // Asked for by its own address it is a page like any other that does not exist; no one shall make the server report a fault it has not.
        if (HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is null && HttpContext.Features.Get<IExceptionHandlerFeature>() is null)
        {
            status = 404;
        }

        var missing = HttpContext.Items.TryGetValue(typeof(MissingPage), out var item) ? item as MissingPage : null;
        Heading = status switch
        {
            404 => Texts.MissingTitle,
            >= 500 => Texts.FaultTitle,
            _ => Texts.RefusedTitle,
        };
        What = missing?.What ?? (status == 404 ? Texts.MissingText : status >= 500 ? Texts.FaultText : Texts.RefusedText);
        Suggestions = missing?.Suggestions ?? (status == 404 ? [.. Near(HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath ?? "")] : []);
        Response.StatusCode = status is >= 400 and < 600 ? status : 404;
        Response.Headers.CacheControl = "no-store";
    }

    // The pages whose address is spelt almost so.
    private static IEnumerable<Suggestion> Near(string path) => path.Length > LongestCompared ? [] :
        from page in SitePages.All
        let address = page.Route(Languages.IsEnglish)
        where !address.Contains('{', StringComparison.Ordinal)
        let distance = Nearest.Distance(path, address)
        where distance <= address.Length / 4
        orderby distance
        select new Suggestion(Trail.Menu.FirstOrDefault(step => step.Page == page)?.Text ?? address, address);
}
