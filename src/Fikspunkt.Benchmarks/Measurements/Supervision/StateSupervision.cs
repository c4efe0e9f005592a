using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Benchmarks.Measurements.Supervision;

/// <summary>The state's goals and enhanced supervision: who is above the limit, by how much, how many persons that is and how sure.</summary>
/// <remarks>Rules are data, in versions; a rule that lacks a parameter gives no verdict. See <c>docs/measurements/state-supervision.md</c>.</remarks>
internal static class StateSupervision
{
    private const double UsualConfidence = 0.95;

    public static MeasurementResult Run(MeasurementSpec spec, MeasurementInput input)
    {
        var rules = SupervisionRule.Of(spec);
        var figures = new SupervisedFigures(spec, input);
        var confidence = spec.Text("coverage").Length > 0 ? spec.Number("coverage") : UsualConfidence;
        var exempt = Exempt(spec, input.Definitions);
        var benchmark = new Lazy<(IReadOnlyList<AreaResult> Now, IReadOnlyList<AreaResult> Before)>(() => Benchmark(spec, input));
        var judged = rules.Where(rule => rule.HoldsAt(figures.Period)).Select(rule => JudgedRule.Of(rule, figures, exempt, () => benchmark.Value.Now, confidence)).ToList();
        var shares = judged.SelectMany(rule => rule.Shares).ToList();
        var overall = shares.Count > 1 ? Overall(spec, shares, figures.Period, exempt, confidence) : [];
        var tables = new SupervisionTables(figures, exempt, judged, overall.Count > 0 ? overall : shares.FirstOrDefault()?.Positions ?? []);
        return new MeasurementResult(
            spec,
            input.Of(MeasurementRunner.Tables(spec, input.Definitions)),
            [.. overall, .. shares.SelectMany(share => share.Positions), .. judged.Where(rule => rule.Results.Count > 0).SelectMany(ResultPositions)],
            [
                tables.Main(),
                .. shares.Select(tables.OfShare),
                .. judged.Where(rule => rule.Results.Count > 0).Select(SupervisionTables.OfResults),
                tables.OfficialAndActual(),
                SupervisionTables.OfRules(rules, judged),
            ],
            [
                .. SupervisionStatements.Of(judged, figures, exempt, figures.Before is { } before ? new SupervisedFigures(spec, input, before) : null, confidence),
                .. SupervisionStatements.OfResults(judged, judged.Exists(rule => rule.Results.Count > 0) ? benchmark.Value.Before : []),
                .. SupervisionStatements.Contradictions(judged, exempt),
            ],
            []);
    }

    /// <summary>Where there are several shares, what counts is the one farthest above its limit.</summary>
    /// <remarks>The rank sets take its standard error as if it had been known beforehand which one it is; where two are equally far, chance picks the larger.</remarks>
    private static IReadOnlyList<MeasuredPosition> Overall(MeasurementSpec spec, List<JudgedShare> shares, Period period, HashSet<string> exempt, double confidence) => RankedValues.Positions(
        $"{spec.Id}-distance",
        period,
        [
            .. shares.Aggregate(shares[0].Judged(exempt), (areas, share) => areas.Intersect(share.Judged(exempt), StringComparer.Ordinal)).Order(StringComparer.Ordinal)
                .Select(area => JudgedShare.Value(area, shares.Select(share => share.ByArea[area]).MaxBy(share => share.Distance)!, confidence)),
        ],
        RankOrder.Lowest,
        confidence);

    /// <summary>The result goal's positions are the benchmark's own; being exempt from demands on the effort does not exempt from results.</summary>
    private static IEnumerable<MeasuredPosition> ResultPositions(JudgedRule rule) =>
        MinistryBenchmark.Positions(rule.Results.Select(result => result.Result)).Select((position, at) => position with { Outcome = rule.Rule.Id, Category = rule.Results[at].Missed ? "above-limit" : "within-limit" });

    private static (IReadOnlyList<AreaResult> Now, IReadOnlyList<AreaResult> Before) Benchmark(MeasurementSpec spec, MeasurementInput input)
    {
        var id = spec.Text("benchmark");
        if (!input.Definitions.Measurements.TryGetValue(id, out var benchmark) || benchmark is not { Kind: MeasurementKind.MinistryBenchmark, Model: { } model })
        {
            throw new InputException(new InputProblem(Texts.NotTheMinistrysBenchmark, $"definitions/measurements/{spec.Id}.yaml", Column: "benchmark", Found: id));
        }

        var full = input.Definitions.Models[model];
        var groups = benchmark.List("benefits");
        IReadOnlyList<AreaResult> Totals(ModelSpec? subset) => subset is null ? [] : [.. input.Run(subset).Results.Where(result => result.Outcome == subset.Total!.Id).OrderBy(result => result.Area, StringComparer.Ordinal)];
        return (Totals(BenefitSubset.Of(full, [.. groups], input.Definitions)), Totals(BenefitSubset.Before(full, [.. groups], input.Definitions)));
    }

    private static HashSet<string> Exempt(MeasurementSpec spec, DefinitionSet definitions)
    {
        var codes = definitions.Municipalities.Select(municipality => municipality.Code).ToHashSet(StringComparer.Ordinal);
        var unknown = spec.List("exempt").Where(code => !codes.Contains(code)).ToList();
        return unknown.Count == 0
            ? [.. spec.List("exempt")]
            : throw new InputException([.. unknown.Select(code => new InputProblem(Texts.UnknownMunicipality, $"definitions/measurements/{spec.Id}.yaml", Column: "exempt", Found: code))]);
    }
}
