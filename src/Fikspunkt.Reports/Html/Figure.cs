namespace Fikspunkt.Reports.Html;

/// <summary>A chart with its finding as title, what it shows, a text alternative, a source line and its figures as a table.</summary>
/// <param name="Title">The finding, in careful words.</param>
/// <param name="Explanation">How to read the chart.</param>
/// <param name="Description">Text alternative: what one would see.</param>
/// <param name="Source">Source line.</param>
/// <param name="Chart">Key of the chart's specification in the page's data.</param>
/// <param name="Where">Which rows of the data it shows: <c>column=value</c>.</param>
internal sealed record Figure(string Title, string Explanation, string Description, string Source, string Chart, string Where)
{
    /// <summary>Writes the figure.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="level">Level of its heading.</param>
    /// <param name="table">Writes the table of its figures.</param>
    public void Write(HtmlBuilder html, int level, Action<HtmlBuilder> table)
    {
        html.Add($"""<figure class="{Chart}"><figcaption><h{level}>{Title}</h{level}><p>{Explanation}</p></figcaption>""");
        html.Add($"""<div class="chart" role="img" aria-label="{Description}" data-chart="{Chart}" data-where="{Where}"></div>""");
        html.Add($"""<p class="source">{Source}</p><details class="figures"><summary>{Texts.FiguresBehind}<span class="hidden">: {Title}</span></summary>""").Markup("\n");
        table(html);
        html.Markup("</details></figure>\n");
    }
}
