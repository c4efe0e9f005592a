using System.Numerics;
using System.Runtime.InteropServices;

namespace Fikspunkt.Statistics.Frontiers;

/// <summary>The columns of a linear program, few rows and many columns, stored row by row so that a pass over all columns runs in vectors.</summary>
/// <remarks>Rows are padded with columns of zeros to a whole number of blocks.</remarks>
internal sealed class ColumnMatrix
{
    private static readonly int Block = 4 * Vector<double>.Count;

    public ColumnMatrix(int rows, int columns)
    {
        (Rows, Columns) = (rows, columns);
        Width = (columns + Block - 1) / Block * Block;
        Values = new double[rows * Width];
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Columns with their padding.</summary>
    public int Width { get; }

    public double[] Values { get; }

    public double this[int row, int column]
    {
        get => Values[(row * Width) + column];
        set => Values[(row * Width) + column] = value;
    }

    public Span<double> Row(int row) => Values.AsSpan(row * Width, Width);

    /// <summary>result = y'A, column by column; the rows are added in order, so the width of the vectors does not show.</summary>
    public void Multiply(ReadOnlySpan<double> y, Span<double> result)
    {
        ref var a = ref MemoryMarshal.GetArrayDataReference(Values);
        ref var to = ref MemoryMarshal.GetReference(result);
        var step = Vector<double>.Count;
        for (var j = 0; j < Width; j += Block)
        {
            var (sum0, sum1, sum2, sum3) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
            for (var i = 0; i < Rows; i++)
            {
                var at = (nuint)((i * Width) + j);
                var factor = new Vector<double>(y[i]);
                sum0 = Vector.FusedMultiplyAdd(factor, Vector.LoadUnsafe(ref a, at), sum0);
                sum1 = Vector.FusedMultiplyAdd(factor, Vector.LoadUnsafe(ref a, at + (nuint)step), sum1);
                sum2 = Vector.FusedMultiplyAdd(factor, Vector.LoadUnsafe(ref a, at + (nuint)(2 * step)), sum2);
                sum3 = Vector.FusedMultiplyAdd(factor, Vector.LoadUnsafe(ref a, at + (nuint)(3 * step)), sum3);
            }

            sum0.StoreUnsafe(ref to, (nuint)j);
            sum1.StoreUnsafe(ref to, (nuint)(j + step));
            sum2.StoreUnsafe(ref to, (nuint)(j + (2 * step)));
            sum3.StoreUnsafe(ref to, (nuint)(j + (3 * step)));
        }
    }
}
