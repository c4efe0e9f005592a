using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Cli.Commands;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Reports;
using Fikspunkt.Reports.Measurements;
using Fikspunkt.Sources;
using Fikspunkt.Sources.Synthetic;
using NodaTime;
using NodaTime.Text;

namespace Fikspunkt.Cli;

/// <summary>The figures that measurements are computed from.</summary>
internal static class MeasurementData
{
    // Made-up data have no date of retrieval; a fixed one makes every run the same.
    private static readonly Instant MadeUp = Instant.FromUtc(2025, 1, 15, 0, 0);

    /// <summary>From the synthetic Denmark when a seed is given, else from files or the store. Persons' spells come from their own file and go no further. The earlier vintage is always the store's.</summary>
    public static MeasurementInput Read(DefinitionSet definitions, IReadOnlyList<MeasurementSpec> specs, int? seed, string[]? paths, string store, string? spells, int? earlier, CancellationToken cancellationToken)
    {
        if (earlier is { } chosen && (seed is not null || specs.All(spec => spec.Kind != MeasurementKind.ReleaseChange)))
        {
            throw new InputException(new InputProblem(seed is null ? Texts.EarlierNotAsked : Texts.EarlierOfMadeUp, "--earlier", Found: chosen.ToString(CultureInfo.InvariantCulture)));
        }

        var tables = specs.SelectMany(spec => MeasurementRunner.Tables(spec, definitions)).Distinct().ToList();
        if (seed is { } number)
        {
            return Synthetic(definitions, number, spells, cancellationToken);
        }

        // Before the figures, so that a fault in the small file shows at once.
        var (persons, source) = Spells(definitions, spells, isSynthetic: false, cancellationToken);
        var figures = BenchmarkData.OfTables(definitions, tables, paths, store, isComplete: specs.Count == 1, cancellationToken);
        return new MeasurementInput(definitions, figures.Observations, [.. figures.Vintages, .. source], persons) { Earlier = EarlierFigures.Of(definitions, specs, figures, store, earlier) };
    }

    /// <summary>Through the same import as real data, in a store that lives as long as this call.</summary>
    private static MeasurementInput Synthetic(DefinitionSet definitions, int seed, string? spells, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("fikspunkt-");
        try
        {
            SyntheticFiles.Write(SyntheticDenmark.Generate(new SyntheticOptions(seed), definitions), folder.FullName);
            using var store = Store.ObservationStore.Open(Path.Combine(folder.FullName, Stores.DefaultPath));
            var request = new ImportRequest([Path.Combine(folder.FullName, SyntheticFiles.DataFile)], null, MadeUp, Synthetic: true);
            var figures = BenchmarkData.Read(store, [TableImporter.Import(store, definitions, request, cancellationToken)]);
            return Synthetic(definitions, figures, spells ?? Path.Combine(folder.FullName, SyntheticFiles.SpellsFile), isSynthetic: spells is null, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Figures of the synthetic Denmark and persons' spells from a file.</summary>
    public static MeasurementInput Synthetic(DefinitionSet definitions, BenchmarkData figures, string spells, bool isSynthetic, CancellationToken cancellationToken)
    {
        var (persons, source) = Spells(definitions, spells, isSynthetic, cancellationToken);
        return new MeasurementInput(definitions, figures.Observations, [.. figures.Vintages, .. source], persons);
    }

    private static (IReadOnlyList<ResidenceSpell> Persons, IReadOnlyList<VintageReference> Source) Spells(DefinitionSet definitions, string? path, bool isSynthetic, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            return ([], []);
        }

        var persons = ResidenceSpellFile.Read(path, definitions, cancellationToken);
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        var retrieved = isSynthetic ? MadeUp : Instant.FromDateTimeUtc(File.GetLastWriteTimeUtc(path));
        return (persons, [new VintageReference($"{MeasurementInput.SpellsTable}-{hash[..12]}", MeasurementInput.SpellsTable, Path.GetFileName(path), InstantPattern.General.Format(retrieved), hash, isSynthetic)]);
    }
}

/// <summary>Writes what measurements give.</summary>
internal static class MeasurementOutputs
{
    /// <summary>The report of all of them.</summary>
    public const string Report = "measurements.html";

    /// <summary>The report, and one folder a measurement, one file a table.</summary>
    public static void Write(IReadOnlyList<MeasurementResult> results, DefinitionSet definitions, string folder, CsvForm form)
    {
        Directory.CreateDirectory(folder);
        Outputs.Replace(Path.Combine(folder, Report), path => File.WriteAllText(path, MeasurementReport.Render(results, definitions, new ReportOptions(CultureInfo.CurrentUICulture, Outputs.ScriptsFolder))));
        foreach (var result in results)
        {
            var own = Directory.CreateDirectory(Path.Combine(folder, result.Spec.Id)).FullName;
            foreach (var table in (MeasurementTable[])[PositionTable.Of(result), .. result.Tables])
            {
                Outputs.Replace(Path.Combine(own, table.Id + ".csv"), path =>
                {
                    using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
                    MeasurementFiles.WriteCsv(table, definitions, writer, form);
                });
            }
        }
    }

    /// <summary>Writes the package under a name that holds its id, dated by its data, so that the same figures give the same package.</summary>
    /// <returns>The path of the zip.</returns>
    public static string WritePackage(MeasurementPublication publication, string folder)
    {
        var name = publication.Specs.Count == 1 ? publication.Specs[0].Id : "measurements";
        var dated = publication.Input.Vintages.Max(vintage => InstantPattern.General.Parse(vintage.Retrieved).Value);
        return Outputs.WritePackage(name, folder, temporary => publication.Write(dated, PublicationCommands.Tools, temporary));
    }

    /// <summary>What was written, and where it differs from what all the figures would give.</summary>
    public static void WriteFiles(TextWriter writer, MeasurementPublication publication, IReadOnlyList<string> files, DefinitionSet definitions)
    {
        if (publication.Suppressed > 0)
        {
            var names = definitions.Municipalities.ToDictionary(municipality => municipality.Code, municipality => municipality.Name, StringComparer.Ordinal);
            writer.WriteLine(Texts.MeasureHidden.With(publication.Suppressed, string.Join(", ", publication.HiddenIn.Select(area => names.GetValueOrDefault(area, area)))));
        }

        foreach (var id in publication.Given)
        {
            writer.WriteLine(Texts.MeasureGiven.With(id));
        }

        foreach (var id in publication.LeftOut)
        {
            writer.WriteLine(Texts.MeasureLeftOut.With(id));
        }

        foreach (var file in files)
        {
            writer.WriteLine(file);
        }

        if (!publication.IsEmpty)
        {
            writer.WriteLine(Texts.PublishedVerify.With(ShellWord.Quoted(files[^1])));
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
