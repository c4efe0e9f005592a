using System.Collections;
using System.Globalization;
using System.Text.Json;
using Fikspunkt.Statistics;

namespace Fikspunkt.Methods;

/// <summary>One number, text or undefined value among a method's quantities.</summary>
/// <param name="Quantity">The dotted name, without places in arrays.</param>
/// <param name="Element">The dotted name with them.</param>
/// <param name="Value">A <see cref="double"/>, a <see cref="string"/>, a <see cref="bool"/>, or <see langword="null"/> for undefined.</param>
internal readonly record struct Leaf(string Quantity, string Element, object? Value);

/// <summary>Quantities as single values, and as JSON.</summary>
public static class QuantityTree
{
    /// <summary>Writes quantities as JSON: numbers with full precision, undefined as null, infinite as the text <c>Infinity</c>.</summary>
    public static void WriteJson(Utf8JsonWriter writer, object? value)
    {
        switch (Normal(value))
        {
            case null:
                writer.WriteNullValue();
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteStringValue(number > 0 ? "Infinity" : "-Infinity");
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case Quantities quantities:
                writer.WriteStartObject();
                foreach (var (name, entry) in quantities)
                {
                    writer.WritePropertyName(name);
                    WriteJson(writer, entry);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    WriteJson(writer, item);
                }

                writer.WriteEndArray();
                break;
            case var other:
                throw new ArgumentException($"A quantity cannot be a {other.GetType()}.", nameof(value));
        }
    }

    internal static IEnumerable<Leaf> Leaves(object? value, string quantity = "", string element = "")
    {
        switch (Normal(value))
        {
            case Quantities quantities:
                return quantities.SelectMany(entry => Leaves(entry.Value, Join(quantity, entry.Key), Join(element, entry.Key)));
            case string text:
                return [new Leaf(quantity, element, text)];
            case IEnumerable list:
                return list.Cast<object?>().SelectMany((item, place) => Leaves(item, ArrayName(quantity, item, place), Join(element, place.ToString(CultureInfo.InvariantCulture))));
            case var single:
                return [new Leaf(quantity, element, single)];
        }
    }

    internal static IEnumerable<Leaf> Leaves(JsonElement value, string quantity = "", string element = "") => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(entry => Leaves(entry.Value, Join(quantity, entry.Name), Join(element, entry.Name))),
        JsonValueKind.Array => value.EnumerateArray().SelectMany((item, place) =>
            Leaves(item, item.ValueKind == JsonValueKind.Object ? Join(quantity, place.ToString(CultureInfo.InvariantCulture)) : quantity, Join(element, place.ToString(CultureInfo.InvariantCulture)))),
        JsonValueKind.Number => [new Leaf(quantity, element, value.GetDouble())],
        JsonValueKind.String => [new Leaf(quantity, element, value.GetString())],
        JsonValueKind.True or JsonValueKind.False => [new Leaf(quantity, element, value.GetBoolean())],
        _ => [new Leaf(quantity, element, null)],
    };

    /// <summary>Integers become doubles, NaN and missing become null, matrices become lists of rows.</summary>
    internal static object? Normal(object? value) => value switch
    {
        null => null,
        double number => double.IsNaN(number) ? null : number,
        int number => (double)number,
        long number => (double)number,
        RowMatrix matrix => Enumerable.Range(0, matrix.Rows).Select(row => matrix.Row(row).ToArray()),
        _ => value,
    };

    private static string ArrayName(string quantity, object? item, int place) =>
        item is Quantities ? Join(quantity, place.ToString(CultureInfo.InvariantCulture)) : quantity;

    private static string Join(string prefix, string name) => prefix.Length == 0 ? name : $"{prefix}.{name}";
}
