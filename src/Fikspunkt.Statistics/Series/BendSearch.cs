using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Series;

/// <summary>Search for the bends of a broken line, one at a time, exactly.</summary>
internal sealed class BendSearch
{
    private const int MostRounds = 100;

    private readonly double[] _times;
    private readonly double[] _values;
    private readonly double[] _places;
    private readonly double _first;
    private readonly double _length;

    public BendSearch(ReadOnlySpan<double> times, ReadOnlySpan<double> values)
    {
        (_times, _values) = (times.ToArray(), values.ToArray());
        Array.Sort(_times, _values);
        (_first, _length) = (_times.Length == 0 ? 0 : _times[0], 1);
        if (_times.Length > 0 && _times[^1] > _first)
        {
            // Times from 0 to 1 keep dates as year numbers well conditioned.
            _length = _times[^1] - _first;
            for (var i = 0; i < _times.Length; i++)
            {
                _times[i] = (_times[i] - _first) / _length;
            }
        }

        _places = [.. _times.Distinct()];
    }

    /// <summary>Number of different times.</summary>
    public int Times => _places.Length;

    public double[] Find(int bends)
    {
        var grown = new List<double>();
        for (var j = 0; j < bends; j++)
        {
            grown.Add(Best([.. grown]).Place);
            grown.Sort();
        }

        var (best, lowest) = Settle([.. grown]);
        if (bends > 1)
        {
            var even = Enumerable.Range(1, bends).Select(j => _places[Math.Clamp(j * _places.Length / (bends + 1), 1, _places.Length - 2)]).Distinct().ToArray();
            if (even.Length == bends && Settle(even) is var (other, lower) && lower < lowest)
            {
                best = other;
            }
        }

        return [.. best.Select(place => _first + (_length * place))];
    }

    /// <summary>Moves each bend to its best place given the others until nothing is gained.</summary>
    private (double[] Bends, double Squares) Settle(double[] bends)
    {
        var squares = double.PositiveInfinity;
        for (var round = 0; round < MostRounds && bends.Length > 0; round++)
        {
            var before = squares;
            for (var j = 0; j < bends.Length; j++)
            {
                var others = bends.Where((_, i) => i != j).ToArray();
                var (place, lower) = Best(others);
                if (lower < squares)
                {
                    (bends, squares) = ([.. others.Append(place).Order()], lower);
                }
            }

            if (bends.Length == 1 || !(squares < before * (1 - 1e-12)))
            {
                break;
            }
        }

        return (bends, squares);
    }

    /// <summary>The best place for one more bend beside the others, and the residual sum of squares there.</summary>
    private (double Place, double Squares) Best(double[] others)
    {
        var n = _times.Length;
        var basis = new RowMatrix(n, 2 + others.Length);
        for (var i = 0; i < n; i++)
        {
            var row = basis.Row(i);
            (row[0], row[1]) = (1, _times[i]);
            for (var j = 0; j < others.Length; j++)
            {
                row[2 + j] = Math.Max(0, _times[i] - others[j]);
            }
        }

        var qr = HouseholderQr.Factorise(basis, []);
        var y = Rest(qr, _values);
        var total = CompensatedSum.OfSquares(y);
        if (!(total > 1e-26 * CompensatedSum.OfSquares(_values)))
        {
            throw new NoVariationException("values");
        }

        var (place, squares) = (double.NaN, double.PositiveInfinity);

        // A bend needs two different times on both sides, and it cannot share a gap with another.
        for (var gap = 1; gap + 2 < _places.Length; gap++)
        {
            var (low, high) = (_places[gap], _places[gap + 1]);
            if (Array.Exists(others, other => other >= low && other <= high))
            {
                continue;
            }

            foreach (var candidate in Candidates(qr, y, low, high))
            {
                var column = Rest(qr, Array.ConvertAll(_times, time => Math.Max(0, time - candidate)));
                var length = CompensatedSum.OfSquares(column);
                var along = CompensatedSum.OfProducts(column, y);
                var left = total - (along * along / length);
                if (length > 1e-18 && left < squares)
                {
                    (place, squares) = (candidate, left);
                }
            }
        }

        return double.IsNaN(place) ? throw new NoVariationException("values") : (place, Math.Max(0, squares));
    }

    /// <summary>Both ends of a gap, and the crossing of two free lines if it lies in between.</summary>
    private IEnumerable<double> Candidates(HouseholderQr qr, double[] y, double low, double high)
    {
        if (low > _places[1])
        {
            yield return low;
        }

        if (high < _places[^2])
        {
            yield return high;
        }

        // d max(0, t - tau) is d t 1 - d tau 1 for a tau in the gap, with 1 marking the times after it: two free columns there give d and d tau.
        var slope = Rest(qr, Array.ConvertAll(_times, time => time >= high ? time - low : 0));
        var step = Rest(qr, Array.ConvertAll(_times, time => time >= high ? 1.0 : 0));
        var (ss, st, tt) = (CompensatedSum.OfSquares(slope), CompensatedSum.OfProducts(slope, step), CompensatedSum.OfSquares(step));
        var (sy, ty) = (CompensatedSum.OfProducts(slope, y), CompensatedSum.OfProducts(step, y));
        var determinant = (ss * tt) - (st * st);
        if (determinant > 1e-12 * ss * tt)
        {
            var change = ((tt * sy) - (st * ty)) / determinant;
            var jump = ((ss * ty) - (st * sy)) / determinant;
            var crossing = low - (jump / change);
            if (crossing > low && crossing < high)
            {
                yield return crossing;
            }
        }
    }

    /// <summary>What a column has beyond the basis; twice, because once leaves rounding behind.</summary>
    private static double[] Rest(HouseholderQr qr, double[] column)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            var g = qr.Project(column);
            var rest = (double[])column.Clone();
            for (var i = 0; i < rest.Length; i++)
            {
                rest[i] -= Regression.LinearRegression.Dot(qr.Q.Row(i), g);
            }

            column = rest;
        }

        return column;
    }
}
