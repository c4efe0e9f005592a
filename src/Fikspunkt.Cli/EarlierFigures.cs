using System.Globalization;
using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Store;

namespace Fikspunkt.Cli;

/// <summary>The figures as they were before the source revised them: an earlier vintage of the same table in the store.</summary>
internal static class EarlierFigures
{
    /// <summary>The same tables as before; a table without an earlier vintage as it is. <see langword="null"/> when none has one, or no measurement asks.</summary>
    /// <param name="definitions">Definitions.</param>
    /// <param name="specs">The measurements to be computed.</param>
    /// <param name="figures">The figures that are measured.</param>
    /// <param name="path">The store.</param>
    /// <param name="chosen">A vintage's number in the store; else the last one before those measured that holds other values.</param>
    public static MeasurementInput? Of(DefinitionSet definitions, IReadOnlyList<MeasurementSpec> specs, BenchmarkData figures, string path, int? chosen)
    {
        if (specs.All(spec => spec.Kind != MeasurementKind.ReleaseChange) || (chosen is null && !File.Exists(path)))
        {
            return null;
        }

        using var store = Stores.OpenExisting(path);
        var earlier = chosen is { } id ? Chosen(store.Vintage(id), figures, path) : null;
        var tables = figures.Vintages.ToLookup(vintage => vintage.Table, StringComparer.Ordinal);
        var before = tables.Select(table => earlier?.Table == table.Key ? earlier : LastBefore(store.Vintages(table.Key), [.. table])).OfType<Vintage>().ToList();
        if (before.Count == 0)
        {
            return null;
        }

        var old = BenchmarkData.Read(store, before);
        var replaced = before.Select(vintage => vintage.Table).ToHashSet(StringComparer.Ordinal);

        // Observations do not say which table they are of; what the earlier vintages say of an indicator replaces all that is said of it now.
        var indicators = old.Observations.Select(observation => observation.Indicator).ToHashSet(StringComparer.Ordinal);
        return new MeasurementInput(
            definitions,
            [.. old.Observations, .. replaced.Count == tables.Count ? [] : figures.Observations.Where(observation => !indicators.Contains(observation.Indicator))],
            [.. old.Vintages, .. figures.Vintages.Where(vintage => !replaced.Contains(vintage.Table))]);
    }

    private static Vintage Chosen(Vintage vintage, BenchmarkData figures, string path)
    {
        var measured = figures.Vintages.Where(own => own.Table == vintage.Table).ToList();
        return measured.Count == 0
            ? throw new InputException(new InputProblem(Texts.EarlierOfOtherTable.With(vintage.Id), path, Found: vintage.Table, Expected: string.Join(", ", figures.Vintages.Select(own => own.Table).Distinct(StringComparer.Ordinal))))
            : measured.Exists(own => own.ValueHash == vintage.ValueHash)
                ? throw new InputException(new InputProblem(Texts.EarlierIsTheSame, path, Found: vintage.Id.ToString(CultureInfo.InvariantCulture)))
                : vintage;
    }

    // A table in several files has no one vintage of its own to be before.
    private static Vintage? LastBefore(IReadOnlyList<Vintage> vintages, IReadOnlyList<VintageReference> measured)
    {
        if (measured.Count > 1)
        {
            return null;
        }

        var own = measured[0];
        var place = vintages.LastOrDefault(vintage => vintage.ValueHash == own.ValueHash)?.Id ?? int.MaxValue;
        return vintages.LastOrDefault(vintage => vintage.Id < place && vintage.ValueHash != own.ValueHash && vintage.Synthetic == own.Synthetic);
    }
}
