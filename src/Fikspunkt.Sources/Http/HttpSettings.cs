namespace Fikspunkt.Sources.Http;

/// <summary>How patiently a source is asked.</summary>
/// <param name="Attempts">Tries in all, at least 1.</param>
/// <param name="FirstDelay">Wait before the second try; it doubles each time. A longer Retry-After of the source is kept to.</param>
/// <param name="LongestDelay">No wait is longer than this.</param>
/// <param name="IdleTimeout">Longest silence before and within an answer.</param>
/// <param name="LongestAnswer">Largest accepted answer in bytes.</param>
public sealed record HttpSettings(int Attempts, TimeSpan FirstDelay, TimeSpan LongestDelay, TimeSpan IdleTimeout, long LongestAnswer)
{
    /// <summary>Five tries over about half a minute, a minute of silence, 4 GB.</summary>
    public static HttpSettings Default { get; } = new(5, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60), 4L << 30);
}

/// <summary>What was fetched: the answers as files in the order they were asked for, ready for the table importer.</summary>
/// <param name="Files">Paths of the answers.</param>
/// <param name="Origin">The address asked, without any secret.</param>
public sealed record Extract(IReadOnlyList<string> Files, string Origin);
