using Fikspunkt.Benchmarks;
using Fikspunkt.Definitions;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Sources;
using Fikspunkt.Store;
using NodaTime;
using NodaTime.Text;
using Period = Fikspunkt.Domain.Period;

namespace Fikspunkt.Cli;

/// <summary>The figures that a model is run on, and where they come from.</summary>
internal sealed record BenchmarkData(IReadOnlyList<Observation> Observations, IReadOnlyList<VintageReference> Vintages)
{
    /// <summary>When the newest of the figures were got.</summary>
    public Instant Newest => Vintages.Max(vintage => InstantPattern.General.Parse(vintage.Retrieved).Value);

    /// <summary>From the files that were named, else from the store.</summary>
    public static BenchmarkData Of(DefinitionSet definitions, ModelSpec spec, string[]? paths, string store, CancellationToken cancellationToken) =>
        OfTables(definitions, spec.Tables, paths, store, isComplete: true, cancellationToken);

    /// <summary>The newest figures of some tables, from the files that were named, else from the store.</summary>
    /// <param name="definitions">Definitions.</param>
    /// <param name="tables">Table ids.</param>
    /// <param name="paths">Files and folders.</param>
    /// <param name="store">The store.</param>
    /// <param name="isComplete">Whether every table must be there; otherwise one of them will do.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static BenchmarkData OfTables(DefinitionSet definitions, IReadOnlyList<string> tables, string[]? paths, string store, bool isComplete, CancellationToken cancellationToken) =>
        paths is { Length: > 0 } ? FromFiles(definitions, tables, paths, isComplete, cancellationToken) : FromStore(store, tables, isComplete, cancellationToken);

    /// <summary>All observations of some vintages.</summary>
    public static BenchmarkData Read(ObservationStore store, IReadOnlyList<Vintage> vintages)
    {
        var observations = new List<Observation>();
        var seen = new Dictionary<(string, Period, string, string), Vintage>();
        foreach (var vintage in vintages)
        {
            foreach (var observation in store.Read(vintage.Id))
            {
                if (!seen.TryAdd((observation.Area, observation.Period, observation.Indicator, observation.Breakdown), vintage))
                {
                    var first = seen[(observation.Area, observation.Period, observation.Indicator, observation.Breakdown)];
                    throw new InputException(new InputProblem(Texts.SameCellTwice.With(first.Origin), vintage.Origin, Found: $"{observation.Indicator} {observation.Area} {observation.Period} {observation.Breakdown}".TrimEnd()));
                }

                observations.Add(observation);
            }
        }

        return new BenchmarkData(observations, [.. vintages.Select(Reference)]);
    }

    /// <summary>The newest vintages of the tables in a store.</summary>
    private static BenchmarkData FromStore(string path, IReadOnlyList<string> tables, bool isComplete, CancellationToken cancellationToken)
    {
        using var store = Stores.OpenExisting(path, cancellationToken);
        var found = tables.Select(table => (Table: table, Vintage: store.Latest(table))).ToList();
        var lacking = found.Where(pair => pair.Vintage is null).Select(pair => pair.Table).ToList();
        if (lacking.Count > 0 && (isComplete || lacking.Count == found.Count))
        {
            throw new InputException([.. lacking.Select(table => new InputProblem(Texts.TableNotImported.With(table), path, Expected: Texts.TableNotImportedExpected))]);
        }

        return Read(store, [.. found.Select(pair => pair.Vintage).OfType<Vintage>()]);
    }

    /// <summary>Files, imported into a store that lives as long as this call. They are dated by their own time, so that the same files give the same run.</summary>
    private static BenchmarkData FromFiles(DefinitionSet definitions, IReadOnlyList<string> tables, IReadOnlyList<string> paths, bool isComplete, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("fikspunkt-");
        try
        {
            using var store = ObservationStore.Open(Path.Combine(folder.FullName, "data.duckdb"));
            foreach (var path in Files(paths))
            {
                var retrieved = Instant.FromDateTimeUtc(File.GetLastWriteTimeUtc(path));
                TableImporter.Import(store, definitions, new ImportRequest([path], null, retrieved, Synthetic: false), cancellationToken);
            }

            var vintages = store.Vintages().Where(vintage => tables.Contains(vintage.Table)).ToList();
            var lacking = tables.Where(table => vintages.TrueForAll(vintage => vintage.Table != table)).ToList();
            return lacking.Count == 0 || (!isComplete && vintages.Count > 0)
                ? Read(store, vintages)
                : throw new InputException([.. lacking.Select(table => new InputProblem(Texts.TableNotGiven.With(table), "--data", Found: string.Join(", ", store.Vintages().Select(vintage => vintage.Table).Distinct())))]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The number a vintage has in one store means nothing elsewhere; its values' hash does.
    private static VintageReference Reference(Vintage vintage) => new(
        $"{vintage.Table}-{vintage.ValueHash[..12]}",
        vintage.Table,
        vintage.Source,
        InstantPattern.General.Format(vintage.Retrieved),
        vintage.ValueHash,
        vintage.Synthetic);

    private static IEnumerable<string> Files(IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                var files = Directory.GetFiles(path).Where(file => Path.GetExtension(file).ToLowerInvariant() is ".csv" or ".xlsx" or ".json").Order(StringComparer.Ordinal).ToList();
                if (files.Count == 0)
                {
                    throw new InputException(new InputProblem(Texts.FolderWithoutData, path, Expected: ".csv, .xlsx, .json"));
                }

                foreach (var file in files)
                {
                    yield return file;
                }
            }
            else
            {
                yield return path;
            }
        }
    }
}

/// <summary>Opens stores, and waits a while for those that another program has open, as a server that reads does for a second.</summary>
internal static class Stores
{
    public const string DefaultPath = "fikspunkt.duckdb";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static ObservationStore Open(string path, CancellationToken cancellationToken = default) => ObservationStore.OpenWhenFree(
        path,
        Patience,
        () => Terminal.Standard.Error.WriteLine(Texts.StoreAwaited.With(path, Patience.TotalSeconds)),
        cancellationToken);

    /// <summary>For commands that only read: nothing is made on disk by looking.</summary>
    public static ObservationStore OpenExisting(string path, CancellationToken cancellationToken = default) => File.Exists(path)
        ? Open(path, cancellationToken)
        : throw new InputException(new InputProblem(Texts.NoStore, path, Expected: Texts.NoStoreExpected));
}

/// <summary>Finds models by id.</summary>
internal static class Models
{
    public static DefinitionSet LoadDefinitions() => DefinitionLoader.Load(DefinitionLoader.FindFolder());

    public static ModelSpec Find(DefinitionSet definitions, string id) => definitions.Models.TryGetValue(id, out var spec)
        ? spec
        : throw new InputException(new InputProblem(Texts.UnknownModel, Found: id, Expected: string.Join(", ", definitions.Models.Keys.Order(StringComparer.Ordinal))));

    /// <summary>The model with another choice of periods.</summary>
    public static ModelSpec AtPeriod(ModelSpec spec, string? period)
    {
        if (period is null)
        {
            return spec;
        }

        if (period is "all" or "latest")
        {
            return spec with { Periods = spec.Periods with { Select = [period] } };
        }

        if (!Period.TryParse(period, out var parsed))
        {
            throw new InputException(new InputProblem(Texts.NotAPeriod, "--period", Found: period, Expected: "2024, 2024M01, 2024Q1, 2024QMAT04, all, latest"));
        }

        return parsed.Kind == spec.Periods.Kind
            ? spec with { Periods = spec.Periods with { Select = [parsed.ToString()] } }
            : throw new InputException(new InputProblem(Texts.WrongPeriodKind, "--period", Found: period, Expected: spec.Periods.Kind.ToString()));
    }
}
