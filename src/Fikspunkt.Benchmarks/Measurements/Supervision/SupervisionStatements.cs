using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Measurements.Supervision;

/// <summary>Sentences on the state's goals that claim no more than the counts and their uncertainty allow.</summary>
internal static class SupervisionStatements
{
    public static IEnumerable<Statement> Of(IReadOnlyList<JudgedRule> judged, SupervisedFigures figures, IReadOnlySet<string> exempt, SupervisedFigures? before, double confidence)
    {
        foreach (var rule in judged.Where(rule => rule.WhyNot is not null))
        {
            yield return new Statement(null, "position", new($"{rule.Rule.Title.Da}: {rule.WhyNot!.Da}.", $"{rule.Rule.Title.En}: {rule.WhyNot!.En}."));
        }

        foreach (var share in judged.SelectMany(rule => rule.Shares))
        {
            var areas = share.Judged(exempt).ToList();
            var above = areas.Where(area => share.ByArea[area].Verdict == GoalVerdict.Above).ToList();
            var sure = above.Count(area => share.ByArea[area].Sure);
            yield return new Statement(null, "position", Bilingual.Of(
                $"{share.Rule.Title.Da}, {share.Name.Da}: {above.Count} af {areas.Count} kommuner er over grænsen på {share.Rule.LimitPercent} pct., {sure} af dem også, når tilfældigheder regnes med. {SupervisionTables.Source(share.Rule).Da}",
                $"{share.Rule.Title.En}, {share.Name.En}: {above.Count} of {areas.Count} municipalities are above the limit of {share.Rule.LimitPercent} per cent, {sure} of them also when chance is allowed for. {SupervisionTables.Source(share.Rule).En}"));
            foreach (var area in areas.Where(area => share.ByArea[area].Verdict is GoalVerdict.Above or GoalVerdict.Within))
            {
                yield return new Statement(area, "position", OfArea(share, share.ByArea[area]));
                if (Changed(share, area, before, confidence) is { } change)
                {
                    yield return new Statement(area, "change", change);
                }
            }
        }

        var uncounted = figures.Counts.Sum(counts => OfficialProgress.Of(counts).Uncounted);
        yield return new Statement(null, "gap", Bilingual.Of(
            $"{uncounted:N0} borgere med længerevarende forløb er i løntimer uden at tælle i målet for tilbud.",
            $"{uncounted:N0} citizens with a long course are in paid hours without counting towards the goal for offers."));
    }

    /// <summary>Result goals: the difference from what is expected against the limit, and how it has changed.</summary>
    /// <param name="judged">The rules.</param>
    /// <param name="before">Actual against expected in the period before; empty where there is none.</param>
    public static IEnumerable<Statement> OfResults(IReadOnlyList<JudgedRule> judged, IReadOnlyList<AreaResult> before)
    {
        var earlier = before.ToDictionary(result => result.Area, StringComparer.Ordinal);
        foreach (var rule in judged.Where(rule => rule.Results.Count > 0))
        {
            var (missed, sure) = (rule.Results.Count(result => result.Missed), rule.Results.Count(result => result is { Missed: true, Sure: true }));
            yield return new Statement(null, "position", Bilingual.Of(
                $"{rule.Rule.Title.Da}: {missed} af {rule.Results.Count} kommuner er over grænsen på {rule.Rule.LimitPercent} pct.point over det ventede, {sure} af dem også, når tilfældigheder regnes med. {SupervisionTables.Source(rule.Rule).Da}",
                $"{rule.Rule.Title.En}: {missed} of {rule.Results.Count} municipalities are above the limit of {rule.Rule.LimitPercent} percentage points above what is expected, {sure} of them also when chance is allowed for. {SupervisionTables.Source(rule.Rule).En}"));
            foreach (var result in rule.Results)
            {
                yield return new Statement(result.Result.Area, "position", OfResult(rule, result));
                if (earlier.TryGetValue(result.Result.Area, out var previous))
                {
                    yield return new Statement(result.Result.Area, "change", Bilingual.Join(new($"{rule.Rule.Title.Da}:", $"{rule.Rule.Title.En}:"), Bilingual.Join(Sentences.Change(previous, result.Result), SupervisionTables.Source(rule.Rule))));
                }
            }
        }
    }

    /// <summary>Effort and results that point opposite ways, each beyond chance.</summary>
    public static IEnumerable<Statement> Contradictions(IReadOnlyList<JudgedRule> judged, IReadOnlySet<string> exempt) =>
        from goal in judged
        from share in goal.Shares
        from rule in judged
        from result in rule.Results
        let area = result.Result.Area
        where result.Sure && share.ByArea.TryGetValue(area, out var own) && own.Sure && !exempt.Contains(area)
        let effort = share.ByArea[area].Verdict
        where effort is GoalVerdict.Above or GoalVerdict.Within && (effort == GoalVerdict.Above) != result.Missed
        orderby area
        select new Statement(area, "contradiction", effort == GoalVerdict.Above
            ? Bilingual.Of(
                $"{goal.Rule.Title.Da} ({share.Name.Da}) er ikke nået, men {Small(rule.Rule.Title.Da)} er, begge ud over det tilfældige: Indsatsen er under kravet, og resultatet er bedre end grænsen. {SupervisionTables.Source(goal.Rule).Da}",
                $"{goal.Rule.Title.En} ({share.Name.En}) is missed but {Small(rule.Rule.Title.En)} is met, both beyond chance: the effort is below the demand and the result better than the limit. {SupervisionTables.Source(goal.Rule).En}")
            : Bilingual.Of(
                $"{goal.Rule.Title.Da} ({share.Name.Da}) er nået, men {Small(rule.Rule.Title.Da)} er ikke, begge ud over det tilfældige: Indsatsen opfylder kravet, og resultatet er dårligere end grænsen. {SupervisionTables.Source(goal.Rule).Da}",
                $"{goal.Rule.Title.En} ({share.Name.En}) is met but {Small(rule.Rule.Title.En)} is missed, both beyond chance: the effort meets the demand and the result is worse than the limit. {SupervisionTables.Source(goal.Rule).En}"));

    private static LocalizedText OfResult(JudgedRule rule, JudgedResult judged)
    {
        var (result, limit) = (judged.Result, rule.Rule.LimitPercent);
        var (open, openEn) = judged.Sure ? ("", "") : (", men ikke mere, end at det kan være tilfældigt", ", but not by more than chance may bring about");
        var (verdict, verdictEn) = judged.Missed
            ? ($"det er over grænsen på {limit} pct.point{open}", $"that is above the limit of {limit} percentage points{openEn}")
            : ($"det er inden for grænsen på {limit} pct.point{open}", $"that is within the limit of {limit} percentage points{openEn}");
        var persons = judged.Missed
            ? Bilingual.Of($"; {judged.PersonsOver:N0} færre fuldtidspersoner ville bringe den ned på grænsen", $"; {judged.PersonsOver:N0} fewer full-time persons would bring it down to the limit")
            : new("", "");
        return Bilingual.Of(
            $"{rule.Rule.Title.Da}: forskellen til det ventede er {100 * result.Difference:+0.00;−0.00;0.00} pct.point af befolkningen (usikkerheden tillader {100 * result.Lower:+0.00;−0.00;0.00} til {100 * result.Upper:+0.00;−0.00;0.00}); {verdict}{persons.Da}. {SupervisionTables.Source(rule.Rule).Da}",
            $"{rule.Rule.Title.En}: the difference from what is expected is {100 * result.Difference:+0.00;−0.00;0.00} percentage points of the population (the uncertainty allows {100 * result.Lower:+0.00;−0.00;0.00} to {100 * result.Upper:+0.00;−0.00;0.00}); {verdictEn}{persons.En}. {SupervisionTables.Source(rule.Rule).En}");
    }

    // The ends of the two intervals against each other: right however the years go together.
    private static LocalizedText? Changed(JudgedShare share, string area, SupervisedFigures? before, double confidence)
    {
        if (before?.Counts.FirstOrDefault(counts => counts.Area == area) is not { } counts || !share.Rule.HoldsAt(before.Period))
        {
            return null;
        }

        var (now, then) = (share.ByArea[area], GoalShare.Of(counts, share.Measure, share.Rule.Base!.Value, share.Rule.LimitPercent!.Value / 100, confidence));
        return then.Verdict == GoalVerdict.Empty
            ? null
            : Bilingual.Join(
                new($"{Capital(share.Name.Da)}:", $"{Capital(share.Name.En)}:"),
                Bilingual.Join(Sentences.ShareChange(now.Share - then.Share, now.Interval.Lower - then.Interval.Upper, now.Interval.Upper - then.Interval.Lower, before.Period), SupervisionTables.Source(share.Rule)));
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Small(string text) => char.ToLowerInvariant(text[0]) + text[1..];

    private static LocalizedText OfArea(JudgedShare share, GoalShare own)
    {
        var (isAbove, persons) = (own.Verdict == GoalVerdict.Above, own.PersonsOver);
        var danish = isAbove
            ? $"det er over grænsen på {share.Rule.LimitPercent} procent{(own.Sure ? "" : ", men ikke mere, end at det kan være tilfældigt")}; {persons} {(persons == 1 ? "borger" : "borgere")} skal have det, for at andelen kommer ned på grænsen"
            : (FormattableString)$"det er inden for grænsen på {share.Rule.LimitPercent} procent{(own.Sure ? "" : ", men ikke mere, end at det kan være tilfældigt")}";
        var english = isAbove
            ? $"that is above the limit of {share.Rule.LimitPercent} per cent{(own.Sure ? "" : ", but not by more than chance may bring about")}; {persons} {(persons == 1 ? "citizen" : "citizens")} must get it for the share to come down to the limit"
            : (FormattableString)$"that is within the limit of {share.Rule.LimitPercent} per cent{(own.Sure ? "" : ", but not by more than chance may bring about")}";
        var end = Bilingual.Of(danish, english);
        return Bilingual.Of(
            $"{100 * own.Share:0.0} pct. af {share.BaseName.Da} har fået {share.Name.Da} (usikkerhed {100 * own.Interval.Lower:0.0}-{100 * own.Interval.Upper:0.0}); {end.Da}. {SupervisionTables.Source(share.Rule).Da}",
            $"{100 * own.Share:0.0} per cent of {share.BaseName.En} got {share.Name.En} (uncertainty {100 * own.Interval.Lower:0.0}-{100 * own.Interval.Upper:0.0}); {end.En}. {SupervisionTables.Source(share.Rule).En}");
    }
}
