using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Pages;

/// <summary>Every measurement and benchmark model there is, published here or not.</summary>
internal sealed class MeasurementsModel : SitePageModel
{
    public override SitePage Place => SitePages.Measurements;

    public IReadOnlyList<MeasurementEntry> Measurements { get; private set; } = [];

    public IReadOnlyList<MeasurementEntry> Models { get; private set; } = [];

    public void OnGet()
    {
        var entries = MeasurementEntries.Of(Site);
        Measurements = [.. entries.Where(entry => entry.Measurement is not null)];
        Models = [.. entries.Where(entry => entry.Measurement is null)];
    }
}
