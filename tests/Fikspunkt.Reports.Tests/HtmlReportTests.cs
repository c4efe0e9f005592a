using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Fikspunkt.Domain;
using Fikspunkt.Testing;

namespace Fikspunkt.Reports.Tests;

public class HtmlReportTests
{
    [Theory]
    [InlineData("da-DK")]
    [InlineData("en-GB")]
    public void Render_AnyRun_HasASectionForEachMunicipalityInTheOrderOfTheLanguage(string language)
    {
        var page = Parse(Reports.Html(language));
        var culture = new CultureInfo(language);

        var names = page.QuerySelectorAll("details.kommune > summary > h3").Select(heading => heading.TextContent).ToList();

        names.ShouldBe(FakeRun.Definitions.Municipalities.Select(m => m.NameIn(culture)), ignoreOrder: true);
        names.ShouldBe(names.Order(StringComparer.Create(culture, ignoreCase: true)));
        page.QuerySelectorAll("#vaelg option[value]:not([value=''])").Length.ShouldBe(98);
        foreach (var m in FakeRun.Definitions.Municipalities)
        {
            page.GetElementById("k" + m.Code).ShouldNotBeNull();
        }
    }

    [Fact]
    public void Render_Danish_SortsAaLast() =>
        Parse(Reports.Html("da-DK")).QuerySelectorAll("details.kommune > summary > h3")[^1].TextContent.ShouldBe("Aarhus");

    [Theory]
    [InlineData("da-DK")]
    [InlineData("en-GB")]
    public void Render_AnyRun_TablesHoldTheRunsNumbers(string language)
    {
        var run = FakeRun.Create();
        var page = Parse(Reports.Html(language));
        var latest = run.Results.Where(result => result.Period == Period.Parse("2024QMAT04")).ToList();

        foreach (var result in latest.Where(result => result.Outcome == "total"))
        {
            var rows = page.QuerySelectorAll($"#k{result.Area} figure.outcomes tbody tr");
            rows.Length.ShouldBe(4);
            var cells = rows[^1].Children.Select(cell => cell.TextContent).ToList();
            Number(cells[1], language).ShouldBe(Math.Round(100 * result.Actual, 2, MidpointRounding.AwayFromZero));
            Number(cells[3], language).ShouldBe(Math.Round(100 * result.Difference, 2, MidpointRounding.AwayFromZero));
            cells[6].ShouldBe(result.Rank.ToString(CultureInfo.InvariantCulture));
            cells[7].ShouldBe(result.RankLower == result.RankUpper ? $"{result.RankLower}" : $"{result.RankLower}–{result.RankUpper}");
        }

        page.QuerySelectorAll("#landet figure.caterpillar tbody tr").Length.ShouldBe(98);
        page.QuerySelectorAll("#landet figure.ranks tbody tr").Length.ShouldBe(98);
        page.QuerySelectorAll("details.outcome").Length.ShouldBe(3);
    }

    [Fact]
    public void Render_AnyRun_ContributionsInTheTableAddUpToTheExpectation()
    {
        var page = Parse(Reports.Html("da-DK"));

        foreach (var table in page.QuerySelectorAll("figure.contributions table"))
        {
            var figures = table.QuerySelectorAll("tbody tr").Select(row => Number(row.Children[^1].TextContent, "da-DK")).ToList();

            // Each of the rounded lines may be off by half a thousandth.
            Math.Abs(figures[..^1].Sum() - figures[^1]).ShouldBeLessThan(0.0005 * (figures.Count + 1));
        }
    }

    [Fact]
    public void Render_AnyRun_VerdictSentenceNeverClaimsMoreThanTheInterval()
    {
        var run = FakeRun.Create();
        var page = Parse(Reports.Html("en-GB"));

        foreach (var result in run.Results.Where(result => result.Outcome == "total" && result.Period == Period.Parse("2024QMAT04")))
        {
            var sentence = page.QuerySelector($"#k{result.Area} .lead")!.TextContent;
            var holdsZero = result.Lower <= 0 && result.Upper >= 0;
            sentence.Contains("cannot be told from expected", StringComparison.Ordinal).ShouldBe(holdsZero);
            sentence.Contains("more than chance", StringComparison.Ordinal).ShouldBe(!holdsZero);
        }
    }

    [Theory]
    [InlineData("da-DK")]
    [InlineData("en-GB")]
    public void Render_AnyRun_RefersToNothingOutsideTheFile(string language)
    {
        var page = Parse(Reports.Html(language));

        foreach (var attribute in new[] { "src", "href", "action", "data", "poster", "srcset", "background" })
        {
            page.QuerySelectorAll($"[{attribute}]").Select(element => element.GetAttribute(attribute)!).ShouldAllBe(value => value.StartsWith('#'));
        }

        page.QuerySelectorAll("a").ShouldAllBe(link => page.GetElementById(link.GetAttribute("href")!.Substring(1)) != null);
        page.QuerySelectorAll("style").ShouldAllBe(style => !style.TextContent.Contains("url(", StringComparison.Ordinal) && !style.TextContent.Contains("@import", StringComparison.Ordinal));
        page.QuerySelectorAll("[style], [onclick], [onload]").ShouldBeEmpty();
    }

    [Fact]
    public void Render_AnyRun_PolicyAllowsExactlyThePagesOwnScriptsAndStyle()
    {
        var page = Parse(Reports.Html("da-DK"));
        var policy = page.QuerySelector("meta[http-equiv=Content-Security-Policy]")!.GetAttribute("content")!;

        policy.ShouldStartWith("default-src 'none'; ");
        policy.ShouldNotContain("unsafe");
        foreach (var element in page.QuerySelectorAll("script:not([type]), style"))
        {
            policy.ShouldContain(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(element.TextContent))));
        }
    }

    [Theory]
    [InlineData("da-DK", "SYNTETISKE DATA")]
    [InlineData("en-GB", "SYNTHETIC DATA")]
    public void Render_SyntheticRun_SaysSoOnEveryPartOfThePage(string language, string mark)
    {
        var page = Parse(Reports.Html(language));

        page.Title!.ShouldStartWith(mark);
        page.QuerySelector(".synthetic-banner")!.TextContent.ShouldStartWith(mark);
        page.QuerySelectorAll("figure .source").ShouldAllBe(source => source.TextContent.StartsWith(mark));
        page.QuerySelectorAll("details.kommune").ShouldAllBe(section => section.QuerySelector(".synthetic") != null);
        page.QuerySelector("style")!.TextContent.ShouldContain($"@top-center {{ content: \"{mark}");
    }

    [Fact]
    public void Render_RealRun_NowhereSaysSynthetic() =>
        HtmlReport.Render(FakeRun.Create(synthetic: false), FakeRun.Definitions, new ReportOptions(new CultureInfo("da-DK"), Reports.Scripts)).ShouldNotContain("SYNTETISKE");

    [Theory]
    [InlineData("da-DK")]
    [InlineData("en-GB")]
    public void Render_AnyRun_EveryChartHasTitleTextAlternativeSourceAndTable(string language)
    {
        var page = Parse(Reports.Html(language));
        using var data = JsonDocument.Parse(page.GetElementById("data")!.TextContent);
        var charts = data.RootElement.GetProperty("charts");

        var figures = page.QuerySelectorAll("figure");

        figures.Length.ShouldBeGreaterThan(98 * 3);
        foreach (var figure in figures)
        {
            figure.QuerySelector("h3, h4")!.TextContent.ShouldNotBeNullOrWhiteSpace();
            var chart = figure.QuerySelector(".chart")!;
            chart.GetAttribute("role").ShouldBe("img");
            chart.GetAttribute("aria-label").ShouldNotBeNullOrWhiteSpace();
            charts.TryGetProperty(chart.GetAttribute("data-chart")!, out _).ShouldBeTrue();
            figure.QuerySelector(".source")!.TextContent.ShouldNotBeNullOrWhiteSpace();
            figure.QuerySelectorAll("details table tbody tr").Length.ShouldBeGreaterThan(0);
            figure.QuerySelectorAll("table").ShouldAllBe(table => table.QuerySelector("caption") != null && table.QuerySelectorAll("th[scope=col]").Length > 0);
        }
    }

    [Theory]
    [InlineData("da-DK", "en-GB")]
    [InlineData("en-GB", "da-DK")]
    public void Render_OneLanguage_HoldsNoTextOfTheOther(string language, string other)
    {
        var text = Parse(Reports.Html(language)).Body!.TextContent;
        using var set = new Language(other);
        string[] foreign = [Texts.HeadingSummary, Texts.HeadingNational, Texts.HeadingMunicipalities, Texts.ClassAsExpected, Texts.FiguresBehind, Texts.ExplainScatter, Texts.MethodShrunken];

        foreign.ShouldAllBe(phrase => !text.Contains(phrase, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_NamesWithMarkup_AreShownAsText()
    {
        var page = Parse(Reports.Html("da-DK"));

        page.QuerySelector("#metode")!.TextContent.ShouldContain("Reform <b>");
        page.QuerySelectorAll("#metode b").ShouldBeEmpty();
    }

    [Fact]
    public void Render_Twice_GivesTheSameFile() =>
        HtmlReport.Render(FakeRun.Create(), FakeRun.Definitions, new ReportOptions(new CultureInfo("da-DK"), Reports.Scripts)).ShouldBe(Reports.Html("da-DK"));

    [Fact]
    public void Render_ScriptsMissing_SaysWhatToRun()
    {
        using var folder = new TemporaryFolder();

        var exception = Should.Throw<InputException>(() => HtmlReport.Render(FakeRun.Create(), FakeRun.Definitions, new ReportOptions(new CultureInfo("en-GB"), folder.Path)));

        exception.Problems.Count.ShouldBe(3);
        exception.Problems[0].ToString().ShouldContain("npm ci");
    }

    private static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private static double Number(string text, string language) =>
        double.Parse(text.Replace('−', '-').TrimStart('+'), new CultureInfo(language));
}
