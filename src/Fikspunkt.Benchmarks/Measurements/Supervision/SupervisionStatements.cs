using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Measurements.Supervision;

/// <summary>Sentences on the state's goals that claim no more than the counts and their uncertainty allow.</summary>
internal static class SupervisionStatements
{
    public static IEnumerable<Statement> Of(IReadOnlyList<JudgedRule> judged, SupervisedFigures figures, IReadOnlySet<string> exempt)
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
            }
        }

        var uncounted = figures.Counts.Sum(counts => OfficialProgress.Of(counts).Uncounted);
        yield return new Statement(null, "gap", Bilingual.Of(
            $"{uncounted:N0} borgere med længerevarende forløb er i løntimer uden at tælle i målet for tilbud.",
            $"{uncounted:N0} citizens with a long course are in paid hours without counting towards the goal for offers."));
    }

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
