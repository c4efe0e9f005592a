namespace Fikspunkt.Reports.Html;

/// <summary>A column: its heading and whether its cells are figures (set right).</summary>
internal readonly record struct TableColumn(string Heading, bool Figures = true);

/// <summary>Writes data tables that read well aloud: a caption, column headings, the first cell of a row as its heading.</summary>
internal static class Table
{
    /// <summary>A table with more columns lies down on paper, where it cannot be scrolled.</summary>
    private const int ColumnsOnPaper = 10;

    /// <summary>The table in a box of its own that can be scrolled sideways, by keyboard too, on narrow screens.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="caption">What the table holds.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="rows">Rows of ready cells, as many as there are columns.</param>
    public static void Write(HtmlBuilder html, string caption, IReadOnlyList<TableColumn> columns, IEnumerable<IReadOnlyList<HtmlBuilder>> rows)
    {
        html.Add($"""<div class="{(columns.Count > ColumnsOnPaper ? "scroll wide" : "scroll")}" tabindex="0" role="region" aria-label="{caption}"><table><caption>{caption}</caption><thead><tr>""");
        foreach (var column in columns)
        {
            html.Markup(column.Figures ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">").Add($"{column.Heading}</th>");
        }

        html.Markup("</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            html.Add($"""<tr><th scope="row">{row[0]}</th>""");
            for (var i = 1; i < row.Count; i++)
            {
                html.Markup(columns[i].Figures ? "<td class=\"n\">" : "<td>").Add($"{row[i]}</td>");
            }

            html.Markup("</tr>\n");
        }

        html.Markup("</tbody></table></div>\n");
    }
}
