using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fikspunkt.Reports.Charts;

/// <summary>Makes Vega-Lite specifications from interpolated JSON: what stands in braces is written as JSON.</summary>
internal static class VegaLite
{
    /// <summary>Better than expected. The three colours differ for every common kind of colour blindness and hold 4.5:1 against white.</summary>
    public const string Blue = "#0b61a4";

    /// <summary>Worse than expected.</summary>
    public const string Vermillion = "#c2410c";

    /// <summary>Cannot be told apart.</summary>
    public const string Grey = "#6b7280";

    /// <summary>Text and lines that carry no verdict.</summary>
    public const string Ink = "#1f2937";

    /// <summary>Labels of an axis of differences: a sign before every number but zero.</summary>
    /// <remarks>The label that the axis has made follows the language; the expression's own <c>format</c> does not.</remarks>
    public const string SignedLabel = "(datum.value > 0 ? '+' : '') + datum.label";

    private const string Font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

    /// <summary>A specification.</summary>
    public static JsonObject Spec(Json json) => json.ToNode().AsObject();

    /// <summary>The look that all charts share.</summary>
    public static JsonObject Theme() => Spec($$"""
        {
          "background": null, "font": {{Font}}, "view": {"stroke": null}, "aria": false, "padding": 4,
          "axis": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 600, "labelColor": {{Ink}}, "titleColor": {{Ink}}, "gridColor": "#e5e7eb", "domainColor": "#9ca3af", "tickColor": "#9ca3af", "titlePadding": 8},
          "axisX": {"labelOverlap": "greedy", "labelSeparation": 8},
          "legend": {"orient": "top", "labelFontSize": 12, "labelColor": {{Ink}}, "title": null, "symbolSize": 80, "labelLimit": 320, "columns": {"expr": "width < 520 ? 1 : 3"} },
          "text": {"color": {{Ink}}, "fontSize": 11}
        }
        """);

    /// <summary>The verdict as colour and, for those who see no colours, as filled or open sign.</summary>
    public static JsonObject ClassColour(bool legend = true, JsonArray? names = null) => Spec($$"""
        {"field": "class", "type": "nominal", "scale": {"domain": {{names ?? ClassNames()}}, "range": [{{Blue}}, {{Grey}}, {{Vermillion}}]}, "legend": {{(legend ? new JsonObject() : null)}} }
        """);

    /// <summary>The verdict as shape: downwards below, a circle as, upwards above expected.</summary>
    public static JsonObject ClassShape(JsonArray? names = null) => Spec($$"""
        {"field": "class", "type": "nominal", "scale": {"domain": {{names ?? ClassNames()}}, "range": ["triangle-down", "circle", "triangle-up"]}, "legend": {} }
        """);

    private static JsonArray ClassNames() => [Texts.ClassBetter, Texts.ClassAsExpected, Texts.ClassWorse];

    /// <summary>Collects JSON text.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Json
    {
        private static readonly JsonSerializerOptions Options = new() { Encoder = ChartData.Encoder };
        private readonly StringBuilder text;

        public Json(int literalLength, int formattedCount) => text = new StringBuilder(literalLength + (20 * formattedCount));

        public void AppendLiteral(string json) => text.Append(json);

        public void AppendFormatted(string value) => text.Append(JsonSerializer.Serialize(value, Options));

        public void AppendFormatted(double value) => text.Append(value.ToString("R", CultureInfo.InvariantCulture));

        public void AppendFormatted(bool value) => text.Append(value ? "true" : "false");

        public void AppendFormatted(JsonNode? value) => text.Append(value?.ToJsonString(Options) ?? "null");

        public JsonNode ToNode() => JsonNode.Parse(text.ToString())!;
    }
}
