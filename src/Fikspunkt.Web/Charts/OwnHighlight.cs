using System.Text.Json;
using System.Text.Json.Nodes;
using Fikspunkt.Reports.Charts;

namespace Fikspunkt.Web.Charts;

/// <summary>Makes the user's own municipality stand out in a chart with a line for each municipality.</summary>
internal static class OwnHighlight
{
    /// <summary>A broad band behind the line and the name in bold.</summary>
    /// <param name="spec">A layered specification.</param>
    /// <param name="y">The lines' encoding; every layer's must be this one.</param>
    /// <param name="field">The column with the name.</param>
    /// <param name="name">The municipality's name; <see langword="null"/> when none is chosen.</param>
    /// <param name="step">Height of a line in pixels.</param>
    public static void Line(JsonObject spec, JsonNode y, string field, string? name, int step)
    {
        if (name is null)
        {
            return;
        }

        var isOwn = $"datum[{JsonSerializer.Serialize(field)}] === {JsonSerializer.Serialize(name)}";
        spec["layer"]!.AsArray().Insert(0, VegaLite.Spec($$"""
            {"transform": [{"filter": {{isOwn}}}], "mark": {"type": "rule", "strokeWidth": {{(double)step}}, "color": "#ffe694"}, "encoding": {"y": {{y}}, "x": {"value": 0}, "x2": {"value": "width"}, "color": {"value": "#ffe694"} } }
            """));
        foreach (var axis in Axes(spec))
        {
            axis["labelFontWeight"] = VegaLite.Spec($$"""{"condition": {"test": {{$"datum.value === {JsonSerializer.Serialize(name)}"}}, "value": "bold"}, "value": "normal"}""");
        }
    }

    // Where the y encodings of all layers agree their axes are merged, so each gets the same look.
    private static IEnumerable<JsonObject> Axes(JsonObject spec)
    {
        var layers = spec["layer"]!.AsArray().OfType<JsonObject>().Append(spec);
        return layers.Select(layer => layer["encoding"]?["y"]?["axis"]).OfType<JsonObject>();
    }
}
