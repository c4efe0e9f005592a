using System.Net;
using System.Text.Json.Nodes;
using Fikspunkt.Web.Content;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fikspunkt.Web.Hosting;

/// <summary>What those who run the server ask it: does it live, can it answer, what has it done.</summary>
internal static class Health
{
    public const string Live = "/sundhed/live";
    public const string Ready = "/sundhed/klar";
    public const string Counts = "/metrics";
    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        Add(routes, Live, _ => Results.Text("ok\n"));
        Add(routes, Ready, context => Readiness(context.RequestServices));
        Add(routes, Counts, Figures);
    }

    /// <summary>Not ready when there is something in the folder but none of it can be read, or when the server is about to stop. Faults are counted here and named in the log.</summary>
    private static IResult Readiness(IServiceProvider services)
    {
        var content = services.GetRequiredService<Site>().Current;
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;
        var ready = !stopping && (content.Faults.Count == 0 || content.Publications.Count > 0 || content.Figures.Vintages.Count > 0);
        return Results.Text(
            new JsonObject
            {
                ["ready"] = ready,
                ["version"] = content.Version,
                ["publications"] = content.Publications.Count,
                ["vintages"] = content.Figures.Vintages.Count,
                ["faults"] = content.Faults.Count,
            }.ToJsonString() + "\n",
            "application/json",
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    // Elsewhere it is as if there were nothing here.
    private static IResult Figures(HttpContext context)
    {
        var services = context.RequestServices;
        return services.GetRequiredService<SiteOptions>().OpenMetrics || context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
            ? Results.Text(services.GetRequiredService<Metrics>().Text(services.GetRequiredService<Site>().Current, DateTimeOffset.UtcNow), "text/plain; version=0.0.4; charset=utf-8")
            : Results.NotFound();
    }

    private static void Add(IEndpointRouteBuilder routes, string path, Func<HttpContext, IResult> answer) => routes.MapMethods(path, Reading, (HttpContext context) =>
    {
        context.Response.Headers.CacheControl = "no-store";
        return answer(context);
    }).WithMetadata(new RequestWatch.Quiet()).ExcludeFromDescription();
}
