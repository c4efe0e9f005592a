using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Pages;

/// <summary>The country: who differs from what is expected, and how sure that is.</summary>
internal sealed class OverviewModel : SitePageModel
{
    public override SitePage Place => SitePages.Overview;
}
