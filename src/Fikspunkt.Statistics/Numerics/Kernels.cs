using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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

    /// <summary>Sums of products of one vector with four columns, which lie behind each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DotFour(ReadOnlySpan<double> a, ReadOnlySpan<double> columns, Span<double> into)
    {
        var n = a.Length;
        Check.SameLength(4 * n, columns.Length, nameof(columns));
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(columns);
        var (sum0, sum1, sum2, sum3) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i <= n - Vector<double>.Count; i += Vector<double>.Count)
        {
            var own = Vector.LoadUnsafe(ref left, (nuint)i);
            sum0 = Vector.FusedMultiplyAdd(own, Vector.LoadUnsafe(ref right, (nuint)i), sum0);
            sum1 = Vector.FusedMultiplyAdd(own, Vector.LoadUnsafe(ref right, (nuint)(i + n)), sum1);
            sum2 = Vector.FusedMultiplyAdd(own, Vector.LoadUnsafe(ref right, (nuint)(i + (2 * n))), sum2);
            sum3 = Vector.FusedMultiplyAdd(own, Vector.LoadUnsafe(ref right, (nuint)(i + (3 * n))), sum3);
        }

        var (total0, total1, total2, total3) = (Vector.Sum(sum0), Vector.Sum(sum1), Vector.Sum(sum2), Vector.Sum(sum3));
        for (; i < n; i++)
        {
            total0 += a[i] * columns[i];
            total1 += a[i] * columns[i + n];
            total2 += a[i] * columns[i + (2 * n)];
            total3 += a[i] * columns[i + (3 * n)];
        }

        (into[0], into[1], into[2], into[3]) = (total0, total1, total2, total3);
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
