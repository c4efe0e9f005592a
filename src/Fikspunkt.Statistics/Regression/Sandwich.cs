namespace Fikspunkt.Statistics.Regression;

/// <summary>Covariance matrices of coefficients from an orthonormal basis Q of the weighted design and S with S S' = (X'WX)^-1.</summary>
internal static class Sandwich
{
    /// <summary>S [sum of s_i^2 q_i q_i'] S'.</summary>
    public static RowMatrix Of(RowMatrix inverseRoot, RowMatrix q, ReadOnlySpan<double> scores)
    {
        var k = q.Columns;
        var meat = new RowMatrix(k, k);
        for (var i = 0; i < q.Rows; i++)
        {
            var row = q.Row(i);
            var square = scores[i] * scores[i];
            for (var a = 0; a < k; a++)
            {
                for (var b = 0; b <= a; b++)
                {
                    meat[a, b] += square * row[a] * row[b];
                }
            }
        }

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
