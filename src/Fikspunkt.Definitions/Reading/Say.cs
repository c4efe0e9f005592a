using Fikspunkt.Domain;

namespace Fikspunkt.Definitions.Reading;

/// <summary>Says what would have been right.</summary>
internal static class Say
{
    private const int LongestList = 12;

    /// <summary>"one of a, b, c", and the nearest choice first where the found text is a near miss.</summary>
    public static string OneOf(string found, IReadOnlyCollection<string> choices)
    {
        if (Nearest(found, choices) is { } near)
        {
            return Texts.DidYouMean.With(near);
        }

        var shown = string.Join(", ", choices.Order(StringComparer.Ordinal).Take(LongestList));
        return choices.Count switch
        {
            0 => Texts.NothingDefined,
            > LongestList => Texts.OneOfMany.With(shown, choices.Count),
            _ => Texts.OneOf.With(shown),
        };
    }

    /// <summary>The choice that differs from the text in at most a third of its letters, or <see langword="null"/>.</summary>
    public static string? Nearest(string text, IEnumerable<string> choices)
    {
        string? best = null;
        var fewest = Math.Max(1, Math.Min(text.Length / 3, 4)) + 1;
        foreach (var choice in choices.Order(StringComparer.Ordinal))
        {
            // The difference in length is a lower bound, which keeps long nonsense cheap.
            if (Math.Abs(choice.Length - text.Length) < fewest && Distance(text, choice) is var distance && distance < fewest)
            {
                (best, fewest) = (choice, distance);
            }
        }

        return best;
    }

    /// <summary>Levenshtein distance: insertions, deletions and substitutions, case ignored.</summary>
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        var current = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
