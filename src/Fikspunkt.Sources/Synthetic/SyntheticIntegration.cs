using Fikspunkt.Domain.Measurements;
using NodaTime;

namespace Fikspunkt.Sources.Synthetic;

/// <summary>Refugees and reunified family members of the synthetic Denmark from residence on, with the truth. Persons who do not exist.</summary>
/// <remarks>
/// The hazard of beginning ordinary work or education that lasts is, t months after residence, h(t) x the exponential of a sum: individual
/// conditions (age, sex, origin, family), framework conditions of the municipality in the year of residence, a national trend over the years,
/// and the municipality's own effect, normal with standard deviation <see cref="EffectSd"/>. Before that, some have work or courses that do
/// not qualify: too short, too few hours, subsidised. Persons arrive in the calendar years of the panel but the last; they are observed
/// to its end unless they leave the country.
/// </remarks>
/// <param name="Spells">Everyone, by municipality.</param>
/// <param name="TrueEffects">Per municipality code its effect on the log hazard.</param>
public sealed record SyntheticIntegration(IReadOnlyList<ResidenceSpell> Spells, IReadOnlyDictionary<string, double> TrueEffects)
{
    /// <summary>Standard deviation of the municipalities' effects on the log hazard.</summary>
    public const double EffectSd = 0.22;

    // Persons a municipality gets: some, plus a share of its population, times e to a normal with the spread.
    private const double FewestPersons = 40;
    private const double PersonsPerInhabitant = 0.006;
    private const double PersonsSpread = 0.08;
    private const double LeavingPerMonth = 0.0025;
    private const double DaysPerMonth = 365.25 / 12;

    // Hazard a month by months since residence; the last holds from there on.
    private static readonly (int Until, double Hazard)[] Baseline = [(6, 0.004), (12, 0.009), (24, 0.014), (36, 0.017), (60, 0.014), (int.MaxValue, 0.010)];

    private static readonly (string Name, double Share, double Effect)[] Sexes = [("kvinde", 0.48, -0.55), ("mand", 0.52, 0)];
    private static readonly (string Name, double Share, double Effect)[] Origins = [("afrika", 0.22, -0.10), ("asien", 0.20, 0.25), ("mellemoest", 0.38, 0), ("oesteuropa", 0.20, 0.35)];
    private static readonly (string Name, double Share, double Effect)[] Families = [("enlig", 0.42, 0), ("par", 0.18, 0.05), ("par-med-boern", 0.40, -0.20)];

    // Framework conditions (position in SyntheticConditions.Ids) and the effect of one unit.
    private static readonly (int Condition, double Effect)[] Local = [(SyntheticConditions.Employment, 0.05), (1, -0.012), (0, -0.015)];
    private const double YearlyTrend = 0.03;

    /// <summary>Draws the persons of a structure's seed; the structure's own figures stay as they are.</summary>
    public static SyntheticIntegration Generate(SyntheticStructure structure)
    {
        var end = new LocalDate(SyntheticOptions.FirstYear, 1, 1).PlusMonths(structure.Options.Months);
        var means = Array.ConvertAll(Local, local => Enumerable.Range(0, structure.Municipalities.Count).Average(area => structure.Condition(local.Condition, area, 0)));
        var (spells, effects) = (new List<ResidenceSpell>(), new SortedDictionary<string, double>(StringComparer.Ordinal));
        for (var area = 0; area < structure.Municipalities.Count; area++)
        {
            var code = structure.Municipalities[area].Code;
            var stream = new SplitStream(structure.Options.Seed, StreamPurpose.Integration, code);
            var effect = EffectSd * stream.NextNormal();
            var persons = (int)Math.Round((FewestPersons + (PersonsPerInhabitant * structure.Population(area, 0))) * Math.Exp(PersonsSpread * stream.NextNormal()));
            effects.Add(code, effect);
            for (var person = 0; person < persons; person++)
            {
                var own = new SplitStream(structure.Options.Seed, StreamPurpose.Integration, code, person + 1);
                var year = (int)(own.NextDouble() * Math.Max(1, structure.Years - 1));
                var local = YearlyTrend * year;
                for (var k = 0; k < Local.Length; k++)
                {
                    local += Local[k].Effect * (structure.Condition(Local[k].Condition, area, 12 * year) - means[k]);
                }

                spells.Add(Person(ref own, code, year, effect + local, end));
            }
        }

        return new SyntheticIntegration(spells, effects);
    }

    private static ResidenceSpell Person(ref SplitStream stream, string code, int year, double predictor, LocalDate end)
    {
        var residence = new LocalDate(SyntheticOptions.FirstYear + year, 1, 1).PlusDays((int)(stream.NextDouble() * 365));
        var age = 18 + (int)(42 * Math.Pow(stream.NextDouble(), 1.4));
        var (sex, ofSex) = Pick(ref stream, Sexes);
        var (origin, ofOrigin) = Pick(ref stream, Origins);
        var (family, ofFamily) = Pick(ref stream, Families);
        predictor += ofSex + ofOrigin + ofFamily + (age switch { < 25 => 0.10, < 35 => 0, < 45 => -0.15, _ => -0.65 });
        var leaves = residence.PlusDays(Days(-Math.Log(stream.NextDouble()) / LeavingPerMonth));
        var observed = LocalDate.Max(residence.PlusDays(1), LocalDate.Min(end, leaves));
        var start = residence.PlusDays(1 + Days(MonthsTo(-Math.Log(stream.NextDouble()) * Math.Exp(-predictor))));
        var episodes = new List<Episode>();
        AddBefore(ref stream, residence, LocalDate.Min(start.PlusDays(-40), observed), episodes);
        AddQualifying(ref stream, start, age, observed, episodes);
        return new ResidenceSpell(code, residence, observed, age, new SortedDictionary<string, string>(StringComparer.Ordinal) { ["family"] = family, ["origin"] = origin, ["sex"] = sex }, episodes);
    }

    /// <summary>Months until the cumulative baseline hazard reaches a level.</summary>
    private static double MonthsTo(double level)
    {
        var (from, left) = (0, level);
        foreach (var (until, hazard) in Baseline)
        {
            if (until == int.MaxValue || left <= hazard * (until - from))
            {
                return from + (left / hazard);
            }

            left -= hazard * (until - from);
            from = until;
        }

        return from;
    }

    private static void AddQualifying(ref SplitStream stream, LocalDate start, int age, LocalDate observed, List<Episode> episodes)
    {
        var isEducation = stream.NextDouble() < (age < 25 ? 0.35 : 0.10);
        var to = LocalDate.Min(observed, start.PlusMonths(6).PlusDays(Days(-14 * Math.Log(stream.NextDouble()))));
        var (form, hours) = (stream.NextDouble(), 20 + Math.Floor(18 * stream.NextDouble()));
        if (start >= observed)
        {
            return;
        }

        if (isEducation)
        {
            episodes.Add(new Episode(EpisodeKind.QualifyingEducation, start, to, 0));
        }
        else if (form < 0.2 && start.PlusDays(70) < to)
        {
            // Two contracts, one after the other.
            episodes.Add(new Episode(EpisodeKind.OrdinaryWork, start, start.PlusDays(60), hours));
            episodes.Add(new Episode(EpisodeKind.OrdinaryWork, start.PlusDays(60), to, 37));
        }
        else if (form < 0.3)
        {
            // Two part-time jobs at the same time.
            episodes.Add(new Episode(EpisodeKind.OrdinaryWork, start, to, 12));
            episodes.Add(new Episode(EpisodeKind.OrdinaryWork, start, to, hours - 12));
        }
        else
        {
            episodes.Add(new Episode(EpisodeKind.OrdinaryWork, start, to, hours));
        }
    }

    private static void AddBefore(ref SplitStream stream, LocalDate from, LocalDate stop, List<Episode> episodes)
    {
        var days = NodaTime.Period.DaysBetween(from, stop);
        var (happens, which, place, length) = (stream.NextDouble(), stream.NextDouble(), stream.NextDouble(), stream.NextDouble());
        if (days < 240 || happens > 0.55)
        {
            return;
        }

        var (kind, hours, longest) = which switch
        {
            < 0.3 => (EpisodeKind.OrdinaryWork, 37.0, 150),
            < 0.55 => (EpisodeKind.OrdinaryWork, 12.0, 400),
            < 0.85 => (EpisodeKind.SubsidisedWork, 37.0, 180),
            _ => (EpisodeKind.OtherEducation, 0.0, 300),
        };
        var begins = from.PlusDays((int)(place * (days - 180)));
        episodes.Add(new Episode(kind, begins, LocalDate.Min(stop, begins.PlusDays(30 + (int)(length * (longest - 30)))), hours));
    }

    private static (string Name, double Effect) Pick(ref SplitStream stream, (string Name, double Share, double Effect)[] choices)
    {
        var left = stream.NextDouble();
        foreach (var (name, share, effect) in choices)
        {
            left -= share;
            if (left < 0)
            {
                return (name, effect);
            }
        }

        return (choices[^1].Name, choices[^1].Effect);
    }

    // Whatever lies beyond a lifetime is far enough.
    private static int Days(double months) => (int)Math.Min(36_500, months * DaysPerMonth);
}
