using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Fikspunkt.Reports.Tests;

public class PublishedReportTests
{
    [Theory]
    [InlineData("da-DK")]
    [InlineData("en-GB")]
    public void Render_PublishedRun_ShowsBothViewsSideBySide(string language)
    {
        var page = Render(language);

        var views = page.QuerySelectorAll("#usikkerhed .pair figure.views");

        views.Length.ShouldBe(2);
        views.Select(view => view.QuerySelector(".chart")!.GetAttribute("data-where")).ShouldBe(["view=chance", "view=persistence"]);
        views.ShouldAllBe(view => view.QuerySelectorAll("tbody tr").Length == 98);
        page.QuerySelectorAll("#k580 .verdict").Length.ShouldBeGreaterThan(2);
    }

    [Fact]
    public void Render_PublishedRun_GivesTheAnalysisNumbers()
    {
        var text = Render("da-DK").QuerySelector("#usikkerhed")!.TextContent;

        text.ShouldContain("44 af 98 kommuner deler den offentliggjorte forskel");
        text.ShouldContain("i snit 11,9 pladser; fornyet tilfældighed alene ville give 7,4");
        text.ShouldContain("7,4 (6,6–8,3), 62 pct.");
        text.ShouldContain("+2.800");
        text.ShouldContain("−0,21");
    }

    [Fact]
    public void Render_PublishedRun_SaysThatTheExpectationIsTakenAsGiven()
    {
        var page = Render("en-GB");

        page.QuerySelector("#metode")!.TextContent.ShouldContain("taken as given");
        page.QuerySelectorAll("details.kommune .lead").ShouldAllBe(sentence => !sentence.TextContent.Contains("uncertainty of the expectation", StringComparison.Ordinal));
        page.QuerySelectorAll("figure.contributions").ShouldBeEmpty();
    }

    [Fact]
    public void Render_PublishedRun_NearestAreByExpectedShare()
    {
        var run = FakePublished.Create();
        var latest = run.Results.Where(result => result.Outcome == "total" && result.Period.ToString() == "2024QMAT04").ToList();
        var own = latest.Single(result => result.Area == "580");

        var nearest = new Neighbours(run.Spec, latest).Of("580", 3);

        nearest.Select(neighbour => neighbour.Area).ShouldBe(latest.Where(result => result.Area != "580").OrderBy(result => Math.Abs(result.Expected - own.Expected)).Take(3).Select(result => result.Area));
        nearest[0].Distance.ShouldBe(100 * Math.Abs(latest.Single(result => result.Area == nearest[0].Area).Expected - own.Expected), 1e-12);
    }

    private static IDocument Render(string language) => new HtmlParser().ParseDocument(Reports.Html(language, published: true));
}
