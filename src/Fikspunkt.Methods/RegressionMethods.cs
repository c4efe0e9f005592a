using System.Text.Json;
using System.Text.Json.Nodes;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Ranks;
using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Methods;

/// <summary>Linear, fractional logit and generalized linear regression, and regression from sums by group.</summary>
internal static class RegressionMethods
{
    private const string Example = "--input docs/examples/conditions.csv --response benefit_pct --covariates education,log(income)";
    private static readonly string[] Roles = ["response", "covariates", "weights", "offset", "cluster", "group"];
    private static readonly Parameter[] ModelRoles =
    [
        Take.Column("response"), Take.Columns("covariates", required: false), Take.Column("weights", required: false), Take.Column("id", required: false),
        Take.Flag("intercept") with { Default = "true" },
    ];

    public static IReadOnlyList<Method> All { get; } =
    [
        new("linear-regression", "linear-regression", [.. ModelRoles, Take.Text("fits"), Take.Column("cluster", required: false), Take.Column("group", required: false)], Example + " --weights persons --fits unweighted,weighted --cluster province --id area", Linear),
        new("fractional-logit", "fractional-logit", [.. ModelRoles, Take.Column("cluster", required: false), Take.Column("group", required: false)], "--input docs/examples/conditions.csv --response benefit_pct/100 --covariates education,log(income) --weights persons --id area", Fractional),
        new("glm", "generalized-linear-models", [.. ModelRoles, Take.Choice("family", "gaussian", "binomial", "quasibinomial", "poisson", "quasipoisson"), Take.Choice("link", "canonical", "identity", "logit", "log", "cloglog"), Take.Column("offset", required: false), Take.Column("cluster", required: false)], "--input docs/examples/conditions.csv --response exits --covariates education,log(income) --family quasipoisson --offset log(person_weeks)", Generalized),
        new("sufficient-statistics", "sufficient-statistics", [.. ModelRoles, Take.Column("group", required: false)], Example + " --weights persons --group province", Sufficient),
    ];

    private static Quantities Linear(MethodInput input)
    {
        input = input.Complete(Roles);
        var (x, terms) = Design(input);
        var result = Head(input, terms);
        var y = input.Column("response");
        if (!input.Has("fits"))
        {
            Append(result, LinearShape(input, LinearRegression.Fit(x, y, input.OptionalColumn("weights")), terms));
            return result;
        }

        foreach (var (name, weights) in Fits(input))
        {
            var own = input.CompleteIn(weights.Length == 0 ? [] : [weights]);
            var w = weights.Length == 0 ? [] : own.Numbers(weights);
            result[name] = LinearShape(own, LinearRegression.Fit(own.Rows == input.Rows ? x : Design(own).X, own.Column("response"), w), terms);
        }

        return result;
    }

    /// <summary>Named fits and the column of their weights: <c>{"ols": "unweighted", "wls": "weighted", "other": "COLUMN"}</c>, or a list of
    /// <c>unweighted</c> (called ols), <c>weighted</c> (wls) and columns.</summary>
    private static IEnumerable<(string Name, string Weights)> Fits(MethodInput input)
    {
        var raw = input.Raw("fits");
        if (raw is JsonValue && input.Text("fits").StartsWith('{'))
        {
            raw = Parsed(input);
        }

        var pairs = raw is JsonObject named
            ? named.Select(pair => (pair.Key, Kind: pair.Value is JsonValue kind && kind.TryGetValue<string>(out var text) ? text : throw input.Wrong("fits", "unweighted, weighted")))
            : input.Names("fits").Select(kind => (Key: kind switch { "unweighted" => "ols", "weighted" => "wls", _ => kind }, Kind: kind));
        return pairs.ToList().ConvertAll(pair => (pair.Key, pair.Kind switch
        {
            "unweighted" or "ols" => string.Empty,
            "weighted" or "wls" => input.Has("weights") ? input.Text("weights") : throw input.Missing("weights"),
            var column => input.IsColumn(column) ? column : throw input.Wrong("fits", "unweighted, weighted"),
        }));
    }

    private static JsonNode? Parsed(MethodInput input)
    {
        try
        {
            return JsonNode.Parse(input.Text("fits"));
        }
        catch (JsonException)
        {
            throw input.Wrong("fits", "{\"ols\": \"unweighted\", \"wls\": \"weighted\"}");
        }
    }

    private static Quantities LinearShape(MethodInput input, LinearFit fit, string[] terms)
    {
        var hasIntercept = input.Flag("intercept", otherwise: true);
        var classical = fit.Covariance(CovarianceKind.Classical).RootDiagonal();
        var result = new Quantities { ["coefficients"] = Quantities.Of(terms, fit.Coefficients) };
        Errors(result, input, terms, "classical", fit.Covariance(CovarianceKind.Classical));
        Errors(result, input, terms, "hc0", fit.Covariance(CovarianceKind.Hc0));
        Errors(result, input, terms, "hc1", fit.Covariance(CovarianceKind.Hc1));
        Errors(result, input, terms, "hc2", fit.Covariance(CovarianceKind.Hc2));
        Errors(result, input, terms, "hc3", fit.Covariance(CovarianceKind.Hc3));
        Append(result, Tests(terms, fit.Coefficients, classical, "classical", fit.DegreesOfFreedom));
        Append(result, Clusters(input, terms, fit.Coefficients, fit.ClusterCovariance));
        result["vcov_classical"] = fit.Covariance(CovarianceKind.Classical);
        result["sigma"] = Math.Sqrt(fit.ResidualVariance);
        result["rss"] = fit.ResidualSumOfSquares;
        result["r_squared"] = fit.RSquared;
        result["adj_r_squared"] = fit.AdjustedRSquared;
        result["f_statistic"] = hasIntercept && terms.Length > 1 ? fit.FStatistic : double.NaN;
        result["df_model"] = terms.Length - (hasIntercept ? 1 : 0);
        result["df_residual"] = fit.DegreesOfFreedom;
        result["fitted"] = fit.Fitted;
        result["residual"] = fit.Residuals;
        result["leverage"] = fit.Leverage;
        result["loo_fitted"] = fit.LeaveOneOutFitted;
        result["loo_residual"] = fit.LeaveOneOutResiduals;
        result["rank_residual"] = Ranks(fit.Residuals);
        result["rank_loo_residual"] = Ranks(fit.LeaveOneOutResiduals);
        return LeftOut(result, input, terms, fit.LeaveGroupOut);
    }

    private static Quantities Fractional(MethodInput input)
    {
        input = input.Complete(Roles);
        var (x, terms) = Design(input);
        var result = Head(input, terms);
        var y = input.Column("response");
        var fit = FractionalLogit.Fit(x, y, input.OptionalColumn("weights"));
        double[] residuals = [.. y.Zip(fit.Fitted, (own, mean) => own - mean)];
        result["coefficients"] = Quantities.Of(terms, fit.Coefficients);
        result["se_quasi"] = Quantities.Of(terms, fit.UnscaledCovariance.RootDiagonal().Select(root => root * Math.Sqrt(fit.Dispersion)));
        result["se_robust_hc0"] = Quantities.Of(terms, fit.CovarianceHc0.RootDiagonal());
        Append(result, Clusters(input, terms, fit.Coefficients, fit.ClusterCovariance));
        result["vcov_robust_hc0"] = fit.CovarianceHc0;
        result["deviance"] = fit.Deviance;
        result["null_deviance"] = fit.NullDeviance;
        result["dispersion_pearson"] = fit.Dispersion;
        result["df_residual"] = fit.DegreesOfFreedom;
        result["fitted"] = fit.Fitted;
        result["linear_predictor"] = fit.LinearPredictor;
        result["response_residual"] = residuals;
        result["pearson_residual"] = fit.PearsonResiduals;
        result["leverage"] = fit.Leverage;
        result["loo_fitted"] = fit.LeaveOneOut().Fitted;
        result["rank_response_residual"] = Ranks(residuals);
        return LeftOut(result, input, terms, fit.LeaveGroupOut);
    }

    private static Quantities Generalized(MethodInput input)
    {
        input = input.Complete(Roles);
        var (x, terms) = Design(input);
        var result = Head(input, terms);
        var (y, weights, offset) = (input.Column("response"), input.OptionalColumn("weights"), input.OptionalColumn("offset"));
        var (family, link) = (Family(input), Link(input));
        var options = new GlmOptions(family, link);
        var fit = GeneralizedLinearModel.Fit(x, y, options, weights, offset);
        var estimated = family is GlmFamily.Gaussian or GlmFamily.QuasiBinomial or GlmFamily.QuasiPoisson;
        var errors = fit.Covariance.RootDiagonal();
        result["family"] = input.Choice("family", "gaussian", "binomial", "quasibinomial", "poisson", "quasipoisson");
        result["coefficients"] = Quantities.Of(terms, fit.Coefficients);
        result["se"] = Quantities.Of(terms, errors);
        foreach (var (name, kind) in new[] { ("hc0", CovarianceKind.Hc0), ("hc1", CovarianceKind.Hc1), ("hc2", CovarianceKind.Hc2), ("hc3", CovarianceKind.Hc3) })
        {
            Errors(result, input, terms, name, fit.RobustCovariance(kind));
        }

        var statistic = fit.Coefficients.Zip(errors, (b, se) => b / se);
        result[estimated ? "t" : "z"] = Quantities.Of(terms, statistic);
        result["p"] = Quantities.Of(terms, statistic.Select(t => estimated ? Distributions.StudentTTwoSided(t, fit.DegreesOfFreedom) : 2 * NormalDistribution.Cumulative(-Math.Abs(t))));
        Append(result, Clusters(input, terms, fit.Coefficients, fit.ClusterCovariance));
        result["vcov"] = fit.Covariance;
        result["deviance"] = fit.Deviance;
        result["null_deviance"] = NullDeviance(input, y, options, weights, offset);
        result["pearson_chisq"] = fit.PearsonChiSquared;
        result["dispersion"] = fit.Dispersion;
        result["loglik"] = estimated ? double.NaN : fit.LogLikelihood();
        result["df_residual"] = fit.DegreesOfFreedom;
        result["iterations"] = fit.Iterations;
        result["fitted"] = fit.Fitted;
        result["linear_predictor"] = fit.LinearPredictor;
        result["response_residual"] = y.Zip(fit.Fitted, (own, mean) => own - mean).ToArray();
        result["pearson_residual"] = fit.PearsonResiduals;
        result["leverage"] = fit.Leverage;
        return result;
    }

    /// <summary>The deviance of the intercept (and offset) alone; NaN for a model without an intercept.</summary>
    private static double NullDeviance(MethodInput input, double[] y, GlmOptions options, double[] weights, double[] offset) =>
        input.Flag("intercept", otherwise: true)
            ? GeneralizedLinearModel.Fit(RowMatrix.FromColumns(Enumerable.Repeat(1.0, y.Length).ToArray()), y, options, weights, offset).Deviance
            : double.NaN;

    private static GlmFamily Family(MethodInput input) => input.Choice("family", "gaussian", "binomial", "quasibinomial", "poisson", "quasipoisson") switch
    {
        "binomial" => GlmFamily.Binomial,
        "quasibinomial" => GlmFamily.QuasiBinomial,
        "poisson" => GlmFamily.Poisson,
        "quasipoisson" => GlmFamily.QuasiPoisson,
        _ => GlmFamily.Gaussian,
    };

    private static GlmLink Link(MethodInput input)
    {
        var link = input.Choice("link", "canonical", "identity", "logit", "log", "cloglog");
        var (own, others) = Family(input) switch
        {
            GlmFamily.Gaussian => ("identity", Array.Empty<string>()),
            GlmFamily.Binomial or GlmFamily.QuasiBinomial => ("logit", ["cloglog"]),
            _ => ("log", []),
        };
        return link == "canonical" || link == own ? GlmLink.Canonical
            : others.Contains(link) ? GlmLink.ComplementaryLogLog
            : throw input.Wrong("link", string.Join(", ", others.Prepend(own)));
    }

    private static Quantities Sufficient(MethodInput input)
    {
        input = input.Complete(Roles);
        var (x, terms) = Design(input);
        var result = Head(input, terms);
        var (labels, codes) = input.Has("group") ? input.Groups("group") : (["all"], new int[input.Rows]);
        var parts = SufficientStatistics.ByGroup(x, input.Column("response"), codes, input.OptionalColumn("weights"));
        var total = parts.Aggregate((a, b) => a + b);
        var fit = total.Fit();
        var errors = fit.Covariance.RootDiagonal();
        result["coefficients"] = Quantities.Of(terms, fit.Coefficients);
        result["se_classical"] = Quantities.Of(terms, errors);
        Append(result, Tests(terms, fit.Coefficients, errors, "classical", fit.DegreesOfFreedom));
        result["vcov_classical"] = fit.Covariance;
        result["sigma"] = Math.Sqrt(fit.ResidualVariance);
        result["rss"] = fit.ResidualSumOfSquares;
        result["r_squared"] = fit.RSquared;
        result["adj_r_squared"] = fit.AdjustedRSquared;
        result["df_residual"] = fit.DegreesOfFreedom;
        result["condition"] = fit.Condition;
        result["total"] = Sums(total);
        if (input.Has("group"))
        {
            var left = SufficientStatistics.LeaveGroupOut(parts);
            result["leave_group_out"] = new Quantities
            {
                ["group"] = labels,
                ["n"] = parts.Select(part => part.Units).ToArray(),
                ["observed"] = parts.Select(part => part.Moments[terms.Length + 1, terms.Length]).ToArray(),
                ["expected"] = parts.Zip(left, (part, without) => without?.PredictedSum(part) ?? double.NaN).ToArray(),
                ["coefficients"] = ByGroup(labels, left, terms, without => without.Coefficients),
                ["se_classical"] = ByGroup(labels, left, terms, without => without.Covariance.RootDiagonal()),
            };
            result["by_group"] = Named(labels, parts.Select(Sums));
        }

        return result;
    }

    /// <summary>The sums themselves, columns in the order of the terms.</summary>
    private static Quantities Sums(SufficientStatistics statistics)
    {
        var (k, moments) = (statistics.Columns, statistics.Moments);
        return new Quantities
        {
            ["n"] = statistics.Units,
            ["sum_w"] = statistics.Weight,
            ["ywy"] = moments[k, k],
            ["sum_wy"] = moments[k + 1, k],
            ["xwy"] = moments.Row(k)[..k].ToArray(),
            ["sum_wx"] = moments.Row(k + 1)[..k].ToArray(),
            ["xwx"] = Enumerable.Range(0, k).Select(row => moments.Row(row)[..k].ToArray()).ToArray(),
        };
    }

    private static Quantities ByGroup(string[] labels, IEnumerable<SufficientFit?> fits, string[] terms, Func<SufficientFit, double[]> values) =>
        Named(labels, fits.Select(fit => Quantities.Of(terms, fit is null ? Enumerable.Repeat(double.NaN, terms.Length) : values(fit))));

    private static Quantities Named(string[] labels, IEnumerable<Quantities> values)
    {
        var result = new Quantities();
        foreach (var (label, value) in labels.Zip(values))
        {
            result[label] = value;
        }

        return result;
    }

    private static (RowMatrix X, string[] Terms) Design(MethodInput input)
    {
        var hasIntercept = input.Flag("intercept", otherwise: true);
        return (input.Columns("covariates", hasIntercept), input.Terms("covariates", hasIntercept));
    }

    private static Quantities Head(MethodInput input, string[] terms)
    {
        var result = input.Start();
        result["k"] = terms.Length;
        result["terms"] = terms;
        return result;
    }

    private static void Errors(Quantities result, MethodInput input, string[] terms, string kind, RowMatrix covariance)
    {
        result["se_" + kind] = Quantities.Of(terms, covariance.RootDiagonal());
        if (input.Wants(name => name.EndsWith("vcov_" + kind, StringComparison.Ordinal)))
        {
            result["vcov_" + kind] = covariance;
        }
    }

    private static Quantities Tests(string[] terms, double[] coefficients, double[] errors, string kind, double degreesOfFreedom)
    {
        double[] t = [.. coefficients.Zip(errors, (b, se) => b / se)];
        return new Quantities
        {
            ["t_" + kind] = Quantities.Of(terms, t),
            ["p_" + kind] = Quantities.Of(terms, t.Select(value => double.IsNaN(value) ? double.NaN : Distributions.StudentTTwoSided(value, degreesOfFreedom))),
        };
    }

    private delegate ClusterCovariance ByCluster(ReadOnlySpan<int> groups, ClusterKind kind);

    /// <summary>Errors by cluster where a cluster column was given: CR0, CR1 (with t tests on G - 1 degrees of freedom) and CR2.</summary>
    private static Quantities Clusters(MethodInput input, string[] terms, double[] coefficients, ByCluster covariance)
    {
        var result = new Quantities();
        if (!input.Has("cluster"))
        {
            return result;
        }

        var codes = input.Groups("cluster").Codes;
        foreach (var (name, kind) in new[] { ("cr0", ClusterKind.Cr0), ("cr1", ClusterKind.Cr1), ("cr2", ClusterKind.Cr2) })
        {
            Errors(result, input, terms, name, covariance(codes, kind).Covariance);
        }

        var usual = covariance(codes, ClusterKind.Cr1);
        Append(result, Tests(terms, coefficients, usual.Covariance.RootDiagonal(), "cr1", usual.DegreesOfFreedom));
        result["clusters"] = usual.Clusters;
        result["df_cluster"] = usual.DegreesOfFreedom;
        return result;
    }

    private delegate LeaveGroupOutFit WithoutGroups(ReadOnlySpan<int> groups);

    /// <summary>What the fits without each group predict and estimate, where a group column was given.</summary>
    private static Quantities LeftOut(Quantities result, MethodInput input, string[] terms, WithoutGroups fit)
    {
        if (input.Has("group"))
        {
            var (labels, codes) = input.Groups("group");
            var left = fit(codes);
            result["leave_group_out"] = new Quantities
            {
                ["fitted"] = left.Fitted,
                ["coefficients"] = Named(labels, labels.Select((_, group) => Quantities.Of(terms, left.Coefficients.Row(group).ToArray()))),
            };
        }

        return result;
    }

    /// <summary>Ranks from the lowest, ties sharing the smallest; NaN where the value is.</summary>
    private static double[] Ranks(double[] values)
    {
        var known = values.Where(value => !double.IsNaN(value)).ToArray();
        var ranks = new Queue<int>(RankOf.Smallest(known, RankOrder.Lowest));
        return Array.ConvertAll(values, value => double.IsNaN(value) ? double.NaN : ranks.Dequeue());
    }

    private static void Append(Quantities result, Quantities more)
    {
        foreach (var (name, value) in more)
        {
            result[name] = value;
        }
    }
}
