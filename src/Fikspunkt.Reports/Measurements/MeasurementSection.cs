using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports.Html;

namespace Fikspunkt.Reports.Measurements;

/// <summary>One measurement: question, findings, chart, tables, what it can and cannot tell, what critics say, what was chosen.</summary>
internal static class MeasurementSection
{
    public static void Write(HtmlBuilder html, MeasurementModel model, MeasurementResult result)
    {
        var (spec, culture) = (result.Spec, model.Culture);
        html.Add($"""<section id="{Id(result)}" aria-labelledby="{Id(result)}-h"><h2 id="{Id(result)}-h">{spec.Title.In(culture)}</h2><p class="lead">{spec.Question.In(culture)}</p><p class="made-by">{Texts.MeasureMadeBy.With(spec.Institution)}</p>""");
        if (result.Synthetic)
        {
            html.Add($"""<p class="synthetic">{Texts.SyntheticBanner}</p>""");
        }

        Lines(html, Texts.MeasureHeadingNational, [.. result.Statements.Where(statement => statement.Area is null).Select(statement => statement.Text.In(culture))]);
        html.Add($"""<div class="two"><div><h3>{Texts.MeasureHeadingCan}</h3><p>{spec.CanTell.In(culture)}</p></div><div><h3>{Texts.MeasureHeadingCannot}</h3><p>{spec.CannotTell.In(culture)}</p></div></div>""").Markup("\n");
        Chart(html, model, result);
        Tables(html, model, result);
        html.Markup("<div class=\"two\">");
        Pairs(html, Texts.MeasureHeadingObjections, spec.Objections.Select(objection => (objection.Text, objection.Answer)), culture);
        Pairs(html, Texts.MeasureHeadingOpen, spec.OpenPoints.Select(point => (point.Text, point.Choice)), culture);
        html.Markup("</div>\n");
        Notes(html, [.. result.Notes.Select(note => model.Note(result, note)).Distinct()]);
        html.Add($"""<p class="source">{Texts.MeasureMethodPage.With($"docs/measurements/{spec.Id}.md", spec.Source, Words.Date(spec.Reviewed))}</p></section>""").Markup("\n");
    }

    /// <summary>The section's anchor.</summary>
    public static string Id(MeasurementResult result) => "m-" + result.Spec.Id;

    private static void Chart(HtmlBuilder html, MeasurementModel model, MeasurementResult result)
    {
        var positions = MeasurementModel.Overall(result);
        if (positions.Count == 0)
        {
            return;
        }

        var (first, last) = (positions.Count(position => position.RankLower == 1), positions.Count(position => position.RankUpper == position.Units));
        html.Add($"""<figure class="measured"><figcaption><h3>{Finding(positions)}</h3><p>{Texts.MeasureExplainRanks.With(Words.Period(positions[0].Period))}</p></figcaption>""");
        html.Add($"""<div class="chart" role="img" aria-label="{Texts.MeasureDescribeRanks.With(positions.Count, first, last)}" data-chart="{MeasurementCharts.Chart(result)}" data-where="{"measurement=" + result.Spec.Id}"></div></figure>""").Markup("\n");
    }

    /// <summary>Title of a chart of positions: how many ranks the uncertainty allows the municipality in the middle.</summary>
    /// <remarks>Within clusters each has its own number of ranks, so that only the share of them can be told of all.</remarks>
    public static string Finding(IReadOnlyList<MeasuredPosition> positions)
    {
        var middle = positions.OrderBy(position => (position.RankUpper - position.RankLower + 1.0) / position.Units).ElementAt(positions.Count / 2);
        var width = middle.RankUpper - middle.RankLower + 1;
        return positions.All(position => position.Units == middle.Units)
            ? Texts.MeasureFindingRanks.With(width, middle.Units)
            : Texts.MeasureFindingGroups.With((int)Math.Round(100.0 * width / middle.Units));
    }

    // The main table stands open in a box of its own; the others wait until they are asked for.
    private static void Tables(HtmlBuilder html, MeasurementModel model, MeasurementResult result)
    {
        foreach (var (table, i) in result.Tables.Select((table, i) => (table, i)))
        {
            if (i == 0)
            {
                html.Add($"""<h3>{table.Title.In(model.Culture)}</h3><p>{table.Explanation.In(model.Culture)}</p><div class="tall">""");
                MeasurementCells.Table(html, model, result, table);
                html.Markup("</div>\n");
            }
            else
            {
                html.Add($"""<details class="figures"><summary>{table.Title.In(model.Culture)}</summary><p>{table.Explanation.In(model.Culture)}</p><div class="tall">""");
                MeasurementCells.Table(html, model, result, table);
                html.Markup("</div></details>\n");
            }
        }
    }

    private static void Pairs(HtmlBuilder html, string heading, IEnumerable<(LocalizedText First, LocalizedText Second)> pairs, System.Globalization.CultureInfo culture)
    {
        var list = pairs.ToList();
        if (list.Count == 0)
        {
            return;
        }

        html.Add($"""<div><h3>{heading}</h3><ul class="pairs">""");
        foreach (var (first, second) in list)
        {
            html.Add($"<li><strong>{first.In(culture)}</strong> {second.In(culture)}</li>");
        }

        html.Markup("</ul></div>");
    }

    private static void Notes(HtmlBuilder html, List<string> notes)
    {
        if (notes.Count > 0)
        {
            html.Add($"""<details class="figures"><summary>{Texts.MeasureNotes.With(notes.Count)}</summary>""");
            Items(html, notes);
            html.Markup("</details>\n");
        }
    }

    private static void Lines(HtmlBuilder html, string heading, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        html.Add($"<h3>{heading}</h3>");
        Items(html, lines);
    }

    private static void Items(HtmlBuilder html, IReadOnlyList<string> lines)
    {
        html.Markup("<ul class=\"lines\">");
        foreach (var line in lines)
        {
            html.Add($"<li>{line}</li>");
        }

        html.Markup("</ul>\n");
    }
}
