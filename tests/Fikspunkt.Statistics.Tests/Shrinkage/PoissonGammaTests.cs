using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Shrinkage;
using MathNet.Numerics;

namespace Fikspunkt.Statistics.Tests.Shrinkage;

public sealed class PoissonGammaTests
{
    [Fact]
    public void Estimate_AnyCounts_IsTheHighestPointOfTheDirectLikelihood() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (o, e) = Counts(seed, units: 12, spread: seed % 3 * 0.4);
            foreach (var mean in Enum.GetValues<PriorMean>())
            {
                var estimate = PoissonGamma.Estimate(o, e, mean);
                var (m, d) = (estimate.PriorMean, 1 / estimate.Shape);
                estimate.LogLikelihood.ShouldBe(Direct(o, e, d, m), 1e-7);
                foreach (var factor in new[] { 0.5, 0.99, 1.01, 2 })
                {
                    Direct(o, e, (d * factor) + (d == 0 ? factor * 0.01 : 0), m).ShouldBeLessThanOrEqualTo(estimate.LogLikelihood + 1e-9);
                    if (mean == PriorMean.Free)
                    {
                        Direct(o, e, d, m * factor).ShouldBeLessThanOrEqualTo(estimate.LogLikelihood + 1e-9);
                    }
                }
            }
        });

    [Fact]
    public void Estimate_AnyCounts_LieBetweenRatioAndMean() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (o, e) = Counts(seed, units: 10, spread: 0.5);
            foreach (var method in Enum.GetValues<PoissonGammaMethod>())
            {
                var estimate = PoissonGamma.Estimate(o, e, method: method);
                for (var i = 0; i < o.Length; i++)
                {
                    estimate.PosteriorMean[i].ShouldBe((estimate.Weight[i] * estimate.Ratio[i]) + ((1 - estimate.Weight[i]) * estimate.PriorMean), 1e-10);
                    estimate.PosteriorMean[i].ShouldBeInRange(estimate.Lower[i], estimate.Upper[i]);
                    estimate.ProbabilityAboveOne[i].ShouldBeInRange(0, 1);
                }
            }
        });

    [Fact]
    public void Estimate_OtherUnitOfExpectedAndOtherOrder_ChangeWhatTheyShould() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (o, e) = Counts(seed, units: 15, spread: 0.6);
            var estimate = PoissonGamma.Estimate(o, e);
            var order = RandomData.Permutation(seed, o.Length);
            var moved = PoissonGamma.Estimate([.. order.Select(i => o[i])], [.. order.Select(i => 1000 * e[i])]);
            moved.LogLikelihood.ShouldBe(estimate.LogLikelihood, 1e-9);
            moved.PosteriorMean.ShouldBe(order.Select(i => estimate.PosteriorMean[i] / 1000), 1e-9);
            moved.Weight.ShouldBe(order.Select(i => estimate.Weight[i]), 1e-6);
        });

    [Fact]
    public void Estimate_NoMoreSpreadThanChance_ShrinksAllTheWay()
    {
        foreach (var method in Enum.GetValues<PoissonGammaMethod>())
        {
            var estimate = PoissonGamma.Estimate([10, 11, 9, 0], [10, 10, 10, 0.5], method: method);
            (estimate.Shape, estimate.Rate, estimate.PriorSd).ShouldBe((double.PositiveInfinity, double.PositiveInfinity, 0));
            estimate.PriorMean.ShouldBe(30 / 30.5, 1e-15);
            estimate.PosteriorMean.ShouldAllBe(value => value == estimate.PriorMean);
            estimate.Lower.ShouldBe(estimate.Upper);
            estimate.PosteriorSd.ShouldAllBe(sd => sd == 0);
            estimate.Weight.ShouldAllBe(weight => weight == 0);
            estimate.ProbabilityAboveOne.ShouldAllBe(probability => probability == 0);
        }

        // The likelihood is then that of Poisson counts.
        var one = PoissonGamma.Estimate([10, 11, 9, 0], [10, 10, 10, 0.5], PriorMean.One);
        one.PosteriorMean.ShouldBe([1, 1, 1, 1]);
        one.LogLikelihood.ShouldBe((10 * Math.Log(10)) - 10 - SpecialFunctions.FactorialLn(10) + (11 * Math.Log(10)) - 10 - SpecialFunctions.FactorialLn(11) + (9 * Math.Log(10)) - 10 - SpecialFunctions.FactorialLn(9) - 0.5, 1e-12);
    }

    [Fact]
    public void Estimate_HardlyMoreSpreadThanChance_KeepsItsDigits()
    {
        // Four equal exposures: at the free mean the dispersion is that at which the spread is just explained; close to it, d = (s^2 - m) / m^2.
        double[] o = [1_000_000, 1_001_500, 998_500, 1_000_000];
        double[] e = [1e6, 1e6, 1e6, 1e6];
        var estimate = PoissonGamma.Estimate(o, e);
        (1 / estimate.Shape).ShouldBe(((1500.0 * 1500 / 2) - 1e6) / 1e12, 2e-12);
        estimate.LogLikelihood.ShouldBe(PoissonGamma.Estimate([.. o.Reverse()], e).LogLikelihood, 1e-9);
        estimate.LogLikelihood.ShouldBeGreaterThan(o.Sum(count => (count * Math.Log(1e6)) - 1e6 - SpecialFunctions.GammaLn(count + 1)));
        estimate.ProbabilityAboveOne[1].ShouldBeInRange(0.5, 1);
    }

    [Fact]
    public void Estimate_HugeCounts_AreShrunkenAlmostNotAtAll()
    {
        var estimate = PoissonGamma.Estimate([1e14, 2e14, 3e14], [2e14, 2e14, 2e14]);
        estimate.PosteriorMean.ShouldBe([0.5, 1, 1.5], 1e-9);
        estimate.Lower[2].ShouldBe(1.5 - (1.96 * Math.Sqrt(3e14) / 2e14), 1e-10);
        estimate.ProbabilityAboveOne.ShouldBe([0, 0.5, 1], 1e-6);
    }

    [Fact]
    public void Estimate_OneUnitWithAllEvents_HasASmallShape()
    {
        var estimate = PoissonGamma.Estimate([0, 0, 0, 400], [1, 1, 1, 1]);
        estimate.Shape.ShouldBeInRange(1e-3, 0.2);
        estimate.PosteriorMean[0].ShouldBeInRange(0, 0.1);
        estimate.Lower[0].ShouldBeInRange(0, 1e-6);
        estimate.PosteriorMean.ShouldAllBe(value => double.IsFinite(value));
    }

    [Fact]
    public void Estimate_Moments_HaveTheirClosedForm()
    {
        double[] o = [2, 9, 4, 15];
        double[] e = [5, 5, 5, 5];
        var estimate = PoissonGamma.Estimate(o, e, method: PoissonGammaMethod.Moments);
        estimate.PriorMean.ShouldBe(1.5, 1e-15);
        var between = o.Average(count => ((count / 5) - 1.5) * ((count / 5) - 1.5)) - (1.5 / 5);
        estimate.Shape.ShouldBe(1.5 * 1.5 / between, 1e-12);
        estimate.Rate.ShouldBe(1.5 / between, 1e-12);
    }

    [Fact]
    public void Estimate_ImpossibleInput_Throws()
    {
        Should.Throw<TooFewUnitsException>(() => PoissonGamma.Estimate([1], [1]));
        Should.Throw<NoEventsException>(() => PoissonGamma.Estimate([0, 0], [1, 1]));
        Should.Throw<NoEventsException>(() => PoissonGamma.Estimate([0, 0], [1, 1], PriorMean.One));
        Should.Throw<InvalidValueException>(() => PoissonGamma.Estimate([1, 2], [1, 0])).Row.ShouldBe(1);
        Should.Throw<InvalidValueException>(() => PoissonGamma.Estimate([1, -1], [1, 1])).Argument.ShouldBe("counts");
        Should.Throw<InvalidValueException>(() => PoissonGamma.Estimate([1, double.NaN], [1, 1]));
        Should.Throw<InvalidValueException>(() => PoissonGamma.Estimate([1, 2], [1, double.PositiveInfinity]));
        Should.Throw<InvalidValueException>(() => PoissonGamma.Estimate([1, 1e16], [1, 1]));
        Should.Throw<ArgumentException>(() => PoissonGamma.Estimate([1, 2], [1]));
        Should.Throw<ArgumentOutOfRangeException>(() => PoissonGamma.Estimate([1, 2], [1, 1], coverage: 1));
    }

    [Fact]
    public void Estimate_Page_ShowsWhatIsComputed()
    {
        double[] o = [12, 3, 0, 25, 9];
        double[] e = [8.1, 5.2, 1.3, 14.6, 11.8];
        var (free, one) = (PoissonGamma.Estimate(o, e), PoissonGamma.Estimate(o, e, PriorMean.One));
        WorkedExampleTests.ShouldShow(
            "shrinkage.md",
            $"shape, rate           {WorkedExampleTests.List([free.Shape, free.Rate], 4)}",
            $"log likelihood        {WorkedExampleTests.List([free.LogLikelihood], 4)}",
            $"posterior mean        {WorkedExampleTests.List(free.PosteriorMean, 4)}",
            $"limits of the fourth  {WorkedExampleTests.List([free.Lower[3], free.Upper[3]], 4)}",
            $"shape (mean one)      {WorkedExampleTests.List([one.Shape], 4)}");
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(1.0, 1e-9)]
    [InlineData(32.0, 0.7)]
    [InlineData(33.0, 0.7)]
    [InlineData(7.5, 0.3)]
    [InlineData(2.25, 40.0)]
    [InlineData(1000.0, 1e-3)]
    [InlineData(1000.0, 5.0)]
    [InlineData(900.5, 0.02)]
    public void RisingProducts_AnyCount_EqualTheGammaFunction(double count, double dispersion)
    {
        // Products for whole counts, the gamma function for the others.
        var whole = count == Math.Floor(count);
        var a = 1 / dispersion;
        var log = whole
            ? CompensatedSum.Of([.. Enumerable.Range(0, (int)count).Select(k => Elementary.Log1P(k * dispersion))])
            : SpecialFunctions.GammaLn(a + count) - SpecialFunctions.GammaLn(a) - (count * Math.Log(a));
        var slope = whole
            ? CompensatedSum.Of([.. Enumerable.Range(0, (int)count).Select(k => k / (1 + (k * dispersion)))])
            : a * (count - (a * (SpecialFunctions.DiGamma(a + count) - SpecialFunctions.DiGamma(a))));
        RisingProducts.Log(dispersion, count).ShouldBe(log, 1e-12 * (1 + Math.Abs(log)));
        RisingProducts.Derivative(dispersion, count).ShouldBe(slope, 1e-11 * (1 + Math.Abs(slope)));
    }

    /// <summary>The marginal likelihood with gamma functions, as it is written in the books.</summary>
    private static double Direct(double[] o, double[] e, double d, double m)
    {
        if (d == 0)
        {
            return o.Zip(e, (count, expected) => (count * Math.Log(m * expected)) - (m * expected) - SpecialFunctions.GammaLn(count + 1)).Sum();
        }

        var (a, b) = (1 / d, 1 / d / m);
        return o.Zip(e, (count, expected) =>
            SpecialFunctions.GammaLn(a + count) - SpecialFunctions.GammaLn(a) - SpecialFunctions.GammaLn(count + 1)
            + (a * Math.Log(b / (b + expected))) + (count * Math.Log(expected / (b + expected)))).Sum();
    }

    private static (double[] Counts, double[] Expected) Counts(int seed, int units, double spread)
    {
        var random = new Random(seed);
        var effects = RandomData.Normals(seed + 1, units);
        var expected = Enumerable.Range(0, units).Select(_ => 0.5 + (40 * random.NextDouble())).ToArray();
        var counts = expected.Select((mu, i) => (double)Poisson(random, mu * Math.Exp(spread * effects[i]))).ToArray();
        counts[0] += 1;
        return (counts, expected);
    }

    private static int Poisson(Random random, double mean)
    {
        var (count, left) = (0, -Math.Log(1 - random.NextDouble()));
        while (left < mean)
        {
            count++;
            left -= Math.Log(1 - random.NextDouble());
        }

        return count;
    }
}
