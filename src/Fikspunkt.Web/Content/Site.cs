using Fikspunkt.Domain;
using Fikspunkt.Store;
using Fikspunkt.Web.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fikspunkt.Web.Content;

/// <summary>Holds what is shown, and exchanges it whole when the folder has changed: a request keeps what it began with.</summary>
internal sealed partial class Site(SiteOptions options, Metrics metrics, ILogger<Site> log) : BackgroundService
{
    private string seen = ContentLoader.Fingerprint(options);
    private volatile SiteContent current = ContentLoader.Load(options);

    public SiteContent Current => current;

    /// <summary>Reads again when something in the folder has changed.</summary>
    /// <returns>Whether new content is shown.</returns>
    public bool Refresh()
    {
        var now = current;
        var found = ContentLoader.Fingerprint(options);
        if (found == seen && !IsFree(now))
        {
            return false;
        }

        // Taken before reading: what changes while it is read is read again.
        var next = ContentLoader.Load(options, now);
        seen = found;
        foreach (var fault in next.Faults.Except(now.Faults))
        {
            Unreadable(fault.Place, fault.Problem);
        }

        current = next;
        if (next.Version == now.Version)
        {
            return false;
        }

        metrics.Refreshed();
        Refreshed(next.Version, next.Publications.Count, next.Figures.Vintages.Count);
        return true;
    }

    // A store that an import held open may be free now without having changed.
    private bool IsFree(SiteContent now)
    {
        var store = ContentLoader.Store(options);
        if (!now.Faults.Any(fault => fault.Place == store) || !File.Exists(store))
        {
            return false;
        }

        try
        {
            ObservationStore.Open(store).Dispose();
            return true;
        }
        catch (InputException)
        {
            return false;
        }
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
                    metrics.RefreshFailed();
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
