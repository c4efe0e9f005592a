using System.Text.Json.Nodes;

namespace Fikspunkt.Reports.Charts;

/// <summary>Charts that show where municipalities lie: against expectation, against size, on the map.</summary>
internal static class PositionCharts
{
    /// <summary>Actual against expected share with the line where they are equal. Data: name, actual, expected, exposure, class, label.</summary>
    /// <param name="lowest">Where the line of equality starts, per cent.</param>
    /// <param name="highest">Where it ends.</param>
    public static JsonObject Scatter(double lowest, double highest) => VegaLite.Spec($$"""
        {
          "data": {"name": "results"}, "width": "container", "height": 420,
          "layer": [
            {"data": {"values": [{"a": {{lowest}}}, {"a": {{highest}}}]}, "mark": {"type": "line", "color": {{VegaLite.Ink}}, "strokeDash": [5, 4], "strokeWidth": 1}, "encoding": {"x": {"field": "a", "type": "quantitative"}, "y": {"field": "a", "type": "quantitative"} } },
            {"mark": {"type": "point", "filled": true, "opacity": 0.85, "stroke": "white", "strokeWidth": 0.5}, "encoding": {
              "x": {"field": "expected", "type": "quantitative", "scale": {"zero": false, "domain": [{{lowest}}, {{highest}}]}, "axis": {"title": {{Texts.AxisExpected}}} },
              "y": {"field": "actual", "type": "quantitative", "scale": {"zero": false}, "axis": {"title": {{Texts.AxisActual}}} },
              "size": {"field": "exposure", "type": "quantitative", "scale": {"range": [25, 500]}, "legend": null},
              "color": {{VegaLite.ClassColour()}}, "shape": {{VegaLite.ClassShape()}},
              "tooltip": [{"field": "name", "title": " "}, {"field": "actual", "title": {{Texts.ColumnActualPct}}, "format": ".2f"}, {"field": "expected", "title": {{Texts.ColumnExpectedPct}}, "format": ".2f"}, {"field": "exposure", "title": {{Texts.ColumnExposure}}, "format": ",.0f"}, {"field": "class", "title": {{Texts.ColumnClass}}}] } },
            {"transform": [{"filter": "datum.label"}], "mark": {"type": "text", "align": "left", "dx": 7, "dy": -7, "clip": true, "stroke": "white", "strokeWidth": 3, "strokeJoin": "round"}, "encoding": {
              "x": {"field": "expected", "type": "quantitative"}, "y": {"field": "actual", "type": "quantitative"}, "text": {"field": "name"} } },
            {"transform": [{"filter": "datum.label"}], "mark": {"type": "text", "align": "left", "dx": 7, "dy": -7, "clip": true}, "encoding": {
              "x": {"field": "expected", "type": "quantitative"}, "y": {"field": "actual", "type": "quantitative"}, "text": {"field": "name"} } }
          ]
        }
        """);

    /// <summary>Difference against size with the limits of chance. Data: name, exposure, difference, class, label.</summary>
    /// <param name="limits">Points of the limits: x (size), lower, upper (percentage points).</param>
    public static JsonObject Funnel(JsonArray limits) => VegaLite.Spec($$"""
        {
          "data": {"name": "results"}, "width": "container", "height": 420,
          "layer": [
            {"data": {"values": {{limits}}}, "mark": {"type": "area", "color": {{VegaLite.Grey}}, "opacity": 0.16}, "encoding": {
              "x": {"field": "x", "type": "quantitative", "scale": {"type": "log", "nice": false}, "axis": {"title": {{Texts.AxisExposure}}, "format": ",.0f", "tickCount": 6, "labelOverlap": true} },
              "y": {"field": "lower", "type": "quantitative", "axis": {"title": {{Texts.AxisDifference}}, "tickCount": 6, "labelExpr": {{VegaLite.SignedLabel}} } }, "y2": {"field": "upper"} } },
            {"data": {"values": [{}]}, "mark": {"type": "rule", "color": {{VegaLite.Ink}}}, "encoding": {"y": {"datum": 0} } },
            {"mark": {"type": "point", "filled": true, "size": 46, "opacity": 0.9}, "encoding": {
              "x": {"field": "exposure", "type": "quantitative", "scale": {"type": "log", "nice": false} }, "y": {"field": "difference", "type": "quantitative"},
              "color": {{VegaLite.ClassColour()}}, "shape": {{VegaLite.ClassShape()}},
              "tooltip": [{"field": "name", "title": " "}, {"field": "exposure", "title": {{Texts.ColumnExposure}}, "format": ",.0f"}, {"field": "difference", "title": {{Texts.ColumnDifferencePp}}, "format": "+.2f"}, {"field": "class", "title": {{Texts.ColumnClass}}}] } },
            {"transform": [{"filter": "datum.label"}], "mark": {"type": "text", "align": "left", "dx": 7, "dy": -7, "clip": true, "stroke": "white", "strokeWidth": 3, "strokeJoin": "round"}, "encoding": {
              "x": {"field": "exposure", "type": "quantitative"}, "y": {"field": "difference", "type": "quantitative"}, "text": {"field": "name"} } },
            {"transform": [{"filter": "datum.label"}], "mark": {"type": "text", "align": "left", "dx": 7, "dy": -7, "clip": true}, "encoding": {
              "x": {"field": "exposure", "type": "quantitative"}, "y": {"field": "difference", "type": "quantitative"}, "text": {"field": "name"} } }
          ]
        }
        """);

    /// <summary>One equal tile for each municipality, about where it lies. Data: name, short, column, row, difference, text, class.</summary>
    /// <remarks>On a phone the tiles are too small for letters; colour, tooltip and table remain.</remarks>
    public static JsonObject TileMap(int columns, int rows) => VegaLite.Spec($$"""
        {
          "data": {"name": "tiles"}, "width": "container", "height": 600, "usermeta": {"aspect": {{0.92 * rows / columns}}},
          "encoding": {
            "x": {"field": "column", "type": "ordinal", "scale": {"domain": {{Count(columns)}}, "paddingInner": 0.06}, "axis": null},
            "y": {"field": "row", "type": "ordinal", "scale": {"domain": {{Count(rows)}}, "paddingInner": 0.06}, "axis": null}
          },
          "layer": [
            {"mark": {"type": "rect", "cornerRadius": 2}, "encoding": {"color": {{VegaLite.ClassColour()}},
              "tooltip": [{"field": "name", "title": " "}, {"field": "difference", "title": {{Texts.ColumnDifferencePp}}, "format": "+.2f"}, {"field": "class", "title": {{Texts.ColumnClass}}}] } },
            {"mark": {"type": "text", "color": "white", "dy": -5, "fontWeight": 600}, "encoding": {"text": {"field": "short"},
              "size": {"condition": {"test": "length(datum.short) > 4", "value": {"expr": "width < 500 ? 0 : max(5, min(9, width / 84))"} }, "value": {"expr": "width < 500 ? 0 : max(7, min(12, width / 62))"} } } },
            {"mark": {"type": "text", "color": "white", "dy": 7, "fontSize": {"expr": "width < 500 ? 0 : max(7, min(11, width / 68))"} }, "encoding": {"text": {"field": "text"} } }
          ]
        }
        """);

    // All places, so that a row of sea keeps its room.
    private static JsonArray Count(int places) => new([.. Enumerable.Range(0, places).Select(place => (JsonNode)place)]);
}
