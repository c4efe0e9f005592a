using Fikspunkt.Domain.Measurements;
using Fikspunkt.Domain.Models;
using Fikspunkt.Web.Content;
using NodaTime.Text;

namespace Fikspunkt.Web.Api;

/// <summary>What is measured, by whom, what it can tell and what not.</summary>
internal static class MeasurementQuestions
{
    public const string Benchmark = "benchmark";
    public const string Measurement = "measurement";
    private const string WithResults = "with_results";

    private static readonly ApiColumn[] Columns =
    [
        new("id", ApiType.Text, "Stable id. A benchmark model and the measurement that uses it may share one; then `kind` tells them apart."),
        new("kind", ApiType.Text, "`benchmark`: a model of actual against expected figures; `measurement`: one of the field's own measurements."),
        new("title", ApiType.Text, "Danish name."),
        new("title_en", ApiType.Text, "English name."),
        new("question", ApiType.Text, "The question it answers, in Danish."),
        new("question_en", ApiType.Text, "The question it answers."),
        new("institution", ApiType.Text, "Who made it."),
        new("reviewed", ApiType.Text, "When the definition was last reviewed."),
        new("can_tell", ApiType.Text, "What it can tell, in Danish; null where nobody wrote it down."),
        new("can_tell_en", ApiType.Text, "What it can tell."),
        new("cannot_tell", ApiType.Text, "What it cannot tell, in Danish."),
        new("cannot_tell_en", ApiType.Text, "What it cannot tell."),
        new("model", ApiType.Text, "The benchmark model that it uses."),
        new("source", ApiType.Text, "Where it is described."),
        new("outcomes", ApiType.List, "Outcomes that there are results of; empty when there are none here."),
        new("results", ApiType.Integer, "Rows of results here."),
        new("publication", ApiType.Text, "The package that its results can be recomputed from; null when there is none."),
        new("synthetic", ApiType.Boolean, "Whether its results are made up; null when there are none."),
    ];

    public static ApiOperation All { get; } = new(
        "measurements",
        "/measurements",
        "The measurements and benchmark models: definitions, and which have results here",
        "Each says what it can and cannot tell. Results are at `/results`.",
        [new(WithResults, "`true`: only those with results here.", false, _ => "true") { Values = ["true", "false"] }],
        Columns,
        (content, choices) => ApiTable.Of(Columns, choices, [.. Rows(content).Where(row => choices.First(WithResults) is not { } wanted || ((int)row[15]! > 0) == (wanted == "true"))]));

    public static ApiOperation One { get; } = new(
        "measurement",
        "/measurements/{id}",
        "One measurement or benchmark model",
        "The measurement where a benchmark model shares its id and both are asked for.",
        [],
        Columns,
        (content, choices) => Rows(content).LastOrDefault(row => (string)row[0]! == choices.Id) is { } found ? ApiTable.Of(Columns, choices, [found]) : null)
    {
        One = true,
        IdExample = content => content.Benchmarks is [var first, ..] ? first.Id : Ids(content).FirstOrDefault(),
        IdDescription = "Id of the measurement or model.",
    };

    /// <summary>Every id that may be asked for.</summary>
    public static IEnumerable<string> Ids(SiteContent content) =>
        [.. content.Definitions.Models.Keys.Concat(content.Definitions.Measurements.Keys).Concat(content.Benchmarks.Select(view => view.Id)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<object?[]> Rows(SiteContent content) =>
    [
        .. content.Definitions.Models.Values.Select(model => content.Benchmarks.FirstOrDefault(view => view.Id == model.Id)?.Content.Run.Spec ?? model)
            .Concat(content.Benchmarks.Select(view => view.Content.Run.Spec)).DistinctBy(spec => spec.Id).OrderBy(spec => spec.Id, StringComparer.Ordinal).Select(spec => Row(content, spec)),
        .. content.Definitions.Measurements.Values.OrderBy(spec => spec.Id, StringComparer.Ordinal).Select(spec => Row(content, spec)),
    ];

    private static object?[] Row(SiteContent content, ModelSpec spec)
    {
        var published = content.Benchmarks.FirstOrDefault(view => view.Id == spec.Id)?.Content;
        return
        [
            spec.Id, Benchmark, spec.Title.Da, spec.Title.En, spec.Question.Da, spec.Question.En, spec.Institution, LocalDatePattern.Iso.Format(spec.Reviewed), null, null,
            spec.CannotTell.Da, spec.CannotTell.En, null, null, Outcomes(published?.Run.Results.Select(result => result.Outcome)), published?.Run.Results.Count ?? 0, published?.PackageId, published?.Run.Synthetic,
        ];
    }

    private static object?[] Row(SiteContent content, MeasurementSpec spec)
    {
        var view = content.Published.FirstOrDefault(published => published.Result.Spec.Id == spec.Id);
        var result = view?.Result;
        return
        [
            spec.Id, Measurement, spec.Title.Da, spec.Title.En, spec.Question.Da, spec.Question.En, spec.Institution, LocalDatePattern.Iso.Format(spec.Reviewed), spec.CanTell.Da, spec.CanTell.En,
            spec.CannotTell.Da, spec.CannotTell.En, spec.Model, spec.Source, Outcomes(result?.Positions.Select(position => position.Outcome)), result?.Positions.Count ?? 0, view?.Package.PackageId, result?.Synthetic,
        ];
    }

    private static List<string> Outcomes(IEnumerable<string>? outcomes) => [.. (outcomes ?? []).Distinct(StringComparer.Ordinal)];
}
