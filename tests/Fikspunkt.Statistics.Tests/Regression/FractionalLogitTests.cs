using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Statistics.Tests.Regression;

public sealed class FractionalLogitTests
{
    [Fact]
    public void LeaveGroupOut_AnyGroups_EqualsRefits() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, w) = Shares(seed, rows: 30, columns: 3);
            var groups = Enumerable.Range(0, 30).Select(i => i / 3).ToArray();
            var left = FractionalLogit.Fit(x, y, w).LeaveGroupOut(groups);
            var group = seed % 10;
            var refit = FractionalLogit.Fit(x, y, [.. w.Select((weight, i) => groups[i] == group ? 0 : weight)]);
            left.Coefficients.Row(group).ToArray().ShouldBe(refit.Coefficients, 1e-9);
            left.Fitted[3 * group].ShouldBe(refit.Fitted[3 * group], 1e-11);
        });

    [Fact]
    public void LeaveGroupOutWeights_SmallChangeOfAResponse_MovesTheExpectationsAsSaid()
    {
        var (x, y, w) = Shares(3, rows: 20, columns: 3);
        var groups = Enumerable.Range(0, 20).Select(i => i / 2).ToArray();
        var fit = FractionalLogit.Fit(x, y, w);
        var left = fit.LeaveGroupOut(groups);
        var weights = fit.LeaveGroupOutWeights(groups, left);
        const double Step = 1e-5;
        for (var j = 0; j < 20; j += 7)
        {
            var (up, down) = ((double[])y.Clone(), (double[])y.Clone());
            up[j] += Step;
            down[j] -= Step;
            var (high, low) = (FractionalLogit.Fit(x, up, w).LeaveGroupOut(groups), FractionalLogit.Fit(x, down, w).LeaveGroupOut(groups));
            for (var i = 0; i < 20; i++)
            {
                weights[i, j].ShouldBe((high.Fitted[i] - low.Fitted[i]) / (2 * Step), 1e-7);
            }
        }
    }

    [Fact]
    public void Fit_TopOfTheLikelihood_HasNoSlope() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, w) = Shares(seed, rows: 20, columns: 4);
            var fit = FractionalLogit.Fit(x, y, w);
            for (var j = 0; j < 4; j++)
            {
                Enumerable.Range(0, 20).Sum(i => w[i] * (y[i] - fit.Fitted[i]) * x[i, j]).ShouldBe(0, 1e-10 * w.Sum());
            }

            fit.Deviance.ShouldBeLessThanOrEqualTo(fit.NullDeviance);
            fit.Leverage.Sum().ShouldBe(4, 1e-9);
        });

    [Fact]
    public void Fit_MirroredShares_MirrorsTheFit()
    {
        var (x, y, w) = Shares(5, rows: 20, columns: 3);
        var fit = FractionalLogit.Fit(x, y, w);
        var mirrored = FractionalLogit.Fit(x, [.. y.Select(share => 1 - share)], [.. w.Select(weight => 1e6 * weight)]);
        mirrored.Coefficients.ShouldBe(fit.Coefficients.Select(b => -b), 1e-9);
        mirrored.Deviance.ShouldBe(1e6 * fit.Deviance, 1e-6 * fit.Deviance * 1e6);
    }

    [Fact]
    public void Fit_ZerosAmongShares_IsNoSeparation()
    {
        var (x, y, w) = Shares(6, rows: 20, columns: 3);
        (y[2], y[9], y[11]) = (0, 1, 0);
        FractionalLogit.Fit(x, y, w).Fitted.ShouldAllBe(share => share > 0 && share < 1);
    }

    [Fact]
    public void Fit_PerfectlyPredictedOutcomes_NamesThem()
    {
        var (x, y, w) = Shares(7, rows: 20, columns: 3);
        for (var i = 0; i < 20; i++)
        {
            x[i, 2] = i < 4 ? 1 : 0;
            y[i] = i < 4 ? 0 : y[i];
        }

        Should.Throw<SeparationException>(() => FractionalLogit.Fit(x, y, w)).Rows.ShouldBe([0, 1, 2, 3]);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public void Fit_AllOutcomesTheSameExtreme_IsSeparation(double outcome)
    {
        var (x, _, w) = Shares(8, rows: 12, columns: 3);
        Should.Throw<SeparationException>(() => FractionalLogit.Fit(x, Enumerable.Repeat(outcome, 12).ToArray(), w)).Rows.Count.ShouldBe(12);
    }

    [Fact]
    public void LeaveOneOut_SeparationWithoutOneUnit_NamesIt()
    {
        var (x, y, w) = Shares(9, rows: 20, columns: 3);
        for (var i = 0; i < 20; i++)
        {
            x[i, 2] = i < 4 ? 1 : 0;
            y[i] = i < 3 ? 0 : y[i];
        }

        var fault = Should.Throw<SeparationException>(() => FractionalLogit.Fit(x, y, w).LeaveOneOut());
        fault.LeftOut.ShouldBe(3);
        fault.Rows.ShouldBe([0, 1, 2]);
    }

    [Fact]
    public void LeaveOneOut_UnitThatAloneDecidesAColumn_IsNaN()
    {
        var (x, y, w) = Shares(10, rows: 20, columns: 3);
        for (var i = 0; i < 20; i++)
        {
            x[i, 2] = i == 6 ? 1 : 0;
        }

        var fit = FractionalLogit.Fit(x, y, w);
        var left = fit.LeaveOneOut();
        left.Fitted[6].ShouldBe(double.NaN);
        left.Fitted[5].ShouldNotBe(double.NaN);
        fit.LeaveGroupOutWeights([.. Enumerable.Range(0, 20)], left)[6, 0].ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Fit_NoShare_SaysWhere(double bad)
    {
        var (x, y, w) = Shares(11, rows: 20, columns: 3);
        y[13] = bad;
        var fault = Should.Throw<InvalidValueException>(() => FractionalLogit.Fit(x, y, w));
        (fault.Argument, fault.Row).ShouldBe(("y", 13));
    }

    [Fact]
    public void Fit_HugeOffsetAndExtremeShares_Converges()
    {
        var (x, y, w) = Shares(12, rows: 30, columns: 3);
        for (var i = 0; i < 30; i++)
        {
            x[i, 1] = (1e4 * x[i, 1]) + 2e7;
            y[i] = 1e-6 * y[i];
        }

        var fit = FractionalLogit.Fit(x, y, w);
        fit.Fitted.Zip(w, (mu, weight) => mu * weight).Sum().ShouldBe(y.Zip(w, (share, weight) => share * weight).Sum(), 1e-16 * w.Sum());
    }

    private static (RowMatrix X, double[] Y, double[] Weights) Shares(int seed, int rows, int columns)
    {
        var (x, y, w) = RandomData.Regression(seed, rows, columns);
        return (x, Array.ConvertAll(y, value => 1 / (1 + Math.Exp(1 - (0.3 * value)))), w);
    }
}
