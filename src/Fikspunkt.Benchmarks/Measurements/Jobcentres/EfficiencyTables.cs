using Fikspunkt.Domain;
using Fikspunkt.Statistics.Frontiers;
using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Benchmarks.Measurements.Jobcentres;

/// <summary>How much of the potential is left under the objections, as shares of the analysis as made.</summary>
/// <param name="Made">The potential as made.</param>
/// <param name="Rows">The objections that give such an amount.</param>
/// <param name="Least">Smallest share; <paramref name="LeastRow"/> gives it.</param>
/// <param name="Median">Median share (type 7).</param>
/// <param name="Most">Largest share.</param>
/// <param name="LeastRow">The objection that leaves least.</param>
/// <param name="Together">The amount when all are met at once; with its interval.</param>
internal sealed record Survival(double Made, IReadOnlyList<PotentialRow> Rows, double Least, double Median, double Most, PotentialRow? LeastRow, Amount Together)
{
    public double TogetherShare => Together.Measured / Made;

    public static Survival Of(EfficiencyRows rows, Func<PotentialRow, Amount> amount)
    {
        var made = amount(rows.Rows[0]).Measured;
        var objections = rows.Rows.Where(row => row.Role == RowRole.Objection && double.IsFinite(amount(row).Measured)).OrderBy(row => amount(row).Measured).ToList();
        double[] shares = [.. objections.Select(row => amount(row).Measured / made)];
        var together = amount(rows.Rows.First(row => row.Role == RowRole.Together));
        return shares.Length == 0 || made == 0
            ? new Survival(made, objections, double.NaN, double.NaN, double.NaN, null, together)
            : new Survival(made, objections, shares[0], Quantiles.Type7InPlace([.. shares], 0.5), shares[^1], objections[0], together);
    }
}

/// <summary>The tables.</summary>
internal static class EfficiencyTables
{
    private const int LastShown = 10;

    public static IReadOnlyList<MeasurementTable> Of(
        JobcentreFigures figures, EfficiencyRows rows, IReadOnlyList<MeasuredPosition> positions, IReadOnlyDictionary<string, MeasuredPosition> against, LocalizedText otherTitle, IReadOnlyDictionary<string, string> names)
    {
        List<MeasurementTable> tables = [Jobcentres(figures, rows, positions, names), Potentials(rows), Survives(rows), Influence(figures, rows)];
        if (against.Count > 0)
        {
            tables.Add(Contradictions(otherTitle, figures, rows, positions, against));
        }

        if (figures.Missing.Count > 0)
        {
            tables.Add(Missing(figures));
        }

        return tables;
    }

    /// <summary>The kind of benefit in which a jobcentre does best, by the index.</summary>
    internal static ResultKind BestKind(JobcentreFigures figures, int unit) => figures.Results.MaxBy(kind => kind.Index[unit])!;

    private static MeasurementTable Jobcentres(JobcentreFigures figures, EfficiencyRows rows, IReadOnlyList<MeasuredPosition> positions, IReadOnlyDictionary<string, string> names)
    {
        var peers = Dea.Efficiency(rows.Variant.Inputs, rows.Variant.Outputs, rows.Variant.Options(FrontierOrientation.Output)).Peers;
        var byArea = positions.ToLookup(position => position.Area, StringComparer.Ordinal);
        var order = Enumerable.Range(0, figures.Areas.Length).OrderBy(unit => Position(unit, JobcentreEfficiency.Results).Rank).ThenBy(unit => figures.Areas[unit], StringComparer.Ordinal);
        return new MeasurementTable(
            "jobcentres",
            new("Jobcentrenes effektivitet og potentiale", "The jobcentres' efficiency and potential"),
            new("Effektiviteten er, hvor stor en del af det bedst opnåelige resultat jobcentret når med sine udgifter, når tilfældigheder er trukket ud af resultaterne, og det er taget i betragtning, at også de bedste kun er en stikprøve; »som målt« er uden nogen af delene. Potentialet er enten færre personer for de samme penge eller færre penge for de samme personer, ikke begge dele. Placeringerne fra-til er det, som usikkerheden tillader.",
                "Efficiency is the part of the best attainable result that the jobcentre reaches with what it spends, with chance taken out of the results and after allowing for the best being a sample too; “as measured” is without either. The potential is either fewer persons for the same money or less money for the same persons, not both. The ranks from-to are those that the uncertainty allows."),
            [
                new("area", new("Kommune", "Municipality"), ColumnKind.Area),
                new("rank", new("Placering", "Rank"), ColumnKind.Count),
                new("rank_lower", new("Placering, fra", "Rank, from"), ColumnKind.Count),
                new("rank_upper", new("Placering, til", "Rank, to"), ColumnKind.Count),
                new("efficiency", new("Effektivitet, resultater", "Efficiency, results"), ColumnKind.Share),
                new("lower", new("Fra", "From"), ColumnKind.Share),
                new("upper", new("Til", "To"), ColumnKind.Share),
                new("efficiency_measured", new("Effektivitet, som målt", "Efficiency, as measured"), ColumnKind.Share),
                new("efficiency_expenditure", new("Effektivitet, udgifter", "Efficiency, expenditure"), ColumnKind.Share),
                new("index", new("Forventede i pct. af faktiske", "Expected in per cent of actual"), ColumnKind.Share),
                new("kroner_per_expected", new("Udgift pr. forventet fuldtidsperson", "Spend per expected full-time person"), ColumnKind.Number),
                new("fewer_persons", new("Færre personer, som målt", "Fewer persons, as measured"), ColumnKind.Persons),
                new("fewer_persons_corrected", new("Færre personer, uden tilfældigheder og korrigeret", "Fewer persons, chance taken out and corrected"), ColumnKind.Persons),
                new("fewer_persons_lower", new("Fra", "From"), ColumnKind.Persons),
                new("fewer_persons_upper", new("Til", "To"), ColumnKind.Persons),
                new("benefits_kroner", new("Ydelser for dem, mio. kr.", "Benefits for them, mio. kr"), ColumnKind.Kroner),
                new("saved_kroner", new("Eller: sparet på indsatsen, som målt, mio. kr.", "Or: saved on the effort, as measured, mio. kr"), ColumnKind.Kroner),
                new("saved_kroner_corrected", new("Sparet, uden tilfældigheder og korrigeret, mio. kr.", "Saved, chance taken out and corrected, mio. kr"), ColumnKind.Kroner),
                new("saved_kroner_lower", new("Fra, mio. kr.", "From, mio. kr"), ColumnKind.Kroner),
                new("saved_kroner_upper", new("Til, mio. kr.", "To, mio. kr"), ColumnKind.Kroner),
                new("compared_with", new("Sammenlignet med", "Compared with"), ColumnKind.Text),
            ],
            [.. order.Select(unit =>
            {
                var (results, spending) = (Position(unit, JobcentreEfficiency.Results), Position(unit, JobcentreEfficiency.Spending));
                var (persons, kroner) = (rows.Variant.Persons[unit], rows.Variant.Spending[unit]);
                return (IReadOnlyList<object?>)
                [
                    figures.Areas[unit], results.Rank, results.RankLower, results.RankUpper, results.Value, results.Lower, results.Upper,
                    1 / rows.InPersons.Measured.Delta[unit], spending.Value, figures.Expected[unit] / figures.Actual[unit], rows.Variant.Inputs[unit, 0],
                    rows.InPersons.Measured.Potential[unit], rows.CarefulPersons.Corrected.Potential[unit], persons * (1 - results.Upper), persons * (1 - results.Lower),
                    Kroner(figures.Price[unit] * rows.InPersons.Measured.Potential[unit]),
                    Kroner(rows.InMoney.Measured.Potential[unit]), Kroner(rows.CarefulMoney.Corrected.Potential[unit]), Kroner(kroner * (1 - spending.Upper)), Kroner(kroner * (1 - spending.Lower)),
                    string.Join(", ", peers[unit].Where(peer => peer.Unit != unit).OrderByDescending(peer => peer.Weight).Select(peer => names.GetValueOrDefault(figures.Areas[peer.Unit], figures.Areas[peer.Unit]))),
                ];
            })]);

        MeasuredPosition Position(int unit, string outcome) => byArea[figures.Areas[unit]].First(position => position.Outcome == outcome);
    }

    private static MeasurementTable Potentials(EfficiencyRows rows) => new(
        "potentials",
        new("Det samlede potentiale under hver variant og hver indvending", "The country's potential under each variant and each objection"),
        new("Hver række er den samme analyse med ét valg ændret (de samlede: flere). Tom celle: valget giver ikke den størrelse. Det korrigerede tal og dets 95 pct.-interval tager højde for, at de bedste er en stikprøve, og for hvert jobcenters egne tilfældigheder, men ikke for, at de bedste kan være bedst ved et tilfælde: hvor tilfældigheder ikke er trukket ud, ligger de for højt. Klasser er den bedste fjerdedel, den midterste halvdel og den dårligste fjerdedel.",
            "Each row is the same analysis with one choice changed (those together: several). An empty cell: the choice gives no such amount. The corrected figure and its 95 per cent interval allow for the best being a sample and for each jobcentre's own chance, but not for the best being best by chance: where chance is not taken out they lie too high. Classes are the best quarter, the middle half and the worst quarter."),
        [
            new("id", new("Id", "Id"), ColumnKind.Text),
            new("role", new("Slags", "Kind"), ColumnKind.Text),
            new("name", new("Valg", "Choice"), ColumnKind.Text),
            new("fewer_persons", new("Færre personer", "Fewer persons"), ColumnKind.Persons),
            new("share_of_made", new("I pct. af analysen", "In per cent of the analysis"), ColumnKind.Share),
            new("fewer_persons_corrected", new("Korrigeret", "Corrected"), ColumnKind.Persons),
            new("fewer_persons_lower", new("Fra", "From"), ColumnKind.Persons),
            new("fewer_persons_upper", new("Til", "To"), ColumnKind.Persons),
            new("saved_kroner", new("Eller sparet, mio. kr.", "Or saved, mio. kr"), ColumnKind.Kroner),
            new("saved_share_of_made", new("I pct. af analysen", "In per cent of the analysis"), ColumnKind.Share),
            new("saved_kroner_corrected", new("Korrigeret, mio. kr.", "Corrected, mio. kr"), ColumnKind.Kroner),
            new("saved_kroner_lower", new("Fra, mio. kr.", "From, mio. kr"), ColumnKind.Kroner),
            new("saved_kroner_upper", new("Til, mio. kr.", "To, mio. kr"), ColumnKind.Kroner),
            new("without_potential", new("Jobcentre uden potentiale", "Jobcentres without potential"), ColumnKind.Count),
            new("changed_class", new("Jobcentre, der skifter klasse", "Jobcentres that change class"), ColumnKind.Count),
            new("rank_correlation", new("Rangkorrelation med analysen", "Rank correlation with the analysis"), ColumnKind.Number),
        ],
        [.. rows.Rows.Select(row => (IReadOnlyList<object?>)
        [
            row.Id, Role(row.Role), row.Name,
            row.Persons.Measured, row.Persons.Measured / rows.Rows[0].Persons.Measured, row.Persons.Corrected, row.Persons.Lower, row.Persons.Upper,
            Kroner(row.Money.Measured), row.Money.Measured / rows.Rows[0].Money.Measured, Kroner(row.Money.Corrected), Kroner(row.Money.Lower), Kroner(row.Money.Upper),
            row.WithoutPotential, row.ChangedClass, row.RankCorrelation,
        ])]);

    private static MeasurementTable Survives(EfficiencyRows rows)
    {
        var (persons, money) = (Survival.Of(rows, row => row.Persons), Survival.Of(rows, row => row.Money));
        return new(
            "survives",
            new("Hvad der bliver tilbage af potentialet", "What survives of the potential"),
            new("Andele af potentialet i analysen, som den er lavet: den mindste, den midterste og den største over indvendingerne én ad gangen, og på én gang, så vidt de kan forenes (egen forventning kan ikke forenes med en sammenligning med de bedste).", "Shares of the potential in the analysis as made: the smallest, the median and the largest over the objections one by one, and at once as far as they go together (the own expectation does not go with a comparison with the best)."),
            [
                new("measure", new("Størrelse", "Amount"), ColumnKind.Text),
                new("as_made", new("Analysen (personer; mio. kr.)", "The analysis (persons; mio. kr)"), ColumnKind.Number),
                new("objections", new("Indvendinger", "Objections"), ColumnKind.Count),
                new("least", new("Mindst", "Least"), ColumnKind.Share),
                new("median", new("Midterst", "Median"), ColumnKind.Share),
                new("most", new("Mest", "Most"), ColumnKind.Share),
                new("least_by", new("Mindst ved", "Least with"), ColumnKind.Text),
                new("together", new("På én gang", "At once"), ColumnKind.Share),
                new("together_amount", new("På én gang (personer; mio. kr.)", "At once (persons; mio. kr)"), ColumnKind.Number),
                new("together_corrected", new("Korrigeret", "Corrected"), ColumnKind.Number),
                new("together_lower", new("Fra", "From"), ColumnKind.Number),
                new("together_upper", new("Til", "To"), ColumnKind.Number),
            ],
            [
                Row(new("Færre personer", "Fewer persons"), persons, 1),
                Row(new("Sparet på indsatsen", "Saved on the effort"), money, 1e6),
            ]);

        static IReadOnlyList<object?> Row(LocalizedText name, Survival survival, double unit) =>
        [
            name, survival.Made / unit, survival.Rows.Count, survival.Least, survival.Median, survival.Most, survival.LeastRow?.Name, survival.TogetherShare,
            survival.Together.Measured / unit, survival.Together.Corrected / unit, survival.Together.Lower / unit, survival.Together.Upper / unit,
        ];
    }

    private static MeasurementTable Influence(JobcentreFigures figures, EfficiencyRows rows) => new(
        "influence",
        new("De bedste, én ad gangen ladt ude", "The best performers, left out one at a time"),
        new("Hvem analysen hænger på: potentialet i hele landet, når ét af de jobcentre, der er målestok, ikke er det. Den med størst betydning først.", "Whom the analysis hangs on: the country's potential when one of the jobcentres that are the yardstick is not. The one that matters most first."),
        [
            new("area", new("Kommune", "Municipality"), ColumnKind.Area),
            new("affected", new("Jobcentre, der måles anderledes", "Jobcentres measured differently"), ColumnKind.Count),
            new("fewer_persons", new("Færre personer uden den", "Fewer persons without it"), ColumnKind.Persons),
            new("share_of_made", new("I pct. af analysen", "In per cent of the analysis"), ColumnKind.Share),
            new("saved_kroner", new("Eller sparet uden den, mio. kr.", "Or saved without it, mio. kr"), ColumnKind.Kroner),
            new("saved_share_of_made", new("I pct. af analysen", "In per cent of the analysis"), ColumnKind.Share),
        ],
        [.. rows.Influence.Select(row => (IReadOnlyList<object?>)
        [
            figures.Areas[row.Unit], row.Affected, row.Persons, row.Persons / rows.InPersons.Measured.Total, Kroner(row.Money), row.Money / rows.InMoney.Measured.Total,
        ])]);

    private static MeasurementTable Contradictions(
        LocalizedText other, JobcentreFigures figures, EfficiencyRows rows, IReadOnlyList<MeasuredPosition> positions, IReadOnlyDictionary<string, MeasuredPosition> against)
    {
        var alone = rows.WithoutSpending.Distance!;
        var own = positions.Where(position => position.Outcome == JobcentreEfficiency.Results).ToDictionary(position => position.Area, StringComparer.Ordinal);
        var compared = Enumerable.Range(0, figures.Areas.Length).Where(unit => against.ContainsKey(figures.Areas[unit])).OrderByDescending(unit => against[figures.Areas[unit]].Rank).ToList();
        return new(
            "contradictions",
            new($"Mod »{other.Da}«: de sidste dér, og de uden potentiale her", $"Against “{other.En}”: the last there, and those without potential here"),
            new("De ti sidste i den anden måling og alle, der i delen uden udgifter ikke har noget potentiale. Uden potentiale kan man være ved at være bedst på én slags ydelse, selv om summen er dårlig: det er sådan, de to målinger kan sige hver sit.",
                "The last ten in the other measurement, and all that have no potential in the part that ignores expenditure. One can be without potential by being best on one kind of benefit although the sum is poor: that is how the two measurements can disagree."),
            [
                new("area", new("Kommune", "Municipality"), ColumnKind.Area),
                new("other_rank", new("Placering i den anden måling", "Rank in the other measurement"), ColumnKind.Count),
                new("other_rank_lower", new("Fra", "From"), ColumnKind.Count),
                new("other_rank_upper", new("Til", "To"), ColumnKind.Count),
                new("no_potential", new("Uden potentiale, uden udgifter", "Without potential, expenditure ignored"), ColumnKind.Text),
                new("fewer_persons", new("Færre personer, uden udgifter", "Fewer persons, expenditure ignored"), ColumnKind.Persons),
                new("rank", new("Placering her, med udgifter", "Rank here, with expenditure"), ColumnKind.Count),
                new("rank_lower", new("Fra", "From"), ColumnKind.Count),
                new("rank_upper", new("Til", "To"), ColumnKind.Count),
                new("best_kind", new("Klarer sig bedst på", "Does best on"), ColumnKind.Text),
                new("best_index", new("Forventede i pct. af faktiske dér", "Expected in per cent of actual there"), ColumnKind.Share),
            ],
            [.. compared.Where((unit, place) => place < LastShown || Without(unit)).Select(unit =>
            {
                var (other, here, best) = (against[figures.Areas[unit]], own[figures.Areas[unit]], BestKind(figures, unit));
                return (IReadOnlyList<object?>)
                [
                    figures.Areas[unit], other.Rank, other.RankLower, other.RankUpper, Without(unit) ? new LocalizedText("ja", "yes") : new LocalizedText("nej", "no"), alone.Potential[unit],
                    here.Rank, here.RankLower, here.RankUpper, best.Name, best.Index[unit],
                ];
            })]);

        bool Without(int unit) => alone.Delta[unit] < 1 + FrontierDistance.Negligible;
    }

    private static MeasurementTable Missing(JobcentreFigures figures) => new(
        "left-out",
        new("Kommuner, der ikke er målt", "Municipalities that are not measured"),
        new("En meget lille kommunes resultat svinger så meget ved tilfældigheder, at den ville blive målestok for hele landet.", "A very small municipality's result varies so much by chance that it would become the yardstick of the whole country."),
        [new("area", new("Kommune", "Municipality"), ColumnKind.Area), new("reason", new("Grund", "Reason"), ColumnKind.Text)],
        [.. figures.Missing.Select(left => (IReadOnlyList<object?>)[left.Area, left.Reason])]);

    private static LocalizedText Role(RowRole role) => role switch
    {
        RowRole.Headline => new("Analysen", "The analysis"),
        RowRole.Variant => new("Variant", "Variant"),
        RowRole.Objection => new("Indvending", "Objection"),
        RowRole.Together => new("Samlet", "Together"),
        _ => new("Kontrol", "Check"),
    };

    /// <summary>Money in kr without øre; nothing where it is not known.</summary>
    private static object? Kroner(double kroner) => double.IsFinite(kroner) ? Math.Round((decimal)kroner) : null;
}
