using System.Globalization;
using System.Text.Json.Nodes;
using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Reports.Charts;
using Fikspunkt.Statistics;

namespace Fikspunkt.Web.Charts;

/// <summary>Municipalities beside each other: over time, and against what is expected of each.</summary>
internal static class CompareDiagrams
{
    private const int Height = 320;
    private const int LabelGap = 15;
    private const int Line = 26;

    // Each holds 4.5:1 against white; lines differ in their dashes too, and carry their names.
    private static readonly string[] Colours = [VegaLite.Ink, VegaLite.Blue, VegaLite.Vermillion, "#5b3f8c", "#00695c", "#7a5c00"];
    private static readonly int[][] Dashes = [[1, 0], [8, 3], [3, 2], [10, 3, 2, 3], [5, 5], [2, 4]];

    /// <summary>The figures over time, each line with its name.</summary>
    public static SiteChart? Lines(Sight sight)
    {
        var choice = CompareChoice.Of(sight);
        return choice.Ready && Table(choice) is { Rows.Count: > 0 } table ? Lines(sight, choice, table) : null;
    }

    /// <summary>What is expected of each, and how far it lies from that.</summary>
    public static SiteChart? Differences(Sight sight)
    {
        var choice = CompareChoice.Of(sight);
        if (!choice.Ready || choice.Subject!.Benchmark is not var (view, outcome))
        {
            return null;
        }

        var model = view.Model(Sight.Culture);
        List<AreaResult> results = [.. choice.Areas.Select(area => model.Find(area.Code, outcome)).OfType<AreaResult>().OrderBy(result => result.Difference)];
        var counts = ReportModel.Count(results);
        var spec = IntervalCharts.Caterpillar("name", sorted: true, Line);
        spec["data"] = SiteChart.Data(
            ["name", "difference", "lower", "upper", "class"],
            results.Select(r => new JsonArray(model.Names.Municipality(r.Area), ChartData.PerCent(r.Difference), ChartData.PerCent(r.Lower), ChartData.PerCent(r.Upper), Words.Class(r.Class))));
        return results.Count == 0 ? null : new SiteChart(
            "sammenlign-forskel",
            Findings.Differences(model, results),
            Reports.Texts.ExplainDifferences.With(model.CoveragePerCent),
            Texts.RankingAlternative.With(counts.Units, counts.Better, counts.AsExpected, counts.Worse),
            Sources.Line(view),
            (Line * results.Count) + 110,
            spec,
            new(
                "sammenlign-forskel",
                SiteChart.Here($"{model.Names.Outcome(outcome)}, {Words.Period(model.Latest)}"),
                SiteChart.Here($"{choice.Rule} {choice.Subject.Base}"),
                [
                    new("municipality", new("Kommune", "Municipality"), ColumnKind.Area),
                    new("actual", new("Faktisk", "Actual"), ColumnKind.Share),
                    new("expected", new("Forventet", "Expected"), ColumnKind.Share),
                    new("difference", new("Forskel", "Difference"), ColumnKind.Points),
                    new("lower", new("Fra", "From"), ColumnKind.Points),
                    new("upper", new("Til", "To"), ColumnKind.Points),
                    new("rank_lower", new("Placering, fra", "Rank, from"), ColumnKind.Count),
                    new("rank_upper", new("Placering, til", "Rank, to"), ColumnKind.Count),
                    new("class", new("Vurdering", "Verdict"), ColumnKind.Text),
                    .. choice.Distances.Count > 0 ? [new("distance", new("Afstand", "Distance"), ColumnKind.Number)] : Array.Empty<MeasurementColumn>(),
                ],
                [.. results.Select(r => (IReadOnlyList<object?>)
                [
                    r.Area, r.Actual, r.Expected, r.Difference, r.Lower, r.Upper, r.RankLower, r.RankUpper, Words.Class(r.Class),
                    .. choice.Distances.Count > 0 ? [choice.Distances.TryGetValue(r.Area, out var distance) ? distance : null] : Array.Empty<object?>(),
                ])]));
    }

    /// <summary>Periods down, municipalities across with their intervals, newest first. What the source hides or lacks is said in words, never as a number.</summary>
    public static MeasurementTable Table(CompareChoice choice)
    {
        var subject = choice.Subject!;
        var series = choice.Areas.Select(area => subject.Series(area.Code).ToDictionary(figure => figure.Period)).ToList();
        return new(
            "sammenlign",
            SiteChart.Here($"{Texts.CompareCaption.With(subject.Name, subject.Unit)}, {(subject.HasIntervals ? Texts.CompareCaptionIntervals : Texts.CompareCaptionNoIntervals)}"),
            SiteChart.Here($"{choice.Rule} {subject.Base} {subject.Uncertainty}"),
            [new("period", new("Periode", "Period"), ColumnKind.Text), .. choice.Areas.SelectMany(area => Columns(subject, area))],
            [.. series.SelectMany(own => own.Keys).Distinct().OrderDescending().Select(period => (IReadOnlyList<object?>)
            [
                Words.ShortPeriod(period), .. series.SelectMany(own => Cells(subject, own.TryGetValue(period, out var figure) ? figure : null)),
            ])]);
    }

    /// <summary>Every framework condition of the compared.</summary>
    public static MeasurementTable? Conditions(CompareChoice choice, ReportModel model)
    {
        var results = choice.Areas.Select(area => model.Find(area.Code, model.Headline)).OfType<AreaResult>().ToList();
        return results is not [{ Contributions.Count: > 0 }, ..] ? null : new(
            "vilkaar",
            SiteChart.Here(Texts.CompareConditions),
            SiteChart.Here(choice.Rule),
            [new("condition", new("Rammevilkår", "Framework condition"), ColumnKind.Text), .. results.Select(result => new MeasurementColumn(result.Area, SiteChart.Here(model.Names.Municipality(result.Area)), ColumnKind.Number)), new("mean", new("Landsgennemsnit", "National mean"), ColumnKind.Number)],
            [.. results[0].Contributions.Where(part => double.IsFinite(part.Value)).Select(part => (IReadOnlyList<object?>)
            [
                model.Names.Covariate(part.Covariate), .. results.Select(result => (object?)(result.Contributions.FirstOrDefault(own => own.Covariate == part.Covariate)?.Value ?? double.NaN)), part.Mean,
            ])]);
    }

    /// <summary>Moves labels apart that would stand on each other, as little as needed, within the axis.</summary>
    internal static double[] Spread(IReadOnlyList<double> places, double gap, double lowest, double highest)
    {
        var order = Enumerable.Range(0, places.Count).OrderBy(i => places[i]).ToList();
        var spread = places.ToArray();
        for (var k = 1; k < order.Count; k++)
        {
            spread[order[k]] = Math.Max(spread[order[k]], spread[order[k - 1]] + gap);
        }

        // What was pushed beyond the top comes down again, and what is in its way with it; the first stays within the bottom while there is room.
        for (var k = order.Count - 1; k >= 0; k--)
        {
            var limit = k == order.Count - 1 ? highest : spread[order[k + 1]] - gap;
            spread[order[k]] = Math.Max(Math.Min(spread[order[k]], limit), k == 0 ? Math.Min(lowest, limit) : double.NegativeInfinity);
        }

        return spread;
    }

    private static IEnumerable<MeasurementColumn> Columns(CompareSubject subject, Municipality area)
    {
        var name = area.NameIn(Sight.Culture);
        yield return new(area.Code, SiteChart.Here(name), subject.Kind);
        if (subject.HasIntervals)
        {
            yield return new($"{area.Code}_lower", SiteChart.Here(Texts.CompareLower.With(name)), subject.Kind);
            yield return new($"{area.Code}_upper", SiteChart.Here(Texts.CompareUpper.With(name)), subject.Kind);
        }
    }

    private static IEnumerable<object?> Cells(CompareSubject subject, ComparedFigure? figure)
    {
        yield return figure switch
        {
            { Value: { } value } => value,
            { Status: ObservationStatus.Suppressed } => SiteChart.Here(Texts.FigureHidden),
            { Status: ObservationStatus.Missing } => SiteChart.Here(Texts.FigureMissing),
            _ => SiteChart.Here(Texts.FigureNone),
        };
        if (subject.HasIntervals)
        {
            yield return figure?.Interval?.Lower;
            yield return figure?.Interval?.Upper;
        }
    }

    private static SiteChart? Lines(Sight sight, CompareChoice choice, MeasurementTable table)
    {
        var subject = choice.Subject!;
        var factor = subject.Kind == ColumnKind.Share ? 100 : 1;
        var series = choice.Areas.Select(area => (Area: area, Name: area.NameIn(Sight.Culture), Figures: subject.Series(area.Code))).ToList();
        var values = series.SelectMany(own => own.Figures).Where(figure => figure.Value is not null).Select(figure => figure.Value!.Value * factor).ToList();
        if (values.Count == 0)
        {
            return null;
        }

        var highlighted = choice.Areas.FirstOrDefault(area => area.Code == sight.Own)?.Code ?? choice.Areas[0].Code;
        var many = choice.Areas.Count > CompareChoice.Most;

        // Bands of many lines would cover each other; then only the highlighted one has its own.
        bool Banded(Municipality area) => subject.HasIntervals && (!many || area.Code == highlighted);
        values.AddRange(series.Where(own => Banded(own.Area)).SelectMany(own => own.Figures).SelectMany(figure => figure.Interval is { } interval ? [interval.Lower * factor, interval.Upper * factor] : Array.Empty<double>()));
        var span = Math.Max(values.Max() - values.Min(), 1e-9);
        var (bottom, top) = (values.Min() - (0.04 * span), values.Max() + (0.04 * span));
        var last = series.Max(own => own.Figures.Where(figure => figure.Value is not null).Select(figure => (Period?)figure.Period).LastOrDefault()) ?? series[0].Figures[^1].Period;
        var ends = series.Where(own => own.Figures.Any(figure => figure.Period == last && figure.Value is not null))
            .Select(own => (own.Area, own.Name, Figure: own.Figures.First(figure => figure.Period == last)))
            .Select(own => (own.Area, own.Name, Value: own.Figure.Value!.Value * factor, own.Figure.Interval)).OrderBy(end => end.Value).ToList();
        var named = many ? ends.Where(end => end.Area.Code == highlighted || end == ends[0] || end == ends[^1]).ToList() : ends;
        var labels = Spread([.. named.Select(end => end.Value)], LabelGap * (top - bottom) / Height, bottom, top);
        var number = Write(sight, subject);
        var names = series.Select(own => own.Name).ToList();
        var spec = Specification(
            subject, many, bottom, top, new JsonArray([.. names.Select(name => (JsonNode)name)]),
            new JsonArray([.. series.Select((own, i) => (JsonNode)(many ? own.Area.Code == highlighted ? VegaLite.Blue : VegaLite.Grey : Colours[i]))]),
            new JsonArray([.. series.Select((_, i) => (JsonNode)new JsonArray([.. (many ? [1, 0] : Dashes[i]).Select(dash => (JsonNode)dash)]))]),
            new JsonArray([.. named.Select((end, i) => (JsonNode)new JsonObject { ["name"] = end.Name, ["date"] = Day(last), ["place"] = Math.Round(labels[i], 6), ["own"] = end.Area.Code == highlighted })]));
        spec["data"] = SiteChart.Data(
            ["name", "date", "label", "value", "own", "lower", "upper", "interval"],
            series.SelectMany(own => own.Figures.Select(figure => new JsonArray(
                own.Name, Day(figure.Period), Words.ShortPeriod(figure.Period), Rounded(figure.Value * factor), own.Area.Code == highlighted,
                Banded(own.Area) ? Rounded(figure.Interval?.Lower * factor) : null, Banded(own.Area) ? Rounded(figure.Interval?.Upper * factor) : null,
                figure.Interval is { } interval ? Texts.CompareFromTo.With(number(interval.Lower * factor), number(interval.Upper * factor)) : null))));
        var title = ends.Count == 0 ? Texts.CompareTitleNone.With(subject.Name)
            : ends.Count == 1 ? Texts.CompareTitleOne.With(subject.Name, Words.ShortPeriod(last), ends[0].Name, number(ends[0].Value))
            : (Apart(ends[0].Interval, ends[^1].Interval) ? Texts.CompareTitle : Texts.CompareTitleOverlap).With(subject.Name, Words.ShortPeriod(last), ends[^1].Name, number(ends[^1].Value), ends[0].Name, number(ends[0].Value));
        return new SiteChart(
            "sammenlign", title, $"{subject.Base} {subject.Uncertainty} {(subject.HasIntervals ? many ? Texts.CompareBandOwn.With(sight.Names.Municipality(highlighted)) : Texts.CompareBands : "")} {Texts.CompareGaps}", Texts.CompareAlternative.With(subject.Name, series.Count, title), subject.Source, Height + 60, spec, table);
    }

    /// <summary>Whether the figures can be told from each other: where there are intervals, these must not meet.</summary>
    internal static bool Apart(Interval? lowest, Interval? highest) => lowest is not { } low || highest is not { } high || low.Upper < high.Lower;

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 4) : null;

    private static Func<double, string> Write(Sight sight, CompareSubject subject) => subject.Kind switch
    {
        ColumnKind.Share => value => $"{sight.Numbers.Fixed(value, 2)} {Texts.UnitPerCent}",
        ColumnKind.Persons => sight.Numbers.Whole,
        _ => sight.Numbers.Value,
    };

    private static JsonObject Specification(CompareSubject subject, bool many, double bottom, double top, JsonArray names, JsonArray colours, JsonArray dashes, JsonArray labels)
    {
        var others = many ? 0.5 : 1;
        var tooltip = VegaLite.Spec($$"""
            {"t": [{"field": "name", "title": " "}, {"field": "label", "title": {{Reports.Texts.ColumnPeriod}}}, {"field": "value", "title": {{subject.Unit}}, "format": ",.2f"}]}
            """)["t"]!.AsArray();
        if (subject.HasIntervals)
        {
            tooltip.Add(new JsonObject { ["field"] = "interval", ["title"] = Texts.CompareInterval });
        }

        return VegaLite.Spec($$"""
        {
          "width": "container", "height": {{(double)Height}},
          "encoding": {
            "x": {"field": "date", "type": "temporal", "scale": {"range": [0, {"expr": "width - 112"}]}, "axis": {"title": null, "format": "%b %Y", "tickCount": 6, "labelOverlap": true, "grid": false} },
            "color": {"field": "name", "type": "nominal", "scale": {"domain": {{names}}, "range": {{colours}}}, "legend": null}
          },
          "layer": [
            {"mark": {"type": "area", "opacity": 0.13}, "encoding": {
              "y": {"field": "lower", "type": "quantitative", "scale": {"domain": [{{bottom}}, {{top}}], "zero": false, "nice": false}, "axis": {"title": {{subject.Unit}}, "tickCount": 6} }, "y2": {"field": "upper"} } },
            {"mark": {"type": "line", "strokeJoin": "round"}, "encoding": {
              "y": {"field": "value", "type": "quantitative"},
              "strokeDash": {"field": "name", "type": "nominal", "scale": {"domain": {{names.DeepClone()}}, "range": {{dashes}}}, "legend": null},
              "opacity": {"condition": {"test": "datum.own", "value": 1}, "value": {{others}}},
              "strokeWidth": {"condition": {"test": "datum.own", "value": 3.2}, "value": 1.8} } },
            {"mark": {"type": "point", "filled": true, "size": 14}, "encoding": {
              "y": {"field": "value", "type": "quantitative"}, "opacity": {"condition": {"test": "datum.own", "value": 1}, "value": {{others}}},
              "tooltip": {{tooltip}} } },
            {"data": {"values": {{labels}}}, "mark": {"type": "text", "align": "left", "dx": 7, "fontSize": 12, "limit": 105, "fontWeight": {"expr": "datum.own ? 700 : 400"} }, "encoding": {
              "y": {"field": "place", "type": "quantitative"}, "text": {"field": "name"} } }
          ]
        }
        """);
    }

    private static string Day(Period period) => period.FirstDay.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00";
}
