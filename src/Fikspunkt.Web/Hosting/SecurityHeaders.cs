using Microsoft.AspNetCore.Http;

namespace Fikspunkt.Web.Hosting;

/// <summary>What a browser may do with a page: nothing but what comes from this server.</summary>
/// <remarks>The style stands in the page and is allowed by its hash; charts draw with Vega's expression interpreter, so that no text is evaluated as script.</remarks>
internal sealed class SecurityHeaders(RequestDelegate next, StaticFiles files)
{
    private readonly string policy =
        $"default-src 'none'; script-src 'self'; style-src 'self' {files.StyleHashes}; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        return next(context);
    }
}
