using Fikspunkt.Statistics.Shrinkage;

namespace Fikspunkt.Statistics.Tests.Shrinkage;

public sealed class PanelNoiseTests
{
    [Theory]
    [InlineData(LikelihoodKind.Restricted, null)]
    [InlineData(LikelihoodKind.Full, null)]
    [InlineData(LikelihoodKind.Restricted, 0.3)]
    public void Estimate_PanelWithGaps_IsTheHighestPointOfTheDirectLikelihood(LikelihoodKind kind, double? rho)
    {
        var panel = Panel.Draw(seed: 4, units: 12, periods: 7, phi: 2, rho: 0.5, tau: 1.5, gaps: true);
        var estimate = panel.Estimate(new PanelNoiseOptions(rho, kind));
        var best = Direct(panel, kind, estimate.Phi, estimate.BetweenVariance, estimate.Autocorrelation);
        estimate.LogLikelihood.ShouldBe(best, 1e-9);
        estimate.BetweenVariance.ShouldBeGreaterThan(0);
        foreach (var factor in new[] { 0.97, 1.03 })
        {
            Direct(panel, kind, factor * estimate.Phi, estimate.BetweenVariance, estimate.Autocorrelation).ShouldBeLessThan(best);
            Direct(panel, kind, estimate.Phi, factor * estimate.BetweenVariance, estimate.Autocorrelation).ShouldBeLessThan(best);
            if (rho is null)
            {
                Direct(panel, kind, estimate.Phi, estimate.BetweenVariance, estimate.Autocorrelation + (factor - 1)).ShouldBeLessThan(best);
            }
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.6)]
    public void Estimate_ManyUnits_FindsTheTruth(double rho)
    {
        var estimate = Panel.Draw(seed: 5, units: 800, periods: 8, phi: 3, rho, tau: 0.8, gaps: false).Estimate(new PanelNoiseOptions());
        estimate.Autocorrelation.ShouldBe(rho, 0.06);
        estimate.Phi.ShouldBe(3, 0.35);
        estimate.BetweenVariance.ShouldBe(0.64, 0.15);
    }

    [Fact]
    public void PhiDegreesOfFreedom_ManyPanels_DescribeTheSpreadOfPhi()
    {
        var estimates = Enumerable.Range(0, 120).Select(seed =>
            Panel.Draw(10 + (7 * seed), units: 30, periods: 6, phi: 2, rho: 0.4, tau: 3, gaps: false).Estimate(new PanelNoiseOptions())).ToArray();
        var logs = estimates.Select(estimate => Math.Log(estimate.Phi)).ToArray();
        var spread = logs.Sum(log => (log - logs.Average()) * (log - logs.Average())) / (logs.Length - 1);
        var said = estimates.Select(estimate => 2 / estimate.PhiDegreesOfFreedom).Order().ElementAt(60);

        // A variance from 120 panels has a standard error of 13 per cent.
        spread.ShouldBeInRange(0.6 * said, 1.6 * said);
        said.ShouldBeGreaterThan(2.0 / (30 * 5));
    }

    [Fact]
    public void Estimate_NoAutocorrelationAndEvenShape_IsTheRandomInterceptModel()
    {
        var panel = Panel.Draw(seed: 8, units: 15, periods: 5, phi: 1, rho: 0, tau: 1, gaps: true);
        var even = panel with { Shape = [.. panel.Shape.Select(_ => 0.25)] };
        var estimate = even.Estimate(new PanelNoiseOptions(Autocorrelation: 0));
        var mixed = RandomIntercept.Fit(PanelNoise.PeriodColumns(panel.Periods), panel.Y, panel.Units);
        (0.25 * estimate.Phi).ShouldBe(mixed.ResidualVariance, 1e-10);
        estimate.BetweenVariance.ShouldBe(mixed.BetweenVariance, 1e-8);
        estimate.Levels.ShouldBe(mixed.Effects, 1e-8);
        estimate.LevelSd.ShouldBe(mixed.ConditionalSd, 1e-8);
        estimate.LogLikelihood.ShouldBe(mixed.LogLikelihood, 1e-9);
    }

    [Fact]
    public void Estimate_ScaleShiftAndOrder_ChangeWhatTheyShould()
    {
        var panel = Panel.Draw(seed: 9, units: 20, periods: 6, phi: 2, rho: 0.3, tau: 1, gaps: true);
        var estimate = panel.Estimate(new PanelNoiseOptions());
        var order = RandomData.Permutation(9, panel.Y.Length);
        var moved = new Panel(
            [.. order.Select(i => (1e-3 * panel.Y[i]) + 50 + panel.Periods[i])],
            [.. order.Select(i => 1e-6 * panel.Shape[i])],
            [.. order.Select(i => panel.Units[i])],
            [.. order.Select(i => panel.Periods[i])]).Estimate(new PanelNoiseOptions());
        moved.Autocorrelation.ShouldBe(estimate.Autocorrelation, 1e-4);
        moved.Phi.ShouldBe(estimate.Phi, 1e-3 * estimate.Phi);
        moved.BetweenVariance.ShouldBe(1e-6 * estimate.BetweenVariance, 1e-9 * estimate.BetweenVariance);
        moved.PhiDegreesOfFreedom.ShouldBe(estimate.PhiDegreesOfFreedom, 0.02 * estimate.PhiDegreesOfFreedom);
    }

    [Fact]
    public void Estimate_PureNoise_CanHaveNoLastingDifferences()
    {
        var panel = Panel.Draw(seed: 1, units: 10, periods: 4, phi: 1, rho: 0, tau: 0, gaps: false);
        var centred = panel.Y.Select((y, i) => y - panel.Y.Where((_, j) => panel.Units[j] == panel.Units[i]).Average()).ToArray();
        var estimate = (panel with { Y = centred }).Estimate(new PanelNoiseOptions(Autocorrelation: 0));
        estimate.BetweenVariance.ShouldBe(0);
        estimate.Levels.ShouldAllBe(level => level == 0);
        estimate.PhiDegreesOfFreedom.ShouldBe(40 - 4, 1e-9);
    }

    [Fact]
    public void Estimate_AllTied_HasNoNoise()
    {
        var panel = Panel.Draw(seed: 1, units: 5, periods: 4, phi: 1, rho: 0, tau: 0, gaps: false);
        var estimate = (panel with { Y = [.. panel.Y.Select(_ => 7.3)] }).Estimate(new PanelNoiseOptions());
        (estimate.Phi, estimate.BetweenVariance, estimate.LogLikelihood).ShouldBe((0, 0, double.PositiveInfinity));
        estimate.Autocorrelation.ShouldBe(double.NaN);
        estimate.Coefficients[0].ShouldBe(7.3, 1e-12);
    }

    [Fact]
    public void Estimate_ImpossibleInput_Throws()
    {
        var panel = Panel.Draw(seed: 2, units: 5, periods: 4, phi: 1, rho: 0, tau: 1, gaps: false);
        Should.Throw<ArgumentException>(() => (panel with { Periods = [.. panel.Periods.Select(period => period / 2)] }).Estimate(new PanelNoiseOptions()));
        Should.Throw<InvalidValueException>(() => (panel with { Shape = [.. panel.Shape.Select(_ => 0.0)] }).Estimate(new PanelNoiseOptions())).Argument.ShouldBe("shape");
        Should.Throw<InvalidValueException>(() => panel.Estimate(new PanelNoiseOptions(Autocorrelation: 1)));
        var two = Panel.Draw(seed: 3, units: 5, periods: 2, phi: 1, rho: 0, tau: 1, gaps: false);
        Should.Throw<TooFewUnitsException>(() => two.Estimate(new PanelNoiseOptions())).Needed.ShouldBe(3);
        two.Estimate(new PanelNoiseOptions(Autocorrelation: 0)).Phi.ShouldBeGreaterThan(0);
    }

    private static double Direct(Panel panel, LikelihoodKind kind, double phi, double between, double rho) =>
        DirectLikelihood.Of(PanelNoise.PeriodColumns(panel.Periods), panel.Y, kind, (i, j) => panel.Units[i] != panel.Units[j]
            ? 0
            : between + (phi * Math.Sqrt(panel.Shape[i] * panel.Shape[j]) * Math.Pow(rho, Math.Abs(panel.Periods[i] - panel.Periods[j]))));

    private sealed record Panel(double[] Y, double[] Shape, int[] Units, int[] Periods)
    {
        public static Panel Draw(int seed, int units, int periods, double phi, double rho, double tau, bool gaps)
        {
            var (noise, levels, sizes) = (RandomData.Normals(seed, units * periods), RandomData.Normals(seed + 1, units), RandomData.Normals(seed + 2, units));
            var rows = new List<(double Y, double Shape, int Unit, int Period)>();
            for (var unit = 0; unit < units; unit++)
            {
                var state = 0.0;
                for (var period = 0; period < periods; period++)
                {
                    var draw = noise[(unit * periods) + period];
                    state = period == 0 ? draw : (rho * state) + (Math.Sqrt(1 - (rho * rho)) * draw);
                    var shape = Math.Exp(sizes[unit]) * (1 + (0.1 * period));
                    if (!gaps || (unit + (3 * period)) % 5 > 0)
                    {
                        rows.Add((10 + period + (tau * levels[unit]) + (Math.Sqrt(phi * shape) * state), shape, unit, period));
                    }
                }
            }

            return new Panel([.. rows.Select(row => row.Y)], [.. rows.Select(row => row.Shape)], [.. rows.Select(row => row.Unit)], [.. rows.Select(row => row.Period)]);
        }

        public PanelNoiseEstimate Estimate(PanelNoiseOptions options) =>
            PanelNoise.Estimate(PanelNoise.PeriodColumns(Periods), Y, Shape, Units, Periods, options);
    }
}
