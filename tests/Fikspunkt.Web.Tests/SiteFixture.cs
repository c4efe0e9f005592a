using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Definitions;
using Fikspunkt.Domain;
using Fikspunkt.Sources;
using Fikspunkt.Sources.Synthetic;
using Fikspunkt.Store;
using Fikspunkt.Testing;
using Fikspunkt.Web.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using NodaTime;

[assembly: AssemblyFixture(typeof(SiteFixture))]

namespace Fikspunkt.Web.Tests;

/// <summary>A real server on loopback over the synthetic Denmark, and a real browser: made once, used by every test that only reads.</summary>
public sealed class SiteFixture : IAsyncLifetime
{
    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly Instant Retrieved = Instant.FromUtc(2025, 1, 15, 0, 0);
    private readonly TemporaryFolder folder = new();
    private WebApplication? site;
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The folder that is served.</summary>
    public string Folder => folder.Path;

    /// <summary>The server's address without a slash at its end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The run as it was published, to compare pages with.</summary>
    public BenchmarkRun Run { get; private set; } = null!;

    public DefinitionSet Definitions { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Definitions = DefinitionLoader.Load(RepositoryFiles.Path("definitions"));
        Run = Fill(folder.Path, Definitions);
        site = await Serve(folder.Path);
        Address = site.Urls.First();
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(Address) };
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        Client?.Dispose();
        if (site is not null)
        {
            await site.DisposeAsync();
        }

        folder.Dispose();
    }

    /// <summary>A server on a free port of loopback.</summary>
    public static async Task<WebApplication> Serve(string folder, Func<SiteOptions, SiteOptions>? with = null)
    {
        var options = new SiteOptions(folder, "http://127.0.0.1:0") { Definitions = RepositoryFiles.Path("definitions") };
        var server = WebSite.Make(with is null ? options : with(options));
        await server.StartAsync();
        return server;
    }

    /// <summary>Fills a folder as the demonstration does: figures in a store, a publication beside it.</summary>
    public static BenchmarkRun Fill(string folder, DefinitionSet definitions)
    {
        SyntheticFiles.Write(SyntheticDenmark.Generate(new SyntheticOptions(SyntheticOptions.DemoSeed), definitions), folder);
        using var store = ObservationStore.Open(Path.Combine(folder, SiteOptions.StoreName));
        var vintage = TableImporter.Import(store, definitions, new ImportRequest([Path.Combine(folder, SyntheticFiles.DataFile)], null, Retrieved, Synthetic: true), CancellationToken.None);
        var observations = store.Read(vintage.Id);
        var reference = new VintageReference($"{vintage.Table}-{vintage.ValueHash[..12]}", vintage.Table, vintage.Source, "2025-01-15T00:00:00Z", vintage.ValueHash, Synthetic: true);
        var run = BenchmarkRunner.Run(definitions.Models["synthetic-denmark"], definitions, observations, [reference]);
        return Publication.Write(new PublicationRequest(run, definitions, observations, Retrieved, new PublicationTools("fikspunkt tests")), Path.Combine(folder, "synthetic-denmark")).Run;
    }

    /// <summary>A new window of a real browser; skips where there is none.</summary>
    public async Task<IPage> Page(string language = "da-DK", int width = 1280, bool script = true)
    {
        var path = Array.Find(Browsers, File.Exists);
        Assert.SkipWhen(path is null, "Needs a browser: install Debian's package 'chromium'.");
        playwright ??= await Playwright.CreateAsync();
        browser ??= await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox", "--disable-background-networking"] });
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, Locale = language, JavaScriptEnabled = script, BaseURL = Address, AcceptDownloads = true });
        return await context.NewPageAsync();
    }
}
