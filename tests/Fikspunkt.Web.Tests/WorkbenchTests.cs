using System.Net;
using System.Text.Json;
using AngleSharp;
using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Definitions;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Testing;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Fikspunkt.Web.Tests;

/// <summary>The workbench: the published choices give the published numbers, others are fitted and compared, a draft is a model that the program runs.</summary>
public sealed class WorkbenchTests(SiteFixture site)
{
    private const string Outcome = "synthetic-sygedagpenge";
    private readonly SiteContent content = ContentLoader.Load(new SiteOptions(site.Folder) { Definitions = RepositoryFiles.Path("definitions") });

    [Fact]
    public async Task PublishedChoices_Fitted_GiveThePublishedNumbers()
    {
        var choice = Choice($"?ydelse={Outcome}");

        var comparison = await Compare(choice);

        choice.AsPublished.ShouldBeTrue();
        comparison.Areas.Count.ShouldBe(98);
        comparison.Areas.ShouldAllBe(area => Math.Abs(area.Published.Difference - area.Draft.Difference) < 1e-12 && area.Published.Rank == area.Draft.Rank && area.Published.RankLower == area.Draft.RankLower && area.Published.RankUpper == area.Draft.RankUpper);
        comparison.Crossing.ShouldBe(0);
        comparison.Terms().ShouldAllBe(term => Math.Abs(term.Published!.Estimate - term.Draft!.Estimate) < 1e-12);
    }

    [Fact]
    public async Task FewerConditions_Fitted_ExplainLessAndMoveSomebody()
    {
        var choice = Choice($"?ydelse={Outcome}&vilkaar=age_50_66_pct&metode=linear&forventning=in-sample");

        var comparison = await Compare(choice);

        choice.Estimator.ShouldBe(new EstimatorSpec(EstimatorFamily.Linear, WeightByExposure: true, Pooled: false, LeaveOneOut: false));
        comparison.DraftFit!.RSquared.ShouldBeLessThan(comparison.PublishedFit!.RSquared);
        comparison.Beyond.ShouldBeGreaterThan(0);
        comparison.Terms().Where(term => term.Draft is not null).Select(term => term.Term).ShouldBe(["(intercept)", "age_50_66_pct"]);
    }

    [Fact]
    public async Task Draft_PutAmongTheModels_IsReadAsTheSameModelAndGivesTheSameNumbers()
    {
        const string query = $"?ydelse={Outcome}&vilkaar=age_50_66_pct&vilkaar=low_education_pct&metode=linear-unweighted&forventning=leave-one-out&regn=1";
        using var folder = new TemporaryFolder();
        var definitions = Path.Combine(folder.Path, "definitions");
        Copy(RepositoryFiles.Path("definitions"), definitions);

        using var answer = await site.Client.GetAsync("/hent/udkast.yaml" + query, TestContext.Current.CancellationToken);
        var name = answer.Content.Headers.ContentDisposition!.FileName!.Trim('"');
        await File.WriteAllBytesAsync(Path.Combine(definitions, "models", name), await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        var loaded = DefinitionLoader.Load(definitions);

        var choice = Choice(query);
        var model = loaded.Models[Path.GetFileNameWithoutExtension(name)];
        JsonSerializer.Serialize(model).ShouldBe(JsonSerializer.Serialize(choice.Spec()));
        var run = BenchmarkRunner.Run(model, loaded, choice.Base.Content.ReadInputs(), []);
        var fitted = (await WorkbenchFits.Of(content, choice)).Run!;
        run.Results.Select(result => (result.Area, result.Difference, result.Rank)).ShouldBe(fitted.Results.Select(result => (result.Area, result.Difference, result.Rank)));
    }

    [Theory]
    [InlineData("?maaling=../../x&ydelse=%00&metode=drop&forventning=1&vilkaar=%3Cscript%3E")]
    [InlineData("")]
    public void UnknownChoices_AreAsPublished(string query)
    {
        var choice = Choice(query);

        choice.AsPublished.ShouldBeTrue();
        choice.Outcome.ShouldBe("synthetic-total");
    }

    [Fact]
    public async Task ManyFitsAtOnce_AreRefusedBeyondAFewAndNobodyWaitsForLong()
    {
        var fits = new WorkbenchFits(TimeSpan.FromMinutes(2));
        string[] conditions = ["age_50_66_pct", "low_education_pct", "poor_health_pct", "non_western_origin_pct", "disposable_income"];

        var answers = new List<FitState>();
        foreach (var condition in conditions)
        {
            answers.Add((await fits.Get(content, Choice($"?ydelse={Outcome}&metode=linear&forventning=in-sample&vilkaar={condition}"), TimeSpan.Zero)).State);
        }

        var again = await fits.Get(content, Choice($"?ydelse={Outcome}&metode=linear&forventning=in-sample&vilkaar={conditions[0]}"), TimeSpan.FromMinutes(2));

        answers.ShouldBe([FitState.Slow, FitState.Slow, FitState.Slow, FitState.Slow, FitState.Busy]);
        again.State.ShouldBe(FitState.Done);
    }

    [Fact]
    public async Task AFitThatTakesTooLong_IsStoppedAndLeavesItsTurnToTheNext()
    {
        var choice = Choice($"?ydelse={Outcome}&metode=linear&forventning=in-sample&vilkaar=home_ownership_pct&vilkaar=age_50_66_pct");

        var stopped = await new WorkbenchFits(TimeSpan.Zero).Get(content, choice, TimeSpan.FromMinutes(2));
        var next = await new WorkbenchFits(TimeSpan.FromMinutes(2)).Get(content, choice, TimeSpan.FromMinutes(2));

        stopped.ShouldBe(new FitAnswer(FitState.Stopped));
        next.State.ShouldBe(FitState.Done);
    }

    [Fact]
    public void ARunThatIsStopped_EndsBeforeItsNextPart()
    {
        var choice = Choice($"?ydelse={Outcome}&metode=linear");
        using var stop = new CancellationTokenSource();
        var figures = new StoppingList<Observation>(choice.Base.Content.ReadInputs(), stop);

        Should.Throw<OperationCanceledException>(() => BenchmarkRunner.RunUntil(choice.Spec(), choice.Base.Content.Definitions, figures, [], SmallNumbers.DefaultLargest, stop.Token));
        figures.WasRead.ShouldBeTrue("it had begun");
    }

    [Theory]
    [InlineData("csv", "text/csv")]
    [InlineData("json", "application/json")]
    public async Task Chart_AskedForWithoutItsPage_WaitsForTheFit(string format, string type)
    {
        using var answer = await site.Client.GetAsync($"/diagram/vaerksted.{format}?regn=1&ydelse={Outcome}&metode=linear-unweighted&forventning=in-sample&vilkaar=poor_health_pct&vilkaar=low_education_pct", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (answer.Content.Headers.ContentType?.MediaType ?? type).ShouldBe(type);
    }

    [Theory]
    [InlineData("/vaerksted", "Hvem får en anden vurdering?", 1280)]
    [InlineData("/en/workbench", "Who gets another verdict?", 390)]
    public async Task Form_WithoutScriptByKeyboard_ComparesTheDraftWithThePublishedModel(string address, string heading, int width)
    {
        var page = await site.Page(width: width, script: false);
        await page.GotoAsync(address);
        await page.Locator("#ydelse").SelectOptionAsync(Outcome);
        await page.Locator("#metode").SelectOptionAsync("linear");
        await page.Locator("#v-poor_health_pct").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Locator(".workbench button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**regn=1**");

        (await page.Locator("h2").AllTextContentsAsync()).ShouldContain(heading);
        page.Url.ShouldNotContain("poor_health_pct");
        (await page.Locator("#v-poor_health_pct").IsCheckedAsync()).ShouldBeFalse();
        (await page.Locator("#d-vaerksted tbody tr").CountAsync()).ShouldBe(98);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Result_InABrowser_MeetsWcagAndDrawsItsChart()
    {
        var page = await site.Page();
        await page.GotoAsync($"/vaerksted?regn=1&ydelse={Outcome}&metode=linear&egen=851");
        await page.EvaluateAsync("() => document.querySelectorAll('main details').forEach(d => d.open = true)");
        await EveryPageTests.Drawn(page);

        (await EveryPageTests.Violations(page)).ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task TooManyConditionsForTheFigures_OrNone_GiveAPageThatSaysSo()
    {
        using var answer = await site.Client.GetAsync($"/vaerksted?regn=1&ydelse={Outcome}&vilkaar=findes-ikke", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await BrowsingContext.New().OpenAsync(request => request.Content("<p>"), TestContext.Current.CancellationToken);
        page.Body!.InnerHtml = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        page.QuerySelectorAll("input[name=vilkaar][checked]").Length.ShouldBe(8, "the published conditions stand in");
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private WorkbenchChoice Choice(string query) => WorkbenchChoice.Of(content, SiteQuery.Of(new QueryCollection(QueryHelpers.ParseQuery(query))))!;

    private async Task<WorkbenchComparison> Compare(WorkbenchChoice choice) => WorkbenchComparison.Of(choice.Base.Content.Run, (await WorkbenchFits.Of(content, choice)).Run!, choice.Outcome);

    /// <summary>Figures that stop whoever reads them.</summary>
    private sealed class StoppingList<T>(IReadOnlyList<T> list, CancellationTokenSource stop) : IReadOnlyList<T>
    {
        public bool WasRead { get; private set; }

        public int Count => list.Count;

        public T this[int index] => list[index];

        public IEnumerator<T> GetEnumerator()
        {
            WasRead = true;
            stop.Cancel();
            return list.GetEnumerator();
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
