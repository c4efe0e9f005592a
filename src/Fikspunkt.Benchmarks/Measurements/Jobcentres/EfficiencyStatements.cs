using System.Globalization;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;

namespace Fikspunkt.Benchmarks.Measurements.Jobcentres;

/// <summary>Careful sentences: a figure never without what it rests on or its interval, and no cause.</summary>
internal static class EfficiencyStatements
{
    private static readonly CultureInfo Danish = CultureInfo.GetCultureInfo("da-DK");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static IReadOnlyList<Statement> Of(
        MeasurementSpec spec, JobcentreFigures figures, EfficiencyRows rows, IReadOnlyList<MeasuredPosition> positions, IReadOnlyDictionary<string, MeasuredPosition> against, LocalizedText otherTitle, IReadOnlyDictionary<string, string> names)
    {
        List<Statement> statements = [Headline(rows), Corrected(rows), .. Surviving(rows), Chance(rows), Order(positions), Moving(rows)];
        if (against.Count > 0)
        {
            statements.Add(Contradiction(figures, rows, against, otherTitle, names));
        }

        foreach (var position in positions.Where(position => position.Outcome == JobcentreEfficiency.Results))
        {
            statements.AddRange([Position(position, figures, rows, names), Contribution(position.Area, figures)]);
            if (against.TryGetValue(position.Area, out var other) && Sentences.Contradiction(spec.Title, position, otherTitle, other) is { } contradiction)
            {
                statements.Add(new(position.Area, "contradiction", contradiction));
            }
        }

        return statements;
    }

    // A range over ways to calculate leads, not one figure: where the truth is known, every single figure missed it, the corrected ones with their intervals most of all.
    private static Statement Headline(EfficiencyRows rows)
    {
        var (persons, money) = (PotentialRange.Of(rows, row => row.Persons), PotentialRange.Of(rows, row => row.Money));
        var (few, kroner) = (Amount.Of(rows.CarefulPersons), Amount.Of(rows.CarefulMoney));
        return new(null, "money", new(
            $"Svaret afhænger af, hvordan der regnes: fra omkring {Da(persons.Least, 100)} til {Da(persons.Most, 100)} færre fuldtidspersoner på ydelserne, hvis alle jobcentre nåede de bedste med samme eller lavere udgifter, eller fra omkring {Da(money.Least / 1e6, 10)} til {Da(money.Most / 1e6, 10)} mio. kr. sparet på indsatsen med samme resultat. Mest er analysen, som den er lavet; mindst er »{persons.LeastRow.Name.Da}«{(money.LeastRow == persons.LeastRow ? "" : $" (penge: »{money.LeastRow.Name.Da}«)")}. Med tilfældigheder trukket ud af resultaterne er det {Da(few.Measured, 100)} personer eller {Da(kroner.Measured / 1e6, 10)} mio. kr. Det er enten-eller; spændet er over regnemåder og er ikke et sikkerhedsinterval, og det er en regning, ikke en prognose.",
            $"The answer depends on the way of calculating: from about {En(persons.Least, 100)} to {En(persons.Most, 100)} fewer full-time persons on the benefits if every jobcentre reached the best with the same or lower expenditure, or from about {En(money.Least / 1e6, 10)} to {En(money.Most / 1e6, 10)} mio. kr saved on the effort with the same result. The most is the analysis as made; the least is “{persons.LeastRow.Name.En}”{(money.LeastRow == persons.LeastRow ? "" : $" (money: “{money.LeastRow.Name.En}”)")}. With chance taken out of the results it is {En(few.Measured, 100)} persons or {En(kroner.Measured / 1e6, 10)} mio. kr. It is one or the other; the range is over ways of calculating and is no confidence interval, and it is a calculation, not a forecast."));
    }

    private static Statement Corrected(EfficiencyRows rows)
    {
        var (few, kroner) = (Amount.Of(rows.CarefulPersons), Amount.Of(rows.CarefulMoney));
        return new(null, "money", new(
            $"Korrigeret for, at de bedste er en stikprøve, ville det med tilfældigheder trukket ud være {Da(few.Corrected, 100)} personer (fra {Da(few.Lower, 100)} til {Da(few.Upper, 100)}) eller {Da(kroner.Corrected / 1e6, 10)} mio. kr. (fra {Da(kroner.Lower / 1e6, 10)} til {Da(kroner.Upper / 1e6, 10)}). De tal bør ikke læses som det, der kan hentes: På opdigtede data med kendt sandhed var de næsten altid for høje, og intervallerne ramte ved siden af i halvdelen af tilfældene eller flere.",
            $"Corrected for the best being a sample it would, with chance taken out, be {En(few.Corrected, 100)} persons (from {En(few.Lower, 100)} to {En(few.Upper, 100)}) or {En(kroner.Corrected / 1e6, 10)} mio. kr (from {En(kroner.Lower / 1e6, 10)} to {En(kroner.Upper / 1e6, 10)}). These figures should not be read as what can be had: on made-up data with a known truth they were nearly always too high, and the intervals missed in half of the cases or more."));
    }

    private static IEnumerable<Statement> Surviving(EfficiencyRows rows)
    {
        var (persons, money) = (Survival.Of(rows, row => row.Persons), Survival.Of(rows, row => row.Money));
        var careful = rows.Rows.First(row => row.Id == "together-chance-taken-out").Persons;
        if (persons.LeastRow is { } least)
        {
            yield return new(null, "money", new(
                $"Af de {Da(persons.Made, 100)} personer er mellem {PctDa(persons.Least)} og {PctDa(persons.Most)} tilbage, når indvendingerne tages én ad gangen (midterst {PctDa(persons.Median)}; mindst ved »{least.Name.Da}«). Tages de på én gang, så vidt de kan forenes, er {PctDa(persons.TogetherShare)} tilbage; med tilfældigheder trukket ud {PctDa(careful.Measured / persons.Made)}: {Da(careful.Measured, 100)} som målt, korrigeret {Da(careful.Corrected, 100)}, fra {Da(careful.Lower, 100)} til {Da(careful.Upper, 100)}.",
                $"Of the {En(persons.Made, 100)} persons, between {PctEn(persons.Least)} and {PctEn(persons.Most)} remain when the objections are taken one at a time (median {PctEn(persons.Median)}; least with “{least.Name.En}”). Taken at once, as far as they go together, {PctEn(persons.TogetherShare)} remain; with chance taken out {PctEn(careful.Measured / persons.Made)}: {En(careful.Measured, 100)} as measured, {En(careful.Corrected, 100)} corrected, from {En(careful.Lower, 100)} to {En(careful.Upper, 100)}."));
        }

        if (money.LeastRow is { } cheapest)
        {
            yield return new(null, "money", new(
                $"Af de {Da(money.Made / 1e6, 10)} mio. kr. er mellem {PctDa(money.Least)} og {PctDa(money.Most)} tilbage, når indvendingerne tages én ad gangen (midterst {PctDa(money.Median)}; mindst ved »{cheapest.Name.Da}«), og {PctDa(money.TogetherShare)}, når de tages på én gang, så vidt de kan forenes.",
                $"Of the {En(money.Made / 1e6, 10)} mio. kr, between {PctEn(money.Least)} and {PctEn(money.Most)} remain when the objections are taken one at a time (median {PctEn(money.Median)}; least with “{cheapest.Name.En}”), and {PctEn(money.TogetherShare)} when they are taken at once, as far as they go together."));
        }
    }

    private static Statement Chance(EfficiencyRows rows)
    {
        var (alone, made) = (rows.Rows.First(row => row.Id == "chance-alone").Persons, rows.Rows[0].Persons.Measured);
        return new(null, "gap", new(
            $"Var alle jobcentre præcis som forventet, ville den samme analyse alligevel vise omkring {Da(alone.Measured, 100)} personer (95 pct. af gangene fra {Da(alone.Lower, 100)} til {Da(alone.Upper, 100)}), fordi den holder alle op mod dem, der tilfældigvis ligger bedst. {(made > alone.Upper ? "De målte forskelle er større, end tilfældigheder alene giver." : "De målte forskelle kan ikke skelnes fra det, tilfældigheder alene giver.")}",
            $"Were every jobcentre exactly as expected, the same analysis would still show about {En(alone.Measured, 100)} persons (95 per cent of the times from {En(alone.Lower, 100)} to {En(alone.Upper, 100)}), because it holds everybody against those that happen to lie best. {(made > alone.Upper ? "The differences measured are larger than chance alone gives." : "The differences measured cannot be told from what chance alone gives.")}"));
    }

    private static Statement Order(IReadOnlyList<MeasuredPosition> positions)
    {
        var results = positions.Where(position => position.Outcome == JobcentreEfficiency.Results).ToList();
        var open = results.Count(position => 2 * position.RankLower <= position.Units && 2 * position.RankUpper > position.Units);
        return new(null, "position", new(
            $"Om {open} af {results.Count} jobcentre kan det ikke siges, om de er i den bedste eller den dårligste halvdel; rækkefølgen bør ikke læses alene.",
            $"Of {open} of {results.Count} jobcentres it cannot be said whether they are in the better or the worse half; the order should not be read by itself."));
    }

    private static Statement Moving(EfficiencyRows rows)
    {
        var most = rows.Rows.Where(row => row.Role == RowRole.Objection).MaxBy(row => row.ChangedClass)!;
        return new(null, "position", new(
            $"Den indvending, der flytter flest jobcentre mellem bedste fjerdedel, midte og dårligste fjerdedel, er »{most.Name.Da}«: {most.ChangedClass} af {rows.Variant.Persons.Length}.",
            $"The objection that moves most jobcentres between best quarter, middle and worst quarter is “{most.Name.En}”: {most.ChangedClass} of {rows.Variant.Persons.Length}."));
    }

    private static Statement Contradiction(
        JobcentreFigures figures, EfficiencyRows rows, IReadOnlyDictionary<string, MeasuredPosition> against, LocalizedText other, IReadOnlyDictionary<string, string> names)
    {
        var last = Enumerable.Range(0, figures.Areas.Length).Where(unit => against.ContainsKey(figures.Areas[unit])).MaxBy(unit => against[figures.Areas[unit]].Rank);
        var (name, alone, made, best) = (names.GetValueOrDefault(figures.Areas[last], figures.Areas[last]), rows.WithoutSpending, rows.Rows[0], EfficiencyTables.BestKind(figures, last));
        LocalizedText text = alone.Distance!.Delta[last] < 1 + FrontierDistance.Negligible
            ? new(
                $"{name} er sidst i »{other.Da}« og samtidig blandt de {alone.WithoutPotential} uden potentiale i den del, der ser bort fra udgifter: den anden måling lægger ydelserne sammen, denne lader jobcentret stå på det, det er bedst til ({best.Name.Da}).",
                $"{name} is last in “{other.En}” and at the same time among the {alone.WithoutPotential} without potential in the part that ignores expenditure: the other measurement adds the benefits up, this one lets the jobcentre stand on what it does best ({best.Name.En}).")
            : made.Distance!.Delta[last] < 1 + FrontierDistance.Negligible
                ? new(
                    $"{name} er sidst i »{other.Da}«. I den del, der ser bort fra udgifter, har jobcentret også et potentiale; men når udgifterne tælles med, er det blandt de {made.WithoutPotential} uden potentiale: ingen når bedre resultater for så få penge. Målingerne siger hver sit, fordi de spørger om hver sit.",
                    $"{name} is last in “{other.En}”. In the part that ignores expenditure the jobcentre has a potential too; but with expenditure counted it is among the {made.WithoutPotential} without potential: nobody reaches better results for so little money. The measurements say different things because they ask different things.")
                : new(
                    $"{name} er sidst i »{other.Da}« og har potentiale i denne analyse, både med og uden udgifter; om den sidste siger de to målinger ikke hver sit.",
                    $"{name} is last in “{other.En}” and has a potential in this analysis, with expenditure and without; about the last the two measurements do not disagree.");
        return new(null, "contradiction", text);
    }

    private static Statement Position(MeasuredPosition position, JobcentreFigures figures, EfficiencyRows rows, IReadOnlyDictionary<string, string> names)
    {
        var unit = Array.IndexOf(figures.Areas, position.Area);
        var (name, persons) = (names.GetValueOrDefault(position.Area, position.Area), rows.Variant.Persons[unit]);
        var (fewest, most) = (persons * (1 - position.Upper), persons * (1 - position.Lower));
        return new(position.Area, "position", new(
            $"{name} er nr. {position.Rank} af {position.Units} (med usikkerheden fra nr. {position.RankLower} til nr. {position.RankUpper}): målt mod de bedste med samme eller lavere udgifter, og med tilfældigheder trukket ud, kunne der være omkring {Da(rows.CarefulPersons.Corrected.Potential[unit], 10)} færre fuldtidspersoner på ydelserne, fra {Da(fewest, 10)} til {Da(most, 10)}.",
            $"{name} is no. {position.Rank} of {position.Units} (with the uncertainty from no. {position.RankLower} to no. {position.RankUpper}): held against the best with the same or lower expenditure, and with chance taken out, there could be about {En(rows.CarefulPersons.Corrected.Potential[unit], 10)} fewer full-time persons on the benefits, from {En(fewest, 10)} to {En(most, 10)}."));
    }

    /// <summary>The benefits that the jobcentre does best on, which a frontier lets it stand on. Fewer than expected is claimed only when the interval says so.</summary>
    private static Statement Contribution(string area, JobcentreFigures figures)
    {
        var unit = Array.IndexOf(figures.Areas, area);
        var best = EfficiencyTables.BestKind(figures, unit);
        var (persons, half) = (best.Actual[unit] - best.Expected[unit], UncertainDistance.Z * best.Error[unit]);
        var (low, high) = (persons - half, persons + half);
        return new(area, "contribution", high < 0
            ? Bilingual.Of(
                $"I tallene bæres resultatet mest af {best.Name.Da}, hvor der er {-persons:N0} færre fuldtidspersoner end ventet (usikkerheden tillader {-high:N0} til {-low:N0}).",
                $"In the figures the result rests most on {best.Name.En}, where there are {-persons:N0} fewer full-time persons than expected (the uncertainty allows {-high:N0} to {-low:N0}).")
            : Bilingual.Of(
                $"I tallene bæres resultatet mest af {best.Name.Da}, men heller ikke der kan antallet af fuldtidspersoner siges at være lavere end ventet (forskel {persons:N0}, usikkerheden tillader {low:N0} til {high:N0}).",
                $"In the figures the result rests most on {best.Name.En}, but even there the number of full-time persons cannot be said to be lower than expected (difference {persons:N0}, the uncertainty allows {low:N0} to {high:N0})."));
    }

    private static string Da(double value, double to) => Rounded(value, to).ToString("N0", Danish);

    private static string En(double value, double to) => Rounded(value, to).ToString("N0", English);

    private static string PctDa(double share) => (100 * share).ToString("0", Danish) + " pct.";

    private static string PctEn(double share) => (100 * share).ToString("0", English) + " per cent";

    private static double Rounded(double value, double to) => Math.Round(value / to) * to;
}
