using System.Buffers;
using System.Globalization;

namespace Fikspunkt.Sources.Mapping;

/// <summary>What separates the whole part from the decimals in one file.</summary>
internal enum DecimalMark
{
    /// <summary>No number of the file has shown it.</summary>
    Undecided,

    /// <summary>A point: <c>9.08</c>.</summary>
    Point,

    /// <summary>A comma: <c>9,08</c>.</summary>
    Comma,
}

/// <summary>What became of reading a number.</summary>
internal enum NumberOutcome
{
    /// <summary>A number, in the plain invariant form.</summary>
    Plain,

    /// <summary>A number, written another way than the plain invariant form.</summary>
    Other,

    /// <summary>No number.</summary>
    NotANumber,

    /// <summary>A number too large for a double.</summary>
    TooLarge,

    /// <summary>A number whose mark may be a decimal mark or a thousands separator (<c>1.234</c>).</summary>
    Ambiguous,

    /// <summary>A number with the other decimal mark than the rest of the file.</summary>
    OtherMark,
}

/// <summary>Reads numbers written with a decimal point or a decimal comma.</summary>
/// <remarks>
/// A thousands separator is the other mark, a space or a no-break space, in whole groups of three digits. Exponents are allowed;
/// NaN and infinities are not. <c>1.234</c> alone does not tell which mark it has, so that the file has to decide.
/// </remarks>
internal static class NumberText
{
    private const int ExactDigits = 15;
    private const int LongestNumber = 64;

    private static readonly SearchValues<byte> DigitsAndMarks = SearchValues.Create("0123456789.,"u8);
    private static readonly SearchValues<byte> NumberEnd = SearchValues.Create("0123456789eE+-"u8);

    private static readonly double[] PowersOfTen = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Reads <paramref name="text"/>, which is trimmed and not empty.</summary>
    public static NumberOutcome Read(ReadOnlySpan<byte> text, DecimalMark mark, out double value)
    {
        // Most numbers have few digits and one mark at most. A quotient of two exactly held numbers is rounded right.
        var mantissa = 0L;
        var (digits, decimals, at) = (0, -1, 0);
        var isNegative = text[0] == '-';
        var separator = mark == DecimalMark.Comma ? (byte)',' : (byte)'.';
        for (at = isNegative ? 1 : 0; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit <= 9)
            {
                mantissa = (10 * mantissa) + digit;
                digits++;
                decimals += decimals >= 0 ? 1 : 0;
            }
            else if (text[at] == separator && mark != DecimalMark.Undecided && decimals < 0 && digits > 0)
            {
                decimals = 0;
            }
            else
            {
                break;
            }

            if (digits > ExactDigits)
            {
                break;
            }
        }

        if (at < text.Length || digits == 0 || decimals == 0)
        {
            return ReadRare(text, mark, out value);
        }

        value = decimals > 0 ? mantissa / PowersOfTen[decimals] : mantissa;
        value = isNegative && mantissa != 0 ? -value : value;
        var first = text[isNegative ? 1 : 0];
        var hasPlainZeros = (first != '0' || digits - Math.Max(decimals, 0) == 1) && (decimals < 0 || text[^1] != '0');
        var isPlain = hasPlainZeros && (decimals < 0 || (mark == DecimalMark.Point && value is >= 1e-4 or <= -1e-4)) && !(isNegative && mantissa == 0);
        return isPlain ? NumberOutcome.Plain : NumberOutcome.Other;
    }

    /// <summary>The mark that a number proves: the one followed by anything but three digits, or the last of two kinds.</summary>
    public static DecimalMark Evidence(ReadOnlySpan<byte> text)
    {
        var exponent = text.IndexOfAny((byte)'e', (byte)'E');
        if (exponent > 0)
        {
            text = text[..exponent];
        }

        var (points, commas) = (text.Count((byte)'.'), text.Count((byte)','));
        if (points + commas == 0 || !IsDigitsAndMarks(text))
        {
            return DecimalMark.Undecided;
        }

        if (points > 0 && commas > 0)
        {
            return text.LastIndexOf((byte)'.') > text.LastIndexOf((byte)',') ? DecimalMark.Point : DecimalMark.Comma;
        }

        if (points > 1 || commas > 1)
        {
            return points > 1 ? DecimalMark.Comma : DecimalMark.Point;
        }

        var start = text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        var at = text.IndexOfAny((byte)'.', (byte)',');
        var mayGroup = text.Length - at - 1 == 3 && at - start is >= 1 and <= 3 && text[start] != '0';
        return mayGroup ? DecimalMark.Undecided : points > 0 ? DecimalMark.Point : DecimalMark.Comma;
    }

    private static NumberOutcome ReadRare(ReadOnlySpan<byte> text, DecimalMark mark, out double value)
    {
        value = 0;
        if (text.Length > LongestNumber)
        {
            return text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 ? NumberOutcome.TooLarge : NumberOutcome.NotANumber;
        }

        Span<byte> plain = stackalloc byte[LongestNumber];
        var outcome = ToPlain(text, mark, plain, out var length);
        if (outcome != NumberOutcome.Plain)
        {
            return outcome;
        }

        plain = plain[..length];
        if (!double.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value))
        {
            return NumberOutcome.NotANumber;
        }

        if (!double.IsFinite(value))
        {
            return NumberOutcome.TooLarge;
        }

        value = value == 0 ? 0 : value;
        Span<byte> shortest = stackalloc byte[LongestNumber];
        return value.TryFormat(shortest, out var written, default, CultureInfo.InvariantCulture) && text.SequenceEqual(shortest[..written])
            ? NumberOutcome.Plain
            : NumberOutcome.Other;
    }

    // The text with a point for its decimal mark and without thousands separators.
    private static NumberOutcome ToPlain(ReadOnlySpan<byte> text, DecimalMark mark, Span<byte> plain, out int length)
    {
        length = 0;
        var at = 0;
        if (text.StartsWith("\u2212"u8))
        {
            plain[length++] = (byte)'-';
            at = 3;
        }
        else if (text[0] is (byte)'-' or (byte)'+')
        {
            plain[length++] = text[0];
            at = 1;
        }

        var (sinceGroup, hasGroup, groupMark, digitsBefore) = (0, false, (byte)0, 0);
        var decimalMark = mark == DecimalMark.Comma ? (byte)',' : (byte)'.';
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (c is >= (byte)'0' and <= (byte)'9')
            {
                plain[length++] = c;
                sinceGroup++;
                digitsBefore++;
                continue;
            }

            var isSpace = c == ' ' || text[at..].StartsWith("\u00A0"u8) || text[at..].StartsWith("\u202F"u8);
            if (c is (byte)'.' or (byte)',' && mark == DecimalMark.Undecided)
            {
                return NumberOutcome.Ambiguous;
            }

            if (isSpace || (c is (byte)'.' or (byte)',' && c != decimalMark))
            {
                var kind = isSpace ? (byte)' ' : c;
                var fits = hasGroup ? sinceGroup == 3 && kind == groupMark : digitsBefore is >= 1 and <= 3;
                if (!fits)
                {
                    return isSpace ? NumberOutcome.NotANumber : NumberOutcome.OtherMark;
                }

                (sinceGroup, hasGroup, groupMark) = (0, true, kind);
                at += c switch { 0xC2 => 1, 0xE2 => 2, _ => 0 };
                continue;
            }

            break;
        }

        if (hasGroup && sinceGroup != 3)
        {
            return groupMark == ' ' ? NumberOutcome.NotANumber : NumberOutcome.OtherMark;
        }

        // What is left: decimals and exponent.
        var rest = text[at..];
        if (digitsBefore == 0 || rest.Length == 0)
        {
            return digitsBefore > 0 ? NumberOutcome.Plain : NumberOutcome.NotANumber;
        }

        if (rest[0] == decimalMark)
        {
            rest = rest[1..];
            plain[length++] = (byte)'.';
            if (rest.Length == 0 || rest[0] is < (byte)'0' or > (byte)'9')
            {
                return NumberOutcome.NotANumber;
            }
        }

        if (rest.IndexOfAnyExcept(NumberEnd) >= 0)
        {
            return IsDigitsAndMarks(text) ? NumberOutcome.OtherMark : NumberOutcome.NotANumber;
        }

        rest.CopyTo(plain[length..]);
        length += rest.Length;
        return NumberOutcome.Plain;
    }

    private static bool IsDigitsAndMarks(ReadOnlySpan<byte> text)
    {
        var digits = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        return digits.Length > 0 && digits.IndexOfAnyExcept(DigitsAndMarks) < 0 && digits.IndexOfAnyInRange((byte)'0', (byte)'9') == 0;
    }
}
