using System.Net;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Tests;

/// <summary>Who comes to the front page from elsewhere with an English browser gets English; a language that was chosen stays.</summary>
public sealed class LanguageChoiceTests(SiteFixture site)
{
    [Theory]
    [InlineData("/", "en-GB,en;q=0.9", null, null, true)]
    [InlineData("/", "de,en-US;q=0.7", null, null, true)]
    [InlineData("/", "en;q=0.9,da;q=0.1", null, null, false)]
    [InlineData("/", "en;q=0,de", null, null, false)]
    [InlineData("/", "de,fr", null, null, false)]
    [InlineData("/", "english please;;q=x", null, null, false)]
    [InlineData("/", null, null, null, false)]
    [InlineData("/", "en", "same-origin", null, false)]
    [InlineData("/", "en", "none", null, true)]
    [InlineData("/", "en", null, "/en/uncertainty", false)]
    [InlineData("/", "en", null, "http://elsewhere.example/", true)]
    [InlineData("/?periode=2022QMAT04", "en", null, null, false)]
    [InlineData("/usikkerhed", "en", null, null, false)]
    [InlineData("/en", "da", null, null, false)]
    public async Task FrontPage_ByAcceptLanguage_RedirectsOnlyWhereNoLanguageWasChosen(string address, string? languages, string? fetchSite, string? referer, bool redirected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in new[] { ("Accept-Language", languages), ("Sec-Fetch-Site", fetchSite), ("Referer", referer?.StartsWith('/') == true ? site.Address + referer : referer) })
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var answer = await site.Client.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(redirected ? HttpStatusCode.Found : HttpStatusCode.OK);
        answer.Headers.Location?.ToString().ShouldBe(redirected ? "/en" : null);
        if (address == "/")
        {
            string.Join(", ", answer.Headers.Vary).ShouldContain(LanguageChoice.Vary);
        }
    }
}
