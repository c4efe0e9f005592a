using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Pages;

/// <summary>What went wrong, in words, and where to go on; never how the program is made inside.</summary>
internal sealed class FaultModel : SitePageModel
{
    public override SitePage Place => SitePages.Overview;

    public string Heading { get; private set; } = "";

    public string What { get; private set; } = "";

    public IReadOnlyList<Suggestion> Suggestions { get; private set; } = [];

    public void OnGet(int status)
    {
        var missing = HttpContext.Items.TryGetValue(typeof(MissingPage), out var item) ? item as MissingPage : null;
        Heading = status switch
        {
            404 => Texts.MissingTitle,
            >= 500 => Texts.FaultTitle,
            _ => Texts.RefusedTitle,
        };
        What = missing?.What ?? (status == 404 ? Texts.MissingText : status >= 500 ? Texts.FaultText : Texts.RefusedText);
        Suggestions = missing?.Suggestions ?? [];
        Response.StatusCode = status is >= 400 and < 600 ? status : 404;
        Response.Headers.CacheControl = "no-store";
    }

    public void OnPost(int status) => OnGet(status);
}
