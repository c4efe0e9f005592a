using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AngleSharp;
using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Testing;
using Fikspunkt.Web.Charts;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;
using Fikspunkt.Web.Pages;

namespace Fikspunkt.Web.Tests;

/// <summary>One municipality's page: its main tasks in a browser, its numbers, and what is not there.</summary>
public sealed partial class MunicipalityPageTests(SiteFixture site)
{
    private static readonly CultureInfo Danish = CultureInfo.GetCultureInfo("da-DK");
    private static readonly Period Latest = Period.Parse("2024QMAT04");

    [Theory]
    [InlineData("/kommune/779", "/kommune/skive")]
    [InlineData("/kommune/Skive?ydelse=synthetic-fleksjob", "/kommune/skive?ydelse=synthetic-fleksjob")]
    [InlineData("/kommune/Sundsøre", "/kommune/skive")]
    [InlineData("/en/municipality/copenhagen", "/en/municipality/koebenhavn")]
    [InlineData("/kommune/101/notat", "/kommune/koebenhavn/notat")]
    public async Task OtherSpellings_LeadToTheOneAddress(string address, string expected)
    {
        using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.MovedPermanently);
        answer.Headers.Location!.ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("/kommune/aalbrog", "Aalborg")]
    [InlineData("/kommune/frederiks/notat", "Frederiksberg")]
    [InlineData("/en/municipality/copenhagn", "Copenhagen")]
    [InlineData("/kommune/skive?ydelse=findes-ikke", "findes-ikke")]
    [InlineData("/kommune/skive?periode=2099", "2099")]
    [InlineData("/kommune/skive?periode=0000QMAT99", "0000QMAT99")]
    [InlineData("/kommune/skive?maaling=%3Cscript%3E", "&lt;script&gt;")]
    [InlineData("/kommune/%E2%80%8F%00", "")]
    public async Task WhatDoesNotExist_IsSaidWithSomewhereToGo(string address, string contains)
    {
        using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(contains);
    }

    [Fact]
    public async Task NumbersOnThePage_AreThePublications()
    {
        foreach (var (area, slug) in ((string, string)[])[("779", "skive"), ("851", "aalborg"), ("825", "laesoe")])
        {
            var html = await Text($"/kommune/{slug}");
            var total = Result(area, "synthetic-total");

            html.ShouldContain($"<dd>{PerCent(total.Actual)} <small>");
            html.ShouldContain($"<dd>{PerCent(total.Expected)} <small>");
            html.ShouldContain($"{total.RankLower}–{total.RankUpper} <small>");
            var rows = await Csv($"/diagram/kommune-ydelser.csv?kommune={area}");
            rows.Count.ShouldBe(13);
            foreach (var outcome in site.Run.Spec.Outcomes)
            {
                var (row, result) = (rows.Single(row => row["outcome"] == outcome.Name.Da), Result(area, outcome.Id));
                Number(row["actual"]).ShouldBe(100 * result.Actual, 1e-9);
                Number(row["lower"]).ShouldBe(100 * result.Lower, 1e-9);
                Number(row["persons"]).ShouldBe(result.DifferencePersons, 1e-6);
            }
        }
    }

    [Fact]
    public async Task Contributions_AddUpFromTheNationalMeanToTheExpectation_RowByRow()
    {
        var rows = await Csv("/diagram/kommune-forklaring.csv?kommune=779");

        var sum = Number(rows[0]["sum"]);
        foreach (var row in rows.Skip(1).SkipLast(1))
        {
            sum += Number(row["contribution"]);
            Number(row["sum"]).ShouldBe(sum, 1e-9);
        }

        Number(rows[^1]["sum"]).ShouldBe(sum, 1e-9);
        sum.ShouldBe(100 * Result("779", "synthetic-total").Expected, 1e-9);
    }

    [Theory]
    [InlineData("/kommune/aalborg", "")]
    [InlineData("/en/municipality/aalborg", "/en")]
    public async Task EverySmallChart_HasATableAndFilesOfItsOwnGroup(string address, string prefix)
    {
        var page = await BrowsingContext.New().OpenAsync(request => request.Content("<p>"), TestContext.Current.CancellationToken);
        page.Body!.InnerHtml = await site.Client.GetStringAsync(address, TestContext.Current.CancellationToken);
        var charts = page.QuerySelectorAll(".small-chart");
        var model = site.Definitions.Models["synthetic-denmark"];

        charts.Length.ShouldBe(model.Outcomes.Count);
        foreach (var chart in charts)
        {
            var outcome = model.Outcomes.Single(one => chart.QuerySelector("h4 a")!.GetAttribute("href")!.EndsWith("=" + one.Id, StringComparison.Ordinal));
            var rows = chart.QuerySelectorAll("tbody tr");
            var file = await Csv(chart.QuerySelector("a[href*='.csv']")!.GetAttribute("href")!);
            var points = site.Run.Trend.Where(point => point.Area == "851" && point.Outcome == outcome.Id).OrderBy(point => point.Period).ToList();

            chart.QuerySelector("caption")!.TextContent.ShouldContain(prefix.Length > 0 ? outcome.Name.En : outcome.Name.Da);
            chart.QuerySelector(".figures summary")!.TextContent.ShouldContain(prefix.Length > 0 ? outcome.Name.En : outcome.Name.Da);
            rows.Length.ShouldBe(points.Count);
            file.Select(row => Number(row["actual"])).ShouldBe(points.Select(point => 100 * point.Actual), 1e-9);
            chart.QuerySelectorAll(".downloads a").ShouldAllBe(link => link.GetAttribute("href")!.StartsWith(prefix + "/diagram/kommune-ydelse.", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task AnEarlierPeriod_HasItsOwnNumbers()
    {
        var earlier = site.Run.Results.Single(result => result.Area == "779" && result.Outcome == "synthetic-fleksjob" && result.Period == Period.Parse("2022QMAT04"));

        (await Text("/kommune/skive?ydelse=synthetic-fleksjob&periode=2022QMAT04")).ShouldContain($"<dd>{PerCent(earlier.Actual)} <small>");
    }

    [Fact]
    public async Task NobodyIsCalledBetter_WhoCouldBeSoByChance()
    {
        var named = 0;
        foreach (var municipality in site.Definitions.Municipalities)
        {
            var html = await Text($"/kommune/{Slug.Of(municipality.Name)}");
            var own = Result(municipality.Code, "synthetic-total");
            var sentence = Named().Match(html);
            foreach (var name in sentence.Success ? sentence.Groups["names"].Value.Split(", ") : [])
            {
                var better = Result(site.Definitions.Municipalities.Single(other => other.Name == name).Code, "synthetic-total");
                better.Upper.ShouldBeLessThan(0, name);
                better.Upper.ShouldBeLessThan(own.Lower, name);
                named++;
            }
        }

        named.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Largest_TakesOnlyWhatIsSurelyAbove_AndKeepsPersonsAndKronerApart()
    {
        AreaResult One(string outcome, SignificanceClass @class, double persons, decimal kroner) =>
            Result("779", "synthetic-fleksjob") with { Outcome = outcome, Class = @class, Exposure = 1, Difference = persons, Kroner = kroner };
        AreaResult[] groups = [One("noise", SignificanceClass.AsExpected, 900, 900), One("many", SignificanceClass.Worse, 50, 10), One("dear", SignificanceClass.Worse, 20, 30), One("fewer", SignificanceClass.Better, -70, 80)];

        var (persons, kroner) = MunicipalityFacts.Largest(groups);

        persons!.Outcome.ShouldBe("many");
        kroner!.Outcome.ShouldBe("dear");
        MunicipalityFacts.Largest([groups[0], groups[3]]).ShouldBe((null, null));
    }

    [Fact]
    public void Nearest_PutsTheLikeliestNameFirst()
    {
        var content = Content([]);

        MunicipalityAddress.Nearest(content, "kobenhavn", 1)[0].Name.ShouldBe("København");
        MunicipalityAddress.Nearest(content, "lyngby", 1)[0].Name.ShouldBe("Lyngby-Taarbæk");
        MunicipalityAddress.Nearest(content, "", 3).Count.ShouldBe(3);
    }

    [Fact]
    public void PublishedMeasurements_AreShownOnOneScale_WithTheirContradictionsAndSentences()
    {
        CultureInfo.CurrentUICulture = Danish;
        var compared = Measured("one-municipality") with
        {
            Tables = [new("contradictions", new("a", "a"), new("b", "b"),
                [new("area", new("K", "M"), ColumnKind.Area), new("better", new("Bedst i", "Best in"), ColumnKind.Text), new("worse", new("Dårligst i", "Worst in"), ColumnKind.Text), new("grundlag", new("Grundlag", "Base"), ColumnKind.Text)],
                [["779", new LocalizedText("Den ene", "One"), new LocalizedText("Den anden", "Other"), new LocalizedText("a / b", "a / b")], ["851", "x", "y", null]])],
            Statements = [new("779", "position", new("Sætning.", "Sentence.")), new(null, "gap", new("Landet.", "The country."))],
        };
        var sight = new Sight(Content([Measured("kl-all-benefits"), compared]), new SiteQuery([KeyValuePair.Create(SiteQuery.Areas, "779")]), null);

        var profile = MunicipalityDiagrams.Profile(sight)!;
        var contradictions = MunicipalityMeasured.Contradictions(MunicipalityMeasured.Of(sight, MeasurementKind.SideBySide)!, "779")!;

        profile.Table.Rows.Count.ShouldBe(2);
        profile.Title.ShouldContain("2 målinger");
        contradictions.Rows.ShouldHaveSingleItem()[^1].ShouldBe("Grundlag: a / b");
        MunicipalityMeasured.Of(sight, MeasurementKind.WhomToCall).ShouldBeNull();
        MunicipalityMeasured.Lacking(sight, MeasurementKind.WhomToCall).ShouldBe("Hvem skal man ringe til?");
    }

    [Fact]
    public async Task WithTheKeyboardOnAPhone_OneChoosesABenefit_AndTheTitleFollows()
    {
        var page = await site.Page("en-GB", 390);
        await page.GotoAsync("/en/municipality/skive");
        await page.Locator("#ydelse").FocusAsync();

        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**ydelse=synthetic-a-dagpenge**");

        (await page.Locator("#d-kommune-udvikling h2").TextContentAsync())!.ShouldContain("Unemployment benefit");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task WithoutScript_TheFiguresAreTables_AndTheChoiceWorks()
    {
        var page = await site.Page(script: false);
        await page.GotoAsync("/kommune/skive");

        await page.Locator("#d-kommune-udvikling summary").First.ClickAsync();
        (await page.Locator("#d-kommune-udvikling tbody tr").CountAsync()).ShouldBe(24);
        (await page.Locator(".chart").First.IsVisibleAsync()).ShouldBeFalse();
        await page.SelectOptionAsync("#periode", "2023QMAT04");
        await page.Locator("main form button").ClickAsync();

        page.Url.ShouldContain("periode=2023QMAT04");
        (await page.Locator("dl.keys dd").First.TextContentAsync())!.ShouldStartWith(PerCent(site.Run.Results.Single(result => result.Area == "779" && result.Outcome == "synthetic-total" && result.Period == Period.Parse("2023QMAT04")).Actual));
        await page.Context.CloseAsync();
    }

    private AreaResult Result(string area, string outcome) => site.Run.Results.Single(result => result.Area == area && result.Outcome == outcome && result.Period == Latest);

    private SiteContent Content(IReadOnlyList<MeasurementResult> measurements)
    {
        var read = ContentLoader.Load(new SiteOptions(site.Folder) { Definitions = RepositoryFiles.Path("definitions") });
        return new SiteContent(read.Version, read.Definitions, read.Benchmarks, [.. measurements.Select(result => new MeasurementView(result, null!))], read.Figures, read.Publications, read.Faults, read.Loaded);
    }

    private MeasurementResult Measured(string id) => new(
        site.Definitions.Measurements[id], [], [new MeasuredPosition("779", "o", Latest, 1, 1, 0, 2, 40, 20, 60, 98, SignificanceClass.AsExpected, null)], [], [], []);

    private async Task<string> Text(string address) => WebUtility.HtmlDecode(await site.Client.GetStringAsync(address, TestContext.Current.CancellationToken));

    private async Task<List<Dictionary<string, string>>> Csv(string address)
    {
        var lines = (await site.Client.GetStringAsync(address, TestContext.Current.CancellationToken)).TrimEnd('\n').Split('\n');
        var names = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => names.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string PerCent(double share) => (100 * share).ToString("N2", Danish);

    [GeneratedRegex("Sikkert bedre blandt de nærmeste: (?<names>[^.]*)\\.", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Named();
}
