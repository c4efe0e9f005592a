namespace Fikspunkt.Domain.Tests;

public sealed class ValueHashTests
{
    private static readonly Observation First = new("101", Period.Parse("2020"), "population", "", 1, ObservationStatus.Ok);
    private static readonly Observation Second = new("147", Period.Parse("2020"), "population", "", null, ObservationStatus.Missing);

    [Fact]
    public void Of_AnyOrderAndRawText_IsTheSame() =>
        ValueHash.Of([Second with { Raw = ".." }, First]).ShouldBe(ValueHash.Of([First, Second]));

    [Fact]
    public void Of_KnownRows_IsTheStatedFormula()
    {
        var text = "population\t\t101\t2020\t1\t0\npopulation\t\t147\t2020\t\t2\n";
        var expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
        ValueHash.Of([First, Second]).ShouldBe(expected);
    }

    [Fact]
    public void Of_AnyChange_IsAnother()
    {
        Observation[] changed =
        [
            First with { Value = 1.0000000000000002 },
            First with { Status = ObservationStatus.Provisional },
            First with { Area = "151" },
            First with { Period = Period.Parse("2021") },
            First with { Indicator = "population_16_66" },
            First with { Breakdown = "benefit_group=su" },
        ];
        changed.Select(o => ValueHash.Of([o])).Append(ValueHash.Of([First])).Distinct().Count().ShouldBe(changed.Length + 1);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(-1.5)]
    [InlineData(42.0)]
    [InlineData(999999999999999.0)]
    [InlineData(1e15)]
    [InlineData(1e16)]
    [InlineData(-9007199254740993.0)]
    [InlineData(123456789012345.67)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MinValue)]
    public void FormatEnd_AnyNumber_IsShortestRoundTripText(double value)
    {
        Span<byte> line = stackalloc byte[ValueHash.LongestEnd];
        var length = ValueHash.FormatEnd(value, ObservationStatus.Break, line);
        System.Text.Encoding.UTF8.GetString(line[..length])
            .ShouldBe((value == 0 ? 0 : value).ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "\t5\n");
    }

    [Fact]
    public void FormatEnd_RandomNumbers_AreShortestRoundTripTexts()
    {
        var random = new Random(1);
        var line = new byte[ValueHash.LongestEnd];
        for (var i = 0; i < 300_000; i++)
        {
            var digits = random.NextInt64((long)Math.Pow(10, random.Next(1, 18))) * (random.Next(2) == 0 ? 1 : -1);
            var value = digits / Math.Pow(10, random.Next(0, 20));
            value = random.Next(3) switch { 0 => value, 1 => Math.BitIncrement(value), _ => BitConverter.Int64BitsToDouble(random.NextInt64()) };
            if (double.IsFinite(value))
            {
                var length = ValueHash.FormatEnd(value, ObservationStatus.Ok, line);
                System.Text.Encoding.UTF8.GetString(line, 0, length)
                    .ShouldBe((value == 0 ? 0 : value).ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "\t0\n");
            }
        }
    }

    [Fact]
    public void FormatEnd_NegativeZero_IsZero()
    {
        Span<byte> line = stackalloc byte[ValueHash.LongestEnd];
        ValueHash.FormatEnd(-0.0, ObservationStatus.Ok, line).ShouldBe(4);
        line[0].ShouldBe((byte)'0');
    }
}
