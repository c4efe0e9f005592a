using System.Text.Json;
using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Files;

/// <summary>Opens the JSON forms: jobindsats version 2 and version 3, and Statistics Denmark's JSON-stat.</summary>
internal static class JsonTables
{
    // A million cells, the most either source gives at once, are about 30 MB.
    private const long LongestFile = 512L << 20;

    private const string Variables = "Variables";
    private const string Data = "Data";

    /// <summary>Opens the file's rows.</summary>
    /// <exception cref="InputException">No JSON, or JSON of another shape.</exception>
    public static RowReader Open(InputFile file, FileScan scan)
    {
        if (scan.Length > LongestFile)
        {
            throw new InputException(new InputProblem(Texts.JsonTooLong, file.Name));
        }

        var document = Parse(file, scan);
        try
        {
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array)
            {
                return Version2(file.Name, document, root);
            }

            if (root.TryGetProperty("columns", out var columns) && root.TryGetProperty("rows", out var rows))
            {
                return Version3(file.Name, document, columns, rows);
            }

            return root.TryGetProperty("dataset", out var dataset)
                ? new JsonStatRows(file.Name, document, dataset)
                : throw WrongShape(file.Name, root);
        }
        catch (InvalidOperationException e)
        {
            // A property name that is half a character, or a member asked of what is no object.
            document.Dispose();
            throw new InputException(new InputProblem(Texts.JsonShape, file.Name, Expected: Texts.JsonShapeExpected), e);
        }
        catch
        {
            document.Dispose();
            throw;
        }
    }

    /// <summary>The fault of JSON that has another shape than the documented ones.</summary>
    public static InputException WrongShape(string name, JsonElement found) =>
        new(new InputProblem(Texts.JsonShape, name, Found: Shorten(found), Expected: Texts.JsonShapeExpected));

    /// <summary>A JSON string's text; <see langword="false"/> when it is no string or holds half a character (a lone surrogate).</summary>
    public static bool TryGetText(JsonElement element, out string text)
    {
        text = string.Empty;
        if (element.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = element.GetString() ?? string.Empty;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static JsonDocument Parse(InputFile file, FileScan scan)
    {
        using var stream = file.Open();
        var content = new byte[scan.Length];
        stream.ReadExactly(content);
        try
        {
            return JsonDocument.Parse(content.AsMemory(scan.HasByteOrderMark ? 3 : 0));
        }
        catch (JsonException e)
        {
            throw new InputException(new InputProblem(Texts.JsonBroken, file.Name, (int?)e.LineNumber + 1, Column(e.BytePositionInLine), Expected: Texts.JsonBrokenExpected), e);
        }
    }

    private static string? Column(long? position) => (position + 1)?.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // [{"Variables":[{"Name","Label"},...],"Data":[[...],...]}]
    private static JsonRows Version2(string name, JsonDocument document, JsonElement root)
    {
        var parts = new List<JsonElement>();
        List<ColumnHead>? heads = null;
        foreach (var part in root.EnumerateArray())
        {
            if (part.ValueKind != JsonValueKind.Object
                || !part.TryGetProperty(Variables, out var variables) || variables.ValueKind != JsonValueKind.Array
                || !part.TryGetProperty(Data, out var data) || data.ValueKind != JsonValueKind.Array)
            {
                throw WrongShape(name, part);
            }

            var own = new List<ColumnHead>();
            foreach (var variable in variables.EnumerateArray())
            {
                if (variable.ValueKind != JsonValueKind.Object || !variable.TryGetProperty("Name", out var id) || !TryGetText(id, out var idText))
                {
                    throw WrongShape(name, variable);
                }

                own.Add(new ColumnHead(idText, variable.TryGetProperty("Label", out var label) && TryGetText(label, out var labelText) ? labelText : null));
            }

            if (heads is not null && !heads.SequenceEqual(own))
            {
                throw new InputException(new InputProblem(Texts.JsonPartsDiffer, name));
            }

            heads = own;
            parts.Add(data);
        }

        return heads is null ? throw new InputException(new InputProblem(Texts.FileEmpty, name)) : new JsonRows(name, document, heads, parts);
    }

    // {"columns":[...],"rows":[[...]]}
    private static JsonRows Version3(string name, JsonDocument document, JsonElement columns, JsonElement rows)
    {
        if (columns.ValueKind != JsonValueKind.Array || rows.ValueKind != JsonValueKind.Array)
        {
            throw WrongShape(name, document.RootElement);
        }

        var heads = columns.EnumerateArray().Select(column => TryGetText(column, out var text) ? new ColumnHead(text) : throw WrongShape(name, column)).ToList();
        return new JsonRows(name, document, heads, [rows]);
    }

    private static string Shorten(JsonElement element)
    {
        var text = element.GetRawText();
        return text.Length > 100 ? text[..100] : text;
    }
}
