using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Fikspunkt.Statistics.Numerics;

/// <summary>Adds L'R for two panels of rows to a matrix: the inner loop of sums of squares and products over many rows.</summary>
/// <remarks>
/// Panels and matrix are stored by rows with a stride that is a multiple of <see cref="Tile"/>; only tiles on and below the diagonal are made.
/// A tile of the matrix stays in registers while the rows of the panels, which fit in the first-level cache, pass by: each vector
/// loaded takes part in eight multiply-adds. Every element is a sum over the rows in their order, whatever the number of threads.
/// </remarks>
internal static class PanelProducts
{
    /// <summary>Rows and columns of a tile.</summary>
    public const int Tile = 8;

    /// <summary>The stride for a number of columns.</summary>
    public static int Stride(int columns) => (columns + Tile - 1) / Tile * Tile;

    /// <summary>Adds the lower tiles of left' right to <paramref name="into"/>.</summary>
    /// <param name="left">rows x stride.</param>
    /// <param name="right">rows x stride.</param>
    /// <param name="rows">Rows of the panels.</param>
    /// <param name="stride">Columns with padding.</param>
    /// <param name="into">stride x stride.</param>
    /// <param name="wide">Whether to use vectors of 512 bits; otherwise as wide as the runtime's own.</param>
    public static void AddLower(ReadOnlySpan<double> left, ReadOnlySpan<double> right, int rows, int stride, Span<double> into, bool wide)
    {
        // The loops below address memory without checks of their own.
        left = left[..(rows * stride)];
        right = right[..(rows * stride)];
        into = into[..(stride * stride)];
        ref var l = ref MemoryMarshal.GetReference(left);
        ref var r = ref MemoryMarshal.GetReference(right);
        ref var to = ref MemoryMarshal.GetReference(into);
        for (var a = 0; a < stride; a += Tile)
        {
            ref var own = ref Unsafe.Add(ref l, a);
            ref var row = ref Unsafe.Add(ref to, a * stride);
            var b = 0;
            if (!wide)
            {
                for (; b < a + Tile; b += Vector<double>.Count)
                {
                    Narrow(ref own, ref Unsafe.Add(ref r, b), rows, stride, ref Unsafe.Add(ref row, b));
                }

                continue;
            }

            for (; b + Tile <= a; b += 2 * Tile)
            {
                WideTwo(ref own, ref Unsafe.Add(ref r, b), rows, stride, ref Unsafe.Add(ref row, b));
            }

            if (b <= a)
            {
                WideOne(ref own, ref Unsafe.Add(ref r, b), rows, stride, ref Unsafe.Add(ref row, b));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WideTwo(ref double left, ref double right, int rows, int stride, ref double into)
    {
        var (s00, s10, s20, s30) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var (s40, s50, s60, s70) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var (s01, s11, s21, s31) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var (s41, s51, s61, s71) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        for (var (i, at) = (0, (nuint)0); i < rows; i++, at += (nuint)stride)
        {
            var r0 = Vector512.LoadUnsafe(ref right, at);
            var r1 = Vector512.LoadUnsafe(ref right, at + Tile);
            var l = Vector512.Create(Unsafe.Add(ref left, at));
            s00 = Vector512.FusedMultiplyAdd(l, r0, s00);
            s01 = Vector512.FusedMultiplyAdd(l, r1, s01);
            l = Vector512.Create(Unsafe.Add(ref left, at + 1));
            s10 = Vector512.FusedMultiplyAdd(l, r0, s10);
            s11 = Vector512.FusedMultiplyAdd(l, r1, s11);
            l = Vector512.Create(Unsafe.Add(ref left, at + 2));
            s20 = Vector512.FusedMultiplyAdd(l, r0, s20);
            s21 = Vector512.FusedMultiplyAdd(l, r1, s21);
            l = Vector512.Create(Unsafe.Add(ref left, at + 3));
            s30 = Vector512.FusedMultiplyAdd(l, r0, s30);
            s31 = Vector512.FusedMultiplyAdd(l, r1, s31);
            l = Vector512.Create(Unsafe.Add(ref left, at + 4));
            s40 = Vector512.FusedMultiplyAdd(l, r0, s40);
            s41 = Vector512.FusedMultiplyAdd(l, r1, s41);
            l = Vector512.Create(Unsafe.Add(ref left, at + 5));
            s50 = Vector512.FusedMultiplyAdd(l, r0, s50);
            s51 = Vector512.FusedMultiplyAdd(l, r1, s51);
            l = Vector512.Create(Unsafe.Add(ref left, at + 6));
            s60 = Vector512.FusedMultiplyAdd(l, r0, s60);
            s61 = Vector512.FusedMultiplyAdd(l, r1, s61);
            l = Vector512.Create(Unsafe.Add(ref left, at + 7));
            s70 = Vector512.FusedMultiplyAdd(l, r0, s70);
            s71 = Vector512.FusedMultiplyAdd(l, r1, s71);
        }

        AddPair(ref into, s00, s01);
        AddPair(ref Unsafe.Add(ref into, stride), s10, s11);
        AddPair(ref Unsafe.Add(ref into, 2 * stride), s20, s21);
        AddPair(ref Unsafe.Add(ref into, 3 * stride), s30, s31);
        AddPair(ref Unsafe.Add(ref into, 4 * stride), s40, s41);
        AddPair(ref Unsafe.Add(ref into, 5 * stride), s50, s51);
        AddPair(ref Unsafe.Add(ref into, 6 * stride), s60, s61);
        AddPair(ref Unsafe.Add(ref into, 7 * stride), s70, s71);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WideOne(ref double left, ref double right, int rows, int stride, ref double into)
    {
        var (s0, s1, s2, s3) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var (s4, s5, s6, s7) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        for (var (i, at) = (0, (nuint)0); i < rows; i++, at += (nuint)stride)
        {
            var r = Vector512.LoadUnsafe(ref right, at);
            s0 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref left, at)), r, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref left, at + 1)), r, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref left, at + 2)), r, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref left, at + 3)), r, s3);
            s4 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref left, at + 4)), r, s4);
            s5 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref left, at + 5)), r, s5);
            s6 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref left, at + 6)), r, s6);
            s7 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref left, at + 7)), r, s7);
        }

        Add(ref into, s0);
        Add(ref Unsafe.Add(ref into, stride), s1);
        Add(ref Unsafe.Add(ref into, 2 * stride), s2);
        Add(ref Unsafe.Add(ref into, 3 * stride), s3);
        Add(ref Unsafe.Add(ref into, 4 * stride), s4);
        Add(ref Unsafe.Add(ref into, 5 * stride), s5);
        Add(ref Unsafe.Add(ref into, 6 * stride), s6);
        Add(ref Unsafe.Add(ref into, 7 * stride), s7);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow(ref double left, ref double right, int rows, int stride, ref double into)
    {
        var (s0, s1, s2, s3) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        var (s4, s5, s6, s7) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        for (var (i, at) = (0, (nuint)0); i < rows; i++, at += (nuint)stride)
        {
            var r = Vector.LoadUnsafe(ref right, at);
            s0 = Vector.FusedMultiplyAdd(new Vector<double>(Unsafe.Add(ref left, at)), r, s0);
            s1 = Vector.FusedMultiplyAdd(new Vector<double>(Unsafe.Add(ref left, at + 1)), r, s1);
            s2 = Vector.FusedMultiplyAdd(new Vector<double>(Unsafe.Add(ref left, at + 2)), r, s2);
            s3 = Vector.FusedMultiplyAdd(new Vector<double>(Unsafe.Add(ref left, at + 3)), r, s3);
            s4 = Vector.FusedMultiplyAdd(new Vector<double>(Unsafe.Add(ref left, at + 4)), r, s4);
            s5 = Vector.FusedMultiplyAdd(new Vector<double>(Unsafe.Add(ref left, at + 5)), r, s5);
            s6 = Vector.FusedMultiplyAdd(new Vector<double>(Unsafe.Add(ref left, at + 6)), r, s6);
            s7 = Vector.FusedMultiplyAdd(new Vector<double>(Unsafe.Add(ref left, at + 7)), r, s7);
        }

        Add(ref into, s0);
        Add(ref Unsafe.Add(ref into, stride), s1);
        Add(ref Unsafe.Add(ref into, 2 * stride), s2);
        Add(ref Unsafe.Add(ref into, 3 * stride), s3);
        Add(ref Unsafe.Add(ref into, 4 * stride), s4);
        Add(ref Unsafe.Add(ref into, 5 * stride), s5);
        Add(ref Unsafe.Add(ref into, 6 * stride), s6);
        Add(ref Unsafe.Add(ref into, 7 * stride), s7);
    }

    private static void AddPair(ref double into, Vector512<double> first, Vector512<double> second)
    {
        Add(ref into, first);
        Add(ref Unsafe.Add(ref into, Tile), second);
    }

    private static void Add(ref double into, Vector512<double> sum) => (Vector512.LoadUnsafe(ref into) + sum).StoreUnsafe(ref into);

    private static void Add(ref double into, Vector<double> sum) => (Vector.LoadUnsafe(ref into) + sum).StoreUnsafe(ref into);
}
