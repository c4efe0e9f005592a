using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Rates;

/// <summary>The exact binomial interval for a proportion.</summary>
/// <remarks>Beta quantiles: lower B(a/2; x, n - x + 1), upper B(1 - a/2; x + 1, n - x). Clopper and Pearson, Biometrika 26 (1934) 404-413.
/// Never covers less than it says, usually more. Needs independent events.</remarks>
public static class ClopperPearson
{
    /// <summary>The largest number of trials: beyond it the binomial sums take too long and lose digits; Wilson's interval is the same to the eye.</summary>
    public const double Largest = 1e9;

    /// <summary>The interval.</summary>
    /// <param name="events">Events, from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Trials, above 0.</param>
    /// <param name="confidence">Strictly between 0 and 1.</param>
    /// <exception cref="InvalidValueException">An argument is out of range or NaN.</exception>
    /// <exception cref="NumericRangeException">Numbers too far from 1 to calculate with (below 1e-300 or above 1e300, say).</exception>
    public static Interval Interval(double events, double trials, double confidence)
    {
        RateArguments.Proportion(events, trials, confidence);
        Check.Between([trials], 0, Largest, nameof(trials));
        var tail = (1 - confidence) / 2;
        var lower = events == 0 ? 0 : Distributions.BetaQuantile(tail, events, trials - events + 1);
        var upper = events == trials ? 1 : Distributions.BetaQuantile(1 - tail, events + 1, trials - events);
        Check.Calculated("The interval", lower, upper);
        return new Interval(lower, upper);
    }
}
