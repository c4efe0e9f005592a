using System.Globalization;
using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports.Html;

namespace Fikspunkt.Reports.Measurements;

/// <summary>Makes the report of measurements: one HTML file that holds everything it needs and asks the network for nothing.</summary>
/// <remarks>Each measurement with its question, findings, chart, tables and critics, then each municipality with every measurement side by side.
/// The file depends on results, definitions, options and script versions only, never on the clock.</remarks>
public static class MeasurementReport
{
    /// <summary>The report as HTML.</summary>
    /// <param name="results">What the measurements gave, in the order shown.</param>
    /// <param name="definitions">For the names.</param>
    /// <param name="options">Language and scripts.</param>
    /// <exception cref="InputException">A script is missing from the folder.</exception>
    public static string Render(IReadOnlyList<MeasurementResult> results, DefinitionSet definitions, ReportOptions options) =>
        HtmlPage.In(options.Culture, culture => Page(new MeasurementModel(results, definitions, culture), options.ScriptsFolder));

    private static string Page(MeasurementModel model, string scriptsFolder) => new HtmlPage(Title(model), model.Synthetic, model.Culture, scriptsFolder).Write(
        html => Header(html, model),
        html =>
        {
            Overview(html, model);
            HtmlPage.Chooser(html, model.Areas, model.Names.Municipality);
            foreach (var result in model.Results)
            {
                MeasurementSection.Write(html, model, result);
            }

            MeasurementMunicipalities.Write(html, model);
        },
        _ => { },
        MeasurementCharts.Data(model));

    private static string Title(MeasurementModel model) => model.Results.Count == 1 ? model.Results[0].Spec.Title.In(model.Culture) : Texts.MeasureTitle;

    private static void Header(HtmlBuilder html, MeasurementModel model)
    {
        html.Add($"""<header><p class="brand">Fikspunkt</p><h1>{Title(model)}</h1>""");
        HtmlPage.Vintages(html, model.Vintages);
        html.Add($"""</header><nav aria-label="{Texts.Contents}"><ul><li><a href="#kort">{Texts.HeadingSummary}</a></li>""");
        foreach (var result in model.Results)
        {
            html.Add($"""<li><a href="#{MeasurementSection.Id(result)}">{result.Spec.Title.In(model.Culture)}</a></li>""");
        }

        html.Add($"""<li><a href="#kommuner">{Texts.HeadingMunicipalities}</a></li></ul></nav>""").Markup("\n");
    }

    private static void Overview(HtmlBuilder html, MeasurementModel model)
    {
        html.Add($""""<section id="kort" aria-labelledby="kort-h"><h2 id="kort-h">{Texts.HeadingSummary}</h2>{(model.Results.Count > 1 ? new HtmlBuilder().Add($"""<p class="lead">{Texts.MeasureLead.With(model.Results.Count, model.Areas.Count)}</p>""") : null)}<ul class="lines"><li>{Texts.MeasureReadRank}</li><li>{Texts.MeasureReadClass}</li><li>{Texts.MeasureReadWhich}</li></ul><div class="side">"""");
        Html.Table.Write(
            html,
            Texts.MeasureCaptionOverview,
            [new(Texts.MeasureColumnMeasurement, false), new(Texts.ColumnPeriod, false), new(Texts.MeasureColumnUnits), new(Texts.MeasureClassBetter), new(Texts.ClassAsExpected), new(Texts.MeasureClassWorse), new(Texts.MeasureColumnWidth), new(Texts.ColumnPossiblyBest)],
            model.Results.Select(result => (IReadOnlyList<HtmlBuilder>)[new HtmlBuilder().Add($"""<a href="#{MeasurementSection.Id(result)}">{result.Spec.Title.In(model.Culture)}</a>"""), .. Row(model, MeasurementModel.Overall(result))]));
        html.Markup("</div></section>\n");
    }

    private static IEnumerable<HtmlBuilder> Row(MeasurementModel model, IReadOnlyList<MeasuredPosition> positions)
    {
        if (positions.Count == 0)
        {
            return Enumerable.Repeat(Cells.Text(ReportNumbers.None), 7);
        }

        var judged = positions.Any(position => position.Class is not null);
        HtmlBuilder Count(SignificanceClass significance) => Cells.Text(judged ? positions.Count(position => position.Class == significance).ToString(CultureInfo.InvariantCulture) : ReportNumbers.None);
        return
        [
            Cells.Text(Words.ShortPeriod(positions[0].Period)), Cells.Text(model.Numbers.Whole(positions.Count)),
            Count(SignificanceClass.Better), Count(SignificanceClass.AsExpected), Count(SignificanceClass.Worse),
            Cells.Text(model.Numbers.Whole(positions.Average(position => position.RankUpper - position.RankLower + 1.0))),
            Cells.Text(positions.Count(position => position.RankLower == 1).ToString(CultureInfo.InvariantCulture)),
        ];
    }
}
