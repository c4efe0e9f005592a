using Fikspunkt.Statistics.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Fikspunkt.Statistics.Regression;

/// <summary>How a covariance by cluster is corrected for few clusters.</summary>
/// <remarks>With A = (X'WX)^-1, u_g the sum of the scores of cluster g (linear: w e x), G clusters, N rows of weight above 0 and
/// k columns, all are A [sum of u_g u_g'] A times a factor. Liang and Zeger, Biometrika 73 (1986) 13-22.</remarks>
public enum ClusterKind
{
    /// <summary>No correction.</summary>
    Cr0,

    /// <summary>Factor G/(G - 1) (N - 1)/(N - k): Stata's <c>vce(cluster)</c> after <c>regress</c>, and sandwich's <c>vcovCL</c> of type HC1.
    /// Stata leaves (N - 1)/(N - k) out after models other than linear ones.
    /// Papers that call G/(G - 1) alone CR1 call this CR1S.</summary>
    Cr1,

    /// <summary>Residuals of a cluster multiplied by (I - H_gg)^-1/2, unbiased if the errors are independent with variance 1/w:
    /// Bell and McCaffrey, Survey Methodology 28 (2002) 169-181; Pustejovsky and Tipton, J. Bus. Econ. Stat. 36 (2018) 672-683, whose
    /// generalised inverse is used for directions that a cluster alone decides. HC2 when each row is a cluster.</summary>
    Cr2,
}

/// <summary>A covariance by cluster.</summary>
/// <param name="Covariance">Of the coefficients, k x k. Its rank is at most the number of clusters.</param>
/// <param name="Clusters">Clusters with a row of weight above 0.</param>
public sealed record ClusterCovariance(RowMatrix Covariance, int Clusters)
{
    /// <summary>G - 1: of the t distribution that coefficients over their errors are compared with.</summary>
    public int DegreesOfFreedom => Clusters - 1;
}

/// <summary>The calculation behind the covariances by cluster.</summary>
internal static class ClusterSandwich
{
    /// <summary>Directions with less than this left outside of a cluster are decided by the cluster alone.</summary>
    private const double Decided = 1e-10;

    /// <summary>Sums the scores of each cluster in the orthonormal basis.</summary>
    /// <param name="rows">Weighted rows q_i in an orthonormal basis.</param>
    /// <param name="inverseRoot">S with S S' = A.</param>
    /// <param name="scores">s_i, so that row i's score is s_i q_i.</param>
    /// <param name="groups">Cluster of each row.</param>
    /// <param name="kind">Correction.</param>
    /// <param name="units">N.</param>
    public static ClusterCovariance Of(
        BasisRows rows, RowMatrix inverseRoot, ReadOnlySpan<double> scores, ReadOnlySpan<int> groups, ClusterKind kind, int units)
    {
        if (!Enum.IsDefined(kind))
        {
            throw new ArgumentOutOfRangeException(nameof(kind));
        }

        var k = rows.Columns;
        var members = LeaveGroupOutLinear.Members(groups, Check.Groups(groups, rows.Count));
        var clusters = members.Count(cluster => Array.Exists(cluster, i => rows.Root(i) > 0));
        if (clusters < 2)
        {
            throw new TooFewClustersException(clusters, 2);
        }

        var meat = new RowMatrix(k, k);
        var scratch = new double[k];
        foreach (var cluster in members)
        {
            var sum = new double[k];
            foreach (var i in cluster)
            {
                var row = rows.Weighted(i, scratch);
                for (var j = 0; j < k; j++)
                {
                    sum[j] += scores[i] * row[j];
                }
            }

            Sandwich.AddSquare(meat, kind == ClusterKind.Cr2 ? Unshrunk(LeaveGroupOutLinear.Overlap(rows, cluster), sum) : sum, 1);
        }

        var factor = kind == ClusterKind.Cr1 ? (double)clusters / (clusters - 1) * (units - 1) / (units - k) : 1;
        return new ClusterCovariance(Sandwich.Scale(Sandwich.Around(inverseRoot, meat), factor), clusters);
    }

    /// <summary>(I - B)^-1/2 v with B = Q_g'Q_g: the same as Q_g'(I - Q_g Q_g')^-1/2 e for v = Q_g'e, at the size of the columns.</summary>
    private static double[] Unshrunk(double[] lower, double[] v)
    {
        var k = v.Length;
        var overlap = Matrix<double>.Build.Dense(k, k, (i, j) => lower[(Math.Max(i, j) * k) + Math.Min(i, j)]);
        var parts = overlap.Evd(Symmetricity.Symmetric);
        var turned = parts.EigenVectors.TransposeThisAndMultiply(Vector<double>.Build.Dense(v));
        for (var j = 0; j < k; j++)
        {
            var rest = 1 - parts.EigenValues[j].Real;
            turned[j] *= rest > Decided ? 1 / Math.Sqrt(rest) : 0;
        }

        return (parts.EigenVectors * turned).AsArray();
    }
}
