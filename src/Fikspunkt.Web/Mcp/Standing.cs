using System.Globalization;
using System.Text.Json;
using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Web.Api;
using Fikspunkt.Web.Charts;
using Fikspunkt.Web.Content;

namespace Fikspunkt.Web.Mcp;

/// <summary>Where one municipality stands on everything there is, in the careful sentences that the site and the reports use.</summary>
internal static class Standing
{
    private const int MostContributions = 5;
    private static readonly ApiParameter Area = ApiFilters.AreaParameter with { Many = false, Description = "The municipality, by official code (`851`) or name (`Aalborg`)." };

    public static ApiOperation Operation { get; } = new(
        "standing",
        "/standing",
        "Where one municipality stands on every benchmark and measurement",
        "Sentences that claim no more than the intervals allow, with the newest result of each outcome, what the expectation is made of, and the sources.",
        [Area],
        [],
        (_, _) => null)
    { One = true };

    /// <summary>Answers for the area asked for.</summary>
    /// <exception cref="InputException">It is no municipality.</exception>
    public static string Answer(SiteContent content, ApiChoices choices)
    {
        var code = ApiFilters.Areas(content, choices)!.First();
        var municipality = content.Municipality(code) ?? throw ApiChoices.Unknown(ApiFilters.Area, choices.First(ApiFilters.Area)!, content.Definitions.Municipalities.Select(known => known.Name));
        return JsonAnswer.Text(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("version", content.Version);
            writer.WriteBoolean("synthetic", content.Synthetic);
            if (content.Synthetic)
            {
                writer.WriteString("notice", Texts.SyntheticBanner);
            }

            writer.WriteString("area", code);
            writer.WriteString("name", municipality.NameIn(CultureInfo.CurrentUICulture));
            writer.WriteStartArray("benchmarks");
            foreach (var view in content.Benchmarks)
            {
                Benchmark(writer, view, code);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("measurements");
            foreach (var result in content.Measurements)
            {
                Measurement(writer, result, code);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void Benchmark(Utf8JsonWriter writer, BenchmarkView view, string code)
    {
        var culture = CultureInfo.CurrentUICulture;
        var model = view.Model(culture);
        var spec = view.Content.Run.Spec;
        writer.WriteStartObject();
        writer.WriteString("id", view.Id);
        writer.WriteString("title", spec.Title.In(culture));
        writer.WriteString("cannot_tell", spec.CannotTell.In(culture));
        writer.WriteString("period", model.Latest.ToString());
        writer.WriteString("source", Sources.Line(view));
        writer.WriteString("publication", view.Content.PackageId);
        JsonAnswer.WriteSources(writer, [.. view.Content.Run.Vintages.Select(ApiSource.Of)]);
        writer.WriteStartArray("outcomes");
        foreach (var (outcome, result) in model.Outcomes.Select(outcome => (outcome, Result: model.Find(code, outcome))).Where(pair => pair.Result is not null).OrderBy(pair => pair.outcome != model.Headline))
        {
            Outcome(writer, model, outcome, result!);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("left_out");
        foreach (var exclusion in view.Content.Run.Exclusions.Where(exclusion => exclusion.Area == code && (exclusion.Period is not { } period || period == model.Latest)))
        {
            writer.WriteStringValue(Words.Exclusion(exclusion, model.Names));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Outcome(Utf8JsonWriter writer, ReportModel model, string outcome, AreaResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("outcome", outcome);
        writer.WriteString("name", model.Names.Outcome(outcome));
        writer.WriteBoolean("headline", outcome == model.Headline);
        writer.WriteString("class", ResultsCsv.ClassId(result.Class));
        writer.WriteString("position", Findings.Position(model, result));
        writer.WriteString("rank", Findings.Rank(model, result, model.Of(outcome).Count));
        writer.WriteString("persons", Findings.Persons(model, result));
        writer.WriteString("money", Findings.Kroner(model, result));
        writer.WriteStartArray("why_this_expectation");
        foreach (var part in result.Contributions.OrderByDescending(part => Math.Abs(part.Share)).Take(MostContributions))
        {
            writer.WriteStartObject();
            writer.WriteString("condition", model.Names.Covariate(part.Covariate));
            writer.WriteString("moves_the_expectation_by", model.Numbers.Points(part.Share));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Measurement(Utf8JsonWriter writer, Benchmarks.Measurements.MeasurementResult result, string code)
    {
        var culture = CultureInfo.CurrentUICulture;
        writer.WriteStartObject();
        writer.WriteString("id", result.Spec.Id);
        writer.WriteString("title", result.Spec.Title.In(culture));
        writer.WriteString("cannot_tell", result.Spec.CannotTell.In(culture));
        JsonAnswer.WriteSources(writer, [.. result.Vintages.Select(ApiSource.Of)]);
        writer.WriteStartArray("positions");
        foreach (var position in result.Positions.Where(position => position.Area == code))
        {
            writer.WriteStartObject();
            writer.WriteString("outcome", position.Outcome);
            writer.WriteString("period", position.Period.ToString());
            writer.WriteNumber("rank", position.Rank);
            writer.WriteNumber("rank_lower", position.RankLower);
            writer.WriteNumber("rank_upper", position.RankUpper);
            writer.WriteNumber("units", position.Units);
            writer.WriteString("class", position.Class is { } significance ? ResultsCsv.ClassId(significance) : null);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("statements");
        foreach (var statement in result.Statements.Where(statement => statement.Area == code))
        {
            writer.WriteStringValue(statement.Text.In(culture));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
