using System.Numerics.Tensors;

namespace Fikspunkt.Statistics.Frontiers;

/// <summary>
/// Distances of points to one frontier, along rays: max beta with b - beta g possible. Each solution's basis - a facet of the frontier - is kept,
/// and a new point starts from the facet that bounds its distance most sharply: often the right one.
/// </summary>
/// <remarks>A facet's prices are right for any point (they do not depend on b), once scaled so that prices'g = 1.
/// The order of the points decides where each one starts, so a sequence of points belongs to one object and one thread.</remarks>
internal sealed class RayProgram
{
    private const int MostFacets = 256;

    /// <summary>A facet whose prices see less of the direction than this, relative to their size, is no start.</summary>
    private const double Parallel = 1e-7;

    private readonly Technology _technology;
    private readonly List<SimplexBasis> _facets = []; // The first _count count; the rest is room to be used again.
    private readonly double[] _prices; // Row by row of the program, facets side by side.
    private readonly double[] _values = new double[MostFacets];
    private readonly double[] _slopes = new double[MostFacets];
    private readonly double[] _point;
    private readonly double[] _ray;
    private readonly int[] _basis;
    private int _count;
    private int _excluded = -1;

    public RayProgram(Technology technology)
    {
        _technology = technology;
        Simplex = new Simplex(technology.Matrix);
        _prices = new double[technology.Rows * MostFacets];
        (_point, _ray, _basis) = (new double[technology.Rows], new double[technology.Rows], new int[technology.Rows]);
        if (technology.BlockedSlack >= 0)
        {
            Simplex.Cost[technology.BlockedSlack] = double.NegativeInfinity;
        }
    }

    public Simplex Simplex { get; }

    /// <summary>The power of two by which the last point was scaled.</summary>
    public double PointScale { get; private set; }

    /// <summary>A row's price at the last solution, for data as they were given: prices'g = 1.</summary>
    public double Price(int row) => Simplex.Prices[row] * _technology.RowScale(row) * PointScale;

    /// <summary>What the sum of the weights contributes to prices'b at the last solution; 0 with CRS.</summary>
    public double ReturnsValue => _technology.HasReturnsRow ? Simplex.Prices[^1] * _point[^1] : 0;

    /// <summary>Forgets the facets: the technology's columns have changed.</summary>
    public void Forget() => _count = 0;

    /// <summary>The largest beta for a point and a direction in data units.</summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Outputs.</param>
    /// <param name="direction">Inputs' part first; not below 0.</param>
    /// <param name="excluded">A unit of the technology that does not count, or -1.</param>
    /// <param name="confirm">As in <see cref="Simplex.Solve"/>.</param>
    /// <returns>NaN where the ray never meets the technology, positive infinity where it never leaves it.</returns>
    public double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> direction, int excluded = -1, bool confirm = true)
    {
        PointScale = _technology.Point(x, y, _point);
        _ray.AsSpan().Clear();
        for (var i = 0; i < direction.Length; i++)
        {
            _ray[i] = direction[i] * _technology.RowScale(i) * PointScale;
        }

        return Solve(_point, _ray, excluded, confirm);
    }

    /// <summary>The same with point and ray on the program's scale.</summary>
    public double Solve(ReadOnlySpan<double> point, ReadOnlySpan<double> ray, int excluded, bool confirm)
    {
        if (excluded >= 0 && _technology.Units == 1 && _technology.BlockedSlack >= 0)
        {
            return double.NaN; // Nothing is left to be compared with.
        }

        Exclude(excluded);
        Simplex.SetProblem(point, ray);
        var facet = Sharpest(point, ray);
        if (facet >= 0)
        {
            Simplex.Start(_facets[facet]);
        }
        else
        {
            Simplex.Start(Cold(ray));
        }

        var before = Simplex.Steps;
        switch (Simplex.Solve(confirm))
        {
            case SimplexStatus.Infeasible:
                return double.NaN;
            case SimplexStatus.Unbounded:
                return double.PositiveInfinity;
            default:
                if (_count < MostFacets && (facet < 0 || Simplex.Steps > before))
                {
                    Keep();
                }

                return Simplex.RayValue;
        }
    }

    /// <summary>Starts the program at a unit of the technology with its own weight 1 and no ray: feasible, whatever the costs.
    /// Says whether the unit has anything other than zeros to stand on.</summary>
    public bool StartAt(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int unit)
    {
        Exclude(-1);
        PointScale = _technology.Point(x, y, _point);
        _ray.AsSpan().Clear();
        Simplex.SetProblem(_point, _ray);
        var largest = 0;
        for (var i = 0; i < _basis.Length; i++)
        {
            _basis[i] = _technology.Slack(i);
            largest = Math.Abs(_point[i]) > Math.Abs(_point[largest]) ? i : largest;
        }

        largest = _technology.BlockedSlack >= 0 ? _basis.Length - 1 : largest;
        if (_point[largest] == 0)
        {
            return false;
        }

        _basis[largest] = unit;
        Simplex.Start(_basis);
        return true;
    }

    /// <summary>The units with weight in the current solution, by number.</summary>
    public IReadOnlyList<Peer> Peers()
    {
        const double noWeight = 1e-9;
        var peers = new List<Peer>();
        for (var p = 0; p < _technology.Rows; p++)
        {
            var column = Simplex.Basis[p];
            if (column >= 0 && column < _technology.Units && Simplex.Values[p] > noWeight)
            {
                peers.Add(new Peer(column, Simplex.Values[p] * _technology.UnitScale(column) / PointScale));
            }
        }

        return [.. peers.OrderBy(peer => peer.Unit)];
    }

    private void Exclude(int unit)
    {
        if (_excluded >= 0)
        {
            Simplex.Cost[_excluded] = 0;
        }

        if (unit >= 0)
        {
            Simplex.Cost[unit] = double.NegativeInfinity;
        }

        _excluded = unit;
    }

    private int Sharpest(ReadOnlySpan<double> point, ReadOnlySpan<double> ray)
    {
        var values = _values.AsSpan(0, _count);
        var slopes = _slopes.AsSpan(0, _count);
        values.Clear();
        slopes.Clear();
        for (var i = 0; i < point.Length; i++)
        {
            var prices = _prices.AsSpan(i * MostFacets, _count);
            TensorPrimitives.MultiplyAdd(prices, point[i], values, values);
            TensorPrimitives.MultiplyAdd(prices, ray[i], slopes, slopes);
        }

        var (best, bound) = (-1, double.PositiveInfinity);
        for (var f = 0; f < _count; f++)
        {
            if (slopes[f] > Parallel && values[f] < bound * slopes[f] && (_excluded < 0 || !_facets[f].Columns.Contains(_excluded)))
            {
                (best, bound) = (f, values[f] / slopes[f]);
            }
        }

        return best;
    }

    private void Keep()
    {
        var largest = 0.0;
        foreach (var price in Simplex.Prices)
        {
            largest = Math.Max(largest, Math.Abs(price));
        }

        for (var i = 0; i < _technology.Rows; i++)
        {
            _prices[(i * MostFacets) + _count] = Simplex.Prices[i] / largest;
        }

        if (_count == _facets.Count)
        {
            _facets.Add(new SimplexBasis(_technology.Rows, Simplex.Stride));
        }

        Simplex.Store(_facets[_count++]);
    }

    /// <summary>The facet that prices one input or output alone - the one where the ray is longest - and is moved until it touches the first unit.</summary>
    private ReadOnlySpan<int> Cold(ReadOnlySpan<double> ray)
    {
        var longest = 0;
        for (var i = 0; i < _basis.Length; i++)
        {
            _basis[i] = _technology.Slack(i);
            longest = ray[i] > ray[longest] ? i : longest;
        }

        if (_technology.BlockedSlack >= 0)
        {
            var own = _technology.Matrix.Row(longest);
            var sum = _technology.Matrix.Row(_technology.Rows - 1);
            var first = -1;
            for (var unit = 0; unit < _technology.Units; unit++)
            {
                first = unit != _excluded && (first < 0 || own[unit] / sum[unit] < own[first] / sum[first]) ? unit : first;
            }

            _basis[^1] = first;
        }

        _basis[longest] = Simplex.Ray;
        return _basis;
    }
}
