using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Domain.Models;
using Fikspunkt.Web.Hosting;
using NodaTime;
using ReportedMeasurements = Fikspunkt.Reports.Measurements.MeasurementModel;

namespace Fikspunkt.Web.Content;

/// <summary>A measurement or a benchmark model, with its results where they are published.</summary>
/// <param name="Id">Id in addresses and commands.</param>
/// <param name="Measurement">The measurement's definition; <see langword="null"/> for a benchmark model that stands by itself.</param>
/// <param name="Result">The measurement's published result.</param>
/// <param name="Model">The benchmark model: the one itself, or the one that the measurement builds on. As published, where it is.</param>
/// <param name="Benchmark">The model's publication.</param>
/// <param name="Package">The package of the measurement's result.</param>
internal sealed record MeasurementEntry(string Id, MeasurementSpec? Measurement, MeasurementResult? Result, ModelSpec? Model, BenchmarkView? Benchmark, ReadPackage? Package)
{
    public LocalizedText Title => Measurement?.Title ?? Model!.Title;

    public LocalizedText Question => Measurement?.Question ?? Model!.Question;

    public string Institution => Measurement?.Institution ?? Model!.Institution;

    public LocalDate Reviewed => Measurement?.Reviewed ?? Model!.Reviewed;

    public LocalizedText CannotTell => Measurement?.CannotTell ?? Model!.CannotTell;

    /// <summary>Whether it has results here of its own.</summary>
    public bool Published => Result is not null || (Measurement is null && Benchmark is not null);

    /// <summary>Whether its figures are made up.</summary>
    public bool Synthetic => Result?.Synthetic ?? Benchmark?.Content.Run.Synthetic ?? false;

    /// <summary>The positions on the overall outcome in the latest period, first to last; none where nothing is published.</summary>
    public IReadOnlyList<MeasuredPosition> Positions()
    {
        if (Result is { } result)
        {
            return ReportedMeasurements.Overall(result);
        }

        if (Measurement is not null || Benchmark is not { } benchmark)
        {
            return [];
        }

        var results = benchmark.Model(Languages.Danish).Results;
        return
        [
            .. results.Select(r => new MeasuredPosition(
                r.Area, r.Outcome, r.Period, r.Difference, r.StandardError, r.Lower, r.Upper, r.Rank, r.RankLower, r.RankUpper, results.Count, r.Class, Category: null)),
        ];
    }
}

/// <summary>Everything that measures municipalities here: the field's measurements, then the models that stand by themselves.</summary>
internal static class MeasurementEntries
{
    public static IReadOnlyList<MeasurementEntry> Of(SiteContent content)
    {
        var (definitions, results) = (content.Definitions, content.Published.ToDictionary(view => view.Result.Spec.Id, StringComparer.Ordinal));
        var measurements = definitions.Measurements.Values.Concat(results.Values.Select(view => view.Result.Spec)).DistinctBy(spec => spec.Id)
            .Select(spec => results.GetValueOrDefault(spec.Id)?.Result.Spec ?? spec).OrderBy(spec => spec.Kind).ThenBy(spec => spec.Id, StringComparer.Ordinal).ToList();
        var models = content.Benchmarks.Select(view => view.Content.Run.Spec).Concat(definitions.Models.Values.OrderBy(model => model.Id, StringComparer.Ordinal)).DistinctBy(model => model.Id).ToList();
        BenchmarkView? View(string? id) => content.Benchmarks.FirstOrDefault(view => view.Id == id);
        return
        [
            .. measurements.Select(spec => new MeasurementEntry(spec.Id, spec, results.GetValueOrDefault(spec.Id)?.Result, models.FirstOrDefault(model => model.Id == spec.Model), View(spec.Model), results.GetValueOrDefault(spec.Id)?.Package)),
            .. models.Where(model => measurements.TrueForAll(spec => spec.Id != model.Id)).Select(model => new MeasurementEntry(model.Id, null, null, model, View(model.Id), null)),
        ];
    }

    public static MeasurementEntry? Find(SiteContent content, string? id) => Of(content).FirstOrDefault(entry => entry.Id == id);
}
