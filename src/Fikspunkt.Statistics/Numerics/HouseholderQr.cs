using System.Numerics.Tensors;

namespace Fikspunkt.Statistics.Numerics;

/// <summary>QR factors of a tall matrix by Householder reflections with column pivoting: A P = Q R.</summary>
/// <remarks>
/// Columns are scaled to length 1 first, so that the rank does not depend on units of measurement.
/// A column counts as dependent when what is left of it, orthogonal to the columns before it, is shorter than
/// <see cref="RankTolerance"/> of its length. Golub and Van Loan, Matrix Computations, 4th ed., sections 5.2 and 5.4.
/// </remarks>
internal sealed class HouseholderQr : IDesignBasis
{
    /// <summary>Coefficients on columns that are closer to dependent than this have lost more than nine digits.</summary>
    public const double RankTolerance = 1e-9;

    private readonly double[][] _columns;
    private readonly double[] _beta;
    private readonly double[] _scale;
    private readonly int[] _order;

    private HouseholderQr(double[][] columns, double[] beta, double[] diagonal, double[] scale, int[] order)
    {
        (_columns, _beta, R, _scale, _order) = (columns, beta, UpperTriangle(columns, diagonal, order), scale, order);
        Q = ThinQ();
    }

    /// <summary>Upper triangle R of the scaled and pivoted matrix, k x k.</summary>
    private RowMatrix R { get; }

    /// <summary>Orthonormal basis of the column space, n x k, row by row.</summary>
    public RowMatrix Q { get; }

    /// <summary>log det(A'A).</summary>
    public double LogDeterminant
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < _order.Length; i++)
            {
                sum += Math.Log(Math.Abs(R[i, i])) + Math.Log(_scale[i]);
            }

            return 2 * sum;
        }
    }

    /// <summary>Factorises diag(<paramref name="rootWeights"/>) <paramref name="x"/>; an empty span means weights of 1.</summary>
    /// <exception cref="RankDeficientException">Columns depend on each other.</exception>
    public static HouseholderQr Factorise(RowMatrix x, ReadOnlySpan<double> rootWeights)
    {
        var (n, k) = (x.Rows, x.Columns);
        var columns = new double[k][];
        var scale = new double[k];
        for (var j = 0; j < k; j++)
        {
            var column = new double[n];
            for (var i = 0; i < n; i++)
            {
                column[i] = rootWeights.IsEmpty ? x[i, j] : rootWeights[i] * x[i, j];
            }

            scale[j] = SafeNorm(column);
            if (scale[j] > 0)
            {
                TensorPrimitives.Divide(column, scale[j], column);
            }

            columns[j] = column;
        }

        var order = Enumerable.Range(0, k).ToArray();
        var beta = new double[k];
        var diagonal = new double[k];
        for (var step = 0; step < k; step++)
        {
            var (pivot, length) = Longest(columns, order, step);
            (order[step], order[pivot]) = (order[pivot], order[step]);
            if (step >= n || length <= RankTolerance)
            {
                throw Dependent(columns, diagonal, order, step);
            }

            (beta[step], diagonal[step]) = Reflect(columns[order[step]].AsSpan(step), length);
            var reflector = columns[order[step]].AsSpan(step);
            for (var j = step + 1; j < k; j++)
            {
                Apply(reflector, beta[step], columns[order[j]].AsSpan(step));
            }
        }

        return new HouseholderQr(columns, beta, diagonal, scale, order);
    }

    /// <summary>Q'v, length k.</summary>
    public double[] Project(ReadOnlySpan<double> v)
    {
        var work = v.ToArray();
        for (var step = 0; step < _order.Length; step++)
        {
            Apply(_columns[_order[step]].AsSpan(step), _beta[step], work.AsSpan(step));
        }

        return work[.._order.Length];
    }

    /// <summary>The coefficients b with A b = Q g, in the order and units of the original columns.</summary>
    public double[] Coefficients(ReadOnlySpan<double> g)
    {
        var k = _order.Length;
        var solved = g.ToArray();
        for (var i = k - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < k; j++)
            {
                solved[i] -= R[i, j] * solved[j];
            }

            solved[i] /= R[i, i];
        }

        var coefficients = new double[k];
        for (var i = 0; i < k; i++)
        {
            coefficients[_order[i]] = solved[i] / _scale[_order[i]];
        }

        return coefficients;
    }

    /// <summary>The g with A b = Q g: the opposite of <see cref="Coefficients"/>.</summary>
    public double[] FromCoefficients(ReadOnlySpan<double> b)
    {
        var g = new double[_order.Length];
        for (var i = 0; i < g.Length; i++)
        {
            for (var j = i; j < g.Length; j++)
            {
                g[i] += R[i, j] * b[_order[j]] * _scale[_order[j]];
            }
        }

        return g;
    }

    /// <summary>The row x' of the original matrix in the orthonormal basis: the g with g' Q'A = x'.</summary>
    public void RowInBasis(ReadOnlySpan<double> x, Span<double> g)
    {
        for (var j = 0; j < _order.Length; j++)
        {
            var value = x[_order[j]] / _scale[_order[j]];
            for (var i = 0; i < j; i++)
            {
                value -= R[i, j] * g[i];
            }

            g[j] = value / R[j, j];
        }
    }

    /// <summary>S with S S' = (A'A)^-1: the columns of the inverse of the triangle, unscaled, rows in original order.</summary>
    public RowMatrix InverseRoot() => this.InverseRoot(_order.Length);

    private static double SafeNorm(ReadOnlySpan<double> v)
    {
        var largest = v.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(v));
        if (largest == 0 || (largest is > 1e-140 and < 1e140))
        {
            return TensorPrimitives.Norm(v);
        }

        var sum = 0.0;
        foreach (var value in v)
        {
            sum += value / largest * (value / largest);
        }

        return largest * Math.Sqrt(sum);
    }

    private static (int Pivot, double Length) Longest(double[][] columns, int[] order, int step)
    {
        var (pivot, longest) = (step, -1.0);
        for (var j = step; j < order.Length; j++)
        {
            var column = columns[order[j]].AsSpan();
            var length = step < column.Length ? TensorPrimitives.Norm(column[step..]) : 0;

            // The first of equally long columns is kept first, so that rounding does not decide which columns are named.
            if (length > longest * (1 + 1e-12))
            {
                (pivot, longest) = (j, length);
            }
        }

        return (pivot, longest);
    }

    /// <summary>Turns v into the reflector that maps it to (d, 0, ..., 0); v[0] becomes the reflector's first element.</summary>
    private static (double Beta, double Diagonal) Reflect(Span<double> v, double length)
    {
        var diagonal = v[0] > 0 ? -length : length;
        v[0] -= diagonal;
        return (-1 / (diagonal * v[0]), diagonal);
    }

    private static void Apply(ReadOnlySpan<double> reflector, double beta, Span<double> v) =>
        TensorPrimitives.MultiplyAdd(reflector, -beta * TensorPrimitives.Dot(reflector, v), v, v);

    private static RowMatrix UpperTriangle(double[][] columns, double[] diagonal, int[] order)
    {
        var k = order.Length;
        var r = new RowMatrix(k, k);
        for (var j = 0; j < k; j++)
        {
            r[j, j] = diagonal[j];
            for (var i = 0; i < j; i++)
            {
                r[i, j] = columns[order[j]][i];
            }
        }

        return r;
    }

    private RowMatrix ThinQ()
    {
        var (n, k) = (_columns.Length == 0 ? 0 : _columns[0].Length, _order.Length);
        var q = new RowMatrix(n, k);
        var column = new double[n];
        for (var j = 0; j < k; j++)
        {
            Array.Clear(column);
            column[j] = 1;
            for (var step = j; step >= 0; step--)
            {
                Apply(_columns[_order[step]].AsSpan(step), _beta[step], column.AsSpan(step));
            }

            for (var i = 0; i < n; i++)
            {
                q[i, j] = column[i];
            }
        }

        return q;
    }

    /// <summary>Each column left over is a combination of the first <paramref name="rank"/>: solves R11 b = R12 and names those that matter.</summary>
    private static RankDeficientException Dependent(double[][] columns, double[] diagonal, int[] order, int rank)
    {
        const double Noticeable = 1e-6; // columns have length 1, so b is free of units
        var sets = new List<IReadOnlyList<int>>();
        for (var left = rank; left < order.Length; left++)
        {
            var b = columns[order[left]].AsSpan(0, rank).ToArray();
            var set = new List<int> { order[left] };
            for (var i = rank - 1; i >= 0; i--)
            {
                for (var j = i + 1; j < rank; j++)
                {
                    b[i] -= columns[order[j]][i] * b[j];
                }

                b[i] /= diagonal[i];
                if (Math.Abs(b[i]) > Noticeable)
                {
                    set.Add(order[i]);
                }
            }

            set.Sort();
            sets.Add(set);
        }

        return new RankDeficientException(rank, order.Length, sets);
    }
}
