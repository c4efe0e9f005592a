using Fikspunkt.Benchmarks.Panels;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics;

namespace Fikspunkt.Benchmarks.Expected;

/// <summary>The expectations of a model's outcomes and what they are uncertain by, before anything is ranked: what runs and comparisons of many models share.</summary>
internal sealed class FittedOutcomes
{
    private static readonly RowMatrix Single = RowMatrix.Diagonal([1]);

    private readonly Lazy<RowMatrix> chance;
    private readonly Lazy<IReadOnlyList<RowMatrix>> effects;

    private FittedOutcomes(ModelSpec spec, PanelReader reader, PanelLog log, IReadOnlyList<PanelPeriod> selected, IReadOnlyList<PanelPeriod> chain, IReadOnlyList<OutcomeModel> models)
    {
        (Spec, Reader, Log, Selected, Chain, Models) = (spec, reader, log, selected, chain, models);
        TotalOver = TotalOf(spec);
        chance = new(() => OutcomeCorrelation.OfChance(Spec, [.. TotalOver.Select(g => Models[g])]));
        effects = new(() => TotalOver.Length == 0
            ? []
            : [.. Enumerable.Range(0, Models[0].Fits.Count).Select(f => OutcomeCorrelation.OfEffects([.. TotalOver.Select(g => Models[g].Fits[f])], chance.Value))]);
    }

    /// <summary>The model.</summary>
    public ModelSpec Spec { get; }

    /// <summary>What its figures are read with.</summary>
    public PanelReader Reader { get; }

    /// <summary>Remarks.</summary>
    public PanelLog Log { get; }

    /// <summary>The selected periods.</summary>
    public IReadOnlyList<PanelPeriod> Selected { get; }

    /// <summary>The periods that noise is estimated from; empty where it comes from the cross-section.</summary>
    public IReadOnlyList<PanelPeriod> Chain { get; }

    /// <summary>The outcomes, in the model's order.</summary>
    public IReadOnlyList<OutcomeModel> Models { get; }

    /// <summary>Numbers of the outcomes that the total adds up; empty without a total.</summary>
    public int[] TotalOver { get; }

    /// <summary>Correlation of chance between the outcomes of the total.</summary>
    public RowMatrix Chance => chance.Value;

    /// <summary>Correlation of true effects between the outcomes of the total, by fit.</summary>
    public IReadOnlyList<RowMatrix> Effects => effects.Value;

    /// <summary>Fits every outcome.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="definitions">The municipalities.</param>
    /// <param name="observations">The figures.</param>
    /// <param name="hiddenUpTo">Largest count that is hidden among them.</param>
    /// <param name="shared">What has been computed from these figures already.</param>
    /// <param name="stop">Stops it before the next outcome.</param>
    /// <exception cref="InputException">The data do not allow it.</exception>
    public static FittedOutcomes Of(ModelSpec spec, DefinitionSet definitions, IReadOnlyList<Observation> observations, int hiddenUpTo, SharedFits shared, CancellationToken stop = default)
    {
        var log = new PanelLog();
        var reader = new PanelReader(spec, definitions, observations, hiddenUpTo);
        TotalOf(spec);
        var periods = PeriodSelection.Select(spec, reader, log);
        PanelPeriod[] selected = [.. periods.Select(period => reader.Read(period, log))];
        PanelPeriod[] chain = spec.Noise.Model == NoiseModel.Panel
            ? [.. PeriodSelection.ForNoise(spec, reader, periods).Select(period => reader.Read(period, null))]
            : [];

        // Each outcome by itself; results and remarks are put together in the outcomes' order, whatever the threads did.
        var fitted = new (OutcomeModel Model, PanelLog Log)[spec.Outcomes.Count];
        ExpectedVersusActual.InParallel(fitted.Length, g =>
        {
            var own = new PanelLog();
            fitted[g] = (OutcomeModel.Fit(spec, g, reader.Areas, selected, chain, own, shared), own);
        }, stop);
        foreach (var note in fitted.SelectMany(pair => pair.Log.Notes))
        {
            log.Note(note.Key, [.. note.Arguments]);
        }

        return new FittedOutcomes(spec, reader, log, selected, chain, [.. fitted.Select(pair => pair.Model)]);
    }

    /// <summary>The same figures and the same chance under another rule for the expectation. Chance is a matter of the figures, so it is not estimated again.</summary>
    /// <exception cref="InputException">The data do not allow it.</exception>
    public FittedOutcomes WithRule(bool pooled, bool leaveOneOut)
    {
        var other = Spec with { Estimator = Spec.Estimator with { Pooled = pooled, LeaveOneOut = leaveOneOut } };
        if (other.Estimator == Spec.Estimator)
        {
            return this;
        }

        var models = new OutcomeModel[Models.Count];
        ExpectedVersusActual.InParallel(models.Length, g => models[g] = Models[g].Again(other, Reader.Areas, Selected));
        return new FittedOutcomes(other, Reader, Log, Selected, Chain, models);
    }

    /// <summary>The differences of one outcome, or of the sum of several, in a selected period, with the covariance of their errors.</summary>
    /// <param name="outcomes">Numbers of the outcomes.</param>
    /// <param name="period">Number of the selected period.</param>
    public SummedDifferences Sum(IReadOnlyList<int> outcomes, int period)
    {
        var (fit, time) = (FitOf(period), TimeOf(period));
        ErrorParts[] parts = [.. outcomes.Select(g => Models[g].Fits[fit])];
        int[] units = [.. parts.Select(part => Units(part.Expectation.Rows, time)).Aggregate((left, right) => left.Intersect(right)).Order()];
        var (exposure, actual, expected) = (new double[units.Length], new double[units.Length], new double[units.Length]);
        foreach (var part in parts)
        {
            var rows = part.Expectation.Rows;
            for (var r = 0; r < rows.Count; r++)
            {
                if (rows.Time[r] == time && Array.BinarySearch(units, rows.Unit[r]) is >= 0 and var i)
                {
                    exposure[i] = rows.Exposure[r];
                    actual[i] += rows.Shares[r];
                    expected[i] += part.Expectation.Expected[r];
                }
            }
        }

        var (between, effectsBetween) = Correlations(outcomes, parts, fit);
        var ones = new double[units.Length];
        Array.Fill(ones, 1);
        var errors = Errors(parts, between, effectsBetween, units, time, ones, ones, withMatrix: Spec.Ranking.By == RankBy.Share);
        var ranked = Spec.Ranking.By == RankBy.Share
            ? errors.Matrix!
            : RelativeErrors(parts, between, effectsBetween, units, time, actual, expected);
        return new SummedDifferences(
            [.. units.Select(unit => Reader.Areas[unit])],
            units,
            exposure,
            actual,
            expected,
            errors,
            [.. actual.Zip(expected, (a, e) => Spec.Ranking.By == RankBy.Share ? a - e : (a - e) / e)],
            Spec.Ranking.By == RankBy.Relative,
            ranked,
            parts.Min(part => part.Noise.DegreesOfFreedom),
            parts.Min(part => Math.Max(part.Expectation.Rows.Groups.Max() + 1 - part.Expectation.Rows.X.Columns, 1)));
    }

    /// <summary>The errors of differences.</summary>
    /// <inheritdoc cref="ErrorCovariance.Of"/>
    public static DifferenceErrors Errors(ErrorParts[] parts, RowMatrix chance, RowMatrix effects, int[] units, int time, double[] actualScale, double[] expectedScale, bool withMatrix)
    {
        var periods = parts[0].Expectation.Rows.Periods;
        return ErrorCovariance.Of(
            parts, chance, effects, units, time, actualScale, expectedScale, (a, b) => Math.Abs(PeriodSelection.MonthsBetween(periods[a], periods[b])), withMatrix);
    }

    /// <summary>The covariance of the errors of differences relative to what was expected.</summary>
    public static RowMatrix RelativeErrors(ErrorParts[] parts, RowMatrix chance, RowMatrix effects, int[] units, int time, double[] actual, double[] expected) => Errors(
        parts,
        chance,
        effects,
        units,
        time,
        Array.ConvertAll(expected, share => 1 / share),
        [.. actual.Zip(expected, (a, e) => a / (e * e))],
        withMatrix: true).Matrix!;

    /// <summary>Number of the fit that holds a selected period.</summary>
    public int FitOf(int period) => Spec.Estimator.Pooled ? 0 : period;

    /// <summary>Number of a selected period in its fit.</summary>
    public int TimeOf(int period) => Spec.Estimator.Pooled ? period : 0;

    private static IEnumerable<int> Units(FitRows rows, int time) => Enumerable.Range(0, rows.Count).Where(r => rows.Time[r] == time).Select(r => rows.Unit[r]);

    // Correlations are estimated among the outcomes that are added, as a run of just those would.
    private (RowMatrix Chance, RowMatrix Effects) Correlations(IReadOnlyList<int> outcomes, ErrorParts[] parts, int fit)
    {
        if (outcomes.Count == 1)
        {
            return (Single, Single);
        }

        if (outcomes.SequenceEqual(TotalOver))
        {
            return (Chance, Effects[fit]);
        }

        var among = OutcomeCorrelation.OfChance(Spec, [.. outcomes.Select(g => Models[g])]);
        return (among, OutcomeCorrelation.OfEffects(parts, among));
    }

    private static int[] TotalOf(ModelSpec spec)
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
}
