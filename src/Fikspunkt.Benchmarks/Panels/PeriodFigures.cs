using Fikspunkt.Domain;
using NodaTime;
using Period = Fikspunkt.Domain.Period;

namespace Fikspunkt.Benchmarks.Panels;

/// <summary>A series' figures for a period it may not be published for.</summary>
/// <param name="ByUnit">Figures by unit.</param>
/// <param name="StandIn">The nearest period whose figures stand in, or <see langword="null"/> when the period's own are used.</param>
internal sealed record PeriodFigures(Figure[] ByUnit, Period? StandIn)
{
    /// <summary>Fewest months of twelve (in proportion for shorter periods) that an average is made of.</summary>
    private const double FewestMonthsShare = 0.75;

    /// <summary>
    /// Looks for the period's own figures, else the average of its months, else the shortest published period that covers it,
    /// else - where allowed - the period whose middle is nearest (the earlier of two).
    /// </summary>
    /// <returns><see langword="null"/> when there are none.</returns>
    public static PeriodFigures? Of(Series series, Period period, bool isCount, bool nearest)
    {
        var own = series.At(period) ?? series.Periods.Where(p => p.FirstDay == period.FirstDay && p.LastDay == period.LastDay).Select(series.At).FirstOrDefault();
        if (own is not null)
        {
            return new PeriodFigures(own, null);
        }

        if (Average(series, period, isCount) is { } average)
        {
            return new PeriodFigures(average, null);
        }

        var covering = series.Periods.Where(p => p.FirstDay <= period.FirstDay && p.LastDay >= period.LastDay)
            .OrderBy(p => DaysBetween(p)).Select(series.At).FirstOrDefault();
        if (covering is not null)
        {
            return new PeriodFigures(covering, null);
        }

        if (!nearest || series.Periods.Count == 0)
        {
            return null;
        }

        var standIn = series.Periods.OrderBy(p => Math.Abs(Middle(p) - Middle(period))).ThenBy(p => p).First();
        return new PeriodFigures(series.At(standIn)!, standIn);
    }

    /// <summary>The calendar months of a period; empty for weeks.</summary>
    public static IReadOnlyList<Period> MonthsOf(Period period)
    {
        if (period.Kind == PeriodKind.Week)
        {
            return [];
        }

        var months = new List<Period>(12);
        for (var day = period.FirstDay; day <= period.LastDay; day = day.PlusMonths(1))
        {
            months.Add(Period.Month(day.Year, day.Month));
        }

        return months;
    }

    /// <summary>
    /// The mean over the months. A hidden month counts as the middle of what it can be (1.5 persons where 1 and 2 are hidden); taking all such errors
    /// of a window to go the same way, they leave a variance of (share of hidden months)^2 x that of one. A unit that lacks up to a quarter of the months has
    /// its mean over the others corrected for the country's season: multiplied by (country's mean over all months) /
    /// (country's mean over the months present), the country being the units that have every month.
    /// </summary>
    private static Figure[]? Average(Series series, Period period, bool isCount)
    {
        var months = MonthsOf(period);
        if (months.Count < 2 || months.Any(month => series.At(month) is null))
        {
            return null;
        }

        var rows = months.Select(month => series.At(month)!).ToArray();
        var country = new double[rows.Length];
        var complete = 0;
        for (var unit = 0; unit < rows[0].Length; unit++)
        {
            if (Array.TrueForAll(rows, row => row[unit].State == FigureState.Known))
            {
                complete++;
                for (var m = 0; m < rows.Length; m++)
                {
                    country[m] += rows[m][unit].Value;
                }
            }
        }

        var figures = new Figure[rows[0].Length];
        for (var unit = 0; unit < figures.Length; unit++)
        {
            figures[unit] = AverageOf(rows, unit, isCount, complete > 0 ? country : null, series.Hidden);
        }

        return figures;
    }

    private static Figure AverageOf(Figure[][] rows, int unit, bool isCount, double[]? country, HiddenCount hiddenCount)
    {
        double sum = 0, seasonPresent = 0, seasonAll = 0;
        int present = 0, hidden = 0;
        for (var m = 0; m < rows.Length; m++)
        {
            seasonAll += country?[m] ?? 1;
            var figure = rows[m][unit];
            if (figure.State == FigureState.Missing)
            {
                continue;
            }

            present++;
            seasonPresent += country?[m] ?? 1;
            hidden += figure.State == FigureState.Hidden ? 1 : 0;
            sum += figure.State == FigureState.Hidden ? hiddenCount.Middle : figure.Value;
        }

        if (present < FewestMonthsShare * rows.Length)
        {
            return default;
        }

        if (hidden > 0 && !isCount)
        {
            return new Figure(double.NaN, FigureState.Hidden);
        }

        var season = present == rows.Length || seasonPresent == 0 ? 1 : seasonAll / rows.Length / (seasonPresent / present);
        var open = (double)hidden / present;
        return new Figure(sum / present * season, FigureState.Known, open * open * hiddenCount.Variance, hidden, rows.Length - present);
    }

    private static int DaysBetween(Period period) => NodaTime.Period.DaysBetween(period.FirstDay, period.LastDay);

    private static double Middle(Period period) =>
        NodaTime.Period.DaysBetween(new LocalDate(2000, 1, 1), period.FirstDay) + (0.5 * DaysBetween(period));
}
