using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using NodaTime;
using NodaTime.Text;
using Period = Fikspunkt.Domain.Period;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>The JSON form of a package: snake_case names in the order of the types, kebab-case enums, ISO dates, indented, LF.</summary>
internal static class PackageJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        WriteIndented = true,
        NewLine = "\n",
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IgnoreReadOnlyProperties = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutWhatOlderPackagesLack } },
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false), new LocalDateConverter(), new PeriodConverter(), new CellConverter() },
    };

    private static readonly JsonSerializerOptions Compact = new(Options) { WriteIndented = false };

    /// <summary>The canonical bytes: equal values give equal bytes.</summary>
    public static byte[] Write<T>(T value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, Options), (byte)'\n'];

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">Not of that form.</exception>
    public static T Read<T>(byte[] bytes) => JsonSerializer.Deserialize<T>(bytes, Options) ?? throw new JsonException("null");

    /// <summary>Compact canonical bytes without one property.</summary>
    public static byte[] WriteWithout<T>(T value, string property)
    {
        var node = (JsonObject)JsonSerializer.SerializeToNode(value, Compact)!;
        node.Remove(property);
        return JsonSerializer.SerializeToUtf8Bytes(node, Compact);
    }

    // Packages made before there were measurements do not name them, and are to have the same bytes still.
    private static void LeaveOutWhatOlderPackagesLack(JsonTypeInfo type)
    {
        if (type.Type == typeof(DefinitionSet))
        {
            type.Properties.First(property => property.Name == "measurements").ShouldSerialize = (_, value) => value is IReadOnlyDictionary<string, MeasurementSpec> { Count: > 0 };
        }
        else if (type.Type == typeof(PackageManifest))
        {
            type.Properties.First(property => property.Name == "measured").ShouldSerialize = (_, value) => value is not null;
        }
    }

    private sealed class PeriodConverter : JsonConverter<Period>
    {
        public override Period Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Period.TryParse(reader.GetString() ?? "", out var period) ? period : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, Period value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    /// <summary>Cells of measurements' tables, each so that its type can be told: text and whole numbers as they are, <c>{"number": 0.5}</c>, <c>{"kr": 0.5}</c>, <c>{"da": "", "en": ""}</c>.</summary>
    private sealed class CellConverter : JsonConverter<object>
    {
        public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var cell = JsonDocument.ParseValue(ref reader);
            return cell.RootElement switch
            {
                { ValueKind: JsonValueKind.Null } => null,
                { ValueKind: JsonValueKind.String } text => text.GetString(),
                { ValueKind: JsonValueKind.Number } whole when whole.TryGetInt32(out var count) => count,
                { ValueKind: JsonValueKind.Object } held when held.TryGetProperty("number", out var number) => number.Deserialize<double>(options),
                { ValueKind: JsonValueKind.Object } held when held.TryGetProperty("kr", out var money) => money.Deserialize<decimal>(options),
                { ValueKind: JsonValueKind.Object } text => text.Deserialize<LocalizedText>(options),
                _ => throw new JsonException(),
            };
        }

        public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options)
        {
            switch (value)
            {
                case string text:
                    writer.WriteStringValue(text);
                    break;
                case int count:
                    writer.WriteNumberValue(count);
                    break;
                case LocalizedText text:
                    JsonSerializer.Serialize(writer, text, options);
                    break;
                case double or decimal:
                    writer.WriteStartObject();
                    writer.WritePropertyName(value is double ? "number" : "kr");
                    JsonSerializer.Serialize(writer, value, value.GetType(), options);
                    writer.WriteEndObject();
                    break;
                default:
                    throw new JsonException(value.GetType().Name);
            }
        }
    }

    private sealed class LocalDateConverter : JsonConverter<LocalDate>
    {
        public override LocalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            LocalDatePattern.Iso.Parse(reader.GetString() ?? "") is { Success: true } parsed ? parsed.Value : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, LocalDate value, JsonSerializerOptions options) =>
            writer.WriteStringValue(LocalDatePattern.Iso.Format(value));
    }
}
