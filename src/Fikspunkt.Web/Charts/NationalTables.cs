using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports;

namespace Fikspunkt.Web.Charts;

/// <summary>The figures behind the charts of all municipalities.</summary>
internal static class NationalTables
{
    private static readonly MeasurementColumn Municipality = new("municipality", new("Kommune", "Municipality"), ColumnKind.Area);
    private static readonly MeasurementColumn RankLower = new("rank_lower", new("Placering, fra", "Rank, from"), ColumnKind.Count);
    private static readonly MeasurementColumn RankUpper = new("rank_upper", new("Placering, til", "Rank, to"), ColumnKind.Count);
    private static readonly MeasurementColumn Verdict = new("class", new("Vurdering", "Verdict"), ColumnKind.Text);

    /// <summary>Actual, expected, difference, interval and rank set of each municipality shown.</summary>
    public static MeasurementTable Differences(NationalChoice choice, string id) => new(
        id,
        SiteChart.Here(Caption(choice)),
        SiteChart.Here(Reports.Texts.ExplainDifferences.With(choice.Benchmark!.Model(Sight.Culture).CoveragePerCent)),
        [
            Municipality,
            new("actual", new("Faktisk", "Actual"), ColumnKind.Share),
            new("expected", new("Forventet", "Expected"), ColumnKind.Share),
            new("difference", new("Forskel", "Difference"), ColumnKind.Points),
            new("lower", new("Fra", "From"), ColumnKind.Points),
            new("upper", new("Til", "To"), ColumnKind.Points),
            RankLower,
            RankUpper,
            Verdict,
        ],
        [.. choice.ShownResults.Select(r => (IReadOnlyList<object?>)[r.Area, r.Actual, r.Expected, r.Difference, r.Lower, r.Upper, r.RankLower, r.RankUpper, Words.Class(r.Class)])]);

    /// <summary>Rank, rank set and verdict; the difference where there is one.</summary>
    public static MeasurementTable Places(NationalChoice choice, string id)
    {
        var differences = choice.Benchmark is not null;
        return new(
            id,
            SiteChart.Here(Caption(choice)),
            SiteChart.Here(Texts.RanksExplainMeasurement),
            [
                Municipality,
                new("rank", new("Placering", "Rank"), ColumnKind.Count),
                RankLower,
                RankUpper,
                .. differences
                    ? [
                        new MeasurementColumn("rank_lower_simultaneous", new("Alle på én gang, fra", "All at once, from"), ColumnKind.Count),
                        new MeasurementColumn("rank_upper_simultaneous", new("Alle på én gang, til", "All at once, to"), ColumnKind.Count),
                        new MeasurementColumn("difference", new("Forskel", "Difference"), ColumnKind.Points),
                    ]
                    : Array.Empty<MeasurementColumn>(),
                Verdict,
            ],
            [.. choice.Shown.Select(one => (IReadOnlyList<object?>)[one.Area, one.Rank, one.Lower, one.Upper, .. differences ? [one.LowerAll, one.UpperAll, one.Result!.Difference] : Array.Empty<object?>(), choice.Standings[one.Standing]])]);
    }

    /// <summary>The country's series.</summary>
    public static MeasurementTable Trend(ReportModel model, IReadOnlyList<SeriesPoint> points) => new(
        "landet",
        SiteChart.Here(Reports.Texts.CaptionNational.With(model.Names.Outcome(model.Headline))),
        SiteChart.Here(Reports.Texts.ExplainNational),
        [
            new("period", new("Periode", "Period"), ColumnKind.Text),
            new("actual", new("Faktisk", "Actual"), ColumnKind.Share),
            new("expected", new("Forventet", "Expected"), ColumnKind.Share),
        ],
        [.. points.Select(point => (IReadOnlyList<object?>)[Words.ShortPeriod(point.Period), point.Actual, point.Expected])]);

    /// <summary>Changes since the period before, the largest first.</summary>
    public static MeasurementTable Changes(NationalChoice choice, IEnumerable<PeriodChange> changes) => new(
        "aendringer",
        SiteChart.Here(Texts.ChangesCaption.With(Words.ShortPeriod(choice.Before!.Value), Words.ShortPeriod(choice.Period))),
        SiteChart.Here(Texts.ChangesHow),
        [
            Municipality,
            new("before", new("Forskel før", "Difference before"), ColumnKind.Points),
            new("now", new("Forskel nu", "Difference now"), ColumnKind.Points),
            new("change", new("Ændring", "Change"), ColumnKind.Points),
            new("lower", new("Fra", "From"), ColumnKind.Points),
            new("upper", new("Til", "To"), ColumnKind.Points),
            new("regression", new("Kan være tilbagevenden mod gennemsnittet", "May be regression to the mean"), ColumnKind.Text),
        ],
        [.. changes.Select(change => (IReadOnlyList<object?>)[change.Now.Area, change.Before.Difference, change.Now.Difference, change.Change, change.Lower, change.Upper, change.MayBeRegression ? Texts.Yes : Texts.No])]);

    private static string Caption(NationalChoice choice) => Texts.NationalCaption.With(choice.OutcomeName, Words.Period(choice.Period), choice.Peers.Name);
}
