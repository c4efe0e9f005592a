using System.Text.Json.Nodes;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Reports.Charts;
using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;
using NodaTime.Text;
using Period = Fikspunkt.Domain.Period;

namespace Fikspunkt.Web.Charts;

/// <summary>How the municipalities' values of an indicator lay in a period.</summary>
/// <param name="Period">Period.</param>
/// <param name="Count">Municipalities that have a value.</param>
/// <param name="Low">A tenth lies below.</param>
/// <param name="LowerQuarter">A quarter lies below.</param>
/// <param name="Middle">Half lies below.</param>
/// <param name="UpperQuarter">A quarter lies above.</param>
/// <param name="High">A tenth lies above.</param>
/// <param name="Own">The own municipality's value.</param>
internal sealed record Spread(Period Period, int Count, double Low, double LowerQuarter, double Middle, double UpperQuarter, double High, double? Own);

/// <summary>Charts of one indicator.</summary>
internal static class IndicatorDiagrams
{
    private const string Name = "noegletal-spredning";

    /// <summary>The spread over the municipalities, period by period, and the own municipality.</summary>
    public static SiteChart? OverTime(Sight sight)
    {
        if (IndicatorCatalogue.Find(sight.Content, sight.Query.First(SiteQuery.Indicator)) is not { } entry || Chosen(entry, sight.Query) is not { } series)
        {
            return null;
        }

        var spread = Spreads(series, sight.Content.Definitions, sight.Own);
        if (spread.Count < 2)
        {
            return null;
        }

        var (indicator, last, culture) = (entry.Indicator, spread[^1], Sight.Culture);
        string Number(double value) => sight.Numbers.Fixed(value, indicator.Decimals);
        var unit = indicator.Unit.In(culture);
        var name = Title(sight.Content.Definitions, entry.Indicator, series);
        return new SiteChart(
            Name,
            Texts.SpreadTitle.With(Number(last.Middle), unit, Words.ShortPeriod(last.Period), Number(last.LowerQuarter), Number(last.UpperQuarter)),
            Texts.SpreadExplain,
            Texts.SpreadAlternative.With(name, Words.ShortPeriod(spread[0].Period), Words.ShortPeriod(last.Period), Number(spread[0].Middle), Number(last.Middle), unit),
            Texts.IndicatorSourceLine.With(series.Vintage.Source, series.Vintage.Table, Words.Date(series.Vintage.Retrieved.InUtc().Date), series.Vintage.Id),
            360,
            Spec(sight, series, spread, unit),
            Table(sight, name, unit, spread));
    }

    /// <summary>The series that the query names, else the first.</summary>
    public static FigureSeries? Chosen(IndicatorEntry entry, SiteQuery query) =>
        entry.Series.FirstOrDefault(series => series.Breakdown == query.First(SiteQuery.Breakdown)) ?? (entry.Series is [var first, ..] ? first : null);

    public static string Title(DefinitionSet definitions, Indicator indicator, FigureSeries series) =>
        indicator.Name.In(Sight.Culture) + (series.Breakdown.Length == 0 ? "" : $" ({IndicatorCatalogue.Breakdown(definitions, series.Breakdown, Sight.Culture)})");

    /// <summary>The spread of the kind of period that there is most of; only municipalities count, and only what has a value.</summary>
    public static IReadOnlyList<Spread> Spreads(FigureSeries series, DefinitionSet definitions, string? own)
    {
        var municipalities = definitions.Municipalities.Select(municipality => municipality.Code).ToHashSet(StringComparer.Ordinal);
        int[] rows = [.. Enumerable.Range(0, series.Areas.Length).Where(row => municipalities.Contains(series.Areas[row]))];
        var kind = series.Periods.CountBy(period => period.Kind).MaxBy(pair => pair.Value).Key;
        var spreads = new List<Spread>();
        for (var p = 0; p < series.Periods.Length; p++)
        {
            double[] values = [.. rows.Select(row => series.Values[(row * series.Periods.Length) + p]).Where(double.IsFinite)];
            if (series.Periods[p].Kind == kind && values.Length > 0)
            {
                double At(double share) => Quantiles.Type7InPlace(values, share);
                spreads.Add(new Spread(series.Periods[p], values.Length, At(0.1), At(0.25), At(0.5), At(0.75), At(0.9), own is null ? null : series.Find(own, series.Periods[p])?.Value));
            }
        }

        return spreads;
    }

    private static JsonObject Spec(Sight sight, FigureSeries series, IReadOnlyList<Spread> spread, string axis)
    {
        var own = sight.Own is { } code ? sight.Names.Municipality(code) : "";
        var breaks = IndicatorCatalogue.Breaks(sight.Content.Definitions, series);
        var x = VegaLite.Spec($$"""{"field": "date", "type": "temporal", "axis": {"title": null, "format": {{(spread[0].Period.Kind is PeriodKind.Year or PeriodKind.RollingYear ? "%Y" : "%b %Y")}}, "tickCount": 6, "labelOverlap": true, "grid": false} }""");
        var tooltip = VegaLite.Spec($$"""
            {"t": [{"field": "label", "title": " "}, {"field": "middle", "title": {{Texts.SpreadMiddle}}, "format": ",.2~f"}, {"field": "q1", "title": {{Texts.SpreadLowerQuarter}}, "format": ",.2~f"}, {"field": "q3", "title": {{Texts.SpreadUpperQuarter}}, "format": ",.2~f"}]}
            """)["t"]!;
        var spec = VegaLite.Spec($$"""
            {
              "width": "container", "height": 300,
              "encoding": {"x": {{x}}},
              "layer": [
                {"mark": {"type": "area", "color": {{VegaLite.Grey}}, "opacity": 0.14}, "encoding": {"y": {"field": "low", "type": "quantitative", "scale": {"zero": false}, "axis": {"title": {{axis}}} }, "y2": {"field": "high"} } },
                {"mark": {"type": "area", "color": {{VegaLite.Grey}}, "opacity": 0.24}, "encoding": {"y": {"field": "q1", "type": "quantitative"}, "y2": {"field": "q3"} } },
                {"mark": {"type": "line", "color": {{VegaLite.Ink}}, "strokeWidth": 2, "point": {"filled": true, "size": 14, "color": {{VegaLite.Ink}}} }, "encoding": {"y": {"field": "middle", "type": "quantitative"}, "tooltip": {{tooltip}} } },
                {"mark": {"type": "line", "color": {{VegaLite.Blue}}, "strokeWidth": 3}, "encoding": {"y": {"field": "own", "type": "quantitative"} } },
                {"data": {"values": {{Lines(breaks)}}}, "mark": {"type": "rule", "color": "#4b5563", "strokeDash": [2, 3], "strokeWidth": 1.5}, "encoding": {"tooltip": {"field": "title"} } },
                {{Label("middle", Texts.SpreadMiddleLabel, VegaLite.Ink, "white", 4)}}, {{Label("middle", Texts.SpreadMiddleLabel, VegaLite.Ink, null, 0)}},
                {{Label("own", own, VegaLite.Blue, "white", 4)}}, {{Label("own", own, VegaLite.Blue, null, 0)}}
              ]
            }
            """);
        spec["data"] = SiteChart.Data(
            ["date", "label", "low", "q1", "middle", "q3", "high", "own", "last"],
            spread.Select((one, i) => new JsonArray(
                LocalDatePattern.Iso.Format(one.Period.Kind == PeriodKind.RollingYear ? one.Period.LastDay : one.Period.FirstDay), Words.ShortPeriod(one.Period),
                one.Low, one.LowerQuarter, one.Middle, one.UpperQuarter, one.High, one.Own, i == spread.Count - 1)));
        return spec;
    }

    private static JsonArray Lines(IReadOnlyList<SeriesBreak> breaks) =>
        [.. breaks.Select(one => (JsonNode)new JsonObject { ["date"] = LocalDatePattern.Iso.Format(one.Date), ["title"] = one.Title.In(Sight.Culture) })];

    // A broad white edge keeps the label legible on top of lines.
    private static JsonObject Label(string field, string text, string colour, string? edge, int width)
    {
        var mark = VegaLite.Spec($$"""{"type": "text", "align": "right", "dx": -4, "dy": -9, "fontWeight": 600, "fontSize": 12, "color": {{colour}}}""");
        if (edge is not null)
        {
            mark["stroke"] = edge;
            mark["strokeWidth"] = width;
        }

        return VegaLite.Spec($$"""{"transform": [{"filter": {{$"datum.last && isValid(datum.{field})"}}}], "mark": {{mark}}, "encoding": {"y": {"field": {{field}}, "type": "quantitative"}, "text": {"value": {{text}}} } }""");
    }

    private static MeasurementTable Table(Sight sight, string name, string unit, IReadOnlyList<Spread> spread)
    {
        List<MeasurementColumn> columns =
        [
            new("period", new("Periode", "Period"), ColumnKind.Text),
            new("municipalities", new("Kommuner med tal", "Municipalities with figures"), ColumnKind.Count),
            new("tenth", new("En tiendedel ligger under", "A tenth lies below"), ColumnKind.Number),
            new("lower_quarter", new("En fjerdedel ligger under", "A quarter lies below"), ColumnKind.Number),
            new("middle", new("Midterste kommune", "Middle municipality"), ColumnKind.Number),
            new("upper_quarter", new("En fjerdedel ligger over", "A quarter lies above"), ColumnKind.Number),
            new("ninth", new("En tiendedel ligger over", "A tenth lies above"), ColumnKind.Number),
        ];
        if (sight.Own is { } own)
        {
            columns.Add(new("own", SiteChart.Here(sight.Names.Municipality(own)), ColumnKind.Number));
        }

        return new MeasurementTable(
            Name,
            SiteChart.Here($"{name}, {unit}"),
            SiteChart.Here(Texts.SpreadExplain),
            columns,
            [
                .. spread.Select(one => (IReadOnlyList<object?>)
                [
                    Words.ShortPeriod(one.Period), one.Count, one.Low, one.LowerQuarter, one.Middle, one.UpperQuarter, one.High,
                    .. sight.Own is null ? Array.Empty<object?>() : [one.Own],
                ]),
            ]);
    }
}
