using System.Text;
using System.Text.RegularExpressions;
using Fikspunkt.Web.Content;
using Microsoft.Playwright;

namespace Fikspunkt.Web.Tests;

/// <summary>The committee's brief is two sheets of A4, whatever it has to say.</summary>
public sealed partial class BriefTests(SiteFixture site)
{
    // As long as a measurement's sentence on whom to call can be.
    private const string Long = "Selvforsørgelses- og hjemrejseydelse: flere end ventet ud over det tilfældige (+0,11 til +0,42 procentpoint). Det kan være værd at spørge Lyngby-Taarbæk, Faaborg-Midtfyn og Ringkøbing-Skjern, som har lignende vilkår og ligger bedre i hver af de seneste 3 perioder, ud over det tilfældige.";

    [Theory]
    [InlineData("/kommune/{0}/notat")]
    [InlineData("/en/municipality/{0}/brief")]
    public async Task Print_IsTwoPages_ForThoseWithTheMostAndTheLeastToSay(string route)
    {
        var lengths = new Dictionary<string, int>();
        foreach (var slug in site.Definitions.Municipalities.Select(municipality => Slug.Of(municipality.Name)))
        {
            var html = await site.Client.GetStringAsync(string.Format(null, route, slug), TestContext.Current.CancellationToken);
            lengths[slug] = Tags().Replace(html[html.IndexOf("<article", StringComparison.Ordinal)..], "").Length;
        }

        var ordered = lengths.OrderBy(entry => entry.Value).Select(entry => entry.Key).ToList();
        var page = await site.Page();
        foreach (var slug in (string[])[ordered[0], ordered[^2], ordered[^1]])
        {
            await page.GotoAsync(string.Format(null, route, slug), new() { WaitUntil = WaitUntilState.NetworkIdle });
            await page.WaitForFunctionAsync("() => document.querySelectorAll('.chart[data-state=drawn]').length === 2");
            Pages(await page.PdfAsync(new() { PreferCSSPageSize = true })).ShouldBe(2, slug);
        }

        // The sentences on whom to ask, as long as they can be.
        (await page.EvaluateAsync<int>("text => { const lines = [...document.querySelectorAll('.sheet')[1].querySelector('h2 + ul').children].slice(0, 2); lines.forEach(line => { line.textContent = text; }); return lines.length; }", Long)).ShouldBe(2);
        var pdf = await page.PdfAsync(new() { PreferCSSPageSize = true });
        Pages(pdf).ShouldBe(2, "with measurements' sentences");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task WithoutScript_ThereAreTablesAndAHint_AndStillTwoPages()
    {
        var page = await site.Page(script: false);

        await page.GotoAsync("/kommune/skive/notat");

        (await page.Locator(".brief noscript table, .brief table").First.IsVisibleAsync()).ShouldBeTrue();
        (await page.Locator(".brief-tools noscript p").IsVisibleAsync()).ShouldBeTrue();
        (await page.Locator("[data-print]").IsVisibleAsync()).ShouldBeFalse();
        Pages(await page.PdfAsync(new() { PreferCSSPageSize = true })).ShouldBe(2);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task PrintButton_WaitsForTheCharts_ThenPrints()
    {
        var page = await site.Page();
        await page.AddInitScriptAsync("window.print = () => { window.drawnAtPrint = document.querySelectorAll('.chart[data-state=drawn]').length; };");
        await page.GotoAsync("/kommune/skive/notat");

        await page.Locator("[data-print]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => window.drawnAtPrint !== undefined");

        (await page.EvaluateAsync<int>("() => window.drawnAtPrint")).ShouldBe(2);
        (await page.Locator(".decisions li").CountAsync()).ShouldBe(4);
        await page.Context.CloseAsync();
    }

    private static int Pages(byte[] pdf) => PageObject().Count(Encoding.Latin1.GetString(pdf));

    [GeneratedRegex("/Type\\s*/Page\\b", RegexOptions.None, 5000)]
    private static partial Regex PageObject();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 5000)]
    private static partial Regex Tags();
}
