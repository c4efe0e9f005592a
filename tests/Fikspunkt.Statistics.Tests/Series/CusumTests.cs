using Fikspunkt.Statistics.Series;

namespace Fikspunkt.Statistics.Tests.Series;

public sealed class CusumTests
{
    // Montgomery, Introduction to Statistical Quality Control, table 9.1: 20 draws with mean 10, then 10 with mean 11.
    private static readonly double[] Montgomery =
    [
        9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40, 10.08,
        9.37, 10.62, 10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52,
    ];

    [Fact]
    public void Run_Montgomery_SignalsAtObservation29()
    {
        // Table 9.2: C+ is 5.28 at observation 29, above 0 for 7 observations, and the new level is estimated as 11.25.
        var result = TabularCusum.Run(Montgomery, new CusumOptions(10, 1));
        result.Upper[28].ShouldBe(5.28, 1e-9);
        result.Lower[2].ShouldBe(1.77, 1e-9);
        var signal = result.Signals.ShouldHaveSingleItem();
        (signal.At, signal.Upwards, signal.ShiftStart).ShouldBe((28, true, 22));
        signal.Level.ShouldBe(10 + 0.5 + (5.28 / 7), 1e-9);
    }

    [Fact]
    public void Run_HeadStart_SignalsSooner()
    {
        double[] off = [1.2, 1.1, 1.3, 1.2, 1.1, 1.3, 1.2, 1.4];
        var plain = TabularCusum.Run(off, new CusumOptions(0, 1)).Signals[0].At;
        TabularCusum.Run(off, new CusumOptions(0, 1) { HeadStart = 2.5 }).Signals[0].At.ShouldBeLessThan(plain);
    }

    [Fact]
    public void Run_AnySeries_TurnsWithItsSignAndScale() => RandomData.ForAllSeeds(seed =>
    {
        var y = RandomData.Normals(seed, 80);
        var options = new CusumOptions(0.25, 0.5);
        var (up, down) = (TabularCusum.Run(y, options), TabularCusum.Run([.. y.Select(value => -4 * value)], new CusumOptions(-1, 2)));
        down.Upper.ShouldBe(up.Lower);
        down.Lower.ShouldBe(up.Upper);
        up.Signals.ShouldAllBe(signal => signal.ShiftStart <= signal.At);
    });

    [Fact]
    public void Run_BadInput_IsRefused()
    {
        Should.Throw<InvalidValueException>(() => TabularCusum.Run([1, double.NaN], new CusumOptions(0, 1)));
        Should.Throw<InvalidValueException>(() => TabularCusum.Run([1], new CusumOptions(0, 0)));
        Should.Throw<InvalidValueException>(() => TabularCusum.Run([1], new CusumOptions(double.NaN, 1)));
        Should.Throw<ArgumentOutOfRangeException>(() => TabularCusum.Run([1], new CusumOptions(0, 1) { HeadStart = 5 }));
        TabularCusum.Run([], new CusumOptions(0, 1)).Signals.ShouldBeEmpty();
    }

    [Fact]
    public void OlsCusum_Nile_FindsTheDamOf1898()
    {
        // R 4.2.2, the formulas of strucchange::efp(Nile ~ 1, type = "OLS-CUSUM") and sctest (S0 = 2.9518, p = 5.409e-08).
        var test = OlsCusum.Test(PublicSeries.Nile);
        test.Statistic.ShouldBe(2.951766102663372, 1e-12);
        test.PValue.ShouldBe(5.408553461983707e-08, 1e-18);
        (1871 + test.At).ShouldBe(1898);
        test.Process[^1].ShouldBe(0, 1e-12);
    }

    [Fact]
    public void OlsCusum_ScaledShiftedSeries_SameStatistic() => RandomData.ForAllSeeds(seed =>
    {
        var y = RandomData.Normals(seed, 30);
        var test = OlsCusum.Test(y, seed % 4);
        OlsCusum.Test([.. y.Select(value => (1000 * value) - 50)], seed % 4).Statistic.ShouldBe(test.Statistic, 1e-9);
        test.PValue.ShouldBeInRange(0, 1);
    });

    [Fact]
    public void OlsCusum_BadInput_IsRefused()
    {
        Should.Throw<NoVariationException>(() => OlsCusum.Test([3.3, 3.3, 3.3, 3.3]));
        Should.Throw<NoVariationException>(() => OlsCusum.Test([0, 0, 0]));
        Should.Throw<InvalidValueException>(() => OlsCusum.Test([1, double.PositiveInfinity, 2]));
        Should.Throw<TooFewUnitsException>(() => OlsCusum.Test([1]));
    }
}
