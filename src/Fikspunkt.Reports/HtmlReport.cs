using System.Globalization;
using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;
using Fikspunkt.Reports.Html;

namespace Fikspunkt.Reports;

/// <summary>Makes the report: one HTML file that holds everything it needs and asks the network for nothing.</summary>
/// <remarks>The file depends on run, definitions, options and script versions only, never on the clock.</remarks>
public static class HtmlReport
{
    /// <summary>The report as HTML.</summary>
    /// <param name="run">The run.</param>
    /// <param name="definitions">For names, the tile map and the ledger of breaks.</param>
    /// <param name="options">Language and scripts.</param>
    /// <exception cref="InputException">A script is missing from the folder.</exception>
    public static string Render(BenchmarkRun run, DefinitionSet definitions, ReportOptions options) =>
        HtmlPage.In(options.Culture, culture => Page(new ReportModel(run, definitions, culture), options.ScriptsFolder));

    private static string Page(ReportModel model, string scriptsFolder)
    {
        var source = Source(model);
        return new HtmlPage($"{model.Run.Spec.Title.In(model.Culture)}, {Words.ShortPeriod(model.Latest)}", model.Run.Synthetic, model.Culture, scriptsFolder).Write(
            html => Header(html, model),
            html =>
            {
                SummarySection.Write(html, model);
                HtmlPage.Chooser(html, model.Areas, model.Names.Municipality);
                NationalSection.Write(html, model, source);
                PublishedSection.Write(html, model, source);
                OutcomesSection.Write(html, model, source);
                new MunicipalitySection(model, source).WriteAll(html);
                MethodSection.Write(html, model);
            },
            html => html.Add($"<p>{source}</p>"),
            PageData.Of(model));
    }

    private static void Header(HtmlBuilder html, ReportModel model)
    {
        var spec = model.Run.Spec;
        html.Add($"""<header><p class="brand">Fikspunkt</p><h1>{spec.Title.In(model.Culture)}</h1><p class="period">{Capital(Words.Period(model.Latest))}</p>""");
        HtmlPage.Vintages(html, model.Run.Vintages);
        html.Add($"""</header><nav aria-label="{Texts.Contents}"><ul><li><a href="#kort">{Texts.HeadingSummary}</a></li><li><a href="#landet">{Texts.HeadingNational}</a></li>""");
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

    private static string Source(ReportModel model)
    {
        var sources = string.Join("; ", model.Run.Vintages.Select(vintage => $"{vintage.Source}, {vintage.Table}, {Words.Retrieved(vintage)}"));
        return (model.Run.Synthetic ? Texts.SyntheticShort + ". " : "") + Texts.SourceLine.With(sources, model.Run.Spec.Id);
    }

    private static string Capital(string text) => text.Length == 0 ? text : string.Concat(text[..1].ToUpper(CultureInfo.CurrentCulture), text.AsSpan(1));
}
