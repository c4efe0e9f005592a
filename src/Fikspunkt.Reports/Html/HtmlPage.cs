using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;

namespace Fikspunkt.Reports.Html;

/// <summary>A page that holds everything it needs and asks the network for nothing: head, policy, style, scripts, banner and the data of its charts.</summary>
/// <remarks>
/// Its Content-Security-Policy allows its own scripts and style by their SHA-256 hashes only, no evaluation of text as script
/// (the charts run on Vega's expression interpreter) and no request at all.
/// </remarks>
/// <param name="Title">Title of the window, without the mark of made-up data.</param>
/// <param name="Synthetic">Whether any data are made up.</param>
/// <param name="Culture">Language.</param>
/// <param name="ScriptsFolder">The folder <c>node_modules</c> with the charts' packages.</param>
internal sealed record HtmlPage(string Title, bool Synthetic, CultureInfo Culture, string ScriptsFolder)
{
    private static readonly string[] ScriptFiles = ["vega/build/vega.min.js", "vega-lite/build/vega-lite.min.js", "vega-embed/build/vega-embed.min.js"];

    /// <summary>Renders in the language asked for: English for any English culture, else Danish.</summary>
    public static string In(CultureInfo asked, Func<CultureInfo, string> render)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            var english = string.Equals(asked.TwoLetterISOLanguageName, "en", StringComparison.Ordinal);
            var culture = english ? asked : CultureInfo.GetCultureInfo("da-DK");
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            return render(culture);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    /// <summary>The page as HTML.</summary>
    /// <param name="header">Writes what comes before the main part.</param>
    /// <param name="main">Writes the main part.</param>
    /// <param name="footer">Writes the paragraphs of the footer.</param>
    /// <param name="data">The charts' specifications and data.</param>
    /// <exception cref="InputException">A script is missing from the folder.</exception>
    public string Write(Action<HtmlBuilder> header, Action<HtmlBuilder> main, Action<HtmlBuilder> footer, JsonObject data)
    {
        var scripts = Scripts(ScriptsFolder);
        var style = Asset("report.css") + (Synthetic ? PrintMark(Texts.SyntheticBanner) : "");
        var policy = $"default-src 'none'; script-src {string.Join(' ', scripts.Select(Hash))}; style-src {Hash(style)}; img-src data:; base-uri 'none'; form-action 'none'";
        var html = new HtmlBuilder();
        html.Add($"""<!DOCTYPE html><html lang="{Culture.TwoLetterISOLanguageName}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="generator" content="Fikspunkt"><title>""");
        html.Add($"{(Synthetic ? Texts.SyntheticShort + " – " : "")}{Title} – Fikspunkt</title><style>").Markup(style).Markup("</style></head>\n<body>");
        html.Add($"""<a class="skip" href="#indhold">{Texts.SkipLink}</a>""");
        if (Synthetic)
        {
            html.Add($"""<div class="synthetic-banner" role="note">{Texts.SyntheticBanner}</div>""");
        }

        header(html);
        html.Add($"""<main id="indhold"><noscript><p class="notice">{Texts.NoScript}</p></noscript>""").Markup("\n");
        main(html);
        html.Add($"""</main><footer><p>{Texts.Footer}</p>""");
        footer(html);
        html.Markup("</footer>\n<script type=\"application/json\" id=\"data\">").Markup(data.ToJsonString(PageData.Json)).Markup("</script>\n");
        foreach (var script in scripts)
        {
            html.Markup("<script>").Markup(script).Markup("</script>\n");
        }

        return html.Markup("</body></html>\n").ToString();
    }

    /// <summary>The choice of a municipality by name, and all of them as links.</summary>
    public static void Chooser(HtmlBuilder html, IReadOnlyList<string> areas, Func<string, string> name)
    {
        html.Add($"""<section class="chooser" aria-labelledby="find-h"><h2 id="find-h">{Texts.HeadingChooser}</h2><p class="js-only"><label for="vaelg">{Texts.ChooserLabel}</label> <select id="vaelg"><option value="">{Texts.ChooserEmpty}</option>""");
        foreach (var area in areas)
        {
            html.Add($"""<option value="{area}">{name(area)}</option>""");
        }

        html.Add($"""</select> <button type="button" id="vis">{Texts.ChooserShow}</button></p><details class="figures"><summary>{Texts.ChooserAll}</summary><ul class="links">""");
        foreach (var area in areas)
        {
            html.Add($"""<li><a href="#k{area}">{name(area)}</a></li>""");
        }

        html.Markup("</ul></details></section>\n");
    }

    /// <summary>The data that the page rests on, one line each.</summary>
    public static void Vintages(HtmlBuilder html, IEnumerable<VintageReference> vintages)
    {
        html.Markup("<ul class=\"vintages\">");
        foreach (var vintage in vintages)
        {
            html.Add($"<li>{Texts.HeaderVintage.With(vintage.Source, vintage.Table, Words.Retrieved(vintage))} <span class=\"hash\">{vintage.ValueHash}</span></li>");
        }

        html.Markup("</ul>");
    }

    private static List<string> Scripts(string folder)
    {
        var missing = ScriptFiles.Select(file => Path.Combine([folder, .. file.Split('/')])).Where(path => !File.Exists(path)).ToList();
        if (missing.Count > 0)
        {
            throw new InputException([.. missing.Select(path => new InputProblem(Texts.ScriptMissing, path, Expected: Texts.ScriptExpected))]);
        }

        return [.. ScriptFiles.Select(file => Embeddable(File.ReadAllText(Path.Combine([folder, .. file.Split('/')])))), Embeddable(Asset("report.js"))];
    }

    // "</script" would end the element, and "<!--" would start a state in which "<script" does not nest as written.
    private static string Embeddable(string script) => script
        .Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)
        .Replace("<!--", "<\\!--", StringComparison.Ordinal)
        .ReplaceLineEndings("\n");

    private static string Hash(string content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";

    // Page margin boxes repeat on every printed page; the text is ours, so only quotes and backslashes could break out of the string.
    private static string PrintMark(string text) =>
        $"\n@page {{ @top-center {{ content: \"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"; font: 700 9pt sans-serif; color: #9a3412; }} }}\n";

    private static string Asset(string name)
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
