using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Regression;
using Fikspunkt.Statistics.Survival;

namespace Fikspunkt.Statistics.Tests.Survival;

public sealed class PersonTimeTests
{
    private static readonly double[] Cuts = [90, 180, 365, 540];

    [Fact]
    public void LeaveGroupOut_RowPerPart_IsWhatThePiecewiseExponentialModelGives()
    {
        // The reference case on lung cancer fixes the piecewise exponential model's own numbers.
        var (spells, x, inst) = SurvivalData.Lung(ReferenceCase.Load("piecewise-exponential-lung"));
        var individual = PiecewiseExponential.Fit(spells, x, Cuts);
        var (table, groups) = Parts(individual.Split, x, inst);
        var fit = PersonTimeFit.Fit(table);
        var result = fit.LeaveGroupOut(groups);

        var byHand = individual.LeaveGroupOut(inst);
        for (var group = 0; group < result.Expected.Length; group++)
        {
            result.Expected[group].ShouldBe(inst.Select((of, row) => of == group ? byHand[row] : 0).Sum(), 1e-9);
            result.Observed[group].ShouldBe(inst.Select((of, row) => of == group ? spells.Cause[row] : 0).Sum());
        }

        for (var j = 0; j < fit.Coefficients.Length; j++)
        {
            fit.Coefficients[j].ShouldBe(individual.Coefficients[j], 1e-12);
        }
    }

    [Fact]
    public void LeaveGroupOut_AnySeed_IsTheFitToTheOthers() => RandomData.ForAllSeeds(seed =>
    {
        var (table, groups) = Made(seed);
        var result = PersonTimeFit.Fit(table).LeaveGroupOut(groups);
        for (var group = 0; group < result.Expected.Length; group++)
        {
            var (expected, error) = Naive(table, groups, group);
            result.Expected[group].ShouldBe(expected, 1e-7 * expected);
            // The information is that of the fit to all, so that the error agrees to a few per cent only.
            result.LogError[group].ShouldBe(error, 0.25 * error);
        }
    });

    [Fact]
    public void LeaveGroupOut_RowsSummed_GivesTheSameAsTheRowsThemselves()
    {
        var (table, groups) = Made(3);
        var halves = new PersonTimeTable(
            [.. table.Interval, .. table.Interval],
            new RowMatrix(2 * table.X.Rows, table.X.Columns, [.. table.X.Values, .. table.X.Values]),
            [.. table.Events, .. table.Events.Select(_ => 0.0)],
            [.. table.Exposure.Select(time => 0.25 * time), .. table.Exposure.Select(time => 0.75 * time)]);
        var summed = PersonTimeFit.Fit(table).LeaveGroupOut(groups);
        var parts = PersonTimeFit.Fit(halves).LeaveGroupOut([.. groups, .. groups]);

        for (var group = 0; group < summed.Expected.Length; group++)
        {
            parts.Expected[group].ShouldBe(summed.Expected[group], 1e-9 * summed.Expected[group]);
            parts.Interval[group].Lower.ShouldBe(summed.Interval[group].Lower, 1e-9);
        }
    }

    [Fact]
    public void LeaveGroupOut_AnyThreads_SameBits()
    {
        var (table, groups) = Made(5);
        var one = PersonTimeFit.Fit(table, threads: 1).LeaveGroupOut(groups, threads: 1);
        var two = PersonTimeFit.Fit(table, threads: 2).LeaveGroupOut(groups, threads: 2);

        two.Expected.ShouldBe(one.Expected);
        two.LogError.ShouldBe(one.LogError);
        two.Interval.ShouldBe(one.Interval);
    }

    [Fact]
    public void LeaveGroupOut_TimeInAnotherUnitAndColumnsRecoded_SameRatios()
    {
        var (table, groups) = Made(7);
        var scaled = new RowMatrix(table.X.Rows, table.X.Columns, [.. table.X.Values.Select(value => 1000 + (3 * value))]);
        var first = PersonTimeFit.Fit(table).LeaveGroupOut(groups);
        var second = PersonTimeFit.Fit(table with { X = scaled, Exposure = [.. table.Exposure.Select(time => 365.25 * time)] }).LeaveGroupOut(groups);

        for (var group = 0; group < first.Ratio.Length; group++)
        {
            second.Ratio[group].ShouldBe(first.Ratio[group], 1e-6);
            second.RatioError[group].ShouldBe(first.RatioError[group], 1e-6);
        }
    }

    [Fact]
    public void LeaveGroupOut_Limits_WidenTheExactOnesByTheModelsError()
    {
        var (table, groups) = Made(11);
        var result = PersonTimeFit.Fit(table).LeaveGroupOut(groups);
        for (var group = 0; group < result.Ratio.Length; group++)
        {
            var exact = ObservedExpected.ByGroup([result.Observed[group]], [result.Expected[group]], [0]).Interval[0];
            var z = NormalDistribution.Quantile(0.975) * result.LogError[group];
            Math.Pow(Math.Log(result.Ratio[group] / result.Interval[group].Lower), 2).ShouldBe(Math.Pow(Math.Log(result.Ratio[group] / exact.Lower), 2) + (z * z), 1e-10);
            Math.Pow(Math.Log(result.Interval[group].Upper / result.Ratio[group]), 2).ShouldBe(Math.Pow(Math.Log(exact.Upper / result.Ratio[group]), 2) + (z * z), 1e-10);
        }
    }

    [Fact]
    public void LeaveGroupOut_GroupWithoutEvents_HasALowerLimitOfZero()
    {
        var (table, groups) = Made(13);
        var events = table.Events.Select((value, row) => groups[row] == 2 ? 0 : value).ToArray();
        var result = PersonTimeFit.Fit(table with { Events = events }).LeaveGroupOut(groups);

        (result.Ratio[2], result.Interval[2].Lower).ShouldBe((0, 0));
        result.Interval[2].Upper.ShouldBeGreaterThan(3.68 / result.Expected[2]);
        result.RatioError[2].ShouldBeGreaterThan(Math.Sqrt(2));
    }

    [Fact]
    public void LeaveGroupOut_ColumnThatOnlyOneGroupHas_SaysWhichColumn()
    {
        var (table, groups) = Made(17);
        var x = RowMatrix.FromColumns([.. groups.Select(group => group == 1 ? 1.0 : 0)], [.. Enumerable.Range(0, groups.Length).Select(row => table.X[row, 0])]);

        Should.Throw<RankDeficientException>(() => PersonTimeFit.Fit(table with { X = x }).LeaveGroupOut(groups)).Columns.ShouldBe([3]);
    }

    [Fact]
    public void LeaveGroupOut_IntervalWithEventsInOneGroupOnly_NamesTheInterval()
    {
        var (table, groups) = Made(19);
        var events = table.Events.Select((value, row) => table.Interval[row] == 2 ? groups[row] == 0 ? 4.0 : 0 : value).ToArray();

        Should.Throw<IntervalWithoutEventsException>(() => PersonTimeFit.Fit(table with { Events = events }).LeaveGroupOut(groups)).Intervals.ShouldBe([2]);
        Should.Throw<IntervalWithoutEventsException>(() => PersonTimeFit.Fit(table with { Events = new double[events.Length] })).Intervals.ShouldBe([0, 1, 2]);
    }

    [Theory]
    [InlineData(double.NaN, 1, 1)]
    [InlineData(1, -1, 1)]
    [InlineData(1, double.PositiveInfinity, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(double.NegativeInfinity, 1, 1)]
    [InlineData(1, 1, double.NaN)]
    public void Fit_ValuesOutOfRange_Throws(double x, double events, double exposure)
    {
        var (table, _) = Made(1);
        (table.X.Values[4], table.Events[4], table.Exposure[4]) = (x, events, exposure);
        Should.Throw<InvalidValueException>(() => PersonTimeFit.Fit(table));
    }

    private static (PersonTimeTable Table, int[] Groups) Parts(SplitFollowUp split, RowMatrix x, int[] groups)
    {
        var rows = new RowMatrix(split.Row.Length, x.Columns);
        for (var i = 0; i < rows.Rows; i++)
        {
            x.Row(split.Row[i]).CopyTo(rows.Row(i));
        }

        return (new PersonTimeTable(split.Interval, rows, split.Event, split.Exposure), [.. split.Row.Select(row => groups[row])]);
    }

    private static (PersonTimeTable Table, int[] Groups) Made(int seed)
    {
        var random = new Random(seed);
        const int Rows = 120;
        var x = new RowMatrix(Rows, 2, RandomData.Normals(seed, 2 * Rows));
        var (events, exposure) = (new double[Rows], new double[Rows]);
        for (var i = 0; i < Rows; i++)
        {
            exposure[i] = 5 + (20 * random.NextDouble());
            events[i] = Math.Round(exposure[i] * 0.4 * Math.Exp((0.3 * x[i, 0]) - (0.2 * x[i, 1])) * 2 * random.NextDouble());
        }

        return (new PersonTimeTable([.. Enumerable.Range(0, Rows).Select(i => i % 3)], x, events, exposure), [.. Enumerable.Range(0, Rows).Select(i => i / 3 % 8)]);
    }

    /// <summary>The other groups alone, by iteratively reweighted least squares on a design of their own.</summary>
    private static (double Expected, double LogError) Naive(PersonTimeTable table, int[] groups, int group)
    {
        int[] others = [.. Enumerable.Range(0, groups.Length).Where(row => groups[row] != group)];
        RowMatrix Design(IReadOnlyList<int> rows) => new(rows.Count, 5, [.. rows.SelectMany(row => (double[])[table.Interval[row] == 0 ? 1 : 0, table.Interval[row] == 1 ? 1 : 0, table.Interval[row] == 2 ? 1 : 0, table.X[row, 0], table.X[row, 1]])]);
        var fit = GeneralizedLinearModel.Fit(Design(others), [.. others.Select(row => table.Events[row])], new GlmOptions(GlmFamily.Poisson), offset: [.. others.Select(row => Math.Log(table.Exposure[row]))]);
        int[] own = [.. Enumerable.Range(0, groups.Length).Where(row => groups[row] == group)];
        var design = Design(own);
        var (sum, gradient) = (0.0, new double[5]);
        for (var i = 0; i < own.Length; i++)
        {
            var mean = table.Exposure[own[i]] * Math.Exp(Enumerable.Range(0, 5).Sum(j => design[i, j] * fit.Coefficients[j]));
            sum += mean;
            for (var j = 0; j < 5; j++)
            {
                gradient[j] += mean * design[i, j];
            }
        }

        var variance = 0.0;
        for (var j = 0; j < 5; j++)
        {
            for (var m = 0; m < 5; m++)
            {
                variance += gradient[j] * fit.Covariance[j, m] * gradient[m];
            }
        }

        return (sum, Math.Sqrt(variance) / sum);
    }
}
