using Fikspunkt.Web.Hosting;
using NodaTime;

namespace Fikspunkt.Web.Pages;

/// <summary>The accessibility statement: status, known faults, how it was assessed, whom to tell, where to complain.</summary>
internal sealed class AccessibilityModel(SiteOptions options) : SitePageModel
{
    /// <summary>The day on which the statement was prepared. It changes with the statement, by hand.</summary>
    public static LocalDate Prepared { get; } = new(2026, 11, 21);

    public override SitePage Place => SitePages.Accessibility;

    public string? Contact => options.Contact;
}
