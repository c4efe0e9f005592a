using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Fikspunkt.Domain;
using Fikspunkt.Web.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Fikspunkt.Web.Api;

/// <summary>Stands before everything below <c>/api</c>: who may read, how often, in which language, and that every fault is an answer that a program can read.</summary>
internal sealed partial class ApiGuard(RequestDelegate next, SiteOptions options, ILogger<ApiGuard> log) : IDisposable
{
    private const int LongestQuery = 4 << 10;
    private const string Methods = "GET, HEAD, OPTIONS";
    private readonly PartitionedRateLimiter<string>? limiter = options.ApiRequestsPerMinute > 0 ? PartitionedRateLimiter.Create<string, string>(client => RateLimitPartition.GetTokenBucketLimiter(client, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = options.ApiRequestsPerMinute,
        TokensPerPeriod = Math.Max(1, options.ApiRequestsPerMinute / 60),
        ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 60.0 / options.ApiRequestsPerMinute)),
    })) : null;

    public void Dispose() => limiter?.Dispose();

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = LanguageOf(context.Request);
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "ETag, Last-Modified, Link, Retry-After, Content-Language";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.Vary = "Accept, Accept-Language, Accept-Encoding";
        headers.ContentLanguage = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        using var lease = limiter?.AttemptAcquire(Client(context));
        if (lease is { IsAcquired: false })
        {
            headers.RetryAfter = (lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 1).ToString(CultureInfo.InvariantCulture);
            await ApiProblem.Write(context, StatusCodes.Status429TooManyRequests, Texts.ApiTooManyRequests.With(options.ApiRequestsPerMinute));
            return;
        }

        await Answer(context);
    }

    private async Task Answer(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsOptions(request.Method))
        {
            Options(context.Response);
            return;
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.Headers.Allow = Methods;
            await ApiProblem.Write(context, StatusCodes.Status405MethodNotAllowed, Texts.ApiOnlyReads, new InputProblem(Texts.ApiOnlyReads, Found: request.Method, Expected: Methods));
            return;
        }

        if (request.QueryString.Value is { Length: > LongestQuery } query)
        {
            await ApiProblem.Write(context, StatusCodes.Status414UriTooLong, Texts.ApiTooLong, new InputProblem(Texts.ApiTooLong, Found: query.Length.ToString(CultureInfo.InvariantCulture), Expected: Texts.ApiAtMost.With(LongestQuery)));
            return;
        }

        if (request.ContentLength > 0 || context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            await ApiProblem.Write(context, StatusCodes.Status413PayloadTooLarge, Texts.ApiNoBody);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Headers.ContentEncoding = default;
            await Refuse(context, e);
            return;
        }

        // What found no endpoint, as an unknown address, has a status and nothing else.
        if (!context.Response.HasStarted && context.Response is { StatusCode: >= 400, ContentType: null })
        {
            await ApiProblem.Write(context, context.Response.StatusCode, context.Response.StatusCode == 404 ? Texts.ApiNoSuchAddress : Texts.RefusedText, context.Response.StatusCode == 404
                ? new InputProblem(Texts.ApiNoSuchAddress, Found: context.Request.Path.Value, Expected: string.Join(", ", Nearest.Of(context.Request.Path.Value ?? "", ApiCatalog.All.Select(operation => ApiEndpoints.Root + operation.Route))))
                : null);
        }
    }

    private Task Refuse(HttpContext context, Exception fault)
    {
        switch (fault)
        {
            case InputException refused:
                return ApiProblem.Write(context, StatusCodes.Status400BadRequest, refused);
            case BadHttpRequestException bad:
                return ApiProblem.Write(context, bad.StatusCode, Texts.RefusedText);
            default:
                Failed(fault, context.Request.Path.Value);
                return ApiProblem.Write(context, StatusCodes.Status500InternalServerError, Texts.ApiFault);
        }
    }

    private static void Options(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.Allow = Methods;
        response.Headers.AccessControlAllowMethods = Methods;
        response.Headers.AccessControlAllowHeaders = "*";
        response.Headers.AccessControlMaxAge = "86400";
    }

    // One household or office with IPv6 has a whole /64, so that is one client.
    private static string Client(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
        {
            return "";
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]).ToString() : address.ToString();
    }

    private static CultureInfo LanguageOf(HttpRequest request) => request.Query[ApiChoices.Language] switch
    {
        ["en"] => Languages.English,
        ["da"] => Languages.Danish,
        _ => Preferred(request.Headers.AcceptLanguage),
    };

    private static CultureInfo Preferred(StringValues header) =>
        Microsoft.Net.Http.Headers.StringWithQualityHeaderValue.TryParseList(header, out var wanted)
        && wanted.Where(language => language.Quality is null or > 0).OrderByDescending(language => language.Quality ?? 1).Select(language => language.Value.ToString().Split('-')[0].ToLowerInvariant()).FirstOrDefault(language => language is "da" or "en") == "en"
            ? Languages.English
            : Languages.Danish;

    [LoggerMessage(LogLevel.Error, "Could not answer {Path}")]
    private partial void Failed(Exception fault, string? path);
}
