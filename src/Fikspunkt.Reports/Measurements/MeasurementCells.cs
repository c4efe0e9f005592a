using System.Globalization;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports.Html;

namespace Fikspunkt.Reports.Measurements;

/// <summary>Writes a measurement's tables for people.</summary>
internal static class MeasurementCells
{
    /// <summary>The table under the names of its measurement and its own.</summary>
    public static void Table(HtmlBuilder html, MeasurementModel model, MeasurementResult result, MeasurementTable table) => Html.Table.Write(
        html,
        $"{result.Spec.Title.In(model.Culture)}: {table.Title.In(model.Culture)}",
        [.. table.Columns.Select(column => new TableColumn(Heading(column, model.Culture), column.Kind is not (ColumnKind.Area or ColumnKind.Text)))],
        table.Rows.Select(row => (IReadOnlyList<HtmlBuilder>)[.. row.Select((cell, i) => Cell(model, table.Columns[i].Kind, cell))]));

    /// <summary>A municipality's name that leads to its section.</summary>
    public static HtmlBuilder Link(MeasurementModel model, string area) => new HtmlBuilder().Add($"""<a href="#k{area}">{model.Names.Municipality(area)}</a>""");

    /// <summary>A position's verdict or category with its sign.</summary>
    public static HtmlBuilder Verdict(MeasuredPosition position) => position switch
    {
        { Category: not null } or { Class: null } => Cells.Text(MeasurementModel.Verdict(position)),
        _ => Cells.Verdict(position.Class!.Value, MeasurementModel.Class(position.Class.Value)),
    };

    // The unit stands in the heading, once, and only where the title does not name it.
    public static string Heading(MeasurementColumn column, CultureInfo culture)
    {
        var title = column.Title.In(culture);
        var unit = column.Kind switch
        {
            ColumnKind.Share => Texts.MeasureUnitShare,
            ColumnKind.Points => Texts.MeasureUnitPoints,
            ColumnKind.Kroner => Texts.MeasureUnitKroner,
            _ => "",
        };
        var named = column.Kind == ColumnKind.Kroner ? title.Contains("kr", StringComparison.OrdinalIgnoreCase) : title.Contains("pct", StringComparison.OrdinalIgnoreCase) || title.Contains("per cent", StringComparison.OrdinalIgnoreCase);
        return unit.Length == 0 || named ? title : $"{title} ({unit})";
    }

    /// <summary>A cell in words and numbers of the language.</summary>
    public static string Text(ColumnKind kind, object? value, Names names, ReportNumbers numbers, CultureInfo culture) => (kind, value) switch
    {
        (ColumnKind.Area, string area) => names.Municipality(area),
        (_, LocalizedText text) => text.In(culture),
        (_, string text) => text,
        (ColumnKind.Share, double share) => numbers.PerCent(share),
        (ColumnKind.Points, double share) => numbers.Points(share),
        (ColumnKind.Persons, double persons) => numbers.Whole(persons),
        (_, double number) => numbers.Value(number),
        (_, int count) => numbers.Whole(count),
        (_, decimal money) => numbers.Fixed((double)(money / 1_000_000m), 1),
        (_, IFormattable other) => other.ToString(null, CultureInfo.CurrentCulture),
        _ => ReportNumbers.None,
    };

    private static HtmlBuilder Cell(MeasurementModel model, ColumnKind kind, object? value) => kind == ColumnKind.Area && value is string area
        ? Link(model, area)
        : Cells.Text(Text(kind, value, model.Names, model.Numbers, model.Culture));
}
