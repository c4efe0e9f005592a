using System.Runtime.InteropServices;
using System.Text;

namespace Fikspunkt.Sources.Mapping;

/// <summary>What a label was found to name.</summary>
internal enum LabelOutcome
{
    /// <summary>Nothing known: a fault.</summary>
    Unknown,

    /// <summary>A value.</summary>
    Known,

    /// <summary>Something known that is not imported.</summary>
    Skipped,
}

/// <summary>Remembers what labels name, by their UTF-8 text, so that a file of millions of rows resolves each label once.</summary>
/// <typeparam name="T">What labels name.</typeparam>
internal sealed class LabelCache<T>(Func<string, (LabelOutcome Outcome, T Value)> resolve)
{
    // Labels of a well-formed table are few; a hostile file may hold many.
    private const int MostRemembered = 100_000;

    private readonly Dictionary<byte[], (LabelOutcome Outcome, T Value)> known = new(Utf8Comparer.Instance);
    private byte[] last = [];
    private (LabelOutcome Outcome, T Value) lastFound;
    private bool hasLast;

    /// <summary>Finds what the label names. <paramref name="isNew"/> tells whether it is met for the first time.</summary>
    public (LabelOutcome Outcome, T Value) Find(ReadOnlySpan<byte> text, out bool isNew)
    {
        isNew = false;
        if (hasLast && text.SequenceEqual(last))
        {
            return lastFound;
        }

        var lookup = known.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!lookup.TryGetValue(text, out var key, out var found))
        {
            isNew = true;
            key = text.ToArray();
            found = resolve(Encoding.UTF8.GetString(text));
            if (known.Count < MostRemembered)
            {
                known.Add(key, found);
            }
        }

        (last, lastFound, hasLast) = (key!, found, true);
        return found;
    }
}

/// <summary>Compares UTF-8 texts byte by byte.</summary>
internal sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    /// <summary>The comparer.</summary>
    public static Utf8Comparer Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    /// <inheritdoc/>
    public int GetHashCode(byte[] obj) => GetHashCode((ReadOnlySpan<byte>)obj);

    /// <inheritdoc/>
    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    /// <inheritdoc/>
    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

    /// <inheritdoc/>
    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        // Eight bytes at a time, mixed by multiplication; the length separates texts that end in zeros.
        const ulong Mix = 0x9E3779B97F4A7C15;
        var hash = (ulong)alternate.Length;
        while (alternate.Length >= 8)
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(alternate)) * Mix;
            hash ^= hash >> 29;
            alternate = alternate[8..];
        }

        var tail = 0UL;
        for (var i = 0; i < alternate.Length; i++)
        {
            tail |= (ulong)alternate[i] << (8 * i);
        }

        hash = (hash ^ tail) * Mix;
        return (int)(hash ^ (hash >> 32));
    }
}
