using System.Numerics.Tensors;

namespace Fikspunkt.Statistics.Regression;

/// <summary>Covariance matrices of coefficients from an orthonormal basis Q of the weighted design and S with S S' = (X'WX)^-1.</summary>
internal static class Sandwich
{
    private const int RowsPerPart = 4096;

    /// <summary>S [sum of s_i^2 q_i q_i'] S'. Sums by fixed parts of the rows, added in their order: the same bits for any number of threads.</summary>
    public static RowMatrix Of(RowMatrix inverseRoot, BasisRows rows, double[] scores, ParallelOptions parallel)
    {
        var k = rows.Columns;
        var parts = (rows.Count + RowsPerPart - 1) / RowsPerPart;
        var perPart = new RowMatrix[parts];
        Parallel.For(0, parts, parallel, part =>
        {
            var (meat, scratch) = (new RowMatrix(k, k), new double[k]);
            for (var i = part * RowsPerPart; i < Math.Min(rows.Count, (part + 1) * RowsPerPart); i++)
            {
                AddSquare(meat, rows.Weighted(i, scratch), scores[i] * scores[i]);
            }

            perPart[part] = meat;
        });
        var total = new RowMatrix(k, k);
        Array.ForEach(perPart, part => TensorPrimitives.Add(total.Values, part.Values, total.Values));
        return Around(inverseRoot, total);
    }

    /// <summary>What a robust covariance makes of the residuals: e_i times the root of f_i.</summary>
    /// <param name="residuals">e_i.</param>
    /// <param name="kind">Robust kind.</param>
    /// <param name="ratio">n / (n - k).</param>
    /// <param name="rest">1 - h_i, NaN where that is (nearly) 0; only called where it is needed.</param>
    public static double[] Scores(double[] residuals, CovarianceKind kind, double ratio, Func<int, double> rest) =>
        [.. residuals.Select((e, i) => e * kind switch
        {
            CovarianceKind.Hc0 => 1,
            CovarianceKind.Hc1 => Math.Sqrt(ratio),
            CovarianceKind.Hc2 => 1 / Math.Sqrt(rest(i)),
            CovarianceKind.Hc3 => 1 / rest(i),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        })];

    /// <summary>Adds factor times v v' to the lower triangle of <paramref name="meat"/>.</summary>
    public static void AddSquare(RowMatrix meat, ReadOnlySpan<double> v, double factor)
    {
        for (var a = 0; a < v.Length; a++)
        {
            var row = meat.Row(a)[..(a + 1)];
            TensorPrimitives.MultiplyAdd(v[..(a + 1)], factor * v[a], row, row);
        }
    }

    /// <summary>S M S' for an M whose lower triangle is given.</summary>
    public static RowMatrix Around(RowMatrix inverseRoot, RowMatrix meat)
    {
        var k = meat.Rows;
        var half = new RowMatrix(k, k);
        for (var a = 0; a < k; a++)
        {
            for (var b = 0; b < a; b++)
            {
                meat[b, a] = meat[a, b];
            }
        }

        for (var a = 0; a < k; a++)
        {
            for (var b = 0; b < k; b++)
            {
                half[a, b] = LinearRegression.Dot(inverseRoot.Row(a), meat.Row(b));
            }
        }

        return Symmetric(half, inverseRoot);
    }

    /// <summary>S S'.</summary>
    public static RowMatrix Square(RowMatrix inverseRoot) => Symmetric(inverseRoot, inverseRoot);

    public static RowMatrix Scale(RowMatrix matrix, double factor) =>
        new(matrix.Rows, matrix.Columns, Array.ConvertAll(matrix.Values, value => factor * value));

    private static RowMatrix Symmetric(RowMatrix left, RowMatrix right)
    {
        var k = left.Rows;
        var product = new RowMatrix(k, k);
        for (var a = 0; a < k; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                product[a, b] = LinearRegression.Dot(left.Row(a), right.Row(b));
                product[b, a] = product[a, b];
            }
        }

        return product;
    }
}
