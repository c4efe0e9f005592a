using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fikspunkt.Sources.Tests.Http;

/// <summary>A real HTTP server on loopback that answers as a test says and remembers what it was asked.</summary>
internal sealed class LoopbackApi : IAsyncDisposable
{
    private readonly WebApplication app;

    private LoopbackApi(WebApplication app, ConcurrentQueue<Request> requests)
    {
        this.app = app;
        Requests = requests;
    }

    public ConcurrentQueue<Request> Requests { get; }

    public Uri Address => new(app.Urls.Single() + "/");

    public static async Task<LoopbackApi> StartAsync(Func<Request, HttpResponse, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = builder.Build();
        var requests = new ConcurrentQueue<Request>();
        server.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var request = new Request(
                requests.Count + 1,
                context.Request.Method,
                context.Request.Path + Uri.UnescapeDataString(context.Request.QueryString.Value ?? string.Empty),
                context.Request.Headers.Authorization.ToString(),
                await reader.ReadToEndAsync());
            requests.Enqueue(request);
            await answer(request, context.Response);
        });
        await server.StartAsync();
        return new LoopbackApi(server, requests);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    internal sealed record Request(int Number, string Method, string Address, string Authorization, string Body);
}

internal static class Answers
{
    public static async Task Json(HttpResponse response, string body, int status = 200, string type = "application/json; charset=utf-8")
    {
        response.StatusCode = status;
        response.ContentType = type;
        await response.WriteAsync(body);
    }

    public static Task Csv(HttpResponse response, string body) => Json(response, body, type: "text/csv; charset=utf-8");

    /// <summary>Promises more than it sends, then drops the connection.</summary>
    public static async Task CutOff(HttpResponse response, string body)
    {
        response.ContentType = "application/json";
        response.ContentLength = body.Length + 1000;
        await response.WriteAsync(body);
        await response.Body.FlushAsync();
        response.HttpContext.Abort();
    }

    /// <summary>Begins an answer and then says nothing until the client gives up.</summary>
    public static async Task FallSilent(HttpResponse response)
    {
        response.ContentType = "application/json";
        await response.WriteAsync("{");
        await response.Body.FlushAsync();
        try
        {
            await Task.Delay(Timeout.Infinite, response.HttpContext.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The client left, as it should.
        }
    }
}
