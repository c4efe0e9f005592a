using System.Globalization;
using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using Fikspunkt.Domain;
using Fikspunkt.Store;
using Fikspunkt.Testing;
using Fikspunkt.Web.Charts;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Pages;

namespace Fikspunkt.Web.Tests;

/// <summary>The catalogue of indicators: finding one, and what is said of its figures.</summary>
public sealed class IndicatorPageTests(SiteFixture site)
{
    private static readonly Period[] Years = [Period.OfYear(2022), Period.OfYear(2023)];

    [Fact]
    public async Task Search_WithoutScript_FindsByEveryWordInEitherLanguageAccentsAside()
    {
        var page = await site.Page(script: false);
        await page.GotoAsync("/noegletal");
        await page.Locator("#soeg").FillAsync("fortids population");
        await page.Locator("#soeg").PressAsync("Enter");
        await page.Locator("#soeg[value='fortids population']").WaitForAsync();
        page.Url.ShouldContain("soeg=fortids");

        var all = await Document("/noegletal");
        var found = await Document("/en/indicators?soeg=FULL-TIME");
        var none = await Document("/noegletal?soeg=zzz");
        var shown = await Document("/noegletal?medtal=1");

        all.QuerySelectorAll("main tbody tr").Length.ShouldBe(site.Definitions.Indicators.Count);
        found.QuerySelectorAll("main tbody tr").Select(row => row.TextContent).ShouldContain(text => text.Contains("Full-time persons", StringComparison.Ordinal));
        found.QuerySelectorAll("main tbody tr").Length.ShouldBeLessThan(site.Definitions.Indicators.Count);
        none.QuerySelectorAll("main tbody tr").ShouldBeEmpty();
        none.QuerySelector("main")!.TextContent.ShouldContain("Ingen nøgletal passer");
        shown.QuerySelectorAll("main tbody td:last-child").ShouldAllBe(cell => cell.TextContent != "Ingen tal her");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Page_OfAnIndicator_CountsTheStatusesOfTheStoreAndSaysWhatItCannotTell()
    {
        const string breakdown = "benefit_group=ledighedsydelse";
        using var store = ObservationStore.Open(Path.Combine(site.Folder, SiteOptions.StoreName));
        var cells = store.Read(1).Where(o => o.Indicator == "full_time_persons" && o.Breakdown == breakdown).ToList();

        var page = await Document($"/en/indicators/full_time_persons?opdeling={Uri.EscapeDataString(breakdown)}");

        var counts = page.QuerySelectorAll("main tbody tr").Where(row => row.Children.Length == 3).ToDictionary(row => row.Children[0].TextContent, row => row.Children[1].TextContent);
        counts["Number"].ShouldBe($"{cells.Count(o => o.Status == ObservationStatus.Ok):N0}".Replace('.', ','));
        counts["Hidden"].ShouldBe($"{cells.Count(o => o.Status == ObservationStatus.Suppressed):N0}".Replace('.', ','));
        cells.Count(o => o.Status == ObservationStatus.Suppressed).ShouldBeGreaterThan(0);
        page.Body!.TextContent.ShouldContain(site.Definitions.Indicators["full_time_persons"].CannotTell.En);
        page.Body.TextContent.ShouldContain("15 January 2025");
    }

    [Theory]
    [InlineData("/noegletal/findes_ikke")]
    [InlineData("/noegletal/full_time_persons?opdeling=benefit_group%3Dfindes-ikke")]
    [InlineData("/en/indicators/%27%3B--")]
    public async Task UnknownIndicatorOrBreakdown_IsAHelpfulPage(string address)
    {
        using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var page = await Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        page.QuerySelectorAll("main li a").Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Spread_OfASeries_TakesMunicipalitiesWithValuesOnly()
    {
        var codes = site.Definitions.Municipalities.Take(5).Select(m => m.Code).ToList();
        string[] areas = ["000", .. codes];
        double[] values = [1000, 1000, 1, 11, 2, 12, 3, 13, 4, 14, double.NaN, 15];
        byte[] statuses = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)ObservationStatus.Suppressed, 0];
        var series = new FigureSeries("population", "", null!, areas, Years, values, statuses);

        var spread = IndicatorDiagrams.Spreads(series, site.Definitions, codes[1]);

        spread.Select(one => (one.Period, one.Count, one.Middle, one.LowerQuarter, one.Own)).ShouldBe([(Years[0], 4, 2.5, 1.75, 2), (Years[1], 5, 13, 12, 12)]);
        IndicatorDiagrams.Spreads(series, site.Definitions, codes[4])[0].Own.ShouldBeNull("hidden is not 0");
        StatusCounts.Of([series]).ShouldBe(new StatusCounts(11, 0, 0, 1, 0, 0, 0));
    }

    [Theory]
    [InlineData(ObservationStatus.Suppressed, null, "Skjult")]
    [InlineData(ObservationStatus.Missing, null, "Mangler")]
    [InlineData(ObservationStatus.Provisional, 3.0, "3 (Foreløbigt)")]
    [InlineData(ObservationStatus.Zero, 0.0, "0")]
    public void Cell_OfAnyStatus_SaysWhyThereIsNoNumber(ObservationStatus status, double? value, string text)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("da-DK");
        var cell = new Observation("101", Years[0], "population", "", value, status);

        IndicatorWords.Cell(cell, site.Definitions.Indicators["population"]).ShouldBe(text);
    }

    [Fact]
    public async Task Changes_BetweenPulls_AreListedAtTheirIndicator()
    {
        using var folder = new TemporaryFolder();
        var run = SiteFixture.Fill(folder.Path, site.Definitions);
        run.Results.ShouldNotBeEmpty();
        var file = Path.Combine(folder.Path, Sources.Synthetic.SyntheticFiles.DataFile);
        var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        var revised = Array.FindIndex(lines, line => line.Contains("population_16_66", StringComparison.Ordinal));
        lines[revised] = Revise(lines[0], lines[revised]);
        await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);
        using (var store = ObservationStore.Open(Path.Combine(folder.Path, SiteOptions.StoreName)))
        {
            Sources.TableImporter.Import(store, site.Definitions, new Sources.ImportRequest([file], null, NodaTime.Instant.FromUtc(2025, 2, 15, 0, 0), Synthetic: true), CancellationToken.None);
        }

        var content = ContentLoader.Load(new SiteOptions(folder.Path) { Definitions = RepositoryFiles.Path("definitions") });
        var changes = IndicatorModel.ChangesOf(content.Figures, content.Figures.Find("population_16_66", "")!).ShouldHaveSingleItem();
        var others = IndicatorModel.ChangesOf(content.Figures, content.Figures.Find("low_education_pct", "")!).ShouldHaveSingleItem();

        changes.Change.Changed.ShouldBe(1);
        changes.Rows.ShouldHaveSingleItem().New!.Value.ShouldBe(123456);
        others.Rows.ShouldBeEmpty();
    }

    private static string Revise(string header, string line)
    {
        var (names, cells) = (header.Split(','), line.Split(','));
        cells[Array.IndexOf(names, "value")] = "123456";
        return string.Join(',', cells);
    }

    private static Task<IDocument> Parse(string html) => BrowsingContext.New().OpenAsync(request => request.Content(html));

    private async Task<IDocument> Document(string address) => await Parse(await site.Client.GetStringAsync(address, TestContext.Current.CancellationToken));
}
