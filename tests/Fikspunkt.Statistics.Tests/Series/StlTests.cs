using Fikspunkt.Statistics.Series;

namespace Fikspunkt.Statistics.Tests.Series;

public sealed class StlTests
{
    [Theory]
    [InlineData("swindow7", 7, false, false)]
    [InlineData("swindow7_robust", 7, true, false)]
    [InlineData("periodic", null, false, false)]
    [InlineData("periodic_robust", null, true, false)]
    [InlineData("swindow7_jump1", 7, false, true)]
    [InlineData("periodic_jump1", null, false, true)]
    public void Decompose_Nottem_IsThatOfR(string run, int? window, bool robust, bool noJumps)
    {
        var reference = ReferenceCase.Load("seasonal-stl-nottem");
        int? jump = noJumps ? 1 : null;
        var fit = Stl.Decompose(reference.Numbers("value"), new StlOptions(12, window) { Robust = robust, SeasonalJump = jump, TrendJump = jump, LowPassJump = jump });
        var tolerance = (robust ? 1e-6 : 1e-8) * 35;
        for (var i = 0; i < fit.Trend.Length; i++)
        {
            fit.Seasonal[i].ShouldBe(reference.Expected($"{run}.seasonal.{i}"), tolerance);
            fit.Trend[i].ShouldBe(reference.Expected($"{run}.trend.{i}"), tolerance);
            fit.Remainder[i].ShouldBe(reference.Expected($"{run}.remainder.{i}"), tolerance);
            if (robust)
            {
                fit.Weights[i].ShouldBe(reference.Expected($"{run}.robustness_weights.{i}"), 1e-6);
            }
        }
    }

    // R 4.2.2: z <- stl(ts(made(n, period), frequency = period), ...); the seasonal and the trend at places 1, n %/% 2 and n, sum(z$weights),
    // with made(n, period) as MadeUp below.
    public static TheoryData<int, StlOptions, double[]> OtherPeriods => new()
    {
        { 60, new StlOptions(4, 13), [-0.3221064500908411, 2.5883641632987500, -3.2022398833656633, 10.7196462657399003, 14.2595864865823554, 13.4726999952309896, 60] },
        { 61, new StlOptions(4, 7) { Robust = true }, [0.06267732708337338, 2.92497248971873258, -0.34300325612660737, 10.53502279742160397, 12.17416609585920639, 13.77466409266570757, 52.58162985794815114] },
        { 200, new StlOptions(52), [-0.3832842271375186, 1.1268612836607719, -2.4438026798511681, 11.6193811132571394, 16.3599631026265939, 21.4299763571486324, 200] },
        { 160, new StlOptions(52, 9) { Robust = true }, [0.4448452274081247, -0.2667465420744750, 1.4350355473551593, 11.0869440415607183, 14.9510185470817500, 18.9364142179962371, 132.5529143916095620] },
        { 25, new StlOptions(12) { Robust = true }, [-1.470441286586172, 0.241413220708223, -1.470441286586172, 11.938069837088458, 12.448714667892830, 10.935279804895105, 19.472315516397110] },
        {
            96,
            new StlOptions(12, 8) { SeasonalDegree = 1, TrendWindow = 20, TrendDegree = 0, LowPassWindow = 14, SeasonalJump = 2, TrendJump = 5, LowPassJump = 3, Robust = true, Inner = 3, Outer = 4 },
            [-0.4635382808193115, -1.5669434552101196, -1.2688177891676529, 11.3153508272456786, 13.5431609784897447, 15.3933540419568420, 71.9788806007668569]
        },
    };

    [Theory]
    [MemberData(nameof(OtherPeriods))]
    public void Decompose_OtherPeriodsAndOptions_IsThatOfR(int n, StlOptions options, double[] expected)
    {
        var fit = Stl.Decompose(MadeUp(n, options.Period), options);
        int[] places = [0, (n / 2) - 1, n - 1];
        double[] found = [.. places.Select(i => fit.Seasonal[i]), .. places.Select(i => fit.Trend[i]), fit.Weights.Sum()];
        found.ShouldBe(expected, 1e-9);
    }

    [Fact]
    public void Decompose_ScaledShiftedSeries_FollowsIt() => RandomData.ForAllSeeds(seed =>
    {
        var y = RandomData.Normals(seed, 50);
        var options = new StlOptions(4, 7) { Robust = seed % 2 == 0 };
        var fit = Stl.Decompose(y, options);
        var other = Stl.Decompose([.. y.Select(value => (8 * value) + 64)], options);
        for (var i = 0; i < y.Length; i++)
        {
            (fit.Seasonal[i] + fit.Trend[i] + fit.Remainder[i]).ShouldBe(y[i], 1e-12);
            other.Seasonal[i].ShouldBe(8 * fit.Seasonal[i], 1e-7);
            other.Trend[i].ShouldBe((8 * fit.Trend[i]) + 64, 1e-7);
        }
    });

    [Fact]
    public void Decompose_LineAndCycle_AreToldApart()
    {
        double[] cycle = [3, -1, -2, 0];
        var fit = Stl.Decompose([.. Enumerable.Range(0, 40).Select(i => 5 + (0.25 * i) + cycle[i % 4])], new StlOptions(4) { Inner = 20 });
        for (var i = 0; i < 40; i++)
        {
            fit.Seasonal[i].ShouldBe(cycle[i % 4], 1e-6);
            fit.Trend[i].ShouldBe(5 + (0.25 * i), 1e-6);
        }
    }

    [Fact]
    public void Decompose_ConstantSeries_IsTrendAlone()
    {
        var fit = Stl.Decompose([.. Enumerable.Repeat(7.0, 30)], new StlOptions(12, 7) { Robust = true });
        fit.Trend.ShouldAllBe(value => Math.Abs(value - 7) < 1e-12);
        fit.Seasonal.ShouldAllBe(value => Math.Abs(value) < 1e-12);
        fit.Weights.ShouldAllBe(weight => weight >= 0 && weight <= 1);
    }

    [Fact]
    public void Decompose_BadInput_IsRefused()
    {
        Should.Throw<TooFewUnitsException>(() => Stl.Decompose(new double[24], new StlOptions(12))).Needed.ShouldBe(25);
        Should.Throw<InvalidValueException>(() => Stl.Decompose([1, 2, double.NaN, 4, 5, 6], new StlOptions(2))).Row.ShouldBe(2);
        Should.Throw<InvalidValueException>(() => Stl.Decompose([1, 2, 3, double.PositiveInfinity, 5, 6], new StlOptions(2)));
        Should.Throw<ArgumentOutOfRangeException>(() => Stl.Decompose(new double[24], new StlOptions(1)));
        Should.Throw<ArgumentOutOfRangeException>(() => Stl.Decompose(new double[24], new StlOptions(4, 7) { SeasonalDegree = 2 }));
        Should.Throw<ArgumentOutOfRangeException>(() => Stl.Decompose(new double[24], new StlOptions(4, 7) { TrendJump = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(() => Stl.Decompose(new double[24], new StlOptions(4, 7) { Inner = 0 }));
    }

    private static double[] MadeUp(int n, int period) =>
        [.. Enumerable.Range(0, n).Select(i => 10 + (0.05 * i) + (3 * Math.Sin(2 * Math.PI * i / period)) + (i * (long)i * 7919 % 101 / 50.0) + (i % 23 == 7 ? 8 : 0))];
}
