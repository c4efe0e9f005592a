using System.Globalization;
using System.Text.Json.Nodes;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Charts;

/// <summary>What a page or a chart is made from: what is shown, what was chosen, in which language.</summary>
/// <param name="Content">Everything there is.</param>
/// <param name="Query">The choices.</param>
/// <param name="Own">The user's own municipality's code, highlighted everywhere; <see langword="null"/> when none is chosen.</param>
internal sealed record Sight(SiteContent Content, SiteQuery Query, string? Own)
{
    public static CultureInfo Culture => CultureInfo.CurrentUICulture;

    public ReportNumbers Numbers { get; } = new(CultureInfo.CurrentUICulture);

    public Names Names { get; } = new(Content.Definitions, CultureInfo.CurrentUICulture);
}

/// <summary>A chart with everything it must have.</summary>
/// <param name="Name">Its name in <see cref="Diagrams"/>.</param>
/// <param name="Title">The finding, in careful words.</param>
/// <param name="Explanation">How to read it, in a sentence or two.</param>
/// <param name="Alternative">Text alternative: what one would see.</param>
/// <param name="Source">Source and vintage.</param>
/// <param name="Height">Room kept for it in pixels, so that nothing moves when it is drawn.</param>
/// <param name="Spec">The Vega-Lite specification with its data.</param>
/// <param name="Table">Its figures.</param>
internal sealed record SiteChart(string Name, string Title, string Explanation, string Alternative, string Source, int Height, JsonObject Spec, MeasurementTable Table)
{
    /// <summary>Height as a share of the width for what keeps its shape, beside <see cref="Height"/> for legends; <see langword="null"/> for other charts.</summary>
    public double? Aspect { get; init; }

    /// <summary>The choices that make this chart; they are part of its address.</summary>
    public SiteQuery Query { get; init; } = new([]);

    /// <summary>A text that is already in the language of the request, where a table wants both languages.</summary>
    public static LocalizedText Here(string text) => new(text, text);

    /// <summary>Rows as Vega-Lite takes them: <c>{"values": [{...}]}</c>.</summary>
    public static JsonObject Data(IReadOnlyList<string> columns, IEnumerable<JsonArray> rows) => new()
    {
        ["values"] = new JsonArray([.. rows.Select(row => (JsonNode)new JsonObject(columns.Select((column, i) => KeyValuePair.Create(column, row[i]?.DeepClone()))))]),
    };
}
