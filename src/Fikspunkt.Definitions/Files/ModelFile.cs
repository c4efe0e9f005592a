using Fikspunkt.Definitions.Reading;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using YamlDotNet.RepresentationModel;

namespace Fikspunkt.Definitions.Files;

/// <summary>Reads the files in <c>models/</c>.</summary>
internal static class ModelFile
{
    private const int MostDraws = 1_000_000;
    private const int MostTrendMonths = 600;
    private static readonly string[] PeriodWords = ["all", "latest"];

    public static ModelSpec? Read(YamlNode root, Context context, string fileId) => MapReader.Read(root, context, map =>
    {
        var kind = map.Choice<ModelKind>("kind");
        var spec = new ModelSpec(
            map.DefineFileId(Named.Model, fileId),
            kind,
            map.Localized("title"),
            map.Localized("question"),
            map.Text("institution"),
            map.Date("reviewed"),
            map.Localized("cannot_tell"),
            map.UseList("tables", Named.Table, required: true),
            map.Nested("periods", ReadPeriods) ?? new PeriodSpec(PeriodKind.Year, [], 0),
            map.NestedList("outcomes", outcome => ReadOutcome(outcome, kind, context), required: true),
            map.OptionalNested("total", total => new TotalSpec(total.Id("id", underscores: false), total.Localized("name"), total.TextList("over", required: true))),
            map.Nested("exposure", exposure => new ExposureSpec(exposure.Use("indicator", Named.Indicator), BreakdownReader.Read(exposure, "breakdown", context), exposure.YesNo("nearest_period"))) ?? new ExposureSpec(string.Empty, string.Empty, false),
            map.NestedList("covariates", covariate => ReadCovariate(covariate, context), required: false),
            map.Number("minimum_exposure", 0, double.MaxValue),
            map.Nested("estimator", ReadEstimator) ?? new EstimatorSpec(EstimatorFamily.Linear, false, false, false),
            map.Nested("noise", ReadNoise) ?? new NoiseSpec(NoiseModel.Binomial, null),
            map.Nested("ranking", ReadRanking) ?? new RankingSpec(RankBy.Share, 0, 0, 0),
            ReadPublishedFigures(map, kind));
        Check(spec, map);
        return spec;
    });

    private static PeriodSpec ReadPeriods(MapReader map)
    {
        var kind = map.Choice<PeriodKind>("kind");
        var select = map.TextList("select", required: true);
        foreach (var text in select.Where(text => text.Length > 0))
        {
            if (PeriodWords.Contains(text))
            {
                if (select.Count > 1)
                {
                    map.Fault("select", Texts.WordStandsAlone, text);
                }
            }
            else if (!Period.TryParse(text, out var period) || period.Kind != kind)
            {
                map.Fault("select", Texts.BadPeriod, text, Texts.ExpectedPeriod.With(MapReader.Kebab(kind.ToString())));
            }
        }

        return new PeriodSpec(kind, select, map.Whole("trend_months", 0, MostTrendMonths));
    }

    private static OutcomeSpec ReadOutcome(MapReader map, ModelKind kind, Context context)
    {
        var outcome = new OutcomeSpec(
            map.Id("id", underscores: false),
            map.Localized("name"),
            map.Use("indicator", Named.Indicator),
            BreakdownReader.Read(map, "breakdown", context),
            map.Choice<OutcomeScale>("scale"),
            map.OptionalUse("expected_indicator", Named.Indicator),
            map.OptionalUse("rank_indicator", Named.Indicator),
            map.Number("rounding", 0, double.MaxValue),
            map.OptionalUse("benefit_group", Named.BenefitGroup));
        if (kind == ModelKind.PublishedExpectation && outcome.ExpectedIndicator is null)
        {
            map.Fault("expected_indicator", Texts.MissingKey, expected: "expected_indicator");
        }

        if (kind == ModelKind.ExpectedVersusActual && (outcome.ExpectedIndicator ?? outcome.RankIndicator) is { } published)
        {
            map.Fault("expected_indicator", Texts.OnlyForPublished, published);
        }

        return outcome;
    }

    private static CovariateSpec ReadCovariate(MapReader map, Context context) => new(
        map.Id("id", underscores: true),
        map.Localized("name"),
        map.Use("indicator", Named.Indicator),
        BreakdownReader.Read(map, "breakdown", context),
        map.Choice<CovariateTransform>("transform"),
        map.YesNo("nearest_period"));

    private static EstimatorSpec ReadEstimator(MapReader map) => new(
        map.Choice<EstimatorFamily>("family"),
        map.YesNo("weight_by_exposure"),
        map.YesNo("pooled"),
        map.YesNo("leave_one_out"));

    private static NoiseSpec ReadNoise(MapReader map) =>
        new(map.Choice<NoiseModel>("model"), map.OptionalNumber("overdispersion", 0, double.MaxValue));

    private static RankingSpec ReadRanking(MapReader map)
    {
        var ranking = new RankingSpec(
            map.Choice<RankBy>("by"),
            map.Number("coverage", 0, 1),
            map.Whole("draws", 1, MostDraws),
            map.Whole("seed", 0, int.MaxValue));
        if (ranking.Coverage is 0 or 1)
        {
            map.Fault("coverage", Texts.OutOfRange, expected: Texts.ExpectedCoverage);
        }

        return ranking;
    }

    private static PublishedFiguresSpec? ReadPublishedFigures(MapReader map, ModelKind kind)
    {
        if (kind == ModelKind.ExpectedVersusActual)
        {
            if (map.Has("published_figures"))
            {
                map.Fault("published_figures", Texts.OnlyForPublished);
            }

            return null;
        }

        return map.Nested("published_figures", figures => new PublishedFiguresSpec(
            figures.Use("actual_share", Named.Indicator),
            figures.Use("expected_share", Named.Indicator),
            figures.Use("difference_persons", Named.Indicator),
            figures.Use("difference_share", Named.Indicator),
            figures.Number("share_rounding", 0, double.MaxValue),
            figures.NumberList("sensitivity", 0, double.MaxValue),
            figures.Whole("replications", 0, MostDraws)));
    }

    private static void Check(ModelSpec spec, MapReader map)
    {
        if (spec.Kind == ModelKind.PublishedExpectation && spec.Covariates.Count > 0)
        {
            map.Fault("covariates", Texts.OnlyForFitted);
        }

        CheckUnique(spec.Outcomes.Select(outcome => outcome.Id).Concat(spec.Total is { } sum ? [sum.Id] : []), "outcomes", map);
        CheckUnique(spec.Covariates.Select(covariate => covariate.Id), "covariates", map);
        var ids = spec.Outcomes.Select(outcome => outcome.Id).ToList();
        foreach (var part in spec.Total?.Over.Where(part => part.Length > 0 && !ids.Contains(part)) ?? [])
        {
            map.Fault("total", Texts.UnknownOutcome, part, Say.OneOf(part, ids));
        }
    }

    private static void CheckUnique(IEnumerable<string> ids, string key, MapReader map)
    {
        foreach (var twice in ids.GroupBy(id => id, StringComparer.Ordinal).Where(same => same.Key.Length > 0 && same.Count() > 1))
        {
            map.Fault(key, Texts.DuplicateId, twice.Key);
        }
    }
}
