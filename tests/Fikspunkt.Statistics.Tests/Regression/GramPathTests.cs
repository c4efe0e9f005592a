using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Statistics.Tests.Regression;

/// <summary>Linear regression from normal equations agrees with the QR, or gives way to it.</summary>
public sealed class GramPathTests
{
    private static readonly LinearOptions Qr = new(LinearMethod.Qr);
    private static readonly LinearOptions Gram = new(LinearMethod.Gram);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fit_Gram_AgreesWithTheQrInEveryNumber(bool weighted) =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, w) = RandomData.Regression(seed, rows: 200, columns: 5);
            w[seed % 200] = 0;
            var weights = weighted ? w : [];
            var (fast, exact) = (LinearRegression.Fit(x, y, weights, Gram), LinearRegression.Fit(x, y, weights, Qr));
            (fast.Method, exact.Method).ShouldBe((LinearMethod.Gram, LinearMethod.Qr));
            fast.Units.ShouldBe(exact.Units);
            ShouldAgree(fast.Coefficients, exact.Coefficients, 1e-10);
            ShouldAgree([fast.ResidualSumOfSquares, fast.TotalSumOfSquares, fast.FStatistic], [exact.ResidualSumOfSquares, exact.TotalSumOfSquares, exact.FStatistic], 1e-10);
            ShouldAgree(fast.Fitted, exact.Fitted, 1e-10);
            ShouldAgree(fast.Residuals, exact.Residuals, 1e-10);
            ShouldAgree(fast.Leverage, exact.Leverage, 1e-10);
            ShouldAgree(fast.LeaveOneOutFitted, exact.LeaveOneOutFitted, 1e-10);
            ShouldAgree(fast.LeaveOneOutCoefficients(3), exact.LeaveOneOutCoefficients(3), 1e-10);
            foreach (var kind in Enum.GetValues<CovarianceKind>())
            {
                ShouldAgree(fast.Covariance(kind).Values, exact.Covariance(kind).Values, 1e-9);
            }

            int[] groups = [.. Enumerable.Range(0, 200).Select(i => i % 9)];
            ShouldAgree(fast.ClusterCovariance(groups, ClusterKind.Cr2).Covariance.Values, exact.ClusterCovariance(groups, ClusterKind.Cr2).Covariance.Values, 1e-9);
            ShouldAgree(fast.LeaveGroupOut(groups).Coefficients.Values, exact.LeaveGroupOut(groups).Coefficients.Values, 1e-9);
            ShouldAgree(fast.LeaveGroupOutWeights(groups).Values, exact.LeaveGroupOutWeights(groups).Values, 1e-9);
        });

    [Theory]
    [InlineData(1e-2, LinearMethod.Gram)]
    [InlineData(1e-3, LinearMethod.Gram)]
    [InlineData(1e-4, LinearMethod.Gram)]
    [InlineData(1e-5, LinearMethod.Qr)]
    [InlineData(1e-7, LinearMethod.Qr)]
    public void Fit_NearlyCollinear_MakesASecondPassOrFallsBackToTheQr(double apart, LinearMethod expected) =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, w) = RandomData.Regression(seed, rows: 400, columns: 4);
            for (var i = 0; i < 400; i++)
            {
                x[i, 3] = 3 + x[i, 1] + (apart * x[i, 3]);
            }

            var (fast, exact) = (LinearRegression.Fit(x, y, w, Gram), LinearRegression.Fit(x, y, w, Qr));
            fast.Method.ShouldBe(expected);
            fast.Coefficients.ShouldBe(exact.Coefficients, 1e-10 * exact.Coefficients.Max(Math.Abs));
            fast.ResidualSumOfSquares.ShouldBe(exact.ResidualSumOfSquares, 1e-10 * exact.ResidualSumOfSquares);
            fast.Leverage.ShouldBe(exact.Leverage, 1e-9);
            var (ours, theirs) = (fast.Covariance(CovarianceKind.Classical).RootDiagonal(), exact.Covariance(CovarianceKind.Classical).RootDiagonal());
            ours.Zip(theirs, (a, b) => a / b).ShouldAllBe(ratio => Math.Abs(ratio - 1) < 1e-10);
        });

    [Fact]
    public void Fit_AsBadAsTheGramPathAccepts_StillAgreesToTenDigits() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, w) = RandomData.Regression(seed, rows: 400, columns: 4);
            for (var i = 0; i < 400; i++)
            {
                x[i, 3] = x[i, 1] + (0.03 * x[i, 3]);
            }

            var fit = LinearRegression.Fit(x, y, w, Gram);
            fit.Method.ShouldBe(LinearMethod.Gram);
            var exact = LinearRegression.Fit(x, y, w, Qr);
            var size = exact.Coefficients.Max(Math.Abs);
            fit.Coefficients.ShouldBe(exact.Coefficients, 1e-10 * size);
            ShouldAgree(fit.Covariance(CovarianceKind.Classical).Values, exact.Covariance(CovarianceKind.Classical).Values, 1e-10);
        });

    [Fact]
    public void Fit_AlmostNoResidual_KeepsItsDigits()
    {
        // R^2 = 1 - 1e-12: from the sums alone the residual sum of squares would have four digits.
        var (x, _, w) = RandomData.Regression(seed: 2, rows: 300, columns: 3);
        var noise = RandomData.Normals(3, 300);
        double[] y = [.. noise.Select((e, i) => (2 * x[i, 1]) - x[i, 2] + (1e-6 * e))];
        var (fast, exact) = (LinearRegression.Fit(x, y, w, Gram), LinearRegression.Fit(x, y, w, Qr));
        fast.Method.ShouldBe(LinearMethod.Gram);
        fast.ResidualSumOfSquares.ShouldBe(exact.ResidualSumOfSquares, 1e-8 * exact.ResidualSumOfSquares);
    }

    [Theory]
    [InlineData(1e160)]
    [InlineData(1e-160)]
    public void Fit_SquaresOutOfRange_FallsBackToTheQr(double scale)
    {
        var (x, y, w) = RandomData.Regression(seed: 4, rows: 100, columns: 3);
        var plain = LinearRegression.Fit(x, y, w, Qr);
        for (var i = 0; i < 100; i++)
        {
            x[i, 1] *= scale;
        }

        var fit = LinearRegression.Fit(x, y, w, Gram);
        fit.Method.ShouldBe(LinearMethod.Qr);
        (fit.Coefficients[1] * scale).ShouldBe(plain.Coefficients[1], 1e-10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(-1e7)]
    public void Fit_ConstantResponse_HasNoRSquared(double value)
    {
        var (x, _, w) = RandomData.Regression(seed: 7, rows: 300, columns: 3);
        var fit = LinearRegression.Fit(x, [.. Enumerable.Repeat(value, 300)], w, Gram);
        fit.Method.ShouldBe(LinearMethod.Gram);
        fit.RSquared.ShouldBe(double.NaN);
        fit.TotalSumOfSquares.ShouldBe(0);
        fit.Coefficients.ShouldBe([value, 0, 0], 1e-12 * Math.Max(1, Math.Abs(value)));
    }

    [Fact]
    public void Fit_Gram_InvarianceToOrderAndUnits() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, w) = RandomData.Regression(seed, rows: 150, columns: 4);
            var fit = LinearRegression.Fit(x, y, w, Gram);
            var order = RandomData.Permutation(seed, 150);
            var permuted = new RowMatrix(150, 4, [.. order.SelectMany(i => x.Row(i).ToArray())]);
            LinearRegression.Fit(permuted, [.. order.Select(i => y[i])], [.. order.Select(i => w[i])], Gram).Coefficients.ShouldBe(fit.Coefficients, 1e-11);
            double[] units = [1, 1e-3, 1e6, 7];
            var scaled = new RowMatrix(150, 4, [.. x.Values.Select((value, i) => value * units[i % 4])]);
            LinearRegression.Fit(scaled, y, w, Gram).Coefficients.Zip(units, (b, unit) => b * unit).ToArray().ShouldBe(fit.Coefficients, 1e-11);
            var moved = LinearRegression.Fit(x, [.. y.Select(value => value + 1e6)], w, Gram);
            moved.Coefficients[1..].ShouldBe(fit.Coefficients[1..], 1e-8);
            moved.ResidualSumOfSquares.ShouldBe(fit.ResidualSumOfSquares, 1e-6);
        });

    [Fact]
    public void Fit_ManyRows_TakesTheGramPathWithTheSameBitsForAnyThreads()
    {
        var (x, y, w) = RandomData.Regression(seed: 5, rows: 100_000, columns: 6);
        var (one, two) = (LinearRegression.Fit(x, y, w, new LinearOptions(Threads: 1)), LinearRegression.Fit(x, y, w, new LinearOptions(Threads: 2)));
        one.Method.ShouldBe(LinearMethod.Gram);
        two.Coefficients.ShouldBe(one.Coefficients);
        two.ResidualSumOfSquares.ShouldBe(one.ResidualSumOfSquares);
        two.Covariance(CovarianceKind.Hc3).Values.ShouldBe(one.Covariance(CovarianceKind.Hc3).Values);
        LinearRegression.Fit(x, y, w, Qr).Coefficients.ShouldBe(one.Coefficients, 1e-11);
    }

    [Fact]
    public void Fit_ManyRowsWithFaults_SaysWhichOnes()
    {
        var (x, y, w) = RandomData.Regression(seed: 6, rows: 20_000, columns: 3);
        x[17_001, 2] = double.NaN;
        Should.Throw<InvalidValueException>(() => LinearRegression.Fit(x, y, w)).Row.ShouldBe(17_001);
        x[17_001, 2] = 1;
        y[19_999] = double.NegativeInfinity;
        Should.Throw<InvalidValueException>(() => LinearRegression.Fit(x, y, w)).Argument.ShouldBe("y");
        y[19_999] = 1;
        for (var i = 0; i < 20_000; i++)
        {
            x[i, 2] = 3;
        }

        Should.Throw<RankDeficientException>(() => LinearRegression.Fit(x, y, w)).Columns.ShouldBe([0, 2]);
        Should.Throw<ArgumentOutOfRangeException>(() => LinearRegression.Fit(x, y, w, new LinearOptions(Threads: -1)));
    }

    private static void ShouldAgree(double[] ours, double[] theirs, double tolerance)
    {
        ours.Length.ShouldBe(theirs.Length);
        for (var i = 0; i < ours.Length; i++)
        {
            ours[i].ShouldBe(theirs[i], tolerance * Math.Max(1, Math.Abs(theirs[i])));
        }
    }
}
