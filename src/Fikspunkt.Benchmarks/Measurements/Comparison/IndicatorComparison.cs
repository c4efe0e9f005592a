using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Statistics.Groups;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Benchmarks.Measurements.Comparison;

/// <summary>Whom a municipality is compared with.</summary>
/// <param name="Id">Name in columns.</param>
/// <param name="Name">Heading.</param>
/// <param name="Rule">Who they are.</param>
/// <param name="Of">The difference from them, by the municipality's place.</param>
internal sealed record Comparator(string Id, LocalizedText Name, LocalizedText Rule, Func<int, ShareDifference> Of);

/// <summary>An indicator beside those of others, as on jobindsats.dk: country, region, cluster, neighbours and own past, with positions.</summary>
/// <remarks>The peer rule and the base of every share are in every table, since who is nearest changes with them. See <c>docs/measurements/jobindsats-comparison.md</c>.</remarks>
internal static class IndicatorComparison
{
    public static MeasurementResult Run(MeasurementSpec spec, MeasurementInput input)
    {
        var compared = new ComparedIndicator(spec, input);
        var rules = compared.PeerRules();
        var rule = compared.Choice("peers", rules[0], [.. rules.Select(own => (own.Id, own))]);
        var (period, shares) = compared.Periods[^1];
        var (neighbours, clusters) = (Count(spec, "neighbours", shares.Count - 1), Count(spec, "clusters", shares.Count));
        var nearest = rules.ToDictionary(own => own.Id, own => NearestNeighbours.Of(own.Distances, neighbours), StringComparer.Ordinal);
        var cluster = Hierarchical.Fit(rules.First(own => own.Id == Peers.Equal).Distances, Linkage.WardD2).Cut(clusters);
        var confidence = input.Definitions.Models[spec.Model!].Ranking.Coverage;
        var best = compared.Choice("best", compared.Indicator.Direction == Direction.HigherIsBetter ? RankOrder.Highest : RankOrder.Lowest, [("lowest", RankOrder.Lowest), ("highest", RankOrder.Highest)]);
        var positions = RankedValues.Positions(
            spec.Id, period, [.. shares.Select(share => new RankedValue(share.Area, share.Share, Math.Sqrt(share.Variance), share.Interval(confidence), null))], best, confidence);
        var tables = new ComparisonTables(compared, rules, rule, nearest, cluster, Comparators(compared, input.Definitions, rule, nearest[rule.Id], cluster), positions, best, confidence);
        return new MeasurementResult(
            spec,
            compared.Run.Vintages,
            positions,
            [tables.Main(), tables.Differences(), tables.Past(), tables.OfPeers(), tables.OfRules(), tables.Clusters()],
            [.. tables.Statements()],
            compared.Run.Notes);
    }

    private static int Count(MeasurementSpec spec, string setting, int most) => spec.Number(setting) is var number && number >= 1 && number <= most && number == Math.Floor(number)
        ? (int)number
        : throw new InputException(new InputProblem(Texts.SettingCannotBeUsed, $"definitions/measurements/{spec.Id}.yaml", Column: setting, Found: spec.Text(setting), Expected: Texts.ExpectedWholeUpTo.With(most)));

    private static List<Comparator> Comparators(ComparedIndicator compared, DefinitionSet definitions, PeerRule rule, Neighbours nearest, int[] cluster)
    {
        var shares = compared.Periods[^1].Shares;
        var regions = definitions.Municipalities.ToDictionary(municipality => municipality.Code, municipality => municipality.Region, StringComparer.Ordinal);
        ShareDifference Against(int own, Func<int, bool> isOther, bool together) => ShareDifference.Of(shares[own], [.. shares.Where((_, other) => other != own && isOther(other))], together);

        var comparators = new List<Comparator>
        {
            new("country", new("Hele landet", "All Denmark"), new("alle kommuner, kommunen selv med", "all municipalities, its own included"), own => Against(own, _ => true, together: true)),
            new("region", new("Regionen", "The region"), new("regionens kommuner, kommunen selv med", "the region's municipalities, its own included"), own => Against(own, other => regions[shares[other].Area] == regions[shares[own].Area], together: true)),
            new("cluster", new("Klyngen", "The cluster"), new($"klyngens andre kommuner; {cluster.Distinct().Count()} klynger efter rammevilkår, alle lige vægtige (Ward)", $"the cluster's other municipalities; {cluster.Distinct().Count()} clusters by framework conditions, all weighing the same (Ward)"), own => Against(own, other => cluster[other] == cluster[own], together: false)),
            new("neighbours", new("De nærmeste", "The nearest"), new($"de {nearest.Unit[0].Length} nærmeste kommuner efter {rule.Name.Da}; regnet af {rule.Base.Da}", $"the {nearest.Unit[0].Length} nearest municipalities by {rule.Name.En}; of {rule.Base.En}"), own => Against(own, other => nearest.Unit[own].Contains(other), together: false)),
        };
        if (compared.Periods.Count > 1)
        {
            var before = compared.Periods[^2].Shares.ToDictionary(share => share.Area, StringComparer.Ordinal);
            comparators.Add(new("past", new("Egen fortid", "Own past"), new($"kommunen selv, {Bilingual.Of(compared.Periods[^2].Period).Da}", $"the municipality itself, {Bilingual.Of(compared.Periods[^2].Period).En}"), own => ShareDifference.Of(shares[own], before.TryGetValue(shares[own].Area, out var past) ? [past] : [], together: false)));
        }

        return comparators;
    }
}
