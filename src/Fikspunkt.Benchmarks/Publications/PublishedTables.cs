using Fikspunkt.Benchmarks.Published;
using static Fikspunkt.Benchmarks.Publications.ColumnKind;
using static Fikspunkt.Benchmarks.Publications.ResultTables;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>Every number of a <see cref="PublishedAnalysis"/> as tables.</summary>
internal static class PublishedTables
{
    private static readonly string[] ShiftClasses = ["shift_0", "shift_1_5", "shift_6_10", "shift_11_20", "shift_21_40", "shift_over_40"];

    public static IReadOnlyList<ResultTable> Of(PublishedAnalysis analysis) =>
    [
        Noise(analysis), Summaries(analysis), Positions(analysis), Rounding(analysis), RoundingSummaries(analysis), Movements(analysis),
        MovementNoises(analysis), Regressions(analysis), FallBacks(analysis), NationalSums(analysis), Sensitivity(analysis),
    ];

    private static ResultTable Noise(PublishedAnalysis analysis) => ResultTable.Of(
        "results/published-noise",
        analysis.Noise,
        ("view", Text, n => Word(n.View)),
        ("outcome", Text, n => n.Outcome),
        ("overdispersion", Number, n => n.Overdispersion),
        ("common_variance", Number, n => PerCentSquared(n.Common)),
        ("basis", Text, n => Word(n.Basis)),
        ("estimate", Number, n => n.Estimate),
        ("movement_half_year", Number, n => PerCentSquared(n.MovementHalfYear)),
        ("movement_year", Number, n => PerCentSquared(n.MovementYear)),
        ("movement_longer", Number, n => PerCentSquared(n.MovementLonger)),
        ("overlap_ratio", Number, n => n.OverlapRatio));

    private static ResultTable Summaries(PublishedAnalysis analysis) => ResultTable.Of(
        "results/published-summary",
        analysis.Summaries,
        ("view", Text, s => Word(s.View)),
        ("outcome", Text, s => s.Outcome),
        ("period", Text, s => s.Period.ToString()),
        ("units", Integer, s => (long)s.Units),
        ("better", Integer, s => (long)s.Better),
        ("as_expected", Integer, s => (long)s.AsExpected),
        ("worse", Integer, s => (long)s.Worse),
        ("mean", Number, s => PerCent(s.Mean)),
        ("between_variance", Number, s => PerCentSquared(s.BetweenVariance)),
        ("reliability", Number, s => s.Reliability),
        ("mean_rank_set_width", Number, s => s.MeanRankSetWidth),
        ("mean_rank_set_width_simultaneous", Number, s => s.MeanRankSetWidthSimultaneous),
        ("possibly_best", Integer, s => (long)s.PossiblyBest),
        ("possibly_worst", Integer, s => (long)s.PossiblyWorst));

    private static ResultTable Positions(PublishedAnalysis analysis) => ResultTable.Of(
        "results/published-positions",
        analysis.Positions,
        ("view", Text, p => Word(p.View)),
        ("outcome", Text, p => p.Outcome),
        ("period", Text, p => p.Period.ToString()),
        ("municipality_code", Text, p => p.Area),
        ("difference", Number, p => PerCent(p.Difference)),
        ("se", Number, p => PerCent(p.StandardError)),
        ("lower", Number, p => PerCent(p.Lower)),
        ("upper", Number, p => PerCent(p.Upper)),
        ("class", Text, p => Word(p.Class)),
        ("rank", Integer, p => (long)p.Rank),
        ("rank_lower", Integer, p => (long)p.RankLower),
        ("rank_upper", Integer, p => (long)p.RankUpper),
        ("rank_lower_simultaneous", Integer, p => (long)p.RankLowerSimultaneous),
        ("rank_upper_simultaneous", Integer, p => (long)p.RankUpperSimultaneous),
        ("shrunken", Number, p => PerCent(p.Shrunken)),
        ("shrunken_se", Number, p => PerCent(p.ShrunkenStandardError)),
        ("not_told_apart_count", Integer, p => (long)p.NotToldApart.Count),
        ("not_told_apart", Text, p => string.Join(' ', p.NotToldApart)));

    private static ResultTable Rounding(PublishedAnalysis analysis) => ResultTable.Of(
        "results/published-rounding",
        analysis.Rounding,
        ("outcome", Text, r => r.Outcome),
        ("period", Text, r => r.Period.ToString()),
        ("municipality_code", Text, r => r.Area),
        ("published_difference", Number, r => PerCent(r.PublishedDifference)),
        ("lowest", Number, r => PerCent(r.Lowest)),
        ("highest", Number, r => PerCent(r.Highest)),
        ("published_rank", Integer, r => r.PublishedRank is { } rank ? (long)rank : null),
        ("rank_first", Integer, r => (long)r.RankFirst),
        ("rank_last", Integer, r => (long)r.RankLast),
        ("possible_first", Integer, r => (long)r.PossibleFirst),
        ("possible_last", Integer, r => (long)r.PossibleLast));

    private static ResultTable RoundingSummaries(PublishedAnalysis analysis) => ResultTable.Of(
        "results/published-rounding-summary",
        analysis.RoundingSummaries,
        ("outcome", Text, r => r.Outcome),
        ("period", Text, r => r.Period.ToString()),
        ("units", Integer, r => (long)r.Units),
        ("tied", Integer, r => (long)r.Tied),
        ("reproduced", Integer, r => (long)r.Reproduced),
        ("within_tie", Integer, r => (long)r.WithinTie),
        ("impossible", Integer, r => (long)r.Impossible),
        ("mean_possible_width", Number, r => r.MeanPossibleWidth),
        ("widest_possible", Integer, r => (long)r.WidestPossible),
        ("contradictions", Integer, r => (long)r.Contradictions),
        ("contradictions_expected", Number, r => r.ContradictionsExpected));

    private static ResultTable Movements(PublishedAnalysis analysis) => ResultTable.Of(
        "results/published-movement",
        analysis.Movements,
        [
            ("outcome", Text, m => m.Outcome),
            ("from", Text, m => m.From.ToString()),
            ("to", Text, m => m.To.ToString()),
            ("overlap", Number, m => m.Overlap),
            ("units", Integer, m => (long)m.Units),
            ("mean_shift", Number, m => m.MeanShift),
            ("median_shift", Number, m => m.MedianShift),
            ("upper_decile_shift", Number, m => m.UpperDecileShift),
            ("largest_shift", Integer, m => (long)m.LargestShift),
            ("published_mean_shift", Number, m => m.PublishedMeanShift),
            ("correlation", Number, m => m.Correlation),
            .. ShiftClasses.Select((name, i) => (name, Integer, new Func<RankMovement, object?>(m => (long)m.Shifts[i]))),
        ]);

    private static ResultTable MovementNoises(PublishedAnalysis analysis) => ResultTable.Of(
        "results/published-movement-noise",
        analysis.Movements.SelectMany(m => m.Noise.Select(n => (Movement: m, Noise: n))),
        [
            ("outcome", Text, row => row.Movement.Outcome),
            ("from", Text, row => row.Movement.From.ToString()),
            ("to", Text, row => row.Movement.To.ToString()),
            ("noise", Text, row => Word(row.Noise.Noise)),
            ("mean_shift", Number, row => row.Noise.MeanShift),
            ("lower", Number, row => row.Noise.Lower),
            ("upper", Number, row => row.Noise.Upper),
            ("share", Number, row => row.Noise.Share),
            .. ShiftClasses.Select((name, i) => (name, Number, new Func<(RankMovement Movement, NoiseShift Noise), object?>(row => row.Noise.Shifts[i]))),
        ]);

    private static ResultTable Regressions(PublishedAnalysis analysis) => ResultTable.Of(
        "results/published-regression",
        analysis.Regressions,
        ("outcome", Text, r => r.Outcome),
        ("from", Text, r => r.From.ToString()),
        ("to", Text, r => r.To.ToString()),
        ("noise", Text, r => Word(r.Noise)),
        ("slope", Number, r => r.Slope),
        ("slope_se", Number, r => r.SlopeStandardError),
        ("expected_slope", Number, r => r.ExpectedSlope),
        ("reliability", Number, r => r.Reliability));

    private static ResultTable FallBacks(PublishedAnalysis analysis) => ResultTable.Of(
        "results/published-ends",
        analysis.FallBacks,
        ("outcome", Text, f => f.Outcome),
        ("from", Text, f => f.From.ToString()),
        ("to", Text, f => f.To.ToString()),
        ("end", Text, f => Word(f.End)),
        ("municipality_code", Text, f => f.Area),
        ("rank", Integer, f => (long)f.Rank),
        ("difference", Number, f => PerCent(f.Difference)),
        ("later_rank", Integer, f => (long)f.LaterRank),
        ("later_difference", Number, f => PerCent(f.LaterDifference)),
        ("expected_chance", Number, f => PerCent(f.ExpectedChance)),
        ("expected_persistence", Number, f => PerCent(f.ExpectedPersistence)));

    private static ResultTable NationalSums(PublishedAnalysis analysis) => ResultTable.Of(
        "results/published-national",
        analysis.NationalSums,
        ("outcome", Text, s => s.Outcome),
        ("period", Text, s => s.Period.ToString()),
        ("expected_persons", Number, s => s.Expected),
        ("actual_persons", Number, s => s.Actual),
        ("difference_persons", Number, s => s.Difference),
        ("population", Number, s => s.Population));

    private static ResultTable Sensitivity(PublishedAnalysis analysis) => ResultTable.Of(
        "results/published-sensitivity",
        analysis.Sensitivity,
        ("outcome", Text, s => s.Outcome),
        ("period", Text, s => s.Period.ToString()),
        ("overdispersion", Number, s => s.Overdispersion),
        ("better", Integer, s => (long)s.Better),
        ("as_expected", Integer, s => (long)s.AsExpected),
        ("worse", Integer, s => (long)s.Worse),
        ("reliability", Number, s => s.Reliability),
        ("mean_rank_set_width", Number, s => s.MeanRankSetWidth),
        ("mean_rank_set_width_simultaneous", Number, s => s.MeanRankSetWidthSimultaneous),
        ("possibly_best", Integer, s => (long)s.PossiblyBest));
}
