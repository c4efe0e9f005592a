using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Fikspunkt.Web.Hosting;

/// <summary>The two languages of the site: Danish at the root, English under <c>/en</c>.</summary>
internal static class Languages
{
    public static CultureInfo Danish { get; } = CultureInfo.GetCultureInfo("da-DK");

    public static CultureInfo English { get; } = CultureInfo.GetCultureInfo("en-GB");

    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    public static CultureInfo Of(PathString path) => path.StartsWithSegments("/en", StringComparison.Ordinal) ? English : Danish;

    /// <summary>Sets the language of the request from its address.</summary>
    public static Task Use(HttpContext context, RequestDelegate next)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Of(context.Request.Path);
        return next(context);
    }
}
