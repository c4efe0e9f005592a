using System.Globalization;
using System.Text.Json.Nodes;
using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Reports.Charts;

namespace Fikspunkt.Web.Charts;

/// <summary>Charts of all municipalities.</summary>
internal static class NationalDiagrams
{
    private const int Step = 15;

    // Legend in two rows, an axis title in three and its labels.
    private const int Head = 115;
    private const string Outside = "#e2e5ea";

    /// <summary>The country as tiles, coloured by what can be told of each; those that are not looked at are pale.</summary>
    public static SiteChart? Map(Sight sight)
    {
        if (NationalChoice.Of(sight) is not { } choice)
        {
            return null;
        }

        var municipalities = sight.Content.Definitions.Municipalities;
        var names = municipalities.Select(municipality => municipality.Name).ToList();
        var placed = choice.Shown.ToDictionary(one => one.Area, StringComparer.Ordinal);
        var spec = PositionCharts.TileMap(municipalities.Max(m => m.TileColumn) + 1, municipalities.Max(m => m.TileRow) + 1);
        var aspect = spec["usermeta"]!["aspect"]!.GetValue<double>();
        Links(spec, choice);
        spec["data"] = SiteChart.Data(
            ["name", "short", "column", "row", "text", "set", "class", "url", "own"],
            municipalities.Select(m => placed.GetValueOrDefault(m.Code) is { } one
                ? new JsonArray(
                    m.NameIn(Sight.Culture), TileLabels.Of(m.Name, names), m.TileColumn, m.TileRow, one.Result is { } result ? sight.Numbers.Points(result.Difference, 1) : one.Rank.ToString(CultureInfo.InvariantCulture),
                    RankSet(one), choice.Standings[one.Standing], Hosting.Links.Municipality(sight.Content, m.Code), m.Code == sight.Own)
                : new JsonArray(m.NameIn(Sight.Culture), "", m.TileColumn, m.TileRow, "", "", null, Hosting.Links.Municipality(sight.Content, m.Code), m.Code == sight.Own)));
        var counts = Counts(choice);
        return new SiteChart(
            "kort",
            NationalFindings.Regions(choice),
            choice.Benchmark is null ? Texts.MapExplainRanks : Texts.MapExplain,
            Texts.MapAlternative.With(choice.Shown.Count, choice.Standings[0], counts[0], choice.Standings[1], counts[1], choice.Standings[2], counts[2]),
            Sources.Line(choice),
            45,
            spec,
            NationalTables.Places(choice, "kort"))
        {
            Aspect = aspect,
        };
    }

    /// <summary>Differences from the expected with their intervals, fewest first; the own municipality stands out.</summary>
    public static SiteChart? Ranking(Sight sight)
    {
        if (NationalChoice.Of(sight) is not { Benchmark: { } view } choice)
        {
            return null;
        }

        var model = view.Model(Sight.Culture);
        var results = choice.ShownResults;
        var counts = ReportModel.Count(results);
        var spec = IntervalCharts.Caterpillar("name", sorted: true, Step);
        OwnHighlight.Line(spec, spec["layer"]![1]!["encoding"]!["y"]!, "name", OwnName(choice), Step);
        spec["data"] = SiteChart.Data(
            ["name", "difference", "lower", "upper", "class"],
            results.Select(r => new JsonArray(model.Names.Municipality(r.Area), ChartData.PerCent(r.Difference), ChartData.PerCent(r.Lower), ChartData.PerCent(r.Upper), Words.Class(r.Class))));
        return new SiteChart(
            "rangorden",
            Findings.Differences(model, results),
            Reports.Texts.ExplainDifferences.With(model.CoveragePerCent),
            Texts.RankingAlternative.With(counts.Units, counts.Better, counts.AsExpected, counts.Worse),
            Sources.Line(view),
            (Step * results.Count) + Head,
            spec,
            NationalTables.Differences(choice, "rangorden"));
    }

    /// <summary>Ranks with the ranks that the uncertainty allows.</summary>
    public static SiteChart? RankSets(Sight sight)
    {
        if (NationalChoice.Of(sight) is not { } choice)
        {
            return null;
        }

        var names = sight.Names;
        var spec = IntervalCharts.RankSets("results", choice.Everyone.Max(one => Math.Max(one.Rank, one.UpperAll)), Step, [.. choice.Standings.Select(name => (JsonNode)name)]);
        if (choice.Benchmark is null)
        {
            spec["layer"]![0]!["encoding"]!["x"]!["axis"]!["title"] = Reports.Texts.MeasureAxisRank;
        }

        OwnHighlight.Line(spec, spec["encoding"]!["y"]!, "name", OwnName(choice), Step);
        spec["data"] = SiteChart.Data(
            ["name", "rank", "rankLower", "rankUpper", "simLower", "simUpper", "class"],
            choice.Shown.Select(one => new JsonArray(names.Municipality(one.Area), one.Rank, one.Lower, one.Upper, one.LowerAll, one.UpperAll, choice.Standings[one.Standing])));
        return new SiteChart(
            "pladser",
            NationalFindings.Ranks(choice),
            choice.Benchmark is { } view ? Reports.Texts.ExplainRanks.With(view.Model(Sight.Culture).CoveragePerCent) : Texts.RanksExplainMeasurement,
            Texts.RanksAlternative.With(choice.Shown.Count, choice.Shown.Count(one => one.Lower == 1)),
            Sources.Line(choice),
            (Step * choice.Shown.Count) + Head,
            spec,
            NationalTables.Places(choice, "pladser"));
    }

    /// <summary>Actual and expected for the country over time.</summary>
    public static SiteChart? Trend(Sight sight)
    {
        if (NationalChoice.Of(sight) is not { Benchmark: { } view } || view.Model(Sight.Culture) is not { } model || NationalSeries.Of(model) is not { Count: > 1 } points)
        {
            return null;
        }

        var breaks = NationalSeries.BreaksBetween(model, points[0].Period, points[^1].Period);
        var spec = MunicipalityCharts.Trend("national", model.MonthlySeries, range: false, PageData.Breaks(model));
        spec["data"] = SiteChart.Data(
            ["date", "label", "actual", "expected", "last"],
            points.Select((point, i) => new JsonArray(
                point.Period.FirstDay.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00", Words.ShortPeriod(point.Period), ChartData.PerCent(point.Actual), ChartData.PerCent(point.Expected), i == points.Count - 1)));
        return new SiteChart(
            "landet",
            $"{model.Names.Outcome(model.Headline)}: {NationalFindings.Lower(Findings.NationalTrend(model, points, breaks.Count > 0))}",
            Reports.Texts.ExplainNational,
            Reports.Texts.DescribeNational.With(points.Count),
            Sources.Line(view),
            310,
            spec,
            NationalTables.Trend(model, points));
    }

    private static string? OwnName(NationalChoice choice) => choice.Sight.Own is { } own && choice.Shown.Any(one => one.Area == own) ? choice.Sight.Names.Municipality(own) : null;

    public static string RankSet(Placed one) => one.Lower == one.Upper ? one.Lower.ToString(CultureInfo.InvariantCulture) : FormattableString.Invariant($"{one.Lower}–{one.Upper}");

    public static IReadOnlyList<int> Counts(NationalChoice choice) => [.. Enumerable.Range(0, 3).Select(standing => choice.Shown.Count(one => one.Standing == standing))];

    // Each tile leads to its municipality, wherever on it one points; pale ones are not among those looked at; the own one has a frame.
    private static void Links(JsonObject spec, NationalChoice choice)
    {
        var layers = spec["layer"]!.AsArray();
        var shared = spec["encoding"]!.AsObject();
        shared["href"] = VegaLite.Spec($$"""{"field": "url"}""");
        shared["tooltip"] = Tooltip($$"""
            {"t": [{"field": "name", "title": " "}, {"field": "text", "title": {{(choice.Benchmark is null ? Reports.Texts.ColumnRank : Reports.Texts.ColumnDifferencePp)}}}, {"field": "set", "title": {{Texts.RankSetOfAll}}}, {"field": "class", "title": {{Reports.Texts.ColumnClass}}}]}
            """);
        var tiles = layers[0]!.AsObject();
        tiles["transform"] = VegaLite.Spec($$"""{"t": [{"filter": "datum.class !== null"}]}""")["t"]!.DeepClone();
        var encoding = tiles["encoding"]!.AsObject();
        encoding.Remove("tooltip");
        encoding["color"] = VegaLite.ClassColour(names: new JsonArray([.. choice.Standings.Select(name => (JsonNode)name)]));
        layers[1]!["mark"]!["fontWeight"] = "normal";
        layers.Insert(0, VegaLite.Spec($$"""{"transform": [{"filter": "datum.class === null"}], "mark": {"type": "rect", "cornerRadius": 2, "color": {{Outside}}}, "encoding": {"tooltip": {"field": "name"} } }"""));
        layers.Add(VegaLite.Spec($$"""{"transform": [{"filter": "datum.own"}], "mark": {"type": "rect", "cornerRadius": 2, "filled": false, "stroke": "#111827", "strokeWidth": 3} }"""));
        layers.Add(VegaLite.Spec($$"""{"transform": [{"filter": "datum.own"}], "mark": {"type": "rect", "cornerRadius": 2, "filled": false, "stroke": "#ffd84d", "strokeWidth": 1.5} }"""));
    }

    private static JsonNode Tooltip(VegaLite.Json fields) => VegaLite.Spec(fields)["t"]!.DeepClone();
}
