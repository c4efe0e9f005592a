using Fikspunkt.Benchmarks.Panels;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;

namespace Fikspunkt.Benchmarks.Measurements.Supervision;

/// <summary>The counts of a definition's cells in one period, and what they were counted by.</summary>
/// <remarks>Persons never come here: whoever holds the register counts citizens into the eight cells and hands over nine numbers a municipality.</remarks>
internal sealed class SupervisedFigures
{
    private readonly MeasurementSpec spec;

    /// <summary>Reads the latest period, or the one that the definition names.</summary>
    /// <param name="spec">The definition.</param>
    /// <param name="input">Figures.</param>
    /// <param name="at">Another period.</param>
    /// <exception cref="InputException">A setting cannot be used, or there are no figures.</exception>
    public SupervisedFigures(MeasurementSpec spec, MeasurementInput input, Period? at = null)
    {
        (this.spec, Hidden) = (spec, new HiddenCount(input.HiddenUpTo));
        var cells = spec.List("cells");
        if (cells.Count != 8)
        {
            throw new InputException(new InputProblem(Texts.CellsAreEight, $"definitions/measurements/{spec.Id}.yaml", Column: "cells", Found: spec.Text("cells")));
        }

        var citizens = input.Series(spec.Text("citizens")).ToList();
        if (citizens.Count == 0)
        {
            throw new InputException(new InputProblem(Texts.NoFigures.With(spec.Text("citizens")), $"definitions/measurements/{spec.Id}.yaml"));
        }

        Period = at ?? Chosen(citizens);
        Before = citizens.Select(observation => observation.Period).Where(period => period < Period).Cast<Period?>().Max();
        var byCell = cells.Select(cell => input.Series(cell).Where(observation => observation.Period == Period).ToDictionary(observation => observation.Area, StringComparer.Ordinal)).ToList();
        var all = citizens.Where(observation => observation.Period == Period).ToDictionary(observation => observation.Area, StringComparer.Ordinal);
        var areas = input.Definitions.Municipalities.Select(municipality => municipality.Code).Order(StringComparer.Ordinal).ToList();
        Counts = [.. areas.Select(area => Of(area, all, byCell)).OfType<SupervisedCounts>()];
        WithoutFigures = [.. areas.Except(Counts.Select(counts => counts.Area), StringComparer.Ordinal)];
    }

    /// <summary>The period.</summary>
    public Period Period { get; }

    /// <summary>What a hidden count can be.</summary>
    public HiddenCount Hidden { get; }

    /// <summary>The last period before it that has figures; <see langword="null"/> where there is none.</summary>
    public Period? Before { get; }

    /// <summary>Municipalities with every count, some of them perhaps hidden; by code.</summary>
    public IReadOnlyList<SupervisedCounts> Counts { get; }

    /// <summary>Municipalities that lack a count.</summary>
    public IReadOnlyList<string> WithoutFigures { get; }

    /// <summary>Names of the rule's parameters that the cells were not counted by; then the counts do not answer the rule.</summary>
    public IReadOnlyList<LocalizedText> NotCountedBy(SupervisionRule rule)
    {
        (string Setting, int? Value, LocalizedText Name)[] counted =
        [
            ("cells_offers", rule.MinimumOffers, new("mindste antal tilbud", "minimum of offers")),
            ("cells_conversations", rule.MinimumConversations, new("mindste antal samtaler", "minimum of conversations")),
            ("cells_long_course_weeks", rule.LongCourseWeeks, new("længerevarende forløb (uger)", "long course (weeks)")),
            ("cells_window_weeks", rule.WindowWeeks, new("opgørelsesvindue (uger)", "window (weeks)")),
        ];
        return [.. counted.Where(pair => pair.Value is { } value && value != spec.Number(pair.Setting)).Select(pair => pair.Name)];
    }

    private Period Chosen(List<Observation> citizens)
    {
        var text = spec.Text("period");
        var latest = citizens.Max(observation => observation.Period);
        return text.Length == 0 ? latest
            : Period.TryParse(text, out var asked) && citizens.Exists(observation => observation.Period == asked) ? asked
            : throw new InputException(new InputProblem(Texts.UnknownPeriod.With(text), $"definitions/measurements/{spec.Id}.yaml", Column: "period", Found: text));
    }

    private SupervisedCounts? Of(string area, Dictionary<string, Observation> citizens, List<Dictionary<string, Observation>> cells)
    {
        if (citizens.GetValueOrDefault(area)?.Value is not { } all)
        {
            return null;
        }

        var counted = new SupervisedCell[cells.Count];
        for (var i = 0; i < counted.Length; i++)
        {
            Headcount? count = cells[i].GetValueOrDefault(area) switch
            {
                { Status: ObservationStatus.Suppressed } => new Headcount(0, 1, Hidden.Largest),
                { Value: { } value } => new Headcount(value, 0, 0),
                _ => null,
            };
            if (count is not { } known)
            {
                return null;
            }

            // The order of the setting: offer no/yes, conversations few/enough, paid hours no/yes, the last one fastest.
            counted[i] = new SupervisedCell((i & 4) == 0, (i & 2) == 0, (i & 1) != 0, known);
        }

        return new SupervisedCounts(area, all, counted);
    }
}
