using System.Numerics;

namespace Fikspunkt.Statistics.Frontiers;

/// <summary>The two kinds of steps.</summary>
internal sealed partial class Simplex
{
    /// <summary>A step that changes the objective by less brings no progress.</summary>
    private const double Progress = 1e-13;

    /// <summary>A value that the dual simplex found no way to repair counts as 0 down to so many tolerances, once it was computed anew.</summary>
    private const double Hopeless = 100;

    private bool ByNumber => _stalled > 20 + (3 * _rows);

    /// <summary>Dual simplex from reduced costs that are not negative: makes the basic variables so.</summary>
    private SimplexStatus Dual()
    {
        for (var step = 0; step < _mostSteps; step++)
        {
            var row = _repaired ? -1 : MostViolated();
            if (row < 0)
            {
                return SimplexStatus.Optimal;
            }

            SetPivotRow(row);
            var entering = ByNumber ? EnteringByNumber() : Entering();
            if (entering < 0)
            {
                if (_updates == 0)
                {
                    // A violation of the order of rounding that nothing repairs is none.
                    if (_x[row] < -_tolerance * (Hopeless + RowSize(row)))
                    {
                        return SimplexStatus.Infeasible;
                    }

                    _x[row] = 0;
                    continue;
                }

                Refactor();
                continue;
            }

            SetEta(entering);
            if (Math.Abs(_eta[row] - _pivotRow[entering]) > 1e-6 * (1 + Math.Abs(_eta[row])) && _updates > 0)
            {
                Refactor(); // The two ways to compute the pivot disagree: the inverse has drifted.
                continue;
            }

            var ratio = Math.Max(0, _reduced[entering] / -_pivotRow[entering]);
            _stalled = ratio * -_x[row] > Progress ? 0 : _stalled + 1;
            if (ratio > 0)
            {
                var factor = new Vector<double>(ratio);
                for (var j = 0; j < _reduced.Length; j += Vector<double>.Count)
                {
                    Vector.FusedMultiplyAdd(factor, new Vector<double>(_pivotRow, j), new Vector<double>(_reduced, j)).CopyTo(_reduced, j);
                }
            }

            _reduced[entering] = 0;
            Exchange(row, entering, _x[row] / _eta[row]);
        }

        throw new NotConvergedException(_mostSteps, _x.Min());
    }

    /// <summary>The largest element of a row of the inverse: its basic value is as exact as this is small.</summary>
    private double RowSize(int row)
    {
        var largest = 0.0;
        for (var c = 0; c < _rows; c++)
        {
            largest = Math.Max(largest, Math.Abs(_inverse[(c * Stride) + row]));
        }

        return largest;
    }

    /// <summary>The row to leave: the largest x^2 / |row of the inverse|^2 among negative x; by Bland's rule the smallest column number.</summary>
    private int MostViolated()
    {
        var (best, score) = (-1, 0.0);
        Span<double> norms = stackalloc double[Stride];
        var known = false;
        for (var p = 0; p < _rows; p++)
        {
            if (_x[p] >= -_tolerance || Basis[p] == Ray)
            {
                continue;
            }

            if (ByNumber)
            {
                best = best < 0 || Basis[p] < Basis[best] ? p : best;
                continue;
            }

            if (!known)
            {
                SetRowNorms(norms);
                known = true;
            }

            var own = _x[p] * _x[p] / norms[p];
            (best, score) = own > score ? (p, own) : (best, score);
        }

        return best;
    }

    private void SetRowNorms(Span<double> norms)
    {
        for (var p = 0; p < Stride; p += Vector<double>.Count)
        {
            var sum = Vector<double>.Zero;
            for (var c = 0; c < _rows; c++)
            {
                var column = new Vector<double>(_inverse, (c * Stride) + p);
                sum = Vector.FusedMultiplyAdd(column, column, sum);
            }

            sum.CopyTo(norms[p..]);
        }
    }

    /// <summary>The column to enter in the dual simplex: smallest d / -pivot with a little room, then the largest pivot.</summary>
    private int Entering()
    {
        var (smallest, room) = (new Vector<double>(-SmallestPivot), new Vector<double>(_tolerance));
        var nearest = new Vector<double>(double.PositiveInfinity);
        var none = nearest;
        for (var j = 0; j < _reduced.Length; j += Vector<double>.Count)
        {
            var pivot = new Vector<double>(_pivotRow, j);
            var ratio = (Vector.Max(new Vector<double>(_reduced, j), Vector<double>.Zero) + room) / -pivot;
            nearest = Vector.Min(nearest, Vector.ConditionalSelect(Vector.LessThan(pivot, smallest), ratio, none));
        }

        var bound = double.PositiveInfinity;
        for (var lane = 0; lane < Vector<double>.Count; lane++)
        {
            bound = Math.Min(bound, nearest[lane]);
        }

        if (double.IsPositiveInfinity(bound))
        {
            return -1;
        }

        var limit = new Vector<double>(bound);
        var (best, largest) = (-1, 0.0);
        for (var j = 0; j < _reduced.Length; j += Vector<double>.Count)
        {
            var pivot = new Vector<double>(_pivotRow, j);
            var within = Vector.LessThan(pivot, smallest) & Vector.LessThanOrEqual(new Vector<double>(_reduced, j), limit * -pivot);
            if (within == Vector<long>.Zero)
            {
                continue;
            }

            for (var lane = 0; lane < Vector<double>.Count; lane++)
            {
                if (within[lane] != 0 && -pivot[lane] > largest)
                {
                    (best, largest) = (j + lane, -pivot[lane]);
                }
            }
        }

        return best;
    }

    private int EnteringByNumber()
    {
        var (best, nearest) = (-1, double.PositiveInfinity);
        for (var j = 0; j < _a.Columns; j++)
        {
            if (_pivotRow[j] < -SmallestPivot && Math.Max(0, _reduced[j]) / -_pivotRow[j] is var ratio && ratio < nearest)
            {
                (best, nearest) = (j, ratio);
            }
        }

        return best;
    }

    /// <summary>Primal simplex from basic variables that are not negative: makes the reduced costs so.</summary>
    private SimplexStatus Primal()
    {
        for (var step = 0; step < _mostSteps && !_repaired; step++)
        {
            SetReduced();
            var entering = -1;
            for (var j = 0; j < _a.Columns && !(ByNumber && entering >= 0); j++)
            {
                entering = _reduced[j] < -_tolerance * _priceSize && (entering < 0 || _reduced[j] < _reduced[entering]) ? j : entering;
            }

            if (entering < 0)
            {
                return SimplexStatus.Optimal;
            }

            SetEta(entering);
            var row = Leaving();
            if (row < 0)
            {
                return SimplexStatus.Unbounded;
            }

            var size = Math.Max(0, _x[row] / _eta[row]);
            _stalled = size * -_reduced[entering] > Progress ? 0 : _stalled + 1;
            Exchange(row, entering, size);
        }

        return _repaired ? SimplexStatus.Optimal : throw new NotConvergedException(_mostSteps, _reduced.Min());
    }

    /// <summary>The row to leave in the primal simplex: smallest x / eta with a little room, then the largest pivot; by Bland's rule the smallest column number.</summary>
    private int Leaving()
    {
        var (bound, exact) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var p = 0; p < _rows; p++)
        {
            if (_eta[p] > SmallestPivot && Basis[p] != Ray)
            {
                var x = Math.Max(0, _x[p]);
                (bound, exact) = (Math.Min(bound, (x + _tolerance) / _eta[p]), Math.Min(exact, x / _eta[p]));
            }
        }

        var best = -1;
        for (var p = 0; p < _rows; p++)
        {
            if (!(_eta[p] > SmallestPivot) || Basis[p] == Ray)
            {
                continue;
            }

            var own = Math.Max(0, _x[p]) / _eta[p];
            if (ByNumber ? own <= exact && (best < 0 || Basis[p] < Basis[best]) : own <= bound && (best < 0 || _eta[p] > _eta[best]))
            {
                best = p;
            }
        }

        return best;
    }
}
