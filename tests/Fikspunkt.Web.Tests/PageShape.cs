using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Fikspunkt.Web.Tests;

/// <summary>What a page must have in common with its translation: its blocks in order, the figures in each, code, and where links lead.</summary>
/// <remarks>
/// Figures are compared block by block in the order in which they stand, so that one that is forgotten, mistyped or exchanged is found and said where.
/// Every figure is read by its own language's marks: 1,234.5 in English is 1.234,5 in Danish. A mark left in the other language's form is a difference, for a Dane reads 1,234 as little more than one.
/// </remarks>
internal sealed partial record PageShape(IReadOnlyList<PageBlock> Blocks, IReadOnlyList<string> Terms, IReadOnlyList<string> Links)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    /// <summary>Reads a page.</summary>
    /// <param name="text">Its Markdown.</param>
    /// <param name="folder">Its folder inside the documents, which links start from.</param>
    /// <param name="danish">Whether it is written in Danish.</param>
    public static PageShape Of(string text, string folder, bool danish)
    {
        var document = Markdown.Parse(text, Pipeline);
        return new PageShape(
            [.. document.Descendants().OfType<Block>().Select(block => Read(block, danish))],
            [.. document.Descendants<CodeInline>().Select(code => code.Content.Replace("docs/da/", "docs/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)],
            [.. document.Descendants<LinkInline>().Select(link => Target(folder, link.Url ?? "")).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Where a translation differs from a page, in words.</summary>
    public IEnumerable<string> Differences(PageShape translation)
    {
        foreach (var (own, other) in Blocks.Zip(translation.Blocks))
        {
            if (own.Kind != other.Kind)
            {
                // What follows is out of step.
                return [$"{own} against {other}"];
            }
        }

        return Blocks.Count != translation.Blocks.Count
            ? [$"{Blocks.Count} blocks against {translation.Blocks.Count}, first without match: {(Blocks.Count > translation.Blocks.Count ? Blocks[translation.Blocks.Count] : translation.Blocks[Blocks.Count])}"]
            :
            [
                .. Blocks.Zip(translation.Blocks).Where(pair => !pair.First.Content.SequenceEqual(pair.Second.Content, StringComparer.Ordinal))
                    .Select(pair => $"{pair.Second}: {string.Join(' ', pair.First.Content)} against {string.Join(' ', pair.Second.Content)}"),
                .. Unmatched("code", Terms, translation.Terms),
                .. Unmatched("link", Links, translation.Links),
            ];
    }

    private static IEnumerable<string> Unmatched(string kind, IReadOnlyList<string> own, IReadOnlyList<string> other) => own.Union(other, StringComparer.Ordinal)
        .Select(item => (Item: item, Own: own.Count(x => x == item), Other: other.Count(x => x == item)))
        .Where(item => item.Own != item.Other)
        .Select(item => $"{kind} '{item.Item}': {item.Own} against {item.Other}");

    private static PageBlock Read(Block block, bool danish) => block switch
    {
        HeadingBlock heading => new PageBlock($"heading {heading.Level}", Text(heading), Figures(Text(heading), danish)),
        CodeBlock code => new PageBlock("code", code.Lines.ToString(), [code.Lines.ToString()]),
        TableRow => new PageBlock("row", "", []),
        LeafBlock leaf => new PageBlock(leaf.GetType().Name, Text(leaf), Figures(Text(leaf), danish)),
        _ => new PageBlock(block.GetType().Name, "", []),
    };

    private static string Text(LeafBlock block)
    {
        var text = new StringBuilder();
        foreach (var inline in block.Inline?.Descendants() ?? [])
        {
            _ = inline switch
            {
                LiteralInline literal => text.Append(literal.Content.AsSpan()),
                HtmlEntityInline entity => text.Append(entity.Transcoded.AsSpan()),
                CodeInline => text.Append("``"),
                LineBreakInline => text.Append(' '),
                _ => text,
            };
        }

        return text.ToString();
    }

    private static IReadOnlyList<string> Figures(string text, bool danish) =>
        [.. (danish ? Danish() : English()).Matches(text).Select(match => danish ? DanishFigure(match, text) : match.Value.Replace(",", "", StringComparison.Ordinal))];

    private static string DanishFigure(Match match, string text)
    {
        var figure = match.Value;
        return Thousands().IsMatch(figure) ? figure.Replace(".", "", StringComparison.Ordinal).Replace(',', '.')
            : !figure.Contains('.', StringComparison.Ordinal) ? figure.Replace(',', '.')
            : figure.Count(sign => sign == '.') > 1 || InAddress(text, match.Index) || Numbered().IsMatch(text[..match.Index]) ? figure
            : $"{figure} (decimal point)";
    }

    // "afsnit 9.1" and "version 0.33" are no decimals, and references' addresses, as doi:10.1093/restud/rdac006, have points in any language.
    private static bool InAddress(string text, int index) =>
        text[(text.LastIndexOf(' ', index) + 1)..(text.IndexOf(' ', index) is var end and > 0 ? end : text.Length)].Contains('/', StringComparison.Ordinal);

    // The page's own translation is the same target.
    private static string Target(string folder, string link)
    {
        var path = Path.GetRelativePath("/", Path.GetFullPath(link.Split('#')[0], "/" + folder)).Replace('\\', '/');
        return path.StartsWith("da/", StringComparison.Ordinal) ? path[3..]
            : folder.StartsWith("da/", StringComparison.Ordinal) && (path.StartsWith("methods/", StringComparison.Ordinal) || path.StartsWith("measurements/", StringComparison.Ordinal)) ? path + " (English)"
            : path;
    }

    [GeneratedRegex(@"(?<![^\s(=])-?\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|(?<![^\s(=])-?\d+(?:\.\d+)*|\d+(?:\.\d+)*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex English();

    [GeneratedRegex(@"(?<![^\s(=])-?\d+(?:[.,]\d+)*|\d+(?:[.,]\d+)*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Danish();

    [GeneratedRegex(@"\b(?:afsnit|tabel|ligning|kapitel|version) (?:\d+\.\d+(?:, | og ))*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^-?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Thousands();
}

/// <summary>A block of a page: what it is, its text and what of it must be the same in a translation.</summary>
internal sealed record PageBlock(string Kind, string Text, IReadOnlyList<string> Content)
{
    public override string ToString() => $"{Kind} '{(Text.Length > 60 ? Text[..60] + "..." : Text)}'";
}
