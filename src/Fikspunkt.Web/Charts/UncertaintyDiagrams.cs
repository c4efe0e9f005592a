using System.Text.Json.Nodes;
using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Reports.Charts;

namespace Fikspunkt.Web.Charts;

/// <summary>The charts that explain uncertainty, drawn from the published benchmark itself.</summary>
internal static class UncertaintyDiagrams
{
    private const int Step = 24;
    private const int Ends = 4;
    private const int Sizes = 8;
    private const string Raw = "#9a6a00";

    /// <summary>A few rank sets from the top, the middle and the end of the list.</summary>
    public static SiteChart? SomeRankSets(Sight sight)
    {
        if (NationalChoice.Of(sight) is not { Benchmark: { } view } choice)
        {
            return null;
        }

        var all = choice.Everyone;
        var shown = all.Where((one, i) => i < Ends || i >= all.Count - Ends || Math.Abs(i - (all.Count / 2)) < Ends / 2 || one.Area == sight.Own).ToList();
        var spec = IntervalCharts.RankSets("results", all.Count, Step);
        OwnHighlight.Line(spec, spec["encoding"]!["y"]!, "name", choice.Of(sight.Own) is { } own ? sight.Names.Municipality(own.Area) : null, Step);
        spec["data"] = SiteChart.Data(
            ["name", "rank", "rankLower", "rankUpper", "simLower", "simUpper", "class"],
            shown.Select(one => new JsonArray(sight.Names.Municipality(one.Area), one.Rank, one.Lower, one.Upper, one.LowerAll, one.UpperAll, choice.Standings[one.Standing])));
        return new SiteChart(
            "nogle-pladser",
            NationalFindings.Ranks(choice),
            Reports.Texts.ExplainRanks.With(view.Model(Sight.Culture).CoveragePerCent),
            Texts.RanksAlternative.With(shown.Count, shown.Count(one => one.Lower == 1)),
            Sources.Line(view),
            (Step * shown.Count) + 80,
            spec,
            NationalTables.Places(choice, "nogle-pladser"));
    }

    /// <summary>Difference against size.</summary>
    public static SiteChart? Funnel(Sight sight)
    {
        if (NationalChoice.Of(sight) is not { Benchmark: { } view } choice)
        {
            return null;
        }

        var model = view.Model(Sight.Culture);
        var results = choice.ShownResults;
        var labelled = PageData.LabelledAreas(results);
        var spec = PositionCharts.Funnel(PageData.FunnelLimits(results));
        spec["data"] = SiteChart.Data(
            ["name", "exposure", "difference", "class", "label"],
            results.Select(r => new JsonArray(model.Names.Municipality(r.Area), Math.Round(r.Exposure), ChartData.PerCent(r.Difference), Words.Class(r.Class), r.Area == sight.Own || (sight.Own is null && labelled.Contains(r.Area)))));
        return new SiteChart(
            "tragt",
            Findings.Funnel(model, results),
            Reports.Texts.ExplainFunnel.With(model.CoveragePerCent),
            Reports.Texts.DescribeFunnel.With(results.Count, model.Names.Exposure),
            Sources.Line(view),
            500,
            spec,
            new MeasurementTable(
                "tragt",
                SiteChart.Here(Texts.FunnelCaption),
                SiteChart.Here(Reports.Texts.ExplainFunnel.With(model.CoveragePerCent)),
                [
                    new("municipality", new("Kommune", "Municipality"), ColumnKind.Area),
                    new("exposure", new("Personer", "Persons"), ColumnKind.Persons),
                    new("difference", new("Forskel", "Difference"), ColumnKind.Points),
                    new("standard_error", new("Standardfejl, pct.point", "Standard error, percentage points"), ColumnKind.Share),
                    new("class", new("Vurdering", "Verdict"), ColumnKind.Text),
                ],
                [.. results.OrderBy(r => r.Exposure).Select(r => (IReadOnlyList<object?>)[r.Area, r.Exposure, r.Difference, r.StandardError, Words.Class(r.Class)])]));
    }

    /// <summary>The shrunken estimate beside the raw one, for the smallest and the largest municipalities.</summary>
    public static SiteChart? Shrunken(Sight sight)
    {
        if (NationalChoice.Of(sight) is not { Benchmark: { } view } choice)
        {
            return null;
        }

        var model = view.Model(Sight.Culture);
        var bySize = choice.ShownResults.OrderBy(result => result.Exposure).ToList();
        if (bySize.Count < 2 * Sizes)
        {
            return null;
        }

        var (small, large) = (bySize.Take(Sizes).ToList(), bySize.TakeLast(Sizes).ToList());
        var shown = small.Concat(bySize.Skip(Sizes).SkipLast(Sizes).Where(result => result.Area == sight.Own)).Concat(large).ToList();
        var spec = VegaLite.Spec($$"""
            {
              "data": {"name": "results"}, "width": "container", "height": {"step": {{(double)Step}}},
              "layer": [
                {"data": {"values": [{}]}, "mark": {"type": "rule", "color": {{VegaLite.Ink}}}, "encoding": {"x": {"datum": 0} } },
                {"mark": {"type": "rule", "color": "#9ca3af", "strokeWidth": 2}, "encoding": {"y": {{Names}}, "x": {"field": "raw", "type": "quantitative", "axis": {"orient": "top", "title": {{Reports.Texts.AxisDifference}}, "tickCount": 6, "labelExpr": {{VegaLite.SignedLabel}} } }, "x2": {"field": "shrunken"} } },
                {"transform": [{"fold": ["raw", "shrunken"], "as": ["key", "value"]}, {"calculate": {{$"datum.key === 'raw' ? {Quoted(Texts.ShrinkRaw)} : {Quoted(Texts.ShrinkShrunken)}"}}, "as": "kind"}],
                 "mark": {"type": "point", "filled": true, "size": 70, "opacity": 1}, "encoding": {"y": {{Names}}, "x": {"field": "value", "type": "quantitative"},
                  "color": {"field": "kind", "type": "nominal", "scale": {"domain": [{{Texts.ShrinkRaw}}, {{Texts.ShrinkShrunken}}], "range": [{{Raw}}, {{VegaLite.Blue}}]}, "legend": {} },
                  "shape": {"field": "kind", "type": "nominal", "scale": {"domain": [{{Texts.ShrinkRaw}}, {{Texts.ShrinkShrunken}}], "range": ["diamond", "circle"]}, "legend": {} },
                  "tooltip": [{"field": "name", "title": " "}, {"field": "kind", "title": {{Texts.ShrinkKind}}}, {"field": "value", "title": {{Reports.Texts.ColumnDifferencePp}}, "format": "+.2f"}, {"field": "exposure", "title": {{Texts.Persons}}, "format": ",.0f"}] } }
              ]
            }
            """);
        OwnHighlight.Line(spec, Names, "name", shown.Any(result => result.Area == sight.Own) ? sight.Names.Municipality(sight.Own!) : null, Step);
        spec["data"] = SiteChart.Data(
            ["name", "order", "exposure", "raw", "shrunken"],
            shown.Select((r, i) => new JsonArray(model.Names.Municipality(r.Area), i, Math.Round(r.Exposure), ChartData.PerCent(r.Difference), ChartData.PerCent(r.Shrunken))));
        return new SiteChart(
            "udjaevnet",
            Texts.ShrinkTitle.With(Sizes, sight.Numbers.PerCent(Drawn(small), 0), sight.Numbers.PerCent(Drawn(large), 0)),
            Texts.ShrinkExplain,
            Texts.ShrinkAlternative.With(Sizes),
            Sources.Line(view),
            (Step * shown.Count) + 80,
            spec,
            new MeasurementTable(
                "udjaevnet",
                SiteChart.Here(Texts.ShrinkCaption.With(Sizes)),
                SiteChart.Here(Texts.ShrinkExplain),
                [
                    new("municipality", new("Kommune", "Municipality"), ColumnKind.Area),
                    new("exposure", new("Personer", "Persons"), ColumnKind.Persons),
                    new("difference", new("Målt forskel", "Measured difference"), ColumnKind.Points),
                    new("shrunken", new("Udjævnet forskel", "Shrunken difference"), ColumnKind.Points),
                ],
                [.. shown.Select(r => (IReadOnlyList<object?>)[r.Area, r.Exposure, r.Difference, r.Shrunken])]));
    }

    /// <summary>What the list would look like if nobody differed at all, beside the list as it is.</summary>
    public static SiteChart? NoDifferences(Sight sight)
    {
        if (NationalChoice.Of(sight) is not { Benchmark: { } view } choice || choice.ShownResults is not { Count: > 1 } results)
        {
            return null;
        }

        var pretended = NoDifferencesYears.Of(results);
        var spec = VegaLite.Spec($$"""
            {
              "data": {"name": "lines"}, "width": "container", "height": 340,
              "encoding": {"x": {"field": "place", "type": "quantitative", "scale": {"domain": [1, {{(double)results.Count}}], "nice": false}, "axis": {"title": {{Texts.NoneAxis}}, "format": "d", "grid": false} },
                "y": {"field": "difference", "type": "quantitative", "axis": {"title": {{Reports.Texts.AxisDifference}}, "labelExpr": {{VegaLite.SignedLabel}} } } },
              "layer": [
                {"transform": [{"filter": "datum.year > 0"}], "mark": {"type": "line", "color": "#8a94a3", "strokeWidth": 1, "opacity": 0.8}, "encoding": {"detail": {"field": "year"} } },
                {"transform": [{"filter": "datum.year == 0"}], "mark": {"type": "line", "color": {{VegaLite.Blue}}, "strokeWidth": 3}, "encoding": {"tooltip": [{"field": "name", "title": " "}, {"field": "place", "title": {{Reports.Texts.ColumnRank}}}, {"field": "difference", "title": {{Reports.Texts.ColumnDifferencePp}}, "format": "+.2f"}] } },
                {"transform": [{"filter": {{$"datum.year == 0 && datum.place == {(results.Count * 3 / 4)}"}}}], "mark": {"type": "text", "align": "right", "dx": -8, "dy": -10, "color": {{VegaLite.Blue}}, "fontWeight": 600, "fontSize": 13, "text": {{Texts.NoneMeasured}}} },
                {"transform": [{"filter": {{$"datum.year == 1 && datum.place == {(results.Count * 3 / 4)}"}}}], "mark": {"type": "text", "align": "left", "dx": 8, "dy": 18, "color": "#4b5563", "fontSize": 13, "text": {{Texts.NonePretended}}} }
              ]
            }
            """);
        var measured = results.OrderBy(result => result.Difference).ToList();
        spec["data"] = SiteChart.Data(
            ["year", "place", "difference", "name"],
            measured.Select((result, i) => new JsonArray(0, i + 1, Math.Round(100 * result.Difference, 3), sight.Names.Municipality(result.Area)))
                .Concat(pretended.Shown.SelectMany((year, y) => year.Select((value, i) => new JsonArray(y + 1, i + 1, Math.Round(100 * value, 3), "")))));
        return new SiteChart(
            "ingen-forskel",
            Texts.NoneTitle.With(sight.Numbers.SizeInPoints(pretended.Typical[0])),
            Texts.NoneExplain.With(NoDifferencesYears.Lines),
            Texts.NoneAlternative.With(NoDifferencesYears.Lines, sight.Numbers.Points(pretended.Typical[0]), sight.Numbers.Points(pretended.Typical[^1]), sight.Numbers.Points(measured[0].Difference), sight.Numbers.Points(measured[^1].Difference)),
            Sources.Line(view),
            410,
            spec,
            new MeasurementTable(
                "ingen-forskel",
                SiteChart.Here(Texts.NoneCaption),
                SiteChart.Here(Texts.NoneExplain.With(NoDifferencesYears.Lines)),
                [
                    new("place", new("Plads", "Place"), ColumnKind.Count),
                    new("measured", new("Målt", "Measured"), ColumnKind.Points),
                    new("without_differences", new("Typisk, hvis ingen var anderledes", "Typical if nobody differed"), ColumnKind.Points),
                ],
                [.. measured.Select((result, i) => (IReadOnlyList<object?>)[i + 1, result.Difference, pretended.Typical[i]])]));
    }

    private static JsonNode Names => VegaLite.Spec($$"""{"field": "name", "type": "nominal", "sort": {"field": "order", "op": "min"}, "axis": {"title": null, "ticks": false, "domain": false, "grid": true, "gridColor": "#f3f4f6"} }""");

    // How much of the measured differences shrinking takes away.
    private static double Drawn(List<AreaResult> results) => 1 - (results.Sum(result => Math.Abs(result.Shrunken)) / results.Sum(result => Math.Abs(result.Difference)));

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text, PageData.Json);
}
