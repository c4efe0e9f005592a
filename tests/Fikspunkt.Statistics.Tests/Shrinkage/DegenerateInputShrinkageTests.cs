using Fikspunkt.Statistics.Shrinkage;

namespace Fikspunkt.Statistics.Tests.Shrinkage;

/// <summary>Input that breaks careless arithmetic gives a typed fault or the documented value.</summary>
public sealed class DegenerateInputShrinkageTests
{
    private static readonly int[] Groups = [0, 0, 1, 1, 2, 2];

    [Fact]
    public void NormalNormal_HostileColumns_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from estimates in Hostile.Columns
        from errors in Hostile.Positive
        from method in Enum.GetValues<BetweenVarianceMethod>()
        select ($"{method}: {estimates.Name}, errors {errors.Name}", (Func<object>)(() => NormalNormal.Estimate(estimates.Values, Array.ConvertAll(errors.Values, se => se + 5e-324), method))));

    [Fact]
    public void PoissonGamma_HostileColumns_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from counts in Hostile.Positive
        from expected in Hostile.Positive
        from mean in Enum.GetValues<PriorMean>()
        from method in Enum.GetValues<PoissonGammaMethod>()
        select ($"{method}, {mean}: {counts.Name}, expected {expected.Name}", (Func<object>)(() => PoissonGamma.Estimate(counts.Values, expected.Values, mean, method))));

    [Fact]
    public void PoissonGamma_CountsWithinTheirRange_GiveFiniteValues()
    {
        double[][] counts = [[0, 0, 1], [1, 1, 1], [0, 0, 1e15], [1e15, 1e15, 1e15], [1e-3, 0, 2e-3], [0, 5, 0]];
        double[][] expected = [[1, 1, 1], [1e-300, 1e-300, 1e-300], [1e15, 1e15, 1e15], [1e-300, 1, 1e15], [5e-324, 1, 1], [1e-12, 1e-6, 1]];
        Outcome.ShouldBeTypedOrValues(
            from o in counts
            from e in expected
            from mean in Enum.GetValues<PriorMean>()
            from method in Enum.GetValues<PoissonGammaMethod>()
            select ($"{method}, {mean}: {string.Join(' ', o)}, expected {string.Join(' ', e)}", (Func<object>)(() => PoissonGamma.Estimate(o, e, mean, method))));
    }

    [Fact]
    public void RandomIntercept_HostileColumns_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from y in Hostile.Columns
        from x in Hostile.Columns
        from kind in Enum.GetValues<LikelihoodKind>()
        select ($"{kind}: {y.Name} on {x.Name}", (Func<object>)(() => RandomIntercept.Fit(RowMatrix.FromColumns([1, 1, 1, 1, 1, 1], x.Values), y.Values, Groups, kind))),
        nameof(RandomInterceptFit.Shrinkage),
        nameof(RandomInterceptFit.IntraclassCorrelation));

    [Fact]
    public void RandomIntercept_InterceptAlone_GivesTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from y in Hostile.Columns
        select (y.Name, (Func<object>)(() => RandomIntercept.Fit(RowMatrix.FromColumns([1, 1, 1, 1, 1, 1]), y.Values, Groups))),
        nameof(RandomInterceptFit.Shrinkage),
        nameof(RandomInterceptFit.IntraclassCorrelation));

    [Fact]
    public void PanelNoise_HostileColumns_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from y in Hostile.Columns
        from shape in Hostile.Positive
        select ($"{y.Name}, shape {shape.Name}", (Func<object>)(() => PanelNoise.Estimate(RowMatrix.FromColumns([1, 1, 1, 1, 1, 1]), y.Values, Array.ConvertAll(shape.Values, v => v + 5e-324), [0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2]))),
        nameof(PanelNoiseEstimate.Autocorrelation),
        nameof(PanelNoiseEstimate.PhiDegreesOfFreedom),
        nameof(PanelNoiseEstimate.LevelSd));

    [Fact]
    public void Methods_ValuesThatAreNone_AreRefusedByType()
    {
        double[] ones = [1, 1, 1, 1, 1, 1];
        foreach (var (_, broken) in Hostile.Broken)
        {
            Should.Throw<InvalidValueException>(() => NormalNormal.Estimate(broken, ones)).Row.ShouldBe(2);
            Should.Throw<InvalidValueException>(() => NormalNormal.Estimate(ones, broken)).Row.ShouldBe(2);
            Should.Throw<InvalidValueException>(() => PoissonGamma.Estimate(broken, ones)).Row.ShouldBe(2);
            Should.Throw<InvalidValueException>(() => PoissonGamma.Estimate(ones, broken)).Row.ShouldBe(2);
            Should.Throw<InvalidValueException>(() => RandomIntercept.Fit(RowMatrix.FromColumns(ones), broken, Groups)).Row.ShouldBe(2);
            Should.Throw<InvalidValueException>(() => RandomIntercept.Fit(RowMatrix.FromColumns(broken), ones, Groups)).Row.ShouldBe(2);
        }
    }

    [Fact]
    public void Methods_OneUnit_AreRefusedByType()
    {
        Should.Throw<TooFewUnitsException>(() => NormalNormal.Estimate([1], [1]));
        Should.Throw<TooFewUnitsException>(() => NormalNormal.Estimate([], []));
        Should.Throw<TooFewUnitsException>(() => PoissonGamma.Estimate([], []));
        Should.Throw<TooFewUnitsException>(() => RandomIntercept.Fit(RowMatrix.FromColumns([1, 1, 1]), [1, 2, 3], [0, 0, 0]));
        Should.Throw<TooFewUnitsException>(() => RandomIntercept.Fit(RowMatrix.FromColumns([1, 1, 1]), [1, 2, 3], [0, 1, 2]));
    }
}
