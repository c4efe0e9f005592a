using System.Globalization;
using System.Text.Json.Nodes;
using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Reports.Charts;
using Fikspunkt.Reports.Measurements;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Charts;

/// <summary>Charts of one municipality; which one stands in the query.</summary>
internal static class MunicipalityDiagrams
{
    private const int Line = 24;
    private const int BriefLine = 15;

    /// <summary>Actual against expected over time with the range of chance.</summary>
    public static SiteChart? Trend(Sight sight) => MunicipalityFacts.Of(sight) is { } facts && facts.HasSeries(facts.Choice.Outcome) ? Trend(facts) : null;

    /// <summary>The chosen outcome over time, small: one of many beside each other.</summary>
    public static SiteChart? Small(Sight sight)
    {
        if (MunicipalityFacts.Of(sight) is not { } facts || facts.Result is null || !facts.HasSeries(facts.Choice.Outcome))
        {
            return null;
        }

        var chart = Trend(facts);
        chart.Spec["height"] = 110;
        return chart with { Name = "kommune-ydelse", Title = SmallTitle(facts.Model, facts.Result), Height = 150 };
    }

    /// <summary>The trend as high as a brief has room for.</summary>
    public static SiteChart? BriefTrend(Sight sight)
    {
        var chart = Trend(sight);
        chart?.Spec["height"] = 140;
        return chart is null ? null : chart with { Name = "kommune-notat-udvikling", Height = 175 };
    }

    /// <summary>The outcomes as close as a brief has room for.</summary>
    public static SiteChart? BriefOutcomes(Sight sight)
    {
        // The signs are explained beneath the chart, where they take a line; long names leave little room for an axis title.
        var chart = Outcomes(sight, "kommune-notat-ydelser", BriefLine);
        chart?.Spec["layer"]![1]!["encoding"]!["x"]!["axis"]!["title"] = Texts.KeyDifference;
        foreach (var channel in chart?.Spec["layer"]!.AsArray().Select(layer => layer!["encoding"]!).SelectMany(encoding => (JsonNode?[])[encoding["color"], encoding["shape"]]).OfType<JsonObject>() ?? [])
        {
            channel["legend"] = null;
        }

        return chart is null ? null : chart with { Height = chart.Height - 25 };
    }

    /// <summary>Every outcome's difference with its interval, the largest excess first.</summary>
    public static SiteChart? Outcomes(Sight sight) => Outcomes(sight, "kommune-ydelser", Line);

    private static SiteChart? Outcomes(Sight sight, string name, int line)
    {
        if (MunicipalityFacts.Of(sight) is not { Groups.Count: > 1 } facts)
        {
            return null;
        }

        var (model, total) = (facts.Model, facts.Model.Run.Spec.Total?.Id);
        List<AreaResult> rows = [.. facts.Groups.OrderByDescending(result => result.Difference), .. facts.Outcomes.Where(result => result.Outcome == total)];
        var counts = ReportModel.Count(rows);
        var spec = IntervalCharts.Caterpillar("outcomeName", sorted: false, line);
        spec["data"] = SiteChart.Data(
            ["outcomeName", "difference", "lower", "upper", "class"],
            rows.Select(r => new JsonArray(model.Names.Outcome(r.Outcome), ChartData.PerCent(r.Difference), ChartData.PerCent(r.Lower), ChartData.PerCent(r.Upper), Words.Class(r.Class))));
        return new SiteChart(
            name,
            Reports.Texts.FindingOutcomes.With(counts.Better, rows.Count, counts.Worse),
            Reports.Texts.ExplainOutcomes.With(model.CoveragePerCent),
            Texts.OutcomesAlternative.With(facts.Name, rows.Count, counts.Better, counts.AsExpected, counts.Worse),
            Sources.Line(facts.Choice.View),
            (line * rows.Count) + (line == Line ? 110 : 75),
            spec,
            OutcomeTable(facts, rows));
    }

    /// <summary>From the national mean to the municipality's expectation.</summary>
    public static SiteChart? Contributions(Sight sight)
    {
        if (MunicipalityFacts.Of(sight) is not { Result.Contributions.Count: > 0 } facts)
        {
            return null;
        }

        var (model, result) = (facts.Model, facts.Result!);
        var mean = model.Numbers.PerCent(result.Expected - result.Contributions.Sum(part => part.Share));
        var spec = MunicipalityCharts.Contributions();
        spec["data"] = SiteChart.Data(["code", "name", "order", "from", "to", "right", "text", "kind"], PageData.Steps(model, result));
        return new SiteChart(
            "kommune-forklaring",
            Findings.Contributions(model, result),
            Reports.Texts.ExplainContributions.With(mean, model.Numbers.PerCent(result.Expected)),
            Reports.Texts.DescribeContributions.With(facts.Name, model.Numbers.PerCent(result.Expected)),
            Sources.Line(facts.Choice.View),
            (26 * (result.Contributions.Count + 2)) + 60,
            spec,
            ContributionTable(model, result));
    }

    /// <summary>The municipality on every measurement, on one scale.</summary>
    public static SiteChart? Profile(Sight sight)
    {
        if (sight.Content.Municipality(sight.Query.First(SiteQuery.Areas)) is not { } municipality)
        {
            return null;
        }

        var model = new MeasurementModel(sight.Content.Measurements, sight.Content.Definitions, Sight.Culture);
        var placed = model.Results.Select(result => (Result: result, Position: model.Position(result, municipality.Code))).Where(entry => entry.Position is not null).ToList();
        if (placed.Count == 0)
        {
            return null;
        }

        var name = municipality.NameIn(Sight.Culture);
        return new SiteChart(
            "kommune-maalinger",
            Reports.Texts.MeasureSpread.With(name, placed.Count, model.Numbers.Whole(placed.Min(entry => entry.Position!.Percentile)), model.Numbers.Whole(placed.Max(entry => entry.Position!.Percentile))),
            Texts.ProfileExplanation,
            Reports.Texts.MeasureDescribeProfile.With(name),
            Texts.SourceOnly.With(string.Join("; ", placed.SelectMany(entry => entry.Result.Vintages).Select(vintage => $"{vintage.Source}, {vintage.Table}, {Words.Retrieved(vintage)}").Distinct(StringComparer.Ordinal))),
            (40 * placed.Count) + 120,
            MeasurementCharts.Profile(model, municipality.Code),
            new(
                "kommune-maalinger",
                SiteChart.Here(Reports.Texts.MeasureCaptionMunicipality.With(name)),
                SiteChart.Here(Texts.ProfileExplanation),
                [
                    new("measurement", new("Måling", "Measurement"), ColumnKind.Text),
                    new("rank", new("Placering", "Rank"), ColumnKind.Count),
                    new("rank_lower", new("Placering, fra", "Rank, from"), ColumnKind.Count),
                    new("rank_upper", new("Placering, til", "Rank, to"), ColumnKind.Count),
                    new("units", new("Kommuner", "Municipalities"), ColumnKind.Count),
                    new("percentile", new("Percentil", "Percentile"), ColumnKind.Number),
                    new("percentile_lower", new("Percentil, fra", "Percentile, from"), ColumnKind.Number),
                    new("percentile_upper", new("Percentil, til", "Percentile, to"), ColumnKind.Number),
                    new("verdict", new("Vurdering", "Verdict"), ColumnKind.Text),
                ],
                [.. placed.Select(entry => (IReadOnlyList<object?>)
                [
                    entry.Result.Spec.Title, entry.Position!.Rank, entry.Position.RankLower, entry.Position.RankUpper, entry.Position.Units,
                    Math.Round(entry.Position.Percentile, 1), Math.Round(entry.Position.PercentileLower, 1), Math.Round(entry.Position.PercentileUpper, 1), MeasurementModel.Verdict(entry.Position),
                ])]));
    }

    /// <summary>What a small chart finds: nothing is called higher or lower within its interval.</summary>
    public static string SmallTitle(ReportModel model, AreaResult result) => result.Class == SignificanceClass.AsExpected
        ? Texts.SmallAsExpected.With(model.Names.Outcome(result.Outcome))
        : (result.Class == SignificanceClass.Worse ? Texts.SmallWorse : Texts.SmallBetter).With(model.Names.Outcome(result.Outcome), model.Numbers.SizeInPoints(result.Difference));

    /// <summary>The steps from the national mean to the expectation with the sum so far, so that one sees them add up.</summary>
    public static MeasurementTable ContributionTable(ReportModel model, AreaResult result)
    {
        var level = result.Expected - result.Contributions.Sum(part => part.Share);
        var rows = new List<IReadOnlyList<object?>> { (object?[])[Reports.Texts.RowNationalMean, null, null, null, level] };
        foreach (var part in result.Contributions)
        {
            level += part.Share;
            rows.Add([model.Names.Covariate(part.Covariate), part.Value, part.Mean, part.Share, level]);
        }

        rows.Add([Reports.Texts.RowExpected, null, null, null, result.Expected]);
        return new(
            "kommune-forklaring",
            SiteChart.Here(Texts.ContributionsCaption.With(model.Names.Municipality(result.Area))),
            SiteChart.Here(Texts.ContributionsExplanation),
            [
                new("condition", new("Rammevilkår", "Framework condition"), ColumnKind.Text),
                new("value", new("Kommunens værdi", "The municipality's value"), ColumnKind.Number),
                new("mean", new("Landsgennemsnit", "National mean"), ColumnKind.Number),
                new("contribution", new("Bidrag", "Contribution"), ColumnKind.Points),
                new("sum", new("Forventning hertil", "Expectation so far"), ColumnKind.Share),
            ],
            rows);
    }

    /// <summary>The differences of every outcome month by month: the figures behind the small charts.</summary>
    public static MeasurementTable SmallTable(MunicipalityFacts facts)
    {
        var series = facts.Groups.ToDictionary(result => result.Outcome, result => facts.Model.SeriesOf(facts.Area, result.Outcome).ToDictionary(point => point.Period), StringComparer.Ordinal);
        return new(
            "kommune-ydelse",
            SiteChart.Here(Texts.SmallCaption.With(facts.Name)),
            SiteChart.Here(""),
            [new("period", new("Periode", "Period"), ColumnKind.Text), .. facts.Groups.Select(result => new MeasurementColumn(result.Outcome, SiteChart.Here(facts.Model.Names.Outcome(result.Outcome)), ColumnKind.Points))],
            [.. series.Values.SelectMany(points => points.Keys).Distinct().OrderDescending().Select(period => (IReadOnlyList<object?>)
            [
                Words.ShortPeriod(period), .. facts.Groups.Select(result => (object?)(series[result.Outcome].TryGetValue(period, out var point) ? point.Actual - point.Expected : double.NaN)),
            ])]);
    }

    private static SiteChart Trend(MunicipalityFacts facts)
    {
        var (model, points, outcome) = (facts.Model, facts.Series, facts.Model.Names.Outcome(facts.Choice.Outcome));
        var breaks = new JsonArray([.. facts.Breaks.Select(entry => (JsonNode)new JsonObject
        {
            ["date"] = entry.Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00",
            ["title"] = $"{Words.Date(entry.Date)}: {entry.Title.In(Sight.Culture)}",
        })]);
        var spec = MunicipalityCharts.Trend("trend", model.MonthlySeries, range: true, breaks);
        spec["data"] = SiteChart.Data(
            ["date", "label", "actual", "expected", "low", "high", "last"],
            PageData.Points(points).Select(entry => new JsonArray(
                entry.Date, Words.ShortPeriod(entry.Point.Period), ChartData.PerCent(entry.Point.Actual), ChartData.PerCent(entry.Point.Expected), ChartData.PerCent(entry.Point.RangeLower), ChartData.PerCent(entry.Point.RangeUpper), entry.Last)));
        return new SiteChart(
            "kommune-udvikling",
            $"{outcome}: {Findings.Trend(model, facts.Area, facts.Choice.Outcome)}",
            Texts.TrendExplanation.With(model.CoveragePerCent, model.Names.Exposure),
            Reports.Texts.DescribeTrend.With(facts.Name, points.Count),
            Sources.Line(facts.Choice.View),
            310,
            spec,
            new(
                "kommune-udvikling",
                SiteChart.Here(Reports.Texts.CaptionTrend.With(facts.Name, outcome)),
                SiteChart.Here(Texts.TrendExplanation.With(model.CoveragePerCent, model.Names.Exposure)),
                [
                    new("period", new("Periode", "Period"), ColumnKind.Text),
                    new("actual", new("Faktisk", "Actual"), ColumnKind.Share),
                    new("expected", new("Forventet", "Expected"), ColumnKind.Share),
                    new("range_lower", new("Usikkerhed fra", "Uncertainty from"), ColumnKind.Share),
                    new("range_upper", new("Usikkerhed til", "Uncertainty to"), ColumnKind.Share),
                ],
                [.. points.Select(point => (IReadOnlyList<object?>)[Words.ShortPeriod(point.Period), point.Actual, point.Expected, point.RangeLower, point.RangeUpper])]));
    }

    private static MeasurementTable OutcomeTable(MunicipalityFacts facts, IReadOnlyList<AreaResult> rows)
    {
        var (names, money) = (facts.Model.Names, rows.Any(result => result.Kroner is not null));
        return new(
            "kommune-ydelser",
            SiteChart.Here(Reports.Texts.CaptionMunicipality.With(facts.Name, Words.Period(facts.Choice.Period))),
            SiteChart.Here(Reports.Texts.ExplainOutcomes.With(facts.Model.CoveragePerCent)),
            [
                new("outcome", new("Ydelse", "Benefit"), ColumnKind.Text),
                new("actual", new("Faktisk", "Actual"), ColumnKind.Share),
                new("expected", new("Forventet", "Expected"), ColumnKind.Share),
                new("difference", new("Forskel", "Difference"), ColumnKind.Points),
                new("lower", new("Fra", "From"), ColumnKind.Points),
                new("upper", new("Til", "To"), ColumnKind.Points),
                new("persons", new("Forskel i personer", "Difference in persons"), ColumnKind.Persons),
                .. money ? [new("kroner", new("Pris om året", "Price a year"), ColumnKind.Kroner)] : Array.Empty<MeasurementColumn>(),
                new("rank_lower", new("Placering, fra", "Rank, from"), ColumnKind.Count),
                new("rank_upper", new("Placering, til", "Rank, to"), ColumnKind.Count),
                new("class", new("Vurdering", "Verdict"), ColumnKind.Text),
            ],
            [.. rows.Select(r => (IReadOnlyList<object?>)
            [
                names.Outcome(r.Outcome), r.Actual, r.Expected, r.Difference, r.Lower, r.Upper, names.CountOutcomes.Contains(r.Outcome) ? r.DifferencePersons : double.NaN,
                .. money ? [r.Kroner] : Array.Empty<object?>(), r.RankLower, r.RankUpper, Words.Class(r.Class),
            ])]);
    }
}
