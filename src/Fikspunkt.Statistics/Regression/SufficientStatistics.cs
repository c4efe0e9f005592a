using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Regression;

/// <summary>All that a linear regression needs to know of its rows: their number, the sum of the weights, X'WX, X'Wy, y'Wy and the sums X'w and y'w.
/// Can be added and subtracted, so that fits to any union of groups, or to all but one, need no second pass over the rows.</summary>
/// <remarks>
/// Sums are held in twice the precision of a double: adding and subtracting changes a sum by less than 2^-100 of the largest amount
/// that went through it, so that taking out what was added leaves what was there. What is not exact is the making of a group's sums: rows are
/// shifted by means before they are multiplied, and a product of two columns is off by a few units in the 16th digit
/// of the product of their spreads. Immutable. Deterministic: any number of threads gives the same bits.
/// </remarks>
public sealed class SufficientStatistics
{
    private readonly DoubleDouble[] _sums;
    private readonly double[] _peaks;

    private SufficientStatistics(int columns, long units, DoubleDouble[] sums, double[]? peaks = null)
    {
        (Columns, Units, _sums) = (columns, units, sums);
        _peaks = [.. Enumerable.Range(0, columns + 2).Select(j => Math.Max(peaks?[j] ?? 0, this[j, j].Value))];
    }

    /// <summary>Columns of the design.</summary>
    public int Columns { get; }

    /// <summary>Rows with a weight above 0.</summary>
    public long Units { get; }

    /// <summary>Sum of the weights.</summary>
    public double Weight => this[Columns + 1, Columns + 1].Value;

    /// <summary>X'WX, X'Wy, X'w; y'Wy, y'w; sum of w: the symmetric matrix of weighted sums of products of the columns [X, y, 1], rounded to doubles.</summary>
    public RowMatrix Moments
    {
        get
        {
            var moments = new RowMatrix(Columns + 2, Columns + 2);
            for (var i = 0; i < moments.Rows; i++)
            {
                for (var j = 0; j < moments.Rows; j++)
                {
                    moments[i, j] = this[i, j].Value;
                }
            }

            return moments;
        }
    }

    /// <summary>The largest sum of squares of a column that ever went through these sums: what is left of it below 1e-26 is rounding.</summary>
    internal double Peak(int column) => _peaks[column];

    /// <summary>One sum of products; columns as in <see cref="Moments"/>.</summary>
    internal DoubleDouble this[int row, int column] => _sums[MomentSums.Place(Math.Max(row, column), Math.Min(row, column))];

    /// <summary>The statistics of all rows.</summary>
    /// <param name="x">Design, one row per unit, one column per coefficient.</param>
    /// <param name="y">Response, one value per row.</param>
    /// <param name="weights">Weights, finite and not negative; empty means all 1.</param>
    /// <param name="threads">Threads to use; 0 = one per processor.</param>
    /// <exception cref="InvalidValueException">NaN, infinity, a negative weight, or numbers whose squares leave the range of doubles.</exception>
    public static SufficientStatistics Of(RowMatrix x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights = default, int threads = 0) =>
        Make(x, y, [], weights, threads)[0];

    /// <summary>The statistics of each group.</summary>
    /// <param name="x">Design, one row per unit, one column per coefficient.</param>
    /// <param name="y">Response, one value per row.</param>
    /// <param name="groups">The group of each row: 0, 1, ..., each used.</param>
    /// <param name="weights">Weights, finite and not negative; empty means all 1.</param>
    /// <param name="threads">Threads to use; 0 = one per processor.</param>
    /// <exception cref="InvalidValueException">NaN, infinity, a negative weight, or numbers whose squares leave the range of doubles.</exception>
    public static IReadOnlyList<SufficientStatistics> ByGroup(
        RowMatrix x, ReadOnlySpan<double> y, ReadOnlySpan<int> groups, ReadOnlySpan<double> weights = default, int threads = 0)
    {
        Check.Groups(groups, x.Rows);
        return groups.IsEmpty ? [] : Make(x, y, groups, weights, threads);
    }

    /// <summary>Statistics that were computed elsewhere, such as sums in a database.</summary>
    /// <param name="units">Rows with a weight above 0.</param>
    /// <param name="moments">As <see cref="Moments"/> gives them; only the lower triangle is read. Columns whose mean is far larger than their spread lose digits in
    /// doubles: centre such columns first.</param>
    /// <exception cref="InvalidValueException">NaN or infinite.</exception>
    public static SufficientStatistics FromMoments(long units, RowMatrix moments)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(units);
        if (moments.Rows != moments.Columns || moments.Rows < 2)
        {
            throw new ArgumentException("A square matrix for the columns [X, y, 1] is needed.", nameof(moments));
        }

        Check.Finite(moments.Values, nameof(moments), moments.Columns);
        var sums = new DoubleDouble[MomentSums.Place(moments.Rows, 0)];
        for (var i = 0; i < moments.Rows; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                sums[MomentSums.Place(i, j)] = moments[i, j];
            }
        }

        return new SufficientStatistics(moments.Rows - 2, units, sums);
    }

    /// <summary>The statistics of the rows of both.</summary>
    public static SufficientStatistics operator +(SufficientStatistics left, SufficientStatistics right) => left.Add(right);

    /// <summary>The statistics of the rows of one that are not in the other, which must be among them.</summary>
    public static SufficientStatistics operator -(SufficientStatistics left, SufficientStatistics right) => left.Subtract(right);

    /// <summary>The statistics of the rows of both.</summary>
    /// <exception cref="ArgumentException">The columns differ.</exception>
    public SufficientStatistics Add(SufficientStatistics other)
    {
        SameColumns(other);
        return new SufficientStatistics(Columns, Units + other.Units, [.. _sums.Zip(other._sums, (a, b) => a + b)], Larger(other));
    }

    /// <summary>The statistics of these rows without those of <paramref name="other"/>, which must be among them.</summary>
    /// <exception cref="ArgumentException">The columns differ, or the other has more rows.</exception>
    public SufficientStatistics Subtract(SufficientStatistics other)
    {
        SameColumns(other);
        if (other.Units > Units)
        {
            throw new ArgumentException($"{other.Units} rows cannot be taken out of {Units}.", nameof(other));
        }

        return new SufficientStatistics(Columns, Units - other.Units, [.. _sums.Zip(other._sums, (a, b) => a - b)], Larger(other));
    }

    /// <summary>Fits the weighted linear regression of y on X.</summary>
    /// <exception cref="TooFewUnitsException">Not more units than columns.</exception>
    /// <exception cref="RankDeficientException">Columns depend on each other.</exception>
    public SufficientFit Fit()
    {
        if (Units <= Columns)
        {
            throw new TooFewUnitsException((int)Units, Columns + 1);
        }

        return new SufficientFit(this, MomentSolution.TryOf(this) ?? throw MomentSolution.Dependent(this));
    }

    /// <summary>Fits without each group in turn, from the groups' statistics alone.</summary>
    /// <returns>One fit per group; <see langword="null"/> where the other groups do not decide all coefficients (or have too few rows).</returns>
    public static IReadOnlyList<SufficientFit?> LeaveGroupOut(IReadOnlyList<SufficientStatistics> groups)
    {
        if (groups.Count == 0)
        {
            return [];
        }

        var total = groups.Aggregate((a, b) => a + b);
        var fits = new SufficientFit?[groups.Count];
        Parallel.For(0, fits.Length, group =>
        {
            var rest = total - groups[group];
            fits[group] = rest.Units > rest.Columns && MomentSolution.TryOf(rest) is { } solution ? new SufficientFit(rest, solution) : null;
        });
        return fits;
    }

    /// <summary>Sums as they come, for callers that check and have a way out: not finite or of lost size when the data are.</summary>
    internal static SufficientStatistics Unchecked(RowMatrix x, double[] y, double[]? weights, int units, ParallelOptions parallel, IDesignBasis? basis = null) =>
        new(x.Columns, units, MomentSums.Of(x, y, weights, members: null, parallel, basis)[0]);

    /// <summary>The first column, if any, whose mean square is not 0 but so large or small that squares of parts of it may have left the range of doubles.</summary>
    internal int? OutOfRange()
    {
        for (var j = 0; j <= Columns; j++)
        {
            var square = this[j, j].Value / Weight;
            if (square != 0 && !(square is > 1e-200 and < 1e200))
            {
                return j;
            }
        }

        return null;
    }

    private static SufficientStatistics[] Make(
        RowMatrix x, ReadOnlySpan<double> y, ReadOnlySpan<int> groups, ReadOnlySpan<double> weights, int threads)
    {
        Check.SameLength(x.Rows, y.Length, nameof(y));
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        Check.Finite(x.Values, nameof(x), x.Columns);
        Check.Finite(y, nameof(y));
        var w = weights.IsEmpty ? null : LinearRegression.Weights(weights, x.Rows);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads };
        var members = groups.IsEmpty ? null : LeaveGroupOutLinear.Members(groups, Check.Groups(groups, x.Rows));
        var sums = MomentSums.Of(x, y.ToArray(), w, members, parallel);
        var result = new SufficientStatistics[sums.Length];
        for (var group = 0; group < sums.Length; group++)
        {
            var units = w is null ? members?[group].Length ?? x.Rows
                : members is null ? w.Count(weight => weight > 0) : members[group].Count(i => w[i] > 0);
            result[group] = new SufficientStatistics(x.Columns, units, sums[group]);
            ThrowIfOutOfRange(result[group], x, y);
        }

        return result;
    }

    private static void ThrowIfOutOfRange(SufficientStatistics own, RowMatrix x, ReadOnlySpan<double> y)
    {
        if (own.Weight > 0 && own.OutOfRange() is { } column)
        {
            throw column < x.Columns
                ? new InvalidValueException(nameof(x), 0, column, x[0, column], Requirement.SquaresInRange)
                : new InvalidValueException(nameof(y), 0, 0, y[0], Requirement.SquaresInRange);
        }
    }

    private double[] Larger(SufficientStatistics other) => [.. _peaks.Zip(other._peaks, Math.Max)];

    private void SameColumns(SufficientStatistics other)
    {
        if (other.Columns != Columns)
        {
            throw new ArgumentException($"{Columns} columns are needed, {other.Columns} were given.", nameof(other));
        }
    }
}
