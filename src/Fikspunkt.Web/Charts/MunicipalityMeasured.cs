using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Reports.Measurements;

namespace Fikspunkt.Web.Charts;

/// <summary>What the published measurements say of one municipality: their tables' rows and their sentences.</summary>
internal static class MunicipalityMeasured
{
    private static readonly string[] Compared = ["better", "better_percentile", "better_to", "worse", "worse_percentile", "worse_from", "adjusted_p", "beyond_chance"];
    private static readonly string[] CallColumns = ["outcome", "difference_pp", "lower_pp", "upper_pp", "call", "distance", "fewer_persons", "fewer_at_least", "nobody"];

    /// <summary>The result of a kind of measurement; <see langword="null"/> where none is published.</summary>
    public static MeasurementResult? Of(Sight sight, MeasurementKind kind) => sight.Content.Measurements.FirstOrDefault(result => result.Spec.Kind == kind);

    /// <summary>What a measurement that is not published is called.</summary>
    public static string Lacking(Sight sight, MeasurementKind kind) =>
        sight.Content.Definitions.Measurements.Values.FirstOrDefault(spec => spec.Kind == kind)?.Title.In(Sight.Culture) ?? kind.ToString();

    /// <summary>Pairs of measurements that contradict each other; what they differ in stands in one column.</summary>
    public static MeasurementTable? Contradictions(MeasurementResult result, string area)
    {
        if (result.Tables.FirstOrDefault(table => table.Id == "contradictions") is not { } table)
        {
            return null;
        }

        var facets = Enumerable.Range(0, table.Columns.Count).Where(i => table.Columns[i].Id != "area" && !Compared.Contains(table.Columns[i].Id, StringComparer.Ordinal)).ToList();
        var part = Part(table, area, Compared);
        return part with
        {
            Columns = [.. part.Columns, new("differs", new("Adskiller sig i", "Differ in"), ColumnKind.Text)],
            Rows = [.. part.Rows.Zip(Rows(table, area), (shown, row) => (IReadOnlyList<object?>)
            [
                .. shown, string.Join("; ", facets.Where(i => row[i] is not null).Select(i => $"{table.Columns[i].Title.In(Sight.Culture)}: {(row[i] as LocalizedText)?.In(Sight.Culture) ?? row[i]!.ToString()}")),
            ])],
        };
    }

    /// <summary>Weak points and whom to ask, or why nobody.</summary>
    public static MeasurementTable? Calls(MeasurementResult result, string area) => result.Tables.FirstOrDefault(table => table.Id == "whom-to-call") is { } table ? Part(table, area, CallColumns) : null;

    /// <summary>Who is named to ask, each once, in the order of the weak points.</summary>
    public static IReadOnlyList<string> Called(MeasurementResult result, string area) => Calls(result, area) is { } table && table.Columns.ToList().FindIndex(column => column.Id == "call") is >= 0 and var call
        ? [.. table.Rows.Select(row => row[call]).OfType<string>().Distinct(StringComparer.Ordinal)]
        : [];

    /// <summary>The sentences of each measurement that has any on the municipality.</summary>
    public static IReadOnlyList<(MeasurementResult Result, IReadOnlyList<string> Sentences)> Statements(MeasurementModel model, string area) =>
        [.. model.Statements(area).GroupBy(entry => entry.Result.Spec.Id).Select(group => (group.First().Result, (IReadOnlyList<string>)[.. group.Select(entry => entry.Statement.Text.In(model.Culture))]))];

    private static MeasurementTable Part(MeasurementTable table, string area, string[] columns)
    {
        var places = columns.Select(id => table.Columns.ToList().FindIndex(column => column.Id == id)).Where(i => i >= 0).ToList();
        return table with { Columns = [.. places.Select(i => table.Columns[i])], Rows = [.. Rows(table, area).Select(row => (IReadOnlyList<object?>)[.. places.Select(i => row[i])])] };
    }

    private static IEnumerable<IReadOnlyList<object?>> Rows(MeasurementTable table, string area)
    {
        var column = table.Columns.ToList().FindIndex(own => own.Kind == ColumnKind.Area);
        return column < 0 ? [] : table.Rows.Where(row => row[column] is string code && code == area);
    }
}
