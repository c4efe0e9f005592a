using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Fikspunkt.Statistics.Ranks;

/// <summary>The other units that a unit is compared with in one step, and how.</summary>
/// <param name="Others">Units: first those compared both ways, then those compared one way.</param>
/// <param name="Factors">1 / standard error of the difference; for one-way comparisons with the sign of the way.</param>
/// <param name="TwoWay">How many are compared both ways.</param>
internal sealed record Comparisons(int[] Others, double[] Factors, int TwoWay);

/// <summary>Correlated normal draws for all units, made once, in blocks that fit the cache.</summary>
/// <remarks>The room is lent by the pool and goes back when the draws are disposed of: hundreds of sets in a run would otherwise leave gigabytes behind.</remarks>
internal sealed class DrawBlocks : IDisposable
{
    /// <summary>Draws in a block: 98 units x 128 draws are 100 kB.</summary>
    private const int Size = NormalBlocks.Size;

    /// <summary>Draws in a tile that stays in registers while the others pass by.</summary>
    private const int Tile = 32;

    private readonly int _units;
    private readonly int _blocks;
    private readonly double[] _values;
    private readonly ParallelOptions _parallel;

    private DrawBlocks(int units, int draws, double[] values, ParallelOptions parallel) =>
        (_units, Draws, _blocks, _values, _parallel) = (units, draws, (draws + Size - 1) / Size, values, parallel);

    public int Draws { get; }

    private int BlockLength => _units * Size;

    /// <summary>One unit in one draw.</summary>
    public double Value(int unit, int draw) => _values[(draw / Size * BlockLength) + (unit * Size) + (draw % Size)];

    /// <summary>Draws Z = L g, g standard normal; draw number r uses stream r of the generator, whichever thread makes it.</summary>
    public static DrawBlocks Make(RowMatrix root, int draws, long seed, ParallelOptions parallel)
    {
        var (units, rank) = (root.Rows, root.Columns);
        var count = (draws + Size - 1) / Size;
        var normals = NormalBlocks.Of(seed, rank, count);
        var values = ArrayPool<double>.Shared.Rent(checked(count * units * Size));
        Parallel.For(0, count, parallel, block =>
        {
            var standard = normals.Block(block);
            for (var unit = 0; unit < units; unit++)
            {
                Combine(standard, root.Row(unit), values.AsSpan((block * units * Size) + (unit * Size), Size));
            }
        });
        return new DrawBlocks(units, draws, values, parallel);
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<double>.Shared.Return(_values);

    /// <summary>For each unit with comparisons, and each draw: the largest of its studentised differences, into that unit's row of as many numbers as there are draws.</summary>
    public void LargestByUnit(Comparisons?[] comparisons, double[] largest) =>
        Parallel.For(0, _blocks, _parallel, block =>
        {
            var count = Math.Min(Size, Draws - (block * Size));
            Span<double> own = stackalloc double[Size];
            for (var unit = 0; unit < _units; unit++)
            {
                if (comparisons[unit] is { } with)
                {
                    own.Fill(double.NegativeInfinity);
                    Largest(_values.AsSpan(block * BlockLength, BlockLength), unit, with, own);
                    own[..count].CopyTo(largest.AsSpan((unit * Draws) + (block * Size)));
                }
            }
        });

    /// <summary>For each draw: the largest of all studentised differences.</summary>
    public void LargestOfAll(Comparisons[] comparisons, double[] largest) =>
        Parallel.For(0, _blocks, _parallel, block =>
        {
            Span<double> all = stackalloc double[Size];
            all.Fill(double.NegativeInfinity);
            for (var unit = 0; unit < _units; unit++)
            {
                Largest(_values.AsSpan(block * BlockLength, BlockLength), unit, comparisons[unit], all);
            }

            all[..Math.Min(Size, Draws - (block * Size))].CopyTo(largest.AsSpan(block * Size));
        });

    /// <summary>own = sum over m of root[m] x block's row m, terms added in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Combine(double[] block, ReadOnlySpan<double> root, Span<double> own)
    {
        ref var g = ref MemoryMarshal.GetArrayDataReference(block);
        ref var into = ref MemoryMarshal.GetReference(own);
        for (nuint at = 0; at < Size; at += Tile)
        {
            var (sum0, sum1, sum2, sum3) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
            for (var m = 0; m < root.Length; m++)
            {
                if (root[m] == 0)
                {
                    continue;
                }

                var from = (nuint)(m * Size) + at;
                var factor = Vector512.Create(root[m]);
                sum0 += Vector512.LoadUnsafe(ref g, from) * factor;
                sum1 += Vector512.LoadUnsafe(ref g, from + 8) * factor;
                sum2 += Vector512.LoadUnsafe(ref g, from + 16) * factor;
                sum3 += Vector512.LoadUnsafe(ref g, from + 24) * factor;
            }

            sum0.StoreUnsafe(ref into, at);
            sum1.StoreUnsafe(ref into, at + 8);
            sum2.StoreUnsafe(ref into, at + 16);
            sum3.StoreUnsafe(ref into, at + 24);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Largest(ReadOnlySpan<double> block, int unit, Comparisons with, Span<double> largest)
    {
        ref var z = ref MemoryMarshal.GetReference(block);
        ref var into = ref MemoryMarshal.GetReference(largest);
        var (others, factors, twoWay) = (with.Others, with.Factors, with.TwoWay);
        for (var at = 0; at < Size; at += Tile)
        {
            var own = (nuint)((unit * Size) + at);
            var (own0, own1) = (Vector512.LoadUnsafe(ref z, own), Vector512.LoadUnsafe(ref z, own + 8));
            var (own2, own3) = (Vector512.LoadUnsafe(ref z, own + 16), Vector512.LoadUnsafe(ref z, own + 24));
            var (max0, max1) = (Vector512.LoadUnsafe(ref into, (nuint)at), Vector512.LoadUnsafe(ref into, (nuint)at + 8));
            var (max2, max3) = (Vector512.LoadUnsafe(ref into, (nuint)at + 16), Vector512.LoadUnsafe(ref into, (nuint)at + 24));
            for (var k = 0; k < twoWay; k++)
            {
                var other = (nuint)((others[k] * Size) + at);
                var factor = Vector512.Create(factors[k]);
                max0 = Vector512.MaxNative(max0, Vector512.Abs(own0 - Vector512.LoadUnsafe(ref z, other)) * factor);
                max1 = Vector512.MaxNative(max1, Vector512.Abs(own1 - Vector512.LoadUnsafe(ref z, other + 8)) * factor);
                max2 = Vector512.MaxNative(max2, Vector512.Abs(own2 - Vector512.LoadUnsafe(ref z, other + 16)) * factor);
                max3 = Vector512.MaxNative(max3, Vector512.Abs(own3 - Vector512.LoadUnsafe(ref z, other + 24)) * factor);
            }

            for (var k = twoWay; k < others.Length; k++)
            {
                var other = (nuint)((others[k] * Size) + at);
                var factor = Vector512.Create(factors[k]);
                max0 = Vector512.MaxNative(max0, (own0 - Vector512.LoadUnsafe(ref z, other)) * factor);
                max1 = Vector512.MaxNative(max1, (own1 - Vector512.LoadUnsafe(ref z, other + 8)) * factor);
                max2 = Vector512.MaxNative(max2, (own2 - Vector512.LoadUnsafe(ref z, other + 16)) * factor);
                max3 = Vector512.MaxNative(max3, (own3 - Vector512.LoadUnsafe(ref z, other + 24)) * factor);
            }

            max0.StoreUnsafe(ref into, (nuint)at);
            max1.StoreUnsafe(ref into, (nuint)at + 8);
            max2.StoreUnsafe(ref into, (nuint)at + 16);
            max3.StoreUnsafe(ref into, (nuint)at + 24);
        }
    }
}
