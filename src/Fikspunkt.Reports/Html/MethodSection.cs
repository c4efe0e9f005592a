using System.Globalization;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Reports.Html;

/// <summary>How the figures came about, so that a reader can judge and recompute them.</summary>
internal static class MethodSection
{
    private const int LongestShownList = 12;

    public static void Write(HtmlBuilder html, ReportModel model)
    {
        var (run, spec) = (model.Run, model.Run.Spec);
        html.Add($"""<section id="metode" aria-labelledby="metode-h"><h2 id="metode-h">{Texts.HeadingMethod}</h2>""");
        html.Add($"<p>{Expectation(spec)} {Noise(spec)}</p><p>{Texts.MethodRanks.With(model.CoveragePerCent, spec.Ranking.Draws, spec.Ranking.Seed)} {(spec.Ranking.By == RankBy.Relative ? Texts.MethodRankRelative : Texts.MethodRankShare)}</p><p>{Texts.MethodShrunken}</p>");
        if (spec.Covariates.Count > 0)
        {
            html.Add($"<p>{Texts.MethodCovariates} {string.Join(", ", spec.Covariates.Select(covariate => model.Names.Covariate(covariate.Id)))}.</p>");
        }

        Fits(html, model);
        Lines(html, Texts.HeadingBreaks, Texts.NoBreaks, run.Breaks.Select(model.Names.Break));
        Lines(html, Texts.HeadingExclusions, Texts.NoExclusions, run.Exclusions.Select(exclusion => Words.Exclusion(exclusion, model.Names)));
        Lines(html, Texts.HeadingNotes, Texts.NoNotes, run.Notes.Select(note => Words.Note(note, model.Names)));
        Lines(html, Texts.HeadingData, "", run.Vintages.Select(Words.Vintage));
        html.Add($"<p>{Texts.MethodModel.With(spec.Id, spec.Institution, Words.Date(spec.Reviewed))}</p></section>").Markup("\n");
    }

    /// <summary>How the expectation is made.</summary>
    public static string Expectation(ModelSpec spec) => spec.Kind == ModelKind.PublishedExpectation
        ? Texts.MethodPublished
        : (spec.Estimator.Family == EstimatorFamily.FractionalLogit ? Texts.MethodLogit : Texts.MethodLinear)
            + " " + (spec.Estimator.LeaveOneOut ? Texts.MethodLeaveOneOut : Texts.MethodInSample);

    /// <summary>What counts as chance.</summary>
    public static string Noise(ModelSpec spec) => spec.Noise.Model == NoiseModel.Panel ? Texts.MethodPanel : Texts.MethodBinomial;

    private static void Fits(HtmlBuilder html, ReportModel model)
    {
        var fits = model.Run.Fits.Where(fit => fit.Period is null || fit.Period == model.Latest).ToList();
        if (fits.Count == 0)
        {
            return;
        }

        html.Add($"<h3>{Texts.HeadingFits}</h3>");
        Table.Write(
            html,
            Texts.CaptionFits,
            [new(Texts.ColumnOutcome, false), new(Texts.ColumnUnits), new(Texts.ColumnNationalMeanPct), new(Texts.ColumnRSquared), new(Texts.ColumnOverdispersion), new(Texts.ColumnBetweenSd)],
            fits.Select(fit => (IReadOnlyList<HtmlBuilder>)
            [
                Cells.Text(model.Names.Outcome(fit.Outcome)), Cells.Text(fit.Units.ToString(CultureInfo.InvariantCulture)), Cells.Text(model.Numbers.PerCent(fit.NationalMean)),
                Cells.Text(model.Numbers.Fixed(fit.RSquared, 2)), Cells.Text(model.Numbers.Fixed(fit.Overdispersion, 2)), Cells.Text(model.Numbers.PerCent(Math.Sqrt(Math.Max(0, fit.BetweenVariance)))),
            ]));
        if (fits.All(fit => fit.Coefficients.Count == 0))
        {
            return;
        }

        html.Add($"""<details class="figures"><summary>{Texts.HeadingCoefficients}</summary>""");
        Table.Write(
            html,
            Texts.CaptionCoefficients,
            [new(Texts.ColumnOutcome, false), new(Texts.ColumnTerm, false), new(Texts.ColumnEstimate), new(Texts.ColumnStandardError)],
            fits.SelectMany(fit => fit.Coefficients.Select(term => (IReadOnlyList<HtmlBuilder>)
            [
                Cells.Text(model.Names.Outcome(fit.Outcome)), Cells.Text(model.Names.Term(term.Term)), Cells.Text(model.Numbers.Fixed(term.Estimate, 5)), Cells.Text(model.Numbers.Fixed(term.StandardError, 5)),
            ])));
        html.Markup("</details>\n");
    }

    private static void Lines(HtmlBuilder html, string heading, string none, IEnumerable<string> lines)
    {
        html.Add($"<h3>{heading}</h3>");
        var list = lines.ToList();
        if (list.Count == 0)
        {
            html.Add($"<p>{none}</p>");
            return;
        }

        var folded = list.Count > LongestShownList;
        if (folded)
        {
            html.Add($"""<details class="more"><summary>{Texts.ShowAll.With(list.Count)}</summary>""");
        }

        html.Markup("<ul class=\"lines\">");
        foreach (var line in list)
        {
            html.Add($"<li>{line}</li>");
        }

        html.Markup(folded ? "</ul></details>\n" : "</ul>\n");
    }
}
