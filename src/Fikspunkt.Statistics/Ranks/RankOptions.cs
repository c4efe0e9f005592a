namespace Fikspunkt.Statistics.Ranks;

/// <summary>How confidence sets for ranks are made.</summary>
/// <param name="Coverage">Probability with which a set holds the true rank, strictly between 0 and 1.</param>
/// <param name="Draws">Simulation draws.</param>
/// <param name="Seed">Seed of the draws; the same seed gives the same sets, however many threads there are.</param>
/// <param name="Best">Which end has rank 1.</param>
/// <param name="Stepdown">Whether differences already established make room for more (never gives wider sets).</param>
/// <param name="Threads">Threads to use; 0 = one per processor.</param>
public sealed record RankOptions(
    double Coverage = 0.95,
    int Draws = 10_000,
    long Seed = 1,
    RankOrder Best = RankOrder.Lowest,
    bool Stepdown = true,
    int Threads = 0)
{
    /// <summary>Which ends of the sets are bounded.</summary>
    public RankBounds Bounds { get; init; } = RankBounds.TwoSided;

    /// <summary>The units (from 0) whose ranks among all units are asked for, <see langword="null"/> for all of them: fewer questions give smaller sets.</summary>
    public IReadOnlyList<int>? Units { get; init; }
}
