using System.Globalization;
using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;

namespace Fikspunkt.Reports;

/// <summary>How many municipalities are better than, as and worse than expected.</summary>
internal readonly record struct ClassCounts(int Better, int AsExpected, int Worse)
{
    public int Units => Better + AsExpected + Worse;
}

/// <summary>One point of a municipality's series: actual and expected, and the range the actual figure may take by chance around the expected.</summary>
internal readonly record struct SeriesPoint(Period Period, double Actual, double Expected, double RangeLower, double RangeUpper);

/// <summary>A run arranged for the report: what is shown first, in what order, under which names.</summary>
internal sealed class ReportModel
{
    private readonly Dictionary<(string Area, string Outcome), AreaResult> latest;
    private readonly ILookup<(string Area, string Outcome), SeriesPoint> series;

    public ReportModel(BenchmarkRun run, DefinitionSet definitions, CultureInfo culture)
    {
        (Run, Definitions, Culture) = (run, definitions, culture);
        Names = new Names(run.Spec, definitions, culture);
        Numbers = new ReportNumbers(culture);
        Outcomes = [.. run.Spec.Outcomes.Select(outcome => outcome.Id), .. run.Spec.Total is { } total ? [total.Id] : Array.Empty<string>()];
        Headline = run.Spec.Total?.Id ?? run.Spec.Outcomes[0].Id;
        Periods = [.. run.Results.Select(result => result.Period).Distinct().Order()];
        Latest = run.Results.Where(result => result.Outcome == Headline).Max(result => result.Period);
        latest = run.Results.Where(result => result.Period == Latest).ToDictionary(result => (result.Area, result.Outcome));
        Results = Of(Headline);
        var collation = StringComparer.Create(culture, ignoreCase: true);
        Areas = [.. Results.Select(result => result.Area).OrderBy(Names.Municipality, collation)];
        series = Series().ToLookup(entry => (entry.Area, entry.Outcome), entry => entry.Point);
    }

    public BenchmarkRun Run { get; }

    public DefinitionSet Definitions { get; }

    public CultureInfo Culture { get; }

    public Names Names { get; }

    public ReportNumbers Numbers { get; }

    /// <summary>Outcome ids as in the model, total last.</summary>
    public IReadOnlyList<string> Outcomes { get; }

    /// <summary>The outcome that the report is about: the total, or the first where nothing adds up.</summary>
    public string Headline { get; }

    public IReadOnlyList<Period> Periods { get; }

    /// <summary>The period that the report is about.</summary>
    public Period Latest { get; }

    /// <summary>The headline results of the latest period by rank.</summary>
    public IReadOnlyList<AreaResult> Results { get; }

    /// <summary>The municipalities by name in the order of the language.</summary>
    public IReadOnlyList<string> Areas { get; }

    public double CoveragePerCent => 100 * Run.Spec.Ranking.Coverage;

    /// <summary>Whether the series are months; otherwise they are the periods of the results.</summary>
    public bool MonthlySeries => Run.Trend.Any(point => point.Outcome == Headline);

    /// <summary>The latest results of one outcome by rank, then name.</summary>
    public IReadOnlyList<AreaResult> Of(string outcome) =>
        [.. latest.Values.Where(result => result.Outcome == outcome).OrderBy(result => result.Rank).ThenBy(result => result.Area, StringComparer.Ordinal)];

    public AreaResult? Find(string area, string outcome) => latest.GetValueOrDefault((area, outcome));

    /// <summary>A municipality's series of the headline.</summary>
    public IEnumerable<SeriesPoint> SeriesOf(string area) => SeriesOf(area, Headline);

    /// <summary>A municipality's series of one outcome.</summary>
    public IEnumerable<SeriesPoint> SeriesOf(string area, string outcome) => series[(area, outcome)];

    public static ClassCounts Count(IEnumerable<AreaResult> results)
    {
        var counts = results.CountBy(result => result.Class).ToDictionary();
        return new ClassCounts(counts.GetValueOrDefault(SignificanceClass.Better), counts.GetValueOrDefault(SignificanceClass.AsExpected), counts.GetValueOrDefault(SignificanceClass.Worse));
    }

    /// <summary>The share of the exposure-weighted variance between municipalities that the expectation accounts for; negative when it is no better than the mean.</summary>
    public static double Explained(IReadOnlyList<AreaResult> results)
    {
        var exposure = results.Sum(result => result.Exposure);
        var mean = results.Sum(result => result.Exposure * result.Actual) / exposure;
        var total = results.Sum(result => result.Exposure * (result.Actual - mean) * (result.Actual - mean));
        return 1 - (results.Sum(result => result.Exposure * result.Difference * result.Difference) / total);
    }

    private IEnumerable<(string Area, string Outcome, SeriesPoint Point)> Series()
    {
        if (!MonthlySeries)
        {
            return Run.Results.OrderBy(result => result.Period)
                .Select(result => (result.Area, result.Outcome, new SeriesPoint(result.Period, result.Actual, result.Expected, result.Actual - result.Upper, result.Actual - result.Lower)));
        }

        // The runner's own quantile (normal or t) is read off its intervals, so that band and verdict agree.
        var quantiles = Outcomes.ToDictionary(
            outcome => outcome,
            outcome => Of(outcome).Where(result => result.StandardError > 0).Select(result => (result.Upper - result.Lower) / (2 * result.StandardError)).DefaultIfEmpty(0).First(),
            StringComparer.Ordinal);
        return Run.Trend.Where(point => quantiles.ContainsKey(point.Outcome)).OrderBy(point => point.Period).Select(point =>
        {
            var width = quantiles[point.Outcome] * point.StandardError;
            return (point.Area, point.Outcome, new SeriesPoint(point.Period, point.Actual, point.Expected, point.Expected - width, point.Expected + width));
        });
    }
}
