using System.Globalization;

namespace Fikspunkt.Domain;

/// <summary>Fills places in texts from the resources.</summary>
public static class TextFormat
{
    /// <summary>The text with <c>{0}</c>, <c>{1}</c>, ... replaced, numbers and dates in the current user's form.</summary>
    public static string With(this string text, params object?[] values) => string.Format(CultureInfo.CurrentCulture, text, values);
}
