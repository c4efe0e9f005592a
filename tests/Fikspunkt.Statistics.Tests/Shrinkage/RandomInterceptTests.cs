using Fikspunkt.Statistics.Shrinkage;

namespace Fikspunkt.Statistics.Tests.Shrinkage;

public sealed class RandomInterceptTests
{
    [Theory]
    [InlineData(LikelihoodKind.Restricted)]
    [InlineData(LikelihoodKind.Full)]
    public void Fit_UnbalancedWithCovariates_EqualsTheDirectLikelihood(LikelihoodKind kind)
    {
        var (x, y, groups) = Unbalanced(3);
        var fit = RandomIntercept.Fit(x, y, groups, kind);
        fit.BetweenVariance.ShouldBeGreaterThan(0);
        var at = DirectLikelihood.Of(x, y, kind, (i, j) => (groups[i] == groups[j] ? fit.BetweenVariance : 0) + (i == j ? fit.ResidualVariance : 0));
        fit.LogLikelihood.ShouldBe(at, 1e-9);
        foreach (var (between, residual) in new[] { (1.02, 1.0), (0.98, 1.0), (1.0, 1.02), (1.0, 0.98), (1.01, 0.99) })
        {
            DirectLikelihood.Of(x, y, kind, (i, j) => (groups[i] == groups[j] ? between * fit.BetweenVariance : 0) + (i == j ? residual * fit.ResidualVariance : 0))
                .ShouldBeLessThan(at);
        }
    }

    [Fact]
    public void Fit_ScaleAndShift_ChangeWhatTheyShould() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, groups) = Unbalanced(seed);
            var fit = RandomIntercept.Fit(x, y, groups);
            var scaled = RandomIntercept.Fit(x, [.. y.Select(value => (1e4 * value) + 1e7)], groups);
            scaled.BetweenVariance.ShouldBe(1e8 * fit.BetweenVariance, 1e8 * 1e-6 * (fit.BetweenVariance + fit.ResidualVariance));
            scaled.ResidualVariance.ShouldBe(1e8 * fit.ResidualVariance, 1e8 * 1e-6 * fit.ResidualVariance);
            scaled.Effects.ShouldBe(fit.Effects.Select(effect => 1e4 * effect), 1e-1 * Math.Sqrt(fit.ResidualVariance));
        });

    [Fact]
    public void Fit_NoDifferenceBetweenGroups_HasZeroBetweenVariance()
    {
        double[] y = [1, 3, 2, 2, 3, 1, 1, 3];
        var fit = RandomIntercept.Fit(RowMatrix.FromColumns(Enumerable.Repeat(1.0, 8).ToArray()), y, [0, 0, 1, 1, 2, 2, 3, 3]);
        fit.BetweenVariance.ShouldBe(0);
        fit.Effects.ShouldAllBe(effect => effect == 0);
        fit.ConditionalSd.ShouldAllBe(sd => sd == 0);
    }

    [Fact]
    public void Fit_AllTied_IsPerfect()
    {
        var fit = RandomIntercept.Fit(RowMatrix.FromColumns(Enumerable.Repeat(1.0, 6).ToArray()), Enumerable.Repeat(7.1, 6).ToArray(), [0, 0, 1, 1, 2, 2]);
        (fit.BetweenVariance, fit.ResidualVariance, fit.LogLikelihood).ShouldBe((0, 0, double.PositiveInfinity));
        fit.Coefficients[0].ShouldBe(7.1, 1e-14);
    }

    [Fact]
    public void Fit_TooLittleData_Throws()
    {
        var ones = RowMatrix.FromColumns(Enumerable.Repeat(1.0, 3).ToArray());
        Should.Throw<TooFewUnitsException>(() => RandomIntercept.Fit(ones, [1, 2, 3], [0, 1, 2]));
        Should.Throw<TooFewUnitsException>(() => RandomIntercept.Fit(ones, [1, 2, 3], [0, 0, 0]));
        Should.Throw<ArgumentException>(() => RandomIntercept.Fit(ones, [1, 2, 3], [0, 2, 2]));
        Should.Throw<InvalidValueException>(() => RandomIntercept.Fit(ones, [1, double.NaN, 3], [0, 0, 1]));
    }

    private static (RowMatrix X, double[] Y, int[] Groups) Unbalanced(int seed)
    {
        var (x, y, _) = RandomData.Regression(seed, rows: 40, columns: 3);
        var groups = Enumerable.Range(0, 40).Select(i => i < 8 ? i : i % 8 < 3 ? i % 3 : i % 8).ToArray();
        var effects = RandomData.Normals(seed + 1, 8);
        for (var i = 0; i < 40; i++)
        {
            y[i] += 2 * effects[groups[i]];
        }

        return (x, y, groups);
    }

}

/// <summary>The (restricted) log likelihood of a normal linear model written down directly with dense matrices.</summary>
internal static class DirectLikelihood
{
    public static double Of(RowMatrix x, double[] y, LikelihoodKind kind, Func<int, int, double> covariance)
    {
        var (n, k) = (x.Rows, x.Columns);
        var v = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(n, n, covariance);
        var design = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(n, k, (i, j) => x[i, j]);
        var response = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(y);
        var cholesky = v.Cholesky();
        var information = design.TransposeThisAndMultiply(cholesky.Solve(design));
        var b = information.Solve(design.TransposeThisAndMultiply(cholesky.Solve(response)));
        var r = response - (design * b);
        var twice = cholesky.DeterminantLn + r.DotProduct(cholesky.Solve(r));
        twice += kind == LikelihoodKind.Restricted
            ? Math.Log(information.Determinant()) + ((n - k) * Math.Log(2 * Math.PI))
            : n * Math.Log(2 * Math.PI);
        return -0.5 * twice;
    }
}
