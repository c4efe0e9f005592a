using System.Globalization;
using NodaTime;

namespace Fikspunkt.Domain.Measurements;

/// <summary>The kinds of measurement; each has a class that computes it.</summary>
public enum MeasurementKind
{
    /// <summary>The ministry's benchmark: actual and expected full-time persons on some benefits.</summary>
    MinistryBenchmark,

    /// <summary>The ministry's benchmark as published, its expectation taken as given.</summary>
    PublishedBenchmark,

    /// <summary>KL's: all benefit groups, and what leaving some of them out does.</summary>
    AllBenefits,

    /// <summary>Rigsrevisionen and VIVE's: efficiency of jobcentres against the best.</summary>
    JobcentreEfficiency,

    /// <summary>AKF's: time from residence to work or education, in five categories.</summary>
    IntegrationDurations,

    /// <summary>KL and Deloitte's: key figures ranked within clusters of comparable jobcentres.</summary>
    ClusterRanks,

    /// <summary>As on jobindsats.dk: an indicator beside those of others.</summary>
    IndicatorComparison,

    /// <summary>The state's goals and enhanced supervision.</summary>
    StateSupervision,

    /// <summary>What changed between two releases, and why.</summary>
    ReleaseChange,

    /// <summary>For each weak point the municipalities that are alike and do better, surely and lastingly.</summary>
    WhomToCall,

    /// <summary>Every other measurement on one scale, and how much the choices behind a measurement decide.</summary>
    SideBySide,
}

/// <summary>What critics hold against a measurement, and how that is met here.</summary>
/// <param name="Text">The objection.</param>
/// <param name="Answer">How it is met, or that it is not.</param>
public sealed record Objection(LocalizedText Text, LocalizedText Answer);

/// <summary>What the sources leave open, and what was chosen.</summary>
/// <param name="Text">What is open.</param>
/// <param name="Choice">The choice.</param>
public sealed record OpenPoint(LocalizedText Text, LocalizedText Choice);

/// <summary>A measurement as data. Read from <c>definitions/measurements/*.yaml</c>.</summary>
/// <param name="Id">Stable id, the name of the file.</param>
/// <param name="Kind">What computes it.</param>
/// <param name="Title">Name.</param>
/// <param name="Question">The question it answers, in one sentence.</param>
/// <param name="Institution">Who made it.</param>
/// <param name="Source">Where it is described.</param>
/// <param name="Reviewed">When the definition was last reviewed.</param>
/// <param name="CanTell">What it can say.</param>
/// <param name="CannotTell">What it cannot say.</param>
/// <param name="Model">Id of the benchmark model that gives actual and expected figures, or <see langword="null"/> when it needs none.</param>
/// <param name="Tables">Ids of further tables it reads.</param>
/// <param name="Objections">What critics say.</param>
/// <param name="OpenPoints">What the sources leave open.</param>
/// <param name="Settings">Its parameters, as written; <see cref="MeasurementSchema"/> says which a kind has.</param>
/// <param name="Rules">Lists of parameters, as the state's goals are; empty where the kind has none.</param>
public sealed record MeasurementSpec(
    string Id,
    MeasurementKind Kind,
    LocalizedText Title,
    LocalizedText Question,
    string Institution,
    string Source,
    LocalDate Reviewed,
    LocalizedText CanTell,
    LocalizedText CannotTell,
    string? Model,
    IReadOnlyList<string> Tables,
    IReadOnlyList<Objection> Objections,
    IReadOnlyList<OpenPoint> OpenPoints,
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyList<IReadOnlyDictionary<string, string>> Rules)
{
    /// <summary>A parameter as text; empty when not set.</summary>
    public string Text(string name) => Settings.GetValueOrDefault(name, string.Empty);

    /// <summary>A parameter as texts, written with commas between.</summary>
    public IReadOnlyList<string> List(string name) => Text(name).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A parameter as a number.</summary>
    /// <exception cref="InputException">It is missing or no number.</exception>
    public double Number(string name) => double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw new InputException(new InputProblem(Texts.SettingNotANumber.With(name), $"definitions/measurements/{Id}.yaml", Found: Text(name)));

    /// <summary>A parameter as numbers, written with commas between.</summary>
    /// <exception cref="InputException">One of them is no number.</exception>
    public IReadOnlyList<double> Numbers(string name) => [.. List(name).Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw new InputException(new InputProblem(Texts.SettingNotANumber.With(name), $"definitions/measurements/{Id}.yaml", Found: text)))];
}

/// <summary>Which parameters each kind of measurement has.</summary>
public static class MeasurementSchema
{
    /// <summary>The parameters that a file of the kind must set.</summary>
    public static IReadOnlyList<string> Required(MeasurementKind kind) => kind switch
    {
        MeasurementKind.MinistryBenchmark => ["benefits"],
        MeasurementKind.AllBenefits => ["left_out"],
        MeasurementKind.JobcentreEfficiency =>
        [
            "results", "further_results", "accounts", "elsewhere", "moved", "environment", "weakest", "weakest_of", "minimum_population",
            "replications", "row_replications", "rank_draws", "chance_draws", "seed", "order_m", "order_alpha",
        ],
        MeasurementKind.ReleaseChange => ["from_benefits", "to_benefits"],
        MeasurementKind.ClusterRanks =>
        [
            "cluster_rule", "clusters", "samples", "overall", "ties", "selected", "per_region", "per_size", "coverage", "draws", "seed",
        ],
        MeasurementKind.IntegrationDurations =>
        [
            "work_months", "work_hours", "education_months", "interval_months", "age_from", "traits", "conditions", "minimum_persons", "marked", "coverage", "draws", "seed",
        ],
        MeasurementKind.WhomToCall => ["periods", "nearest", "farthest", "named", "rank_draws"],
        MeasurementKind.SideBySide => ["error", "rank_draws"],
        MeasurementKind.StateSupervision => ["citizens", "cells", "cells_offers", "cells_conversations", "cells_long_course_weeks", "cells_window_weeks", "benchmark"],
        MeasurementKind.IndicatorComparison => ["indicator", "base", "peers", "neighbours", "clusters"],
        _ => [],
    };

    /// <summary>The parameters that it may set besides.</summary>
    public static IReadOnlyList<string> Optional(MeasurementKind kind) => kind switch
    {
        MeasurementKind.AllBenefits => ["benefits"],
        MeasurementKind.JobcentreEfficiency => ["against"],
        MeasurementKind.ReleaseChange => ["from_period", "to_period"],
        MeasurementKind.StateSupervision => ["exempt", "period", "coverage"],
        MeasurementKind.IndicatorComparison => ["breakdown", "base_breakdown", "periods", "scale", "chance", "best", "parts_indicator", "parts"],
        _ => [],
    };

    /// <summary>The parameters of each of its rules.</summary>
    public static IReadOnlyList<string> OfRules(MeasurementKind kind) => kind switch
    {
        MeasurementKind.SideBySide => ["part", "kind", "of", "id", "value", "da", "en"],
        MeasurementKind.StateSupervision =>
        [
            "id", "title_da", "title_en", "kind", "assumed", "valid_from", "valid_to", "minimum_offers", "minimum_conversations",
            "long_course_weeks", "window_weeks", "limit_pct", "denominator", "reading", "legal_source",
        ],
        MeasurementKind.ClusterRanks => ["id", "da", "en", "measure", "figure", "of", "best"],
        _ => [],
    };
}
