using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Panels;

/// <summary>The ways a covariate can enter a model. A value outside a transform's range becomes NaN.</summary>
public static class Transforms
{
    /// <summary>The value as it enters the model; NaN where the transform has no answer.</summary>
    public static double Apply(CovariateTransform transform, double value) => transform switch
    {
        CovariateTransform.Log => value > 0 ? Math.Log(value) : double.NaN,
        CovariateTransform.Sqrt => value >= 0 ? Math.Sqrt(value) : double.NaN,
        CovariateTransform.LogitPerCent => value is > 0 and < 100 ? Math.Log(value / (100 - value)) : double.NaN,
        _ => double.IsFinite(value) ? value : double.NaN,
    };

    /// <summary>The inverse of <see cref="Apply"/>.</summary>
    internal static double Undo(CovariateTransform transform, double value) => transform switch
    {
        CovariateTransform.Log => Math.Exp(value),
        CovariateTransform.Sqrt => value * value,
        CovariateTransform.LogitPerCent => 100 / (1 + Math.Exp(-value)),
        _ => value,
    };

    /// <summary>The range of values that can be transformed, in the user's language.</summary>
    internal static string Expected(CovariateTransform transform) => transform switch
    {
        CovariateTransform.Log => Texts.ExpectedPositive,
        CovariateTransform.Sqrt => Texts.ExpectedNotNegative,
        CovariateTransform.LogitPerCent => Texts.ExpectedPerCent,
        _ => Texts.ExpectedNumber,
    };
}
