using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Regression;

/// <summary>Weighted sums of squares and products of the columns [X, y, 1] by group, in one pass over the rows.</summary>
/// <remarks>
/// Rows are shifted by the means of a sample of their group, so that a rounding error is one of the spread of a column and not of its size, and multiplied
/// in panels that fit in the first-level cache. Chunks of rows have fixed borders and are added in their order in twice the precision:
/// the same bits for any number of threads.
/// </remarks>
internal sealed class MomentSums
{
    private const int RowsPerChunk = 32_768;
    private const int SampleRows = 1_024;
    private const int PanelValues = 4_096;

    private readonly RowMatrix _x;
    private readonly double[] _y;
    private readonly double[]? _weights;
    private readonly int[]? _order;
    private readonly IDesignBasis? _basis;
    private readonly ParallelOptions _parallel;
    private readonly bool _wide;
    private readonly int _stride;
    private readonly int _panelRows;

    private MomentSums(RowMatrix x, double[] y, double[]? weights, int[]? order, IDesignBasis? basis, ParallelOptions parallel, bool wide)
    {
        (_x, _y, _weights, _order, _basis, _parallel, _wide) = (x, y, weights, order, basis, parallel, wide);
        _stride = PanelProducts.Stride(x.Columns + 2);
        _panelRows = Math.Clamp(PanelValues / _stride, 16, 256);
    }

    private int Columns => _x.Columns + 2;

    /// <summary>The sums of each group: the lower triangle by rows, in the order of the columns of X, y, 1. Sums beyond the range of doubles,
    /// and those with NaN or infinite values, are not finite.</summary>
    /// <param name="x">Design.</param>
    /// <param name="y">Response.</param>
    /// <param name="weights">Weights; <see langword="null"/> for all 1.</param>
    /// <param name="members">The rows of each group; <see langword="null"/> for one group of all rows.</param>
    /// <param name="parallel">Threads.</param>
    /// <param name="basis">A basis in which the rows are taken; <see langword="null"/> for the design as it is.</param>
    /// <param name="wide">Whether to use vectors of 512 bits; what the machine has unless said otherwise.</param>
    public static DoubleDouble[][] Of(RowMatrix x, double[] y, double[]? weights, int[][]? members, ParallelOptions parallel, IDesignBasis? basis = null, bool? wide = null)
    {
        var sums = new MomentSums(x, y, weights, members is null ? null : [.. members.SelectMany(rows => rows)], basis, parallel, wide ?? Vector512.IsHardwareAccelerated);
        int[] sizes = members is null ? [x.Rows] : [.. members.Select(rows => rows.Length)];
        var shifts = sums.SampleMeans(sizes);
        var shifted = sums.Shifted(sizes, shifts);
        if (sums.BetterShifts(shifted, shifts) is { } better)
        {
            shifts = better;
            shifted = sums.Shifted(sizes, shifts);
        }

        return [.. shifted.Select((own, group) => sums.Unshifted(own, shifts[group]))];
    }

    /// <summary>A shift per group, so that the sums of a column that is constant in a group are exact.</summary>
    private double[][] SampleMeans(int[] sizes)
    {
        var start = 0;
        var means = new double[sizes.Length][];
        for (var group = 0; group < sizes.Length; group++)
        {
            means[group] = SampleMeans(start, sizes[group]);
            start += sizes[group];
        }

        return means;
    }

    private double[] SampleMeans(int start, int size)
    {
        var sample = new RowMatrix(Math.Min(SampleRows, size), Columns);
        for (var i = 0; i < sample.Rows; i++)
        {
            var place = start + (int)((long)i * size / sample.Rows);
            var row = _order is null ? place : _order[place];
            CopyRow(row, sample.Row(i)[.._x.Columns]);
            sample[i, _x.Columns] = _y[row];
        }

        var means = new double[Columns];
        for (var j = 0; sample.Rows > 0 && j < Columns - 1; j++)
        {
            var (first, sum, constant) = (sample[0, j], 0.0, true);
            for (var i = 0; i < sample.Rows; i++)
            {
                var difference = sample[i, j] - first;
                constant &= difference == 0;
                sum += difference;
            }

            var mean = constant ? first : first + (sum / sample.Rows);
            means[j] = double.IsFinite(mean) ? mean : 0;
        }

        return means;
    }

    private void CopyRow(int row, Span<double> into)
    {
        if (_basis is null)
        {
            _x.Row(row).CopyTo(into);
        }
        else
        {
            _basis.RowInBasis(_x.Row(row), into);
        }
    }

    /// <summary>Means instead of the shifts, where the sample's were so far off (rows in a strange order) that digits would be lost.</summary>
    private double[][]? BetterShifts(DoubleDouble[][] shifted, double[][] shifts)
    {
        const double Off = 64; // squared distance, in variances: costs a digit or two
        var better = Array.ConvertAll(shifts, shift => (double[])shift.Clone());
        var moved = false;
        for (var group = 0; group < shifts.Length; group++)
        {
            var own = shifted[group];
            for (var j = 0; j < Columns - 1; j++)
            {
                var distance = own[Place(Columns - 1, j)].Value / own[^1].Value;
                if (distance * distance > Off * ((own[Place(j, j)].Value / own[^1].Value) - (distance * distance)) && double.IsFinite(shifts[group][j] + distance))
                {
                    better[group][j] += distance;
                    moved |= better[group][j] != shifts[group][j];
                }
            }
        }

        return moved ? better : null;
    }

    private DoubleDouble[][] Shifted(int[] sizes, double[][] shifts)
    {
        var chunks = new List<(int Group, int From, int To)>();
        var start = 0;
        for (var group = 0; group < sizes.Length; group++)
        {
            for (var from = 0; from < sizes[group]; from += RowsPerChunk)
            {
                chunks.Add((group, start + from, start + Math.Min(sizes[group], from + RowsPerChunk)));
            }

            start += sizes[group];
        }

        var perChunk = new double[chunks.Count][];
        Parallel.For(0, chunks.Count, _parallel, () => new Scratch(_panelRows, _stride), (chunk, _, scratch) =>
        {
            perChunk[chunk] = Chunk(chunks[chunk].From, chunks[chunk].To, shifts[chunks[chunk].Group], scratch);
            return scratch;
        }, _ => { });
        var sums = new DoubleDouble[sizes.Length][];
        for (var group = 0; group < sizes.Length; group++)
        {
            sums[group] = new DoubleDouble[Place(Columns, 0)];
        }

        for (var chunk = 0; chunk < chunks.Count; chunk++)
        {
            Add(sums[chunks[chunk].Group], Array.ConvertAll(perChunk[chunk], value => (DoubleDouble)value));
        }

        return sums;
    }

    /// <summary>The lower triangle of the sums over some rows, in plain doubles.</summary>
    private double[] Chunk(int from, int to, double[] shift, Scratch scratch)
    {
        Array.Clear(scratch.Sums);
        var weight = default(CompensatedSum);
        var right = scratch.Right;
        var left = _weights is null ? right : scratch.Left;
        for (var at = from; at < to; at += _panelRows)
        {
            var rows = Math.Min(_panelRows, to - at);
            for (var i = 0; i < rows; i++)
            {
                var row = _order is null ? at + i : _order[at + i];
                var own = right.Slice(i * _stride, Columns);
                if (_basis is null)
                {
                    Subtract(_x.Row(row), shift, own);
                }
                else
                {
                    _basis.RowInBasis(_x.Row(row), own[..^2]);
                    Subtract(own[..^2], shift, own);
                }

                own[^2] = _y[row] - shift[^2];
                own[^1] = 1;
                if (_weights is not null)
                {
                    TensorPrimitives.Multiply(own, _weights[row], left.Slice(i * _stride, Columns));
                    weight.Add(_weights[row]);
                }
            }

            PanelProducts.AddLower(left, right, rows, _stride, scratch.Sums, _wide);
        }

        var lower = new double[Place(Columns, 0)];
        for (var i = 0; i < Columns; i++)
        {
            scratch.Sums.AsSpan(i * _stride, i + 1).CopyTo(lower.AsSpan(Place(i, 0)));
        }

        if (_weights is not null)
        {
            lower[^1] = weight.Value;
        }

        return lower;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Subtract(ReadOnlySpan<double> row, ReadOnlySpan<double> shift, Span<double> into)
    {
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var by = ref MemoryMarshal.GetReference(shift);
        ref var to = ref MemoryMarshal.GetReference(into);
        var j = 0;
        for (; j <= row.Length - Vector256<double>.Count; j += Vector256<double>.Count)
        {
            (Vector256.LoadUnsafe(ref from, (nuint)j) - Vector256.LoadUnsafe(ref by, (nuint)j)).StoreUnsafe(ref to, (nuint)j);
        }

        for (; j < row.Length; j++)
        {
            into[j] = row[j] - shift[j];
        }
    }

    /// <summary>With d = v - c: sum of w v v' = sum of w d d' + c (sum of w d)' + (sum of w d) c' + (sum of w) c c'.</summary>
    private DoubleDouble[] Unshifted(DoubleDouble[] own, double[] shift)
    {
        var last = Columns - 1;
        var result = new DoubleDouble[own.Length];
        for (var i = 0; i <= last; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                result[Place(i, j)] = own[Place(i, j)]
                    + (shift[i] * own[Place(last, j)]) + (shift[j] * own[Place(last, i)]) + ((DoubleDouble)shift[i] * shift[j] * own[^1]);
            }
        }

        // The last row has d = 1 and c = 0.
        return result;
    }

    /// <summary>Where the element of a row and a column that is not larger is stored.</summary>
    public static int Place(int row, int column) => (row * (row + 1) / 2) + column;

    private static void Add(DoubleDouble[] total, DoubleDouble[] own)
    {
        for (var i = 0; i < total.Length; i++)
        {
            total[i] += own[i];
        }
    }

    /// <summary>Panels and sums of one thread. The panels begin where a cache line does.</summary>
    private sealed class Scratch(int rows, int stride)
    {
        private readonly double[] _panels = GC.AllocateArray<double>((2 * rows * stride) + LineValues, pinned: true);

        private const int LineValues = 8;

        public double[] Sums { get; } = new double[stride * stride];

        public Span<double> Right => _panels.AsSpan(First, rows * stride);

        public Span<double> Left => _panels.AsSpan(First + (rows * stride), rows * stride);

        private int First => (int)((-Marshal.UnsafeAddrOfPinnedArrayElement(_panels, 0) & 63) / sizeof(double));
    }
}
