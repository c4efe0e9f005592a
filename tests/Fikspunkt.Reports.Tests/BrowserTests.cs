using System.Text.RegularExpressions;
using Fikspunkt.Testing;
using Microsoft.Playwright;

namespace Fikspunkt.Reports.Tests;

/// <summary>Opens the report from disk in a real browser.</summary>
public sealed partial class BrowserTests : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private readonly TemporaryFolder folder = new();
    private readonly List<string> faults = [];
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        var path = Array.Find(Places, File.Exists);
        Assert.SkipWhen(path is null, "Needs a browser: install Debian's package 'chromium'.");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("da-DK", 1280, false)]
    [InlineData("da-DK", 390, false)]
    [InlineData("en-GB", 1280, false)]
    [InlineData("en-GB", 390, false)]
    [InlineData("da-DK", 1280, true)]
    [InlineData("en-GB", 390, true)]
    public async Task Report_OpenedFromDisk_DrawsEveryChartWithoutFaultOrRequest(string language, int width, bool published)
    {
        var page = await Open(language, width, "#k580", published: published);

        await Drawn(page);

        faults.ShouldBeEmpty();
        (await page.EvaluateAsync<int>("() => [...document.querySelectorAll('.chart')].filter(c => !c.closest('details:not([open])') && c.querySelectorAll('svg path, svg line').length > 5).length"))
            .ShouldBe(await page.EvaluateAsync<int>("() => [...document.querySelectorAll('.chart')].filter(c => !c.closest('details:not([open])')).length"));
        (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth")).ShouldBeTrue("The page must not scroll sideways.");
        (await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.chart')].filter(c => c.role !== 'img' || !c.ariaLabel || c.ariaLabel.startsWith('Vega') || c.ariaRoleDescription).map(c => c.outerHTML.slice(0, 200))")).ShouldBeEmpty("a chart is read aloud by its own text");
    }

    [Theory]
    [InlineData("da-DK", 1280)]
    [InlineData("en-GB", 390)]
    public async Task Report_WithTablesOpen_MeetsWcag21AA(string language, int width)
    {
        var page = await Open(language, width, "#k580");
        await Drawn(page);
        await page.EvaluateAsync("() => document.querySelectorAll('#k580 details, #landet details, .outcome').forEach(d => d.open = true)");
        await Drawn(page);
        await page.EvaluateAsync(await File.ReadAllTextAsync(RepositoryFiles.Path("web", "node_modules", "axe-core", "axe.min.js"), TestContext.Current.CancellationToken) + "; undefined");

        var violations = await page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }))
              .violations.map(v => v.id + ': ' + v.help + ' - ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', '))
            """);

        violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Report_ByKeyboard_ChoosingAMunicipalityOpensIt()
    {
        var page = await Open("da-DK", 1280, "");

        await page.FocusAsync("#vaelg");
        await page.Keyboard.TypeAsync("Odense");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForSelectorAsync("details.kommune[data-area='461'][open]");
        (await page.EvaluateAsync<string>("() => document.activeElement.closest('details').dataset.area")).ShouldBe("461");
    }

    [Fact]
    public async Task Report_Printed_HasA4PagesAndTheOpenMunicipality()
    {
        var page = await Open("da-DK", 1280, "#k580");
        await Drawn(page);

        var pdf = System.Text.Encoding.Latin1.GetString(await page.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = true }));

        var boxes = MediaBox().Matches(pdf).Select(match => (Width: double.Parse(match.Groups["width"].Value, System.Globalization.CultureInfo.InvariantCulture), Height: double.Parse(match.Groups["height"].Value, System.Globalization.CultureInfo.InvariantCulture))).ToList();
        boxes.Count.ShouldBeInRange(6, 25);

        // A4 is 595.28 x 841.89 points.
        boxes.ShouldAllBe(box => Math.Abs(box.Width - 595.28) < 1.5 && Math.Abs(box.Height - 841.89) < 1.5);
        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Report_WithoutJavaScript_ShowsNoticeAndTables()
    {
        var page = await Open("da-DK", 1280, "", script: false);

        (await page.Locator("noscript .notice").IsVisibleAsync()).ShouldBeTrue();
        await page.Locator("#landet figure.caterpillar summary").ClickAsync();
        (await page.Locator("#landet figure.caterpillar table").IsVisibleAsync()).ShouldBeTrue();
        (await page.Locator(".chart").First.IsVisibleAsync()).ShouldBeFalse();
    }

    private async Task<IPage> Open(string language, int width, string hash, bool script = true, bool published = false)
    {
        var file = folder.File($"report-{language}-{width}.html");
        await File.WriteAllTextAsync(file, Reports.Html(language, published), TestContext.Current.CancellationToken);
        var context = await browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, JavaScriptEnabled = script });
        var page = await context.NewPageAsync();
        page.Console += (_, message) => faults.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => faults.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal))
            {
                faults.Add("request: " + request.Url);
            }
        };
        await page.GotoAsync(new Uri(file).AbsoluteUri + hash);
        return page;
    }

    private static Task Drawn(IPage page) => page.WaitForFunctionAsync(
        "() => [...document.querySelectorAll('.chart')].filter(c => !c.closest('details:not([open])')).every(c => c.dataset.state === 'drawn' || c.dataset.state === 'failed')", null, new() { Timeout = 60_000 });

    [GeneratedRegex(@"/MediaBox\s*\[\s*0\s+0\s+(?<width>[\d.]+)\s+(?<height>[\d.]+)\s*\]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex MediaBox();
}
