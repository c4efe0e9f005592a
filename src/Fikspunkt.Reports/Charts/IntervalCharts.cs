using System.Text.Json.Nodes;

namespace Fikspunkt.Reports.Charts;

/// <summary>Charts of estimates with their intervals, one line for each municipality or outcome.</summary>
internal static class IntervalCharts
{
    /// <summary>Differences with intervals, lowest first. Data: name, difference, lower, upper, class.</summary>
    /// <param name="field">The column that names the lines: <c>name</c> or <c>outcomeName</c>.</param>
    /// <param name="sorted">Whether lines are ordered by difference; otherwise as the data are.</param>
    /// <param name="step">Height of a line in pixels.</param>
    public static JsonObject Caterpillar(string field, bool sorted, int step) => VegaLite.Spec($$"""
        {
          "data": {"name": "results"}, "width": "container", "height": {"step": {{step}}},
          "layer": [
            {"data": {"values": [{}]}, "mark": {"type": "rule", "color": {{VegaLite.Ink}}}, "encoding": {"x": {"datum": 0} } },
            {"mark": {"type": "rule", "strokeWidth": 2}, "encoding": {
              "y": {{Lines(field, sorted ? "difference" : null, step)}},
              "x": {"field": "lower", "type": "quantitative", "axis": {"orient": "top", "title": {{Texts.AxisDifference}}, "tickCount": 6, "labelExpr": {{VegaLite.SignedLabel}} } },
              "x2": {"field": "upper"}, "color": {{VegaLite.ClassColour()}} } },
            {"mark": {"type": "point", "filled": true, "size": 46, "opacity": 1}, "encoding": {
              "y": {{Lines(field, sorted ? "difference" : null, step)}},
              "x": {"field": "difference", "type": "quantitative"}, "color": {{VegaLite.ClassColour()}}, "shape": {{VegaLite.ClassShape()}},
              "tooltip": [{"field": {{field}}, "title": " "}, {"field": "difference", "title": {{Texts.ColumnDifferencePp}}, "format": "+.2f"}, {"field": "lower", "title": {{Texts.ColumnLower}}, "format": "+.2f"}, {"field": "upper", "title": {{Texts.ColumnUpper}}, "format": "+.2f"}, {"field": "class", "title": {{Texts.ColumnClass}}}] } }
          ]
        }
        """);

    /// <summary>Ranks with marginal (thick) and simultaneous (thin) sets. Data: name, rank, rankLower, rankUpper, simLower, simUpper, class.</summary>
    /// <param name="data">Name of the data set.</param>
    /// <param name="units">Municipalities ranked.</param>
    /// <param name="step">Height of a line in pixels.</param>
    /// <param name="names">What the three classes are called, where they are not the model's.</param>
    public static JsonObject RankSets(string data, int units, int step, JsonArray? names = null) => VegaLite.Spec($$"""
        {
          "data": {"name": {{data}}}, "width": "container", "height": {"step": {{step}}},
          "encoding": {"y": {{Lines("name", "rank", step)}}, "color": {{VegaLite.ClassColour(names: names)}}},
          "layer": [
            {"mark": {"type": "rule", "strokeWidth": 1.2}, "encoding": {
              "x": {"field": "simLower", "type": "quantitative", "scale": {"domain": [1, {{units}}], "nice": false}, "axis": {"orient": "top", "title": {{Texts.AxisRank}}, "format": "d", "values": [1, 10, 20, 30, 40, 50, 60, 70, 80, 90, {{units}}], "labelOverlap": true} },
              "x2": {"field": "simUpper"} } },
            {"mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.55}, "encoding": {"x": {"field": "rankLower", "type": "quantitative"}, "x2": {"field": "rankUpper"} } },
            {"mark": {"type": "point", "filled": false, "fill": "white", "size": 52, "opacity": 1, "strokeWidth": 2}, "encoding": {
              "x": {"field": "rank", "type": "quantitative"}, "shape": {{VegaLite.ClassShape(names)}},
              "tooltip": [{"field": "name", "title": " "}, {"field": "rank", "title": {{Texts.ColumnRank}}}, {"field": "rankLower", "title": {{Texts.ColumnRankLower}}}, {"field": "rankUpper", "title": {{Texts.ColumnRankUpper}}}, {"field": "simLower", "title": {{Texts.ColumnRankLowerSimultaneous}}}, {"field": "simUpper", "title": {{Texts.ColumnRankUpperSimultaneous}}}, {"field": "class", "title": {{Texts.ColumnClass}}}] } }
          ]
        }
        """);

    // Names stand on every line, so that a municipality is found without a legend or a pointer.
    private static JsonObject Lines(string field, string? sortBy, int step) => VegaLite.Spec($$"""
        {"field": {{field}}, "type": "nominal", "sort": {{(sortBy is null ? null : VegaLite.Spec($$"""{"field": {{sortBy}}, "op": "min"}"""))}},
         "axis": {"title": null, "labelFontSize": {{Math.Min(12, step - 3)}}, "ticks": false, "domain": false, "grid": true, "gridColor": "#f3f4f6", "labelOverlap": false} }
        """);
}
