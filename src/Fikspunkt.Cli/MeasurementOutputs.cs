using System.Globalization;
using System.Text;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Reports;
using Fikspunkt.Reports.Measurements;
using Fikspunkt.Sources;
using Fikspunkt.Sources.Synthetic;
using NodaTime;

namespace Fikspunkt.Cli;

/// <summary>The figures that measurements are computed from.</summary>
internal static class MeasurementData
{
    // Made-up data have no date of retrieval; a fixed one makes every run the same.
    private static readonly Instant MadeUp = Instant.FromUtc(2025, 1, 15, 0, 0);

    /// <summary>From the synthetic Denmark when a seed is given, else from files or the store.</summary>
    public static MeasurementInput Read(DefinitionSet definitions, IReadOnlyList<MeasurementSpec> specs, int? seed, string[]? paths, string store, CancellationToken cancellationToken)
    {
        var tables = specs.SelectMany(spec => MeasurementRunner.Tables(spec, definitions)).Distinct().ToList();
        var figures = seed is { } number ? Synthetic(definitions, number, cancellationToken) : BenchmarkData.OfTables(definitions, tables, paths, store, isComplete: specs.Count == 1, cancellationToken);
        return new MeasurementInput(definitions, figures.Observations, figures.Vintages);
    }

    /// <summary>Through the same import as real data, in a store that lives as long as this call.</summary>
    private static BenchmarkData Synthetic(DefinitionSet definitions, int seed, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("fikspunkt-");
        try
        {
            SyntheticFiles.Write(SyntheticDenmark.Generate(new SyntheticOptions(seed), definitions), folder.FullName);
            using var store = Store.ObservationStore.Open(Path.Combine(folder.FullName, Stores.DefaultPath));
            var request = new ImportRequest([Path.Combine(folder.FullName, SyntheticFiles.DataFile)], null, MadeUp, Synthetic: true);
            return BenchmarkData.Read(store, [TableImporter.Import(store, definitions, request, cancellationToken)]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

/// <summary>Writes what measurements give.</summary>
internal static class MeasurementOutputs
{
    /// <summary>One folder a measurement, one file a table.</summary>
    public static void Write(IReadOnlyList<MeasurementResult> results, DefinitionSet definitions, string folder, CsvForm form)
    {
        foreach (var result in results)
        {
            var own = Directory.CreateDirectory(Path.Combine(folder, result.Spec.Id)).FullName;
            foreach (var table in (MeasurementTable[])[MeasurementFiles.Positions(result), .. result.Tables])
            {
                Outputs.Replace(Path.Combine(own, table.Id + ".csv"), path =>
                {
                    using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
                    MeasurementFiles.WriteCsv(table, definitions, writer, form);
                });
            }
        }
    }

    /// <summary>A summary to read: what was measured, the first and the last, and the country's sentences.</summary>
    public static void WriteText(TextWriter writer, IReadOnlyList<MeasurementResult> results, DefinitionSet definitions)
    {
        var names = definitions.Municipalities.ToDictionary(municipality => municipality.Code, municipality => municipality.Name, StringComparer.Ordinal);
        foreach (var result in results)
        {
            writer.WriteLine(result.Synthetic ? $"{result.Spec.Title} ({Texts.SyntheticMark})" : result.Spec.Title.ToString());
            writer.WriteLine("  " + result.Spec.Question);
            foreach (var outcome in result.Positions.GroupBy(position => position.Outcome).Take(1))
            {
                var ordered = outcome.OrderBy(position => position.Rank).ThenBy(position => position.Area, StringComparer.Ordinal).ToList();
                foreach (var position in ordered.Take(3).Concat(ordered.Skip(Math.Max(3, ordered.Count - 3))))
                {
                    writer.WriteLine($"  {position.Rank.ToString(CultureInfo.CurrentCulture),4}  [{position.RankLower.ToString(CultureInfo.CurrentCulture)}-{position.RankUpper.ToString(CultureInfo.CurrentCulture)}]  {names.GetValueOrDefault(position.Area, position.Area)}");
                }
            }

            foreach (var statement in result.Statements.Where(statement => statement.Area is null))
            {
                writer.WriteLine("  " + statement.Text);
            }

            writer.WriteLine();
        }
    }
}
