using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Primitives;

namespace Fikspunkt.Web.Hosting;

/// <summary>
/// Pages and charts are made once for each address, own municipality and version of the content, and then sent from memory.
/// The browser asks again each time and is told when nothing has changed.
/// </summary>
internal sealed class PageCache(Metrics metrics) : IOutputCachePolicy
{
    public const string Policy = "page";

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        var sight = Sights.Of(context.HttpContext);
        var reading = HttpMethodsAllowed(request.Method);
        context.EnableOutputCaching = reading;
        context.AllowCacheLookup = reading;
        context.AllowCacheStorage = reading;
        context.AllowLocking = true;
        context.ResponseExpirationTimeSpan = TimeSpan.FromHours(1);
        context.CacheVaryByRules.QueryKeys = StringValues.Empty;
        context.CacheVaryByRules.HeaderNames = new StringValues("Accept-Encoding");
        context.CacheVaryByRules.VaryByValues["content"] = sight.Content.Version;
        context.CacheVaryByRules.VaryByValues["own"] = sight.Own ?? "";
        context.CacheVaryByRules.VaryByValues["query"] = sight.Query.AddTo("");
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        metrics.FromCache();
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        context.AllowCacheStorage &= response.StatusCode == 200 && StringValues.IsNullOrEmpty(response.Headers.SetCookie);
        if (context.AllowCacheStorage)
        {
            metrics.IntoCache();
        }

        return ValueTask.CompletedTask;
    }

    private static bool HttpMethodsAllowed(string method) => Microsoft.AspNetCore.Http.HttpMethods.IsGet(method) || Microsoft.AspNetCore.Http.HttpMethods.IsHead(method);
}
