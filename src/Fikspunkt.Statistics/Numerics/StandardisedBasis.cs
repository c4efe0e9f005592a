using System.Numerics.Tensors;

namespace Fikspunkt.Statistics.Numerics;

/// <summary>An orthonormal basis from normal equations: z = (x - centre) / scale per column, and Z'Z = L L'.</summary>
/// <param name="centre">What is subtracted from each column; 0 throughout if there is no constant column.</param>
/// <param name="scale">What each column is divided by.</param>
/// <param name="constant">The constant column, which takes up what centring the others moves; -1 for none.</param>
/// <param name="value">The value of the constant column.</param>
/// <param name="factor">L, k x k.</param>
internal sealed class StandardisedBasis(double[] centre, double[] scale, int constant, double value, double[] factor) : IDesignBasis
{
    public void RowInBasis(ReadOnlySpan<double> x, Span<double> g)
    {
        for (var j = 0; j < g.Length; j++)
        {
            var before = TensorPrimitives.Dot(factor.AsSpan(j * scale.Length, j), g[..j]);
            g[j] = (((x[j] - centre[j]) / scale[j]) - before) / factor[(j * scale.Length) + j];
        }
    }

    public double[] Coefficients(ReadOnlySpan<double> g)
    {
        var b = g.ToArray();
        Cholesky.SolveUpper(factor, b.Length, b);
        return Original(b);
    }

    /// <summary>Coefficients of the columns as given from those of the standardised columns.</summary>
    public double[] Original(ReadOnlySpan<double> standardised)
    {
        var b = new double[standardised.Length];
        var moved = default(CompensatedSum);
        for (var j = 0; j < b.Length; j++)
        {
            b[j] = standardised[j] / scale[j];
            moved.Add(b[j] * centre[j]);
        }

        if (constant >= 0)
        {
            b[constant] -= moved.Value / value;
        }

        return b;
    }
}

/// <summary>A basis in the coordinates of another one.</summary>
/// <param name="first">The coordinates.</param>
/// <param name="second">The basis.</param>
internal sealed class TurnedBasis(IDesignBasis first, IDesignBasis second) : IDesignBasis
{
    public void RowInBasis(ReadOnlySpan<double> x, Span<double> g)
    {
        Span<double> turned = g.Length <= 256 ? stackalloc double[g.Length] : new double[g.Length];
        first.RowInBasis(x, turned);
        second.RowInBasis(turned, g);
    }

    public double[] Coefficients(ReadOnlySpan<double> g) => first.Coefficients(second.Coefficients(g));
}
