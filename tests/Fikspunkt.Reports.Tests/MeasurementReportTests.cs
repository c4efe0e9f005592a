using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Reports.Measurements;
using NodaTime;
using Period = Fikspunkt.Domain.Period;

namespace Fikspunkt.Reports.Tests;

/// <summary>The report of measurements on made-up results.</summary>
public sealed class MeasurementReportTests
{
    private static readonly IReadOnlyList<string> Areas = [.. FakeRun.Definitions.Municipalities.Select(municipality => municipality.Code).Order(StringComparer.Ordinal).Take(6)];

    [Theory]
    [InlineData("da-DK", "Ikke målt", "12,50", "−0,50")]
    [InlineData("en-GB", "Not measured", "12.50", "−0.50")]
    public void Render_TwoMeasurements_EveryMunicipalityHasThemSideBySide(string language, string notMeasured, string share, string points)
    {
        var page = Parse([Measured("first", Areas), Measured("second", Areas.Skip(1))], language);
        page.QuerySelectorAll("details.kommune").Length.ShouldBe(Areas.Count);
        foreach (var area in Areas)
        {
            var rows = page.QuerySelectorAll($"#k{area} tbody tr");
            rows.Length.ShouldBe(2);
            rows[0].Children[2].TextContent.ShouldBe("1–6");
            rows[1].TextContent.Contains(notMeasured, StringComparison.Ordinal).ShouldBe(area == Areas[0]);
            page.QuerySelectorAll($"#k{area} .lines li").Select(line => line.TextContent).ShouldContain($"<b>{area}</b>");
        }

        var cells = page.QuerySelectorAll("#m-first .tall tbody tr")[0].Children.Select(cell => cell.TextContent).ToList();
        cells.ShouldBe([FakeRun.Definitions.Municipalities.First(municipality => municipality.Code == Areas[0]).NameIn(new CultureInfo(language)), share, points, language == "da-DK" ? "1,5" : "1.5", "–"]);
        page.QuerySelectorAll("#m-first .pairs li").Length.ShouldBe(2);
    }

    [Fact]
    public void Render_TextsWithMarkup_AreTextAndThePolicyHoldsEveryScript()
    {
        var html = Html([Measured("first", Areas)], "da-DK");
        html.ShouldNotContain("<b>");
        var page = new HtmlParser().ParseDocument(html);
        var policy = page.QuerySelector("meta[http-equiv]")!.GetAttribute("content")!;
        policy.ShouldStartWith("default-src 'none'");
        foreach (var script in page.QuerySelectorAll("script:not([type]), style"))
        {
            policy.ShouldContain(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script.TextContent))));
        }

        page.QuerySelectorAll("[src], link").ShouldBeEmpty();
        page.QuerySelectorAll("h1").Length.ShouldBe(1);
        page.QuerySelectorAll("[id]").Select(element => element.Id).ShouldBeUnique();
        foreach (var link in page.QuerySelectorAll("a[href^='#']"))
        {
            page.GetElementById(link.GetAttribute("href")![1..]).ShouldNotBeNull();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Render_Synthetic_IsMarkedOnTopAndInEverySection(bool synthetic)
    {
        var page = Parse([Measured("first", Areas, synthetic)], "da-DK");
        page.QuerySelectorAll(".synthetic-banner").Length.ShouldBe(synthetic ? 1 : 0);
        page.QuerySelectorAll(".synthetic").Length.ShouldBe(synthetic ? 1 + Areas.Count : 0);
    }

    [Fact]
    public void Render_MeasurementWithoutPositions_HasNoChartAndNoPlaces()
    {
        var page = Parse([Measured("first", Areas), Measured("second", [])], "da-DK");
        page.QuerySelectorAll("#m-second .chart").ShouldBeEmpty();
        page.QuerySelectorAll("#kort tbody tr")[1].Children.Skip(1).Select(cell => cell.TextContent).ShouldAllBe(text => text == "–");
    }

    [Fact]
    public void Render_NoExpectation_SaysNothingOfBetterOrWorse()
    {
        var measured = Measured("first", Areas);
        var page = Parse([measured with { Positions = [.. measured.Positions.Select(position => position with { Class = null })] }], "da-DK");
        page.QuerySelectorAll(".kommune .verdict.better, .kommune .verdict.worse").ShouldBeEmpty();
        page.QuerySelectorAll("#kort tbody tr")[0].Children[3].TextContent.ShouldBe("–");
        page.QuerySelectorAll("details.kommune > summary .verdict").Select(verdict => verdict.TextContent).ShouldAllBe(text => text.Length == 0);
    }

    [Theory]
    [InlineData("da-DK", "meget-god", "Meget god")]
    [InlineData("en-GB", "meget-god", "Very good")]
    [InlineData("en-GB", "klynge-3", "Cluster 3")]
    [InlineData("en-GB", "without-a-name", "without-a-name")]
    public void Render_Category_IsInWords(string language, string category, string words)
    {
        var measured = Measured("first", Areas);
        var page = Parse([measured with { Positions = [.. measured.Positions.Select(position => position with { Category = category })] }], language);
        page.QuerySelectorAll($"#k{Areas[0]} tbody tr")[0].Children[^1].TextContent.ShouldBe(words);
    }

    [Fact]
    public void Render_RanksWithinClusters_TellTheShareOfTheClustersRanks()
    {
        var measured = Measured("first", Areas);
        var page = Parse([measured with { Positions = [.. measured.Positions.Select((position, i) => position with { Rank = 1, RankUpper = 1 + (i % 2), Units = 2 + (2 * (i % 2)) })] }], "en-GB");
        page.QuerySelector("#m-first figcaption h3")!.TextContent.ShouldContain("50 per cent of its group's ranks");
        page.QuerySelectorAll("#kort tbody tr")[0].Children[2].TextContent.ShouldBe("6");
    }

    [Fact]
    public void Render_Twice_IsTheSame() => Html([Measured("first", Areas)], "da-DK").ShouldBe(Html([Measured("first", Areas)], "da-DK"));

    private static IDocument Parse(IReadOnlyList<MeasurementResult> results, string language) => new HtmlParser().ParseDocument(Html(results, language));

    private static string Html(IReadOnlyList<MeasurementResult> results, string language)
    {
        Assert.SkipUnless(Directory.Exists(Reports.Scripts), "Needs the npm packages: run 'npm ci' in the folder web.");
        return MeasurementReport.Render(results, FakeRun.Definitions, new ReportOptions(new CultureInfo(language), Reports.Scripts));
    }

    private static MeasurementResult Measured(string id, IEnumerable<string> areas, bool synthetic = true)
    {
        var list = areas.ToList();
        var text = new LocalizedText("<b>tekst</b>", "<b>text</b>");
        var spec = new MeasurementSpec(
            id, MeasurementKind.AllBenefits, new(id, id), text, "<b>", "<b>", new LocalDate(2026, 11, 20), text, text, null, [],
            [new(text, text)], [new(text, text)], new Dictionary<string, string>(StringComparer.Ordinal), []);
        var period = Period.Parse("2024QMAT04");
        return new MeasurementResult(
            spec,
            [new VintageReference("v", "t", "<b>", "2025-01-15T00:00:00Z", "0", synthetic)],
            [.. list.Select((area, i) => new MeasuredPosition(area, "total", period, i, double.NaN, double.NaN, double.NaN, i + 1, 1, list.Count, list.Count, (SignificanceClass)(i % 3), null))],
            [
                new MeasurementTable(
                    "main",
                    text,
                    text,
                    [new("area", text, ColumnKind.Area), new("share", text, ColumnKind.Share), new("points", text, ColumnKind.Points), new("kroner", text, ColumnKind.Kroner), new("unknown", text, ColumnKind.Number)],
                    [.. list.Select(area => (IReadOnlyList<object?>)[area, 0.125, -0.005, 1_500_000m, double.NaN])]),
            ],
            [new Statement(null, "position", text), .. list.Select(area => new Statement(area, "position", new($"<b>{area}</b>", $"<b>{area}</b>")))],
            []);
    }
}
