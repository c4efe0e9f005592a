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
    private readonly PanelReader reader;
    private readonly PanelLog log = new();
    private readonly IReadOnlyList<PanelPeriod> selected;
    private readonly IReadOnlyList<OutcomeModel> models;
    private readonly int[] totalOver;

    private ExpectedVersusActual(ModelSpec spec, DefinitionSet definitions, IReadOnlyList<Observation> observations)
    {
        (this.spec, this.definitions) = (spec, definitions);
        reader = new PanelReader(spec, definitions, observations);
        totalOver = TotalOver(spec);
        var periods = PeriodSelection.Select(spec, reader, log);
        selected = [.. periods.Select(period => reader.Read(period, log))];
        PanelPeriod[] chain = spec.Noise.Model == NoiseModel.Panel
            ? [.. PeriodSelection.ForNoise(spec, reader, periods).Select(period => reader.Read(period, null))]
            : [];

        // Each outcome by itself; results and remarks are put together in the outcomes' order, whatever the threads did.
        var fitted = new (OutcomeModel Model, PanelLog Log)[spec.Outcomes.Count];
        InParallel(fitted.Length, g =>
        {
            var own = new PanelLog();
            fitted[g] = (OutcomeModel.Fit(spec, g, reader.Areas, selected, chain, own), own);
        });
        models = [.. fitted.Select(pair => pair.Model)];
        foreach (var note in fitted.SelectMany(pair => pair.Log.Notes))
        {
            log.Note(note.Key, [.. note.Arguments]);
        }
    }

    /// <summary>Runs the model.</summary>
    /// <exception cref="InputException">The data do not allow it.</exception>
    public static BenchmarkRun Run(ModelSpec spec, DefinitionSet definitions, IReadOnlyList<Observation> observations, IReadOnlyList<VintageReference> vintages)
    {
        var run = new ExpectedVersusActual(spec, definitions, observations);
        var chance = OutcomeCorrelation.OfChance(spec, [.. run.totalOver.Select(g => run.models[g])]);
        var effects = run.EffectCorrelations(chance);
        var (fits, results) = run.Results(chance, effects);
        var trend = Trend.Of(spec, run.reader, run.models, run.totalOver, chance, effects.Count > 0 ? effects[^1] : null);
        var breaks = BreakNotes.Of(spec, definitions, run.selected, run.models, run.log);
        return new BenchmarkRun(spec, vintages, fits, results, trend, run.log.Exclusions, breaks, run.log.Notes);
    }

    /// <summary>Runs the action for 0, 1, ... on all cores; the first fault by number is thrown as it is.</summary>
    internal static void InParallel(int count, Action<int> action)
    {
        var faults = new Exception?[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            try
            {
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

    private static int[] TotalOver(ModelSpec spec)
    {
        if (spec.Total is not { } total)
        {
            return [];
        }

        var ids = spec.Outcomes.Select(outcome => outcome.Id).ToList();
        var unknown = total.Over.Where(id => !ids.Contains(id)).ToArray();
        return unknown.Length == 0
            ? [.. total.Over.Select(id => ids.IndexOf(id))]
            : throw new InputException([.. unknown.Select(id => new InputProblem(Faults.Format(Texts.UnknownOutcome, total.Name), spec.Id, Found: id))]);
    }

    private static Func<int, int, int> MonthsApart(FitRows rows) =>
        (a, b) => Math.Abs(PeriodSelection.MonthsBetween(rows.Periods[a], rows.Periods[b]));

    private List<RowMatrix> EffectCorrelations(RowMatrix chance) =>
        totalOver.Length == 0
            ? []
            : [.. Enumerable.Range(0, models[0].Fits.Count).Select(f => OutcomeCorrelation.OfEffects([.. totalOver.Select(g => models[g].Fits[f])], chance))];

    private (IReadOnlyList<OutcomeFit> Fits, IReadOnlyList<AreaResult> Results) Results(RowMatrix chance, List<RowMatrix> effects)
    {
        var outcomes = spec.Outcomes.Count;
        var figures = new AreaFigures[outcomes, selected.Count];
        InParallel(outcomes * selected.Count, job =>
        {
            var (g, p) = Math.DivRem(job, selected.Count);
            figures[g, p] = AreaResults.Figures(spec, definitions, spec.Outcomes[g], models[g].Fits[FitOf(p)], selected[p], TimeOf(p));
        });

        var jobs = (outcomes + (spec.Total is null ? 0 : 1)) * selected.Count;
        var results = new IReadOnlyList<AreaResult>[jobs];
        InParallel(jobs, job =>
        {
            var (g, p) = Math.DivRem(job, selected.Count);
            var isTotal = g == outcomes;
            int[] over = isTotal ? totalOver : [g];
            ErrorParts[] parts = [.. over.Select(o => models[o].Fits[FitOf(p)])];
            var one = isTotal ? AreaResults.Sum([.. over.Select(o => figures[o, p])], spec, selected[p], units => ErrorCovariance.ChanceOf(parts, chance, units, TimeOf(p))) : figures[g, p];
            var (chanceBetween, effectsBetween) = isTotal ? (chance, effects[FitOf(p)]) : (Single, Single);
            var apart = MonthsApart(parts[0].Expectation.Rows);
            var ones = new double[one.Units.Length];
            Array.Fill(ones, 1);
            var relative = spec.Ranking.By == RankBy.Relative;
            var errors = ErrorCovariance.Of(parts, chanceBetween, effectsBetween, one.Units, TimeOf(p), ones, ones, apart, withMatrix: !relative);
            var rankErrors = relative
                ? ErrorCovariance.Of(
                    parts,
                    chanceBetween,
                    effectsBetween,
                    one.Units,
                    TimeOf(p),
                    Array.ConvertAll(one.Expected, expected => 1 / expected),
                    [.. one.Actual.Zip(one.Expected, (actual, expected) => actual / (expected * expected))],
                    apart,
                    withMatrix: true).Matrix
                : errors.Matrix;
            results[job] = AreaResults.Of(spec, reader.Areas, isTotal ? spec.Total!.Id : spec.Outcomes[g].Id, selected[p].Period, one, errors, rankErrors!);
        });

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

    private int FitOf(int period) => spec.Estimator.Pooled ? 0 : period;

    private int TimeOf(int period) => spec.Estimator.Pooled ? period : 0;
}
