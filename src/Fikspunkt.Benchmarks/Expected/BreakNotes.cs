using Fikspunkt.Benchmarks.Panels;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Expected;

/// <summary>Finds the breaks in the ledger that touch a run's series, and says where a change would be computed across one.</summary>
internal static class BreakNotes
{
    /// <summary>Ids of the breaks within the time that the run uses; remarks on them go to the log.</summary>
    public static IReadOnlyList<string> Of(ModelSpec spec, DefinitionSet definitions, IReadOnlyList<PanelPeriod> selected, IReadOnlyList<OutcomeModel> models, PanelLog log)
    {
        var touched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var model in models)
        {
            var outcome = model.Spec;
            foreach (var entry in definitions.Breaks.Where(b => b.Touches(outcome.Indicator, GroupOf(outcome.Breakdown) ?? outcome.BenefitGroup)))
            {
                // A break inside the first period already mixes two meanings; one on its first day does not.
                var month = (12 * entry.Date.Year) + entry.Date.Month;
                var inNoise = model.NoisePeriods.Count > 0
                    && month > model.NoisePeriods[0].EndMonth - PeriodSelection.MonthsOf(spec.Periods.Kind) + 1
                    && month <= model.NoisePeriods[^1].EndMonth;
                var inSelected = entry.Date > selected[0].Period.FirstDay && entry.Date <= selected[^1].Period.LastDay;
                if (inNoise)
                {
                    log.Note(NoteKeys.NoiseAcrossBreak, outcome.Id, entry.Id);
                }

                if (inSelected)
                {
                    log.Note(NoteKeys.ChangeAcrossBreak, outcome.Id, entry.Id);
                }

                if (inNoise || inSelected)
                {
                    touched.Add(entry.Id);
                }
            }
        }

        var inputs = spec.Covariates.Select(c => (c.Indicator, c.Breakdown)).Append((spec.Exposure.Indicator, spec.Exposure.Breakdown));
        foreach (var (indicator, breakdown) in inputs)
        {
            foreach (var entry in definitions.Breaks.Where(b => b.Touches(indicator, GroupOf(breakdown))))
            {
                if (entry.Date > selected[0].Period.FirstDay && entry.Date <= selected[^1].Period.LastDay)
                {
                    touched.Add(entry.Id);
                }
            }
        }

        return [.. definitions.Breaks.Select(b => b.Id).Where(touched.Contains)];
    }

    private static string? GroupOf(string breakdown)
    {
        var prefix = $"{Breakdown.BenefitGroup}=";
        return breakdown.Split(';').FirstOrDefault(part => part.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
    }
}
