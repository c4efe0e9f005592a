using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;
using Fikspunkt.Reports.Html;

namespace Fikspunkt.Reports;

/// <summary>Makes the report: one HTML file that holds everything it needs and asks the network for nothing.</summary>
/// <remarks>
/// The page's Content-Security-Policy allows its own scripts and style by their SHA-256 hashes only, no evaluation of text as script
/// (the charts run on Vega's expression interpreter) and no request at all. The file depends on run, definitions, options and
/// script versions only, never on the clock.
/// </remarks>
public static class HtmlReport
{
    private static readonly string[] ScriptFiles = ["vega/build/vega.min.js", "vega-lite/build/vega-lite.min.js", "vega-embed/build/vega-embed.min.js"];

    /// <summary>The report as HTML.</summary>
    /// <param name="run">The run.</param>
    /// <param name="definitions">For names, the tile map and the ledger of breaks.</param>
    /// <param name="options">Language and scripts.</param>
    /// <exception cref="InputException">A script is missing from the folder.</exception>
    public static string Render(BenchmarkRun run, DefinitionSet definitions, ReportOptions options)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            var english = string.Equals(options.Culture.TwoLetterISOLanguageName, "en", StringComparison.Ordinal);
            var culture = english ? options.Culture : CultureInfo.GetCultureInfo("da-DK");
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            return Page(new ReportModel(run, definitions, culture), Scripts(options.ScriptsFolder));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    private static string Page(ReportModel model, IReadOnlyList<string> scripts)
    {
        var (run, spec) = (model.Run, model.Run.Spec);
        var style = Asset("report.css") + (run.Synthetic ? PrintMark(Texts.SyntheticBanner) : "");
        var policy = $"default-src 'none'; script-src {string.Join(' ', scripts.Select(Hash))}; style-src {Hash(style)}; img-src data:; base-uri 'none'; form-action 'none'";
        var source = Source(model);
        var html = new HtmlBuilder();
        html.Add($"""<!DOCTYPE html><html lang="{model.Culture.TwoLetterISOLanguageName}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="generator" content="Fikspunkt"><title>""");
        html.Add($"{(run.Synthetic ? Texts.SyntheticShort + " – " : "")}{spec.Title.In(model.Culture)}, {Words.ShortPeriod(model.Latest)} – Fikspunkt</title><style>").Markup(style).Markup("</style></head>\n<body>");
        html.Add($"""<a class="skip" href="#indhold">{Texts.SkipLink}</a>""");
        if (run.Synthetic)
        {
            html.Add($"""<div class="synthetic-banner" role="note">{Texts.SyntheticBanner}</div>""");
        }

        Header(html, model);
        html.Add($"""<main id="indhold"><noscript><p class="notice">{Texts.NoScript}</p></noscript>""").Markup("\n");
        SummarySection.Write(html, model);
        Chooser(html, model);
        NationalSection.Write(html, model, source);
        PublishedSection.Write(html, model, source);
        OutcomesSection.Write(html, model, source);
        new MunicipalitySection(model, source).WriteAll(html);
        MethodSection.Write(html, model);
        html.Add($"""</main><footer><p>{Texts.Footer}</p><p>{source}</p></footer>""").Markup("\n");
        html.Markup("<script type=\"application/json\" id=\"data\">").Markup(PageData.Of(model).ToJsonString(PageData.Json)).Markup("</script>\n");
        foreach (var script in scripts)
        {
            html.Markup("<script>").Markup(script).Markup("</script>\n");
        }

        return html.Markup("</body></html>\n").ToString();
    }

    private static void Header(HtmlBuilder html, ReportModel model)
    {
        var spec = model.Run.Spec;
        html.Add($"""<header><p class="brand">Fikspunkt</p><h1>{spec.Title.In(model.Culture)}</h1><p class="period">{Capital(Words.Period(model.Latest))}</p><ul class="vintages">""");
        foreach (var vintage in model.Run.Vintages)
        {
            html.Add($"<li>{Texts.HeaderVintage.With(vintage.Source, vintage.Table, Words.Retrieved(vintage))} <span class=\"hash\">{vintage.ValueHash}</span></li>");
        }

        html.Add($"""</ul></header><nav aria-label="{Texts.Contents}"><ul><li><a href="#kort">{Texts.HeadingSummary}</a></li><li><a href="#landet">{Texts.HeadingNational}</a></li>""");
        if (model.Run.Published is not null)
        {
            html.Add($"""<li><a href="#usikkerhed">{Texts.HeadingPublished}</a></li>""");
        }

        if (model.Outcomes.Count > 1)
        {
            html.Add($"""<li><a href="#udfald">{Texts.HeadingOutcomes}</a></li>""");
        }

        html.Add($"""<li><a href="#kommuner">{Texts.HeadingMunicipalities}</a></li><li><a href="#metode">{Texts.HeadingMethod}</a></li></ul></nav>""").Markup("\n");
    }

    private static void Chooser(HtmlBuilder html, ReportModel model)
    {
        html.Add($"""<section class="chooser" aria-labelledby="find-h"><h2 id="find-h">{Texts.HeadingChooser}</h2><p class="js-only"><label for="vaelg">{Texts.ChooserLabel}</label> <select id="vaelg"><option value="">{Texts.ChooserEmpty}</option>""");
        foreach (var area in model.Areas)
        {
            html.Add($"""<option value="{area}">{model.Names.Municipality(area)}</option>""");
        }

        html.Add($"""</select> <button type="button" id="vis">{Texts.ChooserShow}</button></p><details class="figures"><summary>{Texts.ChooserAll}</summary><ul class="links">""");
        foreach (var area in model.Areas)
        {
            html.Add($"<li>{Cells.Link(model, area)}</li>");
        }

        html.Markup("</ul></details></section>\n");
    }

    private static string Source(ReportModel model)
    {
        var sources = string.Join("; ", model.Run.Vintages.Select(vintage => $"{vintage.Source}, {vintage.Table}, {Words.Retrieved(vintage)}"));
        return (model.Run.Synthetic ? Texts.SyntheticShort + ". " : "") + Texts.SourceLine.With(sources, model.Run.Spec.Id);
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

    private static string Capital(string text) => text.Length == 0 ? text : string.Concat(text[..1].ToUpper(CultureInfo.CurrentCulture), text.AsSpan(1));

    private static string Asset(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
