using Fikspunkt.Domain;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fikspunkt.Web.Content;

/// <summary>Holds what is shown, and exchanges it whole when the folder has changed: a request keeps what it began with.</summary>
internal sealed partial class Site(SiteOptions options, ILogger<Site> log) : BackgroundService
{
    private volatile SiteContent current = ContentLoader.Load(options);

    public SiteContent Current => current;

    /// <summary>Reads again when something in the folder has changed.</summary>
    /// <returns>Whether new content is shown.</returns>
    public bool Refresh()
    {
        var now = current;
        if (ContentLoader.Fingerprint(options) == now.Version && now.Faults.Count == 0)
        {
            return false;
        }

        var next = ContentLoader.Load(options, now);
        if (next.Version == now.Version && next.Faults.SequenceEqual(now.Faults))
        {
            return false;
        }

        current = next;
        foreach (var fault in next.Faults)
        {
            Unreadable(fault.Place, fault.Problem);
        }

        Refreshed(next.Version, next.Publications.Count, next.Figures.Vintages.Count);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var fault in current.Faults)
        {
            Unreadable(fault.Place, fault.Problem);
        }

        using var timer = new PeriodicTimer(options.Refresh);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    Refresh();
                }
                catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
                {
                    // What was shown stays; the next look may find the folder whole.
                    Unreadable(options.Folder, e.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    [LoggerMessage(LogLevel.Information, "Showing version {Version}: {Publications} publications, {Vintages} vintages")]
    private partial void Refreshed(string version, int publications, int vintages);

    [LoggerMessage(LogLevel.Warning, "Cannot read {Place}: {Problem}")]
    private partial void Unreadable(string place, string problem);
}
