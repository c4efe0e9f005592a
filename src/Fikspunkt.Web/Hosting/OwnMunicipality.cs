using Fikspunkt.Web.Content;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fikspunkt.Web.Hosting;

/// <summary>Remembers which municipality is the user's own, by a form that works without script.</summary>
internal static class OwnMunicipality
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/egen", (HttpContext context, Site site, string? kommune, string? tilbage) =>
    {
        if (site.Current.Municipality(kommune) is { } municipality)
        {
            context.Response.Cookies.Append(Sights.OwnCookie, municipality.Code, new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = context.Request.IsHttps, IsEssential = true });
        }
        else
        {
            context.Response.Cookies.Delete(Sights.OwnCookie);
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.LocalRedirect(IsOwnPath(tilbage) ? tilbage! : "/");
    }).ExcludeFromDescription();

    // Nowhere but on this server: "//elsewhere" and "/\elsewhere" are other servers to a browser.
    private static bool IsOwnPath(string? path) => path is ['/'] or ['/', not ('/' or '\\'), ..];
}
