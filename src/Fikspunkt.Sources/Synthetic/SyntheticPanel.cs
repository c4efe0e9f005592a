using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Synthetic;

/// <summary>The synthetic Denmark as a source would publish it, with the truth behind it.</summary>
/// <param name="Draw">Counts, true shares and chance variances; <see cref="SyntheticDraw.Structure"/> holds population and framework conditions.</param>
/// <param name="Observations">The published cells, ordered by indicator, breakdown, area, period.</param>
public sealed record SyntheticPanel(SyntheticDraw Draw, IReadOnlyList<Observation> Observations);

/// <summary>Generates the synthetic Denmark: municipalities as they are, figures that are made up, effects that are known.</summary>
public static class SyntheticDenmark
{
    /// <summary>Indicator id of the counts.</summary>
    public const string PersonsIndicator = "full_time_persons";

    /// <summary>Indicator id of the population.</summary>
    public const string PopulationIndicator = "population_16_66";

    /// <summary>Makes the panel of the options' seed for the municipalities of the definitions.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="ArgumentException">A municipality has no anchors.</exception>
    public static SyntheticPanel Generate(SyntheticOptions options, DefinitionSet definitions)
    {
        var draw = SyntheticStructure.Create(options, definitions.Municipalities).Draw(options.Seed);
        var observations = Cells(draw, 0, options.Months);
        observations.AddRange(SyntheticJobcentres.Observe(draw));
        observations.AddRange(SyntheticSupervision.Observe(draw));
        observations.AddRange(SyntheticCourses.Observe(draw));
        return new SyntheticPanel(draw, Sorted(observations));
    }

    /// <summary>The published cells of some months of a replication, and of the calendar years they touch; small counts hidden, gaps missing.
    /// Benefits, population and framework conditions only: what further measurements read is in <see cref="Generate"/>.</summary>
    public static IReadOnlyList<Observation> Observe(SyntheticDraw draw, int firstMonth, int months) => Sorted(Cells(draw, firstMonth, months));

    private static List<Observation> Cells(SyntheticDraw draw, int firstMonth, int months)
    {
        var structure = draw.Structure;
        var areas = structure.Municipalities.Count;
        var observations = new List<Observation>((SyntheticGroup.All.Count + 1) * areas * months);
        var codes = structure.Municipalities.Select((municipality, area) => (municipality.Code, Area: area)).OrderBy(pair => pair.Code, StringComparer.Ordinal).ToArray();
        var periods = Enumerable.Range(firstMonth, months).Select(SyntheticStructure.Month).ToArray();
        for (var condition = 0; condition < SyntheticConditions.Ids.Count; condition++)
        {
            foreach (var (code, area) in codes)
            {
                for (var year = firstMonth / 12; year <= (firstMonth + months - 1) / 12; year++)
                {
                    observations.Add(new Observation(code, Period.OfYear(SyntheticOptions.FirstYear + year), SyntheticConditions.Ids[condition], Breakdown.Total, structure.Condition(condition, area, 12 * year), ObservationStatus.Ok));
                }
            }
        }

        foreach (var (code, area) in codes)
        {
            for (var month = 0; month < months; month++)
            {
                observations.Add(new Observation(code, periods[month], PopulationIndicator, Breakdown.Total, structure.Population(area, firstMonth + month), ObservationStatus.Ok));
            }
        }

        for (var group = 0; group < SyntheticGroup.All.Count; group++)
        {
            var breakdown = Breakdown.OfBenefitGroup(SyntheticGroup.All[group].Id);
            foreach (var (code, area) in codes)
            {
                var persons = draw.Persons(group, area);
                var gap = Gap(draw, code, group);
                for (var month = 0; month < months; month++)
                {
                    observations.Add(Cell(code, periods[month], breakdown, persons[firstMonth + month], missing: firstMonth + month >= gap.First && firstMonth + month < gap.End));
                }
            }
        }

        return observations;
    }

    private static List<Observation> Sorted(List<Observation> observations)
    {
        observations.Sort(static (left, right) =>
        {
            var order = string.CompareOrdinal(left.Indicator, right.Indicator);
            order = order != 0 ? order : string.CompareOrdinal(left.Breakdown, right.Breakdown);
            order = order != 0 ? order : string.CompareOrdinal(left.Area, right.Area);
            return order != 0 ? order : left.Period.CompareTo(right.Period);
        });
        return observations;
    }

    private static Observation Cell(string code, Period period, string breakdown, double persons, bool missing) => (missing, persons) switch
    {
        (true, _) => new Observation(code, period, PersonsIndicator, breakdown, null, ObservationStatus.Missing),
        (_, 0) => new Observation(code, period, PersonsIndicator, breakdown, 0, ObservationStatus.Zero),
        (_, < SyntheticOptions.SuppressBelow) => new Observation(code, period, PersonsIndicator, breakdown, null, ObservationStatus.Suppressed),
        _ => new Observation(code, period, PersonsIndicator, breakdown, persons, ObservationStatus.Ok),
    };

    /// <summary>The months that are missing in one series; an empty range for most.</summary>
    private static (int First, int End) Gap(SyntheticDraw draw, string code, int group)
    {
        var stream = new SplitStream(draw.Seed, StreamPurpose.Gaps, code, group);
        if (stream.NextDouble() >= draw.Structure.Options.GapShare)
        {
            return (0, 0);
        }

        var first = (int)(stream.NextDouble() * draw.Structure.Options.Months);
        return (first, first + 1 + (int)(stream.NextDouble() * 3));
    }
}
