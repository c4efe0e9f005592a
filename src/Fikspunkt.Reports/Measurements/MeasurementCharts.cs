using System.Text;
using System.Text.Json.Nodes;
using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Reports.Charts;

namespace Fikspunkt.Reports.Measurements;

/// <summary>The charts of measurements: every municipality's rank with what the uncertainty allows, and one municipality's on all measurements.</summary>
internal static class MeasurementCharts
{
    private const int LabelLine = 19;

    /// <summary>Everything that the page's script draws from.</summary>
    public static JsonObject Data(MeasurementModel model)
    {
        var shown = model.Results.Where(result => result.Positions.Count > 0).ToList();
        var charts = new JsonObject { ["profile"] = Profile() };
        foreach (var result in shown)
        {
            charts[Chart(result)] = Ranks(MeasurementModel.Overall(result));
        }

        var labels = Labels(model, shown);
        return PageData.Page(model.Culture, charts, new JsonObject
        {
            ["measured"] = ChartData.Rows(
                ["measurement", "code", "name", "title", "line", "order", "rank", "rankLower", "rankUpper", "units", "percentile", "percentileLower", "percentileUpper", "verdict", "class", "label"],
                shown.SelectMany(result =>
                {
                    var positions = MeasurementModel.Overall(result);
                    return positions.Select((position, i) => new JsonArray(
                        result.Spec.Id, position.Area, model.Names.Municipality(position.Area), labels[result.Spec.Id], Breakable(labels[result.Spec.Id]), i + 1, position.Rank, position.RankLower, position.RankUpper, position.Units,
                        Math.Round(position.Percentile, 1), Math.Round(position.PercentileLower, 1), Math.Round(position.PercentileUpper, 1), MeasurementModel.Verdict(position),
                        ClassName(position), i == 0 || i == positions.Count - 1));
                })),
        });
    }

    /// <summary>The key of a measurement's chart.</summary>
    public static string Chart(MeasurementResult result) => "ranks-" + result.Spec.Id;

    /// <summary>One municipality's profile with its own rows, for a page that shows no other.</summary>
    public static JsonObject Profile(MeasurementModel model, string area)
    {
        var shown = model.Results.Where(result => model.Position(result, area) is not null).ToList();
        var labels = Labels(model, shown);
        var spec = Profile();
        spec["data"] = new JsonObject
        {
            ["values"] = new JsonArray([.. shown.Select(result =>
            {
                var position = model.Position(result, area)!;
                return (JsonNode)new JsonObject
                {
                    ["title"] = labels[result.Spec.Id], ["line"] = Breakable(labels[result.Spec.Id]), ["rank"] = position.Rank, ["rankLower"] = position.RankLower, ["rankUpper"] = position.RankUpper, ["units"] = position.Units,
                    ["percentile"] = Math.Round(position.Percentile, 1), ["percentileLower"] = Math.Round(position.PercentileLower, 1), ["percentileUpper"] = Math.Round(position.PercentileUpper, 1),
                    ["verdict"] = MeasurementModel.Verdict(position), ["class"] = ClassName(position),
                };
            })]),
        };
        return spec;
    }

    // Two measurements may have the same title (versions of one); the lines of a chart must differ.
    private static Dictionary<string, string> Labels(MeasurementModel model, List<MeasurementResult> shown) => shown.ToDictionary(
        result => result.Spec.Id,
        result => shown.Count(other => other.Spec.Title.In(model.Culture) == result.Spec.Title.In(model.Culture)) > 1 ? $"{result.Spec.Title.In(model.Culture)} ({result.Spec.Id})" : result.Spec.Title.In(model.Culture),
        StringComparer.Ordinal);

    // Where a line of a label may end on a phone.
    private static string Breakable(string label)
    {
        var (text, length) = (new StringBuilder(), 0);
        foreach (var word in label.Split(' '))
        {
            var fits = length > 0 && length + 1 + word.Length <= LabelLine;
            text.Append(length == 0 ? "" : fits ? " " : "|").Append(word);
            length = fits ? length + 1 + word.Length : word.Length;
        }

        return text.ToString();
    }

    /// <summary>One thin column a municipality, the first to the left; the line is the ranks that the uncertainty allows.</summary>
    private static JsonObject Ranks(IReadOnlyList<MeasuredPosition> positions)
    {
        var (count, units) = (positions.Count, positions.Max(position => position.Units));
        var colour = positions.Any(position => position.Class is not null) ? VegaLite.ClassColour(names: ClassNames()) : VegaLite.Spec($$"""{"value": {{VegaLite.Ink}}}""");
        return VegaLite.Spec($$"""
            {
              "data": {"name": "measured"}, "width": "container", "height": 300,
              "encoding": {"x": {"field": "order", "type": "quantitative", "scale": {"domain": [0.5, {{count + 0.5}}], "nice": false}, "axis": {"title": {{Texts.MeasureAxisOrder}}, "labels": false, "ticks": false, "grid": false} }, "color": {{colour}}},
              "layer": [
                {"mark": {"type": "rule", "strokeWidth": {"expr": "clamp(width / 330, 1, 3)"}, "opacity": 0.6}, "encoding": {
                  "y": {"field": "rankLower", "type": "quantitative", "scale": {"domain": [1, {{units}}], "reverse": true, "nice": false}, "axis": {"title": {{Texts.MeasureAxisRank}}, "format": "d", "values": [1, 10, 20, 30, 40, 50, 60, 70, 80, 90, {{units}}], "labelOverlap": true} },
                  "y2": {"field": "rankUpper"} } },
                {"mark": {"type": "point", "filled": true, "size": 16, "opacity": 1}, "encoding": {
                  "y": {"field": "rank", "type": "quantitative"},
                  "tooltip": [{"field": "name", "title": " "}, {"field": "rank", "title": {{Texts.ColumnRank}}}, {"field": "rankLower", "title": {{Texts.ColumnRankLower}}}, {"field": "rankUpper", "title": {{Texts.ColumnRankUpper}}}, {"field": "verdict", "title": {{Texts.ColumnClass}}}] } },
                {{Label("datum.label && datum.order == 1", "left", "top", 1)}},
                {{Label("datum.label && datum.order != 1", "right", "bottom", -1)}}
              ]
            }
            """);
    }

    // A broad white edge keeps the name legible on top of the lines.
    private static JsonObject Label(string filter, string align, string baseline, int away)
    {
        JsonObject Text(JsonObject mark) => VegaLite.Spec($$"""{"mark": {{mark}}, "encoding": {"y": {"field": "rank", "type": "quantitative"}, "text": {"field": "name"}, "color": {"value": {{VegaLite.Ink}}} } }""");
        return VegaLite.Spec($$"""
            {"transform": [{"filter": {{filter}}}], "layer": [
              {{Text(VegaLite.Spec($$"""{"type": "text", "align": {{align}}, "baseline": {{baseline}}, "dx": {{(double)(8 * away)}}, "dy": {{(double)(6 * away)}}, "fontSize": 13, "fontWeight": 600, "stroke": "white", "strokeWidth": 5}"""))}},
              {{Text(VegaLite.Spec($$"""{"type": "text", "align": {{align}}, "baseline": {{baseline}}, "dx": {{(double)(8 * away)}}, "dy": {{(double)(6 * away)}}, "fontSize": 13, "fontWeight": 600}"""))}}
            ]}
            """);
    }

    /// <summary>One municipality on every measurement: 0 = the first of all, 100 = the last, with what the uncertainty allows.</summary>
    private static JsonObject Profile()
    {
        var names = ClassNames();
        names.Add(Texts.MeasureClassNone);
        return VegaLite.Spec($$"""
            {
              "data": {"name": "measured"}, "width": "container", "height": {"step": 40},
              "encoding": {"y": {"field": "line", "type": "nominal", "sort": null, "axis": {"title": null, "labelExpr": "width < 420 ? split(datum.label, '|') : join(split(datum.label, '|'), ' ')", "ticks": false, "domain": false, "labelPadding": 10, "grid": true, "gridColor": "#f3f4f6"} }, "color": {"field": "class", "type": "nominal", "scale": {"domain": {{names}}, "range": [{{VegaLite.Blue}}, {{VegaLite.Grey}}, {{VegaLite.Vermillion}}, {{VegaLite.Ink}}]}, "legend": {"columns": {"expr": "width < 520 ? 1 : 2"} } } },
              "layer": [
                {"mark": {"type": "rule", "strokeWidth": 6, "opacity": 0.55}, "encoding": {
                  "x": {"field": "percentileLower", "type": "quantitative", "scale": {"domain": [0, 100]}, "axis": {"orient": "top", "title": {{Texts.MeasureAxisPercentile}}, "values": [0, 25, 50, 75, 100]} },
                  "x2": {"field": "percentileUpper"} } },
                {"mark": {"type": "point", "filled": false, "fill": "white", "size": 60, "opacity": 1, "strokeWidth": 2}, "encoding": {
                  "x": {"field": "percentile", "type": "quantitative"}, "shape": {"field": "class", "type": "nominal", "scale": {"domain": {{names.DeepClone()}}, "range": ["triangle-down", "circle", "triangle-up", "square"]}, "legend": {} },
                  "tooltip": [{"field": "title", "title": " "}, {"field": "rank", "title": {{Texts.ColumnRank}}}, {"field": "rankLower", "title": {{Texts.ColumnRankLower}}}, {"field": "rankUpper", "title": {{Texts.ColumnRankUpper}}}, {"field": "units", "title": {{Texts.MeasureColumnUnits}}}, {"field": "verdict", "title": {{Texts.ColumnClass}}}] } }
              ]
            }
            """);
    }

    private static string ClassName(MeasuredPosition position) => position.Class is { } significance ? MeasurementModel.Class(significance) : Texts.MeasureClassNone;

    private static JsonArray ClassNames() => [MeasurementModel.Class(SignificanceClass.Better), MeasurementModel.Class(SignificanceClass.AsExpected), MeasurementModel.Class(SignificanceClass.Worse)];
}
