namespace Fikspunkt.Statistics;

/// <summary>A closed interval. NaN at an end means that the method gives no limit there. The default is the point 0.</summary>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
public readonly record struct Interval(double Lower, double Upper)
{
    /// <summary>Both ends times a factor above 0.</summary>
    public Interval Times(double factor) => new(Lower * factor, Upper * factor);
}
