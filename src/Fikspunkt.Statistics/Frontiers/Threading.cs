namespace Fikspunkt.Statistics.Frontiers;

/// <summary>How many threads a loop may take.</summary>
internal static class Threading
{
    /// <summary>Options with that limit.</summary>
    /// <param name="threads">0 = one per processor.</param>
    public static ParallelOptions Options(int threads) => new() { MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads };
}
