using Microsoft.Playwright;

namespace Fikspunkt.Web.Tests;

/// <summary>What surrounds every page: menu, own municipality, fault pages, large text, print, first paint.</summary>
public sealed class LayoutTests(SiteFixture site)
{
    [Fact]
    public async Task Menu_OnAPhoneWithoutScript_OpensAndHasEveryEntryOnTheScreen()
    {
        var page = await site.Page(width: 390, script: false);
        await page.GotoAsync("/usikkerhed");
        await page.ClickAsync(".menu-narrow summary");

        var entries = await page.Locator(".menu-narrow a").AllAsync();
        entries.Count.ShouldBe(await page.Locator(".menu-wide a").CountAsync());
        foreach (var entry in entries)
        {
            var box = await entry.BoundingBoxAsync();
            (box!.X >= 0 && box.X + box.Width <= 390).ShouldBeTrue(await entry.InnerTextAsync());
            box.Height.ShouldBeGreaterThanOrEqualTo(44);
        }

        await page.ClickAsync(".menu-narrow a >> nth=0");
        new Uri(page.Url).AbsolutePath.ShouldBe("/");
        await page.Context.CloseAsync();
    }

    [Theory]
    [MemberData(nameof(EveryPageTests.Addresses), MemberType = typeof(EveryPageTests))]
    public async Task Header_BeforeAndAfterTheFontHasCome_TakesTheSameRoom(string address)
    {
        var heights = new List<double>();
        foreach (var font in (bool[])[true, false])
        {
            var page = await site.Page();
            if (!font)
            {
                await page.RouteAsync("**/*.woff2", route => route.AbortAsync());
            }

            await page.GotoAsync(address);
            await page.EvaluateAsync("() => document.fonts.ready");
            (await page.EvaluateAsync<bool>("() => document.fonts.size > 0 && [...document.fonts].some(f => f.family.includes('Plex') && f.status === 'loaded')")).ShouldBe(font, "the font decides what is compared");
            heights.Add(await page.EvaluateAsync<double>("() => document.querySelector('main').getBoundingClientRect().top"));
            await page.Context.CloseAsync();
        }

        heights[1].ShouldBe(heights[0], 0.5, address);
    }

    [Fact]
    public async Task Keyboard_SkipLinkThenLanguage_Work()
    {
        var page = await site.Page();
        await page.GotoAsync("/usikkerhed");
        await page.Keyboard.PressAsync("Tab");
        (await page.Locator(".skipnav").BoundingBoxAsync())!.X.ShouldBeGreaterThanOrEqualTo(0, "the skip link shows when it has focus");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.activeElement.id === 'indhold'");

        await page.Locator(".language a").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/en/uncertainty");
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("How sure is a rank?");
        await page.Locator(".brand").ClickAsync();
        await page.WaitForURLAsync("**/en");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Danish_ChosenByLinkInAnEnglishBrowser_Stays()
    {
        var page = await site.Page(language: "en-GB");
        await page.GotoAsync("/");
        new Uri(page.Url).AbsolutePath.ShouldBe("/en");

        await page.ClickAsync(".language a");
        await page.WaitForURLAsync(site.Address + "/");
        await page.ClickAsync(".menu-wide a >> nth=-1");
        await page.ClickAsync(".brand");
        await page.WaitForURLAsync(site.Address + "/");

        (await page.GetAttributeAsync("html", "lang")).ShouldBe("da");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task OwnMunicipality_Chosen_StandsOutInTablesAndCanBeRemoved()
    {
        var page = await site.Page();
        await page.GotoAsync("/usikkerhed");
        await page.SelectOptionAsync("#egen-kommune", "851");
        await page.ClickAsync("form.own button");
        new Uri(page.Url).AbsolutePath.ShouldBe("/usikkerhed");
        (await page.Locator("tr.own-row").CountAsync()).ShouldBeGreaterThan(0);
        (await page.ContentAsync()).ShouldContain("Aalborg er nr. ");

        await page.SelectOptionAsync("#egen-kommune", "");
        await page.ClickAsync("form.own button");
        (await page.Locator("tr.own-row").CountAsync()).ShouldBe(0);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("/findes-ikke", "Det findes ikke", "da")]
    [InlineData("/en/no-such-page", null, "en")]
    public async Task UnknownPage_LooksLikeTheSiteAndLeadsOn(string address, string? heading, string language)
    {
        var page = await site.Page(width: 390);
        var answer = await page.GotoAsync(address);

        answer!.Status.ShouldBe(404);
        (await page.GetAttributeAsync("html", "lang")).ShouldBe(language);
        if (heading is not null)
        {
            (await page.Locator("h1").InnerTextAsync()).ShouldBe(heading);
        }

        (await EveryPageTests.Violations(page)).ShouldBeEmpty();
        (await page.Locator("input[name=tilbage]").GetAttributeAsync("value")).ShouldBe(address, "the address that was asked for, not the fault page's own");
        await page.ClickAsync("main a >> nth=-1");
        new Uri(page.Url).AbsolutePath.ShouldBe(language == "en" ? "/en" : "/");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/usikkerhed")]
    public async Task Text_AtTwiceItsSize_IsNotCutOff(string address)
    {
        var page = await site.Page();
        await page.GotoAsync(address);
        await page.EvaluateAsync("() => { document.documentElement.style.fontSize = '125%'; }");

        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - window.innerWidth")).ShouldBeLessThanOrEqualTo(0);
        (await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('main h1, main h2, main h3, main p, main label, main button, .site-menu a, .brand')]
              .filter(e => e.offsetParent && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflow !== 'visible').map(e => e.textContent)
            """)).ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/usikkerhed")]
    public async Task Phone_WhileChartsAreDrawn_DoesNotMove(string address)
    {
        var page = await site.Page(width: 390);
        await page.AddInitScriptAsync("window.moved = []; new PerformanceObserver(list => list.getEntries().forEach(e => { if (e.value > 0.005) window.moved.push(e.value.toFixed(3) + ' ' + e.sources.map(s => s.node?.className?.baseVal ?? s.node?.className ?? '').join('; ')); })).observe({ type: 'layout-shift', buffered: true });");
        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
        await EveryPageTests.Drawn(page);

        (await page.EvaluateAsync<string[]>("() => window.moved")).ShouldBeEmpty(address);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task LinksInText_AreUnderlined()
    {
        var page = await site.Page();
        await page.GotoAsync("/");

        (await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('main p a, main li a, main td a, main th a, footer a')]
              .filter(a => a.offsetParent && !getComputedStyle(a).textDecorationLine.includes('underline')).map(a => a.textContent)
            """)).ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task EveryPageBelowTheMenu_HasATrailThatLeadsUp()
    {
        foreach (var address in EveryPageTests.Addresses.Select(row => (string)row.Data).Where(address => address.Trim('/').Split('/').Length > (address.StartsWith("/en", StringComparison.Ordinal) ? 2 : 1)))
        {
            var html = await site.Client.GetStringAsync(address, TestContext.Current.CancellationToken);

            html.ShouldContain("<nav class=\"trail\"", customMessage: address);
        }
    }

    /// <summary>Prints the first contentful paint of the front page on a phone with four times slower processor over Fast 3G; docs/performance.md has the figure.</summary>
    [Fact(Explicit = true)]
    public async Task FirstPaint_OnASlowPhone_IsPrinted()
    {
        var times = new List<double>();
        foreach (var address in (string[])["/", "/usikkerhed"])
        {
            for (var run = 0; run < 5; run++)
            {
                var page = await site.Page(width: 390);
                var tools = await page.Context.NewCDPSessionAsync(page);
                await tools.SendAsync("Network.enable");
                await tools.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 562.5, ["downloadThroughput"] = 1.44 * 1024 * 1024 / 8, ["uploadThroughput"] = 675 * 1024 / 8 });
                await tools.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
                await page.GotoAsync(address);
                times.Add(await page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime"));
                await page.Context.CloseAsync();
            }

            TestContext.Current.SendDiagnosticMessage($"{address}: {string.Join(", ", times.TakeLast(5).Order().Select(time => $"{time:0}"))} ms");
        }

        times.ShouldAllBe(time => time > 0);
    }
}
