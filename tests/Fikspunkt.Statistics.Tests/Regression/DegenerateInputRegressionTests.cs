using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Statistics.Tests.Regression;

/// <summary>Input that breaks careless arithmetic gives a typed fault or the documented value.</summary>
public sealed class DegenerateInputRegressionTests
{
    private static readonly double[] Ones = [1, 1, 1, 1, 1, 1];

    // NaN by documentation: leave-one-out values where a unit alone decides a coefficient, shares explained of a constant response.
    private static readonly string[] Undefined =
        [nameof(LinearFit.LeaveOneOutFitted), nameof(LinearFit.LeaveOneOutResiduals), nameof(LinearFit.RSquared), nameof(LinearFit.AdjustedRSquared), nameof(LinearFit.FStatistic)];

    [Fact]
    public void Linear_HostileColumns_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from y in Hostile.Columns
        from x in Hostile.Columns
        from weights in Hostile.Positive.Append(("none", []))
        select ($"{y.Name} on {x.Name}, weights {weights.Item1}", (Func<object>)(() =>
        {
            var fit = LinearRegression.Fit(RowMatrix.FromColumns(Ones, x.Values), y.Values, weights.Item2);
            return new object[] { fit, fit.Covariance(CovarianceKind.Classical), fit.Covariance(CovarianceKind.Hc1) };
        })),
        Undefined);

    [Fact]
    public void Generalized_HostileColumns_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from family in Enum.GetValues<GlmFamily>()
        from y in family is GlmFamily.Gaussian ? Hostile.Columns : Hostile.Positive
        from x in Hostile.Columns
        select ($"{family}: {y.Name} on {x.Name}", (Func<object>)(() =>
            GeneralizedLinearModel.Fit(RowMatrix.FromColumns(Ones, x.Values), y.Values, new GlmOptions(family)))),
        nameof(GlmFit.LogLikelihood));

    [Fact]
    public void Generalized_HostileOffsetsAndWeights_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from family in Enum.GetValues<GlmFamily>()
        from offset in Hostile.Columns.Append(("plus a thousand", [1000, 1000, 1000, 1000, 1000, 1000])).Append(("minus a thousand", [-1000, -1000, -1000, -1000, -1000, -1000])).Append(("700 apart", [700, 0, 700, 0, 700, 0]))
        from weights in Hostile.Positive.Append(("none", []))
        select ($"{family}: offset {offset.Item1}, weights {weights.Item1}", (Func<object>)(() =>
            GeneralizedLinearModel.Fit(RowMatrix.FromColumns(Ones, [0.3, 1.1, -0.4, 0.8, 0.2, -1]), [0, 1, 1, 0, 1, 0], new GlmOptions(family), weights.Item2, offset.Item2))),
        nameof(GlmFit.LogLikelihood));

    [Fact]
    public void FractionalLogit_HostileColumns_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from y in new double[][] { [0.1, 0.4, 0.2, 0.9, 0.5, 0.3], [0, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1], [0, 1, 0, 1, 0, 1], [0.5, 0.5, 0.5, 0.5, 0.5, 0.5], [1e-300, 0, 1e-12, 1 - 1e-12, 1, 0.5] }
        from x in Hostile.Columns
        from weights in Hostile.Positive.Append(("none", []))
        select ($"{string.Join(' ', y)} on {x.Name}, weights {weights.Item1}", (Func<object>)(() => FractionalLogit.Fit(RowMatrix.FromColumns(Ones, x.Values), y, weights.Item2))));

    [Fact]
    public void Methods_ValuesThatAreNone_AreRefusedByType()
    {
        double[] y = [0, 1, 1, 0, 1, 0];
        var x = RowMatrix.FromColumns(Ones);
        foreach (var (_, broken) in Hostile.Broken)
        {
            var design = RowMatrix.FromColumns(Ones, broken);
            Should.Throw<InvalidValueException>(() => LinearRegression.Fit(design, y)).Row.ShouldBe(2);
            Should.Throw<InvalidValueException>(() => LinearRegression.Fit(x, broken)).Row.ShouldBe(2);
            Should.Throw<InvalidValueException>(() => LinearRegression.Fit(x, y, broken)).Row.ShouldBe(2);
            Should.Throw<InvalidValueException>(() => FractionalLogit.Fit(design, y)).Row.ShouldBe(2);
            Should.Throw<InvalidValueException>(() => FractionalLogit.Fit(x, broken));
            foreach (var family in Enum.GetValues<GlmFamily>())
            {
                Should.Throw<InvalidValueException>(() => GeneralizedLinearModel.Fit(design, y, new GlmOptions(family))).Row.ShouldBe(2);
                Should.Throw<InvalidValueException>(() => GeneralizedLinearModel.Fit(x, broken, new GlmOptions(family)));
                Should.Throw<InvalidValueException>(() => GeneralizedLinearModel.Fit(x, y, new GlmOptions(family), broken)).Row.ShouldBe(2);
                Should.Throw<InvalidValueException>(() => GeneralizedLinearModel.Fit(x, y, new GlmOptions(family), [], broken)).Row.ShouldBe(2);
            }
        }
    }

    [Fact]
    public void Methods_OneUnitOrNone_AreRefusedByType()
    {
        foreach (var rows in new[] { 0, 1 })
        {
            var (x, y) = (new RowMatrix(rows, 1), new double[rows]);
            Should.Throw<StatisticsException>(() => LinearRegression.Fit(x, y));
            Should.Throw<StatisticsException>(() => FractionalLogit.Fit(x, y));
            foreach (var family in Enum.GetValues<GlmFamily>())
            {
                Should.Throw<StatisticsException>(() => GeneralizedLinearModel.Fit(x, y, new GlmOptions(family)));
            }
        }
    }
}
