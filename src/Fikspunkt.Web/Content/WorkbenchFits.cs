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
}

/// <summary>What became of a fit.</summary>
internal sealed record FitAnswer(FitState State, BenchmarkRun? Run = null, string? Problem = null);

/// <summary>Fits the models of the workbench: one at a time, each choice once, as long as the content is shown. Few may wait, and none for long.</summary>
internal sealed class WorkbenchFits
{
    private const int MostWaiting = 4;
    private const int MostKept = 100;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private static readonly SemaphoreSlim Turn = new(1, 1);
    private static readonly ConditionalWeakTable<SiteContent, WorkbenchFits> ByContent = [];
    private readonly Lock gate = new();
    private readonly Dictionary<string, Task<FitAnswer>> fits = new(StringComparer.Ordinal);

    /// <summary>The fit of the choices: kept, or computed now.</summary>
    public static FitAnswer Of(SiteContent content, WorkbenchChoice choice) => ByContent.GetOrCreateValue(content).Get(content, choice, Longest);

    internal FitAnswer Get(SiteContent content, WorkbenchChoice choice, TimeSpan longest)
    {
        // A problem is told in the language of the request that met it first, so each language has its own.
        var key = $"{choice.Base.Id} {choice.Spec().Id} {Languages.IsEnglish}";
        Task<FitAnswer>? fit;
        lock (gate)
        {
            if (!fits.TryGetValue(key, out fit))
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

        return fit.Wait(longest) ? fit.Result : new FitAnswer(FitState.Slow);
    }

    private static async Task<FitAnswer> Fit(SiteContent content, WorkbenchChoice choice)
    {
        await Turn.WaitAsync();
        try
        {
            return new FitAnswer(FitState.Done, Run(content, choice));
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
    private static BenchmarkRun Run(SiteContent content, WorkbenchChoice choice)
    {
        var package = choice.Base.Content;
        var spec = choice.Spec();
        var added = choice.FromStore().SelectMany(series => Enumerable.Range(0, series.Areas.Length).SelectMany(a => Enumerable.Range(0, series.Periods.Length).Select(p => series.At(a, p))).OfType<Observation>());
        return BenchmarkRunner.Run(spec with { Periods = spec.Periods with { TrendMonths = 0 } }, package.Definitions with { Indicators = content.Definitions.Indicators }, [.. package.ReadInputs(), .. added], package.Run.Vintages);
    }
}
