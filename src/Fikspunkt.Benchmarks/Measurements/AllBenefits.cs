using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>KL's measurement: every benefit group counts, and what leaving some of them out does is shown.</summary>
/// <remarks>
/// The total over any subset is the sum of its groups' differences (actual - expected), which add up exactly, so ranks without a group need no new
/// fit. Which groups substitute for which is read off the correlation of their differences over municipalities and of their changes over time.
/// See <c>docs/measurements/kl-all-benefits.md</c>.
/// </remarks>
internal static class AllBenefits
{
    public static MeasurementResult Run(MeasurementSpec spec, MeasurementInput input)
    {
        var full = input.Definitions.Models[spec.Model!];
        var groups = spec.List("benefits") is { Count: > 0 } chosen ? chosen : [.. full.Outcomes.Select(outcome => outcome.BenefitGroup).OfType<string>()];
        var model = BenefitSubset.AllPeriods(full, [.. groups], input.Definitions);
        var run = input.Run(model);
        var periods = run.Results.Select(result => result.Period).Distinct().Order().ToList();
        var latest = run.Results.Where(result => result.Period == periods[^1]).OrderBy(result => result.Outcome != model.Total!.Id).ToList();
        var left = spec.List("left_out").Where(group => model.Outcomes.Any(outcome => outcome.BenefitGroup == group)).ToList();
        var vessels = new CommunicatingVessels(model, latest, [.. run.Results.Where(result => result.Period == periods[0])]);
        var movements = new LeftOut(model, latest, left);
        return new MeasurementResult(
            spec,
            run.Vintages,
            [.. MinistryBenchmark.Positions(latest)],
            [
                MinistryBenchmark.Table(model.Total!.Id, model.Total.Name, [.. latest.Where(result => result.Outcome == model.Total.Id)]),
                movements.ByMunicipality(),
                movements.ByGroup(vessels),
                vessels.OverMunicipalities(),
                .. periods.Count > 1 ? [vessels.OverTime(periods[0], periods[^1])] : Array.Empty<MeasurementTable>(),
                .. model.Outcomes.Select(outcome => MinistryBenchmark.Table(outcome.Id, outcome.Name, [.. latest.Where(result => result.Outcome == outcome.Id)])),
            ],
            [.. movements.Statements(vessels), .. SentenceSets.Of(model, model.Total.Id, latest, run.Results.Where(result => periods.Count > 1 && result.Period == periods[^2]), input.Definitions)],
            run.Notes);
    }
}

/// <summary>How far each rank moves when benefit groups are left out.</summary>
internal sealed class LeftOut
{
    private readonly ModelSpec model;
    private readonly IReadOnlyList<string> left;
    private readonly List<AreaResult> totals;
    private readonly Dictionary<(string Area, string Outcome), AreaResult> byOutcome;
    private readonly List<(string Label, HashSet<string> Outcomes)> variants;
    private readonly List<Dictionary<string, int>> ranks;

    public LeftOut(ModelSpec model, IReadOnlyList<AreaResult> latest, IReadOnlyList<string> groups)
    {
        (this.model, left) = (model, groups);
        totals = [.. latest.Where(result => result.Outcome == model.Total!.Id).OrderBy(result => result.Area, StringComparer.Ordinal)];
        byOutcome = latest.ToDictionary(result => (result.Area, result.Outcome));
        variants = [.. groups.Select(group => (group, Of([group])))];
        if (groups.Count > 1)
        {
            variants.Add(("together", Of(groups)));
        }

        ranks = variants.ConvertAll(variant => RanksWithout(variant.Outcomes));
    }

    /// <summary>One row a municipality: its rank with all groups, and without each and all of those left out.</summary>
    public MeasurementTable ByMunicipality() => new(
        "left-out",
        new("Placering, når ydelser udelades", "Rank when benefits are left out"),
        new(
            "Hvor kommunen ville ligge, hvis ydelserne ikke var med. Minus = bedre placeret uden. Flytninger inden for placeringens usikkerhed siger ikke noget sikkert.",
            "Where the municipality would stand if the benefits were not included. Minus = better placed without. Moves within the rank's uncertainty tell nothing for sure."),
        [
            new("area", new("Kommune", "Municipality"), ColumnKind.Area),
            new("rank", new("Placering, alle ydelser", "Rank, all benefits"), ColumnKind.Count),
            new("rank_lower", new("Fra", "From"), ColumnKind.Count),
            new("rank_upper", new("Til", "To"), ColumnKind.Count),
            .. variants.Select(variant => new MeasurementColumn("move_without_" + variant.Label.Replace('-', '_'), Named(variant.Label), ColumnKind.Count)),
            new("beyond_chance", new("Flytter sig ud over usikkerheden", "Moves beyond the uncertainty"), ColumnKind.Text),
        ],
        [.. totals.OrderBy(total => total.Rank).ThenBy(total => total.Area, StringComparer.Ordinal).Select(total => (IReadOnlyList<object?>)
        [
            total.Area, total.Rank, total.RankLower, total.RankUpper,
            .. ranks.Select(without => (object?)(without[total.Area] - total.Rank)),
            Beyond(total, ranks[^1]) ? new LocalizedText("ja", "yes") : new LocalizedText("nej", "no"),
        ])]);

    /// <summary>One row a group left out: how far ranks move, and how what is left out goes with what is kept.</summary>
    public MeasurementTable ByGroup(CommunicatingVessels vessels) => new(
        "systematic-bias",
        new("Hvor skævt udeladelsen måler", "How biased leaving out is"),
        new(
            "En negativ sammenhæng betyder forbundne kar: færre end ventet på det, der måles, går sammen med flere end ventet på det, der udelades.",
            "A negative correlation means communicating vessels: fewer than expected on what is measured goes with more than expected on what is left out."),
        [
            new("left_out", new("Udeladt", "Left out"), ColumnKind.Text),
            new("mean_move", new("Gennemsnitlig flytning (pladser)", "Mean move (places)"), ColumnKind.Number),
            new("largest_move", new("Største flytning", "Largest move"), ColumnKind.Count),
            new("moved_10", new("Flytter mindst 10 pladser", "Move at least 10 places"), ColumnKind.Count),
            new("moved_beyond_chance", new("Flytter ud over usikkerheden", "Move beyond the uncertainty"), ColumnKind.Count),
            new("correlation", new("Sammenhæng, udeladt og målt", "Correlation, left out and kept"), ColumnKind.Number),
            new("lower", new("Fra", "From"), ColumnKind.Number),
            new("upper", new("Til", "To"), ColumnKind.Number),
            new("corrected", new("Renset for tilfældigheder", "Corrected for chance"), ColumnKind.Number),
        ],
        [.. variants.Select((variant, v) =>
        {
            var moves = totals.ConvertAll(total => Math.Abs(ranks[v][total.Area] - total.Rank));
            var bias = vessels.Bias(variant.Outcomes);
            return (IReadOnlyList<object?>)
            [
                Named(variant.Label), moves.Average(), moves.Max(), moves.Count(move => move >= 10), totals.Count(total => Beyond(total, ranks[v])),
                bias.Coefficient, bias.Lower, bias.Upper, bias.Corrected,
            ];
        })]);

    /// <summary>Sentences on the country and on each municipality that moves beyond chance.</summary>
    public IEnumerable<Statement> Statements(CommunicatingVessels vessels)
    {
        if (variants.Count == 0)
        {
            yield break;
        }

        var bias = vessels.Bias(variants[^1].Outcomes);
        var moved = totals.Count(total => Beyond(total, ranks[^1]));
        var (sign, direction) = bias.Upper < 0 ? ("modsat vej", "opposite ways") : bias.Lower > 0 ? ("samme vej", "the same way") : ("ikke sikkert samme eller modsat vej", "neither surely the same way nor opposite ways");
        yield return new Statement(null, "gap", new(
            $"Det, der udelades, og det, der måles, afviger {sign} fra det ventede; {moved} {(moved == 1 ? "kommune" : "kommuner")} flytter sig ud over placeringens usikkerhed.",
            $"What is left out and what is measured depart from what is expected {direction}; {moved} {(moved == 1 ? "municipality moves" : "municipalities move")} beyond the rank's uncertainty."));
        foreach (var total in totals.Where(total => Beyond(total, ranks[^1])))
        {
            var without = ranks[^1][total.Area];
            yield return new Statement(total.Area, "gap", new(
                $"Med alle ydelser er placeringen nr. {total.Rank} (usikkerheden tillader {total.RankLower}-{total.RankUpper}); uden de udeladte ydelser ville den være nr. {without}.",
                $"With all benefits the rank is {total.Rank} (the uncertainty allows {total.RankLower}-{total.RankUpper}); without the benefits left out it would be {without}."));
        }
    }

    private static bool Beyond(AreaResult total, Dictionary<string, int> without) => without[total.Area] < total.RankLower || without[total.Area] > total.RankUpper;

    private HashSet<string> Of(IReadOnlyCollection<string> groups) => [.. model.Outcomes.Where(outcome => groups.Contains(outcome.BenefitGroup)).Select(outcome => outcome.Id)];

    private LocalizedText Named(string label) => label == "together"
        ? new("Uden dem alle", "Without all of them")
        : Without(model.Outcomes.First(outcome => outcome.BenefitGroup == label).Name);

    private static LocalizedText Without(LocalizedText name) => new($"Uden {name.Da.ToLowerInvariant()}", $"Without {name.En.ToLowerInvariant()}");

    private Dictionary<string, int> RanksWithout(HashSet<string> outcomes)
    {
        var kept = model.Outcomes.Select(outcome => outcome.Id).Where(id => !outcomes.Contains(id)).ToList();
        var sums = totals.ToDictionary(total => total.Area, total => kept.Sum(id => byOutcome.TryGetValue((total.Area, id), out var result) ? result.Difference : 0), StringComparer.Ordinal);
        return sums.ToDictionary(pair => pair.Key, pair => 1 + sums.Values.Count(other => other < pair.Value), StringComparer.Ordinal);
    }
}
