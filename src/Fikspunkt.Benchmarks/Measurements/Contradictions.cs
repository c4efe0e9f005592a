using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Statistics.Multiplicity;
using MathNet.Numerics.Distributions;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>What measurements may differ in.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
internal sealed record Facet(string Id, LocalizedText Name);

/// <summary>One measurement on the common scale.</summary>
/// <param name="Spec">The definition.</param>
/// <param name="Positions">Its overall outcome's latest positions, by area.</param>
/// <param name="Facets">What it is like, by facet; <see langword="null"/> where that is not declared.</param>
internal sealed record ScaledMeasurement(MeasurementSpec Spec, IReadOnlyDictionary<string, MeasuredPosition> Positions, IReadOnlyDictionary<string, LocalizedText> Facets);

/// <summary>Two measurements that place an area so differently that their rank sets do not meet.</summary>
/// <param name="Area">Municipality code.</param>
/// <param name="Better">The measurement with the better place.</param>
/// <param name="Worse">The other.</param>
/// <param name="P">Adjusted p-value.</param>
/// <param name="BeyondChance">Whether it is beyond chance, all pairs of measurements of all areas judged together.</param>
internal sealed record Contradiction(string Area, ScaledMeasurement Better, ScaledMeasurement Worse, double P, bool BeyondChance);

/// <summary>Every measurement's percentiles side by side, and where they contradict each other.</summary>
/// <remarks>
/// Percentile 0 = best, 100 = worst. For a pair of measurements of an area, with the gap between their percentiles and the half-widths h of the rank sets towards each
/// other, z = 1.96 gap / sqrt(h1^2 + h2^2): the sets hold with 95 per cent. That takes the two as independent although they share data, which makes their difference look
/// less certain than it is, and reads a rank set, which is wider than an interval for one unit, as such an interval; both make the test cautious. The two-sided p-values are adjusted
/// by Holm over all pairs of all areas. A contradiction is a pair whose sets do not meet; beyond chance one whose adjusted p-value is at most the error asked for.
/// </remarks>
internal sealed class Contradictions
{
    private static readonly double SetQuantile = Normal.InvCDF(0, 1, 0.975);

    private Contradictions(IReadOnlyList<ScaledMeasurement> measurements, IReadOnlyList<Contradiction> found, int tests) => (Measurements, Found, Tests) = (measurements, found, tests);

    /// <summary>The measurements, in the order of their kinds.</summary>
    public IReadOnlyList<ScaledMeasurement> Measurements { get; }

    /// <summary>The contradictions, the surest first.</summary>
    public IReadOnlyList<Contradiction> Found { get; }

    /// <summary>How many pairs were tested.</summary>
    public int Tests { get; }

    /// <summary>The facets that the definition declares.</summary>
    public static IReadOnlyList<Facet> Facets(MeasurementSpec spec) => [.. spec.Rules.Where(rule => rule.GetValueOrDefault("part") == "facet").Select(rule => new Facet(rule.GetValueOrDefault("id", string.Empty), RuleText.Of(rule)))];

    /// <summary>Every other measurement whose kind has facets declared and whose figures are at hand.</summary>
    public static IReadOnlyList<MeasurementSpec> Compared(MeasurementSpec spec, MeasurementInput input)
    {
        var byKind = Kinds(spec);
        return [.. input.Definitions.Measurements.Values.Where(other => byKind.Contains(KindName(other.Kind)) && MeasurementRunner.HasData(other, input))
            .OrderBy(other => other.Kind).ThenBy(other => other.Id, StringComparer.Ordinal)];
    }

    /// <summary>Those measurements on one scale.</summary>
    public static IReadOnlyList<ScaledMeasurement> Scale(MeasurementSpec spec, MeasurementInput input)
    {
        var byKind = Kinds(spec);
        return [.. Compared(spec, input).Select(other => Scaled(other, input, byKind[KindName(other.Kind)])).Where(one => one.Positions.Count > 1)];
    }

    /// <summary>Looks for contradictions.</summary>
    /// <param name="measurements">The measurements.</param>
    /// <param name="error">The chance of any false one among all.</param>
    public static Contradictions Of(IReadOnlyList<ScaledMeasurement> measurements, double error)
    {
        var pairs = new List<(string Area, ScaledMeasurement Better, ScaledMeasurement Worse, bool Apart)>();
        var p = new List<double>();
        foreach (var area in measurements.SelectMany(one => one.Positions.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            for (var i = 0; i < measurements.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    if (measurements[i].Positions.TryGetValue(area, out var a) && measurements[j].Positions.TryGetValue(area, out var b) && IsUncertain(a) && IsUncertain(b))
                    {
                        var (better, worse, first, second) = a.Percentile < b.Percentile ? (measurements[i], measurements[j], a, b) : (measurements[j], measurements[i], b, a);
                        pairs.Add((area, better, worse, first.PercentileUpper < second.PercentileLower));
                        p.Add(P(first, second));
                    }
                }
            }
        }

        var adjusted = PValues.Adjust(p.ToArray(), Adjustment.Holm);
        return new Contradictions(
            measurements,
            [.. pairs.Select((pair, k) => (pair, P: adjusted[k])).Where(one => one.pair.Apart).OrderBy(one => one.P).ThenBy(one => one.pair.Area, StringComparer.Ordinal)
                .Select(one => new Contradiction(one.pair.Area, one.pair.Better, one.pair.Worse, one.P, one.P <= error))],
            pairs.Count);
    }

    private static ILookup<string, IReadOnlyDictionary<string, string>> Kinds(MeasurementSpec spec) =>
        spec.Rules.Where(rule => rule.GetValueOrDefault("part") == "kind").ToLookup(rule => rule.GetValueOrDefault("kind", string.Empty), StringComparer.Ordinal);

    private static string KindName(MeasurementKind kind) => string.Concat(kind.ToString().Select((letter, i) => char.IsUpper(letter) && i > 0 ? $"-{letter}" : letter.ToString())).ToLowerInvariant();

    // A measurement that gives a rank without a set or a standard error says nothing of its uncertainty: that is not the same as none.
    private static bool IsUncertain(MeasuredPosition position) => position.RankLower < position.RankUpper || double.IsFinite(position.StandardError);

    private static double P(MeasuredPosition better, MeasuredPosition worse)
    {
        // Half a place at least: a rank is a whole number.
        double Half(double width, int units) => Math.Max(width, 50.0 / Math.Max(1, units - 1));
        var (left, right) = (Half(better.PercentileUpper - better.Percentile, better.Units), Half(worse.Percentile - worse.PercentileLower, worse.Units));
        var z = SetQuantile * (worse.Percentile - better.Percentile) / Math.Sqrt((left * left) + (right * right));
        return Math.Min(1, 2 * Normal.CDF(0, 1, -z));
    }

    private static ScaledMeasurement Scaled(MeasurementSpec spec, MeasurementInput input, IEnumerable<IReadOnlyDictionary<string, string>> facets)
    {
        var positions = input.Measure(spec).Positions;
        var overall = positions.Where(position => position.Outcome == positions[0].Outcome).ToList();
        var latest = overall.Count == 0 ? default : overall.Max(position => position.Period);
        return new ScaledMeasurement(
            spec,
            overall.Where(position => position.Period == latest).ToDictionary(position => position.Area, StringComparer.Ordinal),
            facets.ToDictionary(facet => facet.GetValueOrDefault("of", string.Empty), facet => Text(spec, facet, input.Definitions), StringComparer.Ordinal));
    }

    // Where measurements of one kind differ by a setting, the facet's text ends with that setting's list.
    private static LocalizedText Text(MeasurementSpec spec, IReadOnlyDictionary<string, string> facet, DefinitionSet definitions)
    {
        var text = RuleText.Of(facet);
        var list = spec.Text(facet.GetValueOrDefault("value", string.Empty)).Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (list.Length == 0)
        {
            return text;
        }

        LocalizedText Name(string id) => definitions.BenefitGroups.FirstOrDefault(group => group.Id == id)?.Name ?? new(id, id);
        return new($"{text.Da} {string.Join(", ", list.Select(id => Name(id).Da))}".Trim(), $"{text.En} {string.Join(", ", list.Select(id => Name(id).En))}".Trim());
    }
}
