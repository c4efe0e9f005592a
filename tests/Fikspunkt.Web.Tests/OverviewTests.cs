using System.Globalization;
using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;

namespace Fikspunkt.Web.Tests;

/// <summary>The front page: its numbers are the publication's, and its choices work for everyone.</summary>
public sealed class OverviewTests(SiteFixture site)
{
    private static readonly CultureInfo Danish = CultureInfo.GetCultureInfo("da-DK");

    private Period Latest => site.Run.Results.Max(result => result.Period);

    private string Total => site.Run.Spec.Total!.Id;

    [Theory]
    [InlineData("", null, null)]
    [InlineData("?periode=2022QMAT04", "2022QMAT04", null)]
    [InlineData("?ydelse=synthetic-kontanthjaelp", null, "synthetic-kontanthjaelp")]
    public async Task RankingTable_AnyPeriodAndBenefit_HasThePublicationsNumbers(string query, string? period, string? outcome)
    {
        var results = Results(period, outcome);

        var rows = Rows(await Read("/" + query), "d-rangorden");

        rows.Count.ShouldBe(results.Count);
        foreach (var (row, result) in rows.Zip(results))
        {
            row[0].ShouldBe(Name(result.Area));
            Number(row[1]).ShouldBe(Rounded(result.Actual));
            Number(row[2]).ShouldBe(Rounded(result.Expected));
            Number(row[3]).ShouldBe(Rounded(result.Difference));
            Number(row[4]).ShouldBe(Rounded(result.Lower));
            Number(row[5]).ShouldBe(Rounded(result.Upper));
            (row[6], row[7]).ShouldBe((result.RankLower.ToString(Danish), result.RankUpper.ToString(Danish)));
        }
    }

    [Fact]
    public async Task Finding_CountsWhatTheIntervalsAllow()
    {
        var results = Results(null, null);

        var page = await Read("/");

        var (lower, higher) = (results.Count(r => r.Upper < 0), results.Count(r => r.Lower > 0));
        page.QuerySelector(".finding")!.TextContent.ShouldBe($"{lower} kommuner ligger lavere end forventet, {higher} højere, og {results.Count - lower - higher} kan ikke skelnes fra det forventede.");
        page.QuerySelectorAll("#kommuner ~ h3").Select(heading => heading.TextContent).ShouldBe([$"Lavere end forventet ({lower})", $"Kan ikke skelnes fra forventet ({results.Count - lower - higher})", $"Højere end forventet ({higher})"]);
        page.QuerySelectorAll("#kommuner ~ ul a").Length.ShouldBe(results.Count);
    }

    [Fact]
    public async Task Peers_Region_ShowsItsMunicipalitiesWithTheirRanksAmongAll()
    {
        var region = site.Definitions.Municipalities.Where(m => m.Region == "081").Select(m => m.Name).ToHashSet();

        var rows = Rows(await Read("/?gruppe=region-081"), "d-pladser");

        rows.Select(row => row[0]).ShouldBe(region, ignoreOrder: true);
        var ranks = Results(null, null).ToDictionary(result => Name(result.Area), result => result.Rank);
        rows.ShouldAllBe(row => int.Parse(row[1], Danish) == ranks[row[0]]);
    }

    [Fact]
    public async Task Peers_MostAlike_AreNamedInTheAddressSoThatALinkMeansTheSame()
    {
        var page = await Read("/?gruppe=som-aarhus");

        Rows(page, "d-pladser").Count.ShouldBe(16);
        page.QuerySelector("#f-gruppe option[selected]")!.TextContent.ShouldContain("Aarhus");
    }

    [Theory]
    [InlineData("maaling=findes-ikke")]
    [InlineData("ydelse=guld")]
    [InlineData("periode=i-morgen")]
    [InlineData("gruppe=region-999")]
    [InlineData("gruppe=som-atlantis")]
    [InlineData("ydelse=%3Cscript%3E")]
    public async Task Choice_ThatNothingHas_IsAHelpfulPageWithStatus404(string query)
    {
        foreach (var start in (string[])["/", "/en"])
        {
            using var answer = await site.Client.GetAsync($"{start}?{query}", TestContext.Current.CancellationToken);
            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, query);
            html.ShouldContain(start == "/" ? "findes ikke" : "is not among");
            html.ShouldNotContain("<script>");
            html.ShouldContain($"{start}?maaling=synthetic-denmark");
        }
    }

    [Fact]
    public async Task FirstPeriod_SaysThatThereIsNothingToCompareWith()
    {
        var page = await Read("/?periode=2022QMAT04");

        page.QuerySelector("section[aria-labelledby=aendret]")!.TextContent.ShouldContain("første periode");
    }

    [Fact]
    public async Task Changes_SayHowManyAreBeyondChanceAndNameRegressionToTheMean()
    {
        var (now, before) = (Results(null, null), Results("2023QMAT04", null).ToDictionary(result => result.Area));
        var beyond = now.Count(r => Math.Abs(r.Difference - before[r.Area].Difference) > ((r.Upper - r.Lower) / 2) + ((before[r.Area].Upper - before[r.Area].Lower) / 2));

        var text = (await Read("/")).QuerySelector("section[aria-labelledby=aendret]")!.TextContent;

        beyond.ShouldBe(0, "the demonstration has no movement beyond chance; NationalChoiceTests makes some");
        text.ShouldContain("Ingen kommune har flyttet sig mere, end tilfældigheder kan forklare");
        text.ShouldContain("tilbagevenden mod gennemsnittet");
    }

    [Fact]
    public async Task Form_WithoutScript_ChangesThePictureAndKeepsTheChoiceInTheAddress()
    {
        var page = await site.Page(script: false);
        await page.GotoAsync("/");

        await page.SelectOptionAsync("#f-periode", "2022QMAT04");
        await page.SelectOptionAsync("#f-gruppe", "region-082");
        await page.ClickAsync(".hero-choices button");

        page.Url.ShouldContain("periode=2022QMAT04");
        page.Url.ShouldContain("gruppe=region-082");
        (await page.Locator("#d-kort .chart").IsVisibleAsync()).ShouldBeFalse("without script tables stand in for charts");
        await page.ClickAsync("#d-rangorden .figures summary");
        (await page.Locator("#d-rangorden tbody tr").CountAsync()).ShouldBe(site.Definitions.Municipalities.Count(m => m.Region == "082"));
        await page.SelectOptionAsync("#egen-kommune", "751");
        await page.ClickAsync("form.own button");
        page.Url.ShouldContain("periode=2022QMAT04", customMessage: "choosing the own municipality leads back to the same picture");
        (await page.Locator(".own-card").InnerTextAsync()).ShouldContain("Aarhus");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Map_OwnMunicipalityAndTiles_StandOutAndLead()
    {
        var page = await site.Page(language: "en-GB");
        await page.GotoAsync("/?egen=851");
        page.Url.ShouldEndWith("/?egen=851", customMessage: "choices in the address are in the language of the link");
        await EveryPageTests.Drawn(page);

        (await page.Locator("#d-kort svg path[stroke='#111827']").CountAsync()).ShouldBe(1);
        (await page.Locator("#d-rangorden svg line[stroke='#ffe694']").CountAsync()).ShouldBe(1);
        (await page.Locator("tr.own-row").CountAsync()).ShouldBeGreaterThan(1);

        // The tile under the frame leads to its municipality; the list below does for those without a pointer.
        (await page.Locator("#kommuner ~ ul a[href='/kommune/aalborg']").CountAsync()).ShouldBe(1);
        await page.Locator("#d-kort svg path[stroke='#111827']").ClickAsync(new() { Force = true });
        await page.WaitForURLAsync("**/kommune/aalborg");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("/", 1280, 900)]
    [InlineData("/en", 390, 844)]
    public async Task FirstScreen_HasTheFindingTheReadingAndTheQuestionForOnesMunicipality(string address, int width, int height)
    {
        var page = await site.Page(width: width);
        await page.SetViewportSizeAsync(width, height);
        await page.GotoAsync(address);

        foreach (var part in (string[])["h1", ".finding", ".own-card", ".own-card button"])
        {
            var box = await page.Locator(part).First.BoundingBoxAsync();
            (box!.Y + box.Height).ShouldBeLessThan(height, $"{part} at {width}");
        }

        await page.Context.CloseAsync();
    }

    private List<AreaResult> Results(string? period, string? outcome)
    {
        var at = period is null ? Latest : Period.Parse(period);
        return [.. site.Run.Results.Where(result => result.Period == at && result.Outcome == (outcome ?? Total)).OrderBy(result => result.Rank).ThenBy(result => result.Area, StringComparer.Ordinal)];
    }

    private string Name(string code) => site.Definitions.Municipalities.First(m => m.Code == code).Name;

    private async Task<IDocument> Read(string address)
    {
        var html = await site.Client.GetStringAsync(address, TestContext.Current.CancellationToken);
        return await BrowsingContext.New(Configuration.Default).OpenAsync(request => request.Content(html), TestContext.Current.CancellationToken);
    }

    private static List<List<string>> Rows(IDocument page, string figure) =>
        [.. page.QuerySelectorAll($"#{figure} tbody tr").Select(row => row.Children.Select(cell => cell.TextContent.Trim()).ToList())];

    private static decimal Number(string cell) => decimal.Parse(cell.Replace('−', '-'), NumberStyles.Number, Danish);

    private static decimal Rounded(double share) => (decimal)Math.Round(100 * share, 2, MidpointRounding.AwayFromZero);
}
