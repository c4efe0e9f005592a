using System.Runtime.CompilerServices;
using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Content;

/// <summary>How an attempt at a fit ended.</summary>
internal enum FitState
{
    /// <summary>There is a run.</summary>
    Done,

    /// <summary>The figures do not allow the model; the problem says why.</summary>
    Impossible,

    /// <summary>It is still being computed; asking again later gives the answer.</summary>
    Slow,

    /// <summary>Too many wait already.</summary>
    Busy,

    /// <summary>It took longer than any fit may, and was stopped.</summary>
    Stopped,
}

/// <summary>What became of a fit.</summary>
internal sealed record FitAnswer(FitState State, BenchmarkRun? Run = null, string? Problem = null);

/// <summary>Fits the models of the workbench: one at a time, each choice once, as long as the content is shown. Few may wait, nobody for long, and no fit goes on for ever.</summary>
/// <param name="longestFit">How long a fit may take once its turn has come; then it is stopped, whether anybody still waits for it or not.</param>
internal sealed class WorkbenchFits(TimeSpan longestFit)
{
    private const int MostWaiting = 4;
    private const int MostKept = 100;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestFit = TimeSpan.FromMinutes(1);
    private static readonly SemaphoreSlim Turn = new(1, 1);
    private static readonly ConditionalWeakTable<SiteContent, WorkbenchFits> ByContent = [];
    private readonly Lock gate = new();
    private readonly Dictionary<string, Task<FitAnswer>> fits = new(StringComparer.Ordinal);

    /// <summary>The fit of the choices: kept, or computed now. Whoever waits holds no thread, so that many who wait do not stop the other pages.</summary>
    public static Task<FitAnswer> Of(SiteContent content, WorkbenchChoice choice) => For(content).Get(content, choice, LongestWait);

    /// <summary>The fit of the choices if it has been computed.</summary>
    public static BenchmarkRun? Known(SiteContent content, WorkbenchChoice choice) => For(content).Find(choice) is { IsCompletedSuccessfully: true, Result.Run: var run } ? run : null;

    internal async Task<FitAnswer> Get(SiteContent content, WorkbenchChoice choice, TimeSpan longest)
    {
        var key = Key(choice);
        Task<FitAnswer>? fit;
        lock (gate)
        {
            // A fit that was stopped because much else went on is tried again.
            if (!fits.TryGetValue(key, out fit) || fit is { IsCompletedSuccessfully: true, Result.State: FitState.Stopped })
            {
                if (fits.Values.Count(one => !one.IsCompleted) >= MostWaiting)
                {
                    return new FitAnswer(FitState.Busy);
                }

                if (fits.Count >= MostKept)
                {
                    foreach (var done in fits.Where(pair => pair.Value.IsCompleted).Select(pair => pair.Key).ToList())
                    {
                        fits.Remove(done);
                    }
                }

                fits[key] = fit = Task.Run(() => Fit(content, choice));
            }
        }

        try
        {
            return await fit.WaitAsync(longest);
        }
        catch (TimeoutException)
        {
            return new FitAnswer(FitState.Slow);
        }
    }

    private static WorkbenchFits For(SiteContent content) => ByContent.GetValue(content, _ => new WorkbenchFits(LongestFit));

    // A problem is told in the language of the request that met it first, so each language has its own.
    private static string Key(WorkbenchChoice choice) => $"{choice.Base.Id} {choice.Spec().Id} {Languages.IsEnglish}";

    private Task<FitAnswer>? Find(WorkbenchChoice choice)
    {
        lock (gate)
        {
            return fits.GetValueOrDefault(Key(choice));
        }
    }

    private async Task<FitAnswer> Fit(SiteContent content, WorkbenchChoice choice)
    {
        await Turn.WaitAsync();
        try
        {
            using var stop = new CancellationTokenSource(longestFit);
            return new FitAnswer(FitState.Done, Run(content, choice, stop.Token));
        }
        catch (OperationCanceledException)
        {
            return new FitAnswer(FitState.Stopped);
        }
        catch (InputException e)
        {
            return new FitAnswer(FitState.Impossible, Problem: e.Message);
        }
        finally
        {
            Turn.Release();
        }
    }

    // The published model's own figures and definitions, so that the same choices give the same numbers; month by month is left out.
    private static BenchmarkRun Run(SiteContent content, WorkbenchChoice choice, CancellationToken stop)
    {
        var package = choice.Base.Content;
        var spec = choice.Spec();
        var added = choice.FromStore().SelectMany(series => Enumerable.Range(0, series.Areas.Length).SelectMany(a => Enumerable.Range(0, series.Periods.Length).Select(p => series.At(a, p))).OfType<Observation>());
        return BenchmarkRunner.RunUntil(spec with { Periods = spec.Periods with { TrendMonths = 0 } }, package.Definitions with { Indicators = content.Definitions.Indicators }, [.. package.ReadInputs(), .. added], package.Run.Vintages, package.HiddenUpTo, stop);
    }
}
