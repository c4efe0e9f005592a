using System.Runtime.CompilerServices;

namespace Fikspunkt.Statistics.Numerics;

/// <summary>Stable sorting of numbers by their bits: linear in their count, and in one or two passes for small whole numbers.</summary>
internal static class RadixSort
{
    private const int DigitBits = 11;
    private const int Digits = 6;
    private const int Buckets = 1 << DigitBits;

    /// <summary>A key whose unsigned order is the order of the numbers. Minus zero counts as zero.</summary>
    public static ulong Key(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value + 0.0);
        return (bits >> 63) == 0 ? bits | (1UL << 63) : ~bits;
    }

    /// <summary>The number of a key.</summary>
    public static double Value(ulong key) =>
        BitConverter.UInt64BitsToDouble((key >> 63) != 0 ? key & ~(1UL << 63) : ~key);

    /// <summary>Sorts keys with their items; equal keys keep their order.</summary>
    /// <remarks>Digits that all keys share are skipped.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sort(ref ulong[] keys, ref int[] items)
    {
        var n = keys.Length;
        var counts = new int[Digits * Buckets];
        foreach (var key in keys)
        {
            for (var digit = 0; digit < Digits; digit++)
            {
                counts[(digit * Buckets) + Digit(key, digit)]++;
            }
        }

        ulong[]? otherKeys = null;
        int[]? otherItems = null;
        for (var digit = 0; digit < Digits; digit++)
        {
            var places = counts.AsSpan(digit * Buckets, Buckets);
            if (n == 0 || places[Digit(keys[0], digit)] == n)
            {
                continue;
            }

            var before = 0;
            for (var bucket = 0; bucket < Buckets; bucket++)
            {
                (places[bucket], before) = (before, before + places[bucket]);
            }

            otherKeys ??= GC.AllocateUninitializedArray<ulong>(n);
            otherItems ??= GC.AllocateUninitializedArray<int>(n);
            for (var i = 0; i < n; i++)
            {
                var place = places[Digit(keys[i], digit)]++;
                otherKeys[place] = keys[i];
                otherItems[place] = items[i];
            }

            (keys, otherKeys) = (otherKeys, keys);
            (items, otherItems) = (otherItems, items);
        }
    }

    /// <summary>Positions of the numbers from the smallest on; equal numbers keep their order.</summary>
    public static int[] Order(ReadOnlySpan<double> values)
    {
        var keys = new ulong[values.Length];
        var items = new int[values.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            (keys[i], items[i]) = (Key(values[i]), i);
        }

        Sort(ref keys, ref items);
        return items;
    }

    private static int Digit(ulong key, int digit) => (int)(key >> (digit * DigitBits)) & (Buckets - 1);
}
