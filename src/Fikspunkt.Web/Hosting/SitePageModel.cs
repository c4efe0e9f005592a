using Fikspunkt.Web.Charts;
using Fikspunkt.Web.Content;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Fikspunkt.Web.Hosting;

/// <summary>What every page has: what is shown, what was chosen, and a helpful answer to what is not there.</summary>
internal abstract class SitePageModel : PageModel
{
    private Sight? sight;

    /// <summary>Content, choices and language.</summary>
    public Sight Sight => sight ??= Sights.Of(HttpContext);

    public SiteContent Site => Sight.Content;

    /// <summary>The page's entry in <see cref="SitePages"/>; decides the menu and the other language's address.</summary>
    public abstract SitePage Place { get; }

    /// <summary>The id in the address, where the page has one.</summary>
    public string? RouteId => RouteData.Values.TryGetValue("area", out var area) ? area as string : RouteData.Values["id"] as string;

    /// <summary>The address that was asked for, also where the page that answers is another.</summary>
    public string Address => HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is { } asked
        ? asked.OriginalPathBase + asked.OriginalPath + asked.OriginalQueryString
        : HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? Request.Path + Request.QueryString;

    /// <summary>What a partial of this page gets: the page itself and the level of its headings.</summary>
    public ViewDataDictionary Parts(int level = 2) => new(ViewData) { ["PageModel"] = this, ["Level"] = level };

    /// <summary>A chart of this page's choices.</summary>
    public SiteChart? Chart(string name) => Diagrams.Make(name, Sight);

    /// <summary>Ends the request with the page that says what was not found and leads on, status 404.</summary>
    protected IActionResult Missing(string what, IEnumerable<Suggestion> suggestions)
    {
        HttpContext.Items[typeof(MissingPage)] = new MissingPage(what, [.. suggestions]);
        return NotFound();
    }
}

/// <summary>Somewhere to go from a page that does not exist.</summary>
internal sealed record Suggestion(string Text, string Address);

/// <summary>What was not found.</summary>
internal sealed record MissingPage(string What, IReadOnlyList<Suggestion> Suggestions);
