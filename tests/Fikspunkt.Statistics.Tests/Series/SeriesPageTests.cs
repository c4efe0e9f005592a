using System.Globalization;
using Fikspunkt.Statistics.Series;
using Fikspunkt.Testing;
using static Fikspunkt.Statistics.Tests.WorkedExampleTests;

namespace Fikspunkt.Statistics.Tests.Series;

/// <summary>The numbers printed in docs/methods/series-*.md are what the library computes from the tables in docs/examples.</summary>
public sealed class SeriesPageTests
{
    private static readonly string[][] Months = Read("months.csv");
    private static readonly string[][] PanelRows = Read("panel.csv");

    private static double[] Spells { get; } = Numbers(Months, 3);

    private static Panel Panel { get; } = new(Numbers(PanelRows, 2), Codes([.. PanelRows.Select(row => row[0])]), [.. Numbers(PanelRows, 1).Select(year => (int)year)]);

    private static int?[] FirstYear { get; } = [.. PanelRows.Select(row => row[4].Length == 0 ? (int?)null : int.Parse(row[4], CultureInfo.InvariantCulture))];

    [Fact]
    public void Stl_Page_ShowsWhatIsComputed()
    {
        var fit = Stl.Decompose(Spells, new StlOptions(12, 7) { Robust = true });
        ShouldShow(
            "series-stl.md",
            $"windows s, t, l            {fit.SeasonalSmoother.Window} {fit.TrendSmoother.Window} {fit.LowPassSmoother.Window}",
            $"jumps s, t, l              {fit.SeasonalSmoother.Jump} {fit.TrendSmoother.Jump} {fit.LowPassSmoother.Jump}",
            $"seasonal 2019              {List(fit.Seasonal[..12], 1)}",
            $"trend, each January        {List([.. fit.Trend.Where((_, i) => i % 12 == 0)], 1)}",
            $"remainder, first six       {List(fit.Remainder[..6], 2)}",
            $"their weights              {List(fit.Weights[..6], 3)}");
    }

    [Fact]
    public void Trend_Page_ShowsWhatIsComputed()
    {
        var before = Spells[..36];
        var season = Enumerable.Range(0, 36).Select(i => i % 12).ToArray();
        var times = Enumerable.Range(1, 36).Select(i => (double)i).ToArray();
        var (plain, seasonal, corrected) = (MannKendall.Test(before), MannKendall.Seasonal(before, season), MannKendall.HamedRao(before));
        var (line, within) = (TheilSen.Fit(times, before), TheilSen.Seasonal(times, before, season));
        ShouldShow(
            "series-trend.md",
            $"plain: S, var, z, p, tau   {List([plain.S], 0)} {List([plain.Variance], 1)} {List([plain.Z, plain.PValue, plain.Tau], 4)}",
            $"lag 1: var, z, p           {List([corrected.Variance], 1)} {List([corrected.Z, corrected.PValue], 4)}",
            $"seasonal: S, var, z, p     {List([seasonal.S], 0)} {List([seasonal.Variance], 1)} {List([seasonal.Z, seasonal.PValue], 4)}",
            $"slope, limits, level       {List([line.Slope, line.Interval.Lower, line.Interval.Upper, line.Intercept], 3)}",
            $"seasonal slope, limits     {List([within.Slope, within.Interval.Lower, within.Interval.Upper], 3)}");
    }

    [Fact]
    public void Cusum_Page_ShowsWhatIsComputed()
    {
        var fit = Stl.Decompose(Spells, new StlOptions(12));
        double[] adjusted = [.. Spells.Select((value, i) => value - fit.Seasonal[i])];
        var result = TabularCusum.Run(adjusted, new CusumOptions(408, 12));
        var signal = result.Signals[0];
        var test = OlsCusum.Test(adjusted);
        ShouldShow(
            "series-cusum.md",
            $"C+ from row 31             {List(result.Upper[30..(signal.At + 1)], 1)}",
            $"C- from row 31             {List(result.Lower[30..(signal.At + 1)], 1)}",
            $"first signal at row        {signal.At + 1} ({(signal.Upwards ? "up" : "down")}), shift from row {signal.ShiftStart + 1}, new level {List([signal.Level], 1)}",
            $"OLS-CUSUM: sup, p, row     {List([test.Statistic, test.PValue], 4)} {test.At + 1}");
    }

    [Fact]
    public void Changes_Page_ShowsWhatIsComputed()
    {
        var fit = Stl.Decompose(Spells, new StlOptions(12));
        double[] adjusted = [.. Spells.Select((value, i) => value - fit.Seasonal[i])];
        var shifts = MeanShifts.Find(adjusted);
        var bent = BrokenLine.Fit([.. Enumerable.Range(1, 60).Select(i => (double)i)], adjusted);
        ShouldShow(
            "series-changes.md",
            $"sd, cost                   {List([shifts.StandardDeviation, shifts.Cost], 3)}",
            $"stretches from row         {string.Join(' ', shifts.Segments.Select(segment => segment.From + 1))}",
            $"their means                {List([.. shifts.Segments.Select(segment => segment.Mean)], 1)}",
            $"bend, se, limits           {List([bent.Bends[0].At, bent.Bends[0].StandardError, bent.Bends[0].Interval.Lower, bent.Bends[0].Interval.Upper], 2)}",
            $"slopes, BIC                {List(bent.Slopes, 3)} {List([bent.Bic], 2)}",
            $"BIC without a bend         {List([BrokenLine.Fit([.. Enumerable.Range(1, 60).Select(i => (double)i)], adjusted, 0).Bic], 2)}");
    }

    [Fact]
    public void Interrupted_Page_ShowsWhatIsComputed()
    {
        var fit = InterruptedSeries.Fit(Spells, new InterruptedSeriesOptions(36) { Period = 12 });
        ShouldShow(
            "series-interrupted.md",
            $"level change, se, p        {List([fit.LevelChange.Value, fit.LevelChange.StandardError], 3)} {List([fit.LevelChange.PValue], 6)}",
            $"slope change, se, p        {List([fit.SlopeChange!.Value.Value, fit.SlopeChange.Value.StandardError], 3)} {List([fit.SlopeChange.Value.PValue], 6)}",
            $"lags, degrees of freedom   {fit.Lags} {fit.DegreesOfFreedom}",
            $"effects of first 6 months  {List([.. fit.Effects.Take(6).Select(effect => effect.Value)], 1)}",
            $"two years: sum and limits  {List([fit.Cumulative[^1].Value, fit.Cumulative[^1].Interval.Lower, fit.Cumulative[^1].Interval.Upper], 0)}");
    }

    [Fact]
    public void Differences_Page_ShowsWhatIsComputed()
    {
        var fit = DifferenceInDifferences.Fit(Panel, Numbers(PanelRows, 3));
        var study = EventStudy.Fit(Panel, FirstYear, new EventStudyOptions { Leads = 3, Lags = 2 });
        var units = PanelRows.Length / 10;
        var cohorts = GroupTimeEffects.Fit(
            new RowMatrix(units, 10, Numbers(PanelRows, 2)), [.. Enumerable.Range(0, units).Select(unit => FirstYear[unit * 10] - 2014)]);
        ShouldShow(
            "series-differences.md",
            $"effect, se, limits         {List([fit.Effect.Value, fit.Effect.StandardError, fit.Effect.Interval.Lower, fit.Effect.Interval.Upper], 3)}",
            $"clusters, factor           {fit.Clusters} {List([fit.Factor], 4)}",
            $"starts, negative weight    {fit.AdoptionTimes} {List([fit.NegativeWeight], 3)}",
            $"years since start          {string.Join(' ', study.Times)}",
            $"effects                    {List([.. study.Effects.Select(effect => effect.Value)], 3)}",
            $"se                         {List([.. study.Effects.Select(effect => effect.StandardError)], 3)}",
            $"before: F, p               {List([study.PreTrend, study.PreTrendPValue], 4)}",
            $"group-time: overall, se    {List([cohorts.Overall.Value, cohorts.Overall.StandardError], 3)}",
            $"by years since start       {List([.. cohorts.ByTime.Where(pair => pair.Time >= 0).Select(pair => pair.Effect.Value)], 2)}");
    }

    [Fact]
    public void SyntheticControl_Page_ShowsWhatIsComputed()
    {
        var units = PanelRows.Length / 10;
        var outcomes = new RowMatrix(10, units);
        for (var row = 0; row < PanelRows.Length; row++)
        {
            outcomes[row % 10, row / 10] = Panel.Y[row];
        }

        var names = Enumerable.Range(0, units).Select(unit => PanelRows[unit * 10][0]).ToArray();
        var before = new RowMatrix(5, units, outcomes.Values[..(5 * units)]);
        int[] controls = [.. Enumerable.Range(0, units).Where(unit => FirstYear[unit * 10] is null)];
        var result = SyntheticControl.Placebos(before, outcomes, new SyntheticControlOptions(Array.IndexOf(names, "Vest"), 5) { Controls = controls });
        var fit = result.Treated;
        ShouldShow(
            "series-synthetic-control.md",
            $"shares                     {string.Join(", ", fit.Controls.Select((unit, j) => (unit, fit.Weights[j])).Where(pair => pair.Item2 > 0.0005).Select(pair => $"{names[pair.unit]} {List([pair.Item2], 3)}"))}",
            $"gaps                       {List(fit.Gaps, 2)}",
            $"RMSPE before, after, ratio {List([fit.PreRmspe, fit.PostRmspe, fit.Ratio], 3)}",
            $"ratios of the placebos     {List([.. result.Placebos.Select(placebo => placebo.Ratio)], 2)}",
            $"p                          {List([result.PValue], 3)}");
    }

    private static string[][] Read(string name) => [.. File.ReadAllLines(RepositoryFiles.Path("docs", "examples", name))[1..].Select(line => line.Split(','))];

    private static double[] Numbers(string[][] rows, int column) => [.. rows.Select(row => double.Parse(row[column], CultureInfo.InvariantCulture))];

    private static int[] Codes(string[] labels)
    {
        var distinct = labels.Distinct().ToList();
        return Array.ConvertAll(labels, distinct.IndexOf);
    }
}
