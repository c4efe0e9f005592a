namespace Fikspunkt.Benchmarks;

/// <summary>The keys of <see cref="RunNote"/> and what their arguments are.</summary>
public static class NoteKeys
{
    /// <summary>Another period's figures stand in: series, period wanted, period used.</summary>
    public const string NearestPeriod = "nearest-period";

    /// <summary>Hidden months count as 1.5 persons inside an average, the middle of 1 and 2: outcome, period, number of areas.</summary>
    public const string HiddenMonths = "hidden-months";

    /// <summary>The same where other counts than 1 and 2 are hidden: outcome, period, number of areas, the persons that a hidden month counts as.</summary>
    public const string HiddenMonthsUpTo = "hidden-months-up-to";

    /// <summary>Averages over fewer months, corrected for the country's season: outcome, period, number of areas.</summary>
    public const string FilledMonths = "filled-months";

    /// <summary>A period was left out because a series has nothing for it: period, series.</summary>
    public const string PeriodLeftOut = "period-left-out";

    /// <summary>A period could not be used to estimate noise: outcome, period.</summary>
    public const string NoisePeriodLeftOut = "noise-period-left-out";

    /// <summary>The movement that noise is estimated from crosses a break in the series: outcome, id of the break.</summary>
    public const string NoiseAcrossBreak = "noise-across-break";

    /// <summary>The periods that noise was estimated from: outcome, first, last, number of periods.</summary>
    public const string NoisePeriods = "noise-periods";

    /// <summary>
    /// The noise that was found: outcome, factor on the binomial variance, standard deviation of movement that does not shrink with size
    /// (share), correlation from one month to the next.
    /// </summary>
    public const string NoiseFound = "noise-found";

    /// <summary>Results of periods on both sides of a break cannot be compared without saying so: outcome, id of the break.</summary>
    public const string ChangeAcrossBreak = "change-across-break";

    /// <summary>Published persons and shares of one cell that no single population explains: area, outcome, period.</summary>
    public const string InconsistentFigures = "inconsistent-figures";
}
