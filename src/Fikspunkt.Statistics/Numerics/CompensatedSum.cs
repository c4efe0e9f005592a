namespace Fikspunkt.Statistics.Numerics;

/// <summary>A running sum whose rounding error does not grow with the number of terms.</summary>
/// <remarks>Neumaier's variant of Kahan's algorithm, ZAMM 54 (1974) 39-51. The default is an empty sum, 0.</remarks>
public struct CompensatedSum
{
    private double _sum;
    private double _lost;

    /// <summary>The sum so far.</summary>
    public readonly double Value => double.IsFinite(_lost) ? _sum + _lost : _sum;

    /// <summary>Adds a term.</summary>
    public void Add(double term)
    {
        var next = _sum + term;
        _lost += Math.Abs(_sum) >= Math.Abs(term) ? _sum - next + term : term - next + _sum;
        _sum = next;
    }

    /// <summary>Sum of <paramref name="values"/>.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        var sum = new CompensatedSum();
        foreach (var value in values)
        {
            sum.Add(value);
        }

        return sum.Value;
    }

    /// <summary>Sum of squares.</summary>
    public static double OfSquares(ReadOnlySpan<double> values) => OfProducts(values, values);

    /// <summary>Sum of products of two vectors of the same length.</summary>
    /// <remarks>The products' own rounding errors are added too (Ogita, Rump and Oishi, SIAM J. Sci. Comput. 26 (2005), Dot2).</remarks>
    public static double OfProducts(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Check.SameLength(a.Length, b.Length, nameof(b));
        var sum = new CompensatedSum();
        for (var i = 0; i < a.Length; i++)
        {
            var product = a[i] * b[i];
            sum.Add(product);
            sum._lost += Math.FusedMultiplyAdd(a[i], b[i], -product);
        }

        return sum.Value;
    }
}
