using System.Text.Json;

namespace Fikspunkt.Web.Tests.Api;

/// <summary>The page that lets one try the API: its forms and its addresses answer, with and without script.</summary>
public sealed class TryApiTests(SiteFixture site)
{
    [Theory]
    [InlineData("/data/api", 1280, "Nøgletal")]
    [InlineData("/en/data/api", 390, "Indicator")]
    public async Task Question_WithTheKeyboardOnly_IsAnsweredOnThePage(string address, int width, string label)
    {
        var page = await site.Page(width: width);
        await page.GotoAsync(address);
        var form = page.Locator("form[data-ask=svar-observations]");
        await form.GetByLabel(label).FocusAsync();
        await form.GetByLabel(label).SelectOptionAsync("full_time_persons");
        await form.Locator("[name=area]").SelectOptionAsync("851");
        await form.Locator("[name=limit]").FillAsync("3");
        await page.Keyboard.PressAsync("Enter");
        var answer = page.Locator("#svar-observations");
        await answer.Locator("span", new() { HasText = "200" }).WaitForAsync();

        var shown = JsonDocument.Parse(await answer.Locator("pre").InnerTextAsync()).RootElement;
        shown.Rows().Count().ShouldBe(3);
        shown.Rows().ShouldAllBe(row => row.String("area") == "851" && row.String("indicator") == "full_time_persons");
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - window.innerWidth")).ShouldBeLessThanOrEqualTo(0);
        var link = await answer.Locator("a").GetAttributeAsync("href");
        link!.StartsWith(site.Address + "/api/v1/observations?", StringComparison.Ordinal).ShouldBeTrue(link);

        await form.Locator("[name=period]").FillAsync("2024M13");
        await form.Locator("button").PressAsync("Enter");
        await answer.Locator("span", new() { HasText = "400" }).WaitForAsync();
        JsonDocument.Parse(await answer.Locator("pre").InnerTextAsync()).RootElement.String("parameter").ShouldBe("period");
        (await EveryPageTests.Violations(page)).ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Question_WithoutScript_LeadsToTheAnswer()
    {
        var page = await site.Page(script: false);
        await page.GotoAsync("/data/api");
        var answer = await page.RunAndWaitForResponseAsync(() => page.Locator("form[data-ask=svar-observations] button").ClickAsync(), response => response.Url.Contains("/api/v1/observations?", StringComparison.Ordinal));

        answer.Status.ShouldBe(200);
        (await answer.JsonAsync())!.Value.Rows().ShouldNotBeEmpty();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Addresses_OnThePage_AllAnswer()
    {
        var page = await site.Page(script: false);
        await page.GotoAsync("/data/api");
        foreach (var link in await page.Locator("main table a").AllAsync())
        {
            var address = (await link.GetAttributeAsync("href"))!;
            using var answer = await site.Client.Ask(address);
            answer.IsSuccessStatusCode.ShouldBeTrue(address);
        }

        await page.Context.CloseAsync();
    }
}
