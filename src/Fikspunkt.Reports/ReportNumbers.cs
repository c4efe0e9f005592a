using System.Globalization;

namespace Fikspunkt.Reports;

/// <summary>Writes numbers for people: decimal comma in Danish, a real minus sign, "–" where there is no number.</summary>
internal sealed class ReportNumbers
{
    public const string None = "–";
    private const string Minus = "−";
    private readonly NumberFormatInfo format;

    public ReportNumbers(CultureInfo culture)
    {
        format = (NumberFormatInfo)culture.NumberFormat.Clone();
        format.NegativeSign = Minus;
    }

    /// <summary>A share as per cent, two decimals: 0.0734 is "7,34".</summary>
    public string PerCent(double share, int decimals = 2) => Fixed(100 * share, decimals);

    /// <summary>A difference of shares in percentage points with its sign.</summary>
    public string Points(double share, int decimals = 2) => Signed(100 * share, decimals);

    /// <summary>The size of a difference of shares in percentage points, without sign.</summary>
    public string SizeInPoints(double share) => PerCent(Math.Abs(share));

    public string Whole(double value) => Fixed(value, 0);

    public string SignedWhole(double value) => Signed(value, 0);

    /// <summary>A number with so many decimals. What rounds to zero has no sign.</summary>
    public string Fixed(double value, int decimals)
    {
        if (!double.IsFinite(value))
        {
            return None;
        }

        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0 : rounded).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), format);
    }

    /// <summary>A value with as many decimals as its size calls for.</summary>
    public string Value(double value) => Fixed(value, Math.Abs(value) >= 1000 ? 0 : Math.Abs(value) >= 100 ? 1 : 2);

    public string Signed(double value, int decimals)
    {
        var text = Fixed(value, decimals);
        return value > 0 && text.AsSpan().ContainsAnyInRange('1', '9') ? "+" + text : text;
    }

    public string Kroner(decimal? value) => value is { } amount ? decimal.Round(amount, MidpointRounding.AwayFromZero).ToString("N0", format) : None;

    /// <summary>Kroner in millions with one decimal.</summary>
    public string Millions(decimal value) => (Math.Abs(value) / 1_000_000m).ToString("N1", format);
}
