using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Regression;

/// <summary>The rows of a weighted design diag(root) X in an orthonormal basis: stored, or made when asked for.</summary>
/// <param name="x">The design.</param>
/// <param name="root">Root of the weight of each row; <see langword="null"/> for all 1.</param>
/// <param name="basis">The basis of diag(root) X.</param>
/// <param name="stored">The rows, where they are there anyway.</param>
internal sealed class BasisRows(RowMatrix x, double[]? root, IDesignBasis basis, RowMatrix? stored)
{
    public int Count => x.Rows;

    public int Columns => x.Columns;

    /// <summary>Root of a row's weight.</summary>
    public double Root(int row) => root is null ? 1 : root[row];

    /// <summary>One row with its weight; <paramref name="scratch"/> is written when it has to be made.</summary>
    public ReadOnlySpan<double> Weighted(int row, Span<double> scratch)
    {
        if (stored is not null)
        {
            return stored.Row(row);
        }

        basis.RowInBasis(x.Row(row), scratch);
        if (root is not null)
        {
            foreach (ref var value in scratch)
            {
                value *= root[row];
            }
        }

        return scratch;
    }

    /// <summary>One row without its weight; rows of weight 0 have one too.</summary>
    public void Plain(int row, Span<double> into)
    {
        if (stored is null || Root(row) == 0)
        {
            basis.RowInBasis(x.Row(row), into);
            return;
        }

        for (var j = 0; j < into.Length; j++)
        {
            into[j] = stored[row, j] / Root(row);
        }
    }
}
