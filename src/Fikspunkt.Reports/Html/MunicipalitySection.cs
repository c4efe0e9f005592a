using System.Globalization;
using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;

namespace Fikspunkt.Reports.Html;

/// <summary>One municipality: where it stands, on every outcome, over time, why it is expected to, and whom to compare with.</summary>
/// <param name="model">The report.</param>
/// <param name="source">Source line of the charts.</param>
internal sealed class MunicipalitySection(ReportModel model, string source)
{
    private const int NeighbourCount = 8;
    private readonly Neighbours neighbours = new(model.Run.Spec, model.Results);
    private readonly bool money = model.Run.Results.Any(result => result.Kroner is not null);

    /// <summary>The chooser and the sections of all municipalities.</summary>
    public void WriteAll(HtmlBuilder html)
    {
        html.Add($"""<section id="kommuner" aria-labelledby="kommuner-h"><h2 id="kommuner-h">{Texts.HeadingMunicipalities}</h2><p>{Texts.MunicipalitiesLead}</p>""");
        foreach (var area in model.Areas)
        {
            Write(html, area);
        }

        html.Markup("</section>\n");
    }

    private void Write(HtmlBuilder html, string area)
    {
        var result = model.Find(area, model.Headline)!;
        var name = model.Names.Municipality(area);
        html.Markup("\n").Add($"""<details class="kommune" data-area="{area}"><summary><h3>{name}</h3>{Cells.Verdict(result.Class)}</summary><div id="k{area}" tabindex="-1">""");
        if (model.Run.Synthetic)
        {
            html.Add($"""<p class="synthetic">{Texts.SyntheticBanner}</p>""");
        }

        html.Add($"""<p class="lead">{Findings.Position(model, result)}</p><p>{Findings.Rank(model, result, model.Results.Count)}</p>""");
        if (Findings.Persons(model, result) is { } persons)
        {
            html.Add($"<p>{persons}");
            if (Findings.Kroner(model, result) is { } kroner)
            {
                html.Add($" {kroner}");
            }

            html.Markup("</p>");
        }

        Outcomes(html, area, name);
        Series(html, area, name);
        Contributions(html, result, name);
        Nearest(html, area, name);
        PublishedSection.Municipality(html, model, area);
        html.Add($"""<p><a href="#kommuner">{Texts.BackToList}</a></p></div></details>""").Markup("\n");
    }

    private void Outcomes(HtmlBuilder html, string area, string name)
    {
        var rows = model.Outcomes.Select(outcome => model.Find(area, outcome)).OfType<AreaResult>().ToList();
        if (rows.Count > 1)
        {
            new Figure(Title(rows), Texts.ExplainOutcomes.With(model.CoveragePerCent), Texts.DescribeOutcomes.With(name, rows.Count), source, "outcomes", "code=" + area)
                .Write(html, 4, into => OutcomeTable(into, name, rows));
        }
        else
        {
            OutcomeTable(html, name, rows);
        }
    }

    private static string Title(List<AreaResult> rows)
    {
        var counts = ReportModel.Count(rows);
        return Texts.FindingOutcomes.With(counts.Better, rows.Count, counts.Worse);
    }

    private void OutcomeTable(HtmlBuilder html, string name, List<AreaResult> rows)
    {
        TableColumn[] columns =
        [
            new(Texts.ColumnOutcome, false), new(Texts.ColumnActualPct), new(Texts.ColumnExpectedPct), new(Texts.ColumnDifferencePp), new(Texts.ColumnInterval.With(model.CoveragePerCent)),
            new(Texts.ColumnDifferencePersons), new(Texts.ColumnRank), new(Texts.ColumnRankSet), new(Texts.ColumnClass, false), .. money ? [new TableColumn(Texts.ColumnKroner)] : Array.Empty<TableColumn>(),
        ];
        Table.Write(html, Texts.CaptionMunicipality.With(name, Words.Period(model.Latest)), columns, rows.Select(row => (IReadOnlyList<HtmlBuilder>)
        [
            Cells.Text(model.Names.Outcome(row.Outcome)), Cells.Text(model.Numbers.PerCent(row.Actual)), Cells.Text(model.Numbers.PerCent(row.Expected)), Cells.Text(model.Numbers.Points(row.Difference)),
            Cells.Text(Cells.Interval(model, row)), Cells.Text(model.Names.CountOutcomes.Contains(row.Outcome) ? model.Numbers.SignedWhole(row.DifferencePersons) : ReportNumbers.None),
            Cells.Text(row.Rank.ToString(CultureInfo.InvariantCulture)), Cells.Text(Cells.RankSet(row.RankLower, row.RankUpper)), Cells.Verdict(row.Class),
            .. money ? [Cells.Text(model.Numbers.Kroner(row.Kroner))] : Array.Empty<HtmlBuilder>(),
        ]));
    }

    private void Series(HtmlBuilder html, string area, string name)
    {
        var points = model.SeriesOf(area).ToList();
        if (points.Count < 2)
        {
            return;
        }

        new Figure(Findings.Trend(model, area), Texts.ExplainTrend.With(model.CoveragePerCent), Texts.DescribeTrend.With(name, points.Count), source, "trend", "code=" + area)
            .Write(html, 4, into => Table.Write(
                into,
                Texts.CaptionTrend.With(name, model.Names.Outcome(model.Headline)),
                [new(Texts.ColumnPeriod, false), new(Texts.ColumnActualPct), new(Texts.ColumnExpectedPct), new(Texts.ColumnRangeLower), new(Texts.ColumnRangeUpper)],
                points.Select(point => (IReadOnlyList<HtmlBuilder>)
                [
                    Cells.Text(Words.ShortPeriod(point.Period)), Cells.Text(model.Numbers.PerCent(point.Actual)), Cells.Text(model.Numbers.PerCent(point.Expected)),
                    Cells.Text(model.Numbers.PerCent(point.RangeLower)), Cells.Text(model.Numbers.PerCent(point.RangeUpper)),
                ])));
        var breaks = NationalSeries.BreaksBetween(model, points[0].Period, points[^1].Period);
        if (breaks.Count > 0)
        {
            html.Add($"""<p class="breaks"><strong>{Texts.BreaksInSeries}</strong> {string.Join("; ", breaks.Select(entry => $"{Words.Date(entry.Date)}: {entry.Title.In(model.Culture)}"))}. <a href="#metode">{Texts.SeeMethod}</a></p>""");
        }
    }

    private void Contributions(HtmlBuilder html, AreaResult result, string name)
    {
        if (result.Contributions.Count == 0)
        {
            html.Add($"""<h4>{Texts.HeadingWhy}</h4><p>{Texts.WhyPublished}</p>""");
            return;
        }

        var sum = result.Contributions.Sum(part => part.Share);
        new Figure(Findings.Contributions(model, result), Texts.ExplainContributions.With(model.Numbers.PerCent(result.Expected - sum), model.Numbers.PerCent(result.Expected)), Texts.DescribeContributions.With(name, model.Numbers.PerCent(result.Expected)), source, "contributions", "code=" + result.Area)
            .Write(html, 4, into => Table.Write(
                into,
                Texts.CaptionContributions.With(name),
                [new(Texts.ColumnCondition, false), new(Texts.ColumnValue), new(Texts.ColumnNationalMean), new(Texts.ColumnContributionPp)],
                [
                    [Cells.Text(Texts.RowNationalMean), Cells.Text(""), Cells.Text(""), Cells.Text(model.Numbers.PerCent(result.Expected - sum, 3))],
                    .. result.Contributions.Select(part => (IReadOnlyList<HtmlBuilder>)
                    [
                        Cells.Text(model.Names.Covariate(part.Covariate)), Cells.Text(model.Numbers.Value(part.Value)), Cells.Text(model.Numbers.Value(part.Mean)), Cells.Text(model.Numbers.Points(part.Share, 3)),
                    ]),
                    [Cells.Text(Texts.RowExpected), Cells.Text(""), Cells.Text(""), Cells.Text(model.Numbers.PerCent(result.Expected, 3))],
                ]));
    }

    private void Nearest(HtmlBuilder html, string area, string name)
    {
        html.Add($"""<h4>{(neighbours.ByConditions ? Texts.HeadingNearest : Texts.HeadingNearestExpected)}</h4><p>{(neighbours.ByConditions ? Texts.ExplainNearest : Texts.ExplainNearestExpected)}</p>""");
        Table.Write(
            html,
            Texts.CaptionNearest.With(name),
            [new(Texts.ColumnMunicipality, false), new(Texts.ColumnDistance), new(Texts.ColumnActualPct), new(Texts.ColumnExpectedPct), new(Texts.ColumnDifferencePp), new(Texts.ColumnInterval.With(model.CoveragePerCent)), new(Texts.ColumnClass, false)],
            neighbours.Of(area, NeighbourCount).Select(neighbour =>
            {
                var result = model.Find(neighbour.Area, model.Headline)!;
                return (IReadOnlyList<HtmlBuilder>)
                [
                    Cells.Link(model, neighbour.Area), Cells.Text(model.Numbers.Fixed(neighbour.Distance, 2)), Cells.Text(model.Numbers.PerCent(result.Actual)), Cells.Text(model.Numbers.PerCent(result.Expected)),
                    Cells.Text(model.Numbers.Points(result.Difference)), Cells.Text(Cells.Interval(model, result)), Cells.Verdict(result.Class),
                ];
            }));
    }
}
