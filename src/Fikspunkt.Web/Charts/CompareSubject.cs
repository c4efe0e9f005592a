using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Rates;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Charts;

/// <summary>A municipality's figure in one period, or why there is none.</summary>
/// <param name="Period">Period.</param>
/// <param name="Value">The figure in the subject's unit (shares as fractions); <see langword="null"/> where there is none.</param>
/// <param name="Status">What the source says of it; <see langword="null"/> where nothing was published.</param>
/// <param name="Interval">How far chance alone may have moved it; <see langword="null"/> where that is not known.</param>
internal readonly record struct ComparedFigure(Period Period, double? Value, ObservationStatus? Status, Interval? Interval = null);

/// <summary>What municipalities are compared on: an outcome of the benchmark, or an indicator with the base of its share.</summary>
/// <param name="Id">The choice as it stands in an address.</param>
/// <param name="Name">What is measured.</param>
/// <param name="Unit">The unit, for an axis.</param>
/// <param name="Base">What shares are shares of, in a sentence; always shown.</param>
/// <param name="Source">Source and vintage.</param>
/// <param name="Kind">How its figures are written.</param>
/// <param name="Uncertainty">What the intervals mean, or why there are none, in a sentence; always shown.</param>
/// <param name="Series">The figures of a municipality in order of periods.</param>
/// <param name="Breaks">Breaks in the series.</param>
internal sealed record CompareSubject(
    string Id,
    string Name,
    string Unit,
    string Base,
    string Source,
    ColumnKind Kind,
    string Uncertainty,
    Func<string, IReadOnlyList<ComparedFigure>> Series,
    IReadOnlyList<SeriesBreak> Breaks)
{
    /// <summary>Asks for counts as they are.</summary>
    public const string NoBase = "intet";

    /// <summary>Coverage of the intervals of counts and of shares made of them.</summary>
    public const double Coverage = 0.95;

    private const char Separator = '|';

    /// <summary>The benchmark and its outcome, when that is what is compared.</summary>
    public (BenchmarkView View, string Outcome)? Benchmark { get; init; }

    /// <summary>The base that counts are divided by; <see langword="null"/> when they are not.</summary>
    public string? BaseIndicator { get; init; }

    /// <summary>Whether the figures are counts that can be divided by something.</summary>
    public bool IsCount { get; init; }

    /// <summary>Whether the figures have intervals.</summary>
    public bool HasIntervals { get; init; }

    /// <summary>Reads what is compared from the address: <c>noegletal</c> (an outcome, or an indicator with its breakdown), <c>opdeling</c>, <c>ydelse</c> and <c>grundlag</c>.</summary>
    public static (CompareSubject? Subject, IReadOnlyList<string> Unknown) Of(Sight sight)
    {
        var (query, model) = (sight.Query, sight.Content.Benchmarks is [var first, ..] ? first.Model(Sight.Culture) : null);
        var asked = query.First(SiteQuery.Indicator) ?? query.First(SiteQuery.Outcome) ?? model?.Headline ?? (sight.Content.Figures.Series is [var series, ..] ? IdOf(series) : null);
        if (asked is null)
        {
            return (null, []);
        }

        foreach (var view in sight.Content.Benchmarks)
        {
            if (view.Model(Sight.Culture).Outcomes.Contains(asked, StringComparer.Ordinal))
            {
                return (OfOutcome(view, asked), []);
            }
        }

        var parts = asked.Split(Separator, 2);
        return sight.Content.Figures.Find(parts[0], parts.Length == 2 ? parts[1] : query.First(SiteQuery.Breakdown) ?? "") is { } found && sight.Content.Definitions.Indicators.TryGetValue(found.Indicator, out var indicator)
            ? OfIndicator(sight, found, indicator)
            : (null, [asked]);
    }

    /// <summary>The choice of a series as it stands in an address.</summary>
    public static string IdOf(FigureSeries series) => series.Breakdown.Length == 0 ? series.Indicator : $"{series.Indicator}{Separator}{series.Breakdown}";

    /// <summary>A series' name: its indicator's, and the group that its breakdown names.</summary>
    public static string NameOf(DefinitionSet definitions, FigureSeries series)
    {
        var name = definitions.Indicators.TryGetValue(series.Indicator, out var indicator) ? indicator.Name.In(Sight.Culture) : series.Indicator;
        return series.Breakdown.Length == 0 ? name : $"{name}: {Group(definitions, series.Breakdown)?.Name.In(Sight.Culture) ?? series.Breakdown}";
    }

    /// <summary>Counts of persons that describe how large a municipality is; what another count may be divided by.</summary>
    public static IReadOnlyList<Indicator> Bases(Sight sight) =>
        [.. sight.Content.Definitions.Indicators.Values.Where(indicator => indicator is { IsCount: true, Direction: Direction.NotJudged } && sight.Content.Figures.Find(indicator.Id, "") is not null)];

    private static CompareSubject OfOutcome(BenchmarkView view, string outcome)
    {
        var model = view.Model(Sight.Culture);

        // The model's own uncertainty of the difference, laid around the actual figure: what chance does to it, and a little more.
        IReadOnlyList<ComparedFigure> Series(string area) =>
        [
            .. model.SeriesOf(area, outcome).Select(point => new ComparedFigure(
                point.Period, point.Actual, ObservationStatus.Ok,
                new Interval(Math.Max(0, point.Actual + point.RangeLower - point.Expected), point.Actual + point.RangeUpper - point.Expected))),
        ];
        return new CompareSubject(
            outcome, model.Names.Outcome(outcome), Texts.CompareShareUnit, Texts.CompareBaseOutcome.With(model.Names.Exposure), Sources.Line(view), ColumnKind.Share, Texts.CompareIntervalModel.With(model.CoveragePerCent), Series,
            [.. model.Definitions.Breaks.Where(entry => model.Run.Breaks.Contains(entry.Id, StringComparer.Ordinal))])
        {
            Benchmark = (view, outcome),
            HasIntervals = true,
        };
    }

    private static (CompareSubject? Subject, IReadOnlyList<string> Unknown) OfIndicator(Sight sight, FigureSeries series, Indicator indicator)
    {
        var (definitions, bases) = (sight.Content.Definitions, indicator.IsCount ? Bases(sight).Where(other => other.Id != indicator.Id).ToList() : []);
        var asked = sight.Query.First(SiteQuery.Base);
        if (asked is not (null or NoBase) && bases.All(other => other.Id != asked))
        {
            return (null, [asked]);
        }

        var basis = asked == NoBase ? null : asked is not null ? bases.First(other => other.Id == asked) : bases.Find(other => SharesPeriods(series, sight.Content.Figures.Find(other.Id, "")!));
        var below = basis is null ? null : sight.Content.Figures.Find(basis.Id, "");
        var unit = indicator.Unit.In(Sight.Culture);

        // Everybody who lives somewhere is counted; who receives something could have been somebody more or fewer.
        var happens = indicator is { IsCount: true, Direction: not Direction.NotJudged };
        var source = Texts.SourceOnly.With(string.Join("; ", ((FigureSeries?[])[series, below]).OfType<FigureSeries>().Select(used => $"{used.Vintage.Source}, {used.Vintage.Table}, {Words.Date(used.Vintage.Retrieved.InUtc().Date)}").Distinct(StringComparer.Ordinal)));
        return (new CompareSubject(
            IdOf(series), NameOf(definitions, series),
            basis is null ? unit : Texts.CompareShareUnit,
            basis is not null ? Texts.CompareBaseShare.With(basis.Name.In(Sight.Culture)) : indicator.IsCount ? Texts.CompareBaseNone.With(unit) : Texts.CompareBaseSource.With(indicator.Name.In(Sight.Culture), unit),
            source,
            basis is not null ? ColumnKind.Share : indicator.IsCount ? ColumnKind.Persons : ColumnKind.Number,
            happens ? Texts.CompareIntervalCounts.With(100 * Coverage) : indicator.IsCount ? Texts.CompareIntervalNoneCensus : Texts.CompareIntervalNone,
            area => Figures(series, below, area, happens),
            [.. definitions.Breaks.Where(entry => entry.Touches(series.Indicator, Group(definitions, series.Breakdown)?.Id))])
        {
            IsCount = indicator.IsCount,
            BaseIndicator = basis?.Id,
            HasIntervals = happens,
        }, []);
    }

    /// <summary>A municipality's figures, divided by the base where there is one. A figure without its base has no share; a hidden one stays hidden.</summary>
    internal static IReadOnlyList<ComparedFigure> Figures(FigureSeries series, FigureSeries? below, string area, bool intervals) =>
    [
        .. series.Periods.Select(period =>
        {
            var figure = series.Find(area, period);
            if (figure?.Value is not { } value)
            {
                return new ComparedFigure(period, null, figure?.Status);
            }

            if (below is null)
            {
                return new ComparedFigure(period, value, figure.Status, intervals ? PoissonCount.Interval(value, Coverage).Interval : null);
            }

            return below.Find(area, period)?.Value is { } basis and > 0
                ? new ComparedFigure(period, value / basis, figure.Status, intervals ? OfRate(value, basis) : null)
                : new ComparedFigure(period, null, ObservationStatus.Missing);
        }),
    ];

    // A part of the base is a share; what may exceed it is a rate.
    private static Interval OfRate(double count, double basis)
    {
        if (count <= basis)
        {
            return Wilson.Interval(count, basis, Coverage);
        }

        var (interval, _) = PoissonCount.Interval(count, Coverage);
        return new Interval(interval.Lower / basis, interval.Upper / basis);
    }

    private static bool SharesPeriods(FigureSeries series, FigureSeries other) => series.Periods.Length > 0 && Array.BinarySearch(other.Periods, series.Periods[^1]) >= 0;

    private static BenefitGroup? Group(DefinitionSet definitions, string breakdown) => definitions.BenefitGroups.FirstOrDefault(group => Breakdown.OfBenefitGroup(group.Id) == breakdown);
}
