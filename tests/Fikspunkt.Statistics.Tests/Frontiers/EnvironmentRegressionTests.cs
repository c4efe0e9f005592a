using Fikspunkt.Statistics.Frontiers;
using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Tests.Frontiers;

public sealed class EnvironmentRegressionTests
{
    [Fact]
    public void TruncatedFit_LargeSample_FindsTheTruth()
    {
        const int n = 20_000;
        double[] truth = [1.1, 0.4];
        const double sigma = 0.3;
        var random = new CounterRandom(5);
        var (z, y) = (new RowMatrix(n, 2), new double[n]);
        for (var i = 0; i < n; i++)
        {
            (z[i, 0], z[i, 1]) = (1, random.Uniforms(1, i).First);
            y[i] = TruncatedRegression.Draw(truth[0] + (truth[1] * z[i, 1]), sigma, random.Uniforms(2, i).First);
        }

        y.Min().ShouldBeGreaterThanOrEqualTo(1);
        var fit = TruncatedRegression.Fit(z, y, [1, 0, 1]);
        fit[0].ShouldBe(truth[0], 0.03);
        fit[1].ShouldBe(truth[1], 0.03);
        fit[2].ShouldBe(sigma, 0.01);
        TruncatedRegression.Fit(z, y, [3, -1, 0.1]).ShouldBe(fit, 1e-6);
    }

    [Fact]
    public void TruncatedFit_AnySample_NoNeighbourIsMoreLikely() => RandomData.ForAllSeeds(seed =>
    {
        var draws = RandomData.Normals(seed, 60);
        var z = RowMatrix.FromColumns([.. Enumerable.Repeat(1.0, 30)], draws[..30]);
        double[] y = [.. draws[30..].Select((value, i) => 1 + Math.Abs(0.6 + (0.2 * draws[i]) + (0.3 * value)))];
        var fit = TruncatedRegression.Fit(z, y, [1.5, 0, 0.5]);
        var best = LogLikelihood(z, y, fit);
        for (var c = 0; c < 3; c++)
        {
            foreach (var step in new[] { -1e-3, 1e-3 })
            {
                var other = fit.ToArray();
                other[c] += step;
                LogLikelihood(z, y, other).ShouldBeLessThan(best);
            }
        }
    });

    [Fact]
    public void TruncatedFit_SampleMoreSkewedThanAnExponential_HasNoMaximum()
    {
        // The wider and lower the normal distribution, the more likely is a sample with a coefficient of variation well above 1.
        double[] y = [.. Enumerable.Range(0, 20).Select(i => 1 + Math.Exp(i - 15))];
        var fit = TruncatedRegression.Fit(RowMatrix.FromColumns([.. Enumerable.Repeat(1.0, 20)]), y, [1, 1]);
        fit.ShouldAllBe(value => double.IsNaN(value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void Fit_WasteGrowsWithTheEnvironment_IsFound(int biasReplications)
    {
        var (x, y, z) = Waste(120);
        var result = EnvironmentRegression.Fit(x, y, z, new FrontierOptions(), new EnvironmentOptions(biasReplications, Replications: 300));
        result.Lower[1].ShouldBeGreaterThan(0);
        result.Coefficients[1].ShouldBeInRange(result.Lower[1] - 0.05, result.Upper[1] + 0.05);
        result.Used.ShouldBeGreaterThan(60);
        result.Delta.Length.ShouldBe(120);
        var one = EnvironmentRegression.Fit(x, y, z, new FrontierOptions { Threads = 1 }, new EnvironmentOptions(biasReplications, Replications: 300));
        one.Lower.ShouldBe(result.Lower);
        one.Coefficients.ShouldBe(result.Coefficients);
    }

    [Fact]
    public void Fit_TwoUnits_AreTooFew() => Should.Throw<TooFewUnitsException>(() => EnvironmentRegression.Fit(
        new RowMatrix(2, 1, [1, 2]), new RowMatrix(2, 1, [1, 1]), new RowMatrix(2, 1, [1, 1]), new FrontierOptions(), new EnvironmentOptions()));

    /// <summary>One output from two inputs; waste grows with the second environment column (the first is the intercept).</summary>
    private static (RowMatrix X, RowMatrix Y, RowMatrix Z) Waste(int n)
    {
        var random = new CounterRandom(77);
        var (x, y, z) = (new RowMatrix(n, 2), new RowMatrix(n, 1), new RowMatrix(n, 2));
        for (var i = 0; i < n; i++)
        {
            var (mix, size) = random.Uniforms(0, i);
            var (environment, luck) = random.Uniforms(1, i);
            (z[i, 0], z[i, 1]) = (1, environment);
            var waste = TruncatedRegression.Draw(0.9 + (0.6 * environment), 0.15, luck);
            y[i, 0] = 1 + (9 * size);
            (x[i, 0], x[i, 1]) = (y[i, 0] * waste * (0.5 + mix), y[i, 0] * waste / (0.5 + mix));
        }

        return (x, y, z);
    }

    private static double LogLikelihood(RowMatrix z, double[] y, double[] fit)
    {
        var value = 0.0;
        for (var i = 0; i < y.Length; i++)
        {
            var mean = (z[i, 0] * fit[0]) + (z[i, 1] * fit[1]);
            value -= (0.5 * Math.Pow((y[i] - mean) / fit[2], 2)) + Math.Log(fit[2]) + Math.Log(NormalDistribution.Cumulative((mean - 1) / fit[2]));
        }

        return value;
    }
}
