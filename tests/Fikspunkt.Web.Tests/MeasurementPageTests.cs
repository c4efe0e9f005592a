using System.Globalization;
using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Store;
using Fikspunkt.Testing;
using Fikspunkt.Web.Charts;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Tests;

/// <summary>The pages of measurements, methods and data: what stands there is what the definitions and the publication hold.</summary>
public sealed class MeasurementPageTests(SiteFixture site)
{
    [Fact]
    public async Task List_OfMeasurements_HasEveryDefinitionAndModelOnce()
    {
        var page = await Document("/maaling");

        var links = page.QuerySelectorAll("main .entry h3 a").Select(link => link.GetAttribute("href")).ToList();
        links.ShouldBeUnique();
        links.ShouldBe(site.Definitions.Measurements.Keys.Concat(site.Definitions.Models.Keys).Distinct(StringComparer.Ordinal).Select(id => $"/maaling/{id}"), ignoreOrder: true);
    }

    [Fact]
    public async Task EveryMeasurement_InBothLanguages_HasQuestionCriticsDefinitionMethodAndCommand()
    {
        foreach (var spec in site.Definitions.Measurements.Values)
        {
            var (danish, english) = (await Document($"/maaling/{spec.Id}"), await Document($"/en/measurement/{spec.Id}"));

            danish.QuerySelector("h1")!.TextContent.ShouldBe(spec.Title.Da);
            english.QuerySelector("h1")!.TextContent.ShouldBe(spec.Title.En);
            danish.Body!.TextContent.ShouldContain(spec.CanTell.Da);
            english.Body!.TextContent.ShouldContain(spec.CannotTell.En);
            foreach (var objection in spec.Objections)
            {
                english.Body.TextContent.ShouldContain(objection.Answer.En);
            }

            danish.QuerySelector(".document").ShouldNotBeNull(spec.Id).GetAttribute("lang").ShouldBe("da", spec.Id);
            english.QuerySelector(".document").ShouldNotBeNull(spec.Id).GetAttribute("lang").ShouldBe("en", spec.Id);
            danish.QuerySelector(".source-text")!.TextContent.ShouldContain($"id: {spec.Id}");
            danish.QuerySelectorAll("pre code").ShouldContain(code => code.TextContent.Contains($"./fikspunkt measure {spec.Id} ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task EveryLink_OnMethodAndMeasurementPages_LeadsSomewhere()
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        string[] pages = ["/data", "/maaling", .. site.Definitions.Measurements.Keys.Select(id => $"/maaling/{id}"), .. MethodDocuments.MethodNames.Select(name => $"/data/metode/{name}")];
        foreach (var page in pages)
        {
            foreach (var link in (await Document(page)).QuerySelectorAll("main a[href]").Select(link => link.GetAttribute("href")!).Where(asked.Add))
            {
                link.ShouldStartWith("/", customMessage: page);
                using var answer = await site.Client.GetAsync(link, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{page} -> {link}");
            }
        }

        asked.Count.ShouldBeGreaterThan(60);
    }

    [Fact]
    public async Task Positions_OnTheBenchmarksPage_AreThePublications()
    {
        var page = await Document("/maaling/synthetic-denmark");

        var rows = page.QuerySelectorAll("#d-placeringer tbody tr").Select(row => row.Children.Select(cell => cell.TextContent.Trim()).ToList()).ToList();
        var latest = site.Run.Results.Where(result => result.Outcome == site.Run.Spec.Total!.Id).GroupBy(result => result.Period).MaxBy(period => period.Key)!.ToDictionary(result => site.Definitions.Municipalities.First(m => m.Code == result.Area).Name);
        rows.Count.ShouldBe(latest.Count);
        foreach (var row in rows)
        {
            var result = latest[row[0]];
            row.Skip(1).Take(3).ShouldBe(((int[])[result.Rank, result.RankLower, result.RankUpper]).Select(rank => rank.ToString(CultureInfo.InvariantCulture)), row[0]);
        }
    }

    [Fact]
    public void Positions_OfAMeasurement_AreItsOwnWithTheOwnMunicipalityMarked()
    {
        var content = ContentLoader.Load(new SiteOptions(site.Folder) { Definitions = RepositoryFiles.Path("definitions") });
        using var store = ObservationStore.Open(Path.Combine(site.Folder, SiteOptions.StoreName));
        var spec = site.Definitions.Measurements["jobindsats-comparison"];
        var input = new MeasurementInput(site.Definitions, store.Read(1), site.Run.Vintages);
        var result = input.Measure(spec);
        var query = new SiteQuery([]).With(SiteQuery.Measurement, spec.Id);

        var chart = MeasurementDiagrams.Positions(new Sight(With(content, result), query, "851"))!;

        var latest = result.Positions.Max(position => position.Period);
        var positions = result.Positions.Where(position => position.Period == latest && position.Outcome == result.Positions[0].Outcome).OrderBy(position => position.Rank).ThenBy(position => position.Area, StringComparer.Ordinal).ToList();
        chart.Table.Rows.Select(row => (row[0], row[1], row[2], row[3])).ShouldBe(positions.Select(position => ((object?)position.Area, (object?)position.Rank, (object?)position.RankLower, (object?)position.RankUpper)));
        var values = chart.Spec["data"]!["values"]!.AsArray();
        values.Count(row => (bool)row!["own"]!).ShouldBe(1);
        ((string)values.Single(row => (bool)row!["own"]!)!["name"]!).ShouldBe("Aalborg");
        MeasurementDiagrams.Positions(new Sight(With(content), query, null)).ShouldBeNull("not published");
    }

    [Theory]
    [InlineData("/maaling/findes-ikke", "findes-ikke")]
    [InlineData("/en/measurement/%3Cscript%3E", "<script>")]
    [InlineData("/data/metode/..%2F..%2Farchitecture", "architecture")]
    public async Task UnknownId_OfMeasurementOrMethod_IsAHelpfulPageThatSaysItBack(string address, string said)
    {
        using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var page = await Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        page.QuerySelector("main")!.TextContent.ShouldContain(said);
        page.QuerySelectorAll("main a").Length.ShouldBeGreaterThan(0);
        page.QuerySelectorAll("main script").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/hent/definition/models/..%2Fareas.yaml")]
    [InlineData("/hent/definition/indicators/synthetic.yaml")]
    [InlineData("/hent/udgivelse/0000/manifest.json")]
    [InlineData("/hent/maaling/kl-all-benefits/main.csv")]
    public async Task File_ThatIsNone_IsNotFound(string address)
    {
        using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Packages_OnTheDataPage_GiveTheFilesOfTheirHashesAndTheCommand()
    {
        var page = await Document("/data");
        var published = ContentLoader.Load(new SiteOptions(site.Folder) { Definitions = RepositoryFiles.Path("definitions") }).Publications.OfType<PublishedContent>().ShouldHaveSingleItem();

        page.Body!.TextContent.ShouldContain(published.PackageId);
        var command = $"./fikspunkt verify synthetic-denmark-{published.PackageId[..8]}.zip";
        page.QuerySelectorAll("pre code").ShouldContain(code => code.TextContent == command);
        foreach (var row in page.QuerySelectorAll(".package tbody tr"))
        {
            var bytes = await site.Client.GetByteArrayAsync(((IHtmlAnchorElement)row.QuerySelector("a")!).GetAttribute("href"), TestContext.Current.CancellationToken);
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)).ShouldBe(row.LastElementChild!.TextContent);
        }
    }

    [Fact]
    public async Task Measurements_WithKeyboardOnly_AreReachedAndRead()
    {
        var page = await site.Page();
        await page.GotoAsync("/maaling");

        await page.Locator("main .entry a").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/maaling/*");
        await page.Locator("main details summary").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        (await page.Locator("main details[open]").CountAsync()).ShouldBeGreaterThan(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public void Document_WithLinksAndMarkup_LinksOnlyWhatIsHereAndLetsNoMarkupThrough()
    {
        var made = MethodDocuments.Render("methods/x", "# Title `x`\n\n## Part\n\n[a](rank-confidence-sets.md) [b](../performance.md) [c](https://example.org) ![d](x.png) <script>e</script>\n\n|f|g|\n|-|-|\n|1|2|\n\n    a %\n\nb 5 %\n", english: true, MethodDocuments.English);

        made.Title.ShouldBe("Title ");
        made.Html.ShouldContain("<h3>Part</h3>");
        made.Html.ShouldContain("<a href=\"/en/data/method/rank-confidence-sets\">a</a>");
        made.Html.ShouldNotContain("performance");
        made.Html.ShouldNotContain("example.org");
        made.Html.ShouldNotContain("<img");
        made.Html.ShouldNotContain("<script>");
        made.Html.ShouldContain("tabindex=\"0\" role=\"region\"");
        made.Html.ShouldContain("<pre tabindex=\"0\"><code lang=\"en\">a %");
        made.Html.ShouldContain("b 5\u00a0%");
    }

    private static SiteContent With(SiteContent content, params MeasurementResult[] results) => new(
        content.Version, content.Definitions, content.Benchmarks,
        [.. results.Select(result => new MeasurementView(result, new PublishedMeasurements("0123456789abcdef", "", "", "", 2, 0, result.Vintages, results, content.Definitions, [])))],
        content.Figures, content.Publications, content.Faults, content.Loaded);

    private static Task<IDocument> Parse(string html) => BrowsingContext.New().OpenAsync(request => request.Content(html));

    private async Task<IDocument> Document(string address) => await Parse(await site.Client.GetStringAsync(address, TestContext.Current.CancellationToken));
}
