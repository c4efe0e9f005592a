using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Ranks;

/// <summary>The other units that a unit is compared with in one step, and how.</summary>
/// <param name="Others">Units: first those compared both ways, then those compared one way.</param>
/// <param name="Factors">1 / standard error of the difference; for one-way comparisons with the sign of the way.</param>
/// <param name="TwoWay">How many are compared both ways.</param>
internal sealed record Comparisons(int[] Others, double[] Factors, int TwoWay);

/// <summary>Correlated normal draws for all units, made once, in blocks that fit the cache.</summary>
internal sealed class DrawBlocks
{
    /// <summary>Draws in a block: 98 units x 128 draws are 100 kB.</summary>
    private const int Size = 128;

    /// <summary>Draws in a tile that stays in registers while the others pass by.</summary>
    private const int Tile = 16;

    private readonly int _units;
    private readonly double[][] _blocks;
    private readonly ParallelOptions _parallel;

    private DrawBlocks(int units, int draws, double[][] blocks, ParallelOptions parallel) =>
        (_units, Draws, _blocks, _parallel) = (units, draws, blocks, parallel);

    public int Draws { get; }

    /// <summary>One unit in one draw.</summary>
    public double Value(int unit, int draw) => _blocks[draw / Size][(unit * Size) + (draw % Size)];

    /// <summary>Draws Z = L g, g standard normal; draw number r uses stream r of the generator, whichever thread makes it.</summary>
    public static DrawBlocks Make(RowMatrix root, int draws, long seed, ParallelOptions parallel)
    {
        var random = new CounterRandom(seed);
        var (units, rank) = (root.Rows, root.Columns);
        var blocks = new double[(draws + Size - 1) / Size][];
        Parallel.For(0, blocks.Length, parallel, () => (Normals: new double[rank], Turned: new double[rank * Size]), (block, _, scratch) =>
        {
            for (var draw = 0; draw < Size; draw++)
            {
                random.Normals(((long)block * Size) + draw, scratch.Normals);
                for (var m = 0; m < rank; m++)
                {
                    scratch.Turned[(m * Size) + draw] = scratch.Normals[m];
                }
            }

            var z = new double[units * Size];
            for (var unit = 0; unit < units; unit++)
            {
                var own = z.AsSpan(unit * Size, Size);
                for (var m = 0; m < rank; m++)
                {
                    if (root[unit, m] != 0)
                    {
                        TensorPrimitives.MultiplyAdd(scratch.Turned.AsSpan(m * Size, Size), root[unit, m], own, own);
                    }
                }
            }

            blocks[block] = z;
            return scratch;
        }, _ => { });
        return new DrawBlocks(units, draws, blocks, parallel);
    }

    /// <summary>For each unit with comparisons, and each draw: the largest of its studentised differences, into that unit's row.</summary>
    public void LargestByUnit(Comparisons?[] comparisons, double[][] largest) =>
        Parallel.For(0, _blocks.Length, _parallel, block =>
        {
            var count = Math.Min(Size, Draws - (block * Size));
            Span<double> own = stackalloc double[Size];
            for (var unit = 0; unit < _units; unit++)
            {
                if (comparisons[unit] is { } with)
                {
                    own.Fill(double.NegativeInfinity);
                    Largest(_blocks[block], unit, with, own);
                    own[..count].CopyTo(largest[unit].AsSpan(block * Size));
                }
            }
        });

    /// <summary>For each draw: the largest of all studentised differences.</summary>
    public void LargestOfAll(Comparisons[] comparisons, double[] largest) =>
        Parallel.For(0, _blocks.Length, _parallel, block =>
        {
            Span<double> all = stackalloc double[Size];
            all.Fill(double.NegativeInfinity);
            for (var unit = 0; unit < _units; unit++)
            {
                Largest(_blocks[block], unit, comparisons[unit], all);
            }

            all[..Math.Min(Size, Draws - (block * Size))].CopyTo(largest.AsSpan(block * Size));
        });

    private static void Largest(double[] block, int unit, Comparisons with, Span<double> largest)
    {
        ref var z = ref MemoryMarshal.GetArrayDataReference(block);
        ref var into = ref MemoryMarshal.GetReference(largest);
        var (others, factors) = (with.Others, with.Factors);
        for (var at = 0; at < Size; at += Tile)
        {
            var own = (nuint)((unit * Size) + at);
            var (own0, own1) = (Vector256.LoadUnsafe(ref z, own), Vector256.LoadUnsafe(ref z, own + 4));
            var (own2, own3) = (Vector256.LoadUnsafe(ref z, own + 8), Vector256.LoadUnsafe(ref z, own + 12));
            var (max0, max1) = (Vector256.LoadUnsafe(ref into, (nuint)at), Vector256.LoadUnsafe(ref into, (nuint)at + 4));
            var (max2, max3) = (Vector256.LoadUnsafe(ref into, (nuint)at + 8), Vector256.LoadUnsafe(ref into, (nuint)at + 12));
            for (var k = 0; k < with.TwoWay; k++)
            {
                var other = (nuint)((others[k] * Size) + at);
                var factor = Vector256.Create(factors[k]);
                max0 = Vector256.MaxNative(max0, Vector256.Abs(own0 - Vector256.LoadUnsafe(ref z, other)) * factor);
                max1 = Vector256.MaxNative(max1, Vector256.Abs(own1 - Vector256.LoadUnsafe(ref z, other + 4)) * factor);
                max2 = Vector256.MaxNative(max2, Vector256.Abs(own2 - Vector256.LoadUnsafe(ref z, other + 8)) * factor);
                max3 = Vector256.MaxNative(max3, Vector256.Abs(own3 - Vector256.LoadUnsafe(ref z, other + 12)) * factor);
            }

            for (var k = with.TwoWay; k < others.Length; k++)
            {
                var other = (nuint)((others[k] * Size) + at);
                var factor = Vector256.Create(factors[k]);
                max0 = Vector256.MaxNative(max0, (own0 - Vector256.LoadUnsafe(ref z, other)) * factor);
                max1 = Vector256.MaxNative(max1, (own1 - Vector256.LoadUnsafe(ref z, other + 4)) * factor);
                max2 = Vector256.MaxNative(max2, (own2 - Vector256.LoadUnsafe(ref z, other + 8)) * factor);
                max3 = Vector256.MaxNative(max3, (own3 - Vector256.LoadUnsafe(ref z, other + 12)) * factor);
            }

            max0.StoreUnsafe(ref into, (nuint)at);
            max1.StoreUnsafe(ref into, (nuint)at + 4);
            max2.StoreUnsafe(ref into, (nuint)at + 8);
            max3.StoreUnsafe(ref into, (nuint)at + 12);
        }
    }
}
