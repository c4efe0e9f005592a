namespace Fikspunkt.Statistics.Numerics;

/// <summary>An unevaluated sum of two doubles: about 32 digits, for sums that are added, subtracted and solved without noticeable rounding.</summary>
/// <remarks>Dekker, Numer. Math. 18 (1971) 224-242; error bounds (2^-102 or better per operation) in Joldes, Muller and Popescu, ACM TOMS 44 (2017) 15.
/// The default is 0. Beyond the range of doubles the result is infinite or not a number.</remarks>
internal readonly record struct DoubleDouble(double High, double Low = 0)
{
    public static implicit operator DoubleDouble(double value) => new(value);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        var (high, low) = TwoSum(a.High, b.High);
        var (lowHigh, lowLow) = TwoSum(a.Low, b.Low);
        (high, low) = QuickTwoSum(high, low + lowHigh);
        (high, low) = QuickTwoSum(high, low + lowLow);
        return new DoubleDouble(high, low);
    }

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        var high = a.High * b.High;
        var low = Math.FusedMultiplyAdd(a.High, b.High, -high) + Math.FusedMultiplyAdd(a.High, b.Low, a.Low * b.High);
        (high, low) = QuickTwoSum(high, low);
        return new DoubleDouble(high, low);
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        var first = a.High / b.High;
        var rest = a - (first * b);
        var second = rest.High / b.High;
        rest -= second * b;
        return (DoubleDouble)first + second + (rest.High / b.High);
    }

    /// <summary>Root of a number that is not negative.</summary>
    public static DoubleDouble Sqrt(DoubleDouble a)
    {
        if (a.High <= 0)
        {
            return 0;
        }

        var near = Math.Sqrt(a.High);
        return (DoubleDouble)near + ((a - ((DoubleDouble)near * near)).High / (2 * near));
    }

    /// <summary>Rounded to a double.</summary>
    public double Value => High + Low;

    private static (double Sum, double Lost) TwoSum(double a, double b)
    {
        var sum = a + b;
        var back = sum - a;
        return (sum, a - (sum - back) + (b - back));
    }

    private static (double Sum, double Lost) QuickTwoSum(double large, double small)
    {
        var sum = large + small;
        return (sum, small - (sum - large));
    }
}
