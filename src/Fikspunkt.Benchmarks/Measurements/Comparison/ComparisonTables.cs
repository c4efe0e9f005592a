using Fikspunkt.Domain;
using Fikspunkt.Statistics.Groups;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Benchmarks.Measurements.Comparison;

/// <summary>The tables of an indicator's comparison; each says what shares are of and who the peers are.</summary>
internal sealed class ComparisonTables(
    ComparedIndicator compared,
    IReadOnlyList<PeerRule> rules,
    PeerRule rule,
    IReadOnlyDictionary<string, Neighbours> nearest,
    int[] cluster,
    IReadOnlyList<Comparator> comparators,
    IReadOnlyList<MeasuredPosition> positions,
    RankOrder best,
    double confidence)
{
    private static readonly MeasurementColumn Area = new("area", new("Kommune", "Municipality"), ColumnKind.Area);
    private static readonly MeasurementColumn Base = new("base", new("Andelens grundlag", "Base of the share"), ColumnKind.Text);
    private static readonly MeasurementColumn Rule = new("peer_rule", new("Regel for sammenligningskommuner", "Rule for peers"), ColumnKind.Text);

    private readonly Period period = compared.Periods[^1].Period;
    private readonly IReadOnlyList<ComparedShare> shares = compared.Periods[^1].Shares;

    /// <summary>One row a municipality: share, rank and the difference from each that it is compared with.</summary>
    public MeasurementTable Main() => new(
        "comparison",
        new($"{compared.Name.Da}, {Bilingual.Of(period).Da}", $"{compared.Name.En}, {Bilingual.Of(period).En}"),
        Explained(
            best == RankOrder.Lowest ? "Nr. 1 har den laveste andel." : "Nr. 1 har den højeste andel.",
            best == RankOrder.Lowest ? "Rank 1 has the lowest share." : "Rank 1 has the highest share."),
        [
            Area,
            new("rank", new("Placering", "Rank"), ColumnKind.Count),
            new("rank_lower", new("Placering, fra", "Rank, from"), ColumnKind.Count),
            new("rank_upper", new("Placering, til", "Rank, to"), ColumnKind.Count),
            new("share_pct", new("Andel", "Share"), ColumnKind.Share),
            new("lower_pct", new("Fra", "From"), ColumnKind.Share),
            new("upper_pct", new("Til", "To"), ColumnKind.Share),
            new("base_persons", compared.BaseName, ColumnKind.Persons),
            .. comparators.SelectMany(other => (MeasurementColumn[])[new(other.Id + "_pct", other.Name, ColumnKind.Share), new(other.Id + "_difference_pp", new($"Forskel: {other.Name.Da}", $"Difference: {other.Name.En}"), ColumnKind.Points)]),
            Base,
            Rule,
        ],
        [
            .. Enumerable.Range(0, shares.Count).OrderBy(own => positions[own].Rank).ThenBy(own => own).Select(own => (IReadOnlyList<object?>)
            [
                shares[own].Area, positions[own].Rank, positions[own].RankLower, positions[own].RankUpper, shares[own].Share, positions[own].Lower, positions[own].Upper, shares[own].Base,
                .. comparators.SelectMany(other => (object?[])[other.Of(own).Others, other.Of(own).Difference]),
                compared.BaseName, rule.Name,
            ]),
        ]);

    /// <summary>Each difference with its interval.</summary>
    public MeasurementTable Differences() => new(
        "differences",
        new("Forskelle og deres usikkerhed", "Differences and their uncertainty"),
        Explained("En forskel er sikker, når hele dens interval ligger på den ene side af 0. Mod egen fortid regnes de to periodes tilfældigheder som uafhængige.", "A difference is sure when its whole interval lies on one side of 0. Against the own past, chance in the two periods is taken as independent."),
        [
            Area,
            new("against", new("Sammenlignet med", "Compared with"), ColumnKind.Text),
            new("who", new("Hvem det er", "Who they are"), ColumnKind.Text),
            new("others_pct", new("Deres andel", "Their share"), ColumnKind.Share),
            new("difference_pp", new("Forskel", "Difference"), ColumnKind.Points),
            new("lower_pp", new("Fra", "From"), ColumnKind.Points),
            new("upper_pp", new("Til", "To"), ColumnKind.Points),
            new("verdict", new("Kan forskellen ses?", "Can the difference be told?"), ColumnKind.Text),
            Base,
        ],
        [
            .. from own in Enumerable.Range(0, shares.Count)
               from other in comparators
               let difference = other.Of(own)
               let interval = difference.Interval(confidence)
               select (IReadOnlyList<object?>)[shares[own].Area, other.Name, other.Rule, difference.Others, difference.Difference, interval.Lower, interval.Upper, Verdict(interval), compared.BaseName],
        ]);

    /// <summary>The share in every period, with the change from the one before.</summary>
    public MeasurementTable Past() => new(
        "past",
        new("Kommunens egen fortid", "The municipality's own past"),
        Explained("Ændringen er fra perioden før.", "The change is from the period before."),
        [
            Area,
            new("period", new("Periode", "Period"), ColumnKind.Text),
            new("share_pct", new("Andel", "Share"), ColumnKind.Share),
            new("change_pp", new("Ændring", "Change"), ColumnKind.Points),
            new("lower_pp", new("Fra", "From"), ColumnKind.Points),
            new("upper_pp", new("Til", "To"), ColumnKind.Points),
            Base,
        ],
        [
            .. from at in Enumerable.Range(0, compared.Periods.Count)
               from share in compared.Periods[at].Shares
               let before = at == 0 ? [] : compared.Periods[at - 1].Shares.Where(past => past.Area == share.Area).ToList()
               let change = ShareDifference.Of(share, before, together: false)
               let interval = change.Interval(confidence)
               orderby share.Area, compared.Periods[at].Period
               select (IReadOnlyList<object?>)[share.Area, compared.Periods[at].Period.ToString(), share.Share, change.Difference, interval.Lower, interval.Upper, compared.BaseName],
        ]);

    /// <summary>The neighbours by the chosen rule.</summary>
    public MeasurementTable OfPeers() => new(
        "peers",
        new("De nærmeste kommuner", "The nearest municipalities"),
        Explained("Nærmest først.", "Nearest first."),
        [
            Area,
            new("place", new("Nr.", "No."), ColumnKind.Count),
            new("peer", new("Sammenligningskommune", "Peer"), ColumnKind.Area),
            new("distance", new("Afstand", "Distance"), ColumnKind.Number),
            new("peer_share_pct", new("Dens andel", "Its share"), ColumnKind.Share),
            Rule,
            new("peer_base", new("Det, reglen regner af", "What the rule takes shares of"), ColumnKind.Text),
            Base,
        ],
        [
            .. from own in Enumerable.Range(0, shares.Count)
               from place in Enumerable.Range(0, nearest[rule.Id].Unit[own].Length)
               let peer = nearest[rule.Id].Unit[own][place]
               select (IReadOnlyList<object?>)[shares[own].Area, place + 1, shares[peer].Area, nearest[rule.Id].Distance[own][place], shares[peer].Share, rule.Name, rule.Base, compared.BaseName],
        ]);

    /// <summary>The nearest one by every rule: it changes with rule and base.</summary>
    public MeasurementTable OfRules() => new(
        "peer-rules",
        new("Den nærmeste kommune efter hver regel", "The nearest municipality by each rule"),
        Explained("Hvem der er nærmest, skifter med reglen og med det, andelene regnes af.", "Who is nearest changes with the rule and with what shares are of."),
        [
            Area,
            .. rules.Select(own => new MeasurementColumn(own.Id.Replace('-', '_'), new($"{own.Name.Da}; regnet af {own.Base.Da}", $"{own.Name.En}; of {own.Base.En}"), ColumnKind.Area)),
            new("different_peers", new("Forskellige svar", "Different answers"), ColumnKind.Count),
        ],
        [.. Enumerable.Range(0, shares.Count).Select(own => (IReadOnlyList<object?>)[shares[own].Area, .. NearestByRule(own), NearestByRule(own).Distinct(StringComparer.Ordinal).Count()])]);

    /// <summary>The clusters and their shares.</summary>
    public MeasurementTable Clusters() => new(
        "clusters",
        new("Klyngerne", "The clusters"),
        Explained("Klynger efter rammevilkår, alle lige vægtige (Ward).", "Clusters by framework conditions, all weighing the same (Ward)."),
        [
            Area,
            new("cluster", new("Klynge", "Cluster"), ColumnKind.Count),
            new("cluster_size", new("Kommuner i klyngen", "Municipalities in the cluster"), ColumnKind.Count),
            new("share_pct", new("Andel", "Share"), ColumnKind.Share),
            Base,
        ],
        [
            .. Enumerable.Range(0, shares.Count).OrderBy(own => cluster[own]).ThenBy(own => own)
                .Select(own => (IReadOnlyList<object?>)[shares[own].Area, cluster[own] + 1, cluster.Count(other => other == cluster[own]), shares[own].Share, compared.BaseName]),
        ]);

    /// <summary>A sentence on each municipality and two on the country.</summary>
    public IEnumerable<Statement> Statements()
    {
        var several = Enumerable.Range(0, shares.Count).Count(own => NearestByRule(own).Distinct(StringComparer.Ordinal).Count() > 1);
        yield return new Statement(null, "gap", Bilingual.Of(
            $"For {several} af {shares.Count} kommuner skifter den nærmeste kommune med reglen og med det, andelene regnes af; her er reglen {rule.Name.Da}, regnet af {rule.Base.Da}.",
            $"For {several} of {shares.Count} municipalities the nearest one changes with the rule and with what shares are of; here the rule is {rule.Name.En}, of {rule.Base.En}."));
        var past = comparators.FirstOrDefault(other => other.Id == "past");
        var (country, peers) = (comparators.First(other => other.Id == "country"), comparators.First(other => other.Id == "neighbours"));
        for (var own = 0; own < shares.Count; own++)
        {
            var (all, near) = (country.Of(own), peers.Of(own));
            var (againstAll, againstNear) = (Verdict(all.Interval(confidence)), Verdict(near.Interval(confidence)));
            var place = Sentences.Position(positions[own].Rank, positions[own].RankLower, positions[own].RankUpper, positions[own].Units);
            yield return new Statement(shares[own].Area, "position", Bilingual.Of(
                $"{compared.Name.Da}: {100 * shares[own].Share:0.00} pct. ({100 * positions[own].Lower:0.00}-{100 * positions[own].Upper:0.00}) af {compared.BaseName.Da}. {place.Da} Mod hele landets {100 * all.Others:0.00} pct.: {againstAll.Da}; mod de nærmestes {100 * near.Others:0.00} pct.: {againstNear.Da}.",
                $"{compared.Name.En}: {100 * shares[own].Share:0.00} per cent ({100 * positions[own].Lower:0.00}-{100 * positions[own].Upper:0.00}) of {compared.BaseName.En}. {place.En} Against the country's {100 * all.Others:0.00} per cent: {againstAll.En}; against the nearest ones' {100 * near.Others:0.00} per cent: {againstNear.En}."));
            if (past?.Of(own) is { } since && since.Interval(confidence) is { Lower: not double.NaN } moved)
            {
                yield return new Statement(shares[own].Area, "change", Sentences.ShareChange(since.Difference, moved.Lower, moved.Upper, compared.Periods[^2].Period));
            }

            if (Opposite(all.Interval(confidence), near.Interval(confidence)) is { } opposite)
            {
                yield return new Statement(shares[own].Area, "contradiction", opposite);
            }
        }
    }

    /// <summary>Beyond chance on one side of the country and on the other side of the nearest; <see langword="null"/> where it is not.</summary>
    internal static LocalizedText? Opposite(Statistics.Interval country, Statistics.Interval nearest) => (country, nearest) switch
    {
        ({ Lower: > 0 }, { Upper: < 0 }) => new("Andelen er højere end hele landets, men lavere end de nærmestes; hvad den siger, afhænger af, hvem man sammenligner med.", "The share is higher than the country's but lower than the nearest ones'; what it says depends on whom one compares with."),
        ({ Upper: < 0 }, { Lower: > 0 }) => new("Andelen er lavere end hele landets, men højere end de nærmestes; hvad den siger, afhænger af, hvem man sammenligner med.", "The share is lower than the country's but higher than the nearest ones'; what it says depends on whom one compares with."),
        _ => null,
    };

    private static LocalizedText Verdict(Statistics.Interval interval) => interval switch
    {
        { Lower: > 0 } => new("højere", "higher"),
        { Upper: < 0 } => new("lavere", "lower"),
        { Lower: double.NaN } => new("ingen at sammenligne med", "nobody to compare with"),
        _ => new("ingen sikker forskel", "no sure difference"),
    };

    private IEnumerable<string> NearestByRule(int own) => rules.Select(by => shares[nearest[by.Id].Unit[own][0]].Area);

    /// <summary>Base and peer rule go into every explanation.</summary>
    private LocalizedText Explained(string danish, string english) => new(
        $"{danish} Andelene regnes af {compared.BaseName.Da}. De nærmeste findes efter {rule.Name.Da}, regnet af {rule.Base.Da}.",
        $"{english} Shares are of {compared.BaseName.En}. The nearest are found by {rule.Name.En}, of {rule.Base.En}.");
}
