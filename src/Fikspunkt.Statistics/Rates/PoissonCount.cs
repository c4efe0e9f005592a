using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Rates;

/// <summary>Which interval a count got.</summary>
public enum CountMethod
{
    /// <summary>Exact Poisson limits.</summary>
    Exact,

    /// <summary>Byar's approximation.</summary>
    Byar,
}

/// <summary>Intervals for the mean of a Poisson count; divided by the exposure they are intervals for a rate.</summary>
/// <remarks>Breslow and Day, Statistical Methods in Cancer Research II (IARC 1987), chapter 2. Needs independent events.</remarks>
public static class PoissonCount
{
    /// <summary>Counts from here on get Byar's approximation in <see cref="Interval"/>, as in England's public health indicators.</summary>
    public const double ByarFrom = 10;

    /// <summary>Exact limits: half the chi-square quantiles (a/2; 2x) and (1 - a/2; 2x + 2); the lower limit of 0 events is 0.</summary>
    /// <param name="events">Events, 0 or more; need not be whole.</param>
    /// <param name="confidence">Strictly between 0 and 1.</param>
    /// <exception cref="InvalidValueException">An argument is out of range or NaN.</exception>
    /// <exception cref="NumericRangeException">Numbers too far from 1 to calculate with (below 1e-300 or above 1e300, say).</exception>
    public static Interval Exact(double events, double confidence)
    {
        RateArguments.Count(events, confidence);
        var lower = events == 0 ? 0 : Distributions.ChiSquaredQuantile((1 - confidence) / 2, 2 * events) / 2;
        var upper = Distributions.ChiSquaredQuantile((1 + confidence) / 2, (2 * events) + 2) / 2;
        Check.Calculated("The interval", lower, upper);
        return new Interval(lower, upper);
    }

    /// <summary>Byar's limits: x (1 - 1/(9x) - z/(3 sqrt x))^3 and (x + 1)(1 - 1/(9(x + 1)) + z/(3 sqrt(x + 1)))^3.</summary>
    /// <param name="events">Events, 0 or more; need not be whole.</param>
    /// <param name="confidence">Strictly between 0 and 1.</param>
    /// <returns>NaN for the lower limit where the approximation gives none (0 events, or a negative value for very few).</returns>
    /// <exception cref="InvalidValueException">An argument is out of range or NaN.</exception>
    public static Interval Byar(double events, double confidence)
    {
        RateArguments.Count(events, confidence);
        var z = NormalDistribution.Quantile((1 + confidence) / 2);
        var lower = 1 - (1 / (9 * events)) - (z / (3 * Math.Sqrt(events)));
        var upper = 1 - (1 / (9 * (events + 1))) + (z / (3 * Math.Sqrt(events + 1)));
        return new Interval(
            lower >= 0 ? events * lower * lower * lower : double.NaN,
            (events + 1) * upper * upper * upper);
    }

    /// <summary>Exact below <see cref="ByarFrom"/> events, Byar's from there on.</summary>
    /// <exception cref="InvalidValueException">An argument is out of range or NaN.</exception>
    public static (Interval Interval, CountMethod Method) Interval(double events, double confidence) => events < ByarFrom
        ? (Exact(events, confidence), CountMethod.Exact)
        : (Byar(events, confidence), CountMethod.Byar);
}
