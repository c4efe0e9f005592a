namespace Fikspunkt.Web.Api;

/// <summary>What somebody may have meant.</summary>
internal static class Nearest
{
    private const int Shown = 12;
    private const int LongestCompared = 60;

    /// <summary>All of a few; of many those that are spelt most like the text.</summary>
    public static IEnumerable<string> Of(string text, IEnumerable<string> known)
    {
        var all = known.Distinct(StringComparer.Ordinal).ToList();
        var compared = text.Length > LongestCompared ? text[..LongestCompared] : text;
        return all.Count <= Shown ? all : all.OrderBy(candidate => Distance(compared, candidate)).ThenBy(candidate => candidate, StringComparer.Ordinal).Take(Shown / 2).Append("...");
    }

    /// <summary>Letters to add, take out or exchange; case is ignored.</summary>
    public static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[right.Length + 1];
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var exchange = previous[j - 1] + (char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1);
                current[j] = Math.Min(exchange, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
