using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Rates;

/// <summary>The exact binomial interval for a proportion.</summary>
/// <remarks>Beta quantiles: lower B(a/2; x, n - x + 1), upper B(1 - a/2; x + 1, n - x). Clopper and Pearson, Biometrika 26 (1934) 404-413.
/// Never covers less than it says, usually more. Needs independent events.</remarks>
public static class ClopperPearson
{
    /// <summary>The interval.</summary>
    /// <param name="events">Events, from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Trials, above 0.</param>
    /// <param name="confidence">Strictly between 0 and 1.</param>
    /// <exception cref="InvalidValueException">An argument is out of range or NaN.</exception>
    public static Interval Interval(double events, double trials, double confidence)
    {
        RateArguments.Proportion(events, trials, confidence);
        var tail = (1 - confidence) / 2;
        return new Interval(
            events == 0 ? 0 : Distributions.BetaQuantile(tail, events, trials - events + 1),
            events == trials ? 1 : Distributions.BetaQuantile(1 - tail, events + 1, trials - events));
    }
}
