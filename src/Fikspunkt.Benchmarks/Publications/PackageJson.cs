using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using NodaTime;
using NodaTime.Text;

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
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutEmptyMeasurements } },
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false), new LocalDateConverter() },
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
    private static void LeaveOutEmptyMeasurements(JsonTypeInfo type)
    {
        if (type.Type == typeof(DefinitionSet))
        {
            type.Properties.First(property => property.Name == "measurements").ShouldSerialize = (_, value) => value is IReadOnlyDictionary<string, MeasurementSpec> { Count: > 0 };
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
