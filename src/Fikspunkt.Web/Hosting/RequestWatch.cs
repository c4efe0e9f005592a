using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Fikspunkt.Web.Hosting;

/// <summary>Counts and logs every request by its route, so that neither holds what somebody wrote in an address, nor who it was.</summary>
internal sealed partial class RequestWatch(RequestDelegate next, Metrics metrics, ILogger<RequestWatch> log)
{
    private const string NoRoute = "-";
    private const int GivenUp = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        var began = Stopwatch.GetTimestamp();
        var method = Known(context.Request.Method);
        var route = new FirstRoute();
        context.Features.Set(route);
        metrics.Begin();
        var whole = false;
        try
        {
            await next(context);
            whole = true;
        }
        finally
        {
            var duration = Stopwatch.GetElapsedTime(began);
            var status = context.RequestAborted.IsCancellationRequested ? GivenUp : whole ? context.Response.StatusCode : StatusCodes.Status500InternalServerError;
            var name = route.Name ?? NoRoute;
            metrics.End(method, name, status, duration);
            if (route.IsLogged)
            {
                Answered(method, name, status, Math.Round(duration.TotalMilliseconds, 2));
            }
        }
    }

    /// <summary>Keeps the first route of a request: a page that says what went wrong is not the one that was asked for.</summary>
    public static Task KeepRoute(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<FirstRoute>() is { Name: null } route)
        {
            var isAskedFor = context.Features.Get<IStatusCodeReExecuteFeature>() is null && context.Features.Get<IExceptionHandlerFeature>() is null;
            route.Name = isAskedFor && (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } pattern ? "/" + pattern.TrimStart('/') : NoRoute;
            route.IsLogged = context.GetEndpoint()?.Metadata.GetMetadata<Quiet>() is null;
        }

        return next(context);
    }

    // Methods are words that a client makes up.
    private static string Known(string method) => Array.Find(Methods, known => HttpMethods.Equals(known, method)) ?? "OTHER";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete, HttpMethods.Options, HttpMethods.Patch, HttpMethods.Trace];

    [LoggerMessage(LogLevel.Information, "{Method} {Route} {Status} in {Milliseconds} ms")]
    private partial void Answered(string method, string route, int status, double milliseconds);

    /// <summary>Marks what is asked every few seconds by machines that watch the server; it is counted, not logged.</summary>
    public sealed record Quiet;

    private sealed class FirstRoute
    {
        public string? Name { get; set; }

        public bool IsLogged { get; set; } = true;
    }
}
