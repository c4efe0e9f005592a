using System.Globalization;
using Fikspunkt.Benchmarks.Panels;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics;

namespace Fikspunkt.Benchmarks.Expected;

/// <summary>Runs a model of the kind <see cref="ModelKind.ExpectedVersusActual"/>.</summary>
internal sealed class ExpectedVersusActual
{
    private static readonly RowMatrix Single = RowMatrix.Diagonal([1]);

    private readonly ModelSpec spec;
    private readonly DefinitionSet definitions;
    private readonly FittedOutcomes fitted;
    private readonly IReadOnlyList<PanelPeriod> selected;
    private readonly IReadOnlyList<OutcomeModel> models;
    private readonly int[] totalOver;
    private readonly SharedFits shared;

    private ExpectedVersusActual(DefinitionSet definitions, FittedOutcomes fitted, SharedFits shared)
    {
        (this.definitions, this.fitted, this.shared, spec) = (definitions, fitted, shared, fitted.Spec);
        (selected, models, totalOver) = (fitted.Selected, fitted.Models, fitted.TotalOver);
    }

    /// <summary>Runs the model.</summary>
    /// <exception cref="InputException">The data do not allow it.</exception>
    public static BenchmarkRun Run(
        ModelSpec spec, DefinitionSet definitions, IReadOnlyList<Observation> observations, IReadOnlyList<VintageReference> vintages, int hiddenUpTo, SharedFits shared, CancellationToken stop = default)
    {
        var outcomes = FittedOutcomes.Of(spec, definitions, observations, hiddenUpTo, shared, stop);
        var run = new ExpectedVersusActual(definitions, outcomes, shared);
        var (chance, effects) = (outcomes.Chance, outcomes.Effects);
        var (fits, results) = run.Results(chance, effects, stop);
        stop.ThrowIfCancellationRequested();
        var trend = Trend.Of(spec, outcomes.Reader, outcomes.Models, outcomes.TotalOver, chance, effects.Count > 0 ? effects[^1] : null);
        var breaks = BreakNotes.Of(spec, definitions, outcomes.Selected, outcomes.Models, outcomes.Log);
        return new BenchmarkRun(spec, vintages, fits, results, trend, outcomes.Log.Exclusions, breaks, outcomes.Log.Notes);
    }

    /// <summary>Runs the action for 0, 1, ... on all cores; the first fault by number is thrown as it is.</summary>
    internal static void InParallel(int count, Action<int> action, CancellationToken stop = default)
    {
        var faults = new Exception?[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            try
            {
                stop.ThrowIfCancellationRequested();
                action(i);
            }
#pragma warning disable CA1031 // Kept and thrown below, so that the fault does not depend on which thread came first.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                faults[i] = fault;
            }
        });
        if (Array.Find(faults, fault => fault is not null) is { } first)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }
    }

    private (IReadOnlyList<OutcomeFit> Fits, IReadOnlyList<AreaResult> Results) Results(RowMatrix chance, IReadOnlyList<RowMatrix> effects, CancellationToken stop)
    {
        var outcomes = spec.Outcomes.Count;
        var figures = new AreaFigures[outcomes, selected.Count];
        InParallel(outcomes * selected.Count, job =>
        {
            var (g, p) = Math.DivRem(job, selected.Count);
            figures[g, p] = AreaResults.Figures(spec, definitions, spec.Outcomes[g], models[g].Fits[fitted.FitOf(p)], selected[p], fitted.TimeOf(p));
        }, stop);

        var jobs = (outcomes + (spec.Total is null ? 0 : 1)) * selected.Count;
        var results = new IReadOnlyList<AreaResult>[jobs];
        InParallel(jobs, job =>
        {
            var (g, p) = Math.DivRem(job, selected.Count);
            int[] over = g == outcomes ? totalOver : [g];
            results[job] = shared.Once(g == outcomes ? spec.Total!.Id : "results", ResultsKey(over, p), () => ResultsOf(figures, over, p, isTotal: g == outcomes, chance, effects));
        }, stop);

        var fits = new List<OutcomeFit>();
        foreach (var model in models)
        {
            fits.AddRange(model.Fits.Select(part => FitSummary.Of(model.Spec.Id, part)));
        }

        if (spec.Total is { } total)
        {
            for (var f = 0; f < models[0].Fits.Count; f++)
            {
                fits.Add(FitSummary.OfTotal(total.Id, [.. totalOver.Select(g => models[g].Fits[f])], chance, effects[f]));
            }
        }

        return (fits, [.. results.SelectMany(list => list)]);
    }

    /// <summary>The results of one outcome, or of the sum of several, in a selected period.</summary>
    private IReadOnlyList<AreaResult> ResultsOf(AreaFigures[,] figures, int[] over, int p, bool isTotal, RowMatrix chance, IReadOnlyList<RowMatrix> effects)
    {
        ErrorParts[] parts = [.. over.Select(o => models[o].Fits[fitted.FitOf(p)])];
        var one = isTotal ? AreaResults.Sum([.. over.Select(o => figures[o, p])], spec, selected[p], units => ErrorCovariance.ChanceOf(parts, chance, units, fitted.TimeOf(p))) : figures[over[0], p];
        var (chanceBetween, effectsBetween) = isTotal ? (chance, effects[fitted.FitOf(p)]) : (Single, Single);
        var ones = new double[one.Units.Length];
        Array.Fill(ones, 1);
        var relative = spec.Ranking.By == RankBy.Relative;
        var errors = FittedOutcomes.Errors(parts, chanceBetween, effectsBetween, one.Units, fitted.TimeOf(p), ones, ones, withMatrix: !relative);
        var rankErrors = relative
            ? FittedOutcomes.RelativeErrors(parts, chanceBetween, effectsBetween, one.Units, fitted.TimeOf(p), one.Actual, one.Expected)
            : errors.Matrix;
        return AreaResults.Of(spec, fitted.Reader.Areas, isTotal ? spec.Total!.Id : spec.Outcomes[over[0]].Id, selected[p].Period, one, errors, rankErrors!);
    }

    // The last selected period is in it because chance between outcomes is taken from that one where there is no panel.
    private string ResultsKey(int[] over, int p) => string.Join(
        '\n',
        [
            .. over.Select(o => SharedFits.KeyOf(spec, o)),
            string.Create(CultureInfo.InvariantCulture, $"{spec.Ranking.Draws} {spec.Ranking.Seed}"),
            $"{selected[p].Period} {selected[^1].Period}",
            SharedFits.KeyOf(spec.Estimator.Pooled ? selected : [selected[p]]),
            SharedFits.KeyOf(fitted.Chain),
        ]);
}
