using Fikspunkt.Statistics.Series;

namespace Fikspunkt.Statistics.Tests.Series;

public sealed class TrendTests
{
    private static readonly double[] Short = [3.1, 2.7, 3.4, 3.9, 3.6, 4.4, 4.1, 4.1, 5.0, 4.7, 5.2, 4.9];

    [Fact]
    public void Test_ShortSeriesWithTie_IsThatOfR()
    {
        // R 4.2.2: cor.test(1:12, y, method = "kendall", exact = FALSE, continuity = TRUE).
        var test = MannKendall.Test(Short);
        test.S.ShouldBe(51);
        test.Variance.ShouldBe(211.6666666666666572, 1e-12);
        test.Z.ShouldBe(3.4367169831173547401, 1e-12);
        test.PValue.ShouldBe(0.0005888105113320023, 1e-14);
        test.Tau.ShouldBe(0.7786486411043856970, 1e-14);
        test.ExactPValue.ShouldBe(double.NaN);
    }

    [Fact]
    public void Test_NoTies_ExactPValueIsThatOfR() =>

        // R 4.2.2: cor.test(1:9, y, method = "kendall", exact = TRUE)$p.value.
        MannKendall.Test([3.1, 2.7, 3.4, 3.9, 3.6, 4.4, 4.15, 4.1, 3.0]).ExactPValue.ShouldBe(0.2595182980599646, 1e-14);

    [Fact]
    public void HamedRao_LakeHuron_IsThatOfTheFormula()
    {
        // R 4.2.2: the formula written out with acf() of the ranks of LakeHuron less its Sen slope.
        var (one, three) = (MannKendall.HamedRao(PublicSeries.LakeHuron), MannKendall.HamedRao(PublicSeries.LakeHuron, 3));
        one.S.ShouldBe(-1682);
        one.Variance.ShouldBe(2.597602525706677e+05, 1e-6);
        one.Z.ShouldBe(-3.298233241888791, 1e-12);
        three.Variance.ShouldBe(3.950851909734713e+05, 1e-6);
    }

    [Fact]
    public void TheilSen_ShortSeries_IsThatOfR()
    {
        // R 4.2.2: median of the 66 slopes, median(y - slope * t), and the places of Gilbert's interval with linear interpolation.
        var line = TheilSen.Fit([.. Enumerable.Range(1, 12).Select(i => (double)i)], Short);
        line.Slope.ShouldBe(0.2, 1e-12);
        line.Intercept.ShouldBe(2.75, 1e-12);
        line.Pairs.ShouldBe(66);
        line.Interval.Lower.ShouldBe(0.1382831253311300, 1e-10);
        line.Interval.Upper.ShouldBe(0.2666666666666667, 1e-10);
        TheilSen.Fit([.. Enumerable.Range(0, 98).Select(i => (double)i)], PublicSeries.LakeHuron).Slope.ShouldBe(-2.512499999999989e-02, 1e-12);
    }

    [Fact]
    public void Seasonal_OneSeason_IsThePlainTest()
    {
        var (seasonal, plain) = (MannKendall.Seasonal(Short, new int[12]), MannKendall.Test(Short));
        (seasonal with { ExactPValue = plain.ExactPValue }).ShouldBe(plain);
        double[] times = [.. Enumerable.Range(0, 12).Select(i => (double)i)];
        TheilSen.Seasonal(times, Short, new int[12]).Interval.ShouldBe(TheilSen.Fit(times, Short).Interval);
    }

    [Fact]
    public void Seasonal_LevelsOfSeasons_PlayNoPart() => RandomData.ForAllSeeds(seed =>
    {
        var y = RandomData.Normals(seed, 40);
        var seasons = Enumerable.Range(0, 40).Select(i => i % 4).ToArray();
        double[] times = [.. Enumerable.Range(0, 40).Select(i => (double)i)];
        double[] shifted = [.. y.Select((value, i) => value + (64 * (i % 4)))];
        MannKendall.Seasonal(shifted, seasons).ShouldBe(MannKendall.Seasonal(y, seasons));
        TheilSen.Seasonal(times, shifted, seasons).Slope.ShouldBe(TheilSen.Seasonal(times, y, seasons).Slope, 1e-10);
    });

    [Fact]
    public void Test_IncreasingTransformAndReversal_KeepAndTurn() => RandomData.ForAllSeeds(seed =>
    {
        double[] y = [.. RandomData.Normals(seed, 3 + (seed % 30)).Select(value => seed % 2 == 0 ? value : Math.Round(value, 1))];
        var test = MannKendall.Test(y);
        MannKendall.Test(Array.ConvertAll(y, Math.Exp)).ShouldBe(test);
        var turned = MannKendall.Test([.. y.Reverse()]);
        turned.S.ShouldBe(-test.S);
        turned.PValue.ShouldBe(test.PValue);
        var times = Enumerable.Range(0, y.Length).Select(i => (double)i).ToArray();
        var line = TheilSen.Fit(times, y);
        var other = TheilSen.Fit(times, [.. y.Select((value, i) => (2 * value) + (3 * i) + 5)]);
        other.Slope.ShouldBe((2 * line.Slope) + 3, 1e-10);
        other.Intercept.ShouldBe((2 * line.Intercept) + 5, 1e-10);
    });

    [Fact]
    public void Test_FewValues_ExactPValueCountsAllOrders()
    {
        // Of the 6 orders of 3 values one rises throughout and one falls.
        MannKendall.Test([1, 2, 3]).ExactPValue.ShouldBe(2.0 / 6, 1e-15);
        MannKendall.Test([1, 3, 2]).ExactPValue.ShouldBe(1, 1e-15);
        MannKendall.Test([2, 1]).ExactPValue.ShouldBe(1, 1e-15);
    }

    [Fact]
    public void Trend_AllTied_IsNone()
    {
        var test = MannKendall.Test([4, 4, 4, 4]);
        (test.S, test.Variance, test.Z, test.PValue).ShouldBe((0, 0, 0, 1));
        test.Tau.ShouldBe(double.NaN);
        MannKendall.HamedRao([4, 4, 4, 4]).PValue.ShouldBe(1);
        TheilSen.Fit([1, 2, 3, 4], [4, 4, 4, 4]).Slope.ShouldBe(0);
        TheilSen.Fit([1, 2], [4, 5]).Interval.ShouldBe(new Interval(double.NaN, double.NaN));
    }

    [Fact]
    public void Trend_BadInput_IsRefused()
    {
        Should.Throw<InvalidValueException>(() => MannKendall.Test([1, double.NaN])).Row.ShouldBe(1);
        Should.Throw<InvalidValueException>(() => TheilSen.Fit([1, 2], [double.PositiveInfinity, 1]));
        Should.Throw<TooFewUnitsException>(() => MannKendall.Test([1]));
        Should.Throw<TooFewUnitsException>(() => MannKendall.HamedRao([1, 2, 3]));
        Should.Throw<TooFewUnitsException>(() => MannKendall.Seasonal([1, 2], [0, 1]));
        Should.Throw<NoVariationException>(() => TheilSen.Fit([3, 3], [1, 2]));
        Should.Throw<ArgumentOutOfRangeException>(() => TheilSen.Fit([1, 2], [1, 2], 1));
        Should.Throw<ArgumentOutOfRangeException>(() => MannKendall.HamedRao([1, 2, 3, 4], 4));
    }
}
