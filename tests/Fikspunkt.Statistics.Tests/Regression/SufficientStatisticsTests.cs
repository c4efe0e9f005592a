using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Statistics.Tests.Regression;

public sealed class SufficientStatisticsTests
{
    [Fact]
    public void Fit_AnyData_IsTheRegression() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, w) = RandomData.Regression(seed, rows: 300, columns: 5);
            var fit = SufficientStatistics.Of(x, y, w).Fit();
            ShouldBeTheFit(fit, LinearRegression.Fit(x, y, w), 1e-11);
            fit.Statistics.Units.ShouldBe(300);
            fit.Statistics.Weight.ShouldBe(w.Sum(), 1e-12 * w.Sum());
        });

    [Fact]
    public void Fit_NoConstantColumn_IsTheRegression() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, w) = RandomData.Regression(seed, rows: 60, columns: 4);
            for (var i = 0; i < 60; i++)
            {
                x[i, 0] = 2 + (i % 3);
            }

            ShouldBeTheFit(SufficientStatistics.Of(x, y, w).Fit(), LinearRegression.Fit(x, y, w), 1e-11);
        });

    [Fact]
    public void LeaveGroupOut_AllGroups_EqualsRefits() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, w) = RandomData.Regression(seed, rows: 90, columns: 4);
            int[] groups = [.. Enumerable.Range(0, 90).Select(i => i % 7)];
            var statistics = SufficientStatistics.ByGroup(x, y, groups, w);
            var left = SufficientStatistics.LeaveGroupOut(statistics);
            for (var group = 0; group < 7; group++)
            {
                int[] rows = [.. Enumerable.Range(0, 90).Where(i => groups[i] != group)];
                var refit = LinearRegression.Fit(Rows(x, rows), [.. rows.Select(i => y[i])], [.. rows.Select(i => w[i])]);
                ShouldBeTheFit(left[group].ShouldNotBeNull(), refit, 1e-10);
                left[group]!.PredictedSum(statistics[group]).ShouldBe(
                    Enumerable.Range(0, 90).Where(i => groups[i] == group).Sum(i => w[i] * Enumerable.Range(0, 4).Sum(j => x[i, j] * refit.Coefficients[j])), 1e-9);
            }
        });

    [Fact]
    public void Subtract_WhatWasAdded_LeavesWhatWasThereToTheLastBit() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, w) = RandomData.Regression(seed, rows: 40, columns: 3);
            var (own, ownY, _) = RandomData.Regression(seed + 1, rows: 10, columns: 3);
            var small = SufficientStatistics.Of(own, ownY);

            // Added: data a billion times as large, whose squares are 1e18 times as large.
            var large = SufficientStatistics.Of(
                new RowMatrix(40, 3, Array.ConvertAll(x.Values, value => 1e9 * value)), Array.ConvertAll(y, value => 1e9 * value), w);
            var back = small + large - large;
            back.Moments.Values.ShouldBe(small.Moments.Values, 1e-11);
            back.Fit().Coefficients.ShouldBe(small.Fit().Coefficients, 1e-10);
            back.Units.ShouldBe(10);
        });

    [Fact]
    public void Add_InAnyOrder_IsTheSumOfTheRows() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, w) = RandomData.Regression(seed, rows: 60, columns: 3);
            var parts = SufficientStatistics.ByGroup(x, y, [.. Enumerable.Range(0, 60).Select(i => i / 20)], w);
            var all = SufficientStatistics.Of(x, y, w).Moments.Values;
            (parts[0] + parts[1] + parts[2]).Moments.Values.ShouldBe(all, 1e-11);
            (parts[2] + (parts[1] + parts[0])).Moments.Values.ShouldBe((parts[0] + parts[1] + parts[2]).Moments.Values, 1e-13);
        });

    [Fact]
    public void Moments_WholeNumbers_AreExact()
    {
        var x = new RowMatrix(4, 2, [1, 3, 1, 5, 1, -2, 1, 8]);
        double[] y = [7, 1, 4, 2];
        var statistics = SufficientStatistics.Of(x, y, [2, 1, 0, 3]);
        statistics.Moments.Values.ShouldBe([6, 35, 21, 6, 35, 235, 95, 35, 21, 95, 111, 21, 6, 35, 21, 6]);
        statistics.Units.ShouldBe(3);
        SufficientStatistics.FromMoments(3, statistics.Moments).Fit().Coefficients.ShouldBe(statistics.Fit().Coefficients, 1e-12);
    }

    [Fact]
    public void Fit_MeansFarFromZero_KeepsTheDigits()
    {
        // Years and incomes: the mean square is 1e13 times the variance, which raw sums in doubles would lose.
        var (x, y, w) = RandomData.Regression(seed: 3, rows: 500, columns: 3);
        var shifted = new RowMatrix(500, 3, (double[])x.Values.Clone());
        for (var i = 0; i < 500; i++)
        {
            shifted[i, 1] = Math.Round(x[i, 1], 3) + 3e6;
            x[i, 1] = shifted[i, 1] - 3e6;
        }

        var plain = SufficientStatistics.Of(x, y, w).Fit();
        var far = SufficientStatistics.Of(shifted, y, w).Fit();
        far.Coefficients[1..].ShouldBe(plain.Coefficients[1..], 1e-12);
        far.ResidualSumOfSquares.ShouldBe(plain.ResidualSumOfSquares, 1e-10);
        far.Condition.ShouldBe(plain.Condition, 1e-6);
    }

    [Fact]
    public void Of_RowsInOrderOfTheirValues_KeepsTheDigits()
    {
        // All but the last rows, and all of the sample, have the same value.
        var x = RowMatrix.FromColumns([.. Enumerable.Repeat(1.0, 4000)], [.. Enumerable.Range(0, 4000).Select(i => i % 4 == 3 ? 1e8 + (i % 8) : 1e8)]);
        double[] y = [.. RandomData.Normals(4, 4000)];
        ShouldBeTheFit(SufficientStatistics.Of(x, y).Fit(), LinearRegression.Fit(Centred(x), y), 1e-9, firstColumn: 1);

        static RowMatrix Centred(RowMatrix x) => new(4000, 2, [.. x.Values.Select((value, i) => i % 2 == 0 ? value : value - 1e8)]);
    }

    [Fact]
    public void Of_OneOrTwoThreadsOrNarrowVectors_SameBitsOrNearly()
    {
        var (x, y, w) = RandomData.Regression(seed: 5, rows: 70_000, columns: 7);
        var one = SufficientStatistics.Of(x, y, w, threads: 1).Moments.Values;
        SufficientStatistics.Of(x, y, w, threads: 2).Moments.Values.ShouldBe(one);
        var parallel = new ParallelOptions();
        var wide = MomentSums.Of(x, y, w, members: null, parallel, wide: true)[0];
        var narrow = MomentSums.Of(x, y, w, members: null, parallel, wide: false)[0];
        for (var i = 0; i < wide.Length; i++)
        {
            narrow[i].Value.ShouldBe(wide[i].Value, 1e-11 * Math.Max(1e5, Math.Abs(wide[i].Value)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(14)]
    [InlineData(23)]
    public void Moments_AnyNumberOfColumns_AreTheSums(int columns)
    {
        var (x, y, w) = RandomData.Regression(seed: columns, rows: 1_000, columns);
        foreach (var wide in (bool[])[true, false])
        {
            var sums = MomentSums.Of(x, y, w, members: null, new ParallelOptions(), wide: wide)[0];
            for (var i = 0; i <= columns + 1; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    var size = Enumerable.Range(0, 1_000).Sum(row => w[row] * Math.Abs(Value(row, i) * Value(row, j)));
                    sums[MomentSums.Place(i, j)].Value.ShouldBe(Enumerable.Range(0, 1_000).Sum(row => w[row] * Value(row, i) * Value(row, j)), 1e-13 * size);
                }
            }
        }

        double Value(int row, int column) => column < columns ? x[row, column] : column == columns ? y[row] : 1;
    }

    [Fact]
    public void Fit_DependentColumns_NamesThem()
    {
        var a = RandomData.Normals(6, 200);
        var b = RandomData.Normals(7, 200);
        var free = RandomData.Normals(8, 200);
        var ones = Enumerable.Repeat(1.0, 200).ToArray();
        double[] sum = [.. a.Zip(b, (left, right) => 3 + left + right)];
        Should.Throw<RankDeficientException>(() => SufficientStatistics.Of(RowMatrix.FromColumns(ones, a, free, b, sum), free).Fit())
            .Columns.ShouldBe([0, 1, 3, 4]);
        Should.Throw<RankDeficientException>(() => SufficientStatistics.Of(RowMatrix.FromColumns(ones, a, new double[200]), free).Fit()).Columns.ShouldBe([2]);
        Should.Throw<RankDeficientException>(() => SufficientStatistics.Of(RowMatrix.FromColumns(ones, [.. ones.Select(one => 5 * one)]), free).Fit()).Columns.ShouldBe([0, 1]);
    }

    [Fact]
    public void LeaveGroupOut_GroupThatAloneDecidesAColumn_IsNull()
    {
        var (x, y, _) = RandomData.Regression(seed: 9, rows: 40, columns: 3);
        for (var i = 0; i < 40; i++)
        {
            x[i, 2] = i % 4 == 2 ? 1 + (i % 3) : 0;
        }

        var left = SufficientStatistics.LeaveGroupOut(SufficientStatistics.ByGroup(x, y, [.. Enumerable.Range(0, 40).Select(i => i % 4)]));
        left[2].ShouldBeNull();
        left.Count(fit => fit is null).ShouldBe(1);
    }

    [Fact]
    public void Fit_ColumnConstantInItsGroup_IsDependentThereAndNotElsewhere()
    {
        var (x, y, _) = RandomData.Regression(seed: 11, rows: 60, columns: 3);
        for (var i = 0; i < 60; i++)
        {
            x[i, 2] = 0.1 * (i % 3);
        }

        var parts = SufficientStatistics.ByGroup(x, y, [.. Enumerable.Range(0, 60).Select(i => i % 3)]);
        Should.Throw<RankDeficientException>(() => parts[0].Fit()).Columns.ShouldBe([2]);
        Should.Throw<RankDeficientException>(() => parts[1].Fit()).Columns.ShouldBe([0, 2]);
        (parts[0] + parts[1]).Fit().Coefficients.ShouldAllBe(value => double.IsFinite(value));
        Should.Throw<RankDeficientException>(() => (parts[0] + parts[1] + parts[2] - parts[2] - parts[1]).Fit()).Columns.ShouldBe([2]);
    }

    [Fact]
    public void Of_BadInput_IsRefused()
    {
        var (x, y, w) = RandomData.Regression(seed: 10, rows: 10, columns: 3);
        Should.Throw<TooFewUnitsException>(() => SufficientStatistics.Of(Rows(x, [0, 1, 2]), y.AsSpan(0, 3)).Fit()).Needed.ShouldBe(4);
        var statistics = SufficientStatistics.Of(x, y, w);
        Should.Throw<ArgumentException>(() => statistics - SufficientStatistics.Of(Rows(x, [.. Enumerable.Range(0, 10), 0]), [.. y, 0]))
            .Message.ShouldStartWith("11 rows cannot be taken out of 10.");
        Should.Throw<ArgumentException>(() => statistics + SufficientStatistics.Of(new RowMatrix(10, 1), y));
        x[3, 1] = double.NaN;
        Should.Throw<InvalidValueException>(() => SufficientStatistics.Of(x, y, w)).Row.ShouldBe(3);
        x[3, 1] = 1e200;
        var fault = Should.Throw<InvalidValueException>(() => SufficientStatistics.Of(x, y, w));
        (fault.Argument, fault.Column).ShouldBe(("x", 1));
        x[3, 1] = 1;
        w[2] = -1;
        Should.Throw<InvalidValueException>(() => SufficientStatistics.Of(x, y, w)).Argument.ShouldBe("weights");
    }

    private static void ShouldBeTheFit(SufficientFit fit, LinearFit expected, double tolerance, int firstColumn = 0)
    {
        fit.Coefficients[firstColumn..].ShouldBe(expected.Coefficients[firstColumn..], tolerance);
        fit.Covariance.RootDiagonal()[firstColumn..].ShouldBe(expected.Covariance(CovarianceKind.Classical).RootDiagonal()[firstColumn..], tolerance);
        fit.ResidualSumOfSquares.ShouldBe(expected.ResidualSumOfSquares, tolerance * expected.TotalSumOfSquares);
        fit.RSquared.ShouldBe(expected.RSquared, tolerance);
        fit.AdjustedRSquared.ShouldBe(expected.AdjustedRSquared, tolerance);
        fit.DegreesOfFreedom.ShouldBe(expected.DegreesOfFreedom);
    }

    private static RowMatrix Rows(RowMatrix x, int[] rows) => new(rows.Length, x.Columns, [.. rows.SelectMany(row => x.Row(row).ToArray())]);
}
