using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Fikspunkt.Statistics.Numerics;

/// <summary>The inner loops of sums over blocks of rows.</summary>
/// <remarks>Compiled with full optimisation at their first call: a command that fits one model ends before the runtime would have
/// noticed that they are hot. The order of the additions depends on the lengths and the machine's vector width only.</remarks>
internal static class Kernels
{
    /// <summary>Sum of products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Check.SameLength(a.Length, b.Length, nameof(b));
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        var (sum0, sum1) = (Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i <= a.Length - (2 * Vector<double>.Count); i += 2 * Vector<double>.Count)
        {
            sum0 = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref left, (nuint)i), Vector.LoadUnsafe(ref right, (nuint)i), sum0);
            var next = (nuint)(i + Vector<double>.Count);
            sum1 = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref left, next), Vector.LoadUnsafe(ref right, next), sum1);
        }

        var sum = Vector.Sum(sum0 + sum1);
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>Adds the sums of products of one vector with four columns.</summary>
    /// <param name="a">The vector.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="stride">From the beginning of a column to that of the next.</param>
    /// <param name="into">Four sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DotFour(ReadOnlySpan<double> a, ReadOnlySpan<double> columns, int stride, Span<double> into)
    {
        var n = a.Length;
        columns = columns[..((3 * stride) + n)];
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(columns);
        var (sum0, sum1, sum2, sum3) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i <= n - Vector<double>.Count; i += Vector<double>.Count)
        {
            var own = Vector.LoadUnsafe(ref left, (nuint)i);
            sum0 = Vector.FusedMultiplyAdd(own, Vector.LoadUnsafe(ref right, (nuint)i), sum0);
            sum1 = Vector.FusedMultiplyAdd(own, Vector.LoadUnsafe(ref right, (nuint)(i + stride)), sum1);
            sum2 = Vector.FusedMultiplyAdd(own, Vector.LoadUnsafe(ref right, (nuint)(i + (2 * stride))), sum2);
            sum3 = Vector.FusedMultiplyAdd(own, Vector.LoadUnsafe(ref right, (nuint)(i + (3 * stride))), sum3);
        }

        var (total0, total1, total2, total3) = (Vector.Sum(sum0), Vector.Sum(sum1), Vector.Sum(sum2), Vector.Sum(sum3));
        for (; i < n; i++)
        {
            total0 += a[i] * columns[i];
            total1 += a[i] * columns[i + stride];
            total2 += a[i] * columns[i + (2 * stride)];
            total3 += a[i] * columns[i + (3 * stride)];
        }

        into[0] += total0;
        into[1] += total1;
        into[2] += total2;
        into[3] += total3;
    }

    /// <summary>Adds the sums of products of four vectors with four columns: with 512 bits, two loads for four multiply-adds.</summary>
    /// <param name="left">Four vectors behind each other.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="stride">From the beginning of a column to that of the next.</param>
    /// <param name="rows">Length of the vectors.</param>
    /// <param name="into">The sums of the first vector, and so on.</param>
    /// <param name="intoStride">From one vector's sums to the next one's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DotSixteen(ReadOnlySpan<double> left, ReadOnlySpan<double> columns, int stride, int rows, Span<double> into, int intoStride)
    {
        left = left[..(4 * rows)];
        columns = columns[..((3 * stride) + rows)];
        ref var l = ref MemoryMarshal.GetReference(left);
        ref var r = ref MemoryMarshal.GetReference(columns);
        var (s00, s01, s02, s03) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var (s10, s11, s12, s13) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var (s20, s21, s22, s23) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var (s30, s31, s32, s33) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var i = 0;
        for (; i <= rows - Vector512<double>.Count; i += Vector512<double>.Count)
        {
            var r0 = Vector512.LoadUnsafe(ref r, (nuint)i);
            var r1 = Vector512.LoadUnsafe(ref r, (nuint)(i + stride));
            var r2 = Vector512.LoadUnsafe(ref r, (nuint)(i + (2 * stride)));
            var r3 = Vector512.LoadUnsafe(ref r, (nuint)(i + (3 * stride)));
            var own = Vector512.LoadUnsafe(ref l, (nuint)i);
            s00 = Vector512.FusedMultiplyAdd(own, r0, s00);
            s01 = Vector512.FusedMultiplyAdd(own, r1, s01);
            s02 = Vector512.FusedMultiplyAdd(own, r2, s02);
            s03 = Vector512.FusedMultiplyAdd(own, r3, s03);
            own = Vector512.LoadUnsafe(ref l, (nuint)(i + rows));
            s10 = Vector512.FusedMultiplyAdd(own, r0, s10);
            s11 = Vector512.FusedMultiplyAdd(own, r1, s11);
            s12 = Vector512.FusedMultiplyAdd(own, r2, s12);
            s13 = Vector512.FusedMultiplyAdd(own, r3, s13);
            own = Vector512.LoadUnsafe(ref l, (nuint)(i + (2 * rows)));
            s20 = Vector512.FusedMultiplyAdd(own, r0, s20);
            s21 = Vector512.FusedMultiplyAdd(own, r1, s21);
            s22 = Vector512.FusedMultiplyAdd(own, r2, s22);
            s23 = Vector512.FusedMultiplyAdd(own, r3, s23);
            own = Vector512.LoadUnsafe(ref l, (nuint)(i + (3 * rows)));
            s30 = Vector512.FusedMultiplyAdd(own, r0, s30);
            s31 = Vector512.FusedMultiplyAdd(own, r1, s31);
            s32 = Vector512.FusedMultiplyAdd(own, r2, s32);
            s33 = Vector512.FusedMultiplyAdd(own, r3, s33);
        }

        Span<double> sums =
        [
            Vector512.Sum(s00), Vector512.Sum(s01), Vector512.Sum(s02), Vector512.Sum(s03),
            Vector512.Sum(s10), Vector512.Sum(s11), Vector512.Sum(s12), Vector512.Sum(s13),
            Vector512.Sum(s20), Vector512.Sum(s21), Vector512.Sum(s22), Vector512.Sum(s23),
            Vector512.Sum(s30), Vector512.Sum(s31), Vector512.Sum(s32), Vector512.Sum(s33),
        ];
        for (var a = 0; a < 4; a++)
        {
            for (var b = 0; b < 4; b++)
            {
                var sum = sums[(4 * a) + b];
                for (var rest = i; rest < rows; rest++)
                {
                    sum += left[(a * rows) + rest] * columns[(b * stride) + rest];
                }

                into[(a * intoStride) + b] += sum;
            }
        }
    }

    /// <summary>Adds a multiple of one vector to another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(ReadOnlySpan<double> column, double factor, Span<double> into)
    {
        Check.SameLength(into.Length, column.Length, nameof(column));
        ref var from = ref MemoryMarshal.GetReference(column);
        ref var to = ref MemoryMarshal.GetReference(into);
        var factors = new Vector<double>(factor);
        var i = 0;
        for (; i <= into.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector.FusedMultiplyAdd(factors, Vector.LoadUnsafe(ref from, (nuint)i), Vector.LoadUnsafe(ref to, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < into.Length; i++)
        {
            into[i] += factor * column[i];
        }
    }

    /// <summary>exp of every element, in place; the last elements by the same code as the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Exp(Span<double> values)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector.Exp(Vector.LoadUnsafe(ref first, (nuint)i)).StoreUnsafe(ref first, (nuint)i);
        }

        for (; i < values.Length; i++)
        {
            values[i] = Vector.Exp(new Vector<double>(values[i]))[0];
        }
    }

    /// <summary>Products, element by element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = a[i] * b[i];
        }
    }
}
