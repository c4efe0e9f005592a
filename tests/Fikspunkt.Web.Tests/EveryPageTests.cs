using System.Net;
using Fikspunkt.Testing;
using Fikspunkt.Web.Hosting;
using Microsoft.Playwright;

namespace Fikspunkt.Web.Tests;

/// <summary>What holds for every page in both languages, on a desk and on a phone.</summary>
public sealed class EveryPageTests(SiteFixture site)
{
    /// <summary>Every address with something of each kind in it.</summary>
    public static TheoryData<string> Addresses { get; } = new(SitePages.All.Where(page => page != SitePages.Fault).SelectMany(page => (string[])[page.Danish, page.English]).Select(Fill));

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Page_InABrowser_MeetsWcag21AAWithoutFaultOrForeignRequestOrSidewaysScroll(string address)
    {
        foreach (var width in (int[])[1280, 390])
        {
            var page = await site.Page(width: width);
            var faults = Watch(page);

            await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
            await page.EvaluateAsync("() => document.querySelectorAll('main details').forEach(d => d.open = true)");
            await Drawn(page);

            (await Violations(page)).ShouldBeEmpty($"{address} at {width}");
            (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - window.innerWidth")).ShouldBeLessThanOrEqualTo(0, $"{address} at {width} scrolls sideways");
            faults.ShouldBeEmpty($"{address} at {width}");
            await page.Context.CloseAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Page_WhileItsChartsAreDrawn_DoesNotMove(string address)
    {
        var page = await site.Page();
        await page.AddInitScriptAsync("window.moved = []; new PerformanceObserver(list => list.getEntries().forEach(e => { if (e.value > 0.005) window.moved.push(e.value.toFixed(3) + ' ' + e.sources.map(s => (s.node?.nodeName ?? '') + '.' + (s.node?.className?.baseVal ?? s.node?.className ?? '') + ' ' + s.previousRect.y + '+' + s.previousRect.height + ' -> ' + s.currentRect.y + '+' + s.currentRect.height).join('; ')); })).observe({ type: 'layout-shift', buffered: true });");

        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
        await Drawn(page);

        (await page.EvaluateAsync<string[]>("() => window.moved")).ShouldBeEmpty(address);
        await page.Context.CloseAsync();
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Page_AsText_IsWholeAndNamesItsLanguage(string address)
    {
        using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        html.ShouldContain(address.StartsWith("/en", StringComparison.Ordinal) ? "<html lang=\"en\">" : "<html lang=\"da\">");
        html.ShouldContain("<h1>");
        html.Length.ShouldBeLessThan(500_000);
    }

    /// <summary>Collects what must not happen while a page is open.</summary>
    internal List<string> Watch(IPage page)
    {
        var faults = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                faults.Add($"{message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => faults.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(site.Address, StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                faults.Add($"asked {request.Url}");
            }
        };
        return faults;
    }

    /// <summary>Waits until every chart that can be seen is drawn.</summary>
    internal static async Task Drawn(IPage page)
    {
        foreach (var chart in await page.Locator(".chart").AllAsync())
        {
            if (await chart.IsVisibleAsync())
            {
                await chart.ScrollIntoViewIfNeededAsync();
            }
        }

        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('.chart')].every(c => c.dataset.state === 'drawn' || c.closest('details:not([open])'))");
    }

    internal static async Task<string[]> Violations(IPage page)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(RepositoryFiles.Path("web", "node_modules", "axe-core", "axe.min.js"), TestContext.Current.CancellationToken) + "; undefined");
        return await page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }))
              .violations.map(v => v.id + ': ' + v.help + ' - ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', '))
            """);
    }

    private static string Fill(string route) => route.Replace("{area}", "aalborg", StringComparison.Ordinal).Replace("{id}", route switch
    {
        _ when route.Contains("maaling", StringComparison.Ordinal) || route.Contains("measurement", StringComparison.Ordinal) => "synthetic-denmark",
        _ when route.Contains("metod", StringComparison.Ordinal) || route.Contains("method", StringComparison.Ordinal) => "rank-confidence-sets",
        _ => "full_time_persons",
    }, StringComparison.Ordinal);
}
