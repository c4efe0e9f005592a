using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Fikspunkt.Statistics.Frontiers;

/// <summary>How a linear program ended.</summary>
internal enum SimplexStatus
{
    /// <summary>Solved.</summary>
    Optimal,

    /// <summary>No point meets the constraints.</summary>
    Infeasible,

    /// <summary>The objective has no limit.</summary>
    Unbounded,
}

/// <summary>
/// Revised simplex with an explicit inverse, for programs with few rows: max c'z + beta, Az + g beta = b, z >= 0, beta free (the "ray").
/// </summary>
/// <remarks>
/// From any basis: where a basic variable is negative, the dual simplex runs first - negative reduced costs are then taken for zero
/// until the point is feasible - and the primal simplex finishes with the true costs. A basis that is right already for the costs
/// (a facet of the frontier) needs the dual simplex alone, which makes it the warm start for any other right side and ray.
/// Leaving rows by exact dual steepest edge; ratio tests in two passes, the largest pivot among those within the tolerance, then the
/// smallest number. After a run of steps without progress Bland's rule takes over until there is some, so no cycle is possible.
/// A column with cost minus infinity never enters. Not safe for several threads at once.
/// </remarks>
internal sealed partial class Simplex
{
    /// <summary>The number of the ray in a basis.</summary>
    public const int Ray = -1;

    /// <summary>How far below 0 a basic variable, and a reduced cost, may lie. Data are scaled to the order of 1.</summary>
    private const double FirstTolerance = 1e-11;

    /// <summary>Smallest number to divide by, over the tolerance.</summary>
    private const double PivotToTolerance = 1000;

    /// <summary>Units that are all but equal can make a basis that says less than the tolerance asks for. From this round on the tolerance
    /// is taken tenfold in each round, to 1e-8 in the last.</summary>
    private const int LooseFrom = 6;

    private const int MostRounds = 9;

    /// <summary>A pivot below this says that a column depends on the others.</summary>
    private const double SmallestIndependent = 1e-13;

    /// <summary>Updates of the inverse after which it is made anew.</summary>
    private const int MostUpdates = 40;

    private readonly ColumnMatrix _a;
    private readonly int _rows;
    private readonly int _mostSteps;
    private readonly double[] _inverse; // Column by column, each of Stride.
    private readonly double[] _right;
    private readonly double[] _ray;
    private readonly double[] _x;
    private readonly double[] _eta;
    private readonly double[] _prices;
    private readonly double[] _reduced;
    private readonly double[] _pivotRow;
    private readonly double[] _work;
    private int _updates;
    private int _stalled;
    private double _tolerance = FirstTolerance;
    private double _priceSize = 1; // Reduced costs are as exact as the prices are small.
    private bool _repaired; // The basis was not the one thought of; costs and values start again from what it is now.

    public Simplex(ColumnMatrix a)
    {
        _a = a;
        _rows = a.Rows;
        var lanes = Vector<double>.Count;
        Stride = (_rows + lanes - 1) / lanes * lanes;
        _mostSteps = 1000 + (100 * _rows) + (10 * a.Columns);
        _inverse = new double[_rows * Stride];
        (_right, _ray, _x, _eta) = (new double[_rows], new double[_rows], new double[Stride], new double[Stride]);
        (_prices, _reduced, _pivotRow) = (new double[_rows], new double[a.Width], new double[a.Width]);
        _work = new double[2 * _rows * _rows];
        Cost = new double[a.Width];
        Cost.AsSpan(a.Columns).Fill(double.NegativeInfinity);
        Basis = new int[_rows];
    }

    /// <summary>The objective, by column. The ray's cost is 1.</summary>
    public double[] Cost { get; }

    /// <summary>Which column each row's basic variable belongs to.</summary>
    public int[] Basis { get; }

    /// <summary>Length of a column of the inverse with its padding.</summary>
    public int Stride { get; }

    /// <summary>Values of the basic variables, in the basis' order.</summary>
    public ReadOnlySpan<double> Values => _x.AsSpan(0, _rows);

    /// <summary>Prices of the rows (the dual solution), after a solution.</summary>
    public ReadOnlySpan<double> Prices => _prices;

    /// <summary>Steps (changes of the basis) made since this object was made.</summary>
    public long Steps { get; private set; }

    /// <summary>The ray's value: the solution's objective where no column has a cost.</summary>
    public double RayValue => _x[Array.IndexOf(Basis, Ray)];

    public void SetProblem(ReadOnlySpan<double> right, ReadOnlySpan<double> ray)
    {
        right.CopyTo(_right);
        ray.CopyTo(_ray);
    }

    /// <summary>Starts from a basis, whatever it is; its columns must be independent.</summary>
    public void Start(ReadOnlySpan<int> basis)
    {
        basis.CopyTo(Basis);
        Refactor();
    }

    /// <summary>Starts from a stored basis whose ray was another one.</summary>
    public void Start(SimplexBasis stored)
    {
        stored.Columns.AsSpan().CopyTo(Basis);
        if (stored.Updates >= MostUpdates)
        {
            Refactor();
            return;
        }

        stored.Inverse.AsSpan().CopyTo(_inverse);
        _updates = stored.Updates + 1;
        var ray = Array.IndexOf(Basis, Ray);
        TimesInverse(_ray, _eta);
        UpdateInverse(ray);
        TimesInverse(_right, _x);
    }

    /// <summary>Keeps the current basis for later programs with the same columns.</summary>
    public void Store(SimplexBasis into)
    {
        Basis.CopyTo(into.Columns, 0);
        _inverse.CopyTo(into.Inverse, 0);
        into.Updates = _updates;
    }

    /// <summary>Solves from the current basis.</summary>
    /// <param name="confirm">Whether the solution is computed anew from its basis before it counts: exact to rounding, however
    /// many steps led there.</param>
    /// <exception cref="NotConvergedException">The rounding errors are too large for the tolerance.</exception>
    public SimplexStatus Solve(bool confirm = true)
    {
        (_stalled, _tolerance) = (0, FirstTolerance);
        for (var round = 0; round < MostRounds; round++)
        {
            _tolerance *= round < LooseFrom ? 1 : 10;
            _repaired = false;
            SetReduced();
            var shifted = false;
            if (!IsFeasible())
            {
                shifted = ShiftReduced();
                if (Dual() == SimplexStatus.Infeasible)
                {
                    return SimplexStatus.Infeasible;
                }
            }

            if (_repaired)
            {
                continue;
            }

            if ((shifted || round > 0 || !IsRightForCosts()) && Primal() == SimplexStatus.Unbounded)
            {
                return SimplexStatus.Unbounded;
            }

            if (!_repaired && (!confirm || _updates == 0))
            {
                SetPrices();
                return SimplexStatus.Optimal;
            }

            if (!_repaired)
            {
                Refactor();
            }
        }

        throw new NotConvergedException(MostRounds, _x.Min());
    }

    /// <summary>Fixes the ray at its value less <paramref name="back"/>: it leaves the basis for good, and the right side becomes what the
    /// ray leaves of it.</summary>
    public void FixRay(double back)
    {
        var row = Array.IndexOf(Basis, Ray);
        var value = _x[row] - back;
        for (var i = 0; i < _rows; i++)
        {
            _right[i] -= value * _ray[i];
        }

        SetPivotRow(row);
        var entering = -1;
        for (var j = 0; j < _a.Columns; j++)
        {
            if (!double.IsNegativeInfinity(Cost[j]) && (entering < 0 || Math.Abs(_pivotRow[j]) > Math.Abs(_pivotRow[entering])))
            {
                entering = j;
            }
        }

        SetEta(entering);
        Exchange(row, entering, back / _eta[row]);
    }

    private double SmallestPivot => PivotToTolerance * _tolerance;

    private bool IsFeasible()
    {
        for (var p = 0; p < _rows; p++)
        {
            if (_x[p] < -_tolerance && Basis[p] != Ray)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsRightForCosts()
    {
        var limit = new Vector<double>(-_tolerance * _priceSize);
        for (var j = 0; j < _reduced.Length; j += Vector<double>.Count)
        {
            if (Vector.LessThanAny(new Vector<double>(_reduced, j), limit))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes negative reduced costs for zero; says whether any was below the tolerance.</summary>
    private bool ShiftReduced()
    {
        if (IsRightForCosts())
        {
            return false;
        }

        for (var j = 0; j < _reduced.Length; j++)
        {
            _reduced[j] = Math.Max(0, _reduced[j]);
        }

        return true;
    }

    private void SetPrices()
    {
        for (var c = 0; c < _rows; c++)
        {
            var column = _inverse.AsSpan(c * Stride, _rows);
            var sum = 0.0;
            for (var p = 0; p < _rows; p++)
            {
                var cost = CostOf(Basis[p]);
                sum = cost == 0 ? sum : sum + (cost * column[p]);
            }

            _prices[c] = sum;
        }
    }

    /// <summary>Reduced costs d = prices'A - c; at the solution none is negative.</summary>
    private void SetReduced()
    {
        SetPrices();
        _priceSize = Math.Max(1, Math.Abs(TensorPrimitives.MaxMagnitude<double>(_prices)));
        _a.Multiply(_prices, _reduced);
        for (var j = 0; j < _reduced.Length; j += Vector<double>.Count)
        {
            (new Vector<double>(_reduced, j) - new Vector<double>(Cost, j)).CopyTo(_reduced, j);
        }

        foreach (var column in Basis)
        {
            if (column != Ray)
            {
                _reduced[column] = 0;
            }
        }
    }

    private double CostOf(int column) => column == Ray ? 1 : Cost[column];

    private void SetPivotRow(int row)
    {
        Span<double> y = stackalloc double[_rows];
        for (var c = 0; c < _rows; c++)
        {
            y[c] = _inverse[(c * Stride) + row];
        }

        _a.Multiply(y, _pivotRow);
    }

    private void SetEta(int column)
    {
        Span<double> entries = stackalloc double[_rows];
        for (var i = 0; i < _rows; i++)
        {
            entries[i] = _a[i, column];
        }

        TimesInverse(entries, _eta);
    }

    private void TimesInverse(ReadOnlySpan<double> vector, double[] result)
    {
        ref var inverse = ref MemoryMarshal.GetArrayDataReference(_inverse);
        ref var to = ref MemoryMarshal.GetArrayDataReference(result);
        for (var p = 0; p < Stride; p += Vector<double>.Count)
        {
            var sum = Vector<double>.Zero;
            for (var c = 0; c < _rows; c++)
            {
                sum = Vector.FusedMultiplyAdd(new Vector<double>(vector[c]), Vector.LoadUnsafe(ref inverse, (nuint)((c * Stride) + p)), sum);
            }

            sum.StoreUnsafe(ref to, (nuint)p);
        }
    }

    /// <summary>The entering column (its eta is set) takes the row, at a step of <paramref name="step"/>.</summary>
    private void Exchange(int row, int entering, double step)
    {
        for (var p = 0; p < _rows; p++)
        {
            _x[p] -= step * _eta[p];
        }

        _x[row] = step;
        UpdateInverse(row);
        Basis[row] = entering;
        Steps++;
        if (++_updates > MostUpdates)
        {
            Refactor();
        }
    }
}

/// <summary>A basis with its inverse.</summary>
internal sealed class SimplexBasis(int rows, int stride)
{
    public int[] Columns { get; } = new int[rows];

    public double[] Inverse { get; } = new double[rows * stride];

    /// <summary>Updates since the inverse was computed.</summary>
    public int Updates { get; set; }
}
