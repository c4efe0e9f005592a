using System.Numerics;
using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Tests.Numerics;

public sealed class DoubleDoubleTests
{
    [Fact]
    public void Operators_AnyNumbers_AgreeWithWholeNumberArithmetic() =>
        RandomData.ForAllSeeds(seed =>
        {
            var random = new Random(seed);
            var (a, b, c) = (Draw(random), Draw(random), Draw(random));
            ShouldBe((DoubleDouble)a + b + c, new BigInteger(a) + new BigInteger(b) + new BigInteger(c), 1);
            ShouldBe((DoubleDouble)a * b - ((DoubleDouble)c * c), (new BigInteger(a) * new BigInteger(b)) - (new BigInteger(c) * new BigInteger(c)), 1);
            var quotient = (DoubleDouble)a / c;
            ShouldBe(quotient * c, new BigInteger(a), 1);
            var root = DoubleDouble.Sqrt((DoubleDouble)a * a + (DoubleDouble)b * b);
            ShouldBe(root * root, (new BigInteger(a) * new BigInteger(a)) + (new BigInteger(b) * new BigInteger(b)), 1);
        });

    /// <summary>A whole number of up to 53 bits.</summary>
    private static double Draw(Random random) => random.NextInt64(1, 1L << random.Next(10, 53));

    private static void ShouldBe(DoubleDouble ours, BigInteger expected, double size)
    {
        var difference = new BigInteger(ours.High) + new BigInteger(ours.Low) - expected;
        ((double)BigInteger.Abs(difference)).ShouldBeLessThanOrEqualTo(Math.Max(size, 1e-30 * (double)BigInteger.Abs(expected) * 4));
    }
}
