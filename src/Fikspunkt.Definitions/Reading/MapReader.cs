using System.Text;
using System.Text.RegularExpressions;
using Fikspunkt.Domain;
using NodaTime;
using NodaTime.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Fikspunkt.Definitions.Reading;

/// <summary>Reads one YAML mapping by its schema. A fault is noted and a stand-in returned, so that reading goes on to the next fault.</summary>
internal sealed partial class MapReader
{
    private readonly YamlMappingNode node;
    private readonly Context context;
    private readonly Dictionary<string, YamlNode> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    private MapReader(YamlMappingNode node, Context context)
    {
        (this.node, this.context) = (node, context);
        foreach (var (key, value) in node.Children)
        {
            if (key is YamlScalarNode { Value: { } name })
            {
                values[name] = value;
            }
            else
            {
                context.Fault(key, Texts.KeyMustBeText);
            }
        }
    }

    /// <summary>Reads a mapping, then reports the keys that the reading did not ask for.</summary>
    public static T? Read<T>(YamlNode node, Context context, Func<MapReader, T> read)
        where T : class
    {
        if (node is not YamlMappingNode mapping)
        {
            context.Fault(node, Texts.WrongType, Shown(node), Texts.ExpectedMap);
            return null;
        }

        var reader = new MapReader(mapping, context);
        var result = read(reader);
        foreach (var (key, _) in mapping.Children)
        {
            if (key is YamlScalarNode { Value: { } name } && !reader.known.Contains(name))
            {
                context.Fault(key, Texts.UnknownKey, name, Say.OneOf(name, reader.known));
            }
        }

        return result;
    }

    /// <summary>Reads a list of mappings.</summary>
    public static IReadOnlyList<T> ReadList<T>(YamlNode root, Context context, Func<MapReader, T> read)
        where T : class
    {
        if (root is not YamlSequenceNode sequence)
        {
            context.Fault(root, Texts.WrongType, Shown(root), Texts.ExpectedList);
            return [];
        }

        return [.. sequence.Children.Select(item => Read(item, context, read)).OfType<T>()];
    }

    /// <summary>Notes a fault at a key's value, or at the mapping where the key is absent.</summary>
    public void Fault(string key, string rule, string? found = null, string? expected = null) =>
        context.Problems.Add(PlaceOf(key), rule, found, expected);

    public Place PlaceOf(string key) => context.At(values.GetValueOrDefault(key, node));

    public bool Has(string key)
    {
        known.Add(key);
        return values.TryGetValue(key, out var value) && !IsNull(value);
    }

    /// <summary>A text that is there and is not blank.</summary>
    public string Text(string key) => Required(key) is { } value ? Scalar(value) : string.Empty;

    public string? OptionalText(string key) => Has(key) ? Scalar(values[key]) : null;

    /// <summary>A text that may be empty, but must be written, so that an empty one is meant.</summary>
    public string PossiblyEmptyText(string key)
    {
        known.Add(key);
        if (values.GetValueOrDefault(key) is YamlScalarNode { Value: "", Style: not ScalarStyle.Plain })
        {
            return string.Empty;
        }

        return Text(key);
    }

    /// <summary>An id that this file defines.</summary>
    public string DefineId(string key, Named kind, bool underscores)
    {
        var id = Id(key, underscores);
        if (id.Length > 0)
        {
            context.References.Define(kind, id, PlaceOf(key));
        }

        return id;
    }

    /// <summary>The id of a definition that has a file to itself, which is named by it.</summary>
    public string DefineFileId(Named kind, string fileId)
    {
        const string Key = "id";
        var id = DefineId(Key, kind, underscores: false);
        if (id.Length > 0 && id != fileId)
        {
            Fault(Key, Texts.IdIsNotFileName, id, fileId);
        }

        return id;
    }

    /// <summary>An id in lower-case ASCII.</summary>
    public string Id(string key, bool underscores)
    {
        var id = Text(key);
        if (id.Length > 0 && !(underscores ? UnderscoreId() : HyphenId()).IsMatch(id))
        {
            Fault(key, Texts.BadId, id, underscores ? Texts.ExpectedUnderscoreId : Texts.ExpectedHyphenId);
        }

        return id;
    }

    /// <summary>An id that some file must define.</summary>
    public string Use(string key, Named kind)
    {
        var id = Text(key);
        if (id.Length > 0)
        {
            context.References.Use(kind, id, PlaceOf(key));
        }

        return id;
    }

    public string? OptionalUse(string key, Named kind) => Has(key) ? Use(key, kind) : null;

    public LocalizedText Localized(string key) =>
        Required(key) is { } value ? Localized(value) : new LocalizedText(string.Empty, string.Empty);

    public T Choice<T>(string key)
        where T : struct, Enum
    {
        if (Required(key) is not { } value || Scalar(value) is not { Length: > 0 } text)
        {
            return default;
        }

        foreach (var choice in Enum.GetValues<T>())
        {
            if (string.Equals(Kebab(choice.ToString()), text, StringComparison.Ordinal))
            {
                return choice;
            }
        }

        Fault(key, Texts.UnknownValue, text, Say.OneOf(text, [.. Enum.GetNames<T>().Select(Kebab)]));
        return default;
    }

    public string Choice(string key, IReadOnlyCollection<string> choices)
    {
        var text = Text(key);
        if (text.Length > 0 && !choices.Contains(text))
        {
            Fault(key, Texts.UnknownValue, text, Say.OneOf(text, choices));
        }

        return text;
    }

    public LocalDate Date(string key) => OptionalDate(key, Required(key)) ?? default;

    public LocalDate? OptionalDate(string key) => Has(key) ? OptionalDate(key, values[key]) : null;

    public bool YesNo(string key)
    {
        if (Required(key) is not { } value || Scalar(value) is not { Length: > 0 } text)
        {
            return false;
        }

        if (!IsPlain(value) || text is not ("true" or "false"))
        {
            Fault(key, Texts.WrongType, text, "true / false");
        }

        return text == "true";
    }

    /// <summary>A list of texts with their places; empty when the key is absent and may be.</summary>
    public IReadOnlyList<(string Text, Place Place)> PlacedTexts(string key, bool required = false)
    {
        if (!Has(key))
        {
            if (required)
            {
                Required(key);
            }

            return [];
        }

        if (values[key] is not YamlSequenceNode sequence)
        {
            Fault(key, Texts.WrongType, Shown(values[key]), Texts.ExpectedTextList);
            return [];
        }

        if (required && sequence.Children.Count == 0)
        {
            Fault(key, Texts.EmptyList);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var texts = new List<(string, Place)>();
        foreach (var child in sequence.Children)
        {
            var text = Scalar(child);
            if (text.Length > 0 && !seen.Add(text))
            {
                context.Fault(child, Texts.TwiceInList, text);
            }

            texts.Add((text, context.At(child)));
        }

        return texts;
    }

    public IReadOnlyList<string> TextList(string key, bool required = false) => [.. PlacedTexts(key, required).Select(text => text.Text)];

    public IReadOnlyList<string> UseList(string key, Named kind, bool required = false)
    {
        var texts = PlacedTexts(key, required);
        foreach (var (text, place) in texts.Where(text => text.Text.Length > 0))
        {
            context.References.Use(kind, text, place);
        }

        return [.. texts.Select(text => text.Text)];
    }

    /// <summary>A mapping of text to text; values may be empty where they are quoted.</summary>
    public IReadOnlyDictionary<string, string> TextMap(string key, Named? valueKind = null)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!Has(key))
        {
            return result;
        }

        Read(values[key], context, map =>
        {
            foreach (var name in map.values.Keys)
            {
                result[name] = map.PossiblyEmptyText(name);
                if (valueKind is { } kind && result[name].Length > 0)
                {
                    context.References.Use(kind, result[name], map.PlaceOf(name));
                }
            }

            return result;
        });
        return result;
    }

    /// <summary>Every key of this mapping with its text, which may be empty where it is quoted.</summary>
    public IReadOnlyDictionary<string, string> AllTexts() => values.Keys.ToDictionary(name => name, PossiblyEmptyText, StringComparer.Ordinal);

    public T? Nested<T>(string key, Func<MapReader, T> read)
        where T : class => Required(key) is { } value ? Read(value, context, read) : null;

    public T? OptionalNested<T>(string key, Func<MapReader, T> read)
        where T : class => Has(key) ? Read(values[key], context, read) : null;

    public IReadOnlyList<T> NestedList<T>(string key, Func<MapReader, T> read, bool required)
        where T : class
    {
        if (!Has(key))
        {
            if (required)
            {
                Required(key);
            }

            return [];
        }

        var list = ReadList(values[key], context, read);
        if (required && values[key] is YamlSequenceNode { Children.Count: 0 })
        {
            Fault(key, Texts.EmptyList);
        }

        return list;
    }

    /// <summary>The spelling of an enum's member in the files: <c>NotJudged</c> is <c>not-judged</c>.</summary>
    internal static string Kebab(string member)
    {
        var text = new StringBuilder();
        foreach (var letter in member)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    private static bool IsPlain(YamlNode value) => value is YamlScalarNode { Style: ScalarStyle.Plain };

    private static bool IsNull(YamlNode value) => value is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private static string Shown(YamlNode value) => value switch
    {
        YamlScalarNode scalar => scalar.Value ?? string.Empty,
        YamlSequenceNode => Texts.AList,
        _ => Texts.AMap,
    };

    private YamlNode? Required(string key)
    {
        if (Has(key))
        {
            return values[key];
        }

        Fault(key, Texts.MissingKey, expected: key);
        return null;
    }

    private string Scalar(YamlNode value)
    {
        if (value is not YamlScalarNode { Value: { } text })
        {
            context.Fault(value, Texts.WrongType, Shown(value), Texts.ExpectedText);
            return string.Empty;
        }

        if (string.IsNullOrWhiteSpace(text) || IsNull(value))
        {
            context.Fault(value, Texts.EmptyText);
            return string.Empty;
        }

        return text;
    }

    private LocalizedText Localized(YamlNode value) =>
        Read(value, context, map => new LocalizedText(map.Text("da"), map.Text("en"))) ?? new LocalizedText(string.Empty, string.Empty);

    private LocalDate? OptionalDate(string key, YamlNode? value)
    {
        if (value is null || Scalar(value) is not { Length: > 0 } text)
        {
            return null;
        }

        var parsed = LocalDatePattern.Iso.Parse(text);
        if (parsed.Success)
        {
            return parsed.Value;
        }

        Fault(key, Texts.WrongType, text, Texts.ExpectedDate);
        return null;
    }

    [GeneratedRegex("^[a-z0-9]+(_[a-z0-9]+)*\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UnderscoreId();

    [GeneratedRegex("^[a-z0-9]+([-_][a-z0-9]+)*\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HyphenId();
}
