using System.Globalization;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using MeasuredKind = Fikspunkt.Benchmarks.Measurements.ColumnKind;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>The words of a measurement's tables, without their rows, so that the files can be read back as they were.</summary>
/// <param name="Measurement">The measurement's id.</param>
/// <param name="Vintages">The data.</param>
/// <param name="Tables">Its tables in order, without rows.</param>
internal sealed record TableHeads(string Measurement, IReadOnlyList<VintageReference> Vintages, IReadOnlyList<MeasurementTable> Tables)
{
    public const string FileName = "tables.json";

    public static TableHeads Of(MeasurementResult result) => new(result.Spec.Id, result.Vintages, [.. result.Tables.Select(table => table with { Rows = [] })]);
}

/// <summary>Published measurements as their package holds them: the numbers are read, not computed again.</summary>
/// <param name="PackageId">The package's id.</param>
/// <param name="Place">The folder or zip it was read from.</param>
/// <param name="Software">Name and version of the program that made it.</param>
/// <param name="Created">When, ISO 8601 UTC.</param>
/// <param name="HiddenUpTo">Largest count of persons that is hidden.</param>
/// <param name="Suppressed">Cells hidden for the package.</param>
/// <param name="Vintages">The data.</param>
/// <param name="Results">The measurements, in the order shown.</param>
/// <param name="Definitions">The definitions they used.</param>
/// <param name="Files">Its files.</param>
public sealed record PublishedMeasurements(
    string PackageId,
    string Place,
    string Software,
    string Created,
    int HiddenUpTo,
    int Suppressed,
    IReadOnlyList<VintageReference> Vintages,
    IReadOnlyList<MeasurementResult> Results,
    DefinitionSet Definitions,
    IReadOnlyList<PublishedFile> Files)
    : ReadPackage(PackageId, Place, Software, Created, HiddenUpTo, Suppressed, Vintages, Definitions, Files)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Ids => [.. Results.Select(result => result.Spec.Id)];

    /// <inheritdoc/>
    public override LocalizedText Title => Results.Count == 1 ? Results[0].Spec.Title : new LocalizedText(string.Create(CultureInfo.InvariantCulture, $"{Results.Count} målinger af kommunerne"), string.Create(CultureInfo.InvariantCulture, $"{Results.Count} measurements of the municipalities"));

    /// <inheritdoc/>
    public override IEnumerable<Period> Periods => Results.SelectMany(result => result.Positions).Select(position => position.Period);

    /// <summary>Reads the measurements' files.</summary>
    /// <remarks>Shares are written in per cent, so a share read back may differ from the computed one in the last bit.</remarks>
    internal static PublishedMeasurements Of(PublishedFiles files)
    {
        var heads = files.Json<List<TableHeads>>(TableHeads.FileName).ToDictionary(head => head.Measurement, StringComparer.Ordinal);
        var results = files.Json<List<MeasurementSpec>>(MeasurementContents.Specs)
            .ConvertAll(spec => Result(files, spec, heads.TryGetValue(spec.Id, out var head) ? head : throw files.Fault(TableHeads.FileName, spec.Id)));
        var manifest = files.Manifest;
        return new PublishedMeasurements(
            manifest.PackageId, files.Place, manifest.Software, manifest.Created, manifest.HiddenUpTo, manifest.Suppressed, manifest.Vintages, results,
            MeasurementContents.With(files.Json<DefinitionSet>(PackageContents.Definitions), results.Select(result => result.Spec)), files.Listed);
    }

    private static MeasurementResult Result(PublishedFiles files, MeasurementSpec spec, TableHeads head)
    {
        var folder = MeasurementTables.Folder(spec.Id);
        return new MeasurementResult(
            spec,
            head.Vintages,
            [.. files.Rows(folder + "positions.csv").Select(row => new MeasuredPosition(
                row.Text("area"), row.Text("outcome"), row.Period("period"), row.Number("value"), row.Number("se"), row.Number("lower"), row.Number("upper"),
                row.Integer("rank"), row.Integer("rank_lower"), row.Integer("rank_upper"), row.Integer("units"),
                row.Optional("class") is null ? null : row.Word<SignificanceClass>("class"), row.Optional("category")))],
            [.. head.Tables.Select(table => table with { Rows = [.. files.Rows(folder + table.Id + ".csv").Select(IReadOnlyList<object?> (row) => [.. table.Columns.Select(column => Cell(row, column))])] })],
            [.. files.Rows(folder + "statements.csv").Select(row => new Statement(row.Optional("municipality_code"), row.Text("kind"), new LocalizedText(row.Text("da"), row.Text("en"))))],
            [.. files.Rows(folder + "notes.csv").Select(row => new RunNote(row.Text("note"), row.Text("arguments").Split(' ', StringSplitOptions.RemoveEmptyEntries)))]);
    }

    private static object? Cell(CsvRow row, MeasurementColumn column)
    {
        if (row.Optional(column.Id) is not { } text)
        {
            return null;
        }

        if (column.Kind != MeasuredKind.Area && row.Has(column.Id + "_en"))
        {
            return new LocalizedText(text, row.Text(column.Id + "_en"));
        }

        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        return column.Kind switch
        {
            MeasuredKind.Area or MeasuredKind.Text => text,
            _ when !isNumber => text,
            MeasuredKind.Share or MeasuredKind.Points => number / 100,
            MeasuredKind.Kroner => row.Kroner(column.Id),
            MeasuredKind.Count when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) => count,
            _ => number,
        };
    }
}
