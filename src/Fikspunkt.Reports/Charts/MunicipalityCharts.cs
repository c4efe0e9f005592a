using System.Text.Json.Nodes;

namespace Fikspunkt.Reports.Charts;

/// <summary>Charts of one municipality.</summary>
internal static class MunicipalityCharts
{
    // Contributions are no verdict, so they have a colour of their own.
    private const string Step = "#5b3f8c";

    /// <summary>Actual against expected over time, with the range that chance gives. Data: date, label, actual, expected, low, high.</summary>
    /// <param name="data">Name of the data set.</param>
    /// <param name="monthly">Whether the points are months; otherwise few, named periods.</param>
    /// <param name="range">Whether the data have a range of chance.</param>
    /// <param name="breaks">Breaks in the series: date, title.</param>
    public static JsonObject Trend(string data, bool monthly, bool range, JsonArray breaks)
    {
        var x = monthly
            ? VegaLite.Spec($$"""{"field": "date", "type": "temporal", "axis": {"title": null, "format": "%b %Y", "tickCount": 6, "labelOverlap": true, "grid": false} }""")
            : VegaLite.Spec($$"""{"field": "label", "type": "ordinal", "sort": null, "axis": {"title": null, "labelAngle": 0, "labelOverlap": true}, "scale": {"padding": 0.3} }""");
        var (low, high) = range ? ("low", "high") : ("expected", "expected");
        var tooltip = VegaLite.Spec($$"""
            {"t": [{"field": "label", "title": {{Texts.ColumnPeriod}}}, {"field": "actual", "title": {{Texts.ColumnActualPct}}, "format": ".2f"}, {"field": "expected", "title": {{Texts.ColumnExpectedPct}}, "format": ".2f"}]}
            """)["t"]!;
        return VegaLite.Spec($$"""
            {
              "data": {"name": {{data}}}, "width": "container", "height": 260,
              "layer": [
                {"mark": {"type": "area", "color": {{VegaLite.Grey}}, "opacity": 0.18}, "encoding": {"x": {{x}}, "y": {"field": {{low}}, "type": "quantitative", "scale": {"zero": false}, "axis": {"title": {{Texts.AxisShare}}} }, "y2": {"field": {{high}}} } },
                {"mark": {"type": "line", "color": {{VegaLite.Grey}}, "strokeDash": [6, 4], "strokeWidth": 2}, "encoding": {"x": {{x}}, "y": {"field": "expected", "type": "quantitative"} } },
                {"mark": {"type": "line", "color": {{VegaLite.Ink}}, "strokeWidth": 2.2, "point": {"filled": true, "size": {{(monthly ? 18 : 50)}}, "color": {{VegaLite.Ink}}} }, "encoding": {"x": {{x}}, "y": {"field": "actual", "type": "quantitative"}, "tooltip": {{tooltip}} } },
                {{Breaks(monthly ? breaks : [], x)}},
                {"transform": [{"filter": "datum.last"}], "mark": {"type": "text", "align": "right", "dx": -4, "dy": {"expr": "datum.actual >= datum.expected ? -10 : 14"}, "stroke": "white", "strokeWidth": 3, "strokeJoin": "round", "fontWeight": 600}, "encoding": {"x": {{x}}, "y": {"field": "actual", "type": "quantitative"}, "text": {"value": {{Texts.LabelActual}}} } },
                {"transform": [{"filter": "datum.last"}], "mark": {"type": "text", "align": "right", "dx": -4, "dy": {"expr": "datum.actual >= datum.expected ? -10 : 14"}, "fontWeight": 600}, "encoding": {"x": {{x}}, "y": {"field": "actual", "type": "quantitative"}, "text": {"value": {{Texts.LabelActual}}} } },
                {"transform": [{"filter": "datum.last"}], "mark": {"type": "text", "align": "right", "dx": -4, "dy": {"expr": "datum.actual >= datum.expected ? 14 : -10"}, "stroke": "white", "strokeWidth": 3, "strokeJoin": "round", "color": "white"}, "encoding": {"x": {{x}}, "y": {"field": "expected", "type": "quantitative"}, "text": {"value": {{Texts.LabelExpected}}} } },
                {"transform": [{"filter": "datum.last"}], "mark": {"type": "text", "align": "right", "dx": -4, "dy": {"expr": "datum.actual >= datum.expected ? 14 : -10"}, "color": "#4b5563"}, "encoding": {"x": {{x}}, "y": {"field": "expected", "type": "quantitative"}, "text": {"value": {{Texts.LabelExpected}}} } }
              ]
            }
            """);
    }

    /// <summary>From the national mean to the municipality's expectation, step by step. Data: name, order, from, to, text, mean, expected.</summary>
    public static JsonObject Contributions() => VegaLite.Spec($$"""
        {
          "data": {"name": "contributions"}, "width": "container", "height": {"step": 26},
          "encoding": {"y": {"field": "name", "type": "nominal", "sort": {"field": "order", "op": "min"}, "axis": {"title": null, "ticks": false, "domain": false} } },
          "layer": [
            {"mark": {"type": "bar", "height": 15}, "encoding": {
              "x": {"field": "from", "type": "quantitative", "scale": {"zero": false, "padding": 45}, "axis": {"title": {{Texts.AxisExpected}}, "tickCount": 6} }, "x2": {"field": "to"},
              "color": {"condition": {"test": "datum.kind == 'level'", "value": {{VegaLite.Ink}}}, "value": {{Step}}},
              "opacity": {"condition": {"test": "datum.to < datum.from", "value": 0.6}, "value": 1},
              "tooltip": [{"field": "name", "title": " "}, {"field": "text", "title": {{Texts.ColumnContributionPp}}}] } },
            {"transform": [{"filter": "datum.kind == 'level'"}], "mark": {"type": "tick", "color": {{VegaLite.Ink}}, "thickness": 3, "size": 20}, "encoding": {
              "x": {"field": "to", "type": "quantitative"} } },
            {"mark": {"type": "text", "align": "left", "dx": 6}, "encoding": {
              "x": {"field": "right", "type": "quantitative"}, "text": {"field": "text"} } }
          ]
        }
        """);

    private static JsonNode Breaks(JsonArray breaks, JsonObject x) => VegaLite.Spec($$"""
        {"data": {"values": {{breaks}}}, "mark": {"type": "rule", "color": "#4b5563", "strokeDash": [2, 3], "strokeWidth": 1.5}, "encoding": {"x": {{x}}, "tooltip": {"field": "title"} } }
        """);
}
