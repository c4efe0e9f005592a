namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>What chance in one period leads one to expect of the next: a municipality far from what was expected is partly so by chance, and will on average be nearer.</summary>
internal static class RegressionToMean
{
    /// <summary>The move to expect after this period, as a share of the population.</summary>
    public static double After(AreaResult first) => first.Shrunken - first.Difference;

    /// <summary>Whether the move goes the way that chance leads one to expect, and that is at least half of it.</summary>
    public static bool Explains(double expected, double change) => Math.Sign(expected) == Math.Sign(change) && Math.Abs(expected) >= Math.Abs(change) / 2;
}
