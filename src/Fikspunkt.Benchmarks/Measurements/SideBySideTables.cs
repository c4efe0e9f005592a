using System.Globalization;
using Fikspunkt.Domain;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>The tables of every measurement side by side and of the specification curve.</summary>
internal sealed class SideBySideTables(IReadOnlyList<Facet> facets, Contradictions contradictions, SpecificationCurve curve, IReadOnlyList<MeasuredPosition> positions)
{
    private static readonly LocalizedText Yes = new("ja", "yes");
    private static readonly LocalizedText No = new("nej", "no");

    /// <summary>One row a municipality: every measurement's percentile with its rank set.</summary>
    public MeasurementTable Scale() => new(
        "one-municipality",
        new("Alle målinger på én skala", "Every measurement on one scale"),
        new(
            "0 = bedst, 100 = dårligst. Fra-til er det, som placeringens usikkerhed tillader. En modsigelse er to målinger, hvis fra-til ikke mødes; ud over det tilfældige er den, når det holder for alle par af målinger i alle kommuner på én gang.",
            "0 = best, 100 = worst. From-to is what the rank's uncertainty allows. A contradiction is two measurements whose from-to do not meet; it is beyond chance when that holds for all pairs of measurements of all municipalities at once."),
        [
            new("area", new("Kommune", "Municipality"), ColumnKind.Area),
            new("measurements", new("Målinger", "Measurements"), ColumnKind.Count),
            new("contradictions", new("Modsigelser", "Contradictions"), ColumnKind.Count),
            new("beyond_chance", new("Ud over det tilfældige", "Beyond chance"), ColumnKind.Count),
            .. contradictions.Measurements.SelectMany(one => (MeasurementColumn[])
            [
                new(Column(one), one.Spec.Title, ColumnKind.Number),
                new(Column(one) + "_from", new("Fra", "From"), ColumnKind.Number),
                new(Column(one) + "_to", new("Til", "To"), ColumnKind.Number),
            ]),
        ],
        [.. contradictions.Measurements.SelectMany(one => one.Positions.Keys).Concat(curve.Areas).Distinct().Order(StringComparer.Ordinal).Select(area => (IReadOnlyList<object?>)
        [
            area,
            contradictions.Measurements.Count(one => one.Positions.ContainsKey(area)),
            contradictions.Found.Count(one => one.Area == area),
            contradictions.Found.Count(one => one.Area == area && one.BeyondChance),
            .. contradictions.Measurements.SelectMany(one => one.Positions.TryGetValue(area, out var position)
                ? (object?[])[position.Percentile, position.PercentileLower, position.PercentileUpper]
                : [double.NaN, double.NaN, double.NaN]),
        ])]);

    /// <summary>One row a contradiction, with what the two measurements differ in.</summary>
    public MeasurementTable Contradicting() => new(
        "contradictions",
        new("Hvor målinger modsiger hinanden, og hvad de adskiller sig i", "Where measurements contradict each other, and what they differ in"),
        new(
            "De sikreste øverst. Tomme felter: målingerne er ens på det punkt. Det, de adskiller sig i, er mulige forklaringer, ikke en påvist årsag.",
            "The surest first. Empty cells: the measurements are alike in that. What they differ in are possible explanations, not a proven cause."),
        [
            new("area", new("Kommune", "Municipality"), ColumnKind.Area),
            new("better", new("Bedst i", "Best in"), ColumnKind.Text),
            new("better_percentile", new("Percentil", "Percentile"), ColumnKind.Number),
            new("better_to", new("Højst", "At most"), ColumnKind.Number),
            new("worse", new("Dårligst i", "Worst in"), ColumnKind.Text),
            new("worse_percentile", new("Percentil", "Percentile"), ColumnKind.Number),
            new("worse_from", new("Mindst", "At least"), ColumnKind.Number),
            new("adjusted_p", new("p (Holm)", "p (Holm)"), ColumnKind.Number),
            new("beyond_chance", new("Ud over det tilfældige", "Beyond chance"), ColumnKind.Text),
            .. facets.Select(facet => new MeasurementColumn(facet.Id, facet.Name, ColumnKind.Text)),
        ],
        [.. contradictions.Found.Select(one =>
        {
            var (better, worse) = (one.Better.Positions[one.Area], one.Worse.Positions[one.Area]);
            return (IReadOnlyList<object?>)
            [
                one.Area, one.Better.Spec.Title, better.Percentile, better.PercentileUpper, one.Worse.Spec.Title, worse.Percentile, worse.PercentileLower,
                one.P, one.BeyondChance ? Yes : No, .. facets.Select(facet => Differs(one, facet)),
            ];
        })]);

    /// <summary>One row a municipality: how its rank moves over the variants.</summary>
    public MeasurementTable Curve()
    {
        var names = positions.ToDictionary(position => position.Area, StringComparer.Ordinal);
        return new(
            "specification-curve",
            new("Hvor meget placeringen afhænger af valgene", "How far the rank depends on the choices"),
            new(
                $"{curve.Variants.Count} forsvarlige varianter af samme måling. Sikkert i en fjerdedel er varianter, hvor hele placeringens usikkerhed ligger der. Usikkerheden fra-til er alle varianters tilsammen.",
                $"{curve.Variants.Count} defensible variants of the same measurement. Surely in a quarter are variants in which all of the rank's uncertainty lies there. The uncertainty from-to is that of all variants together."),
            [
                new("area", new("Kommune", "Municipality"), ColumnKind.Area),
                new("mean_rank", new("Gennemsnitlig placering", "Mean rank"), ColumnKind.Number),
                new("best_rank", new("Bedste", "Best"), ColumnKind.Number),
                new("median_rank", new("Median", "Median"), ColumnKind.Number),
                new("worst_rank", new("Dårligste", "Worst"), ColumnKind.Number),
                new("rank_lower", new("Usikkerhed fra", "Uncertainty from"), ColumnKind.Count),
                new("rank_upper", new("Til", "To"), ColumnKind.Count),
                new("best_quarter", new("Varianter i den bedste fjerdedel", "Variants in the best quarter"), ColumnKind.Share),
                new("surely_best_quarter", new("Heraf sikkert", "Surely so"), ColumnKind.Share),
                new("worst_quarter", new("Varianter i den dårligste fjerdedel", "Variants in the worst quarter"), ColumnKind.Share),
                new("surely_worst_quarter", new("Heraf sikkert", "Surely so"), ColumnKind.Share),
                new("matters_most", new("Valget, der betyder mest", "The choice that matters most"), ColumnKind.Text),
                new("places", new("Pladser, det flytter", "Places it moves"), ColumnKind.Number),
            ],
            [.. Enumerable.Range(0, curve.Areas.Count).OrderBy(a => curve.Stability.Mean[a]).Select(a =>
            {
                var most = Enumerable.Range(0, curve.Choices.Count).MaxBy(c => curve.Effects[c].Places[a]);
                var stability = curve.Stability;
                return (IReadOnlyList<object?>)
                [
                    curve.Areas[a], stability.Mean[a], stability.Best[a], stability.Median[a], stability.Worst[a],
                    names[curve.Areas[a]].RankLower, names[curve.Areas[a]].RankUpper,
                    stability.BestShare[a], curve.SurelyBest(a), stability.WorstShare[a], curve.SurelyWorst(a),
                    curve.Choices[most].Name, curve.Effects[most].Places[a],
                ];
            })]);
    }

    /// <summary>One row a choice: what it explains of the ranks' variation.</summary>
    public MeasurementTable Choices() => new(
        "choices",
        new("Hvilke valg der betyder mest", "Which choices matter most"),
        new(
            "Hvor stor en del af placeringernes variation over varianterne hvert valg forklarer for sig; resten er samspil mellem valg. Pladserne er det, en kommune i gennemsnit flytter mellem det bedste og det dårligste niveau.",
            "How much of the ranks' variation over the variants each choice explains by itself; the rest is interaction of choices. The places are what a municipality moves on average between the best and the worst level."),
        [
            new("choice", new("Valg", "Choice"), ColumnKind.Text),
            new("levels", new("Muligheder", "Levels"), ColumnKind.Count),
            new("share", new("Andel af variationen", "Share of the variation"), ColumnKind.Share),
            new("places", new("Pladser i gennemsnit", "Places on average"), ColumnKind.Number),
            new("most_places", new("Flest pladser", "Most places"), ColumnKind.Number),
        ],
        [
            .. Enumerable.Range(0, curve.Choices.Count).OrderByDescending(c => curve.Effects[c].Share).Select(c => (IReadOnlyList<object?>)
            [
                curve.Choices[c].Name, curve.Choices[c].Levels.Count, curve.Effects[c].Share, curve.Effects[c].Places.Average(), curve.Effects[c].Places.Max(),
            ]),
            [new LocalizedText("Samspil", "Interaction"), null, 1 - curve.Effects.Sum(effect => effect.Share), double.NaN, double.NaN],
        ]);

    /// <summary>One row a variant.</summary>
    public MeasurementTable Variants() => new(
        "variants",
        new("Varianterne", "The variants"),
        new(
            "Sammenhængen er Spearmans med den første variant. Bredden er, hvor mange placeringer usikkerheden i gennemsnit tillader i varianten.",
            "The correlation is Spearman's with the first variant. The width is how many ranks the uncertainty allows on average in the variant."),
        [
            new("variant", new("Variant", "Variant"), ColumnKind.Count),
            .. curve.Choices.Select(choice => new MeasurementColumn(choice.Id, choice.Name, ColumnKind.Text)),
            new("correlation", new("Sammenhæng med den første", "Correlation with the first"), ColumnKind.Number),
            new("width", new("Bredde", "Width"), ColumnKind.Number),
        ],
        [.. curve.Variants.Select((variant, v) => (IReadOnlyList<object?>)
        [
            v + 1, .. variant.Select((level, c) => curve.Choices[c].Levels[level].Name), curve.Stability.Spearman[v, 0],
            Enumerable.Range(0, curve.Areas.Count).Average(a => curve.Upper[a, v] - curve.Lower[a, v] + 1),
        ])]);

    /// <summary>One row a pair of measurements: how alike they place the municipalities.</summary>
    public MeasurementTable Likeness() => new(
        "pairs",
        new("Hvor ens målingerne er", "How alike the measurements are"),
        new("Sammenhæng (Spearman) mellem percentilerne i de kommuner, begge måler, og antal kommuner, hvor de modsiger hinanden.", "Correlation (Spearman) of the percentiles in the municipalities that both measure, and municipalities in which they contradict each other."),
        [
            new("first", new("Måling", "Measurement"), ColumnKind.Text),
            new("second", new("Måling", "Measurement"), ColumnKind.Text),
            new("municipalities", new("Kommuner", "Municipalities"), ColumnKind.Count),
            new("correlation", new("Sammenhæng", "Correlation"), ColumnKind.Number),
            new("contradictions", new("Modsigelser", "Contradictions"), ColumnKind.Count),
            new("beyond_chance", new("Ud over det tilfældige", "Beyond chance"), ColumnKind.Count),
        ],
        [.. from j in Enumerable.Range(0, contradictions.Measurements.Count) from i in Enumerable.Range(0, j) select Pair(contradictions.Measurements[i], contradictions.Measurements[j])]);

    private static string Column(ScaledMeasurement one) => one.Spec.Id.Replace('-', '_');

    private static LocalizedText? Differs(Contradiction one, Facet facet) =>
        one.Better.Facets.TryGetValue(facet.Id, out var better) && one.Worse.Facets.TryGetValue(facet.Id, out var worse) && better != worse
            ? new($"{better.Da} / {worse.Da}", $"{better.En} / {worse.En}")
            : null;

    private IReadOnlyList<object?> Pair(ScaledMeasurement first, ScaledMeasurement second)
    {
        var both = first.Positions.Keys.Where(second.Positions.ContainsKey).ToList();
        var own = contradictions.Found.Where(one => (one.Better == first && one.Worse == second) || (one.Better == second && one.Worse == first)).ToList();
        var correlation = both.Count < 2 ? double.NaN : RankStability.Of(
            RowMatrix.FromColumns([[.. both.Select(area => first.Positions[area].Percentile)], [.. both.Select(area => second.Positions[area].Percentile)]]), RankOrder.Lowest).Spearman[0, 1];
        return [first.Spec.Title, second.Spec.Title, both.Count, correlation, own.Count, own.Count(one => one.BeyondChance)];
    }
}

/// <summary>Sentences on every measurement side by side.</summary>
internal sealed class SideBySideStatements(IReadOnlyList<Facet> facets, Contradictions contradictions, SpecificationCurve curve, IReadOnlyList<MeasuredPosition> positions)
{
    private static readonly CultureInfo Danish = CultureInfo.GetCultureInfo("da-DK");

    /// <summary>The country's, then each municipality's.</summary>
    public IEnumerable<Statement> All()
    {
        var beyond = contradictions.Found.Where(one => one.BeyondChance).ToList();
        var areas = beyond.Select(one => one.Area).Distinct().Count();
        yield return new Statement(null, "contradiction", new(
            $"{contradictions.Measurements.Count} målinger er lagt ved siden af hinanden; i {areas} af {curve.Areas.Count} kommuner modsiger mindst to hinanden ud over det tilfældige.",
            $"{contradictions.Measurements.Count} measurements are laid side by side; in {areas} of {curve.Areas.Count} municipalities at least two contradict each other beyond chance."));
        var most = Enumerable.Range(0, curve.Choices.Count).MaxBy(c => curve.Effects[c].Share);
        var always = curve.Stability.BestShare.Count(share => share == 1);
        var alwaysLast = curve.Stability.WorstShare.Count(share => share == 1);
        yield return new Statement(null, "gap", new(
            $"Over {curve.Variants.Count} forsvarlige varianter: altid i den bedste fjerdedel er {always} af {curve.Areas.Count} kommuner, altid i den dårligste {alwaysLast}. Det valg, der flytter mest, er {Small(curve.Choices[most].Name.Da)} ({Percent(curve.Effects[most].Share, Danish)} pct. af variationen).",
            $"Over {curve.Variants.Count} defensible variants: always in the best quarter, {always} of {curve.Areas.Count} municipalities; always in the worst, {alwaysLast}. The choice that moves most is {Small(curve.Choices[most].Name.En)} ({Percent(curve.Effects[most].Share, CultureInfo.InvariantCulture)} per cent of the variation)."));
        for (var a = 0; a < curve.Areas.Count; a++)
        {
            yield return new Statement(curve.Areas[a], "position", Curve(a));
            var measured = contradictions.Measurements.Where(one => one.Positions.ContainsKey(curve.Areas[a])).ToList();
            if (measured.Count > 1)
            {
                yield return new Statement(curve.Areas[a], "position", Range(curve.Areas[a], measured));
            }

            var moving = curve.Effects.Select((effect, c) => (Places: effect.Places[a], curve.Choices[c].Name)).MaxBy(effect => effect.Places);
            yield return new Statement(curve.Areas[a], "contribution", Bilingual.Of(
                $"Det valg, der flytter kommunen mest, er {Small(moving.Name.Da)}: {moving.Places:0.#} pladser i gennemsnit mellem bedste og dårligste mulighed.",
                $"The choice that moves the municipality most is {Small(moving.Name.En)}: {moving.Places:0.#} places on average between the best and the worst option."));
            if (beyond.Find(one => one.Area == curve.Areas[a]) is { } surest)
            {
                yield return new Statement(curve.Areas[a], "contradiction", Explained(surest));
            }
        }
    }

    private LocalizedText Curve(int a)
    {
        var (stability, own) = (curve.Stability, positions[a]);
        var (best, worst) = (stability.BestShare[a], stability.WorstShare[a]);
        return new(
            $"I {Percent(best, Danish)} pct. af {curve.Variants.Count} varianter er kommunen i den bedste fjerdedel og i {Percent(worst, Danish)} pct. i den dårligste; placeringen går fra {Rank(stability.Best[a])} til {Rank(stability.Worst[a])}, og med usikkerheden fra {own.RankLower} til {own.RankUpper} af {own.Units}.",
            $"In {Percent(best, CultureInfo.InvariantCulture)} per cent of {curve.Variants.Count} variants the municipality is in the best quarter and in {Percent(worst, CultureInfo.InvariantCulture)} per cent in the worst; its rank goes from {Rank(stability.Best[a])} to {Rank(stability.Worst[a])}, and with the uncertainty from {own.RankLower} to {own.RankUpper} of {own.Units}.");
    }

    private static LocalizedText Range(string area, IReadOnlyList<ScaledMeasurement> measured)
    {
        var (best, worst) = (measured.MinBy(one => one.Positions[area].Percentile)!, measured.MaxBy(one => one.Positions[area].Percentile)!);
        var (low, high) = (best.Positions[area], worst.Positions[area]);
        return new(
            $"Målt på {measured.Count} måder går kommunens percentil (0 = bedst) fra {Whole(low.Percentile)} (usikkerhed {Whole(low.PercentileLower)}-{Whole(low.PercentileUpper)}; {best.Spec.Title.Da}) til {Whole(high.Percentile)} ({Whole(high.PercentileLower)}-{Whole(high.PercentileUpper)}; {worst.Spec.Title.Da}).",
            $"Measured in {measured.Count} ways the municipality's percentile (0 = best) goes from {Whole(low.Percentile)} (uncertainty {Whole(low.PercentileLower)}-{Whole(low.PercentileUpper)}; {best.Spec.Title.En}) to {Whole(high.Percentile)} ({Whole(high.PercentileLower)}-{Whole(high.PercentileUpper)}; {worst.Spec.Title.En}).");
    }

    private LocalizedText Explained(Contradiction one)
    {
        var differing = facets.Where(facet => one.Better.Facets.TryGetValue(facet.Id, out var better) && one.Worse.Facets.TryGetValue(facet.Id, out var worse) && better != worse).ToList();
        var (da, en) = differing.Count == 0
            ? ("De er ens på de punkter, der er beskrevet.", "They are alike in the points described.")
            : ($"De adskiller sig i {string.Join(", ", differing.Select(facet => Small(facet.Name.Da)))}.", $"They differ in {string.Join(", ", differing.Select(facet => Small(facet.Name.En)))}.");
        return new(
            $"{one.Better.Spec.Title.Da} og {one.Worse.Spec.Title.Da} modsiger hinanden ud over det tilfældige: højst percentil {Whole(one.Better.Positions[one.Area].PercentileUpper)} mod mindst {Whole(one.Worse.Positions[one.Area].PercentileLower)}. {da}",
            $"{one.Better.Spec.Title.En} and {one.Worse.Spec.Title.En} contradict each other beyond chance: at most percentile {Whole(one.Better.Positions[one.Area].PercentileUpper)} against at least {Whole(one.Worse.Positions[one.Area].PercentileLower)}. {en}");
    }

    // Rounded down to whole per cent except at the ends, so that "100 per cent" is all and "0" none.
    private static string Percent(double share, CultureInfo culture) => share is > 0 and < 0.01 ? "under 1" : Math.Floor((100 * share) + 1e-9).ToString("0", culture);

    private static string Rank(double rank) => rank.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Whole(double percentile) => percentile.ToString("0", CultureInfo.InvariantCulture);

    private static string Small(string text) => text.Length > 0 ? char.ToLowerInvariant(text[0]) + text[1..] : text;
}
