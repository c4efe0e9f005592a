using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Synthetic;

/// <summary>A municipality's courses on public support that ended in a calendar year, and the truth behind them.</summary>
/// <param name="Area">Municipality code.</param>
/// <param name="Year">Calendar year in which the courses ended.</param>
/// <param name="Ended">How many.</param>
/// <param name="AverageWeeks">How long they were on average; NaN where none ended.</param>
/// <param name="Employed">How many were employed 6 months later.</param>
/// <param name="TrueWeeks">The length to be expected of a course.</param>
/// <param name="TrueEmployedShare">Probability of employment 6 months after a course.</param>
public sealed record SyntheticCourseYear(string Area, int Year, int Ended, double AverageWeeks, int Employed, double TrueWeeks, double TrueEmployedShare);

/// <summary>How long courses on public support are in the synthetic Denmark, and how many are employed 6 months after one.</summary>
/// <remarks>
/// Where more are on support than conditions predict, courses are longer and lead to work less often; both also differ for reasons of their own, which last. With M true
/// full-time persons, 52 M / weeks courses end in a year, since a stock is inflow times duration. Lengths are exponential, so the average of n has the
/// standard error mean / sqrt(n); the employed are binomial. Streams are keyed by seed, municipality and part; nothing else in the synthetic Denmark depends on them.
/// </remarks>
public static class SyntheticCourses
{
    /// <summary>Indicator id of the courses that ended.</summary>
    public const string Ended = "ended_courses";

    /// <summary>Indicator id of their average length in weeks.</summary>
    public const string AverageWeeks = "average_course_weeks";

    /// <summary>Indicator id of those employed 6 months later.</summary>
    public const string Employed = "employed_6_months_after_course";

    private const double TypicalWeeks = 40;
    private const double TypicalEmployedShare = 0.55;
    private const double WeeksInYear = 52;

    private static readonly int[] GroupPlaces = SyntheticYear.Places(SyntheticSupervision.Groups);

    /// <summary>Every municipality in one calendar year, in the order of the structure.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The panel does not hold the whole year.</exception>
    public static IReadOnlyList<SyntheticCourseYear> Of(SyntheticDraw draw, int year) => SyntheticYear.Of(draw, year, (area, first) => Of(draw, area, year, first));

    /// <summary>The cells of every whole calendar year, as a source would publish them; small counts, and averages over them, hidden.</summary>
    internal static IEnumerable<Observation> Observe(SyntheticDraw draw) =>
        from year in SyntheticYear.Whole(draw)
        from own in Of(draw, year)
        from cell in new[] { SyntheticYear.Count(own.Area, own.Year, Ended, own.Ended), Average(own), SyntheticYear.Count(own.Area, own.Year, Employed, own.Employed) }
        select cell;

    private static Observation Average(SyntheticCourseYear own) => (double)own.Ended switch
    {
        0 => SyntheticYear.Cell(own.Area, own.Year, AverageWeeks, null, ObservationStatus.Missing),
        < SyntheticOptions.SuppressBelow => SyntheticYear.Cell(own.Area, own.Year, AverageWeeks, null, ObservationStatus.Suppressed),
        _ => SyntheticYear.Cell(own.Area, own.Year, AverageWeeks, Math.Round(own.AverageWeeks, 1), ObservationStatus.Ok),
    };

    private static SyntheticCourseYear Of(SyntheticDraw draw, int area, int year, int first)
    {
        var structure = draw.Structure;
        var code = structure.Municipalities[area].Code;
        var (expected, persons) = (0.0, 0.0);
        var population = SyntheticYear.Population(structure, area, first);
        foreach (var group in GroupPlaces)
        {
            expected += population * draw.ExpectedShare(group, area, first, 12);
            persons += population * draw.TrueShare(group, area, first, 12);
        }

        var lasting = new SplitStream(structure.Options.Seed, StreamPurpose.Courses, code);
        var yearly = new SplitStream(structure.Options.Seed, StreamPurpose.Courses, code, year);
        var excess = Math.Log(persons / expected);
        var weeks = TypicalWeeks * Math.Exp((0.5 * excess) + (0.06 * lasting.NextNormal()) + (0.01 * yearly.NextNormal()));
        var odds = TypicalEmployedShare / (1 - TypicalEmployedShare) * Math.Exp(-excess + (0.12 * lasting.NextNormal()) + (0.03 * yearly.NextNormal()));
        var share = odds / (1 + odds);
        var ended = (int)Math.Round(persons * WeeksInYear / weeks);

        // The sum of n exponential lengths is gamma with shape n.
        var chance = new SplitStream(draw.Seed, StreamPurpose.CourseChance, code, year);
        return new SyntheticCourseYear(code, year, ended, ended == 0 ? double.NaN : weeks * chance.NextGamma(ended) / ended, chance.NextBinomial(ended, share), weeks, share);
    }
}
