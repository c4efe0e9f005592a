using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Pages;

/// <summary>What the site knows of its users: nothing but the municipality they choose.</summary>
internal sealed class PrivacyModel(SiteOptions options) : SitePageModel
{
    public override SitePage Place => SitePages.Privacy;

    public string? Contact => options.Contact;
}
