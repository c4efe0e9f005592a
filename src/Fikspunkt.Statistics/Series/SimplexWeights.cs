using System.Numerics.Tensors;
using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Series;

/// <summary>Shares (not below 0, sum 1) of given points whose mix lies nearest to the origin.</summary>
/// <remarks>
/// Wolfe, Finding the nearest point in a polytope, Mathematical Programming 11 (1976) 128-149: an active-set method that keeps a set of points
/// which do not depend on each other (affinely), moves to the nearest point of their plane, drops points on the way out of their hull
/// and takes in the point that is farthest on the near side. It ends after finitely many steps with an exact optimum:
/// no point p has p'x below x'x - <see cref="Tolerance"/> x (the largest squared length), which is checked before anything is returned.
/// </remarks>
internal sealed class SimplexWeights
{
    /// <summary>Slack of the optimality check, relative to the largest squared length of a point.</summary>
    private const double Tolerance = 1e-11;

    /// <summary>The largest remaining gain with which shares count as found.</summary>
    public const double Acceptable = 1e-9;

    private readonly int _count;
    private readonly int _dimension;
    private readonly double[] _points;
    private readonly double[] _gram;
    private readonly double[] _mix;
    private readonly double[] _factor;
    private readonly double[] _plane;
    private readonly double[] _residual;
    private readonly int[] _active;
    private int _used;

    /// <summary>Room for <paramref name="count"/> points of <paramref name="dimension"/> coordinates.</summary>
    public SimplexWeights(int count, int dimension)
    {
        (_count, _dimension) = (count, dimension);
        var most = Math.Min(count, dimension + 1) + 1;
        (_points, _mix) = (new double[count * dimension], new double[dimension]);
        (_gram, _factor) = (new double[most * most], new double[most * most]);
        (_plane, _residual, _active) = (new double[most], new double[most], new int[most]);
        Weights = new double[count];
    }

    /// <summary>The shares found by the last call.</summary>
    public double[] Weights { get; }

    /// <summary>The points to fill in, one after the other, before <see cref="Solve"/>.</summary>
    public Span<double> Point(int i) => _points.AsSpan(i * _dimension, _dimension);

    /// <summary>Finds the shares.</summary>
    /// <returns>What the optimality check leaves, relative to the largest squared length: above <see cref="Acceptable"/> the points
    /// lie too close to a common plane for double precision.</returns>
    public double Solve()
    {
        Array.Clear(Weights);
        var (nearest, largest) = (0, 0.0);
        var shortest = double.PositiveInfinity;
        for (var i = 0; i < _count; i++)
        {
            var length = TensorPrimitives.SumOfSquares<double>(Point(i));
            largest = Math.Max(largest, length);
            if (length < shortest)
            {
                (nearest, shortest) = (i, length);
            }
        }

        (_used, _active[0], Weights[nearest]) = (1, nearest, 1);
        Point(nearest).CopyTo(_mix);
        var gain = 0.0;
        for (var step = 0; step < 50 * (_count + 10); step++)
        {
            (var entering, gain) = Farthest();
            if (gain <= Tolerance * largest)
            {
                return 0;
            }

            if (!TakeIn(entering, largest))
            {
                break;
            }
        }

        return gain / largest;
    }

    /// <summary>The point that lies farthest beyond the mix on the side of the origin, and by how much.</summary>
    private (int Point, double Gain) Farthest()
    {
        var square = TensorPrimitives.SumOfSquares<double>(_mix);
        var (best, lowest) = (-1, double.PositiveInfinity);
        for (var i = 0; i < _count; i++)
        {
            var product = TensorPrimitives.Dot<double>(Point(i), _mix);
            if (product < lowest)
            {
                (best, lowest) = (i, product);
            }
        }

        return (best, square - lowest);
    }

    /// <summary>Adds a point to the active ones and moves to the nearest point of their hull; false when it cannot be told apart from them.</summary>
    private bool TakeIn(int entering, double largest)
    {
        for (var i = 0; i < _used; i++)
        {
            if (_active[i] == entering)
            {
                return false;
            }
        }

        _active[_used++] = entering;
        while (true)
        {
            if (!NearestInPlane(largest))
            {
                return false;
            }

            var share = 1.0;
            for (var i = 0; i < _used; i++)
            {
                if (_plane[i] <= 0)
                {
                    var weight = Weights[_active[i]];
                    share = Math.Min(share, weight / (weight - _plane[i]));
                }
            }

            share = double.IsNaN(share) ? 0 : share;
            var kept = 0;
            for (var i = 0; i < _used; i++)
            {
                var weight = ((1 - share) * Weights[_active[i]]) + (share * _plane[i]);
                var leaves = share < 1 && _plane[i] <= 0 && weight <= 1e-15;
                Weights[_active[i]] = leaves ? 0 : Math.Max(weight, 0);
                if (!leaves)
                {
                    _active[kept++] = _active[i];
                }
            }

            if (share >= 1 || kept == _used)
            {
                Mix();
                return share >= 1;
            }

            _used = kept;
        }
    }

    /// <summary>Affine weights of the nearest point in the plane of the active points: (11' + P'P) u = 1, w = u / sum u.</summary>
    private bool NearestInPlane(double largest)
    {
        var m = _used;
        for (var a = 0; a < m; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                _gram[(a * m) + b] = 1 + (TensorPrimitives.Dot<double>(Point(_active[a]), Point(_active[b])) / largest);
                _gram[(b * m) + a] = _gram[(a * m) + b];
            }
        }

        _gram.AsSpan(0, m * m).CopyTo(_factor);
        if (!Cholesky.TryFactorise(_factor.AsSpan(0, m * m), m, 1e-15))
        {
            return false;
        }

        var u = _plane.AsSpan(0, m);
        var r = _residual.AsSpan(0, m);
        u.Clear();
        r.Fill(1);
        for (var pass = 0; pass < 3; pass++)
        {
            // Refinement gives back what the squares of the Gram matrix cost.
            Cholesky.Solve(_factor.AsSpan(0, m * m), m, r);
            TensorPrimitives.Add(u, r, u);
            for (var a = 0; a < m; a++)
            {
                r[a] = 1 - TensorPrimitives.Dot<double>(_gram.AsSpan(a * m, m), u);
            }
        }

        TensorPrimitives.Divide(u, TensorPrimitives.Sum<double>(u), u);
        return true;
    }

    private void Mix()
    {
        var total = 0.0;
        for (var i = 0; i < _used; i++)
        {
            total += Weights[_active[i]];
        }

        Array.Clear(_mix);
        for (var i = 0; i < _used; i++)
        {
            Weights[_active[i]] /= total;
            TensorPrimitives.MultiplyAdd(Point(_active[i]), Weights[_active[i]], _mix, _mix);
        }
    }
}
