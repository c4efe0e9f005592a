using System.Globalization;
using System.Text;
using Fikspunkt.Sources.Mapping;
using FsCheck;
using FsCheck.Fluent;

namespace Fikspunkt.Sources.Tests.Files;

public sealed class NumberTextTests
{
    private static readonly CultureInfo Danish = CultureInfo.GetCultureInfo("da-DK");

    private static readonly string[] Formats = ["R", "F0", "F2", "F4", "E5"];

    public static TheoryData<string, int, double> Written => new()
    {
        { "0", 0, 0 }, { "-0", 0, 0 }, { "007", 0, 7 }, { "+5", 0, 5 }, { "\u22125", 0, -5 }, { "9.08", 1, 9.08 }, { "9,08", 2, 9.08 }, { "1.234,5", 2, 1234.5 }, { "1,234.5", 1, 1234.5 },
        { "43 070", 0, 43070 }, { "43\u00A0070", 2, 43070 }, { "1\u202F234\u202F567", 1, 1234567 }, { "1.234.567", 2, 1234567 }, { "1e3", 0, 1000 }, { "1,5E-3", 2, 0.0015 }, { "1.5e3", 1, 1500 },
        { "0.1234567890123456789", 1, 0.1234567890123456789 }, { "123456789012345678901234567890", 0, 123456789012345678901234567890.0 }, { "-0,00", 2, 0 }, { "0.00001", 1, 0.00001 },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void Read_WrittenForms_GiveTheNumber(string text, int mark, double expected)
    {
        NumberText.Read(Encoding.UTF8.GetBytes(text), (DecimalMark)mark, out var value).ShouldBeOneOf(NumberOutcome.Plain, NumberOutcome.Other);

        BitConverter.DoubleToInt64Bits(value).ShouldBe(BitConverter.DoubleToInt64Bits(expected));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("+", 1)]
    [InlineData(".5", 1)]
    [InlineData("5.", 1)]
    [InlineData("1..2", 1)]
    [InlineData("1.2.3", 1)]
    [InlineData("1-2", 1)]
    [InlineData("1e", 1)]
    [InlineData("e5", 1)]
    [InlineData("0x10", 1)]
    [InlineData("1 23", 1)]
    [InlineData("1,23,456.7", 1)]
    [InlineData("12.34,5", 2)]
    [InlineData("∞", 1)]
    [InlineData("NaN", 1)]
    public void Read_NoNumbers_AreRefused(string text, int mark)
    {
        if (text.Length > 0)
        {
            NumberText.Read(Encoding.UTF8.GetBytes(text), (DecimalMark)mark, out _).ShouldBeOneOf(NumberOutcome.NotANumber, NumberOutcome.OtherMark);
        }
    }

    [Theory]
    [InlineData("1.234", 0)]
    [InlineData("-12,345", 0)]
    [InlineData("0.123", 1)]
    [InlineData("1234.567", 1)]
    [InlineData("1.23", 1)]
    [InlineData("1,2345", 2)]
    [InlineData("1.234.567", 2)]
    [InlineData("1,234,567", 1)]
    [InlineData("1.234,567", 2)]
    [InlineData("1,5e3", 2)]
    [InlineData("12", 0)]
    [InlineData("a.b", 0)]
    public void Evidence_OfAMark_IsWhatTheNumberProves(string text, int mark) =>
        NumberText.Evidence(Encoding.UTF8.GetBytes(text)).ShouldBe((DecimalMark)mark);

    [Fact]
    public void Read_AnyDouble_IsReadBackToTheBit() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(20_000).WithReplay(2026, 1123),
            Prop.ForAll(
                ArbMap.Default.ArbFor<NormalFloat>().Convert(number => number.Get, NormalFloat.NewNormalFloat).Filter(double.IsFinite),
                number =>
                {
                    foreach (var format in Formats)
                    {
                        Agree(number.ToString(format, CultureInfo.InvariantCulture), DecimalMark.Point, CultureInfo.InvariantCulture);
                        Agree(number.ToString(format, Danish), DecimalMark.Comma, Danish);
                    }
                }));

    [Fact]
    public void Read_AnyShortDecimal_IsReadBackToTheBit() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(20_000).WithReplay(2026, 1121),
            Prop.ForAll(
                ArbMap.Default.ArbFor<long>(),
                ArbMap.Default.ArbFor<byte>(),
                (digits, scale) => Agree((digits % 10_000_000_000 * new decimal(1, 0, 0, isNegative: false, (byte)(scale % 12))).ToString(CultureInfo.InvariantCulture), DecimalMark.Point, CultureInfo.InvariantCulture)));

    // The base library is the naive twin; a text of more than 64 characters is no published number.
    private static void Agree(string text, DecimalMark mark, CultureInfo culture)
    {
        if (text.Length > 64)
        {
            return;
        }

        var expected = double.Parse(text, NumberStyles.Float, culture);
        var outcome = NumberText.Read(Encoding.UTF8.GetBytes(text), mark, out var value);
        value.ShouldBe(expected, text);
        outcome.ShouldBe(text == value.ToString(CultureInfo.InvariantCulture) ? NumberOutcome.Plain : NumberOutcome.Other, text);
    }
}
