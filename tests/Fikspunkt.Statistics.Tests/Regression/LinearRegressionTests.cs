using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Statistics.Tests.Regression;

public sealed class LinearRegressionTests
{
    [Fact]
    public void Fit_LeaveOneOut_EqualsRefits()
    {
        var (x, y, w) = RandomData.Regression(seed: 1, rows: 25, columns: 4);
        var fit = LinearRegression.Fit(x, y, w);
        for (var i = 0; i < 25; i++)
        {
            var without = (double[])w.Clone();
            without[i] = 0;
            var refit = LinearRegression.Fit(x, y, without);
            fit.LeaveOneOutFitted[i].ShouldBe(refit.Fitted[i], 1e-10);
            fit.LeaveOneOutCoefficients(i).ShouldBe(refit.Coefficients, 1e-10);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    public void LeaveGroupOut_AnyGroupSize_EqualsRefits(int groupCount)
    {
        var (x, y, w) = RandomData.Regression(seed: 2, rows: 36, columns: 3);
        w[5] = 0;
        var groups = Enumerable.Range(0, 36).Select(i => i % groupCount).ToArray();
        var fit = LinearRegression.Fit(x, y, w);
        var left = fit.LeaveGroupOut(groups);
        var weights = fit.LeaveGroupOutWeights(groups);
        for (var group = 0; group < groupCount; group++)
        {
            var refit = LinearRegression.Fit(x, y, [.. w.Select((weight, i) => groups[i] == group ? 0 : weight)]);
            left.Coefficients.Row(group).ToArray().ShouldBe(refit.Coefficients, 1e-10);
            for (var i = group; i < 36; i += groupCount)
            {
                left.Fitted[i].ShouldBe(refit.Fitted[i], 1e-10);
                weights.Row(i).ToArray().Zip(y, (a, b) => a * b).Sum().ShouldBe(refit.Fitted[i], 1e-10);
                weights[i, i].ShouldBe(0);
            }
        }
    }

    [Fact]
    public void Fit_DependentColumns_NamesThem()
    {
        var a = RandomData.Normals(3, 20);
        var b = RandomData.Normals(4, 20);
        var free = RandomData.Normals(5, 20);
        var ones = Enumerable.Repeat(1.0, 20).ToArray();
        var sum = a.Zip(b, (left, right) => 1e6 * (left + right)).ToArray();
        var fault = Should.Throw<RankDeficientException>(() => LinearRegression.Fit(RowMatrix.FromColumns(ones, a, free, b, sum), free));
        fault.Rank.ShouldBe(4);
        fault.Dependencies.ShouldHaveSingleItem().ShouldBe([1, 3, 4]);
        fault.Columns.ShouldBe([1, 3, 4]);
    }

    [Fact]
    public void Fit_ConstantCovariateAndZeroColumn_NamesBoth()
    {
        var ones = Enumerable.Repeat(1.0, 10).ToArray();
        var constant = Enumerable.Repeat(37.5, 10).ToArray();
        var y = RandomData.Normals(6, 10);
        var fault = Should.Throw<RankDeficientException>(() => LinearRegression.Fit(RowMatrix.FromColumns(ones, constant, new double[10], y), y));
        fault.Dependencies.Select(set => string.Join(',', set)).ShouldBe(["0,1", "2"], ignoreOrder: true);
    }

    [Fact]
    public void Fit_UnitThatAloneDecidesAColumn_HasNoLeaveOneOut()
    {
        var (x, y, _) = RandomData.Regression(seed: 7, rows: 12, columns: 3);
        for (var i = 0; i < 12; i++)
        {
            x[i, 2] = i == 4 ? 1 : 0;
        }

        var fit = LinearRegression.Fit(x, y);
        fit.Leverage[4].ShouldBe(1, 1e-12);
        fit.LeaveOneOutFitted[4].ShouldBe(double.NaN);
        fit.LeaveOneOutFitted[3].ShouldNotBe(double.NaN);
        fit.LeaveOneOutCoefficients(4).ShouldAllBe(value => double.IsNaN(value));
        fit.LeaveGroupOut([.. Enumerable.Range(0, 12)]).Fitted[4].ShouldBe(double.NaN);
        fit.LeaveGroupOutWeights([.. Enumerable.Range(0, 12)])[4, 0].ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Fit_NotFinite_SaysWhere(double bad)
    {
        var (x, y, w) = RandomData.Regression(seed: 8, rows: 10, columns: 3);
        x[4, 2] = bad;
        var fault = Should.Throw<InvalidValueException>(() => LinearRegression.Fit(x, y, w));
        (fault.Argument, fault.Row, fault.Column).ShouldBe(("x", 4, 2));
        x[4, 2] = 1;
        y[7] = bad;
        Should.Throw<InvalidValueException>(() => LinearRegression.Fit(x, y, w)).Row.ShouldBe(7);
        y[7] = 1;
        w[2] = bad;
        Should.Throw<InvalidValueException>(() => LinearRegression.Fit(x, y, w)).Argument.ShouldBe("weights");
        w[2] = -1;
        Should.Throw<InvalidValueException>(() => LinearRegression.Fit(x, y, w)).Value.ShouldBe(-1);
    }

    [Fact]
    public void Fit_NotMoreUnitsThanColumns_Throws()
    {
        var (x, y, w) = RandomData.Regression(seed: 9, rows: 5, columns: 4);
        w[0] = 0;
        var fault = Should.Throw<TooFewUnitsException>(() => LinearRegression.Fit(x, y, w));
        (fault.Units, fault.Needed).ShouldBe((4, 5));
    }

    [Fact]
    public void Fit_ConstantResponse_HasNoRSquared()
    {
        var (x, _, _) = RandomData.Regression(seed: 10, rows: 12, columns: 3);
        LinearRegression.Fit(x, Enumerable.Repeat(5.0, 12).ToArray()).RSquared.ShouldBe(double.NaN);
    }

    [Fact]
    public void Fit_HugeOffsets_LoseNothingBeyondTheInputsDigits()
    {
        var (x, y, w) = RandomData.Regression(seed: 11, rows: 40, columns: 3);
        var shifted = new RowMatrix(40, 3, (double[])x.Values.Clone());
        for (var i = 0; i < 40; i++)
        {
            // Powers of two keep the shifted values exact enough to compare.
            shifted[i, 1] = Math.Round(x[i, 1] * 1024) / 1024;
            x[i, 1] = shifted[i, 1];
            shifted[i, 1] += 1 << 20;
        }

        var plain = LinearRegression.Fit(x, y, w);
        var fit = LinearRegression.Fit(shifted, [.. y.Select(value => value + 1e6)], w);
        fit.Coefficients[1].ShouldBe(plain.Coefficients[1], 1e-8 * Math.Abs(plain.Coefficients[1]));
        fit.LeaveOneOutResiduals.ShouldBe(plain.LeaveOneOutResiduals, 1e-8);
        fit.Leverage.ShouldBe(plain.Leverage, 1e-9);
    }

    [Fact]
    public void Fit_ScalingPermutationAndShift_ChangeWhatTheyShould() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, w) = RandomData.Regression(seed, rows: 15, columns: 3);
            var fit = LinearRegression.Fit(x, y, w);

            var order = RandomData.Permutation(seed, 15);
            var permuted = new RowMatrix(15, 3);
            for (var i = 0; i < 15; i++)
            {
                x.Row(order[i]).CopyTo(permuted.Row(i));
            }

            var other = LinearRegression.Fit(permuted, [.. order.Select(i => y[i])], [.. order.Select(i => w[i])]);
            other.Coefficients.ShouldBe(fit.Coefficients, 1e-9);
            other.LeaveOneOutFitted.ShouldBe(order.Select(i => fit.LeaveOneOutFitted[i]), 1e-9);

            var scaled = LinearRegression.Fit(x, [.. y.Select(value => (3 * value) + 7)], [.. w.Select(value => 1e4 * value)]);
            scaled.Residuals.ShouldBe(fit.Residuals.Select(value => 3 * value), 1e-9);
            scaled.Leverage.ShouldBe(fit.Leverage, 1e-10);
            foreach (var kind in Enum.GetValues<CovarianceKind>())
            {
                scaled.Covariance(kind)[1, 1].ShouldBe(9 * fit.Covariance(kind)[1, 1], 1e-8 * fit.Covariance(kind)[1, 1] * 9);
            }

            fit.Leverage.Sum().ShouldBe(3, 1e-10);
        });
}
