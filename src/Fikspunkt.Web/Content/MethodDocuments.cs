using System.Collections.Concurrent;
using System.Collections.Frozen;
using Fikspunkt.Web.Hosting;
using Markdig;
using Markdig.Helpers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Fikspunkt.Web.Content;

/// <summary>A method page as the project documents it, ready for a page of the site.</summary>
/// <param name="Title">Its heading, without marks.</param>
/// <param name="Html">What follows the heading. Markup inside the document was escaped.</param>
/// <param name="Language">The language that it is written in, <c>da</c> or <c>en</c>.</param>
internal sealed record MethodDocument(string Title, string Html, string Language)
{
    /// <summary>Whether it is written in the language of the request.</summary>
    public bool InOwnLanguage => Language == (Languages.IsEnglish ? MethodDocuments.English : MethodDocuments.Danish);
}

/// <summary>The method pages that come with the program: <c>methods/NAME</c> and <c>measurements/NAME</c>.</summary>
/// <remarks>
/// They are written in English, and in Danish under <c>da/</c> by the same names. A Danish address shows the Danish page, and the English one where it has not been written.
/// Links between them lead to the site's pages in the language of the request; links to anything else become plain text.
/// </remarks>
internal static class MethodDocuments
{
    public const string Methods = "methods/";
    public const string Measurements = "measurements/";
    public const string Danish = "da";
    public const string English = "en";
    private const string Extension = ".md";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();
    private static readonly Lazy<FrozenDictionary<string, string>> Sources = new(Read);
    private static readonly ConcurrentDictionary<(string Name, bool English), MethodDocument> Made = new();

    /// <summary>Names of the pages about methods, without folder, in order.</summary>
    public static IEnumerable<string> MethodNames => Sources.Value.Keys.Where(name => name.StartsWith(Methods, StringComparison.Ordinal)).Select(name => name[Methods.Length..]).Order(StringComparer.Ordinal);

    /// <summary>A page by folder and name, or <see langword="null"/> when there is none.</summary>
    public static MethodDocument? Find(string name)
    {
        var english = Languages.IsEnglish;
        return Choose(Sources.Value, name, english) is { } chosen ? Made.GetOrAdd((name, english), _ => Render(name, chosen.Text, english, chosen.Language)) : null;
    }

    /// <summary>The text to show, and the language that it is written in.</summary>
    internal static (string Text, string Language)? Choose(IReadOnlyDictionary<string, string> sources, string name, bool english) =>
        !english && sources.TryGetValue($"{Danish}/{name}", out var danish) ? (danish, Danish)
        : sources.TryGetValue(name, out var text) ? (text, English)
        : null;

    /// <summary>Makes a page of Markdown text.</summary>
    /// <param name="name">Folder and name, whatever the language.</param>
    /// <param name="text">Its text.</param>
    /// <param name="english">Whether links lead to the English pages of the site.</param>
    /// <param name="language">The language that the text is written in.</param>
    internal static MethodDocument Render(string name, string text, bool english, string language)
    {
        var document = Markdown.Parse(text, Pipeline);
        var title = "";
        if (document.FirstOrDefault() is HeadingBlock { Level: 1 } first)
        {
            title = string.Concat(first.Inline!.Descendants<LiteralInline>().Select(literal => literal.Content.ToString()));
            document.Remove(first);
        }

        // The page itself has headings of the first two levels.
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            heading.Level = Math.Min(6, heading.Level + 1);
        }

        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            if (!link.IsImage && Address(name, link.Url, english) is { } address)
            {
                link.Url = address;
            }
            else
            {
                link.ReplaceBy(new ContainerInline(), copyChildren: !link.IsImage);
            }
        }

        // Danish writes a space before the sign, which no line may break at.
        foreach (var literal in document.Descendants<LiteralInline>().Where(literal => literal.Content.AsSpan().Contains(" %", StringComparison.Ordinal)))
        {
            literal.Content = new StringSlice(literal.Content.ToString().Replace(" %", "\u00a0%", StringComparison.Ordinal));
        }

        foreach (var code in document.Descendants<CodeBlock>())
        {
            // What programs read and write is English in either language's page.
            code.GetAttributes().AddProperty("tabindex", "0");
            code.GetAttributes().AddProperty("lang", English);
        }

        // A wide table scrolls in a box of its own, which the keyboard reaches.
        var html = document.ToHtml(Pipeline)
            .Replace("<table>", $"""<div class="scroll" tabindex="0" role="region" aria-label="{(english ? "Table" : "Tabel")}"><table class="table">""", StringComparison.Ordinal)
            .Replace("</table>", "</table></div>", StringComparison.Ordinal)
            .Replace("<pre><code tabindex=\"0\"", "<pre tabindex=\"0\"><code", StringComparison.Ordinal);
        return new MethodDocument(title, html, language);
    }

    // Only a page that is here too is linked to.
    private static string? Address(string from, string? link, bool english)
    {
        if (link is null || !link.EndsWith(Extension, StringComparison.Ordinal) || link.Contains(':', StringComparison.Ordinal))
        {
            return null;
        }

        var folder = from[..(from.IndexOf('/', StringComparison.Ordinal) + 1)];
        var target = (link.StartsWith("../", StringComparison.Ordinal) ? link[3..] : folder + link)[..^Extension.Length];
        return !Sources.Value.ContainsKey(target) ? null
            : target.StartsWith(Measurements, StringComparison.Ordinal) ? target == Measurements + "README" ? Links.To(SitePages.Measurements, english) : Links.To(SitePages.Measurement, english, target[Measurements.Length..])
            : Links.To(SitePages.Method, english, target[Methods.Length..]);
    }

    private static FrozenDictionary<string, string> Read()
    {
        var root = Path.Combine(AppContext.BaseDirectory, "docs");
        return Directory.Exists(root)
            ? Directory.EnumerateFiles(root, "*" + Extension, SearchOption.AllDirectories)
                .ToFrozenDictionary(path => Path.GetRelativePath(root, path).Replace('\\', '/')[..^Extension.Length], File.ReadAllText, StringComparer.Ordinal)
            : FrozenDictionary<string, string>.Empty;
    }
}
