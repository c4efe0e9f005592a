using Fikspunkt.Domain;
using Fikspunkt.Store;

namespace Fikspunkt.Web.Content;

/// <summary>One indicator and breakdown: its values by area and period in arrays, so that a million figures take some ten megabytes and a question touches few of them.</summary>
/// <param name="Indicator">Indicator id.</param>
/// <param name="Breakdown">Canonical breakdown.</param>
/// <param name="Vintage">The vintage it comes from.</param>
/// <param name="Areas">Area codes, ordinal order.</param>
/// <param name="Periods">Periods in order.</param>
/// <param name="Values">Values, area by area; NaN where there is none.</param>
/// <param name="Statuses">Statuses, as the values. Cells that were never published have <see cref="NotPublished"/>.</param>
internal sealed record FigureSeries(string Indicator, string Breakdown, Vintage Vintage, string[] Areas, Period[] Periods, double[] Values, byte[] Statuses)
{
    public const byte NotPublished = byte.MaxValue;

    /// <summary>The observation of an area and period, or <see langword="null"/> where none was published.</summary>
    public Observation? Find(string area, Period period)
    {
        var (a, p) = (Array.BinarySearch(Areas, area, StringComparer.Ordinal), Array.BinarySearch(Periods, period));
        return a < 0 || p < 0 ? null : At(a, p);
    }

    /// <summary>The observation at an area's and a period's place.</summary>
    public Observation? At(int area, int period)
    {
        var cell = (area * Periods.Length) + period;
        return Statuses[cell] == NotPublished
            ? null
            : new Observation(Areas[area], Periods[period], Indicator, Breakdown, double.IsNaN(Values[cell]) ? null : Values[cell], (ObservationStatus)Statuses[cell]);
    }
}

/// <summary>What a newer pull of a table changed.</summary>
/// <param name="Before">The earlier vintage.</param>
/// <param name="After">The later vintage.</param>
/// <param name="Added">Rows that only the later one has.</param>
/// <param name="Removed">Rows that only the earlier one has.</param>
/// <param name="Changed">Rows with another value or status.</param>
/// <param name="Unchanged">Rows that are the same in both.</param>
/// <param name="Rows">The first of the rows that differ.</param>
internal sealed record TableChange(Vintage Before, Vintage After, long Added, long Removed, long Changed, long Unchanged, IReadOnlyList<ObservationChange> Rows);

/// <summary>The newest figures of every table, and every vintage there is.</summary>
/// <param name="Vintages">Every vintage, in the order of import.</param>
/// <param name="Series">Series by indicator and breakdown, ordinal order.</param>
/// <param name="Changes">What newer pulls of a table changed, newest first.</param>
internal sealed record Figures(IReadOnlyList<Vintage> Vintages, IReadOnlyList<FigureSeries> Series, IReadOnlyList<TableChange> Changes)
{
    private const int ChangesPerTable = 5;
    private const int RowsPerChange = 200;
    private readonly ILookup<string, FigureSeries> byIndicator = Series.ToLookup(series => series.Indicator, StringComparer.Ordinal);

    public static Figures None { get; } = new([], [], []);

    /// <summary>The series of an indicator, one a breakdown.</summary>
    public IEnumerable<FigureSeries> Of(string indicator) => byIndicator[indicator];

    public FigureSeries? Find(string indicator, string breakdown) => byIndicator[indicator].FirstOrDefault(series => series.Breakdown == breakdown);

    /// <summary>Reads a store and lets go of it, so that an import can write while the server runs.</summary>
    /// <exception cref="InputException">It is no store, or an import is writing to it.</exception>
    public static Figures Read(string path)
    {
        using var store = ObservationStore.Open(path);
        var vintages = store.Vintages();
        var series = new List<FigureSeries>();
        var changes = new List<TableChange>();
        foreach (var table in vintages.GroupBy(vintage => vintage.Table, StringComparer.Ordinal))
        {
            var pulls = table.ToList();
            series.AddRange(Arrange(store.Read(pulls[^1].Id), pulls[^1]));
            for (var i = pulls.Count - 1; i > 0 && i >= pulls.Count - ChangesPerTable; i--)
            {
                var diff = store.Diff(pulls[i - 1].Id, pulls[i].Id);
                changes.Add(new TableChange(diff.Before, diff.After, diff.Added, diff.Removed, diff.Changed, diff.Unchanged, [.. diff.Rows.Take(RowsPerChange)]));
            }
        }

        series.Sort((left, right) => string.CompareOrdinal(left.Indicator, right.Indicator) is var order && order != 0 ? order : string.CompareOrdinal(left.Breakdown, right.Breakdown));
        return new Figures(vintages, series, changes);
    }

    // A store gives observations ordered by indicator and breakdown, so that each series stands together.
    private static IEnumerable<FigureSeries> Arrange(IReadOnlyList<Observation> observations, Vintage vintage)
    {
        for (var start = 0; start < observations.Count;)
        {
            var (indicator, breakdown) = (observations[start].Indicator, observations[start].Breakdown);
            var end = start;
            while (end < observations.Count && observations[end].Indicator == indicator && observations[end].Breakdown == breakdown)
            {
                end++;
            }

            var own = observations.Skip(start).Take(end - start).ToList();
            string[] areas = [.. own.Select(observation => observation.Area).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            Period[] periods = [.. own.Select(observation => observation.Period).Distinct().Order()];
            var values = new double[areas.Length * periods.Length];
            var statuses = new byte[values.Length];
            Array.Fill(values, double.NaN);
            Array.Fill(statuses, FigureSeries.NotPublished);
            foreach (var observation in own)
            {
                var cell = (Array.BinarySearch(areas, observation.Area, StringComparer.Ordinal) * periods.Length) + Array.BinarySearch(periods, observation.Period);
                values[cell] = observation.Value ?? double.NaN;
                statuses[cell] = (byte)observation.Status;
            }

            yield return new FigureSeries(indicator, breakdown, vintage, areas, periods, values, statuses);
            start = end;
        }
    }
}
