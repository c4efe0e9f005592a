using System.Globalization;
using Fikspunkt.Domain;
using YamlDotNet.RepresentationModel;

namespace Fikspunkt.Definitions.Reading;

/// <summary>The numbers of a mapping: plain (unquoted), with a decimal point, inside their range.</summary>
internal sealed partial class MapReader
{
    public int Whole(string key, int least, int most)
    {
        var number = Number(key, least, most, Texts.ExpectedWhole);
        if (number != Math.Floor(number))
        {
            Fault(key, Texts.WrongType, Scalar(values[key]), Texts.ExpectedWhole);
            return least;
        }

        return (int)number;
    }

    public double Number(string key, double least, double most) => Number(key, least, most, Texts.ExpectedNumber);

    public double? OptionalNumber(string key, double least, double most) => Has(key) ? Number(key, least, most) : null;

    /// <summary>A list of numbers; empty when the key is absent.</summary>
    public IReadOnlyList<double> NumberList(string key, double least, double most)
    {
        if (!Has(key))
        {
            return [];
        }

        if (values[key] is not YamlSequenceNode sequence)
        {
            Fault(key, Texts.WrongType, Shown(values[key]), Texts.ExpectedNumberList);
            return [];
        }

        return [.. sequence.Children.Select(child => Number(child, least, most, Texts.ExpectedNumber))];
    }

    public decimal? OptionalAmount(string key)
    {
        if (!Has(key) || Scalar(values[key]) is not { Length: > 0 } text)
        {
            return null;
        }

        if (IsPlain(values[key]) && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
        {
            return amount;
        }

        Fault(key, Texts.WrongType, text, Texts.ExpectedAmount);
        return null;
    }

    private double Number(string key, double least, double most, string expected) =>
        Required(key) is { } value ? Number(value, least, most, expected) : least;

    private double Number(YamlNode value, double least, double most, string expected)
    {
        if (Scalar(value) is not { Length: > 0 } text)
        {
            return least;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!IsPlain(value) || !double.TryParse(text, Style, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            context.Fault(value, Texts.WrongType, text, expected);
            return least;
        }

        if (number < least || number > most)
        {
            context.Fault(value, Texts.OutOfRange, text, Range(least, most));
            return least;
        }

        return number;
    }

    private static string Range(double least, double most) =>
        most == double.MaxValue ? Texts.ExpectedAtLeast.With(least) : Texts.ExpectedRange.With(least, most);
}
