using Fikspunkt.Benchmarks.Expected;
using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Benchmarks.Published;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks;

/// <summary>Computes a benchmark: spec + observations -> results.</summary>
public static class BenchmarkRunner
{
    /// <summary>Runs a model. Pure: the same input gives the same result to the last bit on the same machine, on any number of cores.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="definitions">Municipalities, prices and breaks.</param>
    /// <param name="observations">Figures; those the model does not name are passed over.</param>
    /// <param name="vintages">Where the figures come from; carried over to the run.</param>
    /// <param name="hiddenUpTo">Largest count of persons that is hidden among the figures: inside an average the middle of 1 and this stands in for a hidden one.</param>
    /// <exception cref="InputException">The figures do not allow the model to be computed; says why, with names.</exception>
    public static BenchmarkRun Run(
        ModelSpec spec,
        DefinitionSet definitions,
        IReadOnlyList<Observation> observations,
        IReadOnlyList<VintageReference> vintages,
        int hiddenUpTo = SmallNumbers.DefaultLargest) => Run(spec, definitions, observations, vintages, hiddenUpTo, new SharedFits());

    /// <summary>The same, unless it is stopped.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="definitions">Municipalities, prices and breaks.</param>
    /// <param name="observations">Figures; those the model does not name are passed over.</param>
    /// <param name="vintages">Where the figures come from; carried over to the run.</param>
    /// <param name="hiddenUpTo">Largest count of persons that is hidden among the figures.</param>
    /// <param name="stop">Stops the fit of an expectation between its outcomes and periods; what is published needs no fit.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="InputException">The figures do not allow the model to be computed; says why, with names.</exception>
    public static BenchmarkRun RunUntil(
        ModelSpec spec,
        DefinitionSet definitions,
        IReadOnlyList<Observation> observations,
        IReadOnlyList<VintageReference> vintages,
        int hiddenUpTo,
        CancellationToken stop) => Run(spec, definitions, observations, vintages, hiddenUpTo, new SharedFits(), stop);

    /// <summary>The same, with what other models of these definitions and observations have computed already.</summary>
    /// <inheritdoc cref="Run(ModelSpec, DefinitionSet, IReadOnlyList{Observation}, IReadOnlyList{VintageReference}, int)"/>
    internal static BenchmarkRun Run(
        ModelSpec spec,
        DefinitionSet definitions,
        IReadOnlyList<Observation> observations,
        IReadOnlyList<VintageReference> vintages,
        int hiddenUpTo,
        SharedFits shared,
        CancellationToken stop = default) => spec.Kind switch
        {
            ModelKind.ExpectedVersusActual => ExpectedVersusActual.Run(spec, definitions, observations, vintages, hiddenUpTo, shared, stop),
            _ => PublishedBenchmark.Run(spec, definitions, observations, vintages),
        };
}
