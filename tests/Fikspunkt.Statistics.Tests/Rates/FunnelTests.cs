using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Rates;

namespace Fikspunkt.Statistics.Tests.Rates;

public sealed class FunnelTests
{
    [Theory]
    [InlineData(10, 0.3)]
    [InlineData(25, 0.07)]
    [InlineData(40, 0.5)]
    public void Exact_SmallUnits_EqualTheInterpolatedSumOfProbabilities(int size, double target)
    {
        var limits = Funnel.Exact(target, [size], 0.95);
        limits.Upper[0].ShouldBe(Math.Min(1, Twin(0.975)), 1e-10);
        limits.Lower[0].ShouldBe(Math.Max(0, Twin(0.025)), 1e-10);

        double Twin(double p)
        {
            var r = 0;
            while ((double)BinomialTwin.AtMost(r, size, (decimal)target) < p)
            {
                r++;
            }

            var (at, before) = ((double)BinomialTwin.AtMost(r, size, (decimal)target), r == 0 ? 0 : (double)BinomialTwin.AtMost(r - 1, size, (decimal)target));
            return (r - ((at - p) / (at - before))) / size;
        }
    }

    [Fact]
    public void ExactAndNormal_LargeUnits_Agree()
    {
        double[] sizes = [50_000, 100_000, 500_000];
        var (exact, normal) = (Funnel.Exact(0.2, sizes, 0.998), Funnel.Normal(0.2, sizes, 0.998));
        for (var i = 0; i < sizes.Length; i++)
        {
            var width = normal.Upper[i] - 0.2;
            (exact.Upper[i] - 0.2).ShouldBe(width, 0.02 * width);
            (0.2 - exact.Lower[i]).ShouldBe(width, 0.02 * width);
        }

        // Wider with each kind of overdispersion, as the formula says.
        var wider = Funnel.Normal(0.2, sizes, 0.95, phi: 4, tauSquared: 0.0001);
        wider.Upper[0].ShouldBe(0.2 + (NormalDistribution.Quantile(0.975) * Math.Sqrt((4 * 0.16 / 50_000) + 0.0001)), 1e-15);
    }

    [Fact]
    public void Dispersion_KnownExcess_IsFound()
    {
        const int Units = 4000;
        var (z, u) = (RandomData.Normals(1, Units), RandomData.Normals(2, Units));
        var sizes = Enumerable.Range(0, Units).Select(i => 1000.0 + (i % 7 * 1000)).ToArray();
        var shares = sizes.Select((n, i) => 0.3 + (z[i] * Math.Sqrt(0.21 / n)) + (0.02 * u[i])).ToArray();
        var dispersion = Funnel.Dispersion(shares, sizes, 0.3, winsorised: 0);
        dispersion.Clear.ShouldBeTrue();
        dispersion.TauSquared.ShouldBe(0.0004, 0.00004);
        var plain = Funnel.Dispersion([.. sizes.Select((n, i) => 0.3 + (z[i] * Math.Sqrt(0.21 / n)))], sizes, 0.3, winsorised: 0);
        plain.Phi.ShouldBe(1, 0.08);
        plain.Clear.ShouldBeFalse();
    }

    [Fact]
    public void Dispersion_Winsorised_PullsOuterUnitsIn()
    {
        var sizes = Enumerable.Repeat(400.0, 20).ToArray();
        var shares = Enumerable.Range(0, 20).Select(i => 0.5 + (0.025 * (i % 2 == 0 ? 1 : -1))).ToArray();
        shares[3] = 0.9;
        Funnel.Dispersion(shares, sizes, 0.5).Phi.ShouldBe(1, 1e-12);
        Funnel.Dispersion(shares, sizes, 0.5, winsorised: 0).Phi.ShouldBe((19 + 256) / 20.0, 1e-10);
    }

    [Fact]
    public void Funnel_ImpossibleInput_Throws()
    {
        Should.Throw<InvalidValueException>(() => Funnel.Exact(0, [10], 0.95)).Argument.ShouldBe("target");
        Should.Throw<InvalidValueException>(() => Funnel.Normal(0.5, [0], 0.95)).Argument.ShouldBe("sizes");
        Should.Throw<InvalidValueException>(() => Funnel.Normal(0.5, [10], 0.95, phi: double.NaN)).Argument.ShouldBe("phi");
        Should.Throw<TooFewUnitsException>(() => Funnel.Dispersion([0.5], [10], 0.5));
    }
}
