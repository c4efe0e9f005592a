using Microsoft.AspNetCore.Http;

namespace Fikspunkt.Web.Hosting;

/// <summary>Tells browsers to ask each time, and by which mark to ask: the content's version and the own municipality.</summary>
internal static class Freshness
{
    public static Task Use(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        if (context.GetEndpoint()?.Metadata.GetMetadata<Cached>() is not null)
        {
            var sight = Sights.Of(context);
            headers.ETag = $"W/\"{sight.Content.Version}-{sight.Own ?? "0"}\"";
            headers.CacheControl = "no-cache";
            headers.Vary = LanguageChoice.IsFront(context.Request) ? $"Accept-Encoding, Cookie, {LanguageChoice.Vary}" : "Accept-Encoding, Cookie";
            context.Response.OnStarting(() =>
            {
                if (context.Response.StatusCode != StatusCodes.Status200OK)
                {
                    headers.ETag = default;
                    headers.CacheControl = "no-store";
                }

                return Task.CompletedTask;
            });
        }

        return next(context);
    }

    /// <summary>Marks an endpoint whose answers depend on nothing but the address, the content and the own municipality.</summary>
    public sealed record Cached;
}
