using System.Globalization;
using Fikspunkt.Benchmarks.Published;
using Fikspunkt.Domain;

namespace Fikspunkt.Reports.Html;

/// <summary>What a published list of expected against actual leaves out: noise under two views, ties, movement, regression to the mean.</summary>
internal static class PublishedSection
{
    private static readonly string[] ShiftClasses = ["0", "1–5", "6–10", "11–20", "21–40", ">40"];

    public static void Write(HtmlBuilder html, ReportModel model, string source)
    {
        if (model.Run.Published is not { } published)
        {
            return;
        }

        html.Add($"""<section id="usikkerhed" aria-labelledby="usikkerhed-h"><h2 id="usikkerhed-h">{Texts.HeadingPublished}</h2><p>{Texts.PublishedLead}</p>""").Markup("\n");
        Views(html, model, published, source);
        Rounding(html, model, published);
        Movement(html, model, published, source);
        Regression(html, model, published);
        FallBacks(html, model, published);
        Sums(html, model, published);
        Sensitivity(html, model, published);
        html.Markup("</section>\n");
    }

    /// <summary>One municipality: both views, whom it cannot be told from, what rounding allows.</summary>
    public static void Municipality(HtmlBuilder html, ReportModel model, string area)
    {
        if (model.Run.Published is not { } published)
        {
            return;
        }

        var positions = published.Positions.Where(position => position.Area == area && position.Outcome == model.Headline && position.Period == model.Latest).ToList();
        html.Add($"<h4>{Texts.HeadingTwoViews}</h4>");
        Table.Write(
            html,
            Texts.CaptionTwoViews.With(model.Names.Municipality(area)),
            [new(Texts.ColumnView, false), new(Texts.ColumnDifferencePp), new(Texts.ColumnInterval.With(model.CoveragePerCent)), new(Texts.ColumnRankSet), new(Texts.ColumnRankSetSimultaneous), new(Texts.ColumnNotToldApart), new(Texts.ColumnClass, false)],
            positions.Select(position => (IReadOnlyList<HtmlBuilder>)
            [
                Cells.Text(View(position.View)), Cells.Text(model.Numbers.Points(position.Difference)), Cells.Text(Texts.IntervalForm.With(model.Numbers.Points(position.Lower), model.Numbers.Points(position.Upper))),
                Cells.Text(Cells.RankSet(position.RankLower, position.RankUpper)), Cells.Text(Cells.RankSet(position.RankLowerSimultaneous, position.RankUpperSimultaneous)), Count(position.NotToldApart.Count), Cells.Verdict(position.Class),
            ]));
        foreach (var position in positions)
        {
            var names = position.NotToldApart.Select(model.Names.Municipality).Order(StringComparer.Create(model.Culture, ignoreCase: true));
            html.Add($"""<details class="figures"><summary>{Texts.NotToldApartFrom.With(position.NotToldApart.Count, View(position.View).ToLower(model.Culture))}</summary><p>{string.Join(", ", names)}</p></details>""");
        }

        if (published.Rounding.FirstOrDefault(row => row.Area == area && row.Outcome == model.Headline && row.Period == model.Latest) is { } rounding)
        {
            html.Add($"<p>{Texts.RoundingMunicipality.With(rounding.PublishedRank?.ToString(CultureInfo.InvariantCulture) ?? ReportNumbers.None, Cells.RankSet(rounding.RankFirst, rounding.RankLast), Cells.RankSet(rounding.PossibleFirst, rounding.PossibleLast))}</p>");
        }
    }

    public static string View(NoiseView view) => view == NoiseView.Chance ? Texts.ViewChance : Texts.ViewPersistence;

    public static string Noise(MovementNoise noise) => noise switch
    {
        MovementNoise.Chance => Texts.NoiseChance,
        MovementNoise.RenewedChance => Texts.NoiseRenewed,
        _ => Texts.NoisePersistence,
    };

    private static void Views(HtmlBuilder html, ReportModel model, PublishedAnalysis published, string source)
    {
        var summaries = published.Summaries.Where(row => row.Outcome == model.Headline && row.Period == model.Latest).ToList();
        html.Add($"<h3>{Texts.HeadingViews}</h3><p>{Texts.ExplainViewChance}</p><p>{Texts.ExplainViewPersistence}</p>");
        Table.Write(
            html,
            Texts.CaptionViews.With(Words.Period(model.Latest)),
            [new(Texts.ColumnView, false), new(Texts.ColumnOutcome, false), new(Texts.ClassBetter), new(Texts.ClassAsExpected), new(Texts.ClassWorse), new(Texts.ColumnReliability), new(Texts.ColumnMeanWidth), new(Texts.ColumnMeanWidthSimultaneous), new(Texts.ColumnPossiblyBest), new(Texts.ColumnPossiblyWorst)],
            published.Summaries.Where(row => row.Period == model.Latest).Select(row => (IReadOnlyList<HtmlBuilder>)
            [
                Cells.Text(View(row.View)), Cells.Text(model.Names.Outcome(row.Outcome)), Count(row.Better), Count(row.AsExpected), Count(row.Worse), Cells.Text(model.Numbers.PerCent(row.Reliability, 0)),
                Cells.Text(model.Numbers.Fixed(row.MeanRankSetWidth, 0)), Cells.Text(model.Numbers.Fixed(row.MeanRankSetWidthSimultaneous, 0)), Count(row.PossiblyBest), Count(row.PossiblyWorst),
            ]));
        html.Markup("<div class=\"pair\">");
        foreach (var row in summaries)
        {
            var chart = row.View == NoiseView.Chance ? "chance" : "persistence";
            new Figure(
                Texts.FindingView.With(View(row.View), row.PossiblyBest, model.Numbers.Fixed(row.MeanRankSetWidth, 0), row.Units),
                row.View == NoiseView.Chance ? Texts.ExplainViewShortChance : Texts.ExplainViewShortPersistence,
                Texts.DescribeRanks.With(row.Units, row.PossiblyBest, row.PossiblyWorst), source, "views", "view=" + chart)
                .Write(html, 4, into => Positions(into, model, published, row.View));
        }

        html.Markup("</div>\n");
    }

    private static void Positions(HtmlBuilder html, ReportModel model, PublishedAnalysis published, NoiseView view) => Table.Write(
        html,
        Texts.CaptionPositions.With(View(view), Words.Period(model.Latest)),
        [new(Texts.ColumnMunicipality, false), new(Texts.ColumnRank), new(Texts.ColumnDifferencePp), new(Texts.ColumnInterval.With(model.CoveragePerCent)), new(Texts.ColumnRankSet), new(Texts.ColumnRankSetSimultaneous), new(Texts.ColumnNotToldApart), new(Texts.ColumnShrunken)],
        published.Positions.Where(row => row.View == view && row.Outcome == model.Headline && row.Period == model.Latest).OrderBy(row => row.Rank).Select(row => (IReadOnlyList<HtmlBuilder>)
        [
            Cells.Link(model, row.Area), Count(row.Rank), Cells.Text(model.Numbers.Points(row.Difference)), Cells.Text(Texts.IntervalForm.With(model.Numbers.Points(row.Lower), model.Numbers.Points(row.Upper))),
            Cells.Text(Cells.RankSet(row.RankLower, row.RankUpper)), Cells.Text(Cells.RankSet(row.RankLowerSimultaneous, row.RankUpperSimultaneous)), Count(row.NotToldApart.Count), Cells.Text(model.Numbers.Points(row.Shrunken)),
        ]));

    private static void Rounding(HtmlBuilder html, ReportModel model, PublishedAnalysis published)
    {
        var row = published.RoundingSummaries.FirstOrDefault(summary => summary.Outcome == model.Headline && summary.Period == model.Latest);
        html.Add($"<h3>{(row is null ? Texts.HeadingRounding : Texts.FindingRounding.With(row.Tied, row.Units))}</h3><p>{Texts.ExplainRounding}</p>");
        Table.Write(
            html,
            Texts.CaptionRounding,
            [new(Texts.ColumnOutcome, false), new(Texts.ColumnPeriod, false), new(Texts.ColumnTied), new(Texts.ColumnReproduced), new(Texts.ColumnWithinTie), new(Texts.ColumnImpossible), new(Texts.ColumnMeanPossible), new(Texts.ColumnWidestPossible), new(Texts.ColumnContradictions), new(Texts.ColumnContradictionsExpected)],
            published.RoundingSummaries.Select(summary => (IReadOnlyList<HtmlBuilder>)
            [
                Cells.Text(model.Names.Outcome(summary.Outcome)), Cells.Text(Words.ShortPeriod(summary.Period)), Count(summary.Tied), Count(summary.Reproduced), Count(summary.WithinTie), Count(summary.Impossible),
                Cells.Text(model.Numbers.Fixed(summary.MeanPossibleWidth, 1)), Count(summary.WidestPossible), Count(summary.Contradictions), Cells.Text(model.Numbers.Fixed(summary.ContradictionsExpected, 1)),
            ]));
    }

    private static void Movement(HtmlBuilder html, ReportModel model, PublishedAnalysis published, string source)
    {
        var rows = published.Movements.Where(row => row.Outcome == model.Headline).ToList();
        if (rows.Count == 0)
        {
            return;
        }

        var shown = Shown(rows);
        var renewed = shown.Noise.FirstOrDefault(noise => noise.Noise == MovementNoise.RenewedChance) ?? shown.Noise[0];
        new Figure(
            Texts.FindingMovement.With(Words.ShortPeriod(shown.From), Words.ShortPeriod(shown.To), model.Numbers.Fixed(shown.MeanShift, 1), model.Numbers.Fixed(renewed.MeanShift, 1)),
            Texts.ExplainMovement, Texts.DescribeMovement.With(model.Numbers.Fixed(shown.MeanShift, 1), shown.LargestShift), source, "movement", "")
            .Write(html, 3, into =>
            {
                Table.Write(
                    into,
                    Texts.CaptionMovement,
                    [new(Texts.ColumnFrom, false), new(Texts.ColumnTo, false), new(Texts.ColumnOverlap), new(Texts.ColumnMeanShift), new(Texts.ColumnMedianShift), new(Texts.ColumnUpperDecile), new(Texts.ColumnLargestShift), new(Texts.ColumnCorrelation), .. shown.Noise.Select(noise => new TableColumn(Texts.ColumnNoiseShift.With(Noise(noise.Noise).ToLower(model.Culture))))],
                    rows.Select(row => (IReadOnlyList<HtmlBuilder>)
                    [
                        Cells.Text(Words.ShortPeriod(row.From)), Cells.Text(Words.ShortPeriod(row.To)), Cells.Text(model.Numbers.PerCent(row.Overlap, 0)), Cells.Text(model.Numbers.Fixed(row.MeanShift, 1)), Cells.Text(model.Numbers.Fixed(row.MedianShift, 1)),
                        Cells.Text(model.Numbers.Fixed(row.UpperDecileShift, 0)), Count(row.LargestShift), Cells.Text(model.Numbers.Fixed(row.Correlation, 2)),
                        .. row.Noise.Select(noise => Cells.Text(Texts.NoiseShiftCell.With(model.Numbers.Fixed(noise.MeanShift, 1), model.Numbers.Fixed(noise.Lower, 1), model.Numbers.Fixed(noise.Upper, 1), model.Numbers.PerCent(noise.Share, 0)))),
                    ]));
                Table.Write(
                    into,
                    Texts.CaptionShifts.With(Words.ShortPeriod(shown.From), Words.ShortPeriod(shown.To)),
                    [new(Texts.ColumnShift, false), new(Texts.ColumnObserved), .. shown.Noise.Select(noise => new TableColumn(Texts.ColumnNoiseAlone.With(Noise(noise.Noise).ToLower(model.Culture))))],
                    ShiftClasses.Select((label, i) => (IReadOnlyList<HtmlBuilder>)[Cells.Text(label), Count(shown.Shifts[i]), .. shown.Noise.Select(noise => Cells.Text(model.Numbers.Fixed(noise.Shifts[i], 1)))]));
            });
    }

    /// <summary>The movement that the chart shows: the latest between releases that do not overlap, else the latest.</summary>
    public static RankMovement Shown(IReadOnlyList<RankMovement> rows) =>
        rows.Where(row => row.Overlap == 0).OrderBy(row => row.To).ThenBy(row => row.From).LastOrDefault() ?? rows[^1];

    /// <summary>The names of the classes of <see cref="RankMovement.Shifts"/>.</summary>
    public static IReadOnlyList<string> ShiftLabels => ShiftClasses;

    private static void Regression(HtmlBuilder html, ReportModel model, PublishedAnalysis published)
    {
        var rows = published.Regressions.Where(row => row.Outcome == model.Headline).ToList();
        html.Add($"<h3>{Texts.HeadingRegression}</h3><p>{Texts.ExplainRegression}</p>");
        Table.Write(
            html,
            Texts.CaptionRegression,
            [new(Texts.ColumnFrom, false), new(Texts.ColumnTo, false), new(Texts.ColumnNoise, false), new(Texts.ColumnSlope), new(Texts.ColumnStandardError), new(Texts.ColumnExpectedSlope), new(Texts.ColumnReliability)],
            rows.Select(row => (IReadOnlyList<HtmlBuilder>)
            [
                Cells.Text(Words.ShortPeriod(row.From)), Cells.Text(Words.ShortPeriod(row.To)), Cells.Text(Noise(row.Noise)), Cells.Text(model.Numbers.Signed(row.Slope, 2)), Cells.Text(model.Numbers.Fixed(row.SlopeStandardError, 2)),
                Cells.Text(model.Numbers.Signed(row.ExpectedSlope, 2)), Cells.Text(model.Numbers.PerCent(row.Reliability, 0)),
            ]));
    }

    private static void FallBacks(HtmlBuilder html, ReportModel model, PublishedAnalysis published)
    {
        var rows = published.FallBacks.Where(row => row.Outcome == model.Headline && row.To == model.Latest).ToList();
        if (rows.Count == 0)
        {
            return;
        }

        // The earliest release that leads to the latest one shows the most of what lasts.
        var from = rows.Min(row => row.From);
        foreach (var end in rows.Where(row => row.From == from).GroupBy(row => row.End))
        {
            html.Add($"<h4>{(end.Key == ListEnd.Top ? Texts.HeadingTopTen : Texts.HeadingBottomTen).With(Words.ShortPeriod(from), Words.ShortPeriod(model.Latest))}</h4>");
            Table.Write(
                html,
                end.Key == ListEnd.Top ? Texts.CaptionTopTen : Texts.CaptionBottomTen,
                [new(Texts.ColumnMunicipality, false), new(Texts.ColumnRankThen), new(Texts.ColumnRankLater), new(Texts.ColumnDifferenceThen), new(Texts.ColumnDifferenceLater), new(Texts.ColumnExpectedIfChance), new(Texts.ColumnExpectedIfPersistence)],
                end.Select(row => (IReadOnlyList<HtmlBuilder>)
                [
                    Cells.Link(model, row.Area), Count(row.Rank), Count(row.LaterRank), Cells.Text(model.Numbers.Points(row.Difference)), Cells.Text(model.Numbers.Points(row.LaterDifference)),
                    Cells.Text(model.Numbers.Points(row.ExpectedChance)), Cells.Text(model.Numbers.Points(row.ExpectedPersistence)),
                ]));
        }
    }

    private static void Sums(HtmlBuilder html, ReportModel model, PublishedAnalysis published)
    {
        html.Add($"<h3>{Texts.HeadingSums}</h3><p>{Texts.ExplainSums}</p>");
        Table.Write(
            html,
            Texts.HeadingSums,
            [new(Texts.ColumnOutcome, false), new(Texts.ColumnPeriod, false), new(Texts.ColumnExpectedPersons), new(Texts.ColumnActualPersons), new(Texts.ColumnDifferencePersons)],
            published.NationalSums.Select(row => (IReadOnlyList<HtmlBuilder>)
            [
                Cells.Text(model.Names.Outcome(row.Outcome)), Cells.Text(Words.ShortPeriod(row.Period)), Cells.Text(model.Numbers.Whole(row.Expected)), Cells.Text(model.Numbers.Whole(row.Actual)), Cells.Text(model.Numbers.SignedWhole(row.Difference)),
            ]));
    }

    private static void Sensitivity(HtmlBuilder html, ReportModel model, PublishedAnalysis published)
    {
        var rows = published.Sensitivity.Where(row => row.Outcome == model.Headline && row.Period == model.Latest).ToList();
        if (rows.Count == 0)
        {
            return;
        }

        html.Add($"<h3>{Texts.HeadingSensitivity}</h3><p>{Texts.ExplainSensitivity}</p>");
        Table.Write(
            html,
            Texts.HeadingSensitivity,
            [new(Texts.ColumnOverdispersion, false), new(Texts.ClassBetter), new(Texts.ClassAsExpected), new(Texts.ClassWorse), new(Texts.ColumnReliability), new(Texts.ColumnMeanWidth), new(Texts.ColumnMeanWidthSimultaneous), new(Texts.ColumnPossiblyBest)],
            rows.Select(row => (IReadOnlyList<HtmlBuilder>)
            [
                Cells.Text(model.Numbers.Fixed(row.Overdispersion, 1)), Count(row.Better), Count(row.AsExpected), Count(row.Worse), Cells.Text(model.Numbers.PerCent(row.Reliability, 0)), Cells.Text(model.Numbers.Fixed(row.MeanRankSetWidth, 0)),
                Cells.Text(model.Numbers.Fixed(row.MeanRankSetWidthSimultaneous, 0)), Count(row.PossiblyBest),
            ]));
    }

    private static HtmlBuilder Count(int value) => Cells.Text(value.ToString(CultureInfo.InvariantCulture));
}
