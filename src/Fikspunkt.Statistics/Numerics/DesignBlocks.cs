using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fikspunkt.Statistics.Numerics;

/// <summary>A design in blocks of rows, each stored column by column, so that sums over rows run through the cache with SIMD.</summary>
/// <remarks>
/// Blocks have a fixed length, each block's sums are made by one thread, and they are added in the order of the blocks:
/// the result is the same to the last bit whatever the number of threads.
/// </remarks>
internal sealed class DesignBlocks
{
    /// <summary>Rows per block: a column of a block and the scratch beside it stay in the first-level cache.</summary>
    public const int Length = 1024;

    /// <summary>Rows that a tile of X'X takes at a time, so that its columns stay in the first-level cache.</summary>
    private const int SliceLength = 512;

    private readonly double[] _values;
    private readonly ParallelOptions _parallel;

    /// <summary>Copies rows of <paramref name="x"/>, centred and divided by a scale per column.</summary>
    /// <param name="x">Design.</param>
    /// <param name="order">Which rows, in which order; <see langword="null"/> for all as they are.</param>
    /// <param name="centre">What is subtracted from each column.</param>
    /// <param name="scale">What each column is divided by.</param>
    /// <param name="parallel">How many threads.</param>
    public DesignBlocks(RowMatrix x, int[]? order, double[] centre, double[] scale, ParallelOptions parallel)
    {
        (Rows, Columns, _parallel) = (order?.Length ?? x.Rows, x.Columns, parallel);
        _values = GC.AllocateUninitializedArray<double>(checked(Rows * Columns));
        var inverse = Array.ConvertAll(scale, value => 1 / value);
        For(block => Copy(x, order, centre, inverse, block.From, _values.AsSpan(block.From * Columns, block.Count * Columns)));
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Number of blocks.</summary>
    public int Count => (Rows + Length - 1) / Length;

    /// <summary>A centre and a scale per column: mean and standard deviation, made in one pass around the first row.
    /// The scale of a constant column is 0.</summary>
    /// <exception cref="InvalidValueException">NaN or infinite.</exception>
    public static (double[] Centre, double[] Scale) CentreAndScale(RowMatrix x, ParallelOptions parallel)
    {
        var (n, k) = (x.Rows, x.Columns);
        var (centre, scale) = (new double[k], new double[k]);
        if (n == 0 || k == 0)
        {
            return (centre, scale);
        }

        var blocks = (n + Length - 1) / Length;
        var sums = new double[blocks * 2 * k];
        Parallel.For(0, blocks, parallel, block =>
            SumRows(x, block * Length, Math.Min(n, (block + 1) * Length), sums.AsSpan(block * 2 * k, k), sums.AsSpan(((block * 2) + 1) * k, k)));
        for (var j = 0; j < k; j++)
        {
            var (sum, squares) = (0.0, 0.0);
            for (var block = 0; block < blocks; block++)
            {
                sum += sums[(block * 2 * k) + j];
                squares += sums[(((block * 2) + 1) * k) + j];
            }

            centre[j] = x[0, j] + (sum / n);
            scale[j] = Math.Sqrt(Math.Max(0, (squares / n) - (sum / n * (sum / n))));
            if (!double.IsFinite(centre[j]) || !double.IsFinite(scale[j]))
            {
                Check.Finite(x.Values, nameof(x), k);
                throw new InvalidValueException(nameof(x), 0, j, centre[j], Requirement.SquaresInRange);
            }
        }

        return (centre, scale);
    }

    /// <summary>One block.</summary>
    public Block this[int block] => new(this, block);

    /// <summary>One value.</summary>
    public double this[int row, int column]
    {
        get
        {
            var from = row / Length * Length;
            return _values[(from * Columns) + (column * Math.Min(Length, Rows - from)) + row - from];
        }
    }

    /// <summary>Runs an action for every block, on several threads.</summary>
    public void For(Action<Block> action) =>
        Parallel.For(0, Count, _parallel, block => action(new Block(this, block)));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy(RowMatrix x, int[]? order, double[] centre, double[] inverse, int from, Span<double> into)
    {
        // Some rows at a time, column by column: writes run on, and what is read stays in the first-level cache.
        const int Run = 32;
        var k = x.Columns;
        var count = into.Length / Math.Max(k, 1);
        Span<int> places = stackalloc int[Run];
        for (var start = 0; start < count; start += Run)
        {
            var rows = Math.Min(Run, count - start);
            for (var i = 0; i < rows; i++)
            {
                places[i] = (order is null ? from + start + i : order[from + start + i]) * k;
            }

            for (var j = 0; j < k; j++)
            {
                var (middle, factor) = (centre[j], inverse[j]);
                var column = into.Slice((j * count) + start, rows);
                for (var i = 0; i < column.Length; i++)
                {
                    column[i] = (x.Values[places[i] + j] - middle) * factor;
                }
            }
        }
    }

    /// <summary>Sums and sums of squares of the differences to the first row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumRows(RowMatrix x, int from, int to, Span<double> sum, Span<double> squares)
    {
        var first = x.Row(0);
        for (var i = from; i < to; i++)
        {
            var row = x.Row(i);
            for (var j = 0; j < row.Length; j++)
            {
                var difference = row[j] - first[j];
                sum[j] += difference;
                squares[j] += difference * difference;
            }
        }
    }

    /// <summary>Adds rows of one slot per block, in the order of the blocks.</summary>
    public static double[] Total(double[] perBlock, int size)
    {
        var total = new double[size];
        for (var start = 0; start < perBlock.Length; start += size)
        {
            TensorPrimitives.Add(total, perBlock.AsSpan(start, size), total);
        }

        return total;
    }

    /// <summary>One block: rows <see cref="From"/> to From + <see cref="Count"/> - 1.</summary>
    public readonly struct Block(DesignBlocks design, int index)
    {
        /// <summary>Number of the block.</summary>
        public int Index => index;

        /// <summary>First row.</summary>
        public int From => index * Length;

        /// <summary>Rows in the block.</summary>
        public int Count => Math.Min(Length, design.Rows - From);

        /// <summary>One column of the block.</summary>
        public ReadOnlySpan<double> Column(int column) =>
            design._values.AsSpan((From * design.Columns) + (column * Count), Count);

        /// <summary>Adds X b to <paramref name="into"/>.</summary>
        public void AddProduct(ReadOnlySpan<double> b, Span<double> into)
        {
            for (var j = 0; j < b.Length; j++)
            {
                Kernels.AddScaled(Column(j), b[j], into);
            }
        }

        /// <summary>X'v.</summary>
        public void Project(ReadOnlySpan<double> v, Span<double> into)
        {
            for (var j = 0; j < design.Columns; j++)
            {
                into[j] = Kernels.Dot(Column(j), v);
            }
        }

        /// <summary>The lower triangle of X' diag(v) X, k x k.</summary>
        /// <param name="v">One value per row.</param>
        /// <param name="into">k x k.</param>
        /// <param name="wide">Whether to use vectors of 512 bits; what the machine has unless said otherwise.</param>
        public void Gram(ReadOnlySpan<double> v, Span<double> into, bool? wide = null)
        {
            var k = design.Columns;
            var columns = design._values.AsSpan(From * k, Count * k);
            Span<double> scaled = stackalloc double[4 * SliceLength];
            var isWide = wide ?? Vector512.IsHardwareAccelerated;
            into.Clear();
            for (var from = 0; from < Count; from += SliceLength)
            {
                var rows = Math.Min(SliceLength, Count - from);
                var a = 0;
                for (; isWide && a + 4 <= k; a += 4)
                {
                    for (var j = 0; j < 4; j++)
                    {
                        Kernels.Multiply(v.Slice(from, rows), columns.Slice(((a + j) * Count) + from, rows), scaled.Slice(j * rows, rows));
                    }

                    for (var b = 0; b <= a; b += 4)
                    {
                        Kernels.DotSixteen(scaled[..(4 * rows)], columns[((b * Count) + from)..], Count, rows, into[((a * k) + b)..], k);
                    }
                }

                for (; a < k; a++)
                {
                    Kernels.Multiply(v.Slice(from, rows), columns.Slice((a * Count) + from, rows), scaled[..rows]);
                    var row = into.Slice(a * k, a + 1);
                    var b = 0;
                    for (; b + 4 <= row.Length; b += 4)
                    {
                        Kernels.DotFour(scaled[..rows], columns[((b * Count) + from)..], Count, row[b..]);
                    }

                    for (; b < row.Length; b++)
                    {
                        row[b] += Kernels.Dot(scaled[..rows], columns.Slice((b * Count) + from, rows));
                    }
                }
            }
        }
    }
}
