using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Synthetic;

/// <summary>How a municipality treated its citizens in a calendar year, and the practice behind it.</summary>
/// <param name="Area">Municipality code.</param>
/// <param name="Year">Calendar year: the window in which offers and conversations are counted.</param>
/// <param name="Citizens">Citizens who were on one of <see cref="SyntheticSupervision.Groups"/> at some time of the year.</param>
/// <param name="Counts">Those with a long course, by cell in the order of <see cref="SyntheticSupervision.Cells"/>.</param>
/// <param name="TrueLongShare">Probability that a citizen has a long course.</param>
/// <param name="TrueShares">Probability of each cell for a citizen with a long course; they add up to 1.</param>
public sealed record SyntheticSupervisedYear(string Area, int Year, int Citizens, IReadOnlyList<int> Counts, double TrueLongShare, IReadOnlyList<double> TrueShares);

/// <summary>A cell of the citizens with a long course.</summary>
/// <param name="Indicator">Indicator id of its count.</param>
/// <param name="Offer">Whether at least <see cref="SyntheticSupervision.MinimumOffers"/> offer was made.</param>
/// <param name="Conversations">Whether at least <see cref="SyntheticSupervision.MinimumConversations"/> conversations were held.</param>
/// <param name="PaidHours">Whether there were paid hours of work, which do not count as an offer.</param>
public sealed record SyntheticSupervisionCell(string Indicator, bool Offer, bool Conversations, bool PaidHours);

/// <summary>Offers, conversations and paid hours of citizens with long courses in the synthetic Denmark: counts around known probabilities.</summary>
/// <remarks>
/// Of the citizens a binomial number has a long course; of these each has no offer, few conversations (oftener where there is no offer) and paid
/// hours (oftener where there is no offer: who works part of the week needs none) with probabilities of the municipality that last, drift a
/// little with the years and are known. Persons are independent, so the counts are exactly binomial around the practice.
/// Streams are keyed by seed, municipality and part; nothing else in the synthetic Denmark depends on them.
/// </remarks>
public static class SyntheticSupervision
{
    /// <summary>Indicator id of all citizens in the target groups.</summary>
    public const string Citizens = "supervised_citizens";

    /// <summary>Offers from which the cells count an offer as made.</summary>
    public const int MinimumOffers = 1;

    /// <summary>Conversations from which the cells count them as held.</summary>
    public const int MinimumConversations = 4;

    /// <summary>Weeks from which the cells count a course as long.</summary>
    public const int LongCourseWeeks = 26;

    /// <summary>Weeks of the window: a calendar year.</summary>
    public const int WindowWeeks = 52;

    /// <summary>Citizens in the course of a year for each full-time person.</summary>
    private const double CitizensPerFullTimePerson = 1.6;

    private const int MiddleYear = 2020;

    /// <summary>The benefit groups whose citizens are meant.</summary>
    public static IReadOnlyList<string> Groups { get; } =
        ["a-dagpenge", "kontanthjaelp", "uddannelseshjaelp", "selvforsoergelses-og-hjemrejseydelse", "sygedagpenge", "jobafklaringsforloeb", "ressourceforloeb", "revalidering", "ledighedsydelse"];

    /// <summary>The cells of the citizens with a long course.</summary>
    public static IReadOnlyList<SyntheticSupervisionCell> Cells { get; } =
    [
        .. from offer in (bool[])[false, true]
           from conversations in (bool[])[false, true]
           from paid in (bool[])[false, true]
           select new SyntheticSupervisionCell($"long_course_{(offer ? "offer" : "no_offer")}_{(conversations ? "talks" : "few_talks")}_{(paid ? "paid" : "unpaid")}", offer, conversations, paid),
    ];

    private static readonly int[] GroupPlaces = SyntheticYear.Places(Groups);

    /// <summary>Every municipality in one calendar year, in the order of the structure.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The panel does not hold the whole year.</exception>
    public static IReadOnlyList<SyntheticSupervisedYear> Of(SyntheticDraw draw, int year) => SyntheticYear.Of(draw, year, (area, first) => Of(draw, area, year, first));

    /// <summary>The cells of every whole calendar year, as a source would publish them; small counts hidden.</summary>
    internal static IEnumerable<Observation> Observe(SyntheticDraw draw) =>
        from year in SyntheticYear.Whole(draw)
        from own in Of(draw, year)
        from cell in Cells.Zip(own.Counts, (cell, count) => (cell.Indicator, Count: count)).Prepend((Indicator: Citizens, Count: own.Citizens))
        select SyntheticYear.Count(own.Area, own.Year, cell.Indicator, cell.Count);

    private static SyntheticSupervisedYear Of(SyntheticDraw draw, int area, int year, int first)
    {
        var structure = draw.Structure;
        var code = structure.Municipalities[area].Code;
        var lasting = new SplitStream(structure.Options.Seed, StreamPurpose.Supervision, code);
        var yearly = new SplitStream(structure.Options.Seed, StreamPurpose.Supervision, code, year);
        var (drift, wobble) = (0.03 * (MiddleYear - year), 0.06 * yearly.NextNormal());
        var isLong = Logistic(0.42, 0.20 * lasting.NextNormal());
        var noOffer = Logistic(0.17, (0.45 * lasting.NextNormal()) + drift + wobble);
        var lax = (0.45 * lasting.NextNormal()) + drift + wobble;
        var (fewTalks, fewTalksWithoutOffer) = (Logistic(0.13, lax), Logistic(0.13, lax + 0.8));
        var work = 0.35 * lasting.NextNormal();
        var (paid, paidWithoutOffer) = (Logistic(0.10, work), Logistic(0.18, work));
        double[] shares = [.. Cells.Select(cell =>
            (cell.Offer ? 1 - noOffer : noOffer)
            * Part(cell.Conversations, 1 - (cell.Offer ? fewTalks : fewTalksWithoutOffer))
            * Part(cell.PaidHours, cell.Offer ? paid : paidWithoutOffer))];

        double persons = 0;
        for (var month = first; month < first + 12; month++)
        {
            foreach (var group in GroupPlaces)
            {
                persons += structure.Population(area, month) * draw.TrueShares(group, area)[month] / 12;
            }
        }

        var citizens = (int)Math.Round(CitizensPerFullTimePerson * persons);
        var chance = new SplitStream(draw.Seed, StreamPurpose.SupervisionCount, code, year);
        var left = chance.NextBinomial(citizens, isLong);
        var (counts, rest) = (new int[shares.Length], 1.0);
        for (var cell = 0; cell < counts.Length - 1; cell++)
        {
            // A multinomial is a chain of binomials: of those left, how many are in this cell.
            counts[cell] = chance.NextBinomial(left, Math.Min(1, shares[cell] / rest));
            left -= counts[cell];
            rest -= shares[cell];
        }

        counts[^1] = left;
        return new SyntheticSupervisedYear(code, year, citizens, counts, isLong, shares);
    }

    private static double Part(bool happens, double probability) => happens ? probability : 1 - probability;

    /// <summary>A probability moved on the logit scale.</summary>
    private static double Logistic(double middle, double moved) => 1 / (1 + ((1 - middle) / middle * Math.Exp(-moved)));
}
