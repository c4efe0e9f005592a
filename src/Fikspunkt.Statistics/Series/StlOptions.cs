namespace Fikspunkt.Statistics.Series;

/// <summary>Settings of a decomposition by <see cref="Stl"/>. What is not given has the default of R's <c>stl</c>.</summary>
/// <param name="Period">Observations in a cycle: 12 for months, 4 for quarters, 52 for weeks. At least 2.</param>
/// <param name="SeasonalWindow">Span, in cycles, of the smoother over the values at one position of the cycle, or
/// <see langword="null"/> for a periodic seasonal: the same in every cycle.</param>
public sealed record StlOptions(int Period, int? SeasonalWindow = null)
{
    /// <summary>Degree (0 or 1) of the seasonal smoother. Default 0; a periodic seasonal always has 0.</summary>
    public int SeasonalDegree { get; init; }

    /// <summary>Span, in observations, of the trend smoother. Default: the next odd number of ceiling(1.5 period / (1 - 1.5 / seasonal window)).</summary>
    public int? TrendWindow { get; init; }

    /// <summary>Degree (0 or 1) of the trend smoother. Default 1.</summary>
    public int TrendDegree { get; init; } = 1;

    /// <summary>Span, in observations, of the smoother that takes the trend out of the seasonal. Default: the next odd number of the period.</summary>
    public int? LowPassWindow { get; init; }

    /// <summary>Degree (0 or 1) of that smoother. Default: the trend's.</summary>
    public int? LowPassDegree { get; init; }

    /// <summary>The seasonal smoother is computed at every so many-th point and drawn linearly between. Default: a tenth of its window, rounded up.</summary>
    public int? SeasonalJump { get; init; }

    /// <summary>The same for the trend smoother.</summary>
    public int? TrendJump { get; init; }

    /// <summary>The same for the low-pass smoother.</summary>
    public int? LowPassJump { get; init; }

    /// <summary>Whether outliers lose weight. Default no.</summary>
    public bool Robust { get; init; }

    /// <summary>Updates of seasonal and trend in each round. Default 2, robust 1.</summary>
    public int? Inner { get; init; }

    /// <summary>Rounds that give outliers less weight. Default 0, robust 15.</summary>
    public int? Outer { get; init; }
}

/// <summary>One smoother of a decomposition as it was used.</summary>
/// <param name="Window">Span in points; an even one works as the next odd number, one below 3 as 3.</param>
/// <param name="Degree">Degree of the local polynomial.</param>
/// <param name="Jump">Computed at every so many-th point.</param>
public readonly record struct LoessSettings(int Window, int Degree, int Jump);

/// <summary>A series taken apart: value = seasonal + trend + remainder. Arrays follow the series.</summary>
/// <param name="Seasonal">What repeats from cycle to cycle.</param>
/// <param name="Trend">The slow movement.</param>
/// <param name="Remainder">What is left.</param>
/// <param name="Weights">Robustness weights of the last round, from 0 to 1; all 1 without such rounds.</param>
/// <param name="SeasonalSmoother">The seasonal smoother as used.</param>
/// <param name="TrendSmoother">The trend smoother as used.</param>
/// <param name="LowPassSmoother">The low-pass smoother as used.</param>
/// <param name="Inner">Updates in each round.</param>
/// <param name="Outer">Robustness rounds.</param>
public sealed record StlResult(
    double[] Seasonal,
    double[] Trend,
    double[] Remainder,
    double[] Weights,
    LoessSettings SeasonalSmoother,
    LoessSettings TrendSmoother,
    LoessSettings LowPassSmoother,
    int Inner,
    int Outer);
