using Fikspunkt.Statistics.Survival;

namespace Fikspunkt.Statistics.Tests.Survival;

public sealed class CoxRegressionTests
{
    [Fact]
    public void Fit_AnyData_IsTheTopOfTheNaiveLikelihood() =>
        RandomData.ForAllSeeds(seed =>
        {
            var data = SurvivalData.Random(seed, rows: 60, columns: 3, ties: seed % 2 == 0, late: seed % 3 != 0, weighted: seed % 5 != 0);
            var strata = seed % 7 < 4 ? data.Groups : new int[60];
            var efron = seed % 11 < 6;
            var fit = CoxRegression.Fit(data.Spells, data.X, strata, new CoxOptions(efron ? TiesMethod.Efron : TiesMethod.Breslow));
            var (value, slope, information) = NaiveCox.At(fit.Coefficients, data.Spells, data.X, strata, efron);
            fit.LogLikelihood.ShouldBe(value, 1e-9);
            slope.ShouldAllBe(element => Math.Abs(element) < 1e-8);
            for (var i = 0; i < 3; i++)
            {
                for (var j = 0; j < 3; j++)
                {
                    Enumerable.Range(0, 3).Sum(m => information[i, m] * fit.Covariance[m, j]).ShouldBe(i == j ? 1 : 0, 1e-7);
                }
            }

            var atZero = NaiveCox.At(new double[3], data.Spells, data.X, strata, efron);
            fit.NullLogLikelihood.ShouldBe(atZero.Value, 1e-9);
        });

    [Fact]
    public void Fit_AnyNumberOfThreads_GivesTheSameBits()
    {
        foreach (var ties in new[] { true, false })
        {
            var data = SurvivalData.Random(4, rows: 9_000, columns: 4, ties);
            var one = CoxRegression.Fit(data.Spells, data.X, options: new CoxOptions(Threads: 1));
            var many = CoxRegression.Fit(data.Spells, data.X, options: new CoxOptions(Threads: 5));
            many.Coefficients.ShouldBe(one.Coefficients);
            many.Covariance.Values.ShouldBe(one.Covariance.Values);
            many.LogLikelihood.ShouldBe(one.LogLikelihood);
            many.Expected.ShouldBe(one.Expected);
        }
    }

    [Fact]
    public void Fit_ManyBlocks_EqualsTheNaiveSlope()
    {
        var data = SurvivalData.Random(8, rows: 3_500, columns: 2);
        var fit = CoxRegression.Fit(data.Spells, data.X, data.Groups);
        var (value, slope, _) = NaiveCox.At(fit.Coefficients, data.Spells, data.X, data.Groups, efron: true);
        fit.LogLikelihood.ShouldBe(value, 1e-7);
        slope.ShouldAllBe(element => Math.Abs(element) < 1e-7);
    }

    [Fact]
    public void Fit_RowsPermutedTimesScaledColumnsMoved_ChangesNothingElse() =>
        RandomData.ForAllSeeds(seed =>
        {
            var data = SurvivalData.Random(seed, rows: 50, columns: 2);
            var fit = CoxRegression.Fit(data.Spells, data.X);
            var permuted = data.Permuted(RandomData.Permutation(seed, 50));
            CoxRegression.Fit(permuted.Spells, permuted.X).Coefficients.ShouldBe(fit.Coefficients, 1e-10);
            CoxRegression.Fit(data.TimesScaled(3.7), data.X).Coefficients.ShouldBe(fit.Coefficients, 1e-10);
            var moved = new RowMatrix(50, 2);
            for (var i = 0; i < 50; i++)
            {
                (moved[i, 0], moved[i, 1]) = ((1000 * data.X[i, 0]) + 5, data.X[i, 1] - 40);
            }

            var other = CoxRegression.Fit(data.Spells, moved);
            (1000 * other.Coefficients[0]).ShouldBe(fit.Coefficients[0], 1e-9);
            other.Coefficients[1].ShouldBe(fit.Coefficients[1], 1e-9);
            other.Expected.ShouldBe(fit.Expected, 1e-9);
        });

    [Fact]
    public void Fit_StrataOfOneCovariateEach_EqualsSeparateFits() =>
        RandomData.ForAllSeeds(seed =>
        {
            var data = SurvivalData.Random(seed, rows: 90, columns: 1, groups: 3);
            var wide = new RowMatrix(90, 3);
            for (var i = 0; i < 90; i++)
            {
                wide[i, data.Groups[i]] = data.X[i, 0];
            }

            var together = CoxRegression.Fit(data.Spells, wide, data.Groups);
            for (var group = 0; group < 3; group++)
            {
                var rows = Enumerable.Range(0, 90).Where(i => data.Groups[i] == group).ToArray();
                var own = data.Permuted(rows);
                var fit = CoxRegression.Fit(own.Spells, new RowMatrix(30, 1, [.. rows.Select(i => data.X[i, 0])]));
                together.Coefficients[group].ShouldBe(fit.Coefficients[0], 1e-9);
                together.StandardErrors[group].ShouldBe(fit.StandardErrors[0], 1e-9);
                together.Baseline()[group].CumulativeHazard.ShouldBe(fit.Baseline()[0].CumulativeHazard, 1e-9);
            }
        });

    [Fact]
    public void Fit_BreslowWeights_EqualRepeatedSpells() =>
        RandomData.ForAllSeeds(seed =>
        {
            var data = SurvivalData.Random(seed, rows: 40, columns: 2, weighted: false);
            var random = new Random(seed);
            var times = Enumerable.Range(0, 40).Select(_ => random.Next(4)).ToArray();
            var repeated = data.Permuted([.. Enumerable.Range(0, 40).SelectMany(i => Enumerable.Repeat(i, times[i]))]);
            var weighted = new Spells(data.Spells.Exit, data.Spells.Cause, data.Spells.Entry, [.. times.Select(count => (double)count)]);
            var options = new CoxOptions(TiesMethod.Breslow);
            var fit = CoxRegression.Fit(weighted, data.X, options: options);
            var other = CoxRegression.Fit(repeated.Spells, repeated.X, options: options);
            fit.Coefficients.ShouldBe(other.Coefficients, 1e-9);
            fit.StandardErrors.ShouldBe(other.StandardErrors, 1e-9);
        });

    [Fact]
    public void Fit_SpellsCutInTwo_ChangesNothing() =>
        RandomData.ForAllSeeds(seed =>
        {
            // The form in which covariates change with time: here they do not, so nothing may change.
            var data = SurvivalData.Random(seed, rows: 40, columns: 2);
            var spells = data.Spells;
            var cut = Enumerable.Range(0, 40).Select(i => (spells.Entry[i] + spells.Exit[i]) / 2).ToArray();
            var twice = data.Permuted([.. Enumerable.Range(0, 40), .. Enumerable.Range(0, 40)]);
            var parts = new Spells([.. cut, .. spells.Exit], [.. new int[40], .. spells.Cause], [.. spells.Entry, .. cut], [.. spells.Weights, .. spells.Weights]);
            var (fit, other) = (CoxRegression.Fit(spells, data.X), CoxRegression.Fit(parts, twice.X));
            other.Coefficients.ShouldBe(fit.Coefficients, 1e-10);
            other.LogLikelihood.ShouldBe(fit.LogLikelihood, 1e-9);
            other.Expected.Take(40).Zip(other.Expected.Skip(40), (a, b) => a + b).ShouldBe(fit.Expected, 1e-9);
        });

    [Fact]
    public void Residuals_AnyData_SumToZero() =>
        RandomData.ForAllSeeds(seed =>
        {
            var data = SurvivalData.Random(seed, rows: 60, columns: 2);
            var fit = CoxRegression.Fit(data.Spells, data.X, data.Groups);
            fit.MartingaleResiduals.Zip(data.Spells.Weights, (m, w) => m * w).Sum().ShouldBe(0, 1e-8);
            var schoenfeld = fit.Schoenfeld();
            for (var j = 0; j < 2; j++)
            {
                schoenfeld.Row.Select((row, i) => data.Spells.Weights[row] * schoenfeld.Residuals[i, j]).Sum().ShouldBe(0, 1e-8);
            }
        });

    [Fact]
    public void Score_OneGroupingWithoutTies_IsTheLogRankTest() =>
        RandomData.ForAllSeeds(seed =>
        {
            var data = SurvivalData.Random(seed, rows: 50, columns: 1, ties: false, weighted: false, groups: 2);
            var x = new RowMatrix(50, 1, [.. data.Groups.Select(group => (double)group)]);
            CoxRegression.Fit(data.Spells, x).Score.Statistic.ShouldBe(LogRank.Test(data.Spells, data.Groups).ChiSquared, 1e-8);
        });

    [Fact]
    public void Fit_NoColumns_BaselineIsNelsonAalen()
    {
        var data = SurvivalData.Random(5, rows: 40, columns: 1);
        var fit = CoxRegression.Fit(data.Spells, new RowMatrix(40, 0), options: new CoxOptions(TiesMethod.Breslow));
        var curve = KaplanMeier.Fit(data.Spells);
        var baseline = fit.Baseline()[0];
        foreach (var (time, hazard) in baseline.Time.Zip(baseline.CumulativeHazard))
        {
            hazard.ShouldBe(curve.CumulativeHazard[Array.IndexOf(curve.Time, time)], 1e-12);
        }
    }

    [Fact]
    public void LeaveGroupOut_AnyGroup_IsTheFitToTheOthers() =>
        RandomData.ForAllSeeds(seed =>
        {
            var data = SurvivalData.Random(seed, rows: 60, columns: 2);
            var left = CoxRegression.LeaveGroupOut(data.Spells, data.X, data.Groups);
            var others = data.Permuted([.. Enumerable.Range(0, 60).Where(i => data.Groups[i] != 1)]);
            var expected = CoxRegression.Fit(others.Spells, others.X).ExpectedEvents(data.Spells, data.X);
            foreach (var row in Enumerable.Range(0, 60).Where(i => data.Groups[i] == 1))
            {
                left[row].ShouldBe(expected[row], 1e-9);
            }
        });

    [Fact]
    public void TestProportionality_CoefficientThatTurns_IsFound()
    {
        // In the first part of the time the covariate raises the hazard, in the second it lowers it.
        var random = new Random(3);
        var (x, exit) = (new RowMatrix(400, 2), new double[400]);
        for (var i = 0; i < 400; i++)
        {
            (x[i, 0], x[i, 1]) = (i % 2, random.NextDouble());
            var (early, late) = (i % 2 == 0 ? (0.05, 0.3) : (0.3, 0.05));
            var time = -Math.Log(1 - random.NextDouble()) / early;
            exit[i] = time < 3 ? time : 3 - (Math.Log(1 - random.NextDouble()) / late);
        }

        var spells = new Spells(exit, [.. Enumerable.Repeat(1, 400)]);
        foreach (var scale in Enum.GetValues<TimeScale>())
        {
            var test = CoxRegression.Fit(spells, x).TestProportionality(scale);
            test.ByColumn[0].PValue.ShouldBeLessThan(1e-4);
            test.ByColumn[1].PValue.ShouldBeGreaterThan(0.01);
            test.Global.PValue.ShouldBeLessThan(1e-3);
        }
    }

    [Fact]
    public void TestProportionality_TimeVaryingColumns_IsTheirScoreTest()
    {
        // Naive twin: follow-up cut at every event time, x g(t) added as a column, score at the old maximum.
        var data = SurvivalData.Random(12, rows: 40, columns: 1, weighted: false);
        var fit = CoxRegression.Fit(data.Spells, data.X);
        var times = fit.Baseline()[0].Time;
        var (entry, exit, cause, rows) = (new List<double>(), new List<double>(), new List<int>(), new List<(double X, double Time)>());
        for (var i = 0; i < 40; i++)
        {
            var from = data.Spells.Entry[i];
            foreach (var to in times.Where(time => time > data.Spells.Entry[i] && time < data.Spells.Exit[i]).Append(data.Spells.Exit[i]))
            {
                (from, var start) = (to, from);
                entry.Add(start);
                exit.Add(to);
                cause.Add(to == data.Spells.Exit[i] ? data.Spells.Cause[i] : 0);
                rows.Add((data.X[i, 0], to));
            }
        }

        var x = RowMatrix.FromColumns([.. rows.Select(row => row.X)], [.. rows.Select(row => row.X * row.Time)]);
        var (_, slope, information) = NaiveCox.At([fit.Coefficients[0], 0], new Spells([.. exit], [.. cause], [.. entry]), x, new int[x.Rows], efron: true);
        var statistic = slope[1] * slope[1] / (information[1, 1] - (information[0, 1] * information[0, 1] / information[0, 0]));
        fit.TestProportionality(TimeScale.Identity).ByColumn[0].Statistic.ShouldBe(statistic, 1e-7);
    }

    [Fact]
    public void Fit_HeavyTailedCovariates_ReachesTheTopOrSaysThatThereIsNone() =>
        RandomData.ForAllSeeds(seed =>
        {
            var data = SurvivalData.Random(seed, rows: 60, columns: 2);
            var wild = new RowMatrix(60, 2, [.. data.X.Values.Select((value, i) => Math.Sinh(3 * value) * (i % 2 == 0 ? 1 : 1e-6))]);
            try
            {
                var fit = CoxRegression.Fit(data.Spells, wild);
                var (value, slope, _) = NaiveCox.At(fit.Coefficients, data.Spells, wild, new int[60], efron: true);
                fit.LogLikelihood.ShouldBe(value, 1e-7);
                for (var j = 0; j < 2; j++)
                {
                    (slope[j] * fit.StandardErrors[j]).ShouldBe(0, 1e-7);
                }
            }
            catch (MonotoneLikelihoodException exception)
            {
                exception.Columns.ShouldNotBeEmpty();
            }
        });

    [Fact]
    public void Expected_StratumWithoutEvents_IsZeroWithinAndUnknownOutside()
    {
        var fit = CoxRegression.Fit(
            new Spells([1, 2, 3, 4, 5], [1, 1, 0, 0, 0]), new RowMatrix(5, 1, [0.5, 0.1, 0.9, 0.3, 0.2]), [0, 0, 0, 1, 1]);
        fit.Expected.Sum().ShouldBe(2, 1e-9);
        fit.Expected[4].ShouldBe(0);
        fit.ExpectedFromBaseline[4].ShouldBe(double.NaN);
        fit.Baseline()[1].Time.ShouldBeEmpty();
    }

    [Fact]
    public void Fit_DegenerateInput_GivesTypedErrors()
    {
        var spells = new Spells([1, 2, 3, 4], [1, 1, 0, 1]);
        Should.Throw<RankDeficientException>(() => CoxRegression.Fit(spells, new RowMatrix(4, 1, [7, 7, 7, 7]))).Columns.ShouldBe([0]);
        Should.Throw<RankDeficientException>(() => CoxRegression.Fit(spells, new RowMatrix(4, 3, [1, 5, 2, 2, 3, 4, 4, 9, 8, 3, 1, 6])))
            .Columns.ShouldBe([0, 2]);
        Should.Throw<MonotoneLikelihoodException>(() => CoxRegression.Fit(spells, new RowMatrix(4, 1, [4, 3, 2, 1]))).Columns.ShouldBe([0]);
        Should.Throw<InvalidValueException>(() => CoxRegression.Fit(spells, new RowMatrix(4, 1, [4, double.NaN, 2, 1]))).Row.ShouldBe(1);
        Should.Throw<InvalidValueException>(() => CoxRegression.Fit(spells, new RowMatrix(4, 1, [4, 3, double.PositiveInfinity, 1])));
        Should.Throw<NoEventsException>(() => CoxRegression.Fit(new Spells([1, 2], [0, 0]), new RowMatrix(2, 1, [1, 2])));
        Should.Throw<RankDeficientException>(() => CoxRegression.Fit(new Spells([1], [1]), new RowMatrix(1, 1, [3])));
        Should.Throw<ArgumentException>(() => CoxRegression.Fit(spells, new RowMatrix(3, 1)));
    }

    [Fact]
    public void Fit_AllTied_BreslowIsWeightedLogit()
    {
        // Everybody at risk at the only event time: the slope at the top says that the events' mean is the risk-weighted mean.
        var x = new RowMatrix(5, 1, [0.3, 1.2, -0.4, 0.8, 0.1]);
        var fit = CoxRegression.Fit(new Spells([2, 2, 2, 2, 2], [1, 1, 0, 1, 0]), x, options: new CoxOptions(TiesMethod.Breslow));
        var risk = x.Values.Select(value => Math.Exp(value * fit.Coefficients[0])).ToArray();
        (risk.Zip(x.Values, (r, value) => r * value).Sum() / risk.Sum()).ShouldBe((0.3 + 1.2 + 0.8) / 3, 1e-12);
    }

    [Fact]
    public void Fit_HugeOffsetOfAColumn_LosesNoDigits()
    {
        var data = SurvivalData.Random(9, rows: 200, columns: 1);
        var moved = new RowMatrix(200, 1, [.. data.X.Values.Select(value => Math.Round(value * 1024) + 1e12)]);
        var near = new RowMatrix(200, 1, [.. data.X.Values.Select(value => Math.Round(value * 1024))]);
        CoxRegression.Fit(data.Spells, moved).Coefficients[0].ShouldBe(CoxRegression.Fit(data.Spells, near).Coefficients[0], 1e-12);
    }
}
