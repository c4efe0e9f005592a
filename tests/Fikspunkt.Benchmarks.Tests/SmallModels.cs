using System.Globalization;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Testing;
using NodaTime;
using Period = Fikspunkt.Domain.Period;

namespace Fikspunkt.Benchmarks.Tests;

/// <summary>Model specs and definition sets made for tests.</summary>
internal static class SmallModels
{
    public static readonly IReadOnlyList<VintageReference> NoVintages = [];

    public static LocalizedText Text(string text) => new(text, text);

    public static DefinitionSet Definitions(IEnumerable<string> codes, IReadOnlyList<BenefitGroup>? groups = null, IReadOnlyList<SeriesBreak>? breaks = null) => new(
        [.. codes.Order(StringComparer.Ordinal).Select(code => new Municipality(code, code, code, [], "081", "01", "x", [], 0, 0))],
        [],
        groups ?? [],
        new Dictionary<string, Indicator>(),
        new Dictionary<string, TableDefinition>(),
        new Dictionary<string, ModelSpec>(),
        breaks ?? [],
        []);

    public static OutcomeSpec Outcome(string id, string indicator, string breakdown, OutcomeScale scale, string? group = null) =>
        new(id, Text(id), indicator, breakdown, scale, null, null, 0, group);

    public static CovariateSpec Covariate(string id, CovariateTransform transform = CovariateTransform.None, bool nearest = false) =>
        new(id, Text(id), id, "", transform, nearest);

    public static ModelSpec Model(
        IReadOnlyList<OutcomeSpec> outcomes,
        IReadOnlyList<CovariateSpec> covariates,
        string exposure,
        PeriodSpec periods,
        EstimatorSpec estimator,
        NoiseSpec noise,
        TotalSpec? total = null,
        double minimum = 0,
        bool nearestExposure = false,
        RankingSpec? ranking = null) => new(
            "test-model",
            ModelKind.ExpectedVersusActual,
            Text("test"),
            Text("?"),
            "nobody",
            new LocalDate(2026, 11, 20),
            Text("anything"),
            [],
            periods,
            outcomes,
            total,
            new ExposureSpec(exposure, "", nearestExposure),
            covariates,
            minimum,
            estimator,
            noise,
            ranking ?? new RankingSpec(RankBy.Share, 0.95, 1000, 1));

    /// <summary>The unemployment model of the reference cases.</summary>
    public static ModelSpec Unemployment(EstimatorSpec estimator, params string[] periods) => Model(
        [Outcome("unemployment", "unemployment_pct", "", OutcomeScale.PerCent)],
        [
            Covariate("education"),
            Covariate("immigration_share_pct"),
            Covariate("age65_pct"),
            Covariate("one_person_household_share_pct"),
            Covariate("owner_occupied_dwelling_share_pct"),
            Covariate("income", CovariateTransform.Log),
            Covariate("population_density", CovariateTransform.Log),
        ],
        "population",
        new PeriodSpec(PeriodKind.Year, periods, 0),
        estimator,
        new NoiseSpec(NoiseModel.Binomial, 10));

    /// <summary>Statistics Denmark's panel; the municipality's name serves as its code.</summary>
    public static IReadOnlyList<Observation> DanishPanel() =>
    [
        .. File.ReadLines(RepositoryFiles.Shared("data", "dst-municipalities", "dst-municipalities.csv")).Skip(1).Select(line => line.Split(','))
            .Select(cells => new Observation(
                cells[0], Period.OfYear(int.Parse(cells[1], CultureInfo.InvariantCulture)), cells[2], "", double.Parse(cells[3], CultureInfo.InvariantCulture), ObservationStatus.Ok)),
    ];

    public static DefinitionSet DefinitionsOf(IEnumerable<Observation> observations) => Definitions(observations.Select(o => o.Area).Distinct(StringComparer.Ordinal));
}
