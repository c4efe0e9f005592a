namespace Fikspunkt.Sources.Synthetic;

/// <summary>What decides the synthetic Denmark. Equal options and equal municipalities give the same figures.</summary>
/// <param name="Seed">Seed of the framework conditions, of the local business cycles and, unless redrawn, of the true efforts.</param>
/// <param name="Months">Months from January 2015, 12-240.</param>
/// <param name="EffortScale">Factor on every true effect (effort and practice alike): 0 = every municipality is as expected.</param>
/// <param name="OverdispersionScale">Factor on every group's overdispersion; 1 = as in <see cref="SyntheticGroup.Overdispersion"/>.</param>
/// <param name="GapShare">Probability that a municipality's series of one group has a gap of one to three missing months.</param>
public sealed record SyntheticOptions(
    int Seed = SyntheticOptions.DemoSeed,
    int Months = 120,
    double EffortScale = 1,
    double OverdispersionScale = 1,
    double GapShare = 0.02)
{
    /// <summary>The seed of the demonstration.</summary>
    public const int DemoSeed = 2015;

    /// <summary>The first year of the panel.</summary>
    public const int FirstYear = 2015;

    /// <summary>Full-time persons above 0 and below this are hidden: they are a count of 1 or 2 after rounding, or less.</summary>
    public const double SuppressBelow = 2.5;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    internal static void Validate(SyntheticOptions options)
    {
        var ok = options.Months is >= 12 and <= 240 && options.EffortScale >= 0 && options.OverdispersionScale > 0 && options.GapShare is >= 0 and <= 1;
        if (!ok)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options, "An option is outside its range.");
        }
    }
}
