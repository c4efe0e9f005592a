using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Panels;

/// <summary>What a model needs of one period, by unit (municipality) number. Shares are fractions.</summary>
/// <param name="Period">The period.</param>
/// <param name="Usable">Units with exposure, size and every covariate.</param>
/// <param name="Exposure">Exposure; NaN where unknown.</param>
/// <param name="Raw">Covariates before transformation, by covariate, unit.</param>
/// <param name="Transformed">Covariates as they enter the model, by covariate, unit.</param>
/// <param name="Shares">Actual shares by outcome, unit; NaN where there is none.</param>
/// <param name="HiddenVariance">What hidden counts leave open of the shares, by outcome, unit.</param>
/// <param name="Hidden">Whether the whole figure is hidden and its middle stands in (only where asked for), by outcome, unit.</param>
internal sealed record PanelPeriod(
    Period Period,
    bool[] Usable,
    double[] Exposure,
    double[][] Raw,
    double[][] Transformed,
    double[][] Shares,
    double[][] HiddenVariance,
    bool[][] Hidden);

/// <summary>Remarks that arise while a panel is read, each kept once.</summary>
internal sealed class PanelLog
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>What was left out.</summary>
    public List<Exclusion> Exclusions { get; } = [];

    /// <summary>Remarks.</summary>
    public List<RunNote> Notes { get; } = [];

    /// <summary>Adds a remark unless it is there already.</summary>
    public void Note(string key, params string[] arguments)
    {
        if (seen.Add($"{key}|{string.Join('|', arguments)}"))
        {
            Notes.Add(new RunNote(key, arguments));
        }
    }
}

/// <summary>Reads a model's periods from the observations.</summary>
internal sealed class PanelReader
{
    private readonly ModelSpec spec;
    private readonly HiddenCount hiddenCount;
    private readonly IReadOnlyDictionary<(string Indicator, string Breakdown), Series> series;

    public PanelReader(ModelSpec spec, DefinitionSet definitions, IReadOnlyList<Observation> observations, int hiddenUpTo = SmallNumbers.DefaultLargest)
    {
        (this.spec, hiddenCount) = (spec, new HiddenCount(hiddenUpTo));
        Areas = [.. definitions.Municipalities.Select(m => m.Code).Order(StringComparer.Ordinal)];
        var units = Areas.Select((code, unit) => (code, unit)).ToDictionary(pair => pair.code, pair => pair.unit, StringComparer.Ordinal);
        IEnumerable<(string, string)> wanted =
        [
            (spec.Exposure.Indicator, spec.Exposure.Breakdown),
            .. spec.Outcomes.Select(outcome => (outcome.Indicator, outcome.Breakdown)),
            .. spec.Covariates.Select(covariate => (covariate.Indicator, covariate.Breakdown)),
        ];
        series = Series.Index(observations, wanted, units, hiddenCount);
        var empty = series.Where(pair => pair.Value.Periods.Count == 0).Select(pair => pair.Key).Order().ToArray();
        if (empty.Length > 0)
        {
            throw new InputException([.. empty.Select(key => new InputProblem(Faults.Format(Texts.NoFigures, Faults.SeriesName(key.Indicator, key.Breakdown)), spec.Id))]);
        }
    }

    /// <summary>Area codes by unit number.</summary>
    public IReadOnlyList<string> Areas { get; }

    /// <summary>Every period of the model's kind for which each outcome has figures, in order.</summary>
    public IReadOnlyList<Period> AvailablePeriods()
    {
        IEnumerable<Period>? common = null;
        foreach (var outcome in spec.Outcomes)
        {
            var own = PeriodsOf(series[(outcome.Indicator, outcome.Breakdown)]);
            common = common is null ? own : common.Intersect(own);
        }

        return [.. (common ?? []).Order()];
    }

    /// <summary>Months for which each outcome has figures, in order.</summary>
    public IReadOnlyList<Period> AvailableMonths() =>
        [.. spec.Outcomes.Select(outcome => series[(outcome.Indicator, outcome.Breakdown)].Periods.Where(p => p.Kind == PeriodKind.Month))
            .Aggregate((left, right) => left.Intersect(right)).Order()];

    /// <summary>The first series (exposure or covariate) that has no figures which may stand for the period; <see langword="null"/> when none lacks.</summary>
    public string? Lacking(Period period)
    {
        if (Find(spec.Exposure.Indicator, spec.Exposure.Breakdown, period, isCount: true, spec.Exposure.NearestPeriod) is null)
        {
            return spec.Exposure.Indicator;
        }

        return spec.Covariates.FirstOrDefault(c => Find(c.Indicator, c.Breakdown, period, isCount: false, c.NearestPeriod) is null)?.Name.ToString();
    }

    /// <summary>Reads a period. Exclusions and remarks go to <paramref name="log"/> when there is one.</summary>
    /// <param name="period">The period.</param>
    /// <param name="log">Where to, or <see langword="null"/>.</param>
    /// <param name="bridgeHidden">Whether the middle of what a hidden count can be stands in for it, marked as hidden.</param>
    /// <exception cref="InputException">A series has nothing for the period, or a value cannot be transformed.</exception>
    public PanelPeriod Read(Period period, PanelLog? log, bool bridgeHidden = false)
    {
        var units = Areas.Count;
        var problems = new List<InputProblem>();
        var exposure = Figures(spec.Exposure.Indicator, spec.Exposure.Breakdown, period, isCount: true, spec.Exposure.NearestPeriod, log);
        var persons = Array.ConvertAll(exposure, figure => figure.State == FigureState.Known ? figure.Value : double.NaN);
        var raw = new double[spec.Covariates.Count][];
        var transformed = new double[spec.Covariates.Count][];
        for (var k = 0; k < raw.Length; k++)
        {
            var covariate = spec.Covariates[k];
            var figures = Figures(covariate.Indicator, covariate.Breakdown, period, isCount: false, covariate.NearestPeriod, log);
            raw[k] = Array.ConvertAll(figures, figure => figure.State == FigureState.Known ? figure.Value : double.NaN);
            transformed[k] = new double[units];
            for (var unit = 0; unit < units; unit++)
            {
                transformed[k][unit] = Transforms.Apply(covariate.Transform, raw[k][unit]);
                if (double.IsNaN(transformed[k][unit]) && !double.IsNaN(raw[k][unit]))
                {
                    problems.Add(new InputProblem(
                        Faults.Format(Texts.CannotTransform, covariate.Name, Areas[unit], period),
                        spec.Id,
                        Found: raw[k][unit].ToString("R", System.Globalization.CultureInfo.InvariantCulture),
                        Expected: Transforms.Expected(covariate.Transform)));
                }
            }
        }

        if (problems.Count > 0)
        {
            throw new InputException([.. problems.Take(100)]);
        }

        var usable = new bool[units];
        for (var unit = 0; unit < units; unit++)
        {
            ExclusionReason? reason =
                !(persons[unit] > 0) ? ExclusionReason.ExposureMissing
                : persons[unit] < spec.MinimumExposure ? ExclusionReason.TooSmall
                : Array.Exists(transformed, column => double.IsNaN(column[unit])) ? ExclusionReason.CovariateMissing
                : null;
            usable[unit] = reason is null;
            if (reason is { } why)
            {
                log?.Exclusions.Add(new Exclusion(Areas[unit], null, period, why));
            }
        }

        var shares = new double[spec.Outcomes.Count][];
        var hiddenVariance = new double[spec.Outcomes.Count][];
        var hidden = new bool[spec.Outcomes.Count][];
        for (var g = 0; g < shares.Length; g++)
        {
            (shares[g], hiddenVariance[g], hidden[g]) = ReadOutcome(spec.Outcomes[g], period, persons, usable, log, bridgeHidden);
        }

        return new PanelPeriod(period, usable, persons, raw, transformed, shares, hiddenVariance, hidden);
    }

    private (double[] Shares, double[] HiddenVariance, bool[] Hidden) ReadOutcome(
        OutcomeSpec outcome, Period period, double[] persons, bool[] usable, PanelLog? log, bool bridgeHidden)
    {
        var figures = Figures(outcome.Indicator, outcome.Breakdown, period, outcome.Scale == OutcomeScale.Count, nearest: false, log);
        var shares = new double[figures.Length];
        var variance = new double[figures.Length];
        var hidden = new bool[figures.Length];
        int hiddenUnits = 0, filledUnits = 0;
        for (var unit = 0; unit < figures.Length; unit++)
        {
            var figure = figures[unit];
            if (bridgeHidden && figure.State == FigureState.Hidden && outcome.Scale == OutcomeScale.Count)
            {
                hidden[unit] = true;
                figure = new Figure(hiddenCount.Middle, FigureState.Known, hiddenCount.Variance, 1);
            }

            var divisor = outcome.Scale switch
            {
                OutcomeScale.PerCent => 100,
                OutcomeScale.PerThousand => 1000,
                _ => persons[unit],
            };
            shares[unit] = usable[unit] && figure.State == FigureState.Known ? figure.Value / divisor : double.NaN;
            variance[unit] = figure.HiddenVariance / (divisor * divisor);
            if (!usable[unit])
            {
                continue;
            }

            hiddenUnits += figure.HiddenMonths > 0 ? 1 : 0;
            filledUnits += figure.FilledMonths > 0 ? 1 : 0;
            if (figure.State != FigureState.Known)
            {
                var reason = figure.State == FigureState.Hidden ? ExclusionReason.OutcomeSuppressed : ExclusionReason.OutcomeMissing;
                log?.Exclusions.Add(new Exclusion(Areas[unit], outcome.Id, period, reason));
            }
            else if (shares[unit] is < 0 or > 1)
            {
                throw new InputException(new InputProblem(
                    Faults.Format(Texts.ShareOutside, outcome.Name, Areas[unit], period),
                    spec.Id,
                    Found: shares[unit].ToString("R", System.Globalization.CultureInfo.InvariantCulture),
                    Expected: Texts.ExpectedShare));
            }
        }

        if (hiddenUnits > 0)
        {
            string[] about = [outcome.Id, period.ToString(), Faults.Number(hiddenUnits)];
            if (hiddenCount.Largest == SmallNumbers.DefaultLargest)
            {
                log?.Note(NoteKeys.HiddenMonths, about);
            }
            else
            {
                log?.Note(NoteKeys.HiddenMonthsUpTo, [.. about, Faults.Number(hiddenCount.Middle)]);
            }
        }

        if (filledUnits > 0)
        {
            log?.Note(NoteKeys.FilledMonths, outcome.Id, period.ToString(), Faults.Number(filledUnits));
        }

        return (shares, variance, hidden);
    }

    private Figure[] Figures(string indicator, string breakdown, Period period, bool isCount, bool nearest, PanelLog? log)
    {
        var found = Find(indicator, breakdown, period, isCount, nearest)
            ?? throw new InputException(new InputProblem(Faults.Format(Texts.NoFiguresInPeriod, Faults.SeriesName(indicator, breakdown), period), spec.Id));
        if (found.StandIn is { } standIn)
        {
            log?.Note(NoteKeys.NearestPeriod, Faults.SeriesName(indicator, breakdown), period.ToString(), standIn.ToString());
        }

        return found.ByUnit;
    }

    private PeriodFigures? Find(string indicator, string breakdown, Period period, bool isCount, bool nearest) =>
        PeriodFigures.Of(series[(indicator, breakdown)], period, isCount, nearest);

    private IEnumerable<Period> PeriodsOf(Series one)
    {
        var kind = spec.Periods.Kind;
        var own = one.Periods.Where(p => p.Kind == kind);
        if (kind is PeriodKind.Month or PeriodKind.Week)
        {
            return own;
        }

        var fromMonths = one.Periods.Where(p => p.Kind == PeriodKind.Month).Select(month => EndingWith(month, kind)).OfType<Period>()
            .Where(p => PeriodFigures.MonthsOf(p).All(month => one.At(month) is not null));
        return own.Concat(fromMonths).Distinct();
    }

    /// <summary>The period of the kind that ends with the month, if one does.</summary>
    private static Period? EndingWith(Period month, PeriodKind kind) => kind switch
    {
        PeriodKind.Quarter or PeriodKind.RollingYear when month.Number % 3 == 0 => Period.Of(kind, month.Year, month.Number / 3),
        PeriodKind.HalfYear when month.Number % 6 == 0 => Period.Of(kind, month.Year, month.Number / 6),
        PeriodKind.Year when month.Number == 12 => Period.OfYear(month.Year),
        PeriodKind.YearToDate => Period.Of(kind, month.Year, month.Number),
        _ => null,
    };
}
