using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>What goes into a package so that its measurements can be computed again from nothing else.</summary>
internal static class MeasurementInputs
{
    public const string EarlierTable = "inputs/earlier/observations";

    private static readonly char[] Separators = [',', ';'];

    /// <summary>The measurements and those that they build on.</summary>
    public static IReadOnlyList<MeasurementSpec> Needed(IEnumerable<MeasurementSpec> specs, MeasurementInput input)
    {
        var needed = new List<MeasurementSpec>();
        var waiting = new Queue<MeasurementSpec>(specs);
        while (waiting.TryDequeue(out var spec))
        {
            if (needed.TrueForAll(other => other.Id != spec.Id))
            {
                needed.Add(spec);
                foreach (var other in spec.Kind == MeasurementKind.SideBySide ? Contradictions.Compared(spec, input) : Named(spec, input.Definitions.Measurements))
                {
                    waiting.Enqueue(other);
                }
            }
        }

        return needed;
    }

    /// <summary>The definitions that measurements and their report use.</summary>
    public static DefinitionSet Reduce(IReadOnlyList<MeasurementSpec> needed, DefinitionSet definitions)
    {
        var models = Models(needed, definitions).ToDictionary(model => model.Id, StringComparer.Ordinal);
        var tables = needed.SelectMany(spec => MeasurementRunner.Tables(spec, definitions)).ToHashSet(StringComparer.Ordinal);
        var indicators = models.Values.SelectMany(PackageInputs.Cells).Select(cell => cell.Indicator).Concat(needed.SelectMany(spec => Named(spec, definitions.Indicators)).Select(indicator => indicator.Id)).ToHashSet(StringComparer.Ordinal);
        return definitions with
        {
            Indicators = PackageInputs.ById(definitions.Indicators.Where(entry => indicators.Contains(entry.Key))),
            Tables = PackageInputs.ById(definitions.Tables.Where(entry => tables.Contains(entry.Key))),
            Models = PackageInputs.ById(models),
            IgnoredLabels = [],
            Measurements = PackageInputs.ById(needed.ToDictionary(spec => spec.Id, StringComparer.Ordinal)),
        };
    }

    /// <summary>The observations that the measurements may read: what their models do, and every breakdown of the indicators that they name.</summary>
    public static IReadOnlyList<Observation> Used(IReadOnlyList<MeasurementSpec> needed, DefinitionSet definitions, IEnumerable<Observation> observations)
    {
        var cells = Models(needed, definitions).SelectMany(PackageInputs.Cells).ToHashSet();
        var named = needed.SelectMany(spec => Named(spec, definitions.Indicators)).Select(indicator => indicator.Id).ToHashSet(StringComparer.Ordinal);
        return PackageInputs.Ordered(definitions, observations.Where(o => named.Contains(o.Indicator) || cells.Contains((o.Indicator, o.Breakdown))));
    }

    private static IEnumerable<ModelSpec> Models(IEnumerable<MeasurementSpec> needed, DefinitionSet definitions) =>
        needed.Select(spec => spec.Model).OfType<string>().Distinct(StringComparer.Ordinal).Select(id => definitions.Models[id]);

    // Settings and rules name indicators and measurements by their ids, alone or in lists.
    private static IEnumerable<T> Named<T>(MeasurementSpec spec, IReadOnlyDictionary<string, T> known) =>
        spec.Settings.Values.Concat(spec.Rules.SelectMany(rule => rule.Values))
            .SelectMany(text => text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Distinct(StringComparer.Ordinal)
            .Where(known.ContainsKey)
            .Select(id => known[id]);
}
