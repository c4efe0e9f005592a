using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Reports.Measurements;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Charts;

/// <summary>Something to choose and what it is called.</summary>
internal sealed record Choice(string Id, string Name);

/// <summary>A municipality's place, from whichever measurement was chosen.</summary>
/// <param name="Area">Code.</param>
/// <param name="Rank">Rank among everyone ranked.</param>
/// <param name="Lower">Best rank in the set.</param>
/// <param name="Upper">Worst rank in the set.</param>
/// <param name="LowerAll">Best rank when all sets hold at once; as <paramref name="Lower"/> where that is not known.</param>
/// <param name="UpperAll">Worst rank when all sets hold at once.</param>
/// <param name="Standing">0 = surely good, 1 = cannot be told, 2 = surely bad, in the words of <see cref="NationalChoice.Standings"/>.</param>
/// <param name="Result">The benchmark's result; <see langword="null"/> for other measurements.</param>
internal sealed record Placed(string Area, int Rank, int Lower, int Upper, int LowerAll, int UpperAll, int Standing, AreaResult? Result);

/// <summary>What the country is looked at by: measurement, benefit group, period and peers, each as chosen or the usual one.</summary>
internal sealed class NationalChoice
{
    private NationalChoice(Sight sight, BenchmarkView? benchmark, MeasurementResult? measurement, string outcome, Period period, PeerGroup peers)
    {
        (Sight, Benchmark, Measurement, Outcome, Period, Peers) = (sight, benchmark, measurement, outcome, period, peers);
        Everyone = [.. (benchmark is null ? Positions(measurement!) : Results(benchmark.Content.Run)).OrderBy(placed => placed.Rank).ThenBy(placed => placed.Area, StringComparer.Ordinal)];
        Shown = [.. Everyone.Where(placed => peers.Has(placed.Area))];
    }

    public Sight Sight { get; }

    /// <summary>The benchmark looked at; <see langword="null"/> for another measurement.</summary>
    public BenchmarkView? Benchmark { get; }

    /// <summary>The measurement looked at; <see langword="null"/> for a benchmark.</summary>
    public MeasurementResult? Measurement { get; }

    public string Outcome { get; }

    public Period Period { get; }

    public PeerGroup Peers { get; }

    /// <summary>Everyone ranked, by rank.</summary>
    public IReadOnlyList<Placed> Everyone { get; }

    /// <summary>The peers among them, by rank.</summary>
    public IReadOnlyList<Placed> Shown { get; }

    /// <summary>The benchmark's results of those shown.</summary>
    public IReadOnlyList<AreaResult> ShownResults => [.. Shown.Select(placed => placed.Result).OfType<AreaResult>()];

    /// <summary>What the three standings are called: by the benchmark, by a measurement with an expectation, or by the half of the list that the rank set lies in.</summary>
    public IReadOnlyList<string> Standings => this switch
    {
        { Benchmark: not null } => [Words.Class(SignificanceClass.Better), Words.Class(SignificanceClass.AsExpected), Words.Class(SignificanceClass.Worse)],
        { HasVerdicts: true } => [MeasurementModel.Class(SignificanceClass.Better), MeasurementModel.Class(SignificanceClass.AsExpected), MeasurementModel.Class(SignificanceClass.Worse)],
        _ => [Texts.StandingFirstHalf, Texts.StandingEither, Texts.StandingLastHalf],
    };

    public bool HasVerdicts => Measurement?.Positions.Any(position => position.Class is not null) ?? true;

    public string Title => (Benchmark?.Content.Run.Spec.Title ?? Measurement!.Spec.Title).In(Sight.Culture);

    public string OutcomeName => Name(Outcome);

    /// <summary>What can be measured by, benchmarks first.</summary>
    public static IReadOnlyList<Choice> Measurements(SiteContent content)
    {
        var all = content.Benchmarks.Select(view => new Choice(view.Id, view.Content.Run.Spec.Title.In(Sight.Culture)))
            .Concat(Measured(content).Select(result => new Choice(result.Spec.Id, result.Spec.Title.In(Sight.Culture)))).ToList();
        return [.. all.Select(choice => all.Count(other => other.Name == choice.Name) > 1 ? choice with { Name = $"{choice.Name} ({choice.Id})" } : choice)];
    }

    public IReadOnlyList<Choice> Outcomes =>
        [.. (Benchmark is { } view ? view.Model(Sight.Culture).Outcomes.Reverse() : Measurement!.Positions.Select(position => position.Outcome).Distinct(StringComparer.Ordinal)).Select(id => new Choice(id, Name(id)))];

    /// <summary>Periods of the outcome, newest first.</summary>
    public IReadOnlyList<Period> Periods => [.. PeriodsOf(Benchmark, Measurement, Outcome)];

    /// <summary>The period before the chosen one; <see langword="null"/> for the first.</summary>
    public Period? Before => Periods.SkipWhile(period => period != Period).Skip(1).Select(period => (Period?)period).FirstOrDefault();

    public Placed? Of(string? area) => Everyone.FirstOrDefault(placed => placed.Area == area);

    /// <summary>What was chosen; <see langword="null"/> where nothing is published or <paramref name="unknown"/> names what nothing here has.</summary>
    /// <remarks>A benefit group or a period that only another measurement has gives way to the usual one: it is left over from before the measurement was changed.</remarks>
    public static NationalChoice? Of(Sight sight, out string? unknown)
    {
        var (content, query) = (sight.Content, sight.Query);
        unknown = null;
        var asked = query.First(SiteQuery.Measurement);
        var benchmark = content.Benchmarks.FirstOrDefault(view => asked is null || view.Id == asked);
        var measurement = benchmark is null ? Measured(content).FirstOrDefault(result => asked is null || result.Spec.Id == asked) : null;
        if (benchmark is null && measurement is null)
        {
            unknown = asked;
            return null;
        }

        var (outcomes, usual) = OutcomesOf(benchmark, measurement);
        var outcome = query.First(SiteQuery.Outcome) is { } wanted && outcomes.Contains(wanted) ? wanted : usual;
        if (query.First(SiteQuery.Outcome) is { } some && !outcomes.Contains(some) && !content.Benchmarks.Any(view => OutcomesOf(view, null).All.Contains(some)) && !Measured(content).Any(result => OutcomesOf(null, result).All.Contains(some)))
        {
            unknown = some;
            return null;
        }

        var periods = PeriodsOf(benchmark, measurement, outcome).ToList();
        var given = query.First(SiteQuery.Period);
        if (given is not null && !Period.TryParse(given, out _))
        {
            unknown = given;
            return null;
        }

        var period = given is not null && Period.TryParse(given, out var at) && periods.Contains(at) ? at : periods[0];
        if (PeerGroups.Find(sight, benchmark, query.First(SiteQuery.Peers)) is not { } peers)
        {
            unknown = query.First(SiteQuery.Peers);
            return null;
        }

        return new NationalChoice(sight, benchmark, measurement, outcome, period, peers);
    }

    public static NationalChoice? Of(Sight sight) => Of(sight, out _);

    // A benchmark's own measurement would be the same list twice.
    private static IEnumerable<MeasurementResult> Measured(SiteContent content) =>
        content.Measurements.Where(result => result.Positions.Count > 0 && !content.Benchmarks.Any(view => view.Id == result.Spec.Id));

    private static (IReadOnlyList<string> All, string Usual) OutcomesOf(BenchmarkView? benchmark, MeasurementResult? measurement)
    {
        if (benchmark?.Model(Sight.Culture) is { } model)
        {
            return (model.Outcomes, model.Headline);
        }

        IReadOnlyList<string> all = [.. measurement!.Positions.Select(position => position.Outcome).Distinct(StringComparer.Ordinal)];
        return (all, all[0]);
    }

    private static IEnumerable<Period> PeriodsOf(BenchmarkView? benchmark, MeasurementResult? measurement, string outcome) =>
        (benchmark is null ? measurement!.Positions.Where(position => position.Outcome == outcome).Select(position => position.Period) : benchmark.Content.Run.Results.Where(result => result.Outcome == outcome).Select(result => result.Period))
        .Distinct().OrderDescending();

    private IEnumerable<Placed> Results(BenchmarkRun run) => run.Results.Where(result => result.Outcome == Outcome && result.Period == Period)
        .Select(result => new Placed(result.Area, result.Rank, result.RankLower, result.RankUpper, result.RankLowerSimultaneous, result.RankUpperSimultaneous, (int)result.Class, result));

    private IEnumerable<Placed> Positions(MeasurementResult result) => result.Positions.Where(position => position.Outcome == Outcome && position.Period == Period)
        .Select(position => new Placed(position.Area, position.Rank, position.RankLower, position.RankUpper, position.RankLower, position.RankUpper, Standing(position), null));

    private int Standing(MeasuredPosition position) => (HasVerdicts, position.Class) switch
    {
        (true, { } significance) => (int)significance,
        (true, null) => 1,
        _ => position.PercentileUpper < 50 ? 0 : position.PercentileLower > 50 ? 2 : 1,
    };

    // A measurement's own outcome has no name but the measurement's.
    private string Name(string id)
    {
        if (Benchmark?.Model(Sight.Culture) is { } model)
        {
            return model.Names.Outcome(id);
        }

        var name = Measurement!.Spec.Model is { } known && Sight.Content.Definitions.Models.TryGetValue(known, out var spec) ? new Names(spec, Sight.Content.Definitions, Sight.Culture).Outcome(id) : id;
        return name == id ? Texts.OutcomeWhole : name;
    }
}
