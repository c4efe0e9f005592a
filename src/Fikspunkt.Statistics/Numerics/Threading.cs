using System.Runtime.ExceptionServices;

namespace Fikspunkt.Statistics.Numerics;

/// <summary>Loops over threads that throw what a plain loop would throw.</summary>
internal static class Threading
{
    /// <summary>Runs 0 to <paramref name="count"/> - 1 in any order.</summary>
    /// <param name="count">Number of passes.</param>
    /// <param name="threads">Threads to use; 0 = one per processor.</param>
    /// <param name="body">One pass.</param>
    public static void For(int count, int threads, Action<int> body) => For(count, threads, () => body, (pass, own) => own(pass));

    /// <summary>The same with something of its own for each thread.</summary>
    public static void For<T>(int count, int threads, Func<T> own, Action<int, T> body)
    {
        try
        {
            Parallel.For(
                0,
                count,
                new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads },
                own,
                (pass, _, mine) =>
                {
                    body(pass, mine);
                    return mine;
                },
                _ => { });
        }
        catch (AggregateException several) when (several.InnerExceptions[0] is StatisticsException first)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
