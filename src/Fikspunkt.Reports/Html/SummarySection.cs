using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Reports.Html;

/// <summary>The first page: what came out, what it can say, what it cannot.</summary>
internal static class SummarySection
{
    public static void Write(HtmlBuilder html, ReportModel model)
    {
        var (spec, results) = (model.Run.Spec, model.Results);
        var counts = ReportModel.Count(results);
        var chance = (1 - spec.Ranking.Coverage) * counts.Units;
        html.Add($"""<section id="kort" aria-labelledby="kort-h"><h2 id="kort-h">{Texts.HeadingSummary}</h2><p class="lead">{spec.Question.In(model.Culture)}</p>""");
        html.Markup("<ul class=\"counts\">");
        Count(html, "better", counts.Better, Texts.CountBetter);
        Count(html, "same", counts.AsExpected, Texts.CountAsExpected);
        Count(html, "worse", counts.Worse, Texts.CountWorse);
        html.Add($"""</ul><p>{Texts.SummaryAbout.With(model.Names.Outcome(model.Headline), Words.Period(model.Latest), counts.Units)}</p><div class="two"><div><h3>{Texts.HeadingCanSay}</h3><ul>""");
        html.Add($"<li>{Texts.SummaryClasses.With(counts.Better, counts.Units, counts.Worse, counts.AsExpected, model.CoveragePerCent)}</li>");
        html.Add($"<li>{Texts.SummaryBest.With(Findings.PossiblyBest(results), Findings.PossiblyWorst(results))}</li>");
        html.Add($"<li>{Texts.SummaryWidth.With(Findings.MedianWidth(results), counts.Units)}</li>");
        html.Add($"""</ul></div><div><h3>{Texts.HeadingCannotSay}</h3><ul><li>{spec.CannotTell.In(model.Culture)}</li>""");
        html.Add($"<li>{Texts.SummaryMultiple.With(model.Numbers.Fixed(chance, 0), counts.Units)}</li>");
        html.Add($"<li>{(spec.Kind == ModelKind.PublishedExpectation ? Texts.SummaryNotEffortPublished : Texts.SummaryNotEffort)}</li>");
        html.Add($"<li>{Texts.SummaryNotPersons}</li></ul></div></div></section>").Markup("\n");
    }

    private static void Count(HtmlBuilder html, string kind, int count, string text) =>
        html.Add($"""<li class="{kind}"><strong>{count}</strong> <span>{text}</span></li>""");
}
