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
        var content = Content(context);
        var query = SiteQuery.Of(context.Request.Query);
        return new Sight(content, query, content.Municipality(query.First(SiteQuery.Own) ?? Cookie(context))?.Code);
    }

    /// <summary>What the request began with: new content that arrives meanwhile is for the next request.</summary>
    public static SiteContent Content(HttpContext context)
    {
        if (context.Features.Get<SiteContent>() is { } content)
        {
            return content;
        }

        content = context.RequestServices.GetRequiredService<Site>().Current;
        context.Features.Set(content);
        return content;
    }

    private static string? Cookie(HttpContext context) => context.Request.Cookies[OwnCookie];
}
