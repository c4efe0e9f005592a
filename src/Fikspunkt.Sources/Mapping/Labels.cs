using System.Text;

namespace Fikspunkt.Sources.Mapping;

/// <summary>How labels are compared, and which known one a mistyped one may have meant.</summary>
internal static class Labels
{
    private const int LongestCompared = 100;

    /// <summary>The form under which labels are compared: composed, lower case, single spaces, no-break spaces as spaces.</summary>
    public static string Key(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var c in Composed(text))
        {
            if (!char.IsWhiteSpace(c))
            {
                key.Append(char.ToLowerInvariant(c));
            }
            else if (key.Length > 0 && key[^1] != ' ')
            {
                key.Append(' ');
            }
        }

        return key.ToString().TrimEnd();
    }

    /// <summary>The known label nearest to <paramref name="text"/>, or <see langword="null"/> when none is near: more than a third of the letters differ.</summary>
    public static string? Nearest(string text, IEnumerable<string> known)
    {
        var key = Key(text);
        if (key.Length is 0 or > LongestCompared)
        {
            return null;
        }

        var (best, bestDistance) = ((string?)null, Math.Max(1, key.Length / 3) + 1);
        foreach (var candidate in known)
        {
            var other = Key(candidate);
            if (other.Length <= LongestCompared && Math.Abs(other.Length - key.Length) < bestDistance)
            {
                var distance = Distance(key, other);
                if (distance < bestDistance)
                {
                    (best, bestDistance) = (candidate, distance);
                }
            }
        }

        return best;
    }

    private static string Composed(string text)
    {
        try
        {
            return text.IsNormalized(NormalizationForm.FormC) ? text : text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half a character, or a code point that stands for none: compared as it is.
            return text;
        }
    }

    // Levenshtein distance: insertions, deletions and substitutions.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
