using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Reports.Measurements;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Charts;

/// <summary>A table as a page shows it: numbers in the language's form, municipalities as links, the own municipality marked.</summary>
/// <param name="Table">The table.</param>
/// <param name="Sight">Content, choices and own municipality.</param>
/// <param name="Most">Rows to show besides the own municipality's; the files have all of them.</param>
internal sealed record TableView(MeasurementTable Table, Sight Sight, int Most = int.MaxValue)
{
    public IEnumerable<IReadOnlyList<object?>> Rows => Table.Rows.Count <= Most ? Table.Rows : Table.Rows.Where((row, i) => i < Most || IsOwn(row));

    public bool IsCut => Table.Rows.Count > Most;

    public static string Heading(MeasurementColumn column) => MeasurementCells.Heading(column, Sight.Culture);

    public static bool IsNumber(MeasurementColumn column) => column.Kind is not (ColumnKind.Area or ColumnKind.Text);

    public string Text(MeasurementColumn column, object? cell) => MeasurementCells.Text(column.Kind, cell, Sight.Names, Sight.Numbers, Sight.Culture);

    public string? Link(MeasurementColumn column, object? cell) => column.Kind == ColumnKind.Area && cell is string area && Sight.Content.Municipality(area) is not null ? Links.Municipality(Sight.Content, area) : null;

    public bool IsOwn(IReadOnlyList<object?> row) => Sight.Own is { } own && Table.Columns.Zip(row).Any(cell => cell.First.Kind == ColumnKind.Area && cell.Second is string area && area == own);
}
