using System.Globalization;
using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>Writes a sentence in both languages, numbers in the form of each: decimal comma in Danish, decimal point in English, a real minus sign in both.</summary>
internal static class Bilingual
{
    private static readonly CultureInfo Danish = WithMinus("da-DK");
    private static readonly CultureInfo English = WithMinus("en-GB");

    public static LocalizedText Of(FormattableString danish, FormattableString english) => new(danish.ToString(Danish), english.ToString(English));

    /// <summary>Two sentences after one another.</summary>
    public static LocalizedText Join(LocalizedText first, LocalizedText second) => new($"{first.Da} {second.Da}", $"{first.En} {second.En}");

    /// <summary>A period in running text.</summary>
    public static LocalizedText Of(Period period) => period.Kind switch
    {
        PeriodKind.RollingYear => Of($"året til og med {period.Number}. kvartal {period.Year:0}", $"the year to quarter {period.Number} of {period.Year:0}"),
        PeriodKind.Year => Of($"{period.Year:0}", $"{period.Year:0}"),
        _ => new(period.ToString(), period.ToString()),
    };

    /// <summary>Texts with a separator between.</summary>
    public static LocalizedText Join(string separator, IReadOnlyCollection<LocalizedText> texts) =>
        new(string.Join(separator, texts.Select(text => text.Da)), string.Join(separator, texts.Select(text => text.En)));

    private static CultureInfo WithMinus(string name)
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo(name).Clone();
        culture.NumberFormat.NegativeSign = "−";
        return culture;
    }
}
