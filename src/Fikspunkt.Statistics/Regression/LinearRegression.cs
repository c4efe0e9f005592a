using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Regression;

/// <summary>Weighted linear regression by least squares: minimises sum of w_i (y_i - x_i'b)^2.</summary>
/// <remarks>
/// Householder QR with column pivoting on the columns of diag(sqrt w) X, scaled to length 1; two projections
/// ("twice is enough") for the residuals. Golub and Van Loan, Matrix Computations, 4th ed., chapter 5.
/// The design is used as given: an intercept is a column of ones. Missing values are not allowed.
/// Rows with weight 0 do not count as units; they get a fitted value. Deterministic.
/// </remarks>
public static class LinearRegression
{
    /// <summary>Fits the regression.</summary>
    /// <param name="x">Design, one row per unit, one column per coefficient.</param>
    /// <param name="y">Response, one value per row.</param>
    /// <param name="weights">Weights, finite and not negative, not rescaled; empty means all 1.</param>
    /// <exception cref="InvalidValueException">NaN, infinity or a negative weight.</exception>
    /// <exception cref="TooFewUnitsException">Not more units than columns.</exception>
    /// <exception cref="RankDeficientException">Columns depend on each other.</exception>
    public static LinearFit Fit(RowMatrix x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights = default)
    {
        var (n, k) = (x.Rows, x.Columns);
        Check.SameLength(n, y.Length, nameof(y));
        Check.Finite(x.Values, nameof(x), k);
        Check.Finite(y, nameof(y));
        var w = Weights(weights, n);
        var units = w.Count(weight => weight > 0);
        if (units <= k)
        {
            throw new TooFewUnitsException(units, k + 1);
        }

        var root = Array.ConvertAll(w, Math.Sqrt);
        var qr = HouseholderQr.Factorise(x, root);
        var weighted = new double[n];
        for (var i = 0; i < n; i++)
        {
            weighted[i] = root[i] * y[i];
        }

        var projection = new double[k];
        var residual = (double[])weighted.Clone();
        for (var pass = 0; pass < 2; pass++)
        {
            var g = qr.Project(residual);
            for (var i = 0; i < n; i++)
            {
                residual[i] -= Dot(qr.Q.Row(i), g);
            }

            for (var j = 0; j < k; j++)
            {
                projection[j] += g[j];
            }
        }

        var sums = (units, CompensatedSum.OfSquares(residual), Around(y, w));
        return new LinearFit(x, y.ToArray(), root, qr, qr.Q, projection, residual, sums, new ParallelOptions());
    }

    /// <summary>Weighted sum of squares around the weighted mean.</summary>
    private static double Around(ReadOnlySpan<double> y, double[] w)
    {
        var mean = CompensatedSum.OfProducts(w, y) / CompensatedSum.Of(w);
        var total = new CompensatedSum();
        for (var i = 0; i < w.Length; i++)
        {
            total.Add(w[i] * (y[i] - mean) * (y[i] - mean));
        }

        return total.Value;
    }

    internal static double[] Weights(ReadOnlySpan<double> weights, int n)
    {
        if (weights.IsEmpty)
        {
            var ones = new double[n];
            Array.Fill(ones, 1);
            return ones;
        }

        Check.SameLength(n, weights.Length, nameof(weights));
        Check.Finite(weights, nameof(weights));
        Check.Between(weights, 0, double.MaxValue, nameof(weights));
        return weights.ToArray();
    }

    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        // Short rows in a fixed order; TensorPrimitives pays from about 16 elements on.
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
