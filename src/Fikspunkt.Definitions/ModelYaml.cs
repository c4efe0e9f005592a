using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fikspunkt.Definitions.Reading;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using NodaTime.Text;

namespace Fikspunkt.Definitions;

/// <summary>Writes a benchmark model as a file for <c>definitions/models/</c>: what <see cref="DefinitionLoader.Load"/> reads back is the same model.</summary>
public static class ModelYaml
{
    private static readonly JsonSerializerOptions Quoting = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The model as YAML. The file's name must be the model's id with <c>.yaml</c>.</summary>
    public static string Write(ModelSpec spec)
    {
        var text = new StringBuilder();
        void Line(int depth, string key, string value) => text.Append(' ', 2 * depth).Append(key).Append(": ").Append(value).Append('\n');
        void Open(string key) => text.Append(key).Append(":\n");
        void Optional(int depth, string key, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                Line(depth, key, Quoted(value));
            }
        }

        Line(0, "id", spec.Id);
        Line(0, "kind", Word(spec.Kind));
        Line(0, "title", Both(spec.Title));
        Line(0, "question", Both(spec.Question));
        Line(0, "institution", Quoted(spec.Institution));
        Line(0, "reviewed", LocalDatePattern.Iso.Format(spec.Reviewed));
        Line(0, "cannot_tell", Both(spec.CannotTell));
        Line(0, "tables", List(spec.Tables));
        Open("periods");
        Line(1, "kind", Word(spec.Periods.Kind));
        Line(1, "select", List(spec.Periods.Select));
        Line(1, "trend_months", Number(spec.Periods.TrendMonths));
        Open("outcomes");
        foreach (var outcome in spec.Outcomes)
        {
            Line(1, "- id", outcome.Id);
            Line(2, "name", Both(outcome.Name));
            Line(2, "indicator", outcome.Indicator);
            Optional(2, "breakdown", outcome.Breakdown);
            Line(2, "scale", Word(outcome.Scale));
            Optional(2, "expected_indicator", outcome.ExpectedIndicator);
            Optional(2, "rank_indicator", outcome.RankIndicator);
            Line(2, "rounding", Number(outcome.Rounding));
            Optional(2, "benefit_group", outcome.BenefitGroup);
        }

        if (spec.Total is { } total)
        {
            Open("total");
            Line(1, "id", total.Id);
            Line(1, "name", Both(total.Name));
            Line(1, "over", List(total.Over));
        }

        Open("exposure");
        Line(1, "indicator", spec.Exposure.Indicator);
        Optional(1, "breakdown", spec.Exposure.Breakdown);
        Line(1, "nearest_period", YesNo(spec.Exposure.NearestPeriod));
        if (spec.Covariates.Count > 0)
        {
            Open("covariates");
        }

        foreach (var covariate in spec.Covariates)
        {
            Line(1, "- id", covariate.Id);
            Line(2, "name", Both(covariate.Name));
            Line(2, "indicator", covariate.Indicator);
            Optional(2, "breakdown", covariate.Breakdown);
            Line(2, "transform", Word(covariate.Transform));
            Line(2, "nearest_period", YesNo(covariate.NearestPeriod));
        }

        Line(0, "minimum_exposure", Number(spec.MinimumExposure));
        Open("estimator");
        Line(1, "family", Word(spec.Estimator.Family));
        Line(1, "weight_by_exposure", YesNo(spec.Estimator.WeightByExposure));
        Line(1, "pooled", YesNo(spec.Estimator.Pooled));
        Line(1, "leave_one_out", YesNo(spec.Estimator.LeaveOneOut));
        Open("noise");
        Line(1, "model", Word(spec.Noise.Model));
        if (spec.Noise.Overdispersion is { } overdispersion)
        {
            Line(1, "overdispersion", Number(overdispersion));
        }

        Open("ranking");
        Line(1, "by", Word(spec.Ranking.By));
        Line(1, "coverage", Number(spec.Ranking.Coverage));
        Line(1, "draws", Number(spec.Ranking.Draws));
        Line(1, "seed", Number(spec.Ranking.Seed));
        if (spec.PublishedFigures is { } figures)
        {
            Open("published_figures");
            Line(1, "actual_share", figures.ActualShare);
            Line(1, "expected_share", figures.ExpectedShare);
            Line(1, "difference_persons", figures.DifferencePersons);
            Line(1, "difference_share", figures.DifferenceShare);
            Line(1, "share_rounding", Number(figures.ShareRounding));
            Line(1, "sensitivity", $"[{string.Join(", ", figures.Sensitivity.Select(Number))}]");
            Line(1, "replications", Number(figures.Replications));
        }

        return text.ToString();
    }

    private static string Both(LocalizedText text) => $"{{da: {Quoted(text.Da)}, en: {Quoted(text.En)}}}";

    // A JSON string is a YAML string.
    private static string Quoted(string text) => JsonSerializer.Serialize(text, Quoting);

    private static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Quoted))}]";

    private static string Word<T>(T value)
        where T : struct, Enum => MapReader.Kebab(value.ToString());

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string YesNo(bool value) => value ? "true" : "false";
}
