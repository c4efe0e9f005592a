namespace Fikspunkt.Statistics.Numerics;

/// <summary>Coordinates in which the columns of a (weighted) design A are orthonormal: A = Q T for an invertible T.</summary>
internal interface IDesignBasis
{
    /// <summary>The row x' of A in the basis: the g with g'T = x'.</summary>
    void RowInBasis(ReadOnlySpan<double> x, Span<double> g);

    /// <summary>The coefficients b with A b = Q g, in the order and units of the columns.</summary>
    double[] Coefficients(ReadOnlySpan<double> g);
}

/// <summary>What follows from a basis.</summary>
internal static class DesignBasis
{
    /// <summary>S with S S' = (A'A)^-1, rows in the order of the columns of A.</summary>
    public static RowMatrix InverseRoot(this IDesignBasis basis, int columns)
    {
        var root = new RowMatrix(columns, columns);
        var unit = new double[columns];
        for (var j = 0; j < columns; j++)
        {
            Array.Clear(unit);
            unit[j] = 1;
            var column = basis.Coefficients(unit);
            for (var i = 0; i < columns; i++)
            {
                root[i, j] = column[i];
            }
        }

        return root;
    }
}
