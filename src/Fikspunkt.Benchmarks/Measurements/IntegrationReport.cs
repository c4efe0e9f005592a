using System.Globalization;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Survival;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>Tables and sentences of the integration benchmark.</summary>
internal static class IntegrationReport
{
    // From here on a label counts as sure.
    private const double Sure = 0.8;
    private const int Last = 4;
    private static readonly CultureInfo Danish = CultureInfo.GetCultureInfo("da-DK");

    public static IReadOnlyList<MeasurementTable> Tables(MeasurementSpec spec, IntegrationTable table, PersonTimeFit fit, IReadOnlyList<IntegrationUnit> units, IReadOnlyList<int> excluded) =>
        [CategoryTable(units), RankedTable(units), ModelTable(table, fit, spec.Number("coverage")), .. excluded.Count > 0 ? [ExcludedTable(spec, table, excluded)] : (MeasurementTable[])[]];

    public static IReadOnlyList<Statement> Statements(IReadOnlyList<IntegrationUnit> units)
    {
        var (likely, sure) = (units.Count(unit => unit.Probabilities[unit.Category] >= 0.5), units.Count(unit => unit.Probabilities[unit.Category] >= Sure));
        return
        [
            new Statement(null, "position", new(
                $"{units.Count} kommuner er delt i fem kategorier. Sandsynligheden for, at kategorien er den rigtige, er mindst 50 pct. for {likely} af dem og mindst {Percent(Sure, Danish)} for {sure}.",
                $"{units.Count} municipalities are divided into five categories. For {likely} of them the category is right with a probability of at least 50 per cent, and for {sure} of at least {Percent(Sure, CultureInfo.InvariantCulture)}.")),
            new Statement(null, "position", new(
                $"{units.Count(unit => unit.Class == SignificanceClass.Better)} kommuner er klart hurtigere end ventet, og {units.Count(unit => unit.Class == SignificanceClass.Worse)} klart langsommere (hele intervallet ligger på samme side af 1); resten kan ikke skelnes fra det ventede.",
                $"{units.Count(unit => unit.Class == SignificanceClass.Better)} municipalities are clearly faster than expected and {units.Count(unit => unit.Class == SignificanceClass.Worse)} clearly slower (the whole interval lies on one side of 1); the others cannot be told apart from what is expected.")),
            .. units.OrderBy(unit => unit.Area, StringComparer.Ordinal).SelectMany(unit => OfUnit(unit, units)),
        ];
    }

    private static IEnumerable<Statement> OfUnit(IntegrationUnit unit, IReadOnlyList<IntegrationUnit> units)
    {
        yield return new Statement(unit.Area, "position", Bilingual.Join(
            new(Sentence(unit, Danish), Sentence(unit, CultureInfo.InvariantCulture)),
            Sentences.Position(unit.Rank, unit.RankLower, unit.RankUpper, units.Count)));

        // Of the model, not of the municipality: what its persons and conditions lead one to expect beside everybody's.
        var conditions = unit.Expected / unit.Months / (units.Sum(other => other.Expected) / units.Sum(other => other.Months));
        yield return new Statement(unit.Area, "contribution", Bilingual.Of(
            $"Modellen venter {Math.Abs(100 * (conditions - 1)):0} pct. {(conditions < 1 ? "færre" : "flere")} i arbejde eller uddannelse pr. tid end i kommunerne under ét, fordi personer og lokale vilkår er andre.",
            $"The model expects {Math.Abs(100 * (conditions - 1)):0} per cent {(conditions < 1 ? "fewer" : "more")} in work or education per time than in the municipalities as a whole, since persons and local conditions are others."));
        if (unit is { Class: SignificanceClass.AsExpected, Category: 0 or Last })
        {
            var name = IntegrationDurations.Categories[unit.Category].Name;
            yield return new Statement(unit.Area, "contradiction", Bilingual.Of(
                $"Kategorien er »{name.Da}«, men antallet kan ikke skelnes fra det ventede; kategorien kan skyldes tilfældigheder.",
                $"The category is \"{name.En}\", but the number cannot be told from what is expected; the category may be chance."));
        }
    }

    private static string Sentence(IntegrationUnit unit, CultureInfo culture)
    {
        var isDanish = ReferenceEquals(culture, Danish);
        var (o, e, ratio, from, to) = (Number(unit.Observed, 0, culture), Number(unit.Expected, 0, culture), Number(unit.Ratio, 2, culture), Number(unit.Interval.Lower, 2, culture), Number(unit.Interval.Upper, 2, culture));
        var name = IntegrationDurations.Categories[unit.Category].Name;
        var probability = Percent(unit.Probabilities[unit.Category], culture);
        return isDanish
            ? $"{unit.Name}: {o} kom i arbejde eller uddannelse, og {e} var ventet; forholdet er {ratio} ({from}-{to}). Kategorien er {name.Da} (sandsynlighed {probability})."
            : $"{unit.Name}: {o} got work or education, and {e} were expected; the ratio is {ratio} ({from}-{to}). The category is {name.En}, which is right with a probability of {probability}.";
    }

    private static string Number(double value, int decimals, CultureInfo culture) => value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), culture);

    private static string Percent(double share, CultureInfo culture) => Number(100 * share, 0, culture) + (ReferenceEquals(culture, Danish) ? " pct." : " per cent");

    private static MeasurementTable CategoryTable(IReadOnlyList<IntegrationUnit> units) => new(
        "categories",
        new("Fem kategorier", "Five categories"),
        new(
            "Kommunerne i hver kategori står alfabetisk. * er de hurtigste og de langsomste i alt. Sandsynlighederne siger, hvor ofte kommunen hører til i kategorien, når tilfældighed er taget med.",
            "The municipalities of each category are in alphabetical order. * marks the fastest and the slowest of all. The probabilities say how likely the municipality is to belong in the category, chance considered."),
        [
            new("category", new("Kategori", "Category"), ColumnKind.Text),
            new("area", new("Kommune", "Municipality"), ColumnKind.Area),
            new("mark", new("Yderst", "Extreme"), ColumnKind.Text),
            new("probability", new("Sandsynlighed for kategorien", "Probability of the category"), ColumnKind.Share),
            .. IntegrationDurations.Categories.Select(category => new MeasurementColumn("p_" + category.Id.Replace('-', '_'), category.Name, ColumnKind.Share)),
        ],
        [.. units.Select(unit => (IReadOnlyList<object?>)
        [
            IntegrationDurations.Categories[unit.Category].Name, unit.Area, unit.Marked ? "*" : null, unit.Probabilities[unit.Category], .. unit.Probabilities.Select(probability => (object?)probability),
        ])]);

    private static MeasurementTable RankedTable(IReadOnlyList<IntegrationUnit> units) => new(
        "ranked",
        new("Faktisk og forventet", "Actual and expected"),
        new(
            "Over 1 = flere er kommet i arbejde eller uddannelse, end tilsvarende personer i de øvrige kommuner lader vente. Placeringerne fra-til er det, som usikkerheden tillader. Den rå hyppighed er pr. 100 personår uden arbejde eller uddannelse.",
            "Above 1 = more have got work or education than similar persons in the other municipalities lead one to expect. The ranks from-to are those that the uncertainty allows. The crude rate is per 100 person-years without work or education."),
        [
            new("rank", new("Placering", "Rank"), ColumnKind.Count),
            new("area", new("Kommune", "Municipality"), ColumnKind.Area),
            new("rank_lower", new("Placering, fra", "Rank, from"), ColumnKind.Count),
            new("rank_upper", new("Placering, til", "Rank, to"), ColumnKind.Count),
            new("persons", new("Personer", "Persons"), ColumnKind.Persons),
            new("events", new("I arbejde eller uddannelse", "In work or education"), ColumnKind.Persons),
            new("crude_rate", new("Rå hyppighed", "Crude rate"), ColumnKind.Number),
            new("expected", new("Ventet", "Expected"), ColumnKind.Number),
            new("ratio", new("Faktisk/ventet", "Actual/expected"), ColumnKind.Number),
            new("lower", new("Fra", "From"), ColumnKind.Number),
            new("upper", new("Til", "To"), ColumnKind.Number),
            new("shrunken", new("Trukket mod gennemsnittet", "Shrunken towards the mean"), ColumnKind.Number),
            new("expected_rank", new("Ventet placering", "Expected rank"), ColumnKind.Number),
        ],
        [.. units.OrderBy(unit => unit.Rank).ThenBy(unit => unit.Area, StringComparer.Ordinal).Select(unit => (IReadOnlyList<object?>)
        [
            unit.Rank, unit.Area, unit.RankLower, unit.RankUpper, unit.Persons, (int)unit.Observed, 1200 * unit.Observed / unit.Months, unit.Expected,
            unit.Ratio, unit.Interval.Lower, unit.Interval.Upper, unit.Shrunken, unit.ExpectedRank,
        ])]);

    private static MeasurementTable ModelTable(IntegrationTable table, PersonTimeFit fit, double coverage)
    {
        var (z, covariance) = (NormalDistribution.Quantile((1 + coverage) / 2), fit.Model.Covariance);
        return new MeasurementTable(
            "model",
            new("Hvad der betyder noget", "What matters"),
            new(
                "Hvor mange gange hurtigere (over 1) eller langsommere det går i forhold til den hyppigste gruppe, eller for én enhed mere af kommunens vilkår, alt andet lige.",
                "How many times faster (above 1) or slower it goes compared with the most frequent group, or for one unit more of the municipality's condition, other things equal."),
            [
                new("term", new("Betingelse", "Condition"), ColumnKind.Text),
                new("hazard_ratio", new("Gange", "Times"), ColumnKind.Number),
                new("lower", new("Fra", "From"), ColumnKind.Number),
                new("upper", new("Til", "To"), ColumnKind.Number),
            ],
            [.. table.Terms.Select((term, j) =>
            {
                var (b, error) = (fit.Coefficients[j], Math.Sqrt(covariance[fit.Intervals + j, fit.Intervals + j]));
                return (IReadOnlyList<object?>)[term, Math.Exp(b), Math.Exp(b - (z * error)), Math.Exp(b + (z * error))];
            })]);
    }

    private static MeasurementTable ExcludedTable(MeasurementSpec spec, IntegrationTable table, IReadOnlyList<int> excluded) => new(
        "too_small",
        new("Kommuner, som er for små", "Municipalities that are too small"),
        new(
            $"Færre end {spec.Text("minimum_persons")} personer: de indgår i beregningen af det forventede, men får ingen placering.",
            $"Fewer than {spec.Text("minimum_persons")} persons: they take part in the expectation but get no position."),
        [new("area", new("Kommune", "Municipality"), ColumnKind.Area)],
        [.. excluded.Select(group => (IReadOnlyList<object?>)[table.Areas[group]])]);
}
