using Fikspunkt.Domain.Measurements;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>One municipality, every measurement: all of them on one scale, contradictions beyond chance with what differs, and the specification curve.</summary>
/// <remarks>An area's own position is its mean rank over the curve's variants; its set is the union of the variants' rank sets: what choices and chance allow together.
/// See <c>docs/measurements/one-municipality.md</c>.</remarks>
internal static class SideBySide
{
    /// <summary>The outcome of its own positions.</summary>
    public const string Outcome = "specification-curve";

    public static MeasurementResult Run(MeasurementSpec spec, MeasurementInput input)
    {
        var measurements = Contradictions.Scale(spec, input);
        var contradictions = Contradictions.Of(measurements, spec.Number("error"));
        var curve = SpecificationCurve.Of(spec, input);
        var positions = Positions(curve).ToList();
        var tables = new SideBySideTables(Contradictions.Facets(spec), contradictions, curve, positions);
        return new MeasurementResult(
            spec,
            input.Of(MeasurementRunner.Tables(spec, input.Definitions).Concat(measurements.SelectMany(one => MeasurementRunner.Tables(one.Spec, input.Definitions))).Distinct()),
            positions,
            [tables.Scale(), tables.Contradicting(), tables.Curve(), tables.Choices(), tables.Variants(), tables.Likeness()],
            [.. new SideBySideStatements(Contradictions.Facets(spec), contradictions, curve, positions).All()],
            []);
    }

    private static IEnumerable<MeasuredPosition> Positions(SpecificationCurve curve)
    {
        var stability = curve.Stability;
        var variants = Enumerable.Range(0, curve.Variants.Count).ToList();
        for (var a = 0; a < curve.Areas.Count; a++)
        {
            var area = a;
            yield return new MeasuredPosition(
                curve.Areas[a], Outcome, curve.Latest, stability.Mean[a], double.NaN, stability.Best[a], stability.Worst[a],
                1 + stability.Mean.Count(other => other < stability.Mean[area]),
                variants.Min(v => curve.Lower[area, v]),
                variants.Max(v => curve.Upper[area, v]),
                curve.Areas.Count, null, null);
        }
    }
}
