using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>How an area's difference from the expected has changed since an earlier period of the same run. Shares of the population; minus = fewer against what was expected.</summary>
/// <remarks>
/// The half-widths of the two intervals are added, which is right however the errors of the two periods go together (rolling years overlap, chance lasts),
/// so that a change is claimed too seldom rather than too often.
/// </remarks>
/// <param name="Before">The earlier result.</param>
/// <param name="Now">The later result.</param>
/// <param name="Change">Later difference less earlier difference.</param>
/// <param name="Lower">Lower end of its interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Regression">The change that chance in the earlier period leads one to expect (regression to the mean).</param>
public sealed record PeriodChange(AreaResult Before, AreaResult Now, double Change, double Lower, double Upper, double Regression)
{
    /// <summary>Better or worse only when the whole interval lies on one side of zero.</summary>
    public SignificanceClass Class => Upper < 0 ? SignificanceClass.Better : Lower > 0 ? SignificanceClass.Worse : SignificanceClass.AsExpected;

    /// <summary>Whether the change goes the way that chance leads one to expect, and that is at least half of it.</summary>
    public bool MayBeRegression => RegressionToMean.Explains(Regression, Change);

    /// <summary>The change from one result to a later one of the same area and outcome.</summary>
    /// <param name="before">The earlier result.</param>
    /// <param name="now">The later result.</param>
    public static PeriodChange Of(AreaResult before, AreaResult now)
    {
        var change = now.Difference - before.Difference;
        var half = ((now.Upper - now.Lower) + (before.Upper - before.Lower)) / 2;
        return new PeriodChange(before, now, change, change - half, change + half, RegressionToMean.After(before));
    }

    /// <summary>The change in a careful sentence.</summary>
    public LocalizedText Sentence() => Sentences.Change(Before, Now);
}
