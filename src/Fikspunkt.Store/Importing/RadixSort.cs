namespace Fikspunkt.Store.Importing;

/// <summary>Sorts keys of a known number of bits in time linear in their number; equal keys keep their order.</summary>
internal static class RadixSort
{
    private const int DigitBits = 11;
    private const int Digits = 1 << DigitBits;

    /// <summary>Sorts keys ascending and their items with them.</summary>
    public static void Sort(ref ulong[] keys, ref int[] items, int keyBits)
    {
        if (IsSorted(keys))
        {
            return;
        }

        var otherKeys = new ulong[keys.Length];
        var otherItems = new int[keys.Length];
        for (var shift = 0; shift < keyBits; shift += DigitBits)
        {
            if (Pass(keys, items, otherKeys, otherItems, shift))
            {
                (keys, otherKeys) = (otherKeys, keys);
                (items, otherItems) = (otherItems, items);
            }
        }
    }

    private static bool IsSorted(ReadOnlySpan<ulong> keys)
    {
        for (var i = 1; i < keys.Length; i++)
        {
            if (keys[i] < keys[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Distributes by one digit; <see langword="false"/> when all keys share it and nothing was moved.</summary>
    private static bool Pass(ulong[] keys, int[] items, ulong[] toKeys, int[] toItems, int shift)
    {
        var starts = new int[Digits];
        foreach (var key in keys)
        {
            starts[(int)(key >> shift) & (Digits - 1)]++;
        }

        if (starts[(int)(keys[0] >> shift) & (Digits - 1)] == keys.Length)
        {
            return false;
        }

        var start = 0;
        for (var digit = 0; digit < Digits; digit++)
        {
            (starts[digit], start) = (start, start + starts[digit]);
        }

        for (var i = 0; i < keys.Length; i++)
        {
            var key = keys[i];
            var place = starts[(int)(key >> shift) & (Digits - 1)]++;
            toKeys[place] = key;
            toItems[place] = items[i];
        }

        return true;
    }
}
