using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Published;

/// <summary>One municipality's published figures in one outcome and release, with what their rounding leaves open.</summary>
/// <param name="Area">Municipality code.</param>
/// <param name="Exposure">Implied population.</param>
/// <param name="ActualPersons">Actual persons as published.</param>
/// <param name="ExpectedPersons">Expected persons as published.</param>
/// <param name="ActualLow">Lowest actual share that the figures allow.</param>
/// <param name="ActualHigh">Highest actual share.</param>
/// <param name="ExpectedLow">Lowest expected share.</param>
/// <param name="ExpectedHigh">Highest expected share.</param>
/// <param name="PublishedDifference">The difference as published, as a share.</param>
/// <param name="PublishedRank">The rank as published.</param>
internal sealed record PublishedCell(
    string Area,
    double Exposure,
    double ActualPersons,
    double ExpectedPersons,
    double ActualLow,
    double ActualHigh,
    double ExpectedLow,
    double ExpectedHigh,
    double PublishedDifference,
    int? PublishedRank)
{
    /// <summary>Actual share: the middle of what the figures allow.</summary>
    public double Actual => (ActualLow + ActualHigh) / 2;

    /// <summary>Expected share, likewise.</summary>
    public double Expected => (ExpectedLow + ExpectedHigh) / 2;

    /// <summary>Actual - expected.</summary>
    public double Difference => Actual - Expected;

    /// <summary>Binomial variance of the actual share when every individual's chance is the expected share: p(1 - p) / n.</summary>
    public double BinomialVariance => Expected * (1 - Expected) / Exposure;

    /// <summary>Variance that the rounding adds to the difference: two independent uniform errors, width² / 12 each.</summary>
    public double RoundingVariance =>
        (((ActualHigh - ActualLow) * (ActualHigh - ActualLow)) + ((ExpectedHigh - ExpectedLow) * (ExpectedHigh - ExpectedLow))) / 12;

    /// <summary>Factor from the difference to what is ranked.</summary>
    public double RankScale(RankBy by) => by == RankBy.Relative ? 1 / Expected : 1;
}

/// <summary>The published figures of one outcome in one release, by area code.</summary>
internal sealed record PublishedList(OutcomeSpec Outcome, Period Period, IReadOnlyList<PublishedCell> Cells);

/// <summary>Everything a published-expectation model reads.</summary>
/// <param name="Periods">The releases in order.</param>
/// <param name="Lists">One list for each outcome (spec order) and release.</param>
/// <param name="Exclusions">What was left out.</param>
/// <param name="Notes">Figures that contradict each other (<see cref="NoteKeys.InconsistentFigures"/>).</param>
internal sealed record PublishedPanel(
    IReadOnlyList<Period> Periods,
    IReadOnlyList<PublishedList> Lists,
    IReadOnlyList<Exclusion> Exclusions,
    IReadOnlyList<RunNote> Notes)
{
    /// <summary>The list of an outcome in a release.</summary>
    public PublishedList List(string outcome, Period period) =>
        Lists.First(list => list.Outcome.Id == outcome && list.Period == period);

    /// <summary>Binds the observations by the spec.</summary>
    /// <exception cref="InputException">The spec lacks its published figures, or no observation fits it.</exception>
    public static PublishedPanel Build(ModelSpec spec, DefinitionSet definitions, IReadOnlyList<Observation> observations)
    {
        var figures = spec.PublishedFigures ?? throw new InputException(new InputProblem(Texts.PublishedFiguresMissing, spec.Id));
        var values = observations.ToDictionary(o => (o.Area, o.Period, o.Indicator, o.Breakdown));
        var municipalities = definitions.Municipalities.Select(m => m.Code).ToHashSet();
        var indicators = spec.Outcomes.Select(outcome => outcome.Indicator).ToHashSet();
        var actual = observations.Where(o => indicators.Contains(o.Indicator) && o.Period.Kind == spec.Periods.Kind && municipalities.Contains(o.Area)).ToList();
        var periods = Select(spec.Periods, actual.Select(o => o.Period).Distinct().Order().ToList());
        if (periods.Count == 0)
        {
            throw new InputException(new InputProblem(Texts.NoPublishedPeriods, spec.Id, Found: string.Join(", ", spec.Periods.Select), Expected: spec.Periods.Kind.ToString()));
        }

        var areas = actual.Select(o => o.Area).Distinct().Order(StringComparer.Ordinal).ToList();
        var exclusions = new List<Exclusion>();
        var notes = new List<RunNote>();
        var cells = spec.Outcomes.ToDictionary(outcome => outcome.Id, _ => periods.ToDictionary(period => period, _ => new List<PublishedCell>()));
        foreach (var period in periods)
        {
            foreach (var area in areas)
            {
                var read = spec.Outcomes.ToDictionary(outcome => outcome.Id, outcome => Read(values, outcome, figures, area, period));
                var pairs = read.Values.Where(r => r.Missing is null).SelectMany(r => new[] { r.Actual, r.Expected }).ToList();
                var population = ImpliedPopulation.Find(pairs);
                foreach (var outcome in spec.Outcomes)
                {
                    var r = read[outcome.Id];
                    var reason = r.Missing
                        ?? (population is null ? ExclusionReason.ExposureMissing : population.Value.Middle < spec.MinimumExposure ? ExclusionReason.TooSmall : (ExclusionReason?)null);
                    if (reason is not null)
                    {
                        exclusions.Add(new Exclusion(area, outcome.Id, period, reason.Value));
                        continue;
                    }

                    if (!population!.Value.Fits(r.Actual) || !population.Value.Fits(r.Expected))
                    {
                        notes.Add(new RunNote(NoteKeys.InconsistentFigures, [area, outcome.Id, period.ToString()]));
                    }

                    cells[outcome.Id][period].Add(Cell(area, population.Value, r));
                }
            }
        }

        var lists = spec.Outcomes.SelectMany(outcome => periods.Select(period => new PublishedList(outcome, period, cells[outcome.Id][period]))).ToList();
        return lists.Find(list => list.Cells.Count < 2) is { } empty
            ? throw new InputException(new InputProblem(Texts.TooFewPublished, spec.Id, Column: empty.Outcome.Id, Found: $"{empty.Period}: {empty.Cells.Count}", Expected: "2"))
            : new PublishedPanel(periods, lists, exclusions, notes);
    }

    private static List<Period> Select(PeriodSpec spec, List<Period> found) => spec.Select switch
    {
        ["all"] => found,
        ["latest"] => found.TakeLast(1).ToList(),
        _ => found.Where(period => spec.Select.Contains(period.ToString())).ToList(),
    };

    private static PublishedCell Cell(string area, ImpliedPopulation population, Reading r)
    {
        var actual = r.Actual.ShareRange(population);
        var expected = r.Expected.ShareRange(population);
        return new PublishedCell(
            area, population.Middle, r.Actual.Persons, r.Expected.Persons, actual.Low, actual.High, expected.Low, expected.High, r.Difference, r.Rank);
    }

    private static Reading Read(
        Dictionary<(string Area, Period Period, string Indicator, string Breakdown), Observation> values,
        OutcomeSpec outcome,
        PublishedFiguresSpec figures,
        string area,
        Period period)
    {
        var found = new[] { outcome.Indicator, outcome.ExpectedIndicator ?? outcome.Indicator, figures.ActualShare, figures.ExpectedShare, figures.DifferenceShare }
            .Select(indicator => values.GetValueOrDefault((area, period, indicator, outcome.Breakdown)))
            .ToList();
        if (found.Any(o => o?.Value is null))
        {
            return new Reading(default, default, 0, null, found.Any(o => o?.Status == ObservationStatus.Suppressed) ? ExclusionReason.OutcomeSuppressed : ExclusionReason.OutcomeMissing);
        }

        var rank = outcome.RankIndicator is null ? null : values.GetValueOrDefault((area, period, outcome.RankIndicator, outcome.Breakdown))?.Value;
        var step = figures.ShareRounding / 100;
        return new Reading(
            new PublishedPair(found[0]!.Value!.Value, outcome.Rounding, found[2]!.Value!.Value / 100, step),
            new PublishedPair(found[1]!.Value!.Value, outcome.Rounding, found[3]!.Value!.Value / 100, step),
            found[4]!.Value!.Value / 100,
            rank is null ? null : (int)rank.Value,
            null);
    }

    private sealed record Reading(PublishedPair Actual, PublishedPair Expected, double Difference, int? Rank, ExclusionReason? Missing);
}
