using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Series;

/// <summary>Seasonal and trend decomposition of a series by local regression (STL).</summary>
/// <remarks>
/// Cleveland, Cleveland, McRae and Terpenning, Journal of Official Statistics 6 (1990) 3-73, with the steps of their program as in R's <c>stl</c>:
/// inner loop: smooth the values without trend at each position of the cycle, one cycle beyond both ends; subtract the result's moving average
/// (period, period, 3) smoothed by loess; smooth the values without seasonal to a trend. Outer loop: bisquare weights on
/// |remainder| / (6 median |remainder|). The trend starts at 0. A periodic seasonal is replaced by its mean per position at the end;
/// the trend is not fitted again.
/// Missing values are not allowed: a gap must be filled or the series cut by the caller. Deterministic. Time: O(n x (windows / jumps)).
/// </remarks>
public static class Stl
{
    /// <summary>Takes the series apart.</summary>
    /// <param name="values">More than two full cycles, evenly spaced in time.</param>
    /// <param name="options">Period, windows, degrees, jumps, robustness.</param>
    /// <exception cref="InvalidValueException">NaN or infinity.</exception>
    /// <exception cref="TooFewUnitsException">Not more than two cycles.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A period below 2, a window, jump or number of loops below 1 (outer: 0), a degree other than 0 and 1.</exception>
    public static StlResult Decompose(ReadOnlySpan<double> values, StlOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Period, 2, nameof(options));
        Check.Finite(values, nameof(values));
        var n = values.Length;
        if (n <= 2L * options.Period)
        {
            throw new TooFewUnitsException(n, (2 * options.Period) + 1);
        }

        var seasonalWindow = options.SeasonalWindow ?? checked((10 * n) + 1);
        var trendWindow = options.TrendWindow ?? DefaultTrendWindow(options.Period, seasonalWindow);
        var lowPassWindow = options.LowPassWindow ?? NextOdd(options.Period);
        var seasonal = Settings(seasonalWindow, options.SeasonalWindow is null ? 0 : options.SeasonalDegree, options.SeasonalJump);
        var trend = Settings(trendWindow, options.TrendDegree, options.TrendJump);
        var lowPass = Settings(lowPassWindow, options.LowPassDegree ?? options.TrendDegree, options.LowPassJump);
        var (inner, outer) = (options.Inner ?? (options.Robust ? 1 : 2), options.Outer ?? (options.Robust ? 15 : 0));
        ArgumentOutOfRangeException.ThrowIfLessThan(inner, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(outer, nameof(options));

        var loop = new StlLoop(values, options.Period, seasonal, trend, lowPass);
        loop.Run(inner, outer);
        if (options.SeasonalWindow is null)
        {
            loop.AverageSeasonal();
        }

        var remainder = new double[n];
        for (var i = 0; i < n; i++)
        {
            remainder[i] = values[i] - loop.Seasonal[i] - loop.Trend[i];
        }

        return new StlResult(loop.Seasonal, loop.Trend, remainder, loop.Weights, seasonal, trend, lowPass, inner, outer);
    }

    private static int DefaultTrendWindow(int period, int seasonalWindow)
    {
        // The formula needs a seasonal window above 1.5; R gives no sensible default below either.
        ArgumentOutOfRangeException.ThrowIfLessThan(seasonalWindow, 2);
        return NextOdd((int)Math.Ceiling(1.5 * period / (1 - (1.5 / seasonalWindow))));
    }

    private static LoessSettings Settings(int window, int degree, int? jump)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(degree, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(degree, 1);
        var step = jump ?? ((window + 9) / 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1, nameof(jump));
        return new LoessSettings(window, degree, step);
    }

    private static int NextOdd(int value) => value | 1;
}
