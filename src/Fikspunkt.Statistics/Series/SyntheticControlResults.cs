namespace Fikspunkt.Statistics.Series;

/// <summary>Settings of a synthetic control.</summary>
/// <param name="Treated">The unit (column, from 0) that was treated.</param>
/// <param name="PrePeriods">Periods (rows of the outcomes, from the first on) before the treatment.</param>
public sealed record SyntheticControlOptions(int Treated, int PrePeriods)
{
    /// <summary>The units that may be mixed; <see langword="null"/> for all but the treated.</summary>
    public IReadOnlyList<int>? Controls { get; init; }

    /// <summary>First period (from 0) whose outcomes choose the predictor weights. Default 0.</summary>
    public int FitFrom { get; init; }

    /// <summary>Number of periods that choose the predictor weights; <see langword="null"/> for all up to the treatment.</summary>
    public int? FitPeriods { get; init; }

    /// <summary>Predictor weights to use instead of choosing them; not below 0, not all 0, and scaled to sum 1.</summary>
    public IReadOnlyList<double>? PredictorWeights { get; init; }

    /// <summary>Random starting points of the search besides equal and regression-based weights, the best of 100 times as many. Default 2.</summary>
    public int ExtraStarts { get; init; } = 2;

    /// <summary>Seed of those starting points.</summary>
    public long Seed { get; init; } = 1;
}

/// <summary>A treated unit beside a mix of others that resembles it before the treatment.</summary>
/// <param name="Controls">The units that could be mixed (columns, from 0).</param>
/// <param name="Weights">Their shares: not below 0, sum 1.</param>
/// <param name="PredictorWeights">Weight of each (standardised) predictor, sum 1; a predictor that is the same for all units has 0.</param>
/// <param name="Synthetic">The mix's outcome in each period.</param>
/// <param name="Gaps">The treated unit's outcome less the mix's.</param>
/// <param name="SyntheticPredictors">The mix's predictors.</param>
/// <param name="FitLoss">Mean squared gap over the periods that chose the predictor weights.</param>
/// <param name="PredictorLoss">Weighted squared distance of the standardised predictors.</param>
/// <param name="PreRmspe">Root of the mean squared gap before the treatment.</param>
/// <param name="PostRmspe">The same from the treatment on; NaN without such periods.</param>
public sealed record SyntheticControlResult(
    int[] Controls,
    double[] Weights,
    double[] PredictorWeights,
    double[] Synthetic,
    double[] Gaps,
    double[] SyntheticPredictors,
    double FitLoss,
    double PredictorLoss,
    double PreRmspe,
    double PostRmspe)
{
    /// <summary>Post over pre root mean squared gap: how much farther the unit strays after the treatment than before. Infinite after a perfect fit.</summary>
    public double Ratio => PostRmspe / PreRmspe;
}

/// <summary>The treated unit among controls that were treated in pretence.</summary>
/// <param name="Treated">The real one.</param>
/// <param name="Placebos">Each control as if it had been treated, with the other controls to mix; in the order of the controls.</param>
/// <param name="PValue">Share of the units (the treated included) whose ratio is at least the treated unit's.</param>
public sealed record PlaceboResult(SyntheticControlResult Treated, SyntheticControlResult[] Placebos, double PValue)
{
    /// <summary>The same share among the units whose mean squared gap before the treatment is at most <paramref name="factor"/> times the treated unit's.</summary>
    /// <remarks>Units that cannot be imitated before the treatment say little about the gap after it.</remarks>
    public double PValueAmongWellFitted(double factor)
    {
        var limit = Math.Sqrt(factor) * Treated.PreRmspe;
        return Share(Treated, [.. Placebos.Where(placebo => placebo.PreRmspe <= limit)]);
    }

    internal static double Share(SyntheticControlResult treated, SyntheticControlResult[] placebos) =>
        (1.0 + placebos.Count(placebo => placebo.Ratio >= treated.Ratio)) / (1.0 + placebos.Length);
}

/// <summary>The synthetic control without one of the units that make it up.</summary>
/// <param name="Left">The unit left out (column, from 0).</param>
/// <param name="Result">The fit without it.</param>
public sealed record WithoutDonor(int Left, SyntheticControlResult Result);
