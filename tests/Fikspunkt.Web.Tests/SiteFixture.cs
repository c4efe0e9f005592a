using System.Security.Cryptography;
using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Definitions;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
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

    /// <summary>Fills a folder as the demonstration does: figures in a store, publications beside it.</summary>
    /// <remarks>What is published does not depend on the pages, and is kept beside the tests until the program that made it changes.</remarks>
    public static BenchmarkRun Fill(string folder, DefinitionSet definitions)
    {
        var kept = Path.Combine(AppContext.BaseDirectory, $"site-{Key()}");
        if (!Directory.Exists(kept))
        {
            foreach (var old in Directory.GetDirectories(AppContext.BaseDirectory, "site-*"))
            {
                Directory.Delete(old, recursive: true);
            }

            using var made = new TemporaryFolder();
            Make(made.Path, definitions);
            Copy(made.Path, kept + ".part");
            Directory.Move(kept + ".part", kept);
        }

        Copy(kept, folder);
        return ReadPackage.Read(Path.Combine(folder, "synthetic-denmark")).ShouldBeOfType<PublishedContent>().Run;
    }

    private static string Key()
    {
        string[] programs = ["Domain", "Definitions", "Statistics", "DuckDb", "Store", "Sources", "Benchmarks"];
        var files = programs.Select(program => Path.Combine(AppContext.BaseDirectory, $"Fikspunkt.{program}.dll")).Concat(Directory.GetFiles(RepositoryFiles.Path("definitions"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    private static void Make(string folder, DefinitionSet definitions)
    {
        SyntheticFiles.Write(SyntheticDenmark.Generate(new SyntheticOptions(SyntheticOptions.DemoSeed), definitions), folder);
        using var store = ObservationStore.Open(Path.Combine(folder, SiteOptions.StoreName));
        var vintage = TableImporter.Import(store, definitions, new ImportRequest([Path.Combine(folder, SyntheticFiles.DataFile)], null, Retrieved, Synthetic: true), CancellationToken.None);
        var observations = store.Read(vintage.Id);
        var reference = new VintageReference($"{vintage.Table}-{vintage.ValueHash[..12]}", vintage.Table, vintage.Source, "2025-01-15T00:00:00Z", vintage.ValueHash, Synthetic: true);
        var run = BenchmarkRunner.Run(definitions.Models["synthetic-denmark"], definitions, observations, [reference]);
        Publication.Write(new PublicationRequest(run, definitions, observations, Retrieved, new PublicationTools("fikspunkt tests")), Path.Combine(folder, "synthetic-denmark"));
        Measure(folder, definitions, observations, reference);
    }

    /// <summary>Publishes the measurements with few draws and over two periods: these tests are about pages, not about numbers.</summary>
    private static void Measure(string folder, DefinitionSet definitions, IReadOnlyList<Observation> observations, VintageReference reference)
    {
        var model = definitions.Models["synthetic-denmark"];
        var quick = definitions with
        {
            Models = new Dictionary<string, ModelSpec>(definitions.Models, StringComparer.Ordinal)
            {
                [model.Id] = model with { Periods = model.Periods with { Select = [.. model.Periods.Select.TakeLast(2)], TrendMonths = 0 }, Ranking = model.Ranking with { Draws = 50 } },
            },
        };
        var input = new MeasurementInput(quick, observations, [reference]);
        var specs = definitions.Measurements.Values.OrderBy(spec => spec.Kind).ThenBy(spec => spec.Id, StringComparer.Ordinal).Where(spec => MeasurementRunner.HasData(spec, input)).ToList();
        MeasurementPublication.Of(specs, input).Write(Retrieved, new PublicationTools("fikspunkt tests"), Path.Combine(folder, "measurements"));
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
