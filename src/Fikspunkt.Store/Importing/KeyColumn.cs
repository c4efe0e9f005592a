using System.Runtime.InteropServices;

namespace Fikspunkt.Store.Importing;

/// <summary>The distinct texts of a column in the order met; rows carry their numbers.</summary>
internal sealed class KeyColumn
{
    private const int CacheSize = 1024;

    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> texts = [];

    // Rows repeat a few hundred texts; this cache costs a fifth of the dictionary's hash.
    private readonly string?[] cachedTexts = new string?[CacheSize];
    private readonly int[] cachedNumbers = new int[CacheSize];

    /// <summary>The distinct texts by number.</summary>
    public IReadOnlyList<string> Texts => texts;

    /// <summary>The text's number, a new one when it is new.</summary>
    public int Number(string text)
    {
        var slot = Slot(text);
        var cached = cachedTexts[slot];
        if (ReferenceEquals(cached, text) || (cached is not null && string.Equals(cached, text, StringComparison.Ordinal)))
        {
            return cachedNumbers[slot];
        }

        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, text, out var exists);
        if (!exists)
        {
            number = texts.Count;
            texts.Add(text);
        }

        (cachedTexts[slot], cachedNumbers[slot]) = (text, number);
        return number;
    }

    /// <summary>Each number's place in the ordinal order of the texts.</summary>
    public int[] Ranks()
    {
        var ordered = texts.ToArray();
        var byRank = Enumerable.Range(0, ordered.Length).ToArray();
        Array.Sort(ordered, byRank, StringComparer.Ordinal);
        var ranks = new int[byRank.Length];
        for (var rank = 0; rank < byRank.Length; rank++)
        {
            ranks[byRank[rank]] = rank;
        }

        return ranks;
    }

    private static int Slot(string text)
    {
        var length = text.Length;
        return length == 0 ? 0 : ((length * 31) ^ (text[length - 1] * 7) ^ (text[length / 2] * 61) ^ (text[0] << 4)) & (CacheSize - 1);
    }
}
