using System.Globalization;

namespace Fikspunkt.Domain;

/// <summary>Fills places in texts from the resources.</summary>
public static class TextFormat
{
    /// <summary>The text with <c>{0}</c>, <c>{1}</c>, ... replaced, numbers and dates in the current user's form.</summary>
    /// <remarks>A word that goes by a count names its singular and its plural: <c>{0} {0:kommune|kommuner}</c> is "1 kommune" or "98 kommuner".</remarks>
    public static string With(this string text, params object?[] values) => string.Format(Numbered.Only, text, values);

    private sealed class Numbered : IFormatProvider, ICustomFormatter
    {
        public static readonly Numbered Only = new();

        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : CultureInfo.CurrentCulture.GetFormat(formatType!);

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => format?.Split('|') is [var one, var many]
            ? arg is 1 or 1L or "1" ? one : many
            : arg is IFormattable value ? value.ToString(format, CultureInfo.CurrentCulture) : arg?.ToString() ?? "";
    }
}
