namespace Fikspunkt.Benchmarks.Measurements.Supervision;

/// <summary>What counts towards the goal for offers beside what is progress all the same.</summary>
/// <param name="Persons">Citizens with a long course.</param>
/// <param name="Official">Those who got an offer: they count.</param>
/// <param name="Uncounted">Those in paid hours without an offer: they do not.</param>
/// <param name="Paid">All in paid hours.</param>
internal readonly record struct OfficialProgress(double Persons, double Official, double Uncounted, double Paid)
{
    /// <summary>Share that counts; NaN for nobody.</summary>
    public double OfficialShare => Official / Persons;

    /// <summary>Share with an offer or paid hours.</summary>
    public double ActualShare => (Official + Uncounted) / Persons;

    /// <summary>How much the second is above the first.</summary>
    public double Difference => Uncounted / Persons;

    /// <summary>From counts, the middle of what hidden ones can be.</summary>
    public static OfficialProgress Of(SupervisedCounts counts) => new(
        counts.Count(_ => true).Middle,
        counts.Count(cell => !cell.LacksOffers).Middle,
        counts.Count(cell => cell.LacksOffers && cell.PaidHours).Middle,
        counts.Count(cell => cell.PaidHours).Middle);
}
