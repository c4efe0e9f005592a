using Fikspunkt.Domain.Measurements;
using NodaTime;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>What counts as having come into work or education.</summary>
/// <param name="WorkMonths">Months without interruption that ordinary work must last.</param>
/// <param name="WorkHours">Hours a week that it must have throughout; jobs at the same time are added up.</param>
/// <param name="EducationMonths">Months without interruption that qualifying education must last.</param>
internal sealed record QualifyingRule(int WorkMonths, double WorkHours, int EducationMonths)
{
    /// <summary>How long one must be able to look ahead to see that work or education qualifies.</summary>
    public int LookAhead => Math.Max(WorkMonths, EducationMonths);
}

/// <summary>Time at risk until work or education, or until the end of what can be known.</summary>
/// <param name="Days">Days from residence on, at least 1.</param>
/// <param name="Happened">Whether it ended with work or education that qualifies; otherwise it is censored.</param>
/// <param name="Work">Whether that was work.</param>
internal readonly record struct QualifyingEvent(int Days, bool Happened, bool Work)
{
    /// <summary>The time at risk of a person.</summary>
    /// <remarks>
    /// The event is dated at the first day of the work or education, which shows to qualify only when it has lasted long enough. Beginnings
    /// in the last months of observation can never show that, so nobody is at risk in them: observation ends <see cref="QualifyingRule.LookAhead"/>
    /// months earlier for everyone. Work that began before residence counts from the day of residence on.
    /// </remarks>
    /// <returns><see langword="null"/> for a person who is not observed for longer than that.</returns>
    public static QualifyingEvent? Of(ResidenceSpell spell, QualifyingRule rule)
    {
        var end = spell.ObservedTo.PlusMonths(-rule.LookAhead);
        if (end <= spell.Residence)
        {
            return null;
        }

        var work = First(spell, Runs(spell, EpisodeKind.OrdinaryWork, episode => episode.HoursPerWeek, rule.WorkHours), rule.WorkMonths);
        var education = First(spell, Runs(spell, EpisodeKind.QualifyingEducation, _ => 1, 1), rule.EducationMonths);
        var isWork = work is not null && !(education < work);
        return (isWork ? work : education) is { } start && start <= end
            ? new QualifyingEvent(Math.Max(1, Between(spell.Residence, start)), true, isWork)
            : new QualifyingEvent(Between(spell.Residence, end), false, false);
    }

    private static int Between(LocalDate from, LocalDate to) => Period.DaysBetween(from, to);

    private static LocalDate? First(ResidenceSpell spell, IEnumerable<(LocalDate From, LocalDate To)> runs, int months)
    {
        foreach (var (from, to) in runs)
        {
            var start = LocalDate.Max(from, spell.Residence);
            if (start.PlusMonths(months) <= to)
            {
                return start;
            }
        }

        return null;
    }

    /// <summary>The spans of days on which the episodes of a kind together reach a level, in order of time.</summary>
    private static IEnumerable<(LocalDate From, LocalDate To)> Runs(ResidenceSpell spell, EpisodeKind kind, Func<Episode, double> level, double needed)
    {
        var episodes = spell.Episodes
            .Where(episode => episode.Kind == kind && episode.From < episode.To)
            .Select(episode => (episode.From, To: LocalDate.Min(episode.To, spell.ObservedTo), Level: level(episode)))
            .ToList();
        var days = episodes.SelectMany(episode => (LocalDate[])[episode.From, episode.To]).Distinct().Order().ToList();
        LocalDate? since = null;
        foreach (var day in days)
        {
            // What is at the day itself decides: an episode's last day and another's first leave no gap.
            var reached = episodes.Where(episode => episode.From <= day && day < episode.To).Sum(episode => episode.Level) >= needed;
            if (reached)
            {
                since ??= day;
            }
            else if (since is { } from)
            {
                yield return (from, day);
                since = null;
            }
        }
    }
}
