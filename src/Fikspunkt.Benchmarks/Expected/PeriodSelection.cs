using Fikspunkt.Benchmarks.Panels;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Expected;

/// <summary>Which periods a model is computed for, and which its noise is estimated from.</summary>
internal static class PeriodSelection
{
    /// <summary>With fewer selected periods than this, noise is estimated from all that the data hold.</summary>
    private const int EnoughForNoise = 8;

    /// <summary>Longer series of months add cost and no knowledge.</summary>
    private const int LongestChain = 36;

    /// <summary>The selected periods in order.</summary>
    /// <exception cref="InputException">A selected period cannot be read, has no figures, or there is none at all.</exception>
    public static IReadOnlyList<Period> Select(ModelSpec spec, PanelReader reader, PanelLog log)
    {
        var available = reader.AvailablePeriods();
        var selected = new SortedSet<Period>();
        var problems = new List<InputProblem>();
        foreach (var choice in spec.Periods.Select)
        {
            if (choice == "all")
            {
                selected.UnionWith(available.Where(period => IsComplete(period, reader, log)));
            }
            else if (choice == "latest")
            {
                if (available.Count > 0)
                {
                    selected.Add(available[^1]);
                }
            }
            else if (!Period.TryParse(choice, out var period) || period.Kind != spec.Periods.Kind)
            {
                problems.Add(new InputProblem(Texts.NotAPeriod, spec.Id, Found: choice, Expected: Faults.Format(Texts.ExpectedPeriods, spec.Periods.Kind)));
            }
            else if (!available.Contains(period))
            {
                problems.Add(new InputProblem(Faults.Format(Texts.UnknownPeriod, period), spec.Id));
            }
            else
            {
                selected.Add(period);
            }
        }

        if (selected.Count == 0 && problems.Count == 0)
        {
            problems.Add(new InputProblem(Texts.NoPeriod, spec.Id));
        }

        return problems.Count == 0 ? [.. selected] : throw new InputException(problems);
    }

    /// <summary>
    /// Periods that do not overlap, back from the last selected one: those selected when there are enough of them,
    /// else all that the data hold.
    /// </summary>
    public static IReadOnlyList<Period> ForNoise(ModelSpec spec, PanelReader reader, IReadOnlyList<Period> selected)
    {
        var last = selected[^1];
        var months = MonthsOf(spec.Periods.Kind);
        var overlapping = spec.Periods.Kind is PeriodKind.RollingYear or PeriodKind.YearToDate;
        var chain = reader.AvailablePeriods()
            .Where(period => period <= last && (!overlapping || MonthsBetween(period, last) % months == 0) && reader.Lacking(period) is null)
            .ToArray();
        var own = Array.FindAll(chain, period => period >= selected[0]);
        return [.. (own.Length >= EnoughForNoise ? own : chain).TakeLast(LongestChain)];
    }

    /// <summary>Months that a period of the kind has (weeks and years to date are treated as one month and twelve).</summary>
    public static int MonthsOf(PeriodKind kind) => kind switch
    {
        PeriodKind.Quarter => 3,
        PeriodKind.HalfYear => 6,
        PeriodKind.Month or PeriodKind.Week => 1,
        _ => 12,
    };

    /// <summary>Months from the end of one period to the end of the other.</summary>
    public static int MonthsBetween(Period from, Period to) => Number(to) - Number(from);

    /// <summary>Running number of a period's last month.</summary>
    public static int Number(Period period) => (12 * period.LastDay.Year) + period.LastDay.Month;

    private static bool IsComplete(Period period, PanelReader reader, PanelLog log)
    {
        if (reader.Lacking(period) is not { } series)
        {
            return true;
        }

        log.Note(NoteKeys.PeriodLeftOut, period.ToString(), series);
        return false;
    }
}
