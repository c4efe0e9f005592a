using System.Text.Json.Nodes;

namespace Fikspunkt.Reports.Charts;

/// <summary>How far ranks moved, beside what noise alone would give.</summary>
internal static class MovementChart
{
    /// <summary>Grouped bars. Data: shift (places), kind, municipalities.</summary>
    /// <param name="kinds">The kinds in order: observed first.</param>
    public static JsonObject Shifts(JsonArray kinds) => VegaLite.Spec($$"""
        {
          "data": {"name": "movement"}, "width": "container", "height": 280, "mark": {"type": "bar"},
          "encoding": {
            "x": {"field": "shift", "type": "ordinal", "sort": null, "axis": {"title": {{Texts.AxisShift}}, "labelAngle": 0} },
            "xOffset": {"field": "kind", "type": "nominal", "sort": null},
            "y": {"field": "municipalities", "type": "quantitative", "axis": {"title": {{Texts.ColumnUnits}} } },
            "color": {"field": "kind", "type": "nominal", "sort": null, "scale": {"domain": {{kinds}}, "range": [{{VegaLite.Ink}}, "#0b61a4", "#7b9fc4", "#b9a3cf"]}, "legend": {} },
            "tooltip": [{"field": "kind", "title": " "}, {"field": "shift", "title": {{Texts.AxisShift}} }, {"field": "municipalities", "title": {{Texts.ColumnUnits}}, "format": ".1f"}]
          }
        }
        """);
}
