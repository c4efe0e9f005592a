using System.Text.Json.Nodes;
using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Reports.Charts;
using Fikspunkt.Reports.Measurements;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Charts;

/// <summary>Charts of one measurement.</summary>
internal static class MeasurementDiagrams
{
    private const int Step = 14;

    /// <summary>Every municipality's position with the ranks that the uncertainty allows, first to last.</summary>
    public static SiteChart? Positions(Sight sight)
    {
        if (MeasurementEntries.Find(sight.Content, sight.Query.First(SiteQuery.Measurement)) is not { } entry || entry.Positions() is not { Count: > 0 } positions)
        {
            return null;
        }

        var (first, last) = (positions.Count(position => position.RankLower == 1), positions.Count(position => position.RankUpper == position.Units));
        return new SiteChart(
            "placeringer",
            MeasurementSection.Finding(positions),
            Reports.Texts.MeasureExplainRanks.With(Words.Period(positions[0].Period)),
            Texts.PositionsAlternative.With(positions.Count, first, last),
            Source(entry),
            120 + (Step * positions.Count),
            Spec(positions, sight),
            Table(entry, positions));
    }

    /// <summary>Where a measurement's figures come from.</summary>
    public static string Source(MeasurementEntry entry) => entry.Result is { } result
        ? Texts.MeasurementSourceLine.With(string.Join("; ", result.Vintages.Select(vintage => $"{vintage.Source}, {vintage.Table}, {Words.Retrieved(vintage)}").Distinct(StringComparer.Ordinal)), entry.Package is { } package ? Texts.MeasurementSourcePackage.With(package.PackageId[..12]) : "").TrimEnd()
        : Sources.Line(entry.Benchmark!);

    private static JsonObject Spec(IReadOnlyList<MeasuredPosition> positions, Sight sight)
    {
        // Within clusters each has its own number of ranks: there all are shown as shares of the cluster.
        var units = positions.Select(position => position.Units).Distinct().ToList();
        var percentiles = units.Count > 1;
        var (low, high) = percentiles ? (0.0, 100.0) : (1.0, units[0]);
        var verdicts = positions.Any(position => position.Class is not null);
        JsonNode colour = verdicts
            ? VegaLite.ClassColour(names: [MeasurementModel.Class(SignificanceClass.Better), MeasurementModel.Class(SignificanceClass.AsExpected), MeasurementModel.Class(SignificanceClass.Worse)])
            : VegaLite.Spec($$"""{"value": {{VegaLite.Ink}}}""");
        var spec = VegaLite.Spec($$"""
            {
              "width": "container", "height": {"step": {{(double)Step}}},
              "encoding": {
                "y": {"field": "name", "type": "nominal", "sort": null, "axis": {"title": null, "labelFontSize": 11, "ticks": false, "domain": false, "grid": true, "gridColor": "#f3f4f6", "labelOverlap": false,
                  "labelFontWeight": {"condition": {"test": {{OwnTest(sight)}}, "value": "bold"}, "value": "normal"} } },
                "color": {{colour}}
              },
              "layer": [
                {"transform": [{"filter": "datum.own"}], "mark": {"type": "rect", "color": "#fff3c4", "height": {{(double)Step}}}, "encoding": {"x": {"datum": {{low}}, "type": "quantitative"}, "x2": {"datum": {{high}}}, "color": {"value": "#fff3c4"} } },
                {"mark": {"type": "rule", "strokeWidth": 4, "opacity": 0.55}, "encoding": {
                  "x": {"field": "lower", "type": "quantitative", "scale": {"domain": [{{low}}, {{high}}], "nice": false}, "axis": {"orient": "top", "title": {{(percentiles ? Reports.Texts.MeasureAxisPercentile : Reports.Texts.MeasureAxisRank)}}, "format": "d", "labelOverlap": true} },
                  "x2": {"field": "upper"} } },
                {"mark": {"type": "point", "filled": false, "fill": "white", "size": 40, "opacity": 1, "strokeWidth": 2}, "encoding": {
                  "x": {"field": "rank", "type": "quantitative"},
                  "tooltip": [{"field": "name", "title": " "}, {"field": "rank", "title": {{Reports.Texts.ColumnRank}}}, {"field": "lower", "title": {{Reports.Texts.ColumnRankLower}}}, {"field": "upper", "title": {{Reports.Texts.ColumnRankUpper}}}, {"field": "verdict", "title": {{Reports.Texts.ColumnClass}}}] } }
              ]
            }
            """);
        spec["data"] = SiteChart.Data(
            ["name", "rank", "lower", "upper", "verdict", "class", "own"],
            positions.Select(position => new JsonArray(
                sight.Names.Municipality(position.Area),
                percentiles ? Math.Round(position.Percentile, 1) : position.Rank,
                percentiles ? Math.Round(position.PercentileLower, 1) : position.RankLower,
                percentiles ? Math.Round(position.PercentileUpper, 1) : position.RankUpper,
                MeasurementModel.Verdict(position),
                position.Class is { } verdict ? MeasurementModel.Class(verdict) : "",
                position.Area == sight.Own)));
        return spec;
    }

    private static string OwnTest(Sight sight) => sight.Own is { } own ? $"datum.label === '{sight.Names.Municipality(own).Replace("'", "\\'", StringComparison.Ordinal)}'" : "false";

    private static MeasurementTable Table(MeasurementEntry entry, IReadOnlyList<MeasuredPosition> positions)
    {
        var categories = positions.Any(position => position.Category is not null);
        return new MeasurementTable(
            "placeringer",
            SiteChart.Here(Texts.PositionsCaption.With(entry.Title, Words.ShortPeriod(positions[0].Period))),
            SiteChart.Here(Reports.Texts.MeasureExplainRanks.With(Words.Period(positions[0].Period))),
            [
                new("municipality", new("Kommune", "Municipality"), ColumnKind.Area),
                new("rank", new("Plads", "Rank"), ColumnKind.Count),
                new("rank_lower", new("Bedste mulige plads", "Best possible rank"), ColumnKind.Count),
                new("rank_upper", new("Dårligste mulige plads", "Worst possible rank"), ColumnKind.Count),
                new("units", new("Ud af", "Out of"), ColumnKind.Count),
                new("verdict", categories ? new("Kategori", "Category") : new("Vurdering", "Verdict"), ColumnKind.Text),
            ],
            [.. positions.Select(position => (IReadOnlyList<object?>)[position.Area, position.Rank, position.RankLower, position.RankUpper, position.Units, MeasurementModel.Verdict(position)])]);
    }
}
