using System.Globalization;
using Fikspunkt.Domain;
using NodaTime;

namespace Fikspunkt.Benchmarks.Measurements.Supervision;

/// <summary>The tables of the state's goals.</summary>
internal sealed class SupervisionTables(SupervisedFigures figures, IReadOnlySet<string> exempt, IReadOnlyList<JudgedRule> judged, IReadOnlyList<MeasuredPosition> overall)
{
    private static readonly LocalizedText IsExempt = new("fritaget, ikke bedømt", "exempt, not judged");
    private static readonly LocalizedText NoVerdict = new("ingen dom", "no verdict");
    private static readonly LocalizedText NoFigures = new("ingen tal", "no figures");
    private static readonly LocalizedText Yes = new("ja", "yes");
    private static readonly LocalizedText No = new("nej", "no");

    /// <summary>One row a municipality: what each rule in force says.</summary>
    public MeasurementTable Main()
    {
        var position = overall.ToDictionary(own => own.Area, StringComparer.Ordinal);
        return new MeasurementTable(
            "supervision",
            new($"Statens mål og grænser, {figures.Period}", $"The state's goals and limits, {figures.Period}"),
            Explained(),
            [
                new("area", new("Kommune", "Municipality"), ColumnKind.Area),
                new("rank", new("Placering", "Rank"), ColumnKind.Count),
                new("rank_lower", new("Placering, fra", "Rank, from"), ColumnKind.Count),
                new("rank_upper", new("Placering, til", "Rank, to"), ColumnKind.Count),
                new("distance_pp", new("Afstand til grænsen (plus = over)", "Distance to the limit (plus = above)"), ColumnKind.Points),
                new("exempt", new("Fritaget (frikommune)", "Exempt (free municipality)"), ColumnKind.Text),
                .. judged.SelectMany(VerdictColumns),
            ],
            [
                .. figures.Counts.Select(counts => counts.Area).Concat(figures.WithoutFigures)
                    .Select(area => (Area: area, Own: position.GetValueOrDefault(area)))
                    .OrderBy(row => row.Own?.Rank ?? int.MaxValue).ThenBy(row => row.Area, StringComparer.Ordinal)
                    .Select(row => (IReadOnlyList<object?>)
                    [
                        row.Area, row.Own?.Rank, row.Own?.RankLower, row.Own?.RankUpper, row.Own?.Value ?? double.NaN, exempt.Contains(row.Area) ? Yes : No,
                        .. judged.SelectMany(rule => Verdicts(rule, row.Area)),
                    ]),
            ]);
    }

    /// <summary>One share: counts, limit, interval, persons too many, certainty, verdict.</summary>
    public MeasurementTable OfShare(JudgedShare share)
    {
        var position = share.Positions.ToDictionary(own => own.Area, StringComparer.Ordinal);
        return new MeasurementTable(
            share.Id,
            new($"{share.Rule.Title.Da}: {share.Name.Da}", $"{share.Rule.Title.En}: {share.Name.En}"),
            Bilingual.Of(
                $"Andelen regnes af {share.BaseName.Da} og må ikke overstige {share.Rule.LimitPercent} pct. Et længerevarende forløb er mindst {share.Rule.LongCourseWeeks} uger; der tælles over {share.Rule.WindowWeeks} uger. {Source(share.Rule).Da} Dommen gælder de talte borgere; fra-til og sikkerheden gælder kommunens praksis, når tallene også rummer tilfældigheder.",
                $"The share is of {share.BaseName.En} and must not exceed {share.Rule.LimitPercent} per cent. A long course is at least {share.Rule.LongCourseWeeks} weeks; counts are over {share.Rule.WindowWeeks} weeks. {Source(share.Rule).En} The verdict is on the citizens counted; from-to and the certainty are about the municipality's practice, the counts being subject to chance."),
            [
                new("area", new("Kommune", "Municipality"), ColumnKind.Area),
                new("rank", new("Placering", "Rank"), ColumnKind.Count),
                new("rank_lower", new("Placering, fra", "Rank, from"), ColumnKind.Count),
                new("rank_upper", new("Placering, til", "Rank, to"), ColumnKind.Count),
                new("missed_persons", new("Borgere, der mangler det", "Citizens who lack it"), ColumnKind.Persons),
                new("base_persons", new("Borgere, andelen regnes af", "Citizens that the share is of"), ColumnKind.Persons),
                new("share_pct", new("Andel", "Share"), ColumnKind.Share),
                new("lower_pct", new("Fra", "From"), ColumnKind.Share),
                new("upper_pct", new("Til", "To"), ColumnKind.Share),
                new("limit_pct", new("Grænse", "Limit"), ColumnKind.Share),
                new("distance_pp", new("Afstand til grænsen (plus = over)", "Distance to the limit (plus = above)"), ColumnKind.Points),
                new("persons_over", new("Borgere, der skal have det, for at komme ned på grænsen", "Citizens who must get it to come down to the limit"), ColumnKind.Count),
                new("certainty_pct", new("Sikkerhed for at praksis er over grænsen", "Confidence that the practice is above the limit"), ColumnKind.Share),
                new("verdict", new("Dom", "Verdict"), ColumnKind.Text),
                new("hidden_cells", Bilingual.Of($"Skjulte småtal (talt som {figures.Hidden.Middle:0.#})", $"Hidden small counts (taken as {figures.Hidden.Middle:0.#})"), ColumnKind.Count),
                new("base", new("Andelens grundlag", "Base of the share"), ColumnKind.Text),
            ],
            [
                .. share.ByArea.OrderBy(pair => position.TryGetValue(pair.Key, out var own) ? own.Rank : int.MaxValue).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair =>
                {
                    var (own, value, judgedHere) = (position.GetValueOrDefault(pair.Key), pair.Value, !exempt.Contains(pair.Key));
                    return (IReadOnlyList<object?>)
                    [
                        pair.Key, own?.Rank, own?.RankLower, own?.RankUpper, value.Missed.Middle, value.Base, value.Share, value.Interval.Lower, value.Interval.Upper, value.Limit, value.Distance,
                        judgedHere ? value.PersonsOver : null, judgedHere ? value.Certainty : double.NaN, Verdict(share, pair.Key), value.Missed.Hidden, share.BaseName,
                    ];
                }),
            ]);
    }

    /// <summary>A result goal: actual against expected in the ministry's benchmark.</summary>
    public static MeasurementTable OfResults(JudgedRule rule) => new(
        rule.Rule.Id,
        rule.Rule.Title,
        Bilingual.Of(
            $"Målet er ikke nået, når den faktiske andel ligger mere end {rule.Rule.LimitPercent} procentpoint over den forventede i ministeriets benchmark. {Source(rule.Rule).Da} Fritagelse fra proceskrav fritager ikke for resultater.",
            $"The goal is missed when the actual share is more than {rule.Rule.LimitPercent} percentage points above the expected one in the ministry's benchmark. {Source(rule.Rule).En} Exemption from demands on the process is no exemption from results."),
        [
            new("area", new("Kommune", "Municipality"), ColumnKind.Area),
            new("rank", new("Placering", "Rank"), ColumnKind.Count),
            new("rank_lower", new("Placering, fra", "Rank, from"), ColumnKind.Count),
            new("rank_upper", new("Placering, til", "Rank, to"), ColumnKind.Count),
            new("actual_pct", new("Faktisk andel", "Actual share"), ColumnKind.Share),
            new("expected_pct", new("Forventet andel", "Expected share"), ColumnKind.Share),
            new("difference_pp", new("Forskel", "Difference"), ColumnKind.Points),
            new("lower_pp", new("Fra", "From"), ColumnKind.Points),
            new("upper_pp", new("Til", "To"), ColumnKind.Points),
            new("persons_over", new("Fuldtidspersoner over grænsen", "Full-time persons above the limit"), ColumnKind.Persons),
            new("certainty_pct", new("Sikkerhed for at være over", "Confidence of being above"), ColumnKind.Share),
            new("verdict", new("Dom", "Verdict"), ColumnKind.Text),
        ],
        [
            .. rule.Results.OrderBy(own => own.Result.Rank).ThenBy(own => own.Result.Area, StringComparer.Ordinal).Select(own => (IReadOnlyList<object?>)
            [
                own.Result.Area, own.Result.Rank, own.Result.RankLower, own.Result.RankUpper, own.Result.Actual, own.Result.Expected, own.Result.Difference, own.Result.Lower, own.Result.Upper,
                own.PersonsOver, own.Certainty, Verdict(own.Missed, own.Sure),
            ]),
        ]);

    /// <summary>What counts towards the goal beside what is progress all the same: paid hours do not count.</summary>
    public MeasurementTable OfficialAndActual() => new(
        "official-and-actual",
        new($"Det, der tæller, og det, der sker, {figures.Period}", $"What counts and what happens, {figures.Period}"),
        new(
            "Andele af borgere med længerevarende forløb. Officielt tæller kun et tilbud; en delvist raskmeldt borger, der kommer i løntimer uden tilbud, tæller ikke. Fremgang = tilbud eller løntimer. Forskellen er de borgere, som målet ikke ser. Små skjulte tal regnes som 1,5.",
            "Shares of citizens with a long course. Officially only an offer counts; a citizen partly back at work in paid hours without an offer does not. Progress = offer or paid hours. The difference is the citizens whom the goal does not see. Small hidden counts are taken as 1.5."),
        [
            new("area", new("Kommune", "Municipality"), ColumnKind.Area),
            new("long_course_persons", new("Borgere med længerevarende forløb", "Citizens with a long course"), ColumnKind.Persons),
            new("official_persons", new("Tæller officielt (har fået tilbud)", "Count officially (got an offer)"), ColumnKind.Persons),
            new("official_pct", new("Andel, der tæller officielt", "Share that counts officially"), ColumnKind.Share),
            new("progress_pct", new("Andel med tilbud eller løntimer", "Share with an offer or paid hours"), ColumnKind.Share),
            new("difference_pp", new("Forskel", "Difference"), ColumnKind.Points),
            new("uncounted_persons", new("I løntimer uden at tælle", "In paid hours without counting"), ColumnKind.Persons),
            new("paid_pct", new("Andel i løntimer i alt", "Share in paid hours in all"), ColumnKind.Share),
        ],
        [
            .. figures.Counts.Select(counts => (counts.Area, Both: OfficialProgress.Of(counts))).Where(row => row.Both.Persons > 0)
                .OrderByDescending(row => row.Both.Difference).ThenBy(row => row.Area, StringComparer.Ordinal)
                .Select(row => (IReadOnlyList<object?>)
                [
                    row.Area, row.Both.Persons, row.Both.Official, row.Both.OfficialShare, row.Both.ActualShare, row.Both.Difference, row.Both.Uncounted, row.Both.Paid / row.Both.Persons,
                ]),
        ]);

    /// <summary>Every version of every rule, with its parameters and what is missing.</summary>
    public static MeasurementTable OfRules(IReadOnlyList<SupervisionRule> rules, IReadOnlyList<JudgedRule> inForce) => new(
        "rules",
        new("Reglerne og det, der mangler i dem", "The rules and what they lack"),
        new("En regel uden alle sine parametre giver ingen dom. En tom rubrik er en parameter, som kilden ikke oplyser.", "A rule without all of its parameters gives no verdict. An empty field is a parameter that the source does not state."),
        [
            new("rule", new("Regel", "Rule"), ColumnKind.Text),
            new("title", new("Navn", "Name"), ColumnKind.Text),
            new("example", new("Eksempel med antagne tal", "Example with assumed figures"), ColumnKind.Text),
            new("valid_from", new("Gyldig fra", "Valid from"), ColumnKind.Text),
            new("valid_to", new("Gyldig til", "Valid to"), ColumnKind.Text),
            new("minimum_offers", new("Tilbud, mindst", "Offers, at least"), ColumnKind.Count),
            new("minimum_conversations", new("Samtaler, mindst", "Conversations, at least"), ColumnKind.Count),
            new("long_course_weeks", new("Længerevarende forløb (uger)", "Long course (weeks)"), ColumnKind.Count),
            new("window_weeks", new("Vindue (uger)", "Window (weeks)"), ColumnKind.Count),
            new("limit", new("Grænse (pct.; resultatmål: procentpoint)", "Limit (per cent; result goal: percentage points)"), ColumnKind.Number),
            new("denominator", new("Andelen regnes af", "The share is of"), ColumnKind.Text),
            new("reading", new("Læsning af \"eller\"", "Reading of \"or\""), ColumnKind.Text),
            new("legal_source", new("Retskilde", "Legal source"), ColumnKind.Text),
            new("verdicts", new("Giver dom", "Gives verdicts"), ColumnKind.Text),
        ],
        [
            .. rules.Select(rule => (IReadOnlyList<object?>)
            [
                rule.Id, rule.Title, rule.IsExample ? Yes : No, Day(rule.ValidFrom), Day(rule.ValidTo), rule.MinimumOffers, rule.MinimumConversations, rule.LongCourseWeeks, rule.WindowWeeks,
                rule.LimitPercent, BaseName(rule.Base), ReadingName(rule.Reading), rule.LegalSource,
                inForce.FirstOrDefault(own => ReferenceEquals(own.Rule, rule)) is { } own ? own.WhyNot ?? Yes : new LocalizedText("nej: gælder ikke i perioden", "no: not in force in the period"),
            ]),
        ]);

    internal static LocalizedText Source(SupervisionRule rule) => rule.IsExample
        ? new("EKSEMPEL: grænse og øvrige parametre er antaget og står ikke i nogen regel.", "EXAMPLE: the limit and the other parameters are assumed and stand in no rule.")
        : new($"Retskilde: {rule.LegalSource}.", $"Legal source: {rule.LegalSource}.");

    private static LocalizedText Verdict(bool above, bool sure) => (above, sure) switch
    {
        (true, true) => new("over grænsen", "above the limit"),
        (true, false) => new("over grænsen, men ikke sikkert", "above the limit, but not surely"),
        (false, true) => new("inden for grænsen", "within the limit"),
        _ => new("inden for grænsen, men ikke sikkert", "within the limit, but not surely"),
    };

    private static string? Day(LocalDate? date) => date?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    private static LocalizedText? BaseName(GoalBase? of) => of switch
    {
        GoalBase.AllCitizens => new("alle borgere", "all citizens"),
        GoalBase.LongCourses => new("borgere med længerevarende forløb", "citizens with a long course"),
        _ => null,
    };

    private static LocalizedText? ReadingName(GoalReading? reading) => reading switch
    {
        GoalReading.Separate => new("to mål hver for sig", "two separate goals"),
        GoalReading.Neither => new("mangler begge dele", "lacks both"),
        GoalReading.Either => new("mangler mindst én af delene", "lacks at least one of them"),
        _ => null,
    };

    private LocalizedText Explained()
    {
        var none = judged.Where(rule => rule.WhyNot is not null).Select(rule => new LocalizedText($"{rule.Rule.Title.Da}: {rule.WhyNot!.Da}.", $"{rule.Rule.Title.En}: {rule.WhyNot!.En}.")).ToList();
        var bases = judged.SelectMany(rule => rule.Shares).Select(share => share.BaseName).Distinct().ToList();
        return Bilingual.Join(" ", (LocalizedText[])
        [
            new("Ordnet efter afstanden til grænsen, den største af målenes afstande. En frikommune er fritaget for proceskravene og bedømmes ikke på dem.", "Ordered by the distance to the limit, the largest of the goals' distances. A free municipality is exempt from the demands on the process and is not judged by them."),
            .. bases.Select(name => new LocalizedText($"Andelene regnes af {name.Da}.", $"Shares are of {name.En}.")),
            .. none,
        ]);
    }

    private static IEnumerable<MeasurementColumn> VerdictColumns(JudgedRule rule) => rule.Shares.Count > 0
        ? rule.Shares.Select(share => new MeasurementColumn(Column(share.Id), new($"{share.Rule.Title.Da}: {share.Name.Da}", $"{share.Rule.Title.En}: {share.Name.En}"), ColumnKind.Text))
        : [new MeasurementColumn(Column(rule.Rule.Id), rule.Rule.Title, ColumnKind.Text)];

    private static string Column(string id) => id.Replace('-', '_');

    private IEnumerable<object?> Verdicts(JudgedRule rule, string area) => rule switch
    {
        { WhyNot: not null } => [NoVerdict],
        { Shares.Count: > 0 } => rule.Shares.Select(share => Verdict(share, area)),
        _ => [rule.Results.FirstOrDefault(own => own.Result.Area == area) is { } own ? Verdict(own.Missed, own.Sure) : NoFigures],
    };

    private LocalizedText Verdict(JudgedShare share, string area) => exempt.Contains(area) ? IsExempt
        : !share.ByArea.TryGetValue(area, out var own) ? NoFigures
        : own.Verdict switch
        {
            GoalVerdict.Above => Verdict(above: true, own.Sure),
            GoalVerdict.Within => Verdict(above: false, own.Sure),
            GoalVerdict.Empty => new("ingen borgere at regne af", "no citizens to count"),
            _ => new("kan ikke afgøres: skjulte småtal", "cannot be decided: hidden small counts"),
        };
}
