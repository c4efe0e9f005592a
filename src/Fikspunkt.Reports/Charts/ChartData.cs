using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Fikspunkt.Reports.Charts;

/// <summary>Rows of data for charts, each column named once.</summary>
internal static class ChartData
{
    /// <summary>Leaves letters as they are and escapes what could end a script element.</summary>
    public static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <summary>The rows under their column names.</summary>
    public static JsonObject Rows(IReadOnlyList<string> columns, IEnumerable<JsonArray> rows) => new()
    {
        ["columns"] = new JsonArray([.. columns.Select(column => (JsonNode)column)]),
        ["rows"] = new JsonArray([.. rows]),
    };

    /// <summary>A share in per cent with the digits that a chart can show.</summary>
    public static JsonNode? PerCent(double share) => double.IsFinite(share) ? JsonValue.Create(Math.Round(100 * share, 4)) : null;
}
