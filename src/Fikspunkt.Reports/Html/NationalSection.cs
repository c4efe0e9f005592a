using System.Globalization;
using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;

namespace Fikspunkt.Reports.Html;

/// <summary>The country at a glance: all municipalities in each chart.</summary>
internal static class NationalSection
{
    public static void Write(HtmlBuilder html, ReportModel model, string source)
    {
        var results = model.Results;
        html.Add($"""<section id="landet" aria-labelledby="landet-h"><h2 id="landet-h">{Texts.HeadingNational}</h2>""").Markup("\n");
        var where = "outcome=" + model.Headline;
        var counts = ReportModel.Count(results);
        new Figure(Findings.Differences(model, results), Texts.ExplainDifferences.With(model.CoveragePerCent), Texts.DescribeDifferences.With(counts.Units, counts.Better, counts.AsExpected, counts.Worse, Extremes(model, results)), source, "caterpillar", where)
            .Write(html, 3, into => Differences(into, model, results));
        new Figure(Findings.Ranks(results), Texts.ExplainRanks.With(model.CoveragePerCent), Texts.DescribeRanks.With(counts.Units, Findings.PossiblyBest(results), Findings.PossiblyWorst(results)), source, "ranks", where)
            .Write(html, 3, into => Ranks(into, model, results));
        new Figure(Findings.Scatter(model, results), Texts.ExplainScatter, Texts.DescribeScatter.With(counts.Units), source, "scatter", where)
            .Write(html, 3, into => Shares(into, model, results));
        new Figure(Findings.Funnel(model, results), Texts.ExplainFunnel.With(model.CoveragePerCent), Texts.DescribeFunnel.With(counts.Units, model.Names.Exposure), source, "funnel", where)
            .Write(html, 3, into => Sizes(into, model, results));
        new Figure(Findings.Map(model, results), Texts.ExplainMap, Texts.DescribeMap.With(counts.Better, counts.Worse), source, "map", "")
            .Write(html, 3, into => Map(into, model));
        Trend(html, model, source);
        html.Markup("</section>\n");
    }

    private static string Extremes(ReportModel model, IReadOnlyList<AreaResult> results) =>
        Texts.DescribeExtremes.With(model.Names.Municipality(results[0].Area), model.Numbers.Points(results[0].Difference), model.Names.Municipality(results[^1].Area), model.Numbers.Points(results[^1].Difference));

    /// <summary>Differences with intervals, also used for each outcome.</summary>
    public static void Differences(HtmlBuilder html, ReportModel model, IReadOnlyList<AreaResult> results) => Table.Write(
        html,
        Texts.CaptionDifferences.With(model.Names.Outcome(results[0].Outcome), Words.Period(model.Latest)),
        [new(Texts.ColumnMunicipality, false), new(Texts.ColumnRank), new(Texts.ColumnDifferencePp), new(Texts.ColumnInterval.With(model.CoveragePerCent)), new(Texts.ColumnShrunken), new(Texts.ColumnClass, false)],
        results.Select(result => (IReadOnlyList<HtmlBuilder>)
        [
            Cells.Link(model, result.Area), Cells.Text(Invariant(result.Rank)), Cells.Text(model.Numbers.Points(result.Difference)),
            Cells.Text(Cells.Interval(model, result)), Cells.Text(model.Numbers.Points(result.Shrunken)), Cells.Verdict(result.Class),
        ]));

    private static void Ranks(HtmlBuilder html, ReportModel model, IReadOnlyList<AreaResult> results) => Table.Write(
        html,
        Texts.CaptionRanks.With(model.Names.Outcome(results[0].Outcome), Words.Period(model.Latest)),
        [new(Texts.ColumnMunicipality, false), new(Texts.ColumnRank), new(Texts.ColumnRankSet), new(Texts.ColumnRankSetSimultaneous), new(Texts.ColumnClass, false)],
        results.Select(result => (IReadOnlyList<HtmlBuilder>)
        [
            Cells.Link(model, result.Area), Cells.Text(Invariant(result.Rank)), Cells.Text(Cells.RankSet(result.RankLower, result.RankUpper)),
            Cells.Text(Cells.RankSet(result.RankLowerSimultaneous, result.RankUpperSimultaneous)), Cells.Verdict(result.Class),
        ]));

    private static void Shares(HtmlBuilder html, ReportModel model, IReadOnlyList<AreaResult> results) => Table.Write(
        html,
        Texts.CaptionShares.With(model.Names.Outcome(results[0].Outcome), Words.Period(model.Latest)),
        [new(Texts.ColumnMunicipality, false), new(Texts.ColumnActualPct), new(Texts.ColumnExpectedPct), new(Texts.ColumnDifferencePp)],
        InOrder(model).Select(result => (IReadOnlyList<HtmlBuilder>)
        [
            Cells.Link(model, result.Area), Cells.Text(model.Numbers.PerCent(result.Actual)), Cells.Text(model.Numbers.PerCent(result.Expected)), Cells.Text(model.Numbers.Points(result.Difference)),
        ]));

    private static void Sizes(HtmlBuilder html, ReportModel model, IReadOnlyList<AreaResult> results) => Table.Write(
        html,
        Texts.CaptionSizes.With(model.Names.Outcome(results[0].Outcome), Words.Period(model.Latest)),
        [new(Texts.ColumnMunicipality, false), new(Texts.ColumnExposure), new(Texts.ColumnDifferencePp), new(Texts.ColumnChanceError), new(Texts.ColumnExpectationError), new(Texts.ColumnStandardError)],
        results.OrderBy(result => result.Exposure).Select(result => (IReadOnlyList<HtmlBuilder>)
        [
            Cells.Link(model, result.Area), Cells.Text(model.Numbers.Whole(result.Exposure)), Cells.Text(model.Numbers.Points(result.Difference)),
            Cells.Text(model.Numbers.PerCent(result.ChanceStandardError)), Cells.Text(model.Numbers.PerCent(result.ExpectationStandardError)), Cells.Text(model.Numbers.PerCent(result.StandardError)),
        ]));

    private static void Map(HtmlBuilder html, ReportModel model)
    {
        var regions = model.Definitions.Areas.ToDictionary(area => area.Code, area => area.Name.In(model.Culture), StringComparer.Ordinal);
        var regionOf = model.Definitions.Municipalities.ToDictionary(m => m.Code, m => regions.GetValueOrDefault(m.Region, m.Region), StringComparer.Ordinal);
        Table.Write(
            html,
            Texts.CaptionMap.With(model.Names.Outcome(model.Headline), Words.Period(model.Latest)),
            [new(Texts.ColumnMunicipality, false), new(Texts.ColumnRegion, false), new(Texts.ColumnDifferencePp), new(Texts.ColumnClass, false)],
            InOrder(model).Select(result => (IReadOnlyList<HtmlBuilder>)
            [
                Cells.Link(model, result.Area), Cells.Text(regionOf.GetValueOrDefault(result.Area, "")), Cells.Text(model.Numbers.Points(result.Difference)), Cells.Verdict(result.Class),
            ]));
    }

    private static void Trend(HtmlBuilder html, ReportModel model, string source)
    {
        var points = NationalSeries.Of(model);
        if (points.Count < 2)
        {
            return;
        }

        var breaks = NationalSeries.BreaksBetween(model, points[0].Period, points[^1].Period);
        new Figure(Findings.NationalTrend(model, points, breaks.Count > 0), Texts.ExplainNational, Texts.DescribeNational.With(points.Count), source, "national", "")
            .Write(html, 3, into => Table.Write(
                into,
                Texts.CaptionNational.With(model.Names.Outcome(model.Headline)),
                [new(Texts.ColumnPeriod, false), new(Texts.ColumnActualPct), new(Texts.ColumnExpectedPct)],
                points.Select(point => (IReadOnlyList<HtmlBuilder>)[Cells.Text(Words.ShortPeriod(point.Period)), Cells.Text(model.Numbers.PerCent(point.Actual)), Cells.Text(model.Numbers.PerCent(point.Expected))])));
    }

    private static IEnumerable<AreaResult> InOrder(ReportModel model) => model.Areas.Select(area => model.Find(area, model.Headline)!);

    private static string Invariant(int value) => value.ToString(CultureInfo.InvariantCulture);
}
