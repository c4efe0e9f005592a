using System.Numerics;
using System.Runtime.InteropServices;
using Fikspunkt.Statistics;

namespace Fikspunkt.Benchmarks.Expected;

/// <summary>Products of loadings. Vectors run over areas, never over the terms of a sum, so that the width of the machine's vectors does not change a bit.</summary>
internal static class LoadingProducts
{
    /// <summary>Sum over g of correlation[g, h] loadings[g].</summary>
    public static RowMatrix Mix(RowMatrix[] loadings, RowMatrix correlation, int h)
    {
        var mixed = new RowMatrix(loadings[h].Rows, loadings[h].Columns);
        var into = MemoryMarshal.Cast<double, Vector<double>>(mixed.Values.AsSpan());
        for (var g = 0; g < loadings.Length; g++)
        {
            var factor = correlation[g, h];
            var values = loadings[g].Values;
            var from = MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan());
            for (var v = 0; v < into.Length; v++)
            {
                into[v] += from[v] * factor;
            }

            for (var v = into.Length * Vector<double>.Count; v < values.Length; v++)
            {
                mixed.Values[v] += factor * values[v];
            }
        }

        return mixed;
    }

    /// <summary>diagonal[i] += left_i . right_i.</summary>
    public static void AddDiagonal(double[] diagonal, RowMatrix left, RowMatrix right)
    {
        for (var i = 0; i < diagonal.Length; i++)
        {
            diagonal[i] += Expectation.Dot(left.Row(i), right.Row(i));
        }
    }

    /// <summary>matrix[i, j] += left_i . right_j.</summary>
    public static void Add(RowMatrix matrix, RowMatrix left, RowMatrix right)
    {
        // Turned, so that the areas j lie side by side; padded, so that they come in whole blocks of four vectors.
        var block = 4 * Vector<double>.Count;
        var width = (matrix.Columns + block - 1) / block * block;
        var turned = new double[right.Columns * width];
        for (var j = 0; j < right.Rows; j++)
        {
            var row = right.Row(j);
            for (var s = 0; s < row.Length; s++)
            {
                turned[(s * width) + j] = row[s];
            }
        }

        var vectors = MemoryMarshal.Cast<double, Vector<double>>(turned);
        var stride = width / Vector<double>.Count;
        Span<double> sums = stackalloc double[block];
        var four = MemoryMarshal.Cast<double, Vector<double>>(sums);
        for (var at = 0; at < stride; at += 4)
        {
            var first = at * Vector<double>.Count;
            var count = Math.Min(block, matrix.Columns - first);
            for (var i = 0; i < matrix.Rows; i++)
            {
                var own = left.Row(i);
                var (sum0, sum1, sum2, sum3) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
                for (int s = 0, v = at; s < own.Length; s++, v += stride)
                {
                    var loading = new Vector<double>(own[s]);
                    sum0 += loading * vectors[v];
                    sum1 += loading * vectors[v + 1];
                    sum2 += loading * vectors[v + 2];
                    sum3 += loading * vectors[v + 3];
                }

                (four[0], four[1], four[2], four[3]) = (sum0, sum1, sum2, sum3);
                var into = matrix.Row(i).Slice(first, count);
                for (var j = 0; j < count; j++)
                {
                    into[j] += sums[j];
                }
            }
        }
    }
}
