using System.Text.Json.Nodes;
using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Reports.Charts;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Charts;

/// <summary>Charts of all municipalities.</summary>
internal static class NationalDiagrams
{
    private const int Step = 15;

    /// <summary>Differences from the expected with their intervals, fewest first; the own municipality stands out.</summary>
    public static SiteChart? Ranking(Sight sight)
    {
        if (Chosen(sight) is not { } view)
        {
            return null;
        }

        var model = view.Model(Sight.Culture);
        var outcome = sight.Query.First(SiteQuery.Outcome) is { } asked && model.Outcomes.Contains(asked) ? asked : model.Headline;
        var results = model.Of(outcome);
        var counts = ReportModel.Count(results);
        var spec = IntervalCharts.Caterpillar("name", sorted: true, Step);
        spec["data"] = SiteChart.Data(
            ["name", "difference", "lower", "upper", "class"],
            results.Select(r => new JsonArray(model.Names.Municipality(r.Area), ChartData.PerCent(r.Difference), ChartData.PerCent(r.Lower), ChartData.PerCent(r.Upper), Words.Class(r.Class))));
        return new SiteChart(
            "rangorden",
            Findings.Differences(model, results),
            Reports.Texts.ExplainDifferences.With(model.CoveragePerCent),
            Texts.RankingAlternative.With(counts.Units, counts.Better, counts.AsExpected, counts.Worse),
            Sources.Line(view),
            (Step * results.Count) + 70,
            spec,
            Table(model, results));
    }

    private static BenchmarkView? Chosen(Sight sight) =>
        sight.Content.Benchmarks.FirstOrDefault(view => view.Id == sight.Query.First(SiteQuery.Measurement)) ?? (sight.Content.Benchmarks is [var first, ..] ? first : null);

    private static MeasurementTable Table(ReportModel model, IReadOnlyList<AreaResult> results) => new(
        "rangorden",
        SiteChart.Here(Texts.RankingCaption.With(Words.Period(model.Latest))),
        SiteChart.Here(Reports.Texts.ExplainDifferences.With(model.CoveragePerCent)),
        [
            new("municipality", new("Kommune", "Municipality"), ColumnKind.Area),
            new("actual", new("Faktisk", "Actual"), ColumnKind.Share),
            new("expected", new("Forventet", "Expected"), ColumnKind.Share),
            new("difference", new("Forskel", "Difference"), ColumnKind.Points),
            new("lower", new("Fra", "From"), ColumnKind.Points),
            new("upper", new("Til", "To"), ColumnKind.Points),
            new("rank_lower", new("Placering, fra", "Rank, from"), ColumnKind.Count),
            new("rank_upper", new("Placering, til", "Rank, to"), ColumnKind.Count),
            new("class", new("Vurdering", "Verdict"), ColumnKind.Text),
        ],
        [.. results.Select(r => (IReadOnlyList<object?>)[r.Area, r.Actual, r.Expected, r.Difference, r.Lower, r.Upper, r.RankLower, r.RankUpper, Words.Class(r.Class)])]);
}
