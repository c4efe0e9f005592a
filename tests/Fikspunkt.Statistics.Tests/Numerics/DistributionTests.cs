using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Tests.Rates;

namespace Fikspunkt.Statistics.Tests.Numerics;

public sealed class DistributionTests
{
    // Printed tables to 15 digits or more: Abramowitz and Stegun 26.2; the last two are the first digits of exact tails.
    [Theory]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.5, 0.0)]
    [InlineData(0.8413447460685429, 1.0)]
    [InlineData(0.9986501019683699, 3.0)]
    [InlineData(0.999, 3.090232306167813)]
    [InlineData(1e-10, -6.361340902404056)]
    public void NormalQuantile_KnownValues_Match(double p, double z) =>
        NormalDistribution.Quantile(p).ShouldBe(z, 2e-15 * Math.Max(1, Math.Abs(z)));

    [Fact]
    public void NormalQuantile_AnyProbability_InvertsTheDistribution() =>
        RandomData.ForAllSeeds(seed =>
        {
            var p = Math.Exp(-seed / 20_000.0) / 2;
            NormalDistribution.Cumulative(NormalDistribution.Quantile(p)).ShouldBe(p, 1e-13 * p);
            if (p > 1e-12)
            {
                NormalDistribution.Quantile(1 - p).ShouldBe(-NormalDistribution.Quantile(1 - (1 - p)), 1e-14);
            }
        });

    [Fact]
    public void Quantiles_EndsAndOutside_AreDocumentedValues()
    {
        NormalDistribution.Quantile(0).ShouldBe(double.NegativeInfinity);
        NormalDistribution.Quantile(1).ShouldBe(double.PositiveInfinity);
        NormalDistribution.Quantile(double.NaN).ShouldBe(double.NaN);
        NormalDistribution.Quantile(1.5).ShouldBe(double.NaN);
        Distributions.ChiSquaredQuantile(0, 3).ShouldBe(0);
        Distributions.ChiSquaredQuantile(1, 3).ShouldBe(double.PositiveInfinity);
        Distributions.BetaQuantile(1, 3, 2).ShouldBe(1);
        Distributions.StudentTQuantile(1, 3).ShouldBe(double.PositiveInfinity);
        Should.Throw<ArgumentOutOfRangeException>(() => Distributions.BetaQuantile(double.NaN, 1, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => Distributions.StudentTQuantile(0.5, 0));
    }

    [Fact]
    public void StudentTQuantile_ClosedForms_Match() =>
        RandomData.ForAllSeeds(seed =>
        {
            // One degree of freedom: tan(pi (p - 1/2)); two: (2p - 1) / sqrt(2 p (1 - p)).
            var p = seed / 1_000_001.0;
            Distributions.StudentTQuantile(p, 1).ShouldBe(Math.Tan(Math.PI * (p - 0.5)), 1e-12 / (p * (1 - p)));
            Distributions.StudentTQuantile(p, 2).ShouldBe(((2 * p) - 1) / Math.Sqrt(2 * p * (1 - p)), 1e-12 / Math.Sqrt(p * (1 - p)));
        });

    [Fact]
    public void StudentTQuantile_InfiniteDegreesOfFreedom_IsNormal()
    {
        Distributions.StudentTQuantile(0.975, double.PositiveInfinity).ShouldBe(NormalDistribution.Quantile(0.975));
        Distributions.StudentTQuantile(0.975, 1e9).ShouldBe(NormalDistribution.Quantile(0.975), 1e-8);
        Distributions.StudentTTwoSided(2.5, double.PositiveInfinity).ShouldBe(Distributions.StudentTTwoSided(-2.5, 1e9), 1e-9);

        // The expansion takes over where the incomplete beta function stops: no step there, and both ways agree.
        foreach (var p in new[] { 0.6, 0.975, 0.999999 })
        {
            Distributions.StudentTQuantile(p, 1.0001e5).ShouldBe(Distributions.StudentTQuantile(p, 0.9999e5), 1e-7);
            Distributions.StudentTTwoSided(Distributions.StudentTQuantile(p, 2e5), 2e5).ShouldBe(2 * (1 - p), 1e-12);
            Distributions.StudentTTwoSided(2.1, 1.0001e5).ShouldBe(Distributions.StudentTTwoSided(2.1, 0.9999e5), 1e-8);
        }
    }

    [Fact]
    public void ChiSquaredQuantile_TwoDegreesOfFreedom_IsMinusTwiceTheLog() =>
        RandomData.ForAllSeeds(seed =>
        {
            var p = Math.Exp(-seed / 30_000.0);
            Distributions.ChiSquaredQuantile(p, 2).ShouldBe(-2 * Elementary.Log1P(-p), 1e-12 * -Elementary.Log1P(-p));
        });

    [Fact]
    public void ChiSquared_ManyDegreesOfFreedom_HaveNoStepWhereTheExpansionTakesOver()
    {
        foreach (var p in new[] { 1e-6, 0.025, 0.4, 0.5, 0.975 })
        {
            // The quantile grows by 1 + z / sqrt(2 df) per degree of freedom.
            var (below, above) = (Distributions.ChiSquaredQuantile(p, 1e7), Distributions.ChiSquaredQuantile(p, 1e7 + 1));
            (above - below).ShouldBe(1 + (NormalDistribution.Quantile(p) / Math.Sqrt(2e7)), 1e-3);
            Distributions.ChiSquaredTail(Distributions.ChiSquaredQuantile(p, 3e7), 3e7).ShouldBe(1 - p, 1e-7);
            Distributions.ChiSquaredTail(below, 1e7 + 1).ShouldBe(1 - p, 2e-4);
        }

        Distributions.ChiSquaredQuantile(0.5, 1e300).ShouldBe(1e300, 1e286);
        (Distributions.ChiSquaredQuantile(0, 1e9), Distributions.ChiSquaredQuantile(1, 1e9)).ShouldBe((0, double.PositiveInfinity));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(25)]
    public void BetaQuantile_WholeShapes_InvertBinomialSums(int a)
    {
        // P(B(a, b) <= x) = P(at least a of a + b - 1 at x), added up in decimals.
        foreach (var p in new[] { 0.001, 0.025, 0.5, 0.975 })
        {
            var x = Distributions.BetaQuantile(p, a, 26 - a);
            (1 - (double)BinomialTwin.AtMost(a - 1, 25, (decimal)x)).ShouldBe(p, 1e-12);
        }
    }

    [Fact]
    public void Type7InPlace_AnySample_EqualsSorting() =>
        RandomData.ForAllSeeds(seed =>
        {
            var values = RandomData.Normals(seed, 1 + (seed % 60));
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = seed % 2 == 0 ? Math.Round(values[i]) : values[i];
            }

            var p = seed / 1_000_000.0;
            var sorted = values.Order().ToArray();
            var position = (sorted.Length - 1) * p;
            var below = (int)position;
            var expected = sorted[below] + ((position - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
            Quantiles.Type7InPlace(values, p).ShouldBe(expected, 1e-15);
        });

    [Fact]
    public void CompensatedSum_CancellingTerms_KeepsEveryDigit()
    {
        CompensatedSum.Of([1e100, 1, -1e100, 1]).ShouldBe(2);
        CompensatedSum.Of(Enumerable.Repeat(0.1, 1_000_000).ToArray()).ShouldBe(100_000, 1e-10);
        CompensatedSum.OfProducts([1e10, 1, -1e10], [1e10, 3, 1e10]).ShouldBe(3);
        CompensatedSum.Of([]).ShouldBe(0);
        CompensatedSum.Of([1, double.PositiveInfinity, 5]).ShouldBe(double.PositiveInfinity);
    }

    [Theory]
    [InlineData(1e-20, 1e-20)]
    [InlineData(1e-9, 9.999999995e-10)]
    [InlineData(-1e-9, -1.0000000005e-9)]
    [InlineData(1.0, 0.6931471805599453)]
    public void Log1P_SmallAndLarge_KeepsItsDigits(double x, double expected) =>
        Elementary.Log1P(x).ShouldBe(expected, 4e-16 * Math.Abs(expected));

    [Fact]
    public void Log1P_Ends_AreInfinite()
    {
        Elementary.Log1P(-1).ShouldBe(double.NegativeInfinity);
        Elementary.Log1P(double.PositiveInfinity).ShouldBe(double.PositiveInfinity);
    }

    // The known answers that the authors of Philox publish with Random123 (kat_vectors, philox 4x32 10).
    [Theory]
    [InlineData(0, 0, 0, 0, 0L, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, -1L, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0x299f31d0a4093822L, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void CounterRandom_KnownAnswers_Match(uint a, uint b, uint c, uint d, long seed, uint first, uint second, uint third, uint fourth) =>
        new CounterRandom(seed).Block(a, b, c, d).ShouldBe((first, second, third, fourth));

    [Fact]
    public void CounterRandom_Normals_HaveNormalMomentsAndDependOnTheStreamOnly()
    {
        var random = new CounterRandom(42);
        var (values, again, other) = (new double[200_000], new double[101], new double[101]);
        random.Normals(7, values);
        random.Normals(7, again);
        random.Normals(8, other);
        again.ShouldBe(values[..101]);
        other.ShouldNotBe(again);
        values.Average().ShouldBe(0, 0.01);
        values.Average(z => z * z).ShouldBe(1, 0.015);
        values.Average(z => z * z * z * z).ShouldBe(3, 0.1);
        values.Zip(values.Skip(1), (left, right) => left * right).Average().ShouldBe(0, 0.01);
    }
}
