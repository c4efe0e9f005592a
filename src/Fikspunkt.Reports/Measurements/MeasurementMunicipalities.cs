using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports.Html;

namespace Fikspunkt.Reports.Measurements;

/// <summary>One municipality on every measurement, side by side, and what the measurements say of it.</summary>
internal static class MeasurementMunicipalities
{
    public static void Write(HtmlBuilder html, MeasurementModel model)
    {
        html.Add($"""<section id="kommuner" aria-labelledby="kommuner-h"><h2 id="kommuner-h">{Texts.HeadingMunicipalities}</h2><p>{Texts.MeasureMunicipalitiesLead}</p>""");
        foreach (var area in model.Areas)
        {
            One(html, model, area);
        }

        html.Markup("</section>\n");
    }

    private static void One(HtmlBuilder html, MeasurementModel model, string area)
    {
        var name = model.Names.Municipality(area);
        var measured = model.Results.Select(result => (Result: result, Position: model.Position(result, area))).ToList();
        var placed = measured.Where(entry => entry.Position is not null).Select(entry => entry.Position!).ToList();
        html.Markup("\n").Add($"""<details class="kommune" data-area="{area}"><summary><h3>{name}</h3><span class="verdict same">{Span(placed)}</span></summary><div id="k{area}" tabindex="-1">""");
        if (model.Synthetic)
        {
            html.Add($"""<p class="synthetic">{Texts.SyntheticBanner}</p>""");
        }

        if (placed.Count > 0)
        {
            if (placed.Count > 1)
            {
                html.Add($"""<p class="lead">{Texts.MeasureSpread.With(name, placed.Count, model.Numbers.Whole(placed.Min(position => position.Percentile)), model.Numbers.Whole(placed.Max(position => position.Percentile)))}</p>""");
            }

            html.Add($"""<figure class="profile"><div class="chart" role="img" aria-label="{Texts.MeasureDescribeProfile.With(name)}" data-chart="profile" data-where="{"code=" + area}"></div></figure>""");
        }

        html.Markup("<div class=\"side\">");
        Html.Table.Write(
            html,
            Texts.MeasureCaptionMunicipality.With(name),
            [new(Texts.MeasureColumnMeasurement, false), new(Texts.ColumnRank), new(Texts.ColumnRankSet), new(Texts.MeasureColumnUnits), new(Texts.MeasureColumnPercentile), new(Texts.MeasureColumnPercentileInterval), new(Texts.ColumnClass, false)],
            measured.Select(entry => (IReadOnlyList<HtmlBuilder>)[MeasurementLink(model, entry.Result), .. Row(model, entry.Position)]));
        html.Markup("</div>");
        Statements(html, model, area);
        html.Add($"""<p><a href="#kommuner">{Texts.BackToList}</a></p></div></details>""").Markup("\n");
    }

    private static IEnumerable<HtmlBuilder> Row(MeasurementModel model, MeasuredPosition? position) => position is null
        ? [.. Enumerable.Repeat(Cells.Text(ReportNumbers.None), 5), Cells.Text(Texts.MeasureNotMeasured)]
        :
        [
            Cells.Text(model.Numbers.Whole(position.Rank)), Cells.Text(Cells.RankSet(position.RankLower, position.RankUpper)), Cells.Text(model.Numbers.Whole(position.Units)),
            Cells.Text(model.Numbers.Whole(position.Percentile)), Cells.Text(Texts.IntervalForm.With(model.Numbers.Whole(position.PercentileLower), model.Numbers.Whole(position.PercentileUpper))), MeasurementCells.Verdict(position),
        ];

    private static void Statements(HtmlBuilder html, MeasurementModel model, string area)
    {
        var own = model.Statements(area).GroupBy(entry => entry.Result.Spec.Id).ToList();
        if (own.Count == 0)
        {
            return;
        }

        html.Add($"<h4>{Texts.MeasureHeadingStatements}</h4>");
        foreach (var measurement in own)
        {
            html.Add($"""<h5>{measurement.First().Result.Spec.Title.In(model.Culture)}</h5><ul class="lines">""");
            foreach (var (_, statement) in measurement)
            {
                html.Add($"<li>{statement.Text.In(model.Culture)}</li>");
            }

            html.Markup("</ul>");
        }
    }

    private static HtmlBuilder MeasurementLink(MeasurementModel model, MeasurementResult result) =>
        new HtmlBuilder().Add($"""<a href="#{MeasurementSection.Id(result)}">{result.Spec.Title.In(model.Culture)}</a>""");

    private static string Span(List<MeasuredPosition> placed)
    {
        var judged = placed.Where(position => position.Class is not null).ToList();
        if (judged.Count == 0)
        {
            return "";
        }

        if (judged.Count == 1)
        {
            return MeasurementModel.Class(judged[0].Class!.Value);
        }

        int Count(SignificanceClass significance) => judged.Count(position => position.Class == significance);
        return Texts.MeasureSummaryLine.With(Count(SignificanceClass.Better), Count(SignificanceClass.Worse), judged.Count);
    }
}
