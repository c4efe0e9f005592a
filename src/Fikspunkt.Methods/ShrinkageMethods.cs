using System.Globalization;
using System.Text.Json.Nodes;
using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Shrinkage;

namespace Fikspunkt.Methods;

/// <summary>Estimates drawn towards what is common.</summary>
internal static class ShrinkageMethods
{
    public static IReadOnlyList<Method> All { get; } =
    [
        new(
            "normal-normal",
            "shrinkage",
            [Take.Column("estimate"), Take.Column("se"), Take.Column("id", required: false), Take.Choice("estimator", "reml", "paule-mandel"), Take.Number("coverage", "0.95")],
            "--input docs/examples/areas.csv --id area --estimate effect --se se",
            Normal),
        new(
            "poisson-gamma",
            "shrinkage",
            [Take.Column("count"), Take.Column("expected"), Take.Column("id", required: false), Take.Choice("estimator", "likelihood", "moments"), Take.Number("coverage", "0.95")],
            "--input docs/examples/areas.csv --id area --count cases --expected expected",
            Counts),
        new(
            "mixed-model",
            "shrinkage",
            [Take.Column("response"), Take.Column("group"), Take.Columns("covariates", required: false), Take.Choice("random", "intercept")],
            "--input docs/examples/spells.csv --response log(weeks) --group jobcentre --covariates age,sex",
            Mixed),
    ];

    private static Quantities Normal(MethodInput input)
    {
        var rows = input.Complete("estimate", "se");
        var method = rows.Choice("estimator", "reml", "paule-mandel") == "reml" ? BetweenVarianceMethod.Reml : BetweenVarianceMethod.PauleMandel;
        var estimate = NormalNormal.Estimate(rows.Column("estimate"), rows.Column("se"), method);
        var coverage = rows.Probability("coverage", 0.95);
        var z = NormalDistribution.Quantile((1 + coverage) / 2);
        var result = rows.Start();
        result["coverage"] = coverage;
        result["mean"] = estimate.Mean;
        result["se_mean"] = estimate.MeanStandardError;
        result["tau2"] = estimate.BetweenVariance;
        result["tau"] = Math.Sqrt(estimate.BetweenVariance);
        result["factor"] = estimate.Factor;
        result["shrunken"] = estimate.Shrunken;
        result["posterior_sd"] = estimate.PosteriorSd;
        result["lower"] = estimate.Shrunken.Zip(estimate.PosteriorSd, (mean, sd) => mean - (z * sd)).ToArray();
        result["upper"] = estimate.Shrunken.Zip(estimate.PosteriorSd, (mean, sd) => mean + (z * sd)).ToArray();
        return result;
    }

    private static Quantities Counts(MethodInput input)
    {
        // One pair of columns, or several pairs under a name each.
        if (input.Raw("count") is not JsonObject sets)
        {
            var rows = input.Complete("count", "expected");
            var result = rows.Start();
            Add(result, rows, rows.Column("count"), rows.Column("expected"));
            return result;
        }

        if (input.Raw("expected") is not JsonObject expected)
        {
            throw input.Wrong("expected", sets.ToJsonString());
        }

        var pairs = sets.Select(entry => (Name: entry.Key, Count: Plain(entry.Value), Expected: expected.TryGetPropertyValue(entry.Key, out var node) ? Plain(node) : throw input.Wrong("expected", entry.Key))).ToList();
        var complete = input.CompleteIn([.. pairs.SelectMany(pair => new[] { pair.Count, pair.Expected })]);
        var all = complete.Start();
        foreach (var (name, count, of) in pairs)
        {
            var own = new Quantities();
            Add(own, complete, complete.Numbers(count), complete.Numbers(of));
            all[name] = own;
        }

        return all;
    }

    private static string Plain(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node?.ToJsonString() ?? string.Empty;

    private static void Add(Quantities result, MethodInput input, double[] counts, double[] expected)
    {
        var method = input.Choice("estimator", "likelihood", "moments") == "likelihood" ? PoissonGammaMethod.MaximumLikelihood : PoissonGammaMethod.Moments;
        var coverage = input.Probability("coverage", 0.95);
        var free = PoissonGamma.Estimate(counts, expected, PriorMean.Free, method, coverage);
        result["ratio"] = free.Ratio;
        result["free_mean"] = Shape(input, free, coverage);
        result["mean_one"] = Shape(input, PoissonGamma.Estimate(counts, expected, PriorMean.One, method, coverage), coverage);
    }

    private static Quantities Shape(MethodInput input, PoissonGammaEstimate estimate, double coverage)
    {
        var percent = (100 * coverage).ToString("0.##", CultureInfo.InvariantCulture);
        var result = input.Labels();
        result["shape"] = estimate.Shape;
        result["rate"] = estimate.Rate;
        result["prior_mean"] = estimate.PriorMean;
        result["prior_sd"] = estimate.PriorSd;
        result["loglik"] = estimate.LogLikelihood;
        result["posterior_mean"] = estimate.PosteriorMean;
        result["posterior_sd"] = estimate.PosteriorSd;
        result["lower" + percent] = estimate.Lower;
        result["upper" + percent] = estimate.Upper;
        result["weight"] = estimate.Weight;
        result["prob_above_1"] = estimate.ProbabilityAboveOne;
        return result;
    }

    private static Quantities Mixed(MethodInput input)
    {
        var rows = input.Complete("response", "group", "covariates");
        rows.Choice("random", "intercept");
        var (x, y, terms) = (rows.Columns("covariates", intercept: true), rows.Column("response"), rows.Terms("covariates", intercept: true));
        var (labels, codes) = rows.Groups("group");
        var result = rows.Start();
        result["groups"] = labels;
        var (sums, sizes) = (new CompensatedSum[labels.Length], new int[labels.Length]);
        for (var row = 0; row < y.Length; row++)
        {
            sums[codes[row]].Add(y[row]);
            sizes[codes[row]]++;
        }

        var means = sums.Zip(sizes, (sum, size) => sum.Value / size).ToArray();
        result["group_mean"] = means;
        result["group_n"] = sizes;
        foreach (var (name, kind) in new[] { ("reml", LikelihoodKind.Restricted), ("ml", LikelihoodKind.Full) })
        {
            result[name] = Shape(RandomIntercept.Fit(x, y, codes, kind), terms, rows.Wanted.Count == 0 ? labels : null);
        }

        if (terms.Length == 1 && sizes.Min() == sizes.Max())
        {
            result["closed_form"] = Balanced(y, codes, means, sizes[0]);
        }

        return result;
    }

    private static Quantities Shape(RandomInterceptFit fit, string[] terms, string[]? groups)
    {
        var errors = fit.Covariance.RootDiagonal();
        var result = new Quantities { ["fixed_intercept"] = fit.Coefficients[0] };
        if (terms.Length == 1)
        {
            result["se_fixed"] = errors[0];
        }
        else
        {
            result["fixed"] = Quantities.Of(terms, fit.Coefficients);
            result["se_fixed"] = Quantities.Of(terms, errors);
        }

        result["var_group"] = fit.BetweenVariance;
        result["var_residual"] = fit.ResidualVariance;
        result["sd_group"] = Math.Sqrt(fit.BetweenVariance);
        result["sd_residual"] = Math.Sqrt(fit.ResidualVariance);
        result["icc"] = fit.IntraclassCorrelation;
        result["loglik"] = fit.LogLikelihood;
        if (groups is not null)
        {
            result["group"] = groups;
        }

        result["blup"] = fit.Effects;
        result["group_estimate"] = Array.ConvertAll(fit.Effects, effect => fit.Coefficients[0] + effect);
        result["shrinkage"] = fit.Shrinkage;
        result["conditional_sd"] = fit.ConditionalSd;
        return result;
    }

    /// <summary>Groups of one size and no covariates: the estimates follow from the mean squares. Where those between groups are the smaller, all variance is within.</summary>
    private static Quantities Balanced(double[] y, int[] codes, double[] means, int size)
    {
        var (groups, grand) = (means.Length, means.Average());
        var between = size * CompensatedSum.OfSquares(Array.ConvertAll(means, mean => mean - grand)) / (groups - 1);
        var squares = CompensatedSum.OfSquares([.. y.Select((value, row) => value - means[codes[row]])]);
        var within = squares / (groups * (size - 1));
        var total = squares + (between * (groups - 1));
        var fromMaximum = (1 - (1.0 / groups)) * between;
        return new Quantities
        {
            ["MSB"] = between,
            ["MSW"] = within,
            ["reml_var_group"] = Math.Max(0, (between - within) / size),
            ["reml_var_residual"] = between > within ? within : total / ((groups * size) - 1),
            ["ml_var_group"] = Math.Max(0, (fromMaximum - within) / size),
            ["ml_var_residual"] = fromMaximum > within ? within : total / (groups * size),
        };
    }
}
