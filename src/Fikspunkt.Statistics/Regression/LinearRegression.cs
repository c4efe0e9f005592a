using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Regression;

/// <summary>How the least squares problem is solved.</summary>
public enum LinearMethod
{
    /// <summary><see cref="Gram"/> from 10,000 rows (and 20 rows per column) on, otherwise <see cref="Qr"/>.</summary>
    Automatic,

    /// <summary>Householder QR: the most accurate, in memory for two more copies of the design.</summary>
    Qr,

    /// <summary>Normal equations from one pass over the rows; when their condition is too bad for coefficients and errors that agree to about
    /// 1e-10, from a second pass in the nearly orthonormal basis that the first one gave; QR after all when that basis is too bad too.</summary>
    Gram,
}

/// <summary>How a linear regression is computed.</summary>
/// <param name="Method">Method.</param>
/// <param name="Threads">Threads to use; 0 = one per processor. The result is the same to the last bit.</param>
public sealed record LinearOptions(LinearMethod Method = LinearMethod.Automatic, int Threads = 0);

/// <summary>Weighted linear regression by least squares: minimises sum of w_i (y_i - x_i'b)^2.</summary>
/// <remarks>
/// Small data: Householder QR with column pivoting on the columns of diag(sqrt w) X, scaled to length 1; two projections
/// ("twice is enough") for the residuals. Golub and Van Loan, Matrix Computations, 4th ed., chapter 5.
/// Large data: <see cref="SufficientStatistics"/>, solved in twice the precision; the residual sum of squares is summed over the rows
/// where R^2 is so close to 1 that the sums would lose it.
/// The design is used as given: an intercept is a column of ones. Missing values are not allowed.
/// Rows with weight 0 do not count as units; they get a fitted value. Deterministic: any number of threads gives the same bits.
/// </remarks>
public static class LinearRegression
{
    /// <summary>Normal equations (columns centred and scaled) with a larger condition number are made again in the basis that they give: this times
    /// the rounding of the sums, 2e-15 or so, is the relative error of coefficients and errors.</summary>
    private const double WorstCondition = 1e4;

    /// <summary>With a larger condition number the basis from normal equations is left to the QR. Its root times the rounding of the sums is the
    /// error after the second pass.</summary>
    private const double WorstBasis = 1e9;

    private const int ManyRows = 10_000;
    private const int ManyRowsPerColumn = 20;

    /// <summary>Parts of the total sum of squares below this are summed again from residuals.</summary>
    private const double SmallResidual = 1e-4;

    /// <summary>Fits the regression.</summary>
    /// <param name="x">Design, one row per unit, one column per coefficient.</param>
    /// <param name="y">Response, one value per row.</param>
    /// <param name="weights">Weights, finite and not negative, not rescaled; empty means all 1.</param>
    /// <param name="options">Method and threads; <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidValueException">NaN, infinity or a negative weight.</exception>
    /// <exception cref="NumericRangeException">Values too many powers of ten from 1 to calculate with.</exception>
    /// <exception cref="TooFewUnitsException">Not more units than columns.</exception>
    /// <exception cref="RankDeficientException">Columns depend on each other.</exception>
    public static LinearFit Fit(RowMatrix x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights = default, LinearOptions? options = null)
    {
        var (n, k) = (x.Rows, x.Columns);
        var (method, threads) = options ?? new LinearOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(threads, nameof(options));
        Check.SameLength(n, y.Length, nameof(y));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads };
        var isLarge = n >= ManyRows && n / ManyRowsPerColumn >= k;
        return (method == LinearMethod.Gram || (method == LinearMethod.Automatic && isLarge) ? Gram(x, y, weights, parallel) : null)
            ?? Qr(x, y, weights, parallel);
    }

    private static LinearFit Qr(RowMatrix x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, ParallelOptions parallel)
    {
        var (n, k) = (x.Rows, x.Columns);
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

        var (rest, total) = (CompensatedSum.OfSquares(residual), Around(y, w));
        Check.Calculated("The sum of squares", rest, total);
        return new LinearFit(x, y.ToArray(), root, qr, qr.Q, projection, residual, (units, rest, total), parallel);
    }

    /// <summary>The fit from normal equations, or <see langword="null"/> where they (or values out of the range of squares) would cost digits.</summary>
    private static LinearFit? Gram(RowMatrix x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, ParallelOptions parallel)
    {
        var w = weights.IsEmpty ? null : Weights(weights, x.Rows);
        var units = w?.Count(weight => weight > 0) ?? x.Rows;
        if (units <= x.Columns)
        {
            return null;
        }

        var response = y.ToArray();
        var statistics = SufficientStatistics.Unchecked(x, response, w, units, parallel);
        if (statistics.OutOfRange() is not null || MomentSolution.TryOf(statistics) is not { Condition: <= WorstBasis } solution)
        {
            return null;
        }

        IDesignBasis basis = solution.Basis;
        if (solution.Condition > WorstCondition)
        {
            // "CholeskyQR2": Yamamoto, Nakatsukasa, Yanagisawa and Fukaya, ETNA 44 (2015) 306-326.
            var first = solution.Basis;
            solution = MomentSolution.TryOf(SufficientStatistics.Unchecked(x, response, w, units, parallel, first));
            if (solution is null)
            {
                return null;
            }

            basis = new TurnedBasis(first, solution.Basis);
        }

        var root = w is null ? null : Array.ConvertAll(w, Math.Sqrt);
        var fit = new LinearFit(
            x, response, root, basis, stored: null, solution.Projection, rootedResiduals: null, (units, solution.Residual, solution.Total), parallel)
        {
            Method = LinearMethod.Gram,
        };
        return solution.Residual > SmallResidual * solution.Total ? fit : fit.WithSummedResiduals();
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
