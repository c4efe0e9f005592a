using Fikspunkt.Web.Charts;
using Fikspunkt.Web.Content;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fikspunkt.Web.Hosting;

/// <summary>Reads a request's choices.</summary>
internal static class Sights
{
    /// <summary>Name of the cookie that holds the user's own municipality's code, and nothing else.</summary>
    public const string OwnCookie = "egen";

    public static Sight Of(HttpContext context)
    {
        var content = context.RequestServices.GetRequiredService<Site>().Current;
        var query = SiteQuery.Of(context.Request.Query);
        return new Sight(content, query, content.Municipality(query.First(SiteQuery.Own) ?? Cookie(context))?.Code);
    }

    private static string? Cookie(HttpContext context) => context.Request.Cookies[OwnCookie];
}
