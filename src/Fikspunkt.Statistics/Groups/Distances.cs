using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Groups;

/// <summary>Distances between all pairs of units: symmetric, 0 from a unit to itself.</summary>
/// <remarks>Holds one number per pair, n (n - 1) / 2 in all. No equality by value and no default.</remarks>
public sealed class Distances
{
    /// <summary>Sums of squares above this have lost nothing to underflow.</summary>
    private const double SafeSquare = 1e-280;

    private readonly double[] _below;

    internal Distances(int count, Func<int, int, double> distance)
        : this(count)
    {
        for (var i = 1; i < count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                _below[Place(i, j)] = distance(i, j);
            }
        }
    }

    private Distances(int count) => (Count, _below) = (count, new double[checked((long)count * (count - 1) / 2)]);

    /// <summary>Number of units.</summary>
    public int Count { get; }

    /// <summary>The distance between two units, counted from 0.</summary>
    public double this[int a, int b] => a == b ? 0 : _below[a > b ? Place(a, b) : Place(b, a)];

    /// <summary>d(a, b) = sqrt(sum over columns of (x_a - x_b)^2).</summary>
    /// <param name="x">One row per unit, in the scale that is to count: z-scores, if all columns are to weigh the same.</param>
    /// <exception cref="InvalidValueException">NaN or infinity.</exception>
    public static Distances Euclidean(RowMatrix x)
    {
        Check.Finite(x.Values, nameof(x), x.Columns);
        return new Distances(x.Rows, (a, b) => Length(x.Row(a), x.Row(b)));
    }

    /// <summary>Mahalanobis' distance: d(a, b)^2 = (x_a - x_b)' S^-1 (x_a - x_b), S the covariance of the columns (n - 1).</summary>
    /// <param name="x">One row per unit; the result does not depend on units of measurement, nor on any linear recoding of the columns.</param>
    /// <remarks>With the centred and scaled columns Z = Q R, S = R'R / (n - 1), so that d is sqrt(n - 1) times the Euclidean distance
    /// of the rows of Q: S is neither formed nor inverted. Mahalanobis, Proceedings of the National Institute of Sciences of India 2 (1936) 49-55.</remarks>
    /// <exception cref="InvalidValueException">NaN or infinity.</exception>
    /// <exception cref="TooFewUnitsException">Not more units than columns: S has no inverse.</exception>
    /// <exception cref="ConstantColumnsException">Columns without variation: S has no inverse.</exception>
    /// <exception cref="RankDeficientException">Columns depend on each other: S has no inverse.</exception>
    public static Distances Mahalanobis(RowMatrix x)
    {
        var z = ZScores.Of(x).Z;
        if (x.Rows <= x.Columns)
        {
            throw new TooFewUnitsException(x.Rows, x.Columns + 1);
        }

        var q = HouseholderQr.Factorise(z, default).Q;
        var scale = Math.Sqrt(x.Rows - 1);
        return new Distances(x.Rows, (a, b) => scale * Length(q.Row(a), q.Row(b)));
    }

    /// <summary>Takes distances that were found elsewhere.</summary>
    /// <param name="square">n x n.</param>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    /// <exception cref="InvalidValueException">A value is negative, NaN or infinite, not the same on both sides of the diagonal, or not 0 on it.</exception>
    public static Distances FromMatrix(RowMatrix square)
    {
        Check.SameLength(square.Rows, square.Columns, nameof(square));
        for (var i = 0; i < square.Rows; i++)
        {
            for (var j = 0; j < square.Columns; j++)
            {
                if (!(square[i, j] >= 0 && double.IsFinite(square[i, j]) && square[i, j] == square[j, i] && (i != j || square[i, j] == 0)))
                {
                    throw new InvalidValueException(nameof(square), i, j, square[i, j], Requirement.Distance);
                }
            }
        }

        return new Distances(square.Rows, (a, b) => square[a, b]);
    }

    /// <summary>The distances among some of the units, in the order given.</summary>
    public Distances Among(IReadOnlyList<int> units) => new(units.Count, (a, b) => this[units[a], units[b]]);

    private static long Place(int row, int column) => ((long)row * (row - 1) / 2) + column;

    private static double Length(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        if (sum > SafeSquare && double.IsFinite(sum))
        {
            return Math.Sqrt(sum);
        }

        // Squares that overflow or vanish: scale by the largest difference.
        var largest = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(a[i] - b[i]));
        }

        if (largest == 0)
        {
            return 0;
        }

        sum = 0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) / largest * ((a[i] - b[i]) / largest);
        }

        return largest * Math.Sqrt(sum);
    }
}
