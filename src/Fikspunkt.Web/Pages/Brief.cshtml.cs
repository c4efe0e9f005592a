using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Domain.Models;
using Fikspunkt.Reports;
using Fikspunkt.Web.Charts;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Pages;

/// <summary>A committee's brief of two sheets: where the municipality stands, what to look at, whom to ask, what the figures cannot say, what to decide.</summary>
internal sealed class BriefModel : MunicipalityPageModel
{
    private const int MostSentences = 2;
    private const int MostAsked = 3;
    private const int NearestShown = 5;
    private const int NearestBesideCalls = 3;

    public override SitePage Place => SitePages.Brief;

    protected override bool HeadlineOnly => true;

    public string MunicipalityLink => Links.To(SitePages.Municipality, AddressName, Sight.Query);

    /// <summary>Whom to ask, as published: the first sentences, and how many more there are.</summary>
    public (IReadOnlyList<string> Sentences, int More) Calls()
    {
        var sentences = MunicipalityMeasured.Of(Sight, MeasurementKind.WhomToCall)?.Statements.Where(statement => statement.Area == Municipality.Code).Select(statement => statement.Text.In(Sight.Culture)).ToList() ?? [];
        return ([.. sentences.Take(MostSentences)], Math.Max(0, sentences.Count - MostSentences));
    }

    /// <summary>Some of the nearest, those surely better among them, without what a brief has no room for.</summary>
    public static MeasurementTable Nearest(MunicipalityFacts facts, bool called)
    {
        var table = facts.Peers!.Table(facts.Model);
        var shown = Enumerable.Range(0, table.Columns.Count).Where(i => table.Columns[i].Id is not ("actual" or "expected" or "unlike")).ToList();
        var better = facts.Peers.Better.Select(result => result.Area).ToList();
        var rows = table.Rows.Where(row => better.Contains((string)row[0]!)).Concat(table.Rows.Where(row => !better.Contains((string)row[0]!))).Take(called ? NearestBesideCalls : NearestShown).ToList();
        return table with
        {
            Title = SiteChart.Here(Texts.BriefNearest.With(rows.Count, facts.Peers.Near.Count)),
            Columns = [.. shown.Select(i => table.Columns[i])],
            Rows = [.. table.Rows.Where(rows.Contains).Select(row => (IReadOnlyList<object?>)[.. shown.Select(i => row[i])])],
        };
    }

    /// <summary>What the figures cannot say.</summary>
    public static IEnumerable<string> CannotSay(ReportModel model)
    {
        yield return model.Run.Spec.Kind == ModelKind.PublishedExpectation ? Reports.Texts.SummaryNotEffortPublished : Reports.Texts.SummaryNotEffort;
        var units = model.Results.Count;
        yield return Reports.Texts.SummaryMultiple.With(model.Numbers.Whole(Math.Round(units * (1 - model.Run.Spec.Ranking.Coverage))), units);
        yield return Reports.Texts.SummaryNotPersons;
        yield return model.Run.Spec.CannotTell.In(model.Culture);
    }

    /// <summary>What the committee may decide, each with lines left to fill in.</summary>
    public IReadOnlyList<string> Decisions(MunicipalityFacts facts)
    {
        var first = MunicipalityFacts.Largest(facts.Groups).Persons;
        var called = MunicipalityMeasured.Of(Sight, MeasurementKind.WhomToCall) is { } measured ? MunicipalityMeasured.Called(measured, Municipality.Code) : [];
        List<string> asked = [.. (called.Count > 0 ? called : facts.Peers!.Better.Select(better => better.Area)).Take(MostAsked).Select(facts.Model.Names.Municipality)];
        return
        [
            first is null ? Texts.DecideAnything : Texts.DecideLook.With(facts.Model.Names.Outcome(first.Outcome)),
            asked.Count == 0 ? Texts.DecideAskNearest : Texts.DecideAsk.With(string.Join(", ", asked)),
            Texts.DecideGoal,
            Texts.DecideOther,
        ];
    }
}
