using System.Globalization;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Survival;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>Persons added up to events and time at risk by municipality, year of residence, individual conditions and interval: all that the model needs.</summary>
/// <param name="Areas">Municipality codes of the groups.</param>
/// <param name="Persons">Persons at risk, per group.</param>
/// <param name="Months">Months at risk, per group.</param>
/// <param name="Cells">The table for the model.</param>
/// <param name="Groups">The group of each of its rows.</param>
/// <param name="Terms">Names of its columns.</param>
/// <param name="NotObserved">Persons observed too short to be at risk.</param>
/// <param name="Years">First and last year of residence.</param>
internal sealed record IntegrationTable(
    IReadOnlyList<string> Areas,
    int[] Persons,
    double[] Months,
    PersonTimeTable Cells,
    int[] Groups,
    IReadOnlyList<string> Terms,
    int NotObserved,
    (int First, int Last) Years)
{
    private const double DaysPerMonth = 365.25 / 12;

    /// <summary>Adds persons up.</summary>
    /// <exception cref="InputException">Nobody is at risk, an individual condition is missing, or a municipality has no figures for a local one.</exception>
    public static IntegrationTable Of(MeasurementSpec spec, MeasurementInput input)
    {
        var traits = spec.List("traits");
        RequireTraits(spec, input.Spells, traits);
        var rule = new QualifyingRule((int)spec.Number("work_months"), spec.Number("work_hours"), (int)spec.Number("education_months"));
        var timed = input.Spells.Select(spell => (Spell: spell, Event: QualifyingEvent.Of(spell, rule))).Where(pair => pair.Event is not null).Select(pair => (pair.Spell, Event: pair.Event!.Value)).ToList();
        if (timed.Count == 0)
        {
            throw new InputException(new InputProblem(Texts.NoSpells, spec.Id));
        }

        string[] areas = [.. timed.Select(pair => pair.Spell.Area).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var place = areas.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        double[] ends = [.. spec.Numbers("interval_months").Select(months => months * DaysPerMonth), double.PositiveInfinity];
        var (cells, keys) = Add(timed, place, [.. spec.Numbers("age_from")], traits, ends);
        var conditions = spec.List("conditions").Select(id => Condition(spec, input, id)).ToList();
        var (x, terms) = Design(keys, areas, spec, traits, conditions);
        var (persons, months) = (new int[areas.Length], new double[areas.Length]);
        foreach (var (spell, of) in timed)
        {
            var group = place[spell.Area];
            (persons[group], months[group]) = (persons[group] + 1, months[group] + (of.Days / DaysPerMonth));
        }

        return new IntegrationTable(
            areas,
            persons,
            months,
            new PersonTimeTable([.. keys.Select(key => key.Interval)], x, [.. keys.Select(key => cells[key].Events)], [.. keys.Select(key => cells[key].Days / DaysPerMonth)]),
            [.. keys.Select(key => key.Area)],
            terms,
            input.Spells.Count - timed.Count,
            (timed.Min(pair => pair.Spell.Residence.Year), timed.Max(pair => pair.Spell.Residence.Year)));
    }

    private static void RequireTraits(MeasurementSpec spec, IReadOnlyList<ResidenceSpell> spells, IReadOnlyList<string> traits)
    {
        if (spells.Count == 0)
        {
            throw new InputException(new InputProblem(Texts.NoSpells, spec.Id));
        }

        var missing = traits.Where(trait => !spells.All(spell => spell.Traits.ContainsKey(trait))).ToList();
        if (missing.Count > 0)
        {
            throw new InputException([.. missing.Select(trait => new InputProblem(Texts.TraitMissing, spec.Id, Expected: trait))]);
        }
    }

    private static (Dictionary<Key, (double Events, double Days)> Cells, Key[] Keys) Add(
        IReadOnlyList<(ResidenceSpell Spell, QualifyingEvent Event)> timed, Dictionary<string, int> place, double[] ages, IReadOnlyList<string> traits, double[] ends)
    {
        var cells = new Dictionary<Key, (double Events, double Days)>();
        foreach (var (spell, of) in timed)
        {
            var age = Math.Max(0, Array.FindLastIndex(ages, from => spell.Age >= from));
            var values = string.Join('\n', traits.Select(trait => spell.Traits[trait]));
            var from = 0.0;
            for (var interval = 0; from < of.Days; interval++)
            {
                // An event on the day an interval ends belongs to that interval, as in FollowUp.Split.
                var isLast = of.Days <= ends[interval];
                var key = new Key(place[spell.Area], spell.Residence.Year, age, values, interval);
                var (events, days) = cells.GetValueOrDefault(key);
                var until = isLast ? of.Days : ends[interval];
                cells[key] = (events + (isLast && of.Happened ? 1 : 0), days + until - from);
                from = until;
            }
        }

        return (cells, [.. cells.Keys.OrderBy(key => key.Area).ThenBy(key => key.Year).ThenBy(key => key.Age).ThenBy(key => key.Traits, StringComparer.Ordinal).ThenBy(key => key.Interval)]);
    }

    private static (RowMatrix X, IReadOnlyList<string> Terms) Design(Key[] keys, string[] areas, MeasurementSpec spec, IReadOnlyList<string> traits, IReadOnlyList<Func<string, int, double>> conditions)
    {
        var (columns, terms) = (new List<double[]>(), new List<string>());

        // Each level but the most frequent one has a column; of equals the first is the reference.
        void Levels(string name, Func<Key, string> level)
        {
            var all = Array.ConvertAll(keys, key => level(key));
            foreach (var (value, _) in all.CountBy(value => value).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Skip(1).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                columns.Add(Array.ConvertAll(all, own => own == value ? 1.0 : 0));
                terms.Add($"{name}={value}");
            }
        }

        var ages = spec.List("age_from");
        Levels("age", key => ages[key.Age]);
        for (var trait = 0; trait < traits.Count; trait++)
        {
            var which = trait;
            Levels(traits[trait], key => key.Traits.Split('\n')[which]);
        }

        Levels("residence", key => key.Year.ToString(CultureInfo.InvariantCulture));
        foreach (var (index, condition) in conditions.Index())
        {
            columns.Add(Array.ConvertAll(keys, key => condition(areas[key.Area], key.Year)));
            terms.Add(spec.List("conditions")[index]);
        }

        var x = new RowMatrix(keys.Length, columns.Count);
        for (var j = 0; j < columns.Count; j++)
        {
            for (var i = 0; i < keys.Length; i++)
            {
                x[i, j] = columns[j][i];
            }
        }

        return (x, terms);
    }

    /// <summary>A local condition by municipality and year; the nearest year that has a figure stands in, of two the earlier.</summary>
    private static Func<string, int, double> Condition(MeasurementSpec spec, MeasurementInput input, string id)
    {
        var figures = input.Series(id).Where(figure => figure.Value is not null && figure.Period.Kind == PeriodKind.Year)
            .GroupBy(figure => figure.Area, StringComparer.Ordinal)
            .ToDictionary(area => area.Key, area => area.OrderBy(figure => figure.Period.Year).ToList(), StringComparer.Ordinal);
        return (area, year) => figures.TryGetValue(area, out var years)
            ? years.MinBy(figure => Math.Abs(figure.Period.Year - year))!.Value!.Value
            : throw new InputException(new InputProblem(Faults.Format(Texts.ConditionMissing, id), spec.Id, Found: area));
    }

    private readonly record struct Key(int Area, int Year, int Age, string Traits, int Interval);
}
