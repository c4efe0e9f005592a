using Fikspunkt.Benchmarks.Panels;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Rates;

namespace Fikspunkt.Benchmarks.Measurements.Supervision;

/// <summary>Persons of which some are in cells too small to be published, each standing for 1 to <paramref name="HiddenUpTo"/>.</summary>
/// <param name="Known">Persons in published cells.</param>
/// <param name="Hidden">Number of hidden cells.</param>
/// <param name="HiddenUpTo">Largest count that is hidden; 0 where no cell is.</param>
internal readonly record struct Headcount(double Known, int Hidden, int HiddenUpTo)
{
    /// <summary>The fewest it can be.</summary>
    public double Least => Known + Hidden;

    /// <summary>The most it can be.</summary>
    public double Most => Known + (HiddenUpTo * Hidden);

    /// <summary>The middle.</summary>
    public double Middle => Known + (new HiddenCount(HiddenUpTo).Middle * Hidden);

    /// <summary>Both together.</summary>
    public Headcount Plus(Headcount other) => new(Known + other.Known, Hidden + other.Hidden, Math.Max(HiddenUpTo, other.HiddenUpTo));
}

/// <summary>Citizens with a long course in one cell.</summary>
/// <param name="LacksOffers">Whether they got fewer offers than the minimum.</param>
/// <param name="LacksConversations">Whether they had fewer conversations than the minimum.</param>
/// <param name="PaidHours">Whether they had paid hours.</param>
/// <param name="Count">How many.</param>
internal readonly record struct SupervisedCell(bool LacksOffers, bool LacksConversations, bool PaidHours, Headcount Count);

/// <summary>What a goal needs to know of a municipality: no person, only how many in each cell.</summary>
/// <param name="Area">Municipality code.</param>
/// <param name="Citizens">All citizens in the target groups.</param>
/// <param name="Cells">Those with a long course.</param>
internal sealed record SupervisedCounts(string Area, double Citizens, IReadOnlyList<SupervisedCell> Cells)
{
    /// <summary>How many with a long course are of a kind.</summary>
    public Headcount Count(Func<SupervisedCell, bool> where) => Cells.Where(where).Aggregate(default(Headcount), (sum, cell) => sum.Plus(cell.Count));
}

/// <summary>The answer to "is the share above the limit?".</summary>
internal enum GoalVerdict
{
    /// <summary>There is nobody that the share could be taken of.</summary>
    Empty,

    /// <summary>Counts that the source hides decide it.</summary>
    Undecided,

    /// <summary>At the limit or under it.</summary>
    Within,

    /// <summary>Above it.</summary>
    Above,
}

/// <summary>A share against its limit.</summary>
/// <param name="Missed">Persons for whom the goal is missed.</param>
/// <param name="Base">Persons that the share is of.</param>
/// <param name="Share">Missed / base; NaN where the base is 0.</param>
/// <param name="Interval">Wilson's interval; over all that hidden counts allow.</param>
/// <param name="Limit">The highest share allowed.</param>
/// <param name="Certainty">Confidence that the practice behind the share is above the limit: Phi(z), z = (share - limit) / sqrt(limit (1 - limit) / base),
/// the level at which Wilson's one-sided interval just leaves the limit; NaN where the limit is 0 or 1 and nothing speaks against it.</param>
/// <param name="PersonsOver">The fewest persons who must get what they lack for the share to come down to the limit; 0 where it is not above.</param>
/// <param name="Verdict">The verdict on the counts.</param>
internal sealed record GoalShare(Headcount Missed, double Base, double Share, Interval Interval, double Limit, double Certainty, int PersonsOver, GoalVerdict Verdict)
{
    // Persons are whole; a limit such as 0.07 of 100 is 7 but for the last bit.
    private const double Tolerance = 1e-9;

    /// <summary>Share minus limit.</summary>
    public double Distance => Share - Limit;

    /// <summary>Whether the interval leaves out the limit.</summary>
    public bool Sure => Interval.Lower > Limit || Interval.Upper < Limit;

    /// <summary>Half the interval over its quantile: a standard error that is above 0 also where nobody or everybody misses.</summary>
    public double StandardError(double confidence) => (Interval.Upper - Interval.Lower) / (2 * NormalDistribution.Quantile((1 + confidence) / 2));

    /// <summary>Judges a measure from counts.</summary>
    /// <param name="counts">The municipality's counts, made with the rule's minima, course and window.</param>
    /// <param name="measure">What counts as missed.</param>
    /// <param name="of">What the share is of.</param>
    /// <param name="limit">The highest share allowed, 0 to 1.</param>
    /// <param name="confidence">Confidence of the interval.</param>
    public static GoalShare Of(SupervisedCounts counts, GoalMeasure measure, GoalBase of, double limit, double confidence)
    {
        var missed = counts.Count(cell => SupervisionRule.Misses(measure, cell.LacksOffers, cell.LacksConversations));
        var met = counts.Count(cell => !SupervisionRule.Misses(measure, cell.LacksOffers, cell.LacksConversations)).Middle;
        double BaseWith(double persons) => of == GoalBase.AllCitizens ? counts.Citizens : met + persons;

        var all = BaseWith(missed.Middle);
        if (all <= 0)
        {
            return new GoalShare(missed, 0, double.NaN, new Interval(double.NaN, double.NaN), limit, double.NaN, 0, GoalVerdict.Empty);
        }

        bool IsAbove(double persons) => persons > (limit * BaseWith(persons)) + Tolerance;

        var (share, most) = (missed.Middle / all, missed.Most);
        var interval = new Interval(
            Wilson.Interval(missed.Least, BaseWith(missed.Least), confidence).Lower,
            Wilson.Interval(most, BaseWith(most), confidence).Upper);
        var verdict = (IsAbove(missed.Least), IsAbove(most)) switch
        {
            (true, true) => GoalVerdict.Above,
            (false, false) => GoalVerdict.Within,
            _ => GoalVerdict.Undecided,
        };
        var over = Math.Max(0, Math.Ceiling(most) - Math.Floor((limit * BaseWith(most)) + Tolerance));
        return new GoalShare(missed, all, share, interval, limit, CertaintyOf(share, all, limit), (int)over, verdict);
    }

    private static double CertaintyOf(double share, double all, double limit)
    {
        var deviation = Math.Sqrt(limit * (1 - limit) / all);
        return deviation > 0 ? NormalDistribution.Cumulative((share - limit) / deviation)
            : share > limit ? 1
            : share < limit ? 0
            : double.NaN;
    }
}
