using System.Collections.Concurrent;
using System.Text.Json;
using Fikspunkt.Benchmarks.Expected;
using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>What measurements are computed from. Benchmark models are fitted once and shared by the measurements that build on them.</summary>
/// <param name="definitions">Municipalities, benefit groups, prices, models.</param>
/// <param name="observations">Figures of every table at hand.</param>
/// <param name="vintages">Where they come from.</param>
/// <param name="spells">Persons from residence on, for measurements of durations; they are added up there and go no further. Empty where there are none.</param>
public sealed class MeasurementInput(DefinitionSet definitions, IReadOnlyList<Observation> observations, IReadOnlyList<VintageReference> vintages, IReadOnlyList<ResidenceSpell>? spells = null)
{
    /// <summary>The name of the persons' file among the vintages.</summary>
    public const string SpellsTable = "integration-spells";

    // By content: records with lists are equal only when they are the same object.
    private readonly ConcurrentDictionary<string, Lazy<BenchmarkRun>> runs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<MeasurementSpec, Lazy<MeasurementResult>> results = [];
    private readonly Lazy<ILookup<(string Indicator, string Breakdown), Observation>> byIndicator = new(() => observations.ToLookup(observation => (observation.Indicator, observation.Breakdown)));

    /// <summary>The definitions.</summary>
    public DefinitionSet Definitions => definitions;

    /// <summary>Every figure.</summary>
    public IReadOnlyList<Observation> Observations => observations;

    /// <summary>Where the figures come from.</summary>
    public IReadOnlyList<VintageReference> Vintages => vintages;

    /// <summary>Largest count of persons that is hidden among the figures; inside a sum or an average the middle of 1 and this stands in for a hidden one.</summary>
    public int HiddenUpTo { get; init; } = SmallNumbers.DefaultLargest;

    /// <summary>The same tables as they were in an earlier vintage; <see langword="null"/> = there is none, nothing has been revised.</summary>
    public MeasurementInput? Earlier { get; init; }

    /// <summary>Results that stand as they are because what they were computed from is not here, by measurement id.</summary>
    public IReadOnlyDictionary<string, MeasurementResult> Given { get; init; } = new Dictionary<string, MeasurementResult>(StringComparer.Ordinal);

    /// <summary>Persons from residence on; empty where there are none.</summary>
    public IReadOnlyList<ResidenceSpell> Spells { get; } = spells ?? [];

    /// <summary>What models of these figures have in common; <see cref="Run"/> uses it.</summary>
    internal SharedFits Shared { get; } = new();

    /// <summary>The figures of one indicator and breakdown.</summary>
    public IEnumerable<Observation> Series(string indicator, string breakdown = Breakdown.Total) => byIndicator.Value[(indicator, breakdown)];

    /// <summary>The vintages of some tables.</summary>
    public IReadOnlyList<VintageReference> Of(IEnumerable<string> tables) => [.. vintages.Where(vintage => tables.Contains(vintage.Table))];

    /// <summary>The run of a model on these figures; the same spec is computed once.</summary>
    /// <exception cref="InputException">The figures do not allow it.</exception>
    public BenchmarkRun Run(ModelSpec spec) =>
        runs.GetOrAdd(JsonSerializer.Serialize(spec), _ => new Lazy<BenchmarkRun>(() => BenchmarkRunner.Run(spec, definitions, observations, Of(spec.Tables), HiddenUpTo, Shared))).Value;

    /// <summary>The result of a measurement on these figures; the same spec is computed once.</summary>
    /// <exception cref="InputException">The figures do not allow it.</exception>
    public MeasurementResult Measure(MeasurementSpec spec) =>
        Given.GetValueOrDefault(spec.Id) ?? results.GetOrAdd(spec, asked => new Lazy<MeasurementResult>(() => MeasurementRunner.Run(asked, this))).Value;
}
