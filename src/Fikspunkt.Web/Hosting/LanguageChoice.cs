using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Fikspunkt.Web.Hosting;

/// <summary>Sends those who come to the front page from elsewhere, and whose browser asks for English and not for Danish, to the English one.</summary>
/// <remarks>Nowhere else, and never from a link on the site or with choices in the address: there the language has been chosen.</remarks>
internal static class LanguageChoice
{
    /// <summary>The request headers that the front page's answer depends on.</summary>
    public const string Vary = "Accept-Language, Referer, Sec-Fetch-Site";

    public static bool IsFront(HttpRequest request) => request.Path == SitePages.Overview.Danish;

    public static Task Use(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (IsFront(request) && !request.QueryString.HasValue && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && !ComesFromHere(request) && PrefersEnglish(request.Headers.AcceptLanguage))
        {
            context.Response.StatusCode = StatusCodes.Status302Found;
            context.Response.Headers.Location = SitePages.Overview.English;
            context.Response.Headers.Vary = Vary;
            context.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }

        return next(context);
    }

    /// <summary>Whether English is asked for and Danish is not.</summary>
    public static bool PrefersEnglish(IList<string?> accepted) =>
        StringWithQualityHeaderValue.TryParseList([.. accepted.OfType<string>()], out var languages)
        && Asked(languages, "en") && !Asked(languages, "da");

    private static bool Asked(IEnumerable<StringWithQualityHeaderValue> languages, string language) =>
        languages.Any(value => value.Quality is not 0 && (value.Value.Equals(language, StringComparison.OrdinalIgnoreCase) || value.Value.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase)));

    private static bool ComesFromHere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] == "same-origin"
        || (Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var referer) && referer.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
}
