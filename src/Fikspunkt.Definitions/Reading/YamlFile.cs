using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Fikspunkt.Definitions.Reading;

/// <summary>A definition file while it is read: its name, and where faults and ids go.</summary>
internal sealed record Context(string File, ProblemList Problems, References References)
{
    public Place At(YamlNode node) => At(node.Start);

    public Place At(Mark mark) => new(File, (int)mark.Line, mark.Column.ToString(CultureInfo.InvariantCulture));

    public void Fault(YamlNode node, string rule, string? found = null, string? expected = null) => Problems.Add(At(node), rule, found, expected);
}

/// <summary>Reads text and YAML files; what cannot be read becomes a fault.</summary>
internal static class YamlFile
{
    // Our files nest five deep; a limit keeps hostile nesting from exhausting the stack of the recursive reader.
    private const int DeepestNesting = 32;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The file's text, or <see langword="null"/> after noting a fault.</summary>
    public static string? ReadText(string path, string shownName, ProblemList problems)
    {
        try
        {
            return StrictUtf8.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException exception)
        {
            problems.Add(new Place(shownName), Texts.NotUtf8, exception.BytesUnknown is { } bytes ? Convert.ToHexString(bytes) : null, "UTF-8");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Place(shownName), Texts.CannotRead, exception.Message);
        }

        return null;
    }

    /// <summary>The root node of the only document, or <see langword="null"/> after noting a fault.</summary>
    public static YamlNode? Parse(string text, Context context)
    {
        if (!IsPlain(text, context))
        {
            return null;
        }

        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents[0].RootNode;
        }
        catch (Exception exception) when (IsOfTheLibrary(exception))
        {
            // What only the tree can show, as a key that stands twice in one mapping.
            var place = exception is YamlException yaml ? context.At(yaml.Start) : new Place(context.File);
            context.Problems.Add(place, Texts.NotYaml, exception.InnerException?.Message ?? exception.Message);
            return null;
        }
    }

    /// <summary>Only one document, of moderate depth, without anchors, aliases and tags: they would let a short file grow without bound, and no definition needs them.</summary>
    private static bool IsPlain(string text, Context context)
    {
        var parser = new Parser(new StringReader(text));
        var (depth, documents) = (0, 0);
        bool? more;
        while ((more = MoveNext(parser, context)) == true)
        {
            var current = parser.Current!;
            depth += current.NestingIncrease;
            documents += current is DocumentStart ? 1 : 0;
            string? fault = current switch
            {
                AnchorAlias => Texts.NoAliases,
                NodeEvent { Anchor.IsEmpty: false } => Texts.NoAliases,
                NodeEvent { Tag.IsEmpty: false } => Texts.NoTags,
                _ when depth > DeepestNesting => Texts.TooDeep,
                _ when documents > 1 => Texts.OneDocument,
                _ => null,
            };
            if (fault is not null)
            {
                context.Problems.Add(context.At(current.Start), fault);
                return false;
            }
        }

        if (more is null)
        {
            return false;
        }

        if (documents == 0)
        {
            context.Problems.Add(new Place(context.File), Texts.EmptyFile);
            return false;
        }

        return true;
    }

    /// <summary>Whether there is a next event; <see langword="null"/> after noting a fault.</summary>
    private static bool? MoveNext(Parser parser, Context context)
    {
        var last = parser.Current?.End ?? Mark.Empty;
        try
        {
            return parser.MoveNext();
        }
        catch (Exception exception) when (IsOfTheLibrary(exception))
        {
            // Where the library names no place, the last good event is near.
            context.Problems.Add(context.At(exception is YamlException yaml ? yaml.Start : last), Texts.NotYaml, exception.Message);
            return null;
        }
    }

    /// <summary>How the library refuses text. On some malformed text its scanner and its tree fail by general exceptions.</summary>
    private static bool IsOfTheLibrary(Exception exception) => exception is YamlException or InvalidOperationException or ArgumentException;
}
