using System.Numerics;
using System.Runtime.InteropServices;

namespace Fikspunkt.Statistics.Frontiers;

/// <summary>The inverse of the basis: its update and its making.</summary>
internal sealed partial class Simplex
{
    private void UpdateInverse(int row)
    {
        ref var inverse = ref MemoryMarshal.GetArrayDataReference(_inverse);
        ref var eta = ref MemoryMarshal.GetArrayDataReference(_eta);
        var pivot = 1 / _eta[row];
        for (var c = 0; c < _rows; c++)
        {
            var start = c * Stride;
            var own = _inverse[start + row] * pivot;
            var factor = new Vector<double>(-own);
            for (var p = 0; p < Stride; p += Vector<double>.Count)
            {
                Vector.FusedMultiplyAdd(factor, Vector.LoadUnsafe(ref eta, (nuint)p), Vector.LoadUnsafe(ref inverse, (nuint)(start + p)))
                    .StoreUnsafe(ref inverse, (nuint)(start + p));
            }

            _inverse[start + row] = own;
        }
    }

    /// <summary>The inverse of the basis by elimination with row exchanges, and the basic values from it. A column that depends on the
    /// others (units that differ in the last digits only) gives its place to a slack; the ray is taken first, so that it stays.</summary>
    private void Refactor()
    {
        var (m, wide) = (_rows, 2 * _rows);
        if (Array.IndexOf(Basis, Ray) is var ray and > 0)
        {
            (Basis[0], Basis[ray]) = (Basis[ray], Basis[0]);
        }

        var w = _work;
        Array.Clear(w);
        for (var i = 0; i < m; i++)
        {
            for (var p = 0; p < m; p++)
            {
                w[(i * wide) + p] = Basis[p] == Ray ? _ray[i] : _a[i, Basis[p]];
            }

            w[(i * wide) + m + i] = 1;
        }

        for (var p = 0; p < m; p++)
        {
            var best = Largest(w, p);
            if (Math.Abs(w[(best * wide) + p]) < SmallestIndependent)
            {
                best = Repair(w, p);
            }

            Eliminate(w, p, best);
        }

        for (var c = 0; c < m; c++)
        {
            for (var p = 0; p < m; p++)
            {
                _inverse[(c * Stride) + p] = w[(p * wide) + m + c];
            }
        }

        _updates = 0;
        TimesInverse(_right, _x);
    }

    private int Largest(double[] w, int column)
    {
        var best = column;
        for (var i = column + 1; i < _rows; i++)
        {
            best = Math.Abs(w[(i * 2 * _rows) + column]) > Math.Abs(w[(best * 2 * _rows) + column]) ? i : best;
        }

        return best;
    }

    /// <summary>Puts in the column's place the slack that sees most of the rows without a pivot, and returns the row that it sees.</summary>
    private int Repair(double[] w, int column)
    {
        var (wide, firstSlack) = (2 * _rows, _a.Columns - _rows);
        var (row, slack, largest) = (-1, -1, SmallestIndependent);
        for (var s = 0; s < _rows && Basis[column] != Ray; s++)
        {
            if (double.IsNegativeInfinity(Cost[firstSlack + s]) || Basis.Contains(firstSlack + s))
            {
                continue;
            }

            for (var i = column; i < _rows; i++)
            {
                var seen = Math.Abs(w[(i * wide) + _rows + s]);
                (row, slack, largest) = seen > largest ? (i, s, seen) : (row, slack, largest);
            }
        }

        if (row < 0)
        {
            throw new NotConvergedException((int)Steps, w[(column * wide) + column]);
        }

        for (var i = 0; i < _rows; i++)
        {
            w[(i * wide) + column] = w[(i * wide) + _rows + slack];
        }

        Basis[column] = firstSlack + slack;
        _repaired = true;
        return row;
    }

    /// <summary>One column of the elimination with the pivot's row brought to its place.</summary>
    private void Eliminate(double[] w, int column, int row)
    {
        var wide = 2 * _rows;
        var own = w.AsSpan(column * wide, wide);
        var other = w.AsSpan(row * wide, wide);
        for (var c = 0; row != column && c < wide; c++)
        {
            (own[c], other[c]) = (other[c], own[c]);
        }

        var pivot = own[column];
        for (var c = column; c < wide; c++)
        {
            own[c] /= pivot;
        }

        for (var i = 0; i < _rows; i++)
        {
            var factor = w[(i * wide) + column];
            if (i == column || factor == 0)
            {
                continue;
            }

            var target = w.AsSpan(i * wide, wide);
            for (var c = column; c < wide; c++)
            {
                target[c] -= factor * own[c];
            }
        }
    }
}
