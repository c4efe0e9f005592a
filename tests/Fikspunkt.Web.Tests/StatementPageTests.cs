using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Tests;

/// <summary>The accessibility statement and the privacy page say what the law asks for, and what is so.</summary>
public sealed class StatementPageTests(SiteFixture site)
{
    [Theory]
    [InlineData("/tilgaengelighed", "delvist", "Digitaliseringsstyrelsen", "21. november 2026", "skærmlæser")]
    [InlineData("/en/accessibility", "partially", "Agency for Digital Government", "21 November 2026", "screen reader")]
    public async Task Accessibility_HasStatusFaultsDateAndWhereToComplain(string address, params string[] texts)
    {
        var page = await site.Client.GetStringAsync(address, TestContext.Current.CancellationToken);

        foreach (var text in texts)
        {
            System.Net.WebUtility.HtmlDecode(page).ShouldContain(text);
        }
    }

    [Fact]
    public async Task Contact_WhereTheOperatorStatedOne_IsOnBothPages()
    {
        await using var server = await SiteFixture.Serve(site.Folder, options => options with { Contact = "tilgaengelighed@kommune.example" });
        using var client = new HttpClient { BaseAddress = new Uri(server.Urls.First()) };

        (await client.GetStringAsync("/tilgaengelighed", TestContext.Current.CancellationToken)).ShouldContain("tilgaengelighed@kommune.example");
        (await client.GetStringAsync("/en/privacy", TestContext.Current.CancellationToken)).ShouldContain("tilgaengelighed@kommune.example");
    }

    [Fact]
    public async Task Privacy_NamesTheOnlyCookieThatIsEverSet()
    {
        using var chosen = await site.Client.GetAsync("/egen?kommune=851&tilbage=/", TestContext.Current.CancellationToken);
        var cookies = chosen.Headers.GetValues("Set-Cookie").ToList();
        foreach (var page in SitePages.All.Where(page => !page.Danish.Contains('{')))
        {
            using var answer = await site.Client.GetAsync(page.Danish, TestContext.Current.CancellationToken);
            answer.Headers.Contains("Set-Cookie").ShouldBeFalse(page.Danish);
        }

        cookies.ShouldHaveSingleItem().ShouldStartWith($"{Sights.OwnCookie}=851; max-age=31536000");
        System.Net.WebUtility.HtmlDecode(await site.Client.GetStringAsync("/privatliv", TestContext.Current.CancellationToken)).ShouldContain($"»{Sights.OwnCookie}«");
    }
}
