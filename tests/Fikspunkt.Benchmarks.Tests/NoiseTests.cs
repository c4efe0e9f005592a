using Fikspunkt.Benchmarks.Expected;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics;

namespace Fikspunkt.Benchmarks.Tests;

public class NoiseTests
{
    [Theory]
    [InlineData(0.0, 12, 12, 0)]
    [InlineData(0.9, 12, 12, 0.469)]
    [InlineData(0.9, 1, 3, 0.729)]
    [InlineData(0.9, 12, 0, 1)]
    public void Correlation_OfMeans_MatchesNaiveSum(double rho, int length, int lag, double wanted)
    {
        double above = 0, below = 0;
        for (var a = 0; a < length; a++)
        {
            for (var b = 0; b < length; b++)
            {
                above += Math.Pow(rho, Math.Abs(lag + a - b));
                below += Math.Pow(rho, Math.Abs(a - b));
            }
        }

        ChanceNoise.Correlation(rho, length, lag).ShouldBe(above / below, 1e-12);
        ChanceNoise.Correlation(rho, length, lag).ShouldBe(wanted, 1e-3);
    }

    [Fact]
    public void ForMonth_MonthsOfWindow_GiveTheWindowsVarianceBack()
    {
        var year = new ChanceNoise(2, 0.001, 0.9, 12, 100);
        var month = year.ForMonth();
        var mean = 0.0;
        for (var a = 0; a < 12; a++)
        {
            for (var b = 0; b < 12; b++)
            {
                mean += month.Factor * Math.Pow(0.9, Math.Abs(a - b)) / 144;
            }
        }

        mean.ShouldBe(2, 1e-12);
    }

    [Fact]
    public void PanelNoise_KnownNoiseBesideLevels_IsFound()
    {
        // 98 units of very different size, 10 years, true levels of up to 30 % besides: the factors come back within sampling error.
        var random = new Random(3);
        var estimates = Enumerable.Range(0, 12).Select(_ => PanelNoise.Estimate(Panel(random, factor: 1.5, common: 0, rho: 0.9), 12, null)!).ToArray();
        estimates.Average(e => e.Factor).ShouldBe(1.5, 0.2);
        estimates.Average(e => e.MonthlyCorrelation).ShouldBe(0.9, 0.04);
        estimates.Average(e => e.Common).ShouldBeLessThan(0.0005);

        var moving = Enumerable.Range(0, 12).Select(_ => PanelNoise.Estimate(Panel(random, factor: 1.5, common: 0.01, rho: 0.9), 12, null)!).ToArray();
        moving.Average(e => e.Common).ShouldBe(0.01, 0.002);
    }

    [Fact]
    public void PanelNoise_TwoPeriods_SaysNothing() =>
        PanelNoise.Estimate([.. Panel(new Random(1), 1, 0, 0.5).Take(2)], 12, null).ShouldBeNull();

    [Fact]
    public void ErrorCovariance_OfTwoOutcomes_MatchesSimulation()
    {
        // The errors are a linear map of chance and effects, so that drawing those and applying the map by hand must give the covariance.
        var panel = new MadeUpPanel(units: 12);
        var spec = MadeUpPanel.Spec(EstimatorFamily.Linear, noise: new NoiseSpec(NoiseModel.Binomial, 3), periods: new PeriodSpec(PeriodKind.Year, ["latest"], 0));
        var reader = new Panels.PanelReader(spec, panel.Definitions(), panel.Observations);
        var year = reader.Read(Period.OfYear(2019), null);
        ErrorParts[] parts = [OutcomeModel.FitOne(spec, 0, reader.Areas, [year], null), OutcomeModel.FitOne(spec, 1, reader.Areas, [year], null)];
        var chance = new RowMatrix(2, 2, [1, -0.4, -0.4, 1]);
        var effects = new RowMatrix(2, 2, [1, 0.6, 0.6, 1]);
        int[] units = [.. Enumerable.Range(0, 12)];
        double[] actualScale = [.. units.Select(i => 1 + (0.1 * i))];
        double[] expectedScale = [.. units.Select(i => 2 - (0.1 * i))];
        var errors = ErrorCovariance.Of(parts, chance, effects, units, 0, actualScale, expectedScale, (_, _) => 0, withMatrix: true);

        const int Draws = 40_000;
        var random = new Random(5);
        var sum = new double[12, 12];
        for (var draw = 0; draw < Draws; draw++)
        {
            var error = new double[12];
            var c = new double[2, 12];
            var u = new double[2, 12];
            for (var j = 0; j < 12; j++)
            {
                var (a, b) = (Normal(random), Normal(random));
                (c[0, j], c[1, j]) = (parts[0].ChanceSd[j] * a, parts[1].ChanceSd[j] * ((-0.4 * a) + (Math.Sqrt(1 - 0.16) * b)));
                (a, b) = (Normal(random), Normal(random));
                (u[0, j], u[1, j]) = (parts[0].EffectSd[j] * a, parts[1].EffectSd[j] * ((0.6 * a) + (0.8 * b)));
            }

            for (var i = 0; i < 12; i++)
            {
                for (var g = 0; g < 2; g++)
                {
                    error[i] += actualScale[i] * c[g, i];
                    for (var j = 0; j < 12; j++)
                    {
                        error[i] -= expectedScale[i] * parts[g].Influence[i, j] * (c[g, j] + u[g, j]);
                    }
                }
            }

            for (var i = 0; i < 12; i++)
            {
                for (var j = 0; j < 12; j++)
                {
                    sum[i, j] += error[i] * error[j] / Draws;
                }
            }
        }

        for (var i = 0; i < 12; i++)
        {
            errors.Variance[i].ShouldBe(errors.Matrix![i, i], 1e-15);
            for (var j = 0; j < 12; j++)
            {
                errors.Matrix![i, j].ShouldBe(sum[i, j], 6 * Math.Sqrt(errors.Variance[i] * errors.Variance[j] / Draws));
            }
        }
    }

    [Theory]
    [InlineData(EstimatorFamily.Linear, false)]
    [InlineData(EstimatorFamily.FractionalLogit, false)]
    [InlineData(EstimatorFamily.FractionalLogit, true)]
    public void Influence_SmallChangeOfOneShare_MovesExpectationsAsStated(EstimatorFamily family, bool pooled)
    {
        var panel = new MadeUpPanel(units: 12, years: 3);
        var spec = MadeUpPanel.Spec(family, pooled, noise: new NoiseSpec(NoiseModel.Binomial, 1));
        var reader = new Panels.PanelReader(spec, panel.Definitions(), panel.Observations);
        Panels.PanelPeriod[] years = pooled ? [reader.Read(Period.OfYear(2016), null), reader.Read(Period.OfYear(2017), null)] : [reader.Read(Period.OfYear(2016), null)];
        var rows = FitRows.Of(spec, years, 0);
        var fit = Expectation.Fit(rows, spec.Estimator);
        const double Step = 1e-6;
        var moved = Expectation.Fit(rows with { Shares = [.. rows.Shares.Select((share, r) => r == 4 ? share + Step : share)] }, spec.Estimator);
        var influence = fit.Influence();
        for (var r = 0; r < rows.Count; r++)
        {
            ((moved.Expected[r] - fit.Expected[r]) / Step).ShouldBe(influence[r, 4], 1e-4);
        }

        influence[4, 4].ShouldBe(0);
    }

    private static List<NoisePeriod> Panel(Random random, double factor, double common, double rho)
    {
        const int Units = 98;
        var share = 0.03;
        var size = Enumerable.Range(0, Units).Select(_ => 3000 * Math.Exp(random.NextDouble() * 4)).ToArray();
        var level = Enumerable.Range(0, Units).Select(_ => 0.003 * Normal(random)).ToArray();
        var months = Enumerable.Range(0, Units).Select(_ => Series(random, rho, 120)).ToArray();
        var toYear = 1 / Math.Sqrt(new ChanceNoise(1, 0, rho, 12, 1).ForMonth().Factor);
        return
        [
            .. Enumerable.Range(0, 10).Select(t => new NoisePeriod(
                12 * t,
                [.. Enumerable.Range(0, Units).Select(i => level[i]
                    + (Math.Sqrt((factor * share * (1 - share) / size[i]) + (common * share * share * (1 - share) * (1 - share))) * months[i].AsSpan(12 * t, 12).ToArray().Average() / toYear))],
                [.. Enumerable.Repeat(share, Units)],
                [.. Enumerable.Repeat(share * (1 - share), Units)],
                size)),
        ];
    }

    private static double[] Series(Random random, double rho, int length)
    {
        var series = new double[length];
        series[0] = Normal(random);
        for (var t = 1; t < length; t++)
        {
            series[t] = (rho * series[t - 1]) + (Math.Sqrt(1 - (rho * rho)) * Normal(random));
        }

        return series;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
