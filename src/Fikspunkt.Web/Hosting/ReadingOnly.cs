using Microsoft.AspNetCore.Http;

namespace Fikspunkt.Web.Hosting;

/// <summary>Refuses what asks for anything but reading; the API refuses in its own form.</summary>
internal static class ReadingOnly
{
    public static Task Use(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = "GET, HEAD";

        // The page that says so is read like any other.
        request.Method = HttpMethods.Get;
        return Task.CompletedTask;
    }
}
