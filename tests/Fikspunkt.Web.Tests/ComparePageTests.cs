using System.Globalization;
using System.Net;
using Fikspunkt.Domain;
using Fikspunkt.Statistics.Rates;
using Fikspunkt.Store;
using Fikspunkt.Web.Charts;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Playwright;

namespace Fikspunkt.Web.Tests;

/// <summary>Municipalities beside each other: rule and base always said, what is hidden never a number, clear words for too few and too many.</summary>
public sealed class ComparePageTests(SiteFixture site)
{
    private const string Count = "noegletal=full_time_persons%7Cbenefit_group%3Djobafklaringsforloeb";

    [Theory]
    [InlineData("/sammenlign", "Vælg mindst to kommuner")]
    [InlineData("/sammenlign?kommune=779", "Du har kun valgt Skive")]
    [InlineData("/en/compare?kommune=779", "You have chosen only Skive")]
    [InlineData("/sammenlign?kommune=101&kommune=147&kommune=151&kommune=153&kommune=155&kommune=157&kommune=159&kommune=161", "Du har valgt 8 kommuner. Højst 6")]
    [InlineData("/sammenlign?kommune=779&kommune=851", "ingen regel siger, at de ligner hinanden")]
    [InlineData("/sammenlign?kommune=779&gruppe=naermeste", "De 5, hvis rammevilkår ligner Skive mest. Afstanden er")]
    [InlineData("/sammenlign?kommune=779&gruppe=region&noegletal=low_education_pct", "Alle kommuner i Region Midtjylland")]
    [InlineData("/sammenlign?kommune=779&gruppe=pendling", "Alle kommuner i Pendlingsområde")]
    [InlineData("/sammenlign?kommune=779&gruppe=naboer", "grænser op til Skive")]
    [InlineData("/sammenlign?kommune=779&kommune=851&ydelse=synthetic-fleksjob", "Andel i pct. af Befolkning 16-66 år")]
    [InlineData("/sammenlign?kommune=779&kommune=851&" + Count, "Andel i pct. af Befolkning 16-66 år i samme periode")]
    [InlineData("/sammenlign?kommune=779&kommune=851&" + Count, "synthetic-denmark, 15. januar 2025")]
    [InlineData("/sammenlign?kommune=779&kommune=851&" + Count + "&grundlag=intet", "ikke sat i forhold til noget")]
    [InlineData("/sammenlign?kommune=779&kommune=851&ydelse=synthetic-fleksjob", "den 95 pct.-usikkerhed, som modellen regner med")]
    [InlineData("/sammenlign?kommune=779&kommune=851&" + Count, "Intervallet er et 95 pct.-interval for tilfældige udsving i det registrerede antal")]
    [InlineData("/en/compare?kommune=779&kommune=851&" + Count, "with intervals from and to")]
    [InlineData("/sammenlign?kommune=779&kommune=851&noegletal=low_education_pct", "Der er ingen intervaller: kilden udgiver tallet uden de antal")]
    [InlineData("/en/compare?kommune=779&kommune=851&noegletal=low_education_pct", "by period, without intervals")]
    [InlineData("/sammenlign?kommune=779&kommune=851&noegletal=population_16_66", "Der er ingen intervaller: alle er talt med")]
    [InlineData("/sammenlign?kommune=779&kommune=851&noegletal=full_time_persons&opdeling=benefit_group%3Dfleksjob", "Fuldtidspersoner på ydelsen: Fleksjob")]
    public async Task Page_SaysWhoAndByWhichRuleAndOfWhat(string address, string contains)
    {
        var html = WebUtility.HtmlDecode(await site.Client.GetStringAsync(address, TestContext.Current.CancellationToken));

        html.ShouldContain(contains);
        html.Length.ShouldBeLessThan(500_000);
    }

    [Theory]
    [InlineData("kommune=779&kommune=9999", "9999")]
    [InlineData("kommune=779&kommune=851&noegletal=nix", "nix")]
    [InlineData("kommune=779&kommune=851&noegletal=%7C%7C%7C", "|||")]
    [InlineData("kommune=779&gruppe=venner", "venner")]
    [InlineData("kommune=779&kommune=851&" + Count + "&grundlag=low_education_pct", "low_education_pct")]
    public async Task UnknownChoices_AreNamed_AndTheOthersKept(string query, string unknown)
    {
        using var answer = await site.Client.GetAsync("/sammenlign?" + query, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        html.ShouldContain($"»{unknown}«");
        html.ShouldContain("/sammenlign?kommune=779");
    }

    [Fact]
    public async Task WhatTheSourceHides_IsSaid_AndOtherNumbersAreTheStores()
    {
        using var store = ObservationStore.Open(Path.Combine(site.Folder, SiteOptions.StoreName));
        var breakdown = Breakdown.OfBenefitGroup("jobafklaringsforloeb");
        var all = store.Read(store.Vintages()[^1].Id);
        var figures = all.Where(figure => figure.Breakdown == breakdown && figure.Area is "563" or "851" && figure.Indicator == "full_time_persons").ToDictionary(figure => (figure.Area, figure.Period));
        var population = all.Where(figure => figure.Indicator == "population_16_66").ToDictionary(figure => (figure.Area, figure.Period), figure => figure.Value!.Value);
        var periods = figures.Keys.Select(key => key.Period).Distinct().OrderDescending().ToList();

        var counts = await Csv($"/diagram/sammenlign.csv?kommune=563&kommune=851&{Count}&grundlag=intet");
        var shares = await Csv($"/diagram/sammenlign.csv?kommune=563&kommune=851&{Count}");

        counts.Count.ShouldBe(periods.Count);
        counts.Count(row => row[1] == "skjult").ShouldBe(figures.Values.Count(figure => figure is { Area: "563", Status: ObservationStatus.Suppressed }));
        counts.ShouldContain(row => row[1] == "skjult");
        for (var i = 0; i < periods.Count; i++)
        {
            foreach (var (area, column) in ((string, int)[])[("563", 1), ("851", 4)])
            {
                var figure = figures[(area, periods[i])];
                if (figure.Value is not { } value)
                {
                    double.TryParse(counts[i][column], CultureInfo.InvariantCulture, out _).ShouldBeFalse();
                    double.TryParse(shares[i][column], CultureInfo.InvariantCulture, out _).ShouldBeFalse();
                    (counts[i][column + 1] + counts[i][column + 2] + shares[i][column + 1] + shares[i][column + 2]).ShouldBeEmpty();
                    continue;
                }

                double.Parse(counts[i][column], CultureInfo.InvariantCulture).ShouldBe(value);
                double.Parse(shares[i][column], CultureInfo.InvariantCulture).ShouldBe(100 * value / population[(area, periods[i])], 1e-9);
                var count = PoissonCount.Interval(value, 0.95).Interval;
                var share = Wilson.Interval(value, population[(area, periods[i])], 0.95);
                Interval(counts[i], column).ShouldBe((count.Lower, count.Upper));
                Interval(shares[i], column).Lower.ShouldBe(100 * share.Lower, 1e-9);
                Interval(shares[i], column).Upper.ShouldBe(100 * share.Upper, 1e-9);
            }
        }
    }

    [Fact]
    public async Task AnOutcome_HasTheModelsOwnUncertaintyAroundItsFigure()
    {
        var rows = await Csv("/diagram/sammenlign.csv?kommune=779&kommune=851&noegletal=synthetic-fleksjob");
        var result = site.Run.Results.Where(result => result.Outcome == "synthetic-fleksjob").OrderByDescending(result => result.Period).ThenBy(result => result.Rank).First();
        var quantile = (result.Upper - result.Lower) / (2 * result.StandardError);
        var points = site.Run.Trend.Where(point => point.Area == "851" && point.Outcome == "synthetic-fleksjob").OrderByDescending(point => point.Period).ToList();

        rows.Count.ShouldBe(points.Count);
        for (var i = 0; i < points.Count; i++)
        {
            var (lower, upper) = Interval(rows[i], 4);
            upper.ShouldBe(100 * (points[i].Actual + (quantile * points[i].StandardError)), 1e-9);
            lower.ShouldBe(100 * Math.Max(0, points[i].Actual - (quantile * points[i].StandardError)), 1e-9);
        }
    }

    [Fact]
    public async Task WhatHasNoCountsBehindIt_HasNoIntervalColumns()
    {
        var rows = await Csv("/diagram/sammenlign.csv?kommune=779&kommune=851&noegletal=low_education_pct");

        rows.ShouldNotBeEmpty();
        rows.ShouldAllBe(row => row.Length == 3);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(1.0, 1.1, true)]
    [InlineData(1.0, 1.0, false)]
    [InlineData(1.2, 1.1, false)]
    public void ADifference_IsClaimedOnlyWhereIntervalsDoNotMeet(double? upperOfLowest, double? lowerOfHighest, bool apart)
    {
        Statistics.Interval? lowest = upperOfLowest is { } upper ? new(0, upper) : null;
        Statistics.Interval? highest = lowerOfHighest is { } lower ? new(lower, 9) : null;

        CompareDiagrams.Apart(lowest, highest).ShouldBe(apart);
    }

    [Fact]
    public async Task TheTitle_SaysThatADifferenceMayBeChance_WhereTheIntervalsOfTheLatestPeriodOverlap()
    {
        string[] pairs = ["kommune=563&kommune=825", "kommune=779&kommune=851", "kommune=101&kommune=665"];
        var said = new List<bool>();
        foreach (var pair in pairs)
        {
            var latest = (await Csv($"/diagram/sammenlign.csv?{pair}&{Count}")).First(row => row[1].Length > 0 && char.IsDigit(row[1][0]) && row[4].Length > 0 && char.IsDigit(row[4][0]));
            var (first, second) = (Interval(latest, 1), Interval(latest, 4));
            var html = WebUtility.HtmlDecode(await site.Client.GetStringAsync($"/sammenlign?{pair}&{Count}", TestContext.Current.CancellationToken));

            said.Add(html.Contains("deres intervaller overlapper", StringComparison.Ordinal));
            said[^1].ShouldBe(first.Lower <= second.Upper && second.Lower <= first.Upper, pair);
        }

        said.Distinct().Count().ShouldBe(2, "one of each kind");
    }

    [Fact]
    public async Task Differences_AreThePublications()
    {
        var rows = await Csv("/diagram/sammenlign-forskel.csv?kommune=779&kommune=851&kommune=101");

        rows.Count.ShouldBe(3);
        foreach (var row in rows)
        {
            var result = site.Run.Results.Single(result => result.Area == row[0] && result.Outcome == "synthetic-total" && result.Period == Period.Parse("2024QMAT04"));
            double.Parse(row[4], CultureInfo.InvariantCulture).ShouldBe(100 * result.Difference, 1e-9);
            double.Parse(row[5], CultureInfo.InvariantCulture).ShouldBe(100 * result.Lower, 1e-9);
        }
    }

    [Theory]
    [InlineData("/sammenlign", "Skive", "kommune=779&kommune=851", 1280)]
    [InlineData("/en/compare", "Skive", "kommune=779&kommune=851", 390)]
    public async Task WithoutScript_TwoMunicipalitiesAreChosenAndCompared(string address, string name, string query, int width)
    {
        var page = await site.Page(width: width, script: false);
        await page.GotoAsync(address);
        await page.SelectOptionAsync("#kommune-1", "779");
        await page.SelectOptionAsync("#kommune-2", "851");

        await page.Locator(".compare-form button").PressAsync("Enter");
        await page.WaitForURLAsync("**kommune=779**");

        page.Url.Replace("&kommune=&", "&", StringComparison.Ordinal).ShouldContain(query);
        (await page.Locator("#d-sammenlign-forskel").CountAsync()).ShouldBe(1);
        (await page.Locator("#d-sammenlign table").TextContentAsync())!.ShouldContain(name);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task AComparison_OnAPhoneAndADesk_IsAccessibleAndDraws()
    {
        foreach (var (width, address) in ((int, string)[])[(390, $"/sammenlign?kommune=563&kommune=851&kommune=173&{Count}"), (1280, "/en/compare?kommune=779&gruppe=region&noegletal=synthetic-kontanthjaelp")])
        {
            var page = await site.Page(width: width);
            await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
            await page.EvaluateAsync("() => document.querySelectorAll('main details').forEach(d => d.open = true)");
            await EveryPageTests.Drawn(page);

            (await EveryPageTests.Violations(page)).ShouldBeEmpty(address);
            (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - window.innerWidth")).ShouldBeLessThanOrEqualTo(0, address);
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task TheOwnMunicipality_IsComparedWithItsNearest_BeforeAnythingIsChosen()
    {
        var html = WebUtility.HtmlDecode(await site.Client.GetStringAsync("/sammenlign?egen=779", TestContext.Current.CancellationToken));

        html.ShouldContain("De 5, hvis rammevilkår ligner Skive mest");
        html.ShouldContain("own-row");
    }

    [Fact]
    public void Spread_KeepsLabelsApartAndInOrder_WithinTheAxisWhereThereIsRoom()
    {
        var places = Gen.Choose(0, 1000).Select(value => value / 1000.0).ListOf(6).Select(list => list.ToArray());
        Check.One(Config.QuickThrowOnFailure.WithReplay(2026, 11), Prop.ForAll(places.ToArbitrary(), values =>
        {
            var spread = CompareDiagrams.Spread(values, 0.05, 0, 1);
            var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToList();
            for (var k = 1; k < order.Count; k++)
            {
                (spread[order[k]] - spread[order[k - 1]]).ShouldBeGreaterThan(0.05 - 1e-9);
            }

            spread.Min().ShouldBeGreaterThan(-1e-9);
            spread.Max().ShouldBeLessThan(1 + 1e-9);
        }));
    }

    private static (double Lower, double Upper) Interval(string[] row, int column) =>
        (double.Parse(row[column + 1], CultureInfo.InvariantCulture), double.Parse(row[column + 2], CultureInfo.InvariantCulture));

    private async Task<List<string[]>> Csv(string address)
    {
        var lines = (await site.Client.GetStringAsync(address, TestContext.Current.CancellationToken)).TrimEnd('\n').Split('\n');
        return [.. lines.Skip(1).Select(line => line.Split(','))];
    }
}
