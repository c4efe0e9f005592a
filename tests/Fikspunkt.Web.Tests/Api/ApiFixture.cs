using Fikspunkt.Domain;
using Fikspunkt.Store;
using Fikspunkt.Testing;
using Fikspunkt.Web.Tests.Api;
using Microsoft.AspNetCore.Builder;
using NodaTime;
using Period = Fikspunkt.Domain.Period;

[assembly: AssemblyFixture(typeof(ApiFixture))]

namespace Fikspunkt.Web.Tests.Api;

/// <summary>A server over a few figures of every status, and over nothing else.</summary>
public sealed class ApiFixture : IAsyncLifetime
{
    private static readonly Period Before = Period.OfYear(2023);
    private static readonly Period Now = Period.OfYear(2024);

    private readonly TemporaryFolder folder = new();
    private WebApplication? site;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        using (var store = ObservationStore.Open(Path.Combine(folder.Path, SiteOptions.StoreName)))
        {
            store.Import(new VintageHeader("figures", "Testkilde", "figures.csv", Instant.FromUtc(2025, 2, 1, 12, 0), new string('0', 64), Synthetic: false), writer =>
            {
                // One cell of each status; 147 has none in 2024.
                Add("101", Before, 1000, ObservationStatus.Ok);
                Add("101", Now, 1010.5, ObservationStatus.Provisional);
                Add("147", Before, null, ObservationStatus.Suppressed);
                Add("151", Before, 0, ObservationStatus.Zero);
                Add("151", Now, null, ObservationStatus.Missing);
                Add("153", Before, 12, ObservationStatus.Break);
                Add("153", Now, 13, ObservationStatus.Ok);

                void Add(string area, Period period, double? value, ObservationStatus status) => writer.Append(area, period, "population", Breakdown.Total, value, status, raw: null, line: 1);
            });
        }

        site = await SiteFixture.Serve(folder.Path);
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(site.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (site is not null)
        {
            await site.DisposeAsync();
        }

        folder.Dispose();
    }
}
