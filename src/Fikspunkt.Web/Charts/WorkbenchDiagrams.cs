using System.Text.Json.Nodes;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Reports.Charts;
using Fikspunkt.Web.Content;

namespace Fikspunkt.Web.Charts;

/// <summary>The chart of the workbench.</summary>
internal static class WorkbenchDiagrams
{
    public const string Name = "vaerksted";

    // Longer lists of names cover each other; then the table and the pointer tell who crosses.
    private const int MostNamed = 14;

    /// <summary>Ranks under the published model against ranks under the draft, with the draft's rank sets; those whose verdict changes stand out.</summary>
    /// <remarks>Only where the fit is known: <see cref="Fitted"/> waits for it.</remarks>
    public static SiteChart? Ranks(Sight sight) =>
        WorkbenchChoice.Of(sight.Content, sight.Query) is { } choice && WorkbenchFits.Known(sight.Content, choice) is { } run
            ? Ranks(sight, choice, WorkbenchComparison.Of(choice.Base.Content.Run, run, choice.Outcome))
            : null;

    /// <summary>Waits, as a page would, for the fit that the chart shows.</summary>
    public static Task Fitted(Sight sight) => WorkbenchChoice.Of(sight.Content, sight.Query) is { } choice ? WorkbenchFits.Of(sight.Content, choice) : Task.CompletedTask;

    public static SiteChart Ranks(Sight sight, WorkbenchChoice choice, WorkbenchComparison comparison)
    {
        var areas = comparison.Areas;
        var spec = VegaLite.Spec($$"""
            {
              "width": "container", "height": 440,
              "encoding": {"x": {"field": "before", "type": "quantitative", "scale": {"domain": [0, {{areas.Count + 1.0}}], "nice": false}, "axis": {"title": {{Texts.WorkbenchAxisPublished}}, "format": "d"} },
                "y": {"field": "after", "type": "quantitative", "scale": {"domain": [0, {{areas.Count + 1.0}}], "nice": false, "reverse": true}, "axis": {"title": {{Texts.WorkbenchAxisDraft}}, "format": "d"} },
                "color": {"field": "change", "type": "nominal", "scale": {"domain": [{{Texts.WorkbenchSame}}, {{Texts.WorkbenchCrosses}}], "range": [{{VegaLite.Grey}}, {{VegaLite.Vermillion}}]}, "legend": {} } },
              "layer": [
                {"data": {"values": [{"before": 1, "after": 1}, {"before": {{(double)areas.Count}}, "after": {{(double)areas.Count}}}]}, "mark": {"type": "line", "strokeDash": [5, 4], "strokeWidth": 1.5}, "encoding": {"color": {"value": {{VegaLite.Ink}}} } },
                {"mark": {"type": "rule", "strokeWidth": 2, "opacity": 0.3}, "encoding": {"y": {"field": "lower", "type": "quantitative"}, "y2": {"field": "upper"} } },
                {"transform": [{"filter": "datum.own"}], "mark": {"type": "point", "filled": true, "size": 260, "color": "#fff3c4", "stroke": {{VegaLite.Ink}}}, "encoding": {"color": {"value": "#fff3c4"} } },
                {"mark": {"type": "point", "filled": true, "size": 42, "opacity": 1}, "encoding": {
                  "shape": {"field": "change", "type": "nominal", "scale": {"domain": [{{Texts.WorkbenchSame}}, {{Texts.WorkbenchCrosses}}], "range": ["circle", "diamond"]}, "legend": {} },
                  "tooltip": [{"field": "name", "title": " "}, {"field": "before", "title": {{Texts.WorkbenchPublished}}}, {"field": "after", "title": {{Texts.WorkbenchDraft}}}, {"field": "lower", "title": {{Reports.Texts.ColumnRankLower}}}, {"field": "upper", "title": {{Reports.Texts.ColumnRankUpper}}}] } },
                {"transform": [{"filter": "datum.label"}], "mark": {"type": "text", "align": "left", "dx": 8, "stroke": "white", "strokeWidth": 4, "fontWeight": 600}, "encoding": {"text": {"field": "name"}, "color": {"value": "white"} } },
                {"transform": [{"filter": "datum.label"}], "mark": {"type": "text", "align": "left", "dx": 8, "fontWeight": 600}, "encoding": {"text": {"field": "name"}, "color": {"value": {{VegaLite.Ink}}} } }
              ]
            }
            """);
        spec["data"] = SiteChart.Data(
            ["name", "before", "after", "lower", "upper", "change", "own", "label"],
            areas.Select(area => new JsonArray(
                sight.Names.Municipality(area.Area), area.Published.Rank, area.Draft.Rank, area.Draft.RankLower, area.Draft.RankUpper,
                area.Crosses ? Texts.WorkbenchCrosses : Texts.WorkbenchSame, area.Area == sight.Own, area.Area == sight.Own || (area.Crosses && comparison.Crossing <= MostNamed))));
        return new SiteChart(
            Name,
            Finding(comparison),
            Texts.WorkbenchExplain,
            Texts.WorkbenchAlternative.With(areas.Count, comparison.Crossing, comparison.Beyond),
            $"{Sources.Line(choice.Base)} {Texts.WorkbenchSource}",
            540,
            spec,
            Table(comparison));
    }

    /// <summary>How many verdicts change and how many ranks leave what the published uncertainty allowed.</summary>
    public static string Finding(WorkbenchComparison comparison) => comparison.Crossing + comparison.Beyond == 0
        ? Texts.WorkbenchFindingNone.With(comparison.Areas.Count)
        : Texts.WorkbenchFinding.With(comparison.Crossing, comparison.Areas.Count, comparison.Beyond);

    private static MeasurementTable Table(WorkbenchComparison comparison) => new(
        Name,
        SiteChart.Here(Texts.WorkbenchCaption.With(Words.ShortPeriod(comparison.Period))),
        SiteChart.Here(Texts.WorkbenchExplain),
        [
            new("municipality", new("Kommune", "Municipality"), ColumnKind.Area),
            new("published_rank", new("Plads, udgivet", "Rank, published"), ColumnKind.Count),
            new("published_rank_lower", new("Bedste mulige, udgivet", "Best possible, published"), ColumnKind.Count),
            new("published_rank_upper", new("Dårligste mulige, udgivet", "Worst possible, published"), ColumnKind.Count),
            new("draft_rank", new("Plads, udkast", "Rank, draft"), ColumnKind.Count),
            new("draft_rank_lower", new("Bedste mulige, udkast", "Best possible, draft"), ColumnKind.Count),
            new("draft_rank_upper", new("Dårligste mulige, udkast", "Worst possible, draft"), ColumnKind.Count),
            new("published_difference", new("Forskel, udgivet", "Difference, published"), ColumnKind.Points),
            new("draft_difference", new("Forskel, udkast", "Difference, draft"), ColumnKind.Points),
            new("published_verdict", new("Vurdering, udgivet", "Verdict, published"), ColumnKind.Text),
            new("draft_verdict", new("Vurdering, udkast", "Verdict, draft"), ColumnKind.Text),
        ],
        [
            .. comparison.Areas.Select(area => (IReadOnlyList<object?>)
            [
                area.Area, area.Published.Rank, area.Published.RankLower, area.Published.RankUpper, area.Draft.Rank, area.Draft.RankLower, area.Draft.RankUpper,
                area.Published.Difference, area.Draft.Difference, Words.Class(area.Published.Class), Words.Class(area.Draft.Class),
            ]),
        ]);
}
