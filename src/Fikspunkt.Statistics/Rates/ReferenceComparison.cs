namespace Fikspunkt.Statistics.Rates;

/// <summary>What a high value means.</summary>
public enum Polarity
{
    /// <summary>High is good.</summary>
    HigherIsBetter,

    /// <summary>Low is good.</summary>
    LowerIsBetter,

    /// <summary>Neither is good in itself.</summary>
    NotJudged,
}

/// <summary>How a unit's value compares with a reference, given how sure the value is.</summary>
public enum ComparisonClass
{
    /// <summary>No interval, or no reference.</summary>
    NotCompared,

    /// <summary>The reference lies within the narrower interval.</summary>
    Similar,

    /// <summary>Better: the reference lies outside the narrower (95 per cent) interval, but within the wider one.</summary>
    Better,

    /// <summary>Better: the reference lies outside the wider (99.8 per cent) interval.</summary>
    MuchBetter,

    /// <summary>Worse: the reference lies outside the narrower interval, but within the wider one.</summary>
    Worse,

    /// <summary>Worse: the reference lies outside the wider interval.</summary>
    MuchWorse,

    /// <summary>Lower and not judged: the reference lies outside the narrower interval, but within the wider one.</summary>
    Lower,

    /// <summary>Lower and not judged: the reference lies outside the wider interval.</summary>
    MuchLower,

    /// <summary>Higher and not judged: the reference lies outside the narrower interval, but within the wider one.</summary>
    Higher,

    /// <summary>Higher and not judged: the reference lies outside the wider interval.</summary>
    MuchHigher,
}

/// <summary>Classes of units against a reference value.</summary>
/// <remarks>
/// A unit differs from the reference if the reference lies outside its interval: at 95 per cent one unit in 20 differs by chance alone, at
/// 99.8 per cent one in 500. The scheme of England's public health profiles (Fingertips technical guidance). The reference counts as known
/// exactly; a limit equal to the reference is no difference. "Much" is much surer, not a much larger difference. Deterministic.
/// </remarks>
public static class ReferenceComparison
{
    /// <summary>The class of one unit.</summary>
    /// <param name="narrow">The interval at the lower confidence, 95 per cent by custom.</param>
    /// <param name="wide">The interval at the higher confidence, 99.8 per cent by custom. An end that is NaN is no limit on that side.</param>
    /// <param name="reference">The value compared with; NaN for none.</param>
    /// <param name="polarity">What a high value means.</param>
    /// <returns><see cref="ComparisonClass.NotCompared"/> without a reference, or with an interval that has no limit at all.</returns>
    /// <exception cref="ArgumentException">The wide interval lies within the narrow one somewhere.</exception>
    public static ComparisonClass Classify(Interval narrow, Interval wide, double reference, Polarity polarity)
    {
        if (wide.Lower > narrow.Lower || wide.Upper < narrow.Upper)
        {
            throw new ArgumentException("The interval at the higher confidence must hold the other.", nameof(wide));
        }

        if (double.IsNaN(reference) || (double.IsNaN(narrow.Lower) && double.IsNaN(narrow.Upper)))
        {
            return ComparisonClass.NotCompared;
        }

        var (side, much) = reference < narrow.Lower ? (1, reference < wide.Lower)
            : reference > narrow.Upper ? (-1, reference > wide.Upper)
            : (0, false);
        return (side, polarity) switch
        {
            (0, _) => ComparisonClass.Similar,
            (1, Polarity.HigherIsBetter) or (-1, Polarity.LowerIsBetter) => much ? ComparisonClass.MuchBetter : ComparisonClass.Better,
            (-1, Polarity.HigherIsBetter) or (1, Polarity.LowerIsBetter) => much ? ComparisonClass.MuchWorse : ComparisonClass.Worse,
            (1, Polarity.NotJudged) => much ? ComparisonClass.MuchHigher : ComparisonClass.Higher,
            (-1, Polarity.NotJudged) => much ? ComparisonClass.MuchLower : ComparisonClass.Lower,
            _ => throw new ArgumentOutOfRangeException(nameof(polarity)),
        };
    }
}
