using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Fikspunkt.Web.Api;

/// <summary>Writes answers as JSON.</summary>
internal static class JsonAnswer
{
    // The answer is never part of a page, so Danish letters need no escapes.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Utf8JsonWriter Writer(Stream stream) => new(stream, Options);

    /// <summary>Writes into the response's own pooled segments: a buffer of the whole answer would be a large object for each request.</summary>
    public static async Task Send(HttpResponse response, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        using (var writer = new Utf8JsonWriter(response.BodyWriter, Options))
        {
            write(writer);
        }

        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    /// <summary>What is written as a text.</summary>
    public static string Text(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Options))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>Writes an answer: what it is about, how much there is of it, where it comes from, and the rows.</summary>
    public static void WriteBody(Utf8JsonWriter writer, ApiOperation operation, ApiTable table, ApiChoices choices, AnswerFrame frame)
    {
        var names = table.Columns.Select(column => JsonEncodedText.Encode(column.Id)).ToArray();
        writer.WriteStartObject();
        writer.WriteString("version", frame.Version);
        writer.WriteBoolean("synthetic", frame.Synthetic);
        if (frame.Synthetic)
        {
            writer.WriteString("notice", Texts.SyntheticBanner);
        }

        WriteSources(writer, table.Sources);
        if (operation.One)
        {
            writer.WritePropertyName("data");
            Row(writer, names, table.Rows.First());
        }
        else
        {
            writer.WriteNumber("total", table.Total);
            writer.WriteNumber("limit", choices.Limit);
            writer.WriteNumber("offset", choices.Offset);
            writer.WriteString("next", frame.Next);
            writer.WriteStartArray("data");
            foreach (var row in table.Rows)
            {
                Row(writer, names, row);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    public static void WriteSources(Utf8JsonWriter writer, IReadOnlyList<ApiSource> sources)
    {
        writer.WriteStartArray("sources");
        foreach (var source in sources)
        {
            writer.WriteStartObject();
            writer.WriteString("id", source.Id);
            writer.WriteString("table", source.Table);
            writer.WriteString("source", source.Source);
            writer.WriteString("retrieved", source.Retrieved);
            writer.WriteString("value_hash", source.ValueHash);
            writer.WriteBoolean("synthetic", source.Synthetic);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>A number; null where there is none.</summary>
    public static void WriteNumber(Utf8JsonWriter writer, double number)
    {
        if (double.IsFinite(number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static void Row(Utf8JsonWriter writer, JsonEncodedText[] names, object?[] row)
    {
        writer.WriteStartObject();
        for (var i = 0; i < names.Length; i++)
        {
            writer.WritePropertyName(names[i]);
            Value(writer, row[i]);
        }

        writer.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case double number:
                WriteNumber(writer, number);
                break;
            case int count:
                writer.WriteNumberValue(count);
                break;
            case long count:
                writer.WriteNumberValue(count);
                break;
            case decimal money:
                writer.WriteNumberValue(money);
                break;
            case bool yes:
                writer.WriteBooleanValue(yes);
                break;
            case IEnumerable<string> texts:
                writer.WriteStartArray();
                foreach (var text in texts)
                {
                    writer.WriteStringValue(text);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}

/// <summary>What stands around an answer's rows.</summary>
/// <param name="Version">The content's version; when it changes between two parts, begin again.</param>
/// <param name="Synthetic">Whether any of the figures are made up.</param>
/// <param name="Next">Where the next rows are; <see langword="null"/> at the end.</param>
internal sealed record AnswerFrame(string Version, bool Synthetic, string? Next);
