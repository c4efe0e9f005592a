using System.Text.Json.Nodes;
using Fikspunkt.Benchmarks.Published;
using Fikspunkt.Domain;
using Fikspunkt.Reports.Charts;
using Fikspunkt.Reports.Html;

namespace Fikspunkt.Reports;

/// <summary>Data and charts that only a published expectation has.</summary>
internal static class PublishedData
{
    public static void Add(ReportModel model, PublishedAnalysis published, JsonObject charts, JsonObject data)
    {
        charts["views"] = IntervalCharts.RankSets("views", model.Results.Count, step: 13);
        data["views"] = Views(model, published);
        var movements = published.Movements.Where(row => row.Outcome == model.Headline).ToList();
        if (movements.Count == 0)
        {
            return;
        }

        var shown = PublishedSection.Shown(movements);
        var kinds = shown.Noise.Select(noise => Texts.ColumnNoiseAlone.With(PublishedSection.Noise(noise.Noise).ToLower(model.Culture))).Prepend(Texts.ColumnObserved).ToList();
        charts["movement"] = MovementChart.Shifts(new JsonArray([.. kinds.Select(kind => (JsonNode)kind)]));
        data["movement"] = ChartData.Rows(["shift", "kind", "municipalities"], PublishedSection.ShiftLabels.SelectMany((label, i) =>
            shown.Noise.Select(noise => noise.Shifts[i]).Prepend(shown.Shifts[i]).Select((count, k) => new JsonArray((JsonNode)label, kinds[k], Math.Round(count, 2)))));
    }

    private static JsonObject Views(ReportModel model, PublishedAnalysis published) => ChartData.Rows(
        ["view", "name", "rank", "rankLower", "rankUpper", "simLower", "simUpper", "class"],
        published.Positions.Where(row => row.Outcome == model.Headline && row.Period == model.Latest).OrderBy(row => row.Rank).Select(row => new JsonArray(
            row.View == NoiseView.Chance ? "chance" : "persistence", model.Names.Municipality(row.Area), row.Rank, row.RankLower, row.RankUpper, row.RankLowerSimultaneous, row.RankUpperSimultaneous, Words.Class(row.Class))));
}
