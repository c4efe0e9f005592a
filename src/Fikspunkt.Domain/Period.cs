using System.Globalization;
using NodaTime;

namespace Fikspunkt.Domain;

/// <summary>The kinds of period that the sources publish.</summary>
public enum PeriodKind
{
    /// <summary>A calendar month, <c>2023M01</c>.</summary>
    Month,

    /// <summary>A calendar quarter, <c>2023Q1</c>.</summary>
    Quarter,

    /// <summary>A calendar half-year, <c>2023H1</c>.</summary>
    HalfYear,

    /// <summary>A calendar year, <c>2023</c>.</summary>
    Year,

    /// <summary>Four quarters ending in the named quarter, <c>2022QMAT04</c> (jobindsats' rolling year).</summary>
    RollingYear,

    /// <summary>From 1 January to the end of the named month, <c>2023MYTD05</c>.</summary>
    YearToDate,

    /// <summary>An ISO 8601 week, <c>2023W05</c>.</summary>
    Week,
}

/// <summary>A period of time as published statistics name it.</summary>
/// <remarks>
/// Equality is by kind, year and number; <c>2023M12</c> and <c>2023Q4</c> are different periods. The order is by last day,
/// then by first day, then by kind. The default value is the year 1 and stands for nothing.
/// Grammar: <c>2023M01</c>, <c>2023Q1</c> = <c>2023Q01</c> = <c>2023K1</c>, <c>2023H1</c>, <c>2023</c>,
/// <c>2022QMAT04</c> (the suffix is a quarter, never a month), <c>2023MYTD05</c>, <c>2004W27</c> = <c>2004U27</c>.
/// </remarks>
public readonly record struct Period : IComparable<Period>
{
    private const int FirstYear = 1900;
    private const int LastYear = 2200;

    private Period(PeriodKind kind, int year, int number) => (Kind, Year, Number) = (kind, year, number);

    /// <summary>What kind of period this is.</summary>
    public PeriodKind Kind { get; }

    /// <summary>The calendar year (ISO week year for weeks) in which the period ends.</summary>
    public int Year { get; }

    /// <summary>Month 1-12, quarter 1-4, half-year 1-2, week 1-53; 0 for a year. For a rolling year the last quarter.</summary>
    public int Number { get; }

    /// <summary>Makes a period.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such period exists, as month 13 or week 53 of a year with 52.</exception>
    public static Period Of(PeriodKind kind, int year, int number = 0)
    {
        if (!Exists(kind, year, number))
        {
            throw new ArgumentOutOfRangeException(nameof(number), $"{kind} {year}/{number} does not exist.");
        }

        return new Period(kind, year, number);
    }

    /// <summary>A calendar month.</summary>
    public static Period Month(int year, int month) => Of(PeriodKind.Month, year, month);

    /// <summary>A calendar year.</summary>
    public static Period OfYear(int year) => Of(PeriodKind.Year, year);

    /// <summary>Reads the grammar in the remarks of <see cref="Period"/>.</summary>
    /// <exception cref="FormatException">The text is no period.</exception>
    public static Period Parse(string text) =>
        TryParse(text, out var period) ? period : throw new FormatException($"'{text}' is not a period.");

    /// <summary>Reads the grammar in the remarks of <see cref="Period"/>; surrounding white space is allowed.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Period period)
    {
        period = default;
        text = text.Trim();
        if (text.Length < 4 || !Digits(text[..4], out var year))
        {
            return false;
        }

        var rest = text[4..];
        if (rest.IsEmpty)
        {
            return Accept(PeriodKind.Year, year, 0, out period);
        }

        var letters = 0;
        while (letters < rest.Length && char.IsAsciiLetterUpper(rest[letters]))
        {
            letters++;
        }

        var digits = rest[letters..];
        if (digits.Length is 0 or > 2 || !Digits(digits, out var number))
        {
            return false;
        }

        return rest[..letters] switch
        {
            "M" => digits.Length == 2 && Accept(PeriodKind.Month, year, number, out period),
            "Q" or "K" => Accept(PeriodKind.Quarter, year, number, out period),
            "H" => Accept(PeriodKind.HalfYear, year, number, out period),
            "QMAT" => Accept(PeriodKind.RollingYear, year, number, out period),
            "MYTD" => digits.Length == 2 && Accept(PeriodKind.YearToDate, year, number, out period),
            "W" or "U" => digits.Length == 2 && Accept(PeriodKind.Week, year, number, out period),
            _ => false,
        };
    }

    /// <summary>The first day.</summary>
    public LocalDate FirstDay => Kind switch
    {
        PeriodKind.Month => new LocalDate(Year, Number, 1),
        PeriodKind.Quarter => new LocalDate(Year, (3 * Number) - 2, 1),
        PeriodKind.HalfYear => new LocalDate(Year, (6 * Number) - 5, 1),
        PeriodKind.RollingYear => LastDay.PlusDays(1).PlusYears(-1),
        PeriodKind.Week => LocalDate.FromWeekYearWeekAndDay(Year, Number, IsoDayOfWeek.Monday),
        _ => new LocalDate(Year, 1, 1),
    };

    /// <summary>The last day.</summary>
    public LocalDate LastDay => Kind switch
    {
        PeriodKind.Month or PeriodKind.YearToDate => EndOfMonth(Number),
        PeriodKind.Quarter or PeriodKind.RollingYear => EndOfMonth(3 * Number),
        PeriodKind.HalfYear => EndOfMonth(6 * Number),
        PeriodKind.Week => LocalDate.FromWeekYearWeekAndDay(Year, Number, IsoDayOfWeek.Sunday),
        _ => new LocalDate(Year, 12, 31),
    };

    /// <summary>The period <paramref name="count"/> steps later (earlier when negative), of the same kind.</summary>
    public Period Plus(int count)
    {
        var perYear = Kind switch
        {
            PeriodKind.Month or PeriodKind.YearToDate => 12,
            PeriodKind.Quarter or PeriodKind.RollingYear => 4,
            PeriodKind.HalfYear => 2,
            _ => 1,
        };
        if (Kind == PeriodKind.Week)
        {
            var monday = FirstDay.PlusWeeks(count);
            var rule = NodaTime.Calendars.WeekYearRules.Iso;
            return Of(PeriodKind.Week, rule.GetWeekYear(monday), rule.GetWeekOfWeekYear(monday));
        }

        if (Kind == PeriodKind.Year)
        {
            return OfYear(Year + count);
        }

        var index = (Year * perYear) + Number - 1 + count;
        return Of(Kind, Math.DivRem(index, perYear, out var remainder), remainder + 1);
    }

    /// <inheritdoc/>
    public int CompareTo(Period other)
    {
        var byEnd = LastDay.CompareTo(other.LastDay);
        if (byEnd != 0)
        {
            return byEnd;
        }

        var byStart = FirstDay.CompareTo(other.FirstDay);
        return byStart != 0 ? byStart : Kind.CompareTo(other.Kind);
    }

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(Period left, Period right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(Period left, Period right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(Period left, Period right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(Period left, Period right) => left.CompareTo(right) >= 0;

    /// <summary>The canonical text, which <see cref="Parse"/> reads back: <c>2023M01</c>, <c>2023Q1</c>, <c>2022QMAT04</c>.</summary>
    public override string ToString() => Kind switch
    {
        PeriodKind.Month => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}M{Number:D2}"),
        PeriodKind.Quarter => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}Q{Number}"),
        PeriodKind.HalfYear => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}H{Number}"),
        PeriodKind.RollingYear => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}QMAT{Number:D2}"),
        PeriodKind.YearToDate => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}MYTD{Number:D2}"),
        PeriodKind.Week => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}W{Number:D2}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}"),
    };

    private LocalDate EndOfMonth(int month) => new LocalDate(Year, month, 1).PlusMonths(1).PlusDays(-1);

    private static bool Accept(PeriodKind kind, int year, int number, out Period period)
    {
        var exists = Exists(kind, year, number);
        period = exists ? new Period(kind, year, number) : default;
        return exists;
    }

    private static bool Exists(PeriodKind kind, int year, int number) => year is >= FirstYear and <= LastYear && kind switch
    {
        PeriodKind.Month or PeriodKind.YearToDate => number is >= 1 and <= 12,
        PeriodKind.Quarter or PeriodKind.RollingYear => number is >= 1 and <= 4,
        PeriodKind.HalfYear => number is 1 or 2,
        PeriodKind.Week => number >= 1 && number <= ISOWeek.GetWeeksInYear(year),
        PeriodKind.Year => number == 0,
        _ => false,
    };

    private static bool Digits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            value = (10 * value) + (c - '0');
        }

        return true;
    }
}
