using System.Globalization;
using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>A sentence with numbers in both languages, each in its own number format.</summary>
internal static class BothLanguages
{
    private static readonly CultureInfo Danish = CultureInfo.GetCultureInfo("da-DK");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static LocalizedText Of(FormattableString danish, FormattableString english) => new(danish.ToString(Danish), english.ToString(English));

    /// <summary>Texts with a separator between.</summary>
    public static LocalizedText Join(string separator, IEnumerable<LocalizedText> texts)
    {
        var all = texts.ToList();
        return new(string.Join(separator, all.Select(text => text.Da)), string.Join(separator, all.Select(text => text.En)));
    }
}
