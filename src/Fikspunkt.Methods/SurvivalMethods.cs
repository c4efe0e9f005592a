using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Survival;

namespace Fikspunkt.Methods;

/// <summary>Durations: curves, tests, regressions, expected events.</summary>
internal static partial class SurvivalMethods
{
    private const string Example = "--input docs/examples/spells.csv --time weeks --event left";
    private static readonly Parameter[] SpellRoles =
    [
        Take.Column("time"), Take.Column("event"), Take.Column("entry", required: false), Take.Column("weights", required: false), Take.Column("id", required: false),
    ];

    private static readonly string[] Roles = ["time", "event", "entry", "weights", "group", "strata", "covariates", "logrank_by"];

    public static IReadOnlyList<Method> All { get; } =
    [
        new("kaplan-meier", "survival-curves", [.. SpellRoles, Take.Column("group", required: false), Take.Number("horizon")], Example + " --group sex --horizon 52", KaplanMeierCurves),
        new("log-rank", "survival-curves", [.. SpellRoles, Take.Column("group"), Take.Column("strata", required: false)], Example + " --group sex --strata jobcentre", LogRankTest),
        new("cox", "survival-cox", [.. SpellRoles, Take.Columns("covariates"), Take.Column("strata", required: false), Take.Column("group", required: false), Take.Choice("ties", "efron", "breslow"), Take.Choice("scale", "km", "identity", "log", "rank")], Example + " --covariates age,sex --group jobcentre", Cox),
        new("piecewise-exponential", "survival-interval-hazards", [.. SpellRoles, Take.Columns("covariates", required: false), Take.Column("group", required: false), Take.Numbers("cuts", required: true)], Example + " --covariates age,sex --cuts 13,26,52", Piecewise),
        new("discrete-hazard", "survival-interval-hazards", [.. SpellRoles, Take.Columns("covariates", required: false), Take.Numbers("cuts", required: true)], Example + " --covariates age,sex --cuts 13,26,52", Discrete),
        new("competing-risks", "survival-competing-risks", [.. SpellRoles, Take.Column("group", required: false), Take.Number("horizon")], "--input docs/examples/spells.csv --time weeks --event cause --horizon 52", Competing),
        new("survival", "survival-cox", [.. SpellRoles, Take.Columns("covariates"), Take.Column("group", required: false), Take.Column("strata", required: false), Take.Column("logrank_by", required: false)], Example + " --covariates age,sex --group jobcentre --logrank_by sex", Everything),
    ];

    private static Spells SpellsOf(MethodInput input) =>
        new(input.Column("time"), Causes(input), input.OptionalColumn("entry"), input.OptionalColumn("weights"));

    private static int[] Causes(MethodInput input)
    {
        var values = input.Column("event");
        return [.. values.Select((value, row) => value == Math.Floor(value) && value is >= 0 and < 1000 ? (int)value
            : throw new InvalidValueException("event", row, 0, value, Requirement.Cause))];
    }

    private static int[] OptionalGroups(MethodInput input, string role) => input.Has(role) ? input.Groups(role).Codes : [];

    private static Quantities KaplanMeierCurves(MethodInput input)
    {
        input = input.Complete(Roles);
        var result = input.Start();
        var spells = SpellsOf(input);
        if (input.Has("group"))
        {
            var (labels, codes) = input.Groups("group");
            result["groups"] = labels.Zip(KaplanMeier.FitGroups(spells, codes)).Aggregate(new Quantities(), (all, pair) =>
            {
                all[pair.First] = Shape(pair.Second, input);
                return all;
            });
        }
        else
        {
            foreach (var (name, value) in Shape(KaplanMeier.Fit(spells), input))
            {
                result[name] = value;
            }
        }

        return result;
    }

    private static Quantities Shape(SurvivalCurve curve, MethodInput input)
    {
        var (lowerLog, upperLog) = curve.Limits(CurveLimits.Log);
        var (lowerLogLog, upperLogLog) = curve.Limits(CurveLimits.LogLog);
        static Quantities Median(CurveQuantile median) => new() { ["median"] = median.Time, ["lower"] = median.Lower, ["upper"] = median.Upper };
        var result = new Quantities
        {
            ["n"] = curve.AtRisk[0],
            ["events"] = curve.Events.Sum(),
            ["median_conf_log"] = Median(curve.Median(CurveLimits.Log)),
            ["median_conf_loglog"] = Median(curve.Median(CurveLimits.LogLog)),
        };
        if (input.Has("horizon"))
        {
            var horizon = input.Number("horizon");
            var mean = curve.RestrictedMean(horizon);
            result["restricted_mean"] = new Quantities { ["horizon"] = horizon, ["mean"] = mean.Value, ["std_err"] = mean.StandardError, ["time_lost"] = horizon - mean.Value };
        }

        result["curve"] = new Quantities
        {
            ["time"] = curve.Time,
            ["n_risk"] = curve.AtRisk,
            ["n_event"] = curve.Events,
            ["n_censor"] = curve.Censored,
            ["surv"] = curve.Survival,
            ["std_err"] = curve.StandardError,
            ["std_err_log_surv"] = curve.StandardErrorLog,
            ["lower_log"] = lowerLog,
            ["upper_log"] = upperLog,
            ["lower_loglog"] = lowerLogLog,
            ["upper_loglog"] = upperLogLog,
            ["nelson_aalen"] = curve.CumulativeHazard,
            ["nelson_aalen_std_err"] = curve.CumulativeHazardStandardError,
        };
        return result;
    }

    private static Quantities LogRankTest(MethodInput input)
    {
        input = input.Complete(Roles);
        var result = input.Start();
        foreach (var (name, value) in LogRankOf(input, SpellsOf(input), "group", withVariance: true))
        {
            result[name] = value;
        }

        return result;
    }

    private static Quantities LogRankOf(MethodInput input, Spells spells, string role, bool withVariance)
    {
        var (labels, codes) = input.Groups(role);
        var test = LogRank.Test(spells, codes, OptionalGroups(input, "strata"));
        return new Quantities
        {
            ["group_variable"] = input.Text(role),
            ["groups"] = labels,
            ["n"] = test.Spells,
            ["observed"] = test.Observed,
            ["expected"] = test.Expected,
            ["variance"] = withVariance ? test.Covariance : null,
            ["chisq"] = test.ChiSquared,
            ["df"] = test.DegreesOfFreedom,
            ["p"] = test.PValue,
        };
    }

    private static Quantities Cox(MethodInput input)
    {
        input = input.Complete(Roles);
        var result = input.Start();
        var (spells, x, terms) = (SpellsOf(input), input.Columns("covariates"), input.Terms("covariates"));
        var ties = input.Choice("ties", "efron", "breslow") == "efron" ? TiesMethod.Efron : TiesMethod.Breslow;
        var strata = OptionalGroups(input, "strata");
        var fit = CoxRegression.Fit(spells, x, strata, new CoxOptions(ties));
        result["events"] = fit.Events;
        foreach (var (name, value) in CoxShape(fit, input, spells, terms, ties))
        {
            result[name] = value;
        }

        var scale = input.Choice("scale", "km", "identity", "log", "rank") switch
        {
            "identity" => TimeScale.Identity,
            "log" => TimeScale.Logarithm,
            "rank" => TimeScale.Rank,
            _ => TimeScale.KaplanMeier,
        };
        var proportional = fit.TestProportionality(scale);
        result["martingale_residuals"] = fit.MartingaleResiduals;
        var schoenfeld = fit.Schoenfeld();
        result["schoenfeld"] = new Quantities { ["row"] = Array.ConvertAll(schoenfeld.Row, row => row + 1), ["time"] = schoenfeld.Time, ["residuals"] = schoenfeld.Residuals };
        result["proportionality"] = new Quantities
        {
            ["chisq"] = Quantities.Of([.. terms, "GLOBAL"], proportional.ByColumn.Append(proportional.Global).Select(test => test.Statistic)),
            ["df"] = Quantities.Of([.. terms, "GLOBAL"], proportional.ByColumn.Append(proportional.Global).Select(test => (double)test.DegreesOfFreedom)),
            ["p"] = Quantities.Of([.. terms, "GLOBAL"], proportional.ByColumn.Append(proportional.Global).Select(test => test.PValue)),
        };
        if (input.Has("group"))
        {
            var (labels, codes) = input.Groups("group");
            var left = CoxRegression.LeaveGroupOut(spells, x, codes, strata, new CoxOptions(ties));
            result["observed_expected_left_out"] = ObservedAgainst(labels, codes, spells, left);
        }

        return result;
    }

    private static Quantities CoxShape(CoxFit fit, MethodInput input, Spells spells, string[] terms, TiesMethod ties)
    {
        static Quantities Test(ChiSquaredTest test, double statistic) => new() { ["statistic"] = statistic, ["df"] = test.DegreesOfFreedom, ["p"] = test.PValue };
        var baselines = fit.Baseline();
        static Quantities Hazard(BaselineHazard hazard) => new() { ["time"] = hazard.Time, ["cumhaz"] = hazard.CumulativeHazard };
        var result = new Quantities
        {
            ["ties"] = ties == TiesMethod.Efron ? "efron" : "breslow",
            ["terms"] = terms,
            ["coefficients"] = Quantities.Of(terms, fit.Coefficients),
            ["se"] = Quantities.Of(terms, fit.StandardErrors),
            ["hazard_ratio"] = Quantities.Of(terms, fit.Coefficients.Select(Math.Exp)),
            ["p_wald"] = Quantities.Of(terms, fit.Coefficients.Zip(fit.StandardErrors, (b, se) => 2 * NormalDistribution.Cumulative(-Math.Abs(b / se)))),
            ["vcov"] = fit.Covariance,
            ["loglik_null"] = fit.NullLogLikelihood,
            ["loglik"] = fit.LogLikelihood,
            ["lr_test"] = Test(fit.LikelihoodRatio, fit.LikelihoodRatio.Statistic),
            // The field's table shows this statistic, not its p-value, with two decimals (R's summary.coxph).
            ["wald_test"] = Test(fit.Wald, Math.Round(fit.Wald.Statistic, 2)),
            ["wald_statistic"] = fit.Wald.Statistic,
            ["score_test"] = Test(fit.Score, fit.Score.Statistic),
            ["baseline_cumhaz_at_zero"] = baselines.Count == 1
                ? Hazard(baselines[0])
                : input.Groups("strata").Labels.Zip(baselines).Aggregate(new Quantities(), (all, pair) =>
                {
                    all[pair.First] = Hazard(pair.Second);
                    return all;
                }),
            ["linear_predictor"] = fit.LinearPredictor,
            ["expected_per_person"] = fit.Expected,
            ["expected_per_person_from_baseline"] = fit.ExpectedFromBaseline,
        };
        if (input.Has("group"))
        {
            var (labels, codes) = input.Groups("group");
            var table = ObservedAgainst(labels, codes, spells, fit.Expected);
            table["expected_from_baseline"] = ObservedExpected.ByGroup(Observed(spells), Weighted(spells, fit.ExpectedFromBaseline), codes).Expected;
            result["observed_expected"] = table;
        }

        return result;
    }

    private static double[] Observed(Spells spells) => Weighted(spells, [.. spells.Cause.Select(cause => cause > 0 ? 1.0 : 0.0)]);

    private static double[] Weighted(Spells spells, double[] values) => spells.Weights.Length == 0 ? values : [.. values.Zip(spells.Weights, (value, weight) => value * weight)];

    private static Quantities ObservedAgainst(string[] labels, int[] codes, Spells spells, double[] expected)
    {
        var table = ObservedExpected.ByGroup(Observed(spells), Weighted(spells, expected), codes);
        return new Quantities
        {
            ["group"] = labels,
            ["n"] = table.Units,
            ["observed"] = table.Observed,
            ["expected"] = table.Expected,
            ["ratio"] = table.Ratio,
            ["ratio_lower95"] = table.Interval.Select(interval => interval.Lower),
            ["ratio_upper95"] = table.Interval.Select(interval => interval.Upper),
        };
    }

    private static Quantities Piecewise(MethodInput input)
    {
        input = input.Complete(Roles);
        var (spells, cuts) = (SpellsOf(input), input.NumberList("cuts"));
        var fit = PiecewiseExponential.Fit(spells, CovariatesOf(input), cuts);
        var result = IntervalShape(input, fit, spells, cuts);
        // A case may name the hazard after its unit of time.
        var name = input.Wanted.FirstOrDefault(wanted => wanted.StartsWith("baseline_hazard_per_", StringComparison.Ordinal)) ?? "baseline_hazard_at_zero";
        result[name] = fit.LogHazards.Select(Math.Exp);
        result["deviance"] = fit.Model.Deviance;
        result["loglik_poisson"] = fit.Model.LogLikelihood();
        result["loglik_survival"] = fit.LogLikelihood();
        result["fitted_split_rows"] = fit.Model.Fitted;
        result["expected_per_person"] = fit.Expected;
        if (input.Has("group"))
        {
            var (labels, codes) = input.Groups("group");
            result["observed_expected"] = ObservedAgainst(labels, codes, spells, fit.Expected);
            if (labels.Length > 1)
            {
                result["observed_expected_left_out"] = ObservedAgainst(labels, codes, spells, fit.LeaveGroupOut(codes));
            }
        }

        return result;
    }

    private static Quantities Discrete(MethodInput input)
    {
        input = input.Complete(Roles);
        var (spells, cuts) = (SpellsOf(input), input.NumberList("cuts"));
        var fit = DiscreteHazard.Fit(spells, CovariatesOf(input), cuts);
        var result = IntervalShape(input, fit, spells, cuts);
        result["baseline_probability_at_zero"] = fit.LogHazards.Select(value => 1 - Math.Exp(-Math.Exp(value)));
        result["deviance"] = fit.Model.Deviance;
        result["loglik"] = fit.LogLikelihood();
        result["expected_per_person"] = fit.Expected;
        return result;
    }

    private static RowMatrix CovariatesOf(MethodInput input) => input.Has("covariates") ? input.Columns("covariates") : new RowMatrix(input.Rows, 0);

    private static Quantities IntervalShape(MethodInput input, IntervalHazardFit fit, Spells spells, double[] cuts)
    {
        var intervals = Enumerable.Range(1, fit.Split.Intervals).Select(i => FormattableString.Invariant($"interval{i}")).ToArray();
        var covariates = input.Terms("covariates");
        string[] terms = ["(Intercept)", .. intervals[1..], .. covariates];
        string[] logTerms = [.. intervals, .. covariates];
        var (coefficients, covariance) = fit.TreatmentCoding();
        var result = input.Start();
        result["events"] = Observed(spells).Sum();
        result["n_split_rows"] = fit.Split.Row.Length;
        result["cuts"] = cuts;
        result["interval_totals"] = new Quantities
        {
            ["interval"] = Enumerable.Range(1, fit.Split.Intervals),
            ["start"] = cuts.Prepend(0),
            ["events"] = fit.Split.ByInterval(fit.Split.Event),
            ["exposure"] = fit.Split.ByInterval(fit.Split.Exposure),
        };
        result["treatment_coding"] = new Quantities
        {
            ["terms"] = terms,
            ["coefficients"] = Quantities.Of(terms, coefficients),
            ["se"] = Quantities.Of(terms, covariance.RootDiagonal()),
            ["vcov"] = covariance,
        };
        result["log_hazard_coding"] = new Quantities
        {
            ["terms"] = logTerms,
            ["coefficients"] = Quantities.Of(logTerms, fit.Model.Coefficients),
            ["se"] = Quantities.Of(logTerms, fit.Covariance.RootDiagonal()),
        };
        return result;
    }

    private static Quantities Everything(MethodInput input)
    {
        input = input.Complete(Roles);
        var (spells, x, terms) = (SpellsOf(input), input.Columns("covariates"), input.Terms("covariates"));
        var result = input.Start();
        result["events"] = Observed(spells).Sum();
        result["kaplan_meier"] = Shape(KaplanMeier.Fit(spells), input);
        if (input.Has("logrank_by"))
        {
            var (labels, codes) = input.Groups("logrank_by");
            var curves = new Quantities();
            foreach (var (label, curve) in labels.Zip(KaplanMeier.FitGroups(spells, codes)))
            {
                curves[label] = Shape(curve, input);
            }

            result["kaplan_meier_by"] = new Quantities { ["group_variable"] = input.Text("logrank_by"), ["groups"] = curves };
            result["logrank"] = LogRankOf(input, spells, "logrank_by", withVariance: true);
        }

        if (input.Has("group"))
        {
            result["logrank_other"] = LogRankOf(input, spells, "group", withVariance: false);
        }

        foreach (var ties in (TiesMethod[])[TiesMethod.Efron, TiesMethod.Breslow])
        {
            var fit = CoxRegression.Fit(spells, x, OptionalGroups(input, "strata"), new CoxOptions(ties));
            result[ties == TiesMethod.Efron ? "cox_efron" : "cox_breslow"] = CoxShape(fit, input, spells, terms, ties);
        }

        return result;
    }
}
