using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Statistics.Tests.Regression;

public sealed class ClusterCovarianceTests
{
    private const int Rows = 48;

    [Theory]
    [InlineData(ClusterKind.Cr0, 1.0)]
    [InlineData(ClusterKind.Cr1, 8.0 / 7 * 47 / 44)]
    public void ClusterCovariance_Linear_IsTheFormulaWrittenOut(ClusterKind kind, double factor) =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, w) = RandomData.Regression(seed, Rows, columns: 4);
            var fit = LinearRegression.Fit(x, y, w);
            var clusters = fit.ClusterCovariance(Eight(), kind);
            var expected = Written(x, fit.UnscaledCovariance, (i, j) => w[i] * fit.Residuals[i] * x[i, j]);
            clusters.Clusters.ShouldBe(8);
            clusters.DegreesOfFreedom.ShouldBe(7);
            clusters.Covariance.Values.ShouldBe(Array.ConvertAll(expected, value => factor * value), 1e-9);
        });

    [Fact]
    public void ClusterCovariance_Poisson_IsTheFormulaWrittenOut() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, w) = RandomData.Regression(seed, Rows, columns: 3);
            var counts = Array.ConvertAll(y, value => Math.Round(Math.Exp(0.3 * value)));
            var fit = GeneralizedLinearModel.Fit(x, counts, new GlmOptions(GlmFamily.QuasiPoisson), w);
            var expected = Written(x, fit.UnscaledCovariance, (i, j) => w[i] * (counts[i] - fit.Fitted[i]) * x[i, j]);
            fit.ClusterCovariance(Eight(), ClusterKind.Cr0).Covariance.Values.ShouldBe(expected, 1e-8 * expected.Max());
        });

    [Fact]
    public void ClusterCovariance_EachRowACluster_IsTheRobustCovariance() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, w) = RandomData.Regression(seed, Rows, columns: 4);
            int[] own = [.. Enumerable.Range(0, Rows)];
            var fit = LinearRegression.Fit(x, y, w);
            var shares = Array.ConvertAll(y, value => 1 / (1 + Math.Exp(-value)));
            var glm = GeneralizedLinearModel.Fit(x, shares, new GlmOptions(GlmFamily.QuasiBinomial), w);
            foreach (var (cluster, robust) in new[] { (ClusterKind.Cr0, CovarianceKind.Hc0), (ClusterKind.Cr1, CovarianceKind.Hc1), (ClusterKind.Cr2, CovarianceKind.Hc2) })
            {
                fit.ClusterCovariance(own, cluster).Covariance.Values.ShouldBe(fit.Covariance(robust).Values, 1e-10);
                glm.ClusterCovariance(own, cluster).Covariance.Values.ShouldBe(glm.RobustCovariance(robust).Values, 1e-10);
            }

            FractionalLogit.Fit(x, shares, w).ClusterCovariance(own, ClusterKind.Cr0).Covariance.Values.ShouldBe(glm.RobustCovariance(CovarianceKind.Hc0).Values, 1e-9);
        });

    [Fact]
    public void RobustCovariance_Gaussian_IsThatOfLinearRegression() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y, w) = RandomData.Regression(seed, Rows, columns: 4);
            var fit = LinearRegression.Fit(x, y, w);
            var glm = GeneralizedLinearModel.Fit(x, y, new GlmOptions(GlmFamily.Gaussian), w);
            glm.Leverage.ShouldBe(fit.Leverage, 1e-10);
            foreach (var kind in Enum.GetValues<CovarianceKind>())
            {
                glm.RobustCovariance(kind).Values.ShouldBe(fit.Covariance(kind).Values, 1e-9);
            }
        });

    [Fact]
    public void ClusterCovariance_Cr2OfEqualMeans_IsUnbiasedUnderIndependence()
    {
        // A mean of clusters of 1 to 4 rows: with errors of variance 1 the expected CR2 is 1/n exactly, which CR0 misses.
        int[] groups = [0, 1, 1, 2, 2, 2, 3, 3, 3, 3];
        var x = new RowMatrix(10, 1, [.. Enumerable.Repeat(1.0, 10)]);
        var (cr2, cr0) = (0.0, 0.0);
        for (var i = 0; i < 10; i++)
        {
            // E of a quadratic form in independent errors of variance 1 is the sum of the forms at the unit vectors.
            var unit = new double[10];
            unit[i] = 1;
            var fit = LinearRegression.Fit(x, unit);
            cr2 += fit.ClusterCovariance(groups, ClusterKind.Cr2).Covariance[0, 0];
            cr0 += fit.ClusterCovariance(groups, ClusterKind.Cr0).Covariance[0, 0];
        }

        cr2.ShouldBe(0.1, 1e-14);
        cr0.ShouldBeLessThan(0.08);
    }

    [Fact]
    public void ClusterCovariance_ColumnThatOneClusterDecides_IsFinite()
    {
        var (x, y, w) = RandomData.Regression(seed: 3, Rows, columns: 3);
        for (var i = 0; i < Rows; i++)
        {
            x[i, 2] = i % 8 == 5 ? 1 : 0;
        }

        LinearRegression.Fit(x, y, w).ClusterCovariance(Eight(), ClusterKind.Cr2).Covariance.Values.ShouldAllBe(value => double.IsFinite(value));
    }

    [Fact]
    public void ClusterCovariance_RenumberedClusters_DoNotMatter()
    {
        var (x, y, w) = RandomData.Regression(seed: 4, Rows, columns: 3);
        var fit = LinearRegression.Fit(x, y, w);
        foreach (var kind in Enum.GetValues<ClusterKind>())
        {
            fit.ClusterCovariance(Array.ConvertAll(Eight(), group => 7 - group), kind).Covariance.Values
                .ShouldBe(fit.ClusterCovariance(Eight(), kind).Covariance.Values, 1e-12);
        }
    }

    [Fact]
    public void ClusterCovariance_OneCluster_IsRefused()
    {
        var (x, y, w) = RandomData.Regression(seed: 5, Rows, columns: 3);
        Should.Throw<TooFewClustersException>(() => LinearRegression.Fit(x, y, w).ClusterCovariance(new int[Rows])).Clusters.ShouldBe(1);

        // A second cluster without weight does not count.
        w[7] = 0;
        var groups = new int[Rows];
        groups[7] = 1;
        var fault = Should.Throw<TooFewClustersException>(() => LinearRegression.Fit(x, y, w).ClusterCovariance(groups));
        (fault.Clusters, fault.Needed).ShouldBe((1, 2));
        fault.Message.ShouldBe("There are 1 clusters; at least 2 are needed.");
    }

    private static int[] Eight() => [.. Enumerable.Range(0, Rows).Select(i => i % 8)];

    /// <summary>A [sum of u_g u_g'] A, element by element.</summary>
    private static double[] Written(RowMatrix x, RowMatrix a, Func<int, int, double> score)
    {
        var k = x.Columns;
        var meat = new RowMatrix(k, k);
        for (var group = 0; group < 8; group++)
        {
            for (var p = 0; p < k; p++)
            {
                for (var q = 0; q < k; q++)
                {
                    meat[p, q] += Sum(group, p) * Sum(group, q);
                }
            }
        }

        return Product(Product(a, meat), a).Values;

        double Sum(int group, int column) => Enumerable.Range(0, Rows).Where(i => i % 8 == group).Sum(i => score(i, column));
    }

    private static RowMatrix Product(RowMatrix a, RowMatrix b)
    {
        var product = new RowMatrix(a.Rows, b.Columns);
        for (var i = 0; i < a.Rows; i++)
        {
            for (var j = 0; j < b.Columns; j++)
            {
                product[i, j] = Enumerable.Range(0, a.Columns).Sum(m => a[i, m] * b[m, j]);
            }
        }

        return product;
    }
}
