using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain.Measurements;
using MeasuredKind = Fikspunkt.Benchmarks.Measurements.ColumnKind;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>A measurement's result that rests on persons. They are never in a package, so that it cannot be computed again there and is taken as it is.</summary>
/// <param name="Measurement">The measurement's id.</param>
/// <param name="Vintages">The data.</param>
/// <param name="Positions">Positions.</param>
/// <param name="Tables">Tables.</param>
/// <param name="Statements">Sentences.</param>
/// <param name="Notes">Remarks.</param>
internal sealed record GivenResult(
    string Measurement,
    IReadOnlyList<VintageReference> Vintages,
    IReadOnlyList<MeasuredPosition> Positions,
    IReadOnlyList<MeasurementTable> Tables,
    IReadOnlyList<Statement> Statements,
    IReadOnlyList<RunNote> Notes)
{
    public const string FileName = "inputs/given.json";

    public static GivenResult Of(MeasurementResult result) => new(result.Spec.Id, result.Vintages, result.Positions, result.Tables, result.Statements, result.Notes);

    /// <summary>Whether a result holds a small count of persons.</summary>
    public static bool HasSmallCount(IEnumerable<MeasurementTable> tables, int largest) =>
        tables.Any(table => table.Rows.Any(row => row.Where((_, i) => table.Columns[i].Kind == MeasuredKind.Persons).Any(cell => cell is int count && count > 0 && count <= largest)));

    /// <summary>The result of the measurement that the package defines.</summary>
    public MeasurementResult With(MeasurementSpec spec) => new(spec, Vintages, Positions, Tables, Statements, Notes);
}
