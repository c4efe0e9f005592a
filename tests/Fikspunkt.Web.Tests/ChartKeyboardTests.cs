using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Fikspunkt.Web.Tests;

/// <summary>Charts without a mouse: each point is reached, marked, shown and said.</summary>
public sealed partial class ChartKeyboardTests(SiteFixture site)
{
    private const string Compared = "/sammenlign?kommune=779&kommune=851&noegletal=synthetic-kontanthjaelp";

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Arrows_WalkTheLinesOfAChart_PointByPointAndFromLineToLine(int width)
    {
        var page = await site.Page(width: width);
        await page.GotoAsync(Compared);
        await Reach(page, "#d-sammenlign .chart");
        var height = await Height(page);

        var first = await Press(page, "ArrowRight");
        var second = await Press(page, "ArrowRight");
        var other = await Press(page, "ArrowDown");
        var last = await Press(page, "End");
        var before = await Press(page, "ArrowLeft");
        var home = await Press(page, "Home");

        first.ShouldStartWith("Aalborg, Periode: jan 2023");
        second.ShouldStartWith("Aalborg, Periode: feb 2023");
        second.ShouldContain("Interval: ");
        other.ShouldStartWith("Skive, Periode: feb 2023");
        last.ShouldStartWith("Skive, Periode: dec 2024");
        Place(last).ShouldBe((48, 48), "two lines of 24 months");
        Place(before).ShouldBe((47, 48));
        home.ShouldBe(first);
        (await Height(page)).ShouldBe(height, "nothing moves");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("/kommune/aalborg")]
    [InlineData("/en/measurement/ministry-2018")]
    public async Task Charts_OnceDrawn_KeepTheTextAlternativeThatThePageGaveThem(string address)
    {
        var page = await site.Page(script: false);
        await page.GotoAsync(address);
        var given = await Spoken(page);
        await page.Context.CloseAsync();
        page = await site.Page();
        await page.GotoAsync(address);
        await EveryPageTests.Drawn(page);

        given.ShouldNotBeEmpty();
        (await Spoken(page)).ShouldBe(given);
        await page.Context.CloseAsync();

        static Task<string[]> Spoken(IPage page) => page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.chart')].map(c => `${c.dataset.spec} ${c.getAttribute('aria-label')} ${c.getAttribute('aria-roledescription')}`)");
    }

    [Fact]
    public async Task Escape_LetsGoOfThePoint_AndTabGoesOn()
    {
        var page = await site.Page();
        var faults = new EveryPageTests(site).Watch(page);
        await page.GotoAsync(Compared);
        await Reach(page, "#d-sammenlign .chart");
        await Press(page, "ArrowRight");
        (await EveryPageTests.Violations(page)).ShouldBeEmpty();
        (await page.Locator(".at-point").IsVisibleAsync()).ShouldBeTrue();

        await page.Keyboard.PressAsync("Escape");

        (await page.Locator(".at-point").CountAsync()).ShouldBe(0);
        (await page.Locator(".tip").IsVisibleAsync()).ShouldBeFalse();
        await page.Keyboard.PressAsync("Tab");
        (await page.EvaluateAsync<string>("() => document.activeElement.closest('figure').id + ' ' + document.activeElement.tagName")).ShouldBe("d-sammenlign SUMMARY");
        faults.ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("/", "#d-kort", 98)]
    [InlineData("/en", "#d-rangorden", 98)]
    [InlineData("/usikkerhed", "#d-tragt", 98)]
    [InlineData("/kommune/aalborg", "#d-kommune-forklaring", 10)]
    public async Task EveryPointOfAChart_IsReachedOnceFromTheFirstToTheLast(string address, string chart, int atLeast)
    {
        var page = await site.Page();
        await page.GotoAsync(address);
        await Reach(page, chart + " .chart");
        var points = await page.Locator(chart + " .figures tbody tr").CountAsync();

        points.ShouldBeGreaterThanOrEqualTo(atLeast);
        var said = new List<string>();
        for (var i = 0; i < points; i++)
        {
            said.Add(await Press(page, "ArrowRight"));
        }

        said.Distinct().Count().ShouldBe(points);
        said.Select(Place).ShouldBe(Enumerable.Range(1, points).Select(i => (i, points)));
        (await Press(page, "ArrowRight")).ShouldBe(said[^1], "it stays at the last");
        (await page.EvaluateAsync<bool>("() => { const box = document.querySelector('.at-point').getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight + 8; }")).ShouldBeTrue("the point is in sight");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task OnTheMap_DownLeadsToTheTileBelow()
    {
        var page = await site.Page();
        await page.GotoAsync("/");
        await Reach(page, "#d-kort .chart");
        await Press(page, "End");
        var from = await Mark(page);
        await Press(page, "ArrowUp");
        var above = await Mark(page);

        above.Y.ShouldBeLessThan(from.Y - (from.Height / 2));
        Math.Abs(above.X - from.X).ShouldBeLessThan(from.Width * 3, "the nearest of the row above");
        await page.Context.CloseAsync();
    }

    // With the keyboard only: from the top of the page to the chart.
    private static async Task Reach(IPage page, string chart)
    {
        await page.EvaluateAsync("() => document.activeElement.blur()");
        for (var i = 0; i < 200 && !await page.EvaluateAsync<bool>("chart => document.activeElement.matches(chart)", chart); i++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await page.WaitForFunctionAsync("chart => document.activeElement.matches(chart + '[data-state=drawn]')", chart);
    }

    /// <summary>What is said after the key; what is shown says the same.</summary>
    private static async Task<string> Press(IPage page, string key)
    {
        await page.Keyboard.PressAsync(key);
        var said = await page.Locator("[aria-live=polite]").TextContentAsync();
        var shown = await page.EvaluateAsync<string>("() => [...document.querySelectorAll('.tip:not([hidden]) > div')].map(line => line.textContent).join(', ')");
        said!.ShouldStartWith(shown);
        shown.ShouldNotBeEmpty();
        return said!;
    }

    private static async Task<LocatorBoundingBoxResult> Mark(IPage page) => (await page.Locator(".at-point").BoundingBoxAsync())!;

    private static Task<int> Height(IPage page) => page.EvaluateAsync<int>("() => document.documentElement.scrollHeight");

    private static (int Point, int Points) Place(string said)
    {
        var match = PlacePattern().Match(said);
        return (int.Parse(match.Groups["point"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), int.Parse(match.Groups["points"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"\((?<point>\d+)/(?<points>\d+)\)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlacePattern();
}
