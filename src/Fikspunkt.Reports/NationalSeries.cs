using Fikspunkt.Domain;

namespace Fikspunkt.Reports;

/// <summary>The country's series: the municipalities' shares weighted by their latest exposure.</summary>
internal static class NationalSeries
{
    /// <summary>Periods in which every municipality has a figure, so that the mean does not move because one comes or goes.</summary>
    public static IReadOnlyList<SeriesPoint> Of(ReportModel model)
    {
        var weights = model.Results.ToDictionary(result => result.Area, result => result.Exposure, StringComparer.Ordinal);
        var total = weights.Values.Sum();
        return
        [
            .. model.Areas.SelectMany(area => model.SeriesOf(area).Select(point => (Weight: weights[area] / total, Point: point)))
                .GroupBy(entry => entry.Point.Period)
                .Where(group => group.Count() == model.Areas.Count)
                .OrderBy(group => group.Key)
                .Select(group => new SeriesPoint(group.Key, group.Sum(e => e.Weight * e.Point.Actual), group.Sum(e => e.Weight * e.Point.Expected), double.NaN, double.NaN)),
        ];
    }

    /// <summary>The run's breaks whose date lies after the start of the first and not after the end of the last period.</summary>
    public static IReadOnlyList<SeriesBreak> BreaksBetween(ReportModel model, Period first, Period last) =>
        [.. model.Definitions.Breaks.Where(entry => model.Run.Breaks.Contains(entry.Id, StringComparer.Ordinal) && entry.Date > first.FirstDay && entry.Date <= last.LastDay)];
}
