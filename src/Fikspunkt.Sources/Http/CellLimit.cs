using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Fikspunkt.Sources.Http;

/// <summary>Reads from a refusal that an extract is too large, and how large it may be.</summary>
/// <remarks>The limits of the sources have moved before, and jobindsats' is not documented, so the error itself is the only authority.</remarks>
internal static partial class CellLimit
{
    /// <summary>Whether the refusal is about size. <paramref name="cells"/> is the limit it names, or <see langword="null"/> when it names none.</summary>
    public static bool IsExceeded(RefusedException refusal, out long? cells)
    {
        cells = null;
        var isLimit = refusal.Status == HttpStatusCode.RequestEntityTooLarge
            || refusal.Answer.Contains("REQUEST-LIMIT", StringComparison.OrdinalIgnoreCase)
            || SizeWords().IsMatch(refusal.Answer);
        if (isLimit)
        {
            // The text may name both the size asked for and the limit: the smaller is the limit.
            foreach (Match match in Numbers().Matches(refusal.Answer))
            {
                var digits = match.Value.Replace(".", string.Empty, StringComparison.Ordinal).Replace(",", string.Empty, StringComparison.Ordinal).Replace(" ", string.Empty, StringComparison.Ordinal);
                if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 100)
                {
                    cells = cells is { } known ? Math.Min(known, number) : number;
                }
            }
        }

        return isLimit;
    }

    [GeneratedRegex(@"(for mange|for stort|overskrider|too many|too large|exceeds?)\b.*\b(celler|cells|udtræk\w*|extract|rækker|rows)|\b(celler|cells|udtræk\w*|extract|rækker|rows)\b.*(for mange|for stort|overskrider|too many|too large|exceeds?)", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SizeWords();

    [GeneratedRegex(@"\d{1,3}(?:[., ]\d{3})+|\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();
}
