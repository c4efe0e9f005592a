using System.Globalization;
using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;

namespace Fikspunkt.Reports.Html;

/// <summary>Outcome by outcome: head counts in one table, and a chart of differences for each.</summary>
internal static class OutcomesSection
{
    public static void Write(HtmlBuilder html, ReportModel model, string source)
    {
        if (model.Outcomes.Count < 2)
        {
            return;
        }

        html.Add($"""<section id="udfald" aria-labelledby="udfald-h"><h2 id="udfald-h">{Texts.HeadingOutcomes}</h2><p>{Texts.OutcomesLead}</p>""").Markup("\n");
        Table.Write(
            html,
            Texts.CaptionOutcomes.With(Words.Period(model.Latest)),
            [new(Texts.ColumnOutcome, false), new(Texts.ColumnNationalMeanPct), new(Texts.ClassBetter), new(Texts.ClassAsExpected), new(Texts.ClassWorse), new(Texts.ColumnPossiblyBest), new(Texts.ColumnExplained)],
            model.Outcomes.Select(outcome => Row(model, outcome, model.Of(outcome))));
        foreach (var outcome in model.Outcomes.Where(outcome => outcome != model.Headline))
        {
            var results = model.Of(outcome);
            var counts = ReportModel.Count(results);
            html.Add($"""<details class="outcome"><summary><h3>{model.Names.Outcome(outcome)}</h3></summary>""");
            new Figure(Findings.Differences(model, results), Texts.ExplainDifferences.With(model.CoveragePerCent), Texts.DescribeCounts.With(counts.Units, counts.Better, counts.AsExpected, counts.Worse), source, "caterpillar", "outcome=" + outcome)
                .Write(html, 4, into => NationalSection.Differences(into, model, results));
            html.Markup("</details>\n");
        }

        html.Markup("</section>\n");
    }

    private static IReadOnlyList<HtmlBuilder> Row(ReportModel model, string outcome, IReadOnlyList<AreaResult> results)
    {
        var counts = ReportModel.Count(results);
        var mean = results.Sum(result => result.Actual * result.Exposure) / results.Sum(result => result.Exposure);
        HtmlBuilder Number(int value) => Cells.Text(value.ToString(CultureInfo.InvariantCulture));
        return
        [
            Cells.Text(model.Names.Outcome(outcome)), Cells.Text(model.Numbers.PerCent(mean)), Number(counts.Better), Number(counts.AsExpected), Number(counts.Worse),
            Number(Findings.PossiblyBest(results)), Cells.Text(model.Numbers.PerCent(ReportModel.Explained(results), 0)),
        ];
    }
}
