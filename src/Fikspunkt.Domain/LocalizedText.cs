using System.Globalization;

namespace Fikspunkt.Domain;

/// <summary>A short text in Danish and English, as written in <c>definitions/</c>.</summary>
/// <param name="Da">The Danish text; the default.</param>
/// <param name="En">The English text.</param>
public sealed record LocalizedText(string Da, string En)
{
    /// <summary>The text in the language of <paramref name="culture"/>: English for any English culture, else Danish.</summary>
    public string In(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return string.Equals(culture.TwoLetterISOLanguageName, "en", StringComparison.Ordinal) ? En : Da;
    }

    /// <summary>The text in the language of the current user (<see cref="CultureInfo.CurrentUICulture"/>).</summary>
    public override string ToString() => In(CultureInfo.CurrentUICulture);
}
