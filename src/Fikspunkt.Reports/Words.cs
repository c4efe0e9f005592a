using System.Globalization;
using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;
using NodaTime;
using NodaTime.Text;
using Period = Fikspunkt.Domain.Period;

namespace Fikspunkt.Reports;

/// <summary>Words for values of closed sets, in the user's language.</summary>
internal static class Words
{
    public static string Class(SignificanceClass significance) => significance switch
    {
        SignificanceClass.Better => Texts.ClassBetter,
        SignificanceClass.Worse => Texts.ClassWorse,
        _ => Texts.ClassAsExpected,
    };

    public static string Date(LocalDate date) => date.ToString(Texts.DatePattern, CultureInfo.CurrentCulture);

    /// <summary>The period as running text: "de fire kvartaler til og med 4. kvartal 2021".</summary>
    public static string Period(Period period) => period.Kind switch
    {
        PeriodKind.Month => $"{CultureInfo.CurrentCulture.DateTimeFormat.GetMonthName(period.Number)} {period.Year.ToString(CultureInfo.InvariantCulture)}",
        PeriodKind.Quarter => Texts.PeriodQuarter.With(period.Number, Year(period)),
        PeriodKind.HalfYear => Texts.PeriodHalfYear.With(period.Number, Year(period)),
        PeriodKind.RollingYear => Texts.PeriodRollingYear.With(period.Number, Year(period)),
        PeriodKind.YearToDate => Texts.PeriodYearToDate.With(CultureInfo.CurrentCulture.DateTimeFormat.GetMonthName(period.Number), Year(period)),
        PeriodKind.Week => Texts.PeriodWeek.With(period.Number, Year(period)),
        _ => Year(period),
    };

    /// <summary>The period in a few characters, for axes and tables.</summary>
    public static string ShortPeriod(Period period) => period.Kind switch
    {
        PeriodKind.Month => $"{CultureInfo.CurrentCulture.DateTimeFormat.GetAbbreviatedMonthName(period.Number).TrimEnd('.')} {Year(period)}",
        PeriodKind.RollingYear => Texts.PeriodRollingYearShort.With(period.Number, Year(period)),
        PeriodKind.Quarter => Texts.PeriodQuarterShort.With(period.Number, Year(period)),
        _ => Period(period),
    };

    /// <summary>Where data came from, when, and the hash of their values.</summary>
    public static string Vintage(VintageReference vintage) =>
        Texts.VintageLine.With(vintage.Source, vintage.Table, Retrieved(vintage), vintage.ValueHash);

    /// <summary>The day of retrieval; the text as it stands when it is no instant.</summary>
    public static string Retrieved(VintageReference vintage)
    {
        var parsed = InstantPattern.ExtendedIso.Parse(vintage.Retrieved);
        return parsed.Success ? Date(parsed.Value.InUtc().Date) : vintage.Retrieved;
    }

    public static string Exclusion(Exclusion exclusion, Names names)
    {
        var reason = exclusion.Reason switch
        {
            ExclusionReason.OutcomeMissing => Texts.ExclusionOutcomeMissing,
            ExclusionReason.OutcomeSuppressed => Texts.ExclusionOutcomeSuppressed,
            ExclusionReason.CovariateMissing => Texts.ExclusionCovariateMissing,
            ExclusionReason.ExposureMissing => Texts.ExclusionExposureMissing,
            _ => Texts.ExclusionTooSmall,
        };
        var outcome = exclusion.Outcome is null ? Texts.AllOutcomes : names.Outcome(exclusion.Outcome);
        var period = exclusion.Period is { } when ? ShortPeriod(when) : Texts.AllPeriods;
        return $"{names.Municipality(exclusion.Area)}, {outcome}, {period}: {reason}";
    }

    /// <summary>A remark in words; the key and its arguments where no words are known for it.</summary>
    public static string Note(RunNote note, Names names)
    {
        var text = Texts.ResourceManager.GetString("Note_" + note.Key.Replace('-', '_'), CultureInfo.CurrentUICulture);
        return text is null
            ? $"{note.Key}: {string.Join(", ", note.Arguments)}"
            : text.With([.. note.Arguments.Select((argument, i) => (object)NoteArgument(note.Key, i, argument, names))]);
    }

    // Arguments are ids, periods or figures; see NoteKeys. Only one key starts with an area, whose code would else pass for a figure.
    private static string NoteArgument(string key, int index, string argument, Names names)
    {
        if (index == 0 && string.Equals(key, NoteKeys.InconsistentFigures, StringComparison.Ordinal))
        {
            return names.Municipality(argument);
        }

        if (Domain.Period.TryParse(argument, out var period) && period.Kind != PeriodKind.Year)
        {
            return ShortPeriod(period);
        }

        return double.TryParse(argument, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number != Math.Truncate(number)
            ? number.ToString("0.####", CultureInfo.CurrentCulture)
            : names.Any(argument);
    }

    private static string Year(Period period) => period.Year.ToString(CultureInfo.InvariantCulture);
}
