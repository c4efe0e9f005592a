using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Rates;

/// <summary>Wilson's score interval for a proportion.</summary>
/// <remarks>(2x + z^2 -/+ z sqrt(z^2 + 4x(1 - x/n))) / (2(n + z^2)). Wilson, JASA 22 (1927) 209-212. Right on average for all n;
/// stays within 0 to 1. Needs independent events.</remarks>
public static class Wilson
{
    /// <summary>The interval.</summary>
    /// <param name="events">Events, from 0 to <paramref name="trials"/>; need not be whole.</param>
    /// <param name="trials">Trials, above 0.</param>
    /// <param name="confidence">Strictly between 0 and 1.</param>
    /// <exception cref="InvalidValueException">An argument is out of range or NaN.</exception>
    /// <exception cref="NumericRangeException">Numbers too far from 1 to calculate with (below 1e-300 or above 1e300, say).</exception>
    public static Interval Interval(double events, double trials, double confidence)
    {
        RateArguments.Proportion(events, trials, confidence);
        var z = NormalDistribution.Quantile((1 + confidence) / 2);
        var root = z * Math.Sqrt((z * z) + (4 * events * (1 - (events / trials))));
        var middle = (2 * events) + (z * z);
        var width = 2 * (trials + (z * z));

        // The lower end as a ratio without cancellation: (m^2 - r^2) / (m + r), and m^2 - r^2 = 4 x^2 (1 + z^2 / n).
        var lower = 4 * events * events * (1 + (z * z / trials)) / ((middle + root) * width);
        var upper = (middle + root) / width;
        Check.Calculated("The interval", lower, upper);
        return new Interval(lower, upper);
    }
}
