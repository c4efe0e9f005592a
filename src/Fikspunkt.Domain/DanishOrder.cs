using System.Globalization;

namespace Fikspunkt.Domain;

/// <summary>Alphabetical order as in Danish: æ, ø, å come last, and aa sorts as å.</summary>
/// <remarks>The rules are those of the runtime's culture data (ICU). Where a machine has none, a plain order would be used without a word;
/// that is refused.</remarks>
public static class DanishOrder
{
    /// <summary>Compares names.</summary>
    public static IComparer<string> Comparer { get; } = Make();

    private static StringComparer Make()
    {
        var comparer = StringComparer.Create(CultureInfo.GetCultureInfo("da-DK"), CompareOptions.None);
        return comparer.Compare("Aabenraa", "Østerby") > 0
            ? comparer
            : throw new PlatformNotSupportedException("The machine has no Danish culture data (ICU): names cannot be ordered as in Danish.");
    }
}
