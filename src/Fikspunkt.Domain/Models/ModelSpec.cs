using NodaTime;

namespace Fikspunkt.Domain.Models;

/// <summary>What a benchmark model computes.</summary>
public enum ModelKind
{
    /// <summary>Fits the expectation on framework conditions and compares it with the actual figure.</summary>
    ExpectedVersusActual,

    /// <summary>Takes a published expectation as given and adds what the publication leaves out.</summary>
    PublishedExpectation,
}

/// <summary>A benchmark model as data: everything that decides its numbers, given a vintage. Read from <c>definitions/models/*.yaml</c>.</summary>
/// <param name="Id">Stable id, the name of the file.</param>
/// <param name="Kind">What it computes.</param>
/// <param name="Title">Name of the benchmark.</param>
/// <param name="Question">The question it answers, in one sentence.</param>
/// <param name="Institution">Whose data and whose model it is.</param>
/// <param name="Reviewed">When the definition was last reviewed.</param>
/// <param name="CannotTell">One sentence on what it cannot tell.</param>
/// <param name="Tables">Ids of the tables (<see cref="TableDefinition"/>) it reads.</param>
/// <param name="Periods">Which periods are computed.</param>
/// <param name="Outcomes">The outcomes, at least one.</param>
/// <param name="Total">The sum over outcomes, or <see langword="null"/> when outcomes do not add up.</param>
/// <param name="Exposure">The population that shares are taken of.</param>
/// <param name="Covariates">The framework conditions; empty for a published expectation.</param>
/// <param name="MinimumExposure">Areas with a smaller exposure are left out and listed.</param>
/// <param name="Estimator">How the expectation is fitted.</param>
/// <param name="Noise">What counts as chance.</param>
/// <param name="Ranking">How units are ranked and how sure the ranks are.</param>
/// <param name="PublishedFigures">For a published expectation, the further figures published beside it; else <see langword="null"/>.</param>
public sealed record ModelSpec(
    string Id,
    ModelKind Kind,
    LocalizedText Title,
    LocalizedText Question,
    string Institution,
    LocalDate Reviewed,
    LocalizedText CannotTell,
    IReadOnlyList<string> Tables,
    PeriodSpec Periods,
    IReadOnlyList<OutcomeSpec> Outcomes,
    TotalSpec? Total,
    ExposureSpec Exposure,
    IReadOnlyList<CovariateSpec> Covariates,
    double MinimumExposure,
    EstimatorSpec Estimator,
    NoiseSpec Noise,
    RankingSpec Ranking,
    PublishedFiguresSpec? PublishedFigures = null);

/// <summary>Which periods a model computes.</summary>
/// <param name="Kind">The kind of the periods that results are given for. Monthly data are averaged to rolling years where this says so.</param>
/// <param name="Select">The periods with full results: <c>all</c>, <c>latest</c>, or a list of periods.</param>
/// <param name="TrendMonths">Months before the last one for which actual and expected are followed month by month; 0 = none.</param>
public sealed record PeriodSpec(PeriodKind Kind, IReadOnlyList<string> Select, int TrendMonths);

/// <summary>The scale an outcome is published on.</summary>
public enum OutcomeScale
{
    /// <summary>Persons (or full-time persons); the share is persons / exposure.</summary>
    Count,

    /// <summary>Per cent of the exposure.</summary>
    PerCent,

    /// <summary>Per thousand of the exposure.</summary>
    PerThousand,
}

/// <summary>One outcome.</summary>
/// <param name="Id">Stable id within the model; the <c>outcome</c> column of the results.</param>
/// <param name="Name">Name.</param>
/// <param name="Indicator">Indicator id of the actual figure.</param>
/// <param name="Breakdown">Canonical breakdown of the actual figure; empty for the total.</param>
/// <param name="Scale">The scale it is published on.</param>
/// <param name="ExpectedIndicator">For published expectations, the indicator of the expected figure; else <see langword="null"/>.</param>
/// <param name="RankIndicator">For published expectations, the indicator of the published rank, where there is one; else <see langword="null"/>.</param>
/// <param name="Rounding">Half the step that published figures are rounded to, in persons (5 for tens); 0 when not rounded.</param>
/// <param name="BenefitGroup">The benefit group whose price applies, or <see langword="null"/>.</param>
public sealed record OutcomeSpec(
    string Id,
    LocalizedText Name,
    string Indicator,
    string Breakdown,
    OutcomeScale Scale,
    string? ExpectedIndicator,
    string? RankIndicator,
    double Rounding,
    string? BenefitGroup);

/// <summary>The total over outcomes.</summary>
/// <param name="Id">Stable id; the <c>outcome</c> column of the results.</param>
/// <param name="Name">Name.</param>
/// <param name="Over">Ids of the outcomes that are added; expected and actual both add up exactly.</param>
public sealed record TotalSpec(string Id, LocalizedText Name, IReadOnlyList<string> Over);

/// <summary>The population that shares are taken of.</summary>
/// <param name="Indicator">Indicator id, persons.</param>
/// <param name="Breakdown">Canonical breakdown.</param>
/// <param name="NearestPeriod">Whether the nearest earlier or later period's figure may stand in where the period has none (said in the notes).</param>
public sealed record ExposureSpec(string Indicator, string Breakdown, bool NearestPeriod);

/// <summary>How a covariate enters the model.</summary>
public enum CovariateTransform
{
    /// <summary>As it is.</summary>
    None,

    /// <summary>Natural logarithm; values must be positive.</summary>
    Log,

    /// <summary>Square root; values must not be negative.</summary>
    Sqrt,

    /// <summary>Logit of a per cent figure; values must lie strictly between 0 and 100.</summary>
    LogitPerCent,
}

/// <summary>A framework condition.</summary>
/// <param name="Id">Stable id within the model.</param>
/// <param name="Name">Name.</param>
/// <param name="Indicator">Indicator id.</param>
/// <param name="Breakdown">Canonical breakdown.</param>
/// <param name="Transform">How it enters.</param>
/// <param name="NearestPeriod">Whether the nearest period's figure may stand in where the period has none (said in the notes).</param>
public sealed record CovariateSpec(
    string Id,
    LocalizedText Name,
    string Indicator,
    string Breakdown,
    CovariateTransform Transform,
    bool NearestPeriod);

/// <summary>The family of the expectation.</summary>
public enum EstimatorFamily
{
    /// <summary>Weighted linear regression of the share.</summary>
    Linear,

    /// <summary>Fractional logit (quasi-binomial with logit link) of the share.</summary>
    FractionalLogit,
}

/// <summary>How the expectation is fitted.</summary>
/// <param name="Family">Linear or fractional logit.</param>
/// <param name="WeightByExposure">Whether units weigh by their exposure; otherwise all weigh the same.</param>
/// <param name="Pooled">Whether one model with period effects is fitted over all selected periods, instead of one a period.</param>
/// <param name="LeaveOneOut">Whether a unit's own figures (all its periods) are left out of its own expectation.</param>
public sealed record EstimatorSpec(EstimatorFamily Family, bool WeightByExposure, bool Pooled, bool LeaveOneOut);

/// <summary>What counts as chance.</summary>
public enum NoiseModel
{
    /// <summary>Binomial variation of the individuals, times an overdispersion factor.</summary>
    Binomial,

    /// <summary>Estimated from how units move from period to period around their own level.</summary>
    Panel,
}

/// <summary>The noise model.</summary>
/// <param name="Model">What counts as chance.</param>
/// <param name="Overdispersion">A fixed factor on the binomial variance, or <see langword="null"/> to estimate it.</param>
public sealed record NoiseSpec(NoiseModel Model, double? Overdispersion);

/// <summary>What units are ranked by. Rank 1 = most below expected.</summary>
public enum RankBy
{
    /// <summary>The difference as a share of the exposure.</summary>
    Share,

    /// <summary>The difference relative to the expected figure.</summary>
    Relative,
}

/// <summary>How units are ranked and how sure the ranks are.</summary>
/// <param name="By">What is ranked.</param>
/// <param name="Coverage">Coverage of intervals and rank sets, as 0.95.</param>
/// <param name="Draws">Number of simulation draws for the rank sets.</param>
/// <param name="Seed">Seed of the draws.</param>
public sealed record RankingSpec(RankBy By, double Coverage, int Draws, int Seed);

/// <summary>The figures that a publication gives beside expected and actual persons, and how its noise is judged.</summary>
/// <remarks>The breakdown is each outcome's. No exposure is published: it is the population that persons and shares together imply.</remarks>
/// <param name="ActualShare">Indicator of the actual share in per cent.</param>
/// <param name="ExpectedShare">Indicator of the expected share in per cent.</param>
/// <param name="DifferencePersons">Indicator of the difference in persons (actual - expected).</param>
/// <param name="DifferenceShare">Indicator of the difference in percentage points.</param>
/// <param name="ShareRounding">Half the step that shares are rounded to, in percentage points (0.005 for two decimals).</param>
/// <param name="Sensitivity">Further factors on the binomial variance that the results are shown for.</param>
/// <param name="Replications">Replications of the simulated rank shifts.</param>
public sealed record PublishedFiguresSpec(
    string ActualShare,
    string ExpectedShare,
    string DifferencePersons,
    string DifferenceShare,
    double ShareRounding,
    IReadOnlyList<double> Sensitivity,
    int Replications);
