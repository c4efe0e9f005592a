using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Survival;

namespace Fikspunkt.Statistics.Tests.Survival;

/// <summary>Every number of the reference case made with R's survival package.</summary>
public sealed class LungReferenceTests
{
    private static readonly string[] Terms = ["age", "sex", "ph_ecog"];

    [Fact]
    public void Survival_ReferenceCase_MatchesEveryNumber()
    {
        var reference = ReferenceCase.Load("survival-lung");
        var (spells, x, inst) = SurvivalData.Lung(reference);
        var sexes = SurvivalData.Labels(reference.Texts("sex"));
        var sex = SurvivalData.Coded(reference.Texts("sex"));
        var bySex = KaplanMeier.FitGroups(spells, sex);
        reference.ShouldMatch(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["case"] = "survival-lung",
            ["n"] = spells.Count,
            ["events"] = spells.Cause.Sum(),
            ["kaplan_meier"] = Shape(KaplanMeier.Fit(spells)),
            ["kaplan_meier_by"] = new
            {
                group_variable = "sex",
                groups = sexes.Zip(bySex).ToDictionary(pair => pair.First, pair => Shape(pair.Second), StringComparer.Ordinal),
            },
            ["logrank"] = Shape(LogRank.Test(spells, sex), "sex", sexes, withVariance: true),
            ["logrank_other"] = Shape(LogRank.Test(spells, inst), "inst", SurvivalData.Labels(reference.Texts("inst")), withVariance: false),
            ["cox_efron"] = Shape(reference, CoxRegression.Fit(spells, x), "efron", spells, inst),
            ["cox_breslow"] = Shape(reference, CoxRegression.Fit(spells, x, options: new CoxOptions(TiesMethod.Breslow)), "breslow", spells, inst),
        });
    }

    private static Dictionary<string, object> Shape(SurvivalCurve curve)
    {
        var (lowerLog, upperLog) = curve.Limits(CurveLimits.Log);
        var (lowerLogLog, upperLogLog) = curve.Limits(CurveLimits.LogLog);
        static object Median(CurveQuantile median) => new { median = median.Time, lower = median.Lower, upper = median.Upper };
        return new(StringComparer.Ordinal)
        {
            ["n"] = curve.AtRisk[0],
            ["events"] = curve.Events.Sum(),
            ["median_conf_log"] = Median(curve.Median(CurveLimits.Log)),
            ["median_conf_loglog"] = Median(curve.Median(CurveLimits.LogLog)),
            ["curve"] = new
            {
                time = curve.Time,
                n_risk = curve.AtRisk,
                n_event = curve.Events,
                n_censor = curve.Censored,
                surv = curve.Survival,
                std_err = curve.StandardError,
                std_err_log_surv = curve.StandardErrorLog,
                lower_log = lowerLog,
                upper_log = upperLog,
                lower_loglog = lowerLogLog,
                upper_loglog = upperLogLog,
                nelson_aalen = curve.CumulativeHazard,
                nelson_aalen_std_err = curve.CumulativeHazardStandardError,
            },
        };
    }

    private static Dictionary<string, object?> Shape(LogRankResult test, string variable, string[] groups, bool withVariance) => new(StringComparer.Ordinal)
    {
        ["group_variable"] = variable,
        ["groups"] = groups,
        ["n"] = test.Spells,
        ["observed"] = test.Observed,
        ["expected"] = test.Expected,
        ["variance"] = withVariance ? test.Covariance.Nested() : null,
        ["chisq"] = test.ChiSquared,
        ["df"] = test.DegreesOfFreedom,
        ["p"] = test.PValue,
    };

    private static Dictionary<string, object> Shape(ReferenceCase reference, CoxFit fit, string ties, Spells spells, int[] inst)
    {
        double[] events = [.. spells.Cause.Select(cause => (double)cause)];
        var table = ObservedExpected.ByGroup(events, fit.Expected, inst);
        var baseline = fit.Baseline()[0];
        static object Test(ChiSquaredTest test, int? decimals = null) => new
        {
            statistic = decimals is { } places ? Math.Round(test.Statistic, places) : test.Statistic,
            df = test.DegreesOfFreedom,
            p = test.PValue,
        };
        return new(StringComparer.Ordinal)
        {
            ["ties"] = ties,
            ["terms"] = Terms,
            ["coefficients"] = fit.Coefficients.Named(Terms),
            ["se"] = fit.StandardErrors.Named(Terms),
            ["hazard_ratio"] = fit.Coefficients.Select(Math.Exp).Named(Terms),
            ["p_wald"] = fit.Coefficients.Zip(fit.StandardErrors, (b, se) => 2 * NormalDistribution.Cumulative(-Math.Abs(b / se))).Named(Terms),
            ["vcov"] = fit.Covariance.Nested(),
            ["loglik_null"] = fit.NullLogLikelihood,
            ["loglik"] = fit.LogLikelihood,
            ["lr_test"] = Test(fit.LikelihoodRatio),
            // R's summary, which the case was written from, rounds this statistic (not its p-value) to two decimals.
            ["wald_test"] = Test(fit.Wald, decimals: 2),
            ["score_test"] = Test(fit.Score),
            ["baseline_cumhaz_at_zero"] = new { time = baseline.Time, cumhaz = baseline.CumulativeHazard },
            ["linear_predictor"] = fit.LinearPredictor,
            ["expected_per_person"] = fit.Expected,
            ["expected_per_person_from_baseline"] = fit.ExpectedFromBaseline,
            ["observed_expected"] = new
            {
                group = SurvivalData.Labels(reference.Texts("inst")),
                n = table.Units,
                observed = table.Observed,
                expected = table.Expected,
                ratio = table.Ratio,
                ratio_lower95 = table.Interval.Select(interval => interval.Lower),
                ratio_upper95 = table.Interval.Select(interval => interval.Upper),
                expected_from_baseline = ObservedExpected.ByGroup(events, fit.ExpectedFromBaseline, inst).Expected,
            },
        };
    }
}
