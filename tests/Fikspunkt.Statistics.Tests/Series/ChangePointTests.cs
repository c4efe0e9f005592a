using Fikspunkt.Statistics.Regression;
using Fikspunkt.Statistics.Series;

namespace Fikspunkt.Statistics.Tests.Series;

public sealed class ChangePointTests
{
    [Fact]
    public void MeanShifts_Nile_IsTheDamOf1898()
    {
        var result = MeanShifts.Find(PublicSeries.Nile);
        result.Shifts.ShouldBe([28]);
        result.Segments[0].Mean.ShouldBe(PublicSeries.Nile[..28].Average(), 1e-9);
    }

    [Fact]
    public void MeanShifts_AnySeries_CostIsTheLowestOfAllCuts() => RandomData.ForAllSeeds(seed =>
    {
        var random = new Random(seed);
        double[] y = [.. RandomData.Normals(seed, 12).Select((value, i) => value + (i > random.Next(4, 8) ? 3 : 0))];
        var options = new MeanShiftOptions { LeastLength = 1 + (seed % 3), Penalty = 3, StandardDeviation = 1.25 };
        var lowest = double.PositiveInfinity;
        for (var cuts = 0; cuts < 1 << 11; cuts++)
        {
            lowest = Math.Min(lowest, Cost(y, cuts, options));
        }

        MeanShifts.Find(y, options).Cost.ShouldBe(lowest, 1e-9);
    });

    [Fact]
    public void MeanShifts_LongSeries_ShiftsWithScaleAndReversal() => RandomData.ForAllSeeds(seed =>
    {
        double[] y = [.. RandomData.Normals(seed, 200).Select((value, i) => value + (i is >= 60 and < 130 ? 4 : 0))];
        var result = MeanShifts.Find(y);
        MeanShifts.Find([.. y.Select(value => (8 * value) - 1024)]).Shifts.ShouldBe(result.Shifts);
        MeanShifts.Find([.. y.Reverse()]).Shifts.Reverse().Select(shift => 200 - shift).ShouldBe(result.Shifts);
        result.Segments.Sum(segment => segment.Length).ShouldBe(200);
    });

    [Fact]
    public void MeanShifts_Degenerate_IsAsDocumented()
    {
        var constant = MeanShifts.Find([5, 5, 5, 5]);
        (constant.StandardDeviation, constant.Cost, constant.Shifts.Length, constant.Segments[0].Mean).ShouldBe((0, 0, 0, 5));
        MeanShifts.Find([.. Enumerable.Range(0, 40).Select(i => i < 25 ? 1e9 : 1e9 + 3)]).Shifts.ShouldBe([25]);
        Should.Throw<InvalidValueException>(() => MeanShifts.Find([1, double.NaN]));
        Should.Throw<InvalidValueException>(() => MeanShifts.Find([1, 2], new MeanShiftOptions { StandardDeviation = 0 }));
        Should.Throw<InvalidValueException>(() => MeanShifts.Find([1, 2], new MeanShiftOptions { Penalty = -1 }));
        Should.Throw<TooFewUnitsException>(() => MeanShifts.Find([1]));
        Should.Throw<TooFewUnitsException>(() => MeanShifts.Find([1, 2], new MeanShiftOptions { LeastLength = 3 })).Needed.ShouldBe(3);
    }

    [Fact]
    public void BrokenLine_OneBend_IsTheLowestOfAFineGrid() => RandomData.ForAllSeeds(seed =>
    {
        var noise = RandomData.Normals(seed, 20);
        double[] times = [.. Enumerable.Range(0, 20).Select(i => (double)i)];
        double[] y = [.. times.Select(t => 1 + (0.5 * t) - (1.5 * Math.Max(0, t - 8.3)) + noise[(int)t])];
        var fit = BrokenLine.Fit(times, y);
        for (var bend = 1.02; bend < 18; bend += 0.05)
        {
            var design = RowMatrix.FromColumns(Array.ConvertAll(times, _ => 1.0), times, Array.ConvertAll(times, t => Math.Max(0, t - bend)));
            LinearRegression.Fit(design, y).ResidualSumOfSquares.ShouldBeGreaterThan(fit.ResidualSumOfSquares * (1 - 1e-9));
        }
    });

    [Fact]
    public void BrokenLine_NoNoise_FindsTheBends()
    {
        double[] times = [.. Enumerable.Range(0, 36).Select(i => 1990.0 + i)];
        double[] y = [.. times.Select(t => 3 + (0.2 * (t - 1990)) - (0.7 * Math.Max(0, t - 2000.4)) + (0.9 * Math.Max(0, t - 2014.25)))];
        var fit = BrokenLine.Fit(times, y, 2);
        fit.Bends.Select(bend => bend.At).ShouldBe([2000.4, 2014.25], 1e-4);
        fit.Slopes.ShouldBe([0.2, -0.5, 0.4], 1e-4);
    }

    [Fact]
    public void BrokenLine_OneBend_StandardErrorIsThatOfFreeLines()
    {
        // When the bend lies between observations, its error is that of the crossing of two free lines: the delta method by hand.
        double[] times = [.. Enumerable.Range(0, 16).Select(i => (double)i)];
        var noise = RandomData.Normals(5, 16);
        double[] y = [.. times.Select(t => 2 + t - (3 * Math.Max(0, t - 7.5)) + (0.3 * noise[(int)t]))];
        var fit = BrokenLine.Fit(times, y);
        var bend = fit.Bends[0];
        (bend.At % 1).ShouldBeGreaterThan(0.01);
        var cut = (int)bend.At + 1;
        var free = LinearRegression.Fit(
            RowMatrix.FromColumns(
                Array.ConvertAll(times, _ => 1.0), times, Array.ConvertAll(times, t => t >= cut ? 1.0 : 0), Array.ConvertAll(times, t => t >= cut ? t : 0)),
            y);
        var (jump, change, covariance) = (free.Coefficients[2], free.Coefficients[3], free.Covariance(CovarianceKind.Classical));
        bend.At.ShouldBe(-jump / change, 1e-9);
        fit.ResidualSumOfSquares.ShouldBe(free.ResidualSumOfSquares, 1e-9);
        var variance = (covariance[2, 2] + (2 * bend.At * covariance[2, 3]) + (bend.At * bend.At * covariance[3, 3])) / (change * change);
        bend.StandardError.ShouldBe(Math.Sqrt(variance), 1e-8);
    }

    [Fact]
    public void BrokenLine_ReversedTime_BendsAtTheSamePlace() => RandomData.ForAllSeeds(seed =>
    {
        var noise = RandomData.Normals(seed, 15);
        double[] times = [.. Enumerable.Range(0, 15).Select(i => i * 0.5)];
        double[] y = [.. times.Select((t, i) => (2 * Math.Abs(t - 3.2)) + (0.5 * noise[i]))];
        var fit = BrokenLine.Fit(times, y);
        var turned = BrokenLine.Fit(Array.ConvertAll(times, t => -t), y);
        turned.ResidualSumOfSquares.ShouldBe(fit.ResidualSumOfSquares, 1e-9);
        (-turned.Bends[0].At).ShouldBe(fit.Bends[0].At, 1e-6);
    });

    [Fact]
    public void BrokenLine_Degenerate_IsRefused()
    {
        double[] times = [1, 2, 3, 4, 5, 6];
        Should.Throw<NoVariationException>(() => BrokenLine.Fit(times, [2, 4, 6, 8, 10, 12]));
        Should.Throw<NoVariationException>(() => BrokenLine.Fit(times, [7, 7, 7, 7, 7, 7]));
        Should.Throw<TooFewUnitsException>(() => BrokenLine.Fit([1, 2, 3, 4], [1, 2, 1, 2]));
        Should.Throw<TooFewUnitsException>(() => BrokenLine.Fit([1, 1, 1, 1, 1, 1], times));
        Should.Throw<InvalidValueException>(() => BrokenLine.Fit(times, [2, 4, double.NaN, 8, 10, 12]));
        BrokenLine.Fit(times, [2, 5, 6, 8, 10, 13], 0).Slopes.Length.ShouldBe(1);
    }

    private static double Cost(double[] y, int cuts, MeanShiftOptions options)
    {
        var (cost, from) = (0.0, 0);
        for (var i = 1; i <= y.Length; i++)
        {
            if (i == y.Length || (cuts >> (i - 1) & 1) == 1)
            {
                var part = y[from..i];
                var variance = options.StandardDeviation!.Value * options.StandardDeviation.Value;
                cost += part.Length < options.LeastLength ? double.PositiveInfinity : part.Sum(value => (value - part.Average()) * (value - part.Average())) / variance;
                cost += from > 0 ? options.Penalty!.Value : 0;
                from = i;
            }
        }

        return cost;
    }
}
