using Fikspunkt.Benchmarks.Measurements.Jobcentres;
using Fikspunkt.Benchmarks.Measurements.Comparison;
using Fikspunkt.Benchmarks.Measurements.Supervision;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>Computes a measurement: definition + figures -> positions, tables, sentences.</summary>
public static class MeasurementRunner
{
    /// <summary>Whether the figures at hand hold the tables that the measurement reads, or its result is given.</summary>
    public static bool HasData(MeasurementSpec spec, MeasurementInput input) =>
        input.Given.ContainsKey(spec.Id)
        || ((!RestsOnPersons(spec) || input.Spells.Count > 0) && Tables(spec, input.Definitions).All(table => input.Vintages.Any(vintage => vintage.Table == table)));

    /// <summary>Whether it is computed from persons, who are never published.</summary>
    public static bool RestsOnPersons(MeasurementSpec spec) => spec.Kind == MeasurementKind.IntegrationDurations;

    /// <summary>Ids of the tables that the measurement reads, its model's among them.</summary>
    public static IEnumerable<string> Tables(MeasurementSpec spec, DefinitionSet definitions) =>
        (spec.Model is { } model ? definitions.Models[model].Tables : []).Concat(spec.Tables).Distinct();

    /// <summary>Runs it. Pure: the same input gives the same result.</summary>
    /// <exception cref="InputException">The figures do not allow it; says why.</exception>
    public static MeasurementResult Run(MeasurementSpec spec, MeasurementInput input) => spec.Kind switch
    {
        MeasurementKind.MinistryBenchmark => MinistryBenchmark.Run(spec, input),
        MeasurementKind.PublishedBenchmark => PublishedMeasurement.Run(spec, input),
        MeasurementKind.AllBenefits => AllBenefits.Run(spec, input),
        MeasurementKind.JobcentreEfficiency => JobcentreEfficiency.Run(spec, input),
        MeasurementKind.ReleaseChange => ReleaseChange.Run(spec, input),
        MeasurementKind.IntegrationDurations => IntegrationDurations.Run(spec, input),
        MeasurementKind.WhomToCall => WhomToCall.Run(spec, input),
        MeasurementKind.StateSupervision => StateSupervision.Run(spec, input),
        MeasurementKind.ClusterRanks => ClusterRanks.Run(spec, input),
        MeasurementKind.IndicatorComparison => IndicatorComparison.Run(spec, input),
        MeasurementKind.SideBySide => SideBySide.Run(spec, input),
        _ => throw new InputException(new InputProblem(Texts.MeasurementNotComputed, Found: spec.Id)),
    };
}
