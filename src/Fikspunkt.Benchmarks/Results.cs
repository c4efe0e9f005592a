using Fikspunkt.Benchmarks.Published;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks;

/// <summary>Whether an area's difference can be told apart from none.</summary>
public enum SignificanceClass
{
    /// <summary>The whole interval lies on the good side of zero (fewer persons than expected).</summary>
    Better,

    /// <summary>The interval holds zero.</summary>
    AsExpected,

    /// <summary>The whole interval lies on the bad side of zero.</summary>
    Worse,
}

/// <summary>How much one covariate moves an area's expectation away from the national mean.</summary>
/// <param name="Covariate">Covariate id; the ids in <see cref="ContributionIds"/> for the parts that are no covariate.</param>
/// <param name="Value">The area's value before transformation; NaN where there is none.</param>
/// <param name="Mean">The weighted national mean on the same scale; NaN where there is none.</param>
/// <param name="Share">Contribution to "expected share minus national mean share". An area's contributions add up to that.</param>
public sealed record Contribution(string Covariate, double Value, double Mean, double Share);

/// <summary>Names of contributions that belong to no covariate.</summary>
public static class ContributionIds
{
    /// <summary>What leaving the area itself out of its own expectation does to the level.</summary>
    public const string LeaveOneOut = "leave-one-out";

    /// <summary>What the bend of the link function does to the level (fractional logit only).</summary>
    public const string Curvature = "curvature";
}

/// <summary>The result for one area, outcome and period. Shares are fractions of the exposure (0.07 = 7 per cent).</summary>
/// <param name="Area">Municipality code.</param>
/// <param name="Outcome">Outcome id, or the total's id.</param>
/// <param name="Period">Period.</param>
/// <param name="Exposure">Persons that shares are taken of.</param>
/// <param name="Actual">Actual share.</param>
/// <param name="Expected">Expected share given framework conditions.</param>
/// <param name="Difference">Actual - expected; negative = fewer on benefits than expected.</param>
/// <param name="StandardError">Of the difference: chance variation of the actual and estimation error of the expectation.</param>
/// <param name="ChanceStandardError">The part that is chance variation of the actual share.</param>
/// <param name="ExpectationStandardError">The part that is estimation error of the expected share.</param>
/// <param name="Lower">Lower end of the interval of the difference.</param>
/// <param name="Upper">Upper end of the interval of the difference.</param>
/// <param name="Rank">1 = most below expected; ties share the smallest rank.</param>
/// <param name="RankLower">Best rank in the marginal confidence set.</param>
/// <param name="RankUpper">Worst rank in the marginal confidence set.</param>
/// <param name="RankLowerSimultaneous">Best rank in the simultaneous confidence set.</param>
/// <param name="RankUpperSimultaneous">Worst rank in the simultaneous confidence set.</param>
/// <param name="Class">Significance class.</param>
/// <param name="Shrunken">Empirical Bayes estimate of the difference.</param>
/// <param name="ShrunkenStandardError">Its posterior standard deviation.</param>
/// <param name="Kroner">Yearly price of the difference in kr (minus = saved), or <see langword="null"/> without a price.</param>
/// <param name="Contributions">Why the expectation is what it is; empty for published expectations.</param>
public sealed record AreaResult(
    string Area,
    string Outcome,
    Period Period,
    double Exposure,
    double Actual,
    double Expected,
    double Difference,
    double StandardError,
    double ChanceStandardError,
    double ExpectationStandardError,
    double Lower,
    double Upper,
    int Rank,
    int RankLower,
    int RankUpper,
    int RankLowerSimultaneous,
    int RankUpperSimultaneous,
    SignificanceClass Class,
    double Shrunken,
    double ShrunkenStandardError,
    decimal? Kroner,
    IReadOnlyList<Contribution> Contributions)
{
    /// <summary>Actual persons (full-time persons where the indicator counts those).</summary>
    public double ActualPersons => Actual * Exposure;

    /// <summary>Expected persons.</summary>
    public double ExpectedPersons => Expected * Exposure;

    /// <summary>Difference in persons.</summary>
    public double DifferencePersons => Difference * Exposure;
}

/// <summary>An estimated coefficient.</summary>
/// <param name="Term">Covariate id, <c>(intercept)</c> or a period.</param>
/// <param name="Estimate">Estimate on the model's scale (share, or log odds).</param>
/// <param name="StandardError">Robust standard error.</param>
public sealed record Coefficient(string Term, double Estimate, double StandardError);

/// <summary>What was fitted for one outcome, in one period or pooled.</summary>
/// <param name="Outcome">Outcome id.</param>
/// <param name="Period">The period, or <see langword="null"/> when pooled.</param>
/// <param name="Units">Number of areas used.</param>
/// <param name="NationalMean">Exposure-weighted mean share.</param>
/// <param name="Coefficients">Coefficients in the order of the design matrix.</param>
/// <param name="RSquared">Share of the weighted variance explained, on the share scale.</param>
/// <param name="Overdispersion">Factor on the binomial variance that chance was found to have.</param>
/// <param name="BetweenVariance">Variance of true differences between areas (share scale squared) beyond chance.</param>
public sealed record OutcomeFit(
    string Outcome,
    Period? Period,
    int Units,
    double NationalMean,
    IReadOnlyList<Coefficient> Coefficients,
    double RSquared,
    double Overdispersion,
    double BetweenVariance);

/// <summary>Actual and expected share in one month, for following results between releases.</summary>
public sealed record TrendPoint(string Area, string Outcome, Period Period, double Actual, double Expected, double StandardError);

/// <summary>An area that was left out, and why (a text in the user's language is made from the reason when shown).</summary>
/// <param name="Area">Municipality code.</param>
/// <param name="Outcome">Outcome id, or <see langword="null"/> for all.</param>
/// <param name="Period">Period, or <see langword="null"/> for all.</param>
/// <param name="Reason">Why.</param>
public sealed record Exclusion(string Area, string? Outcome, Period? Period, ExclusionReason Reason);

/// <summary>Why an area was left out.</summary>
public enum ExclusionReason
{
    /// <summary>The actual figure is missing.</summary>
    OutcomeMissing,

    /// <summary>The actual figure is hidden by the source.</summary>
    OutcomeSuppressed,

    /// <summary>A framework condition is missing.</summary>
    CovariateMissing,

    /// <summary>The exposure is missing.</summary>
    ExposureMissing,

    /// <summary>The exposure is below the model's minimum.</summary>
    TooSmall,
}

/// <summary>The vintage that a run used.</summary>
/// <param name="Id">Vintage id in the store.</param>
/// <param name="Table">Table id.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Retrieved">When, ISO 8601 UTC.</param>
/// <param name="ValueHash">SHA-256 of the values, hexadecimal.</param>
/// <param name="Synthetic">Whether the data are made up.</param>
public sealed record VintageReference(string Id, string Table, string Source, string Retrieved, string ValueHash, bool Synthetic);

/// <summary>A run: spec + vintages -> results.</summary>
/// <param name="Spec">The model.</param>
/// <param name="Vintages">The data.</param>
/// <param name="Fits">What was fitted.</param>
/// <param name="Results">The results, ordered by outcome (spec order, total last), period, area code.</param>
/// <param name="Trend">Month-by-month figures; empty when not asked for.</param>
/// <param name="Exclusions">What was left out.</param>
/// <param name="Breaks">Ids of breaks that touch the series used.</param>
/// <param name="Notes">Keys and arguments of further remarks, as that a covariate's nearest period was used.</param>
/// <param name="Published">For <see cref="ModelKind.PublishedExpectation"/> what the published list leaves out; else <see langword="null"/>.</param>
public sealed record BenchmarkRun(
    ModelSpec Spec,
    IReadOnlyList<VintageReference> Vintages,
    IReadOnlyList<OutcomeFit> Fits,
    IReadOnlyList<AreaResult> Results,
    IReadOnlyList<TrendPoint> Trend,
    IReadOnlyList<Exclusion> Exclusions,
    IReadOnlyList<string> Breaks,
    IReadOnlyList<RunNote> Notes,
    PublishedAnalysis? Published = null)
{
    /// <summary>Whether any of the data are made up. Then every page and file says so.</summary>
    public bool Synthetic => Vintages.Any(vintage => vintage.Synthetic);
}

/// <summary>A remark on a run: <c>nearest-period</c> with its arguments, for example.</summary>
public sealed record RunNote(string Key, IReadOnlyList<string> Arguments);
