using System.Text.Json.Nodes;
using Fikspunkt.Domain;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Frontiers;

namespace Fikspunkt.Methods;

/// <summary>Efficiency against a frontier.</summary>
internal static class FrontierMethods
{
    private const string Example = "--input docs/examples/jobcentres.csv --id jobcentre --inputs spend,staff --outputs placed,activated";

    private static readonly Parameter[] Roles =
    [
        Take.Columns("inputs"), Take.Columns("outputs"), Take.Column("id", required: false), Take.Columns("fixed_inputs", required: false), Take.Columns("fixed_outputs", required: false),
    ];

    private static readonly Parameter Technology = Take.Choice("technology", "vrs", "crs", "drs", "irs", "fdh");
    private static readonly Parameter InOrOut = Take.Choice("orientation", "in", "out");

    private static readonly Dictionary<string, ReturnsToScale> Technologies = new(StringComparer.Ordinal)
    {
        ["crs"] = ReturnsToScale.Constant,
        ["vrs"] = ReturnsToScale.Variable,
        ["drs"] = ReturnsToScale.Decreasing,
        ["irs"] = ReturnsToScale.Increasing,
        ["fdh"] = ReturnsToScale.FreeDisposal,
    };

    private static readonly Dictionary<string, FrontierOrientation> Orientations = new(StringComparer.Ordinal)
    {
        ["in"] = FrontierOrientation.Input,
        ["out"] = FrontierOrientation.Output,
        ["graph"] = FrontierOrientation.Graph,
        ["directional"] = FrontierOrientation.Directional,
    };

    public static IReadOnlyList<Method> All { get; } =
    [
        new(
            "dea",
            "frontiers-dea",
            [.. Roles, Take.Choice("technology", "all", "crs", "vrs", "drs", "irs", "fdh"), Take.Choice("orientation", "both", "in", "out", "graph", "directional"), Take.Numbers("directions"), Take.Text("weight_restrictions"), Take.Numbers("prices")],
            Example + " --technology vrs --orientation in",
            Envelopment),
        new("dea-bootstrap", "frontiers-bootstrap", [.. Roles, Technology, InOrOut, Take.Number("replications", "2000"), Take.Number("coverage", "0.95"), Take.Number("seed", "1"), Take.Number("bandwidth")], Example + " --replications 500", Bootstrap),
        new("order-m", "frontiers-partial", [.. Roles, InOrOut, Take.Number("order", "25")], Example + " --order 10", input => Partial(input, (x, y, options) => PartialFrontier.OrderM(x, y, input.Count("order", 25, 1), options))),
        new("order-alpha", "frontiers-partial", [.. Roles, InOrOut, Take.Number("alpha", "0.95")], Example + " --alpha 0.9", input => Partial(input, (x, y, options) => PartialFrontier.OrderAlpha(x, y, input.Share("alpha", 0.95), options))),
        new("dea-influence", "frontiers-partial", [.. Roles, Technology, InOrOut], Example, Influence),
        new("malmquist", "frontiers-malmquist", [.. Roles, Take.Columns("later_inputs"), Take.Columns("later_outputs"), InOrOut], Example + " --later_inputs spend_2,staff_2 --later_outputs placed_2,activated_2", Change),
        new("dea-environment", "frontiers-environment", [.. Roles, Take.Columns("environment"), Technology, InOrOut, Take.Number("bias_replications", "0"), Take.Number("replications", "2000"), Take.Number("coverage", "0.95"), Take.Number("seed", "1")], Example + " --environment hardship --replications 500", Environment),
    ];

    private static (MethodInput Input, RowMatrix X, RowMatrix Y, FrontierOptions Options) Read(MethodInput input)
    {
        input = input.Complete("inputs", "outputs", "environment", "later_inputs", "later_outputs");
        var options = new FrontierOptions { FixedInputs = Places(input, "fixed_inputs", "inputs"), FixedOutputs = Places(input, "fixed_outputs", "outputs") };
        if (input.Has("technology") && Technologies.TryGetValue(input.Text("technology"), out var returns))
        {
            options = options with { Returns = returns };
        }

        if (input.Has("orientation") && Orientations.TryGetValue(input.Text("orientation"), out var orientation))
        {
            options = options with { Orientation = orientation };
        }

        var (x, y) = (input.Columns("inputs"), input.Columns("outputs"));
        if (input.Has("directions"))
        {
            var given = input.NumberList("directions");
            options = options with { Directions = given.Length == x.Columns + y.Columns ? new RowMatrix(1, given.Length, given) : throw input.Wrong("directions", Texts.NumbersExpected.With(x.Columns + y.Columns)) };
        }

        return (input, x, y, options with { WeightRestrictions = Restrictions(input, x.Columns + y.Columns) });
    }

    private static int[]? Places(MethodInput input, string role, string all)
    {
        if (!input.Has(role))
        {
            return null;
        }

        var names = input.Names(all);
        return [.. input.Names(role).Select(name => Array.IndexOf(names, name) is >= 0 and var place ? place : throw input.Wrong(role, string.Join(", ", names)))];
    }

    private static RowMatrix? Restrictions(MethodInput input, int columns)
    {
        if (!input.Has("weight_restrictions"))
        {
            return null;
        }

        try
        {
            var rows = (input.Raw("weight_restrictions") is JsonArray array ? array : JsonNode.Parse(input.Text("weight_restrictions"))!.AsArray()).Select(row => row!.AsArray().Select(value => (double)value!).ToArray()).ToArray();
            return Array.TrueForAll(rows, row => row.Length == columns) ? new RowMatrix(rows.Length, columns, [.. rows.SelectMany(row => row)]) : throw input.Wrong("weight_restrictions", Texts.RestrictionsExpected.With(columns));
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException or FormatException)
        {
            throw input.Wrong("weight_restrictions", Texts.RestrictionsExpected.With(columns));
        }
    }

    private static Quantities Envelopment(MethodInput input)
    {
        var technologies = input.Choice("technology", "all", "crs", "vrs", "drs", "irs", "fdh") is var technology && technology != "all" && input.Wanted.Count == 0 ? [technology] : Technologies.Keys.ToArray();
        var orientations = input.Choice("orientation", "both", "in", "out", "graph", "directional") is var orientation && orientation != "both" && input.Wanted.Count == 0 ? [orientation] : (string[])["in", "out"];
        var (rows, x, y, options) = Read(input);
        var (inputs, outputs) = (rows.Terms("inputs"), rows.Terms("outputs"));
        var result = rows.Start();
        result["inputs"] = inputs;
        result["outputs"] = outputs;
        result["column_means"] = Quantities.Of([.. inputs, .. outputs], Means(x).Concat(Means(y)));
        var (efficiency, raw, normalised) = (new Quantities(), new Quantities(), new Quantities());
        var (super, infeasible, details) = (new Quantities(), new Quantities(), new Quantities());
        foreach (var (name, model) in Models(technologies, orientations, options))
        {
            var measured = Dea.Efficiency(x, y, model);
            efficiency[name] = measured.Efficiency;
            normalised[name] = Slacks.SecondStage(x, y, model).Sum;
            raw[name] = Slacks.SecondStage(x, y, model, SlackWeights.Raw).Sum;
            if (model.Returns != ReturnsToScale.FreeDisposal)
            {
                var left = Dea.SuperEfficiency(x, y, model);
                super[name] = left.Efficiency;
                infeasible[name] = left.Infeasible.Select(row => row + 1);
            }

            if (input.Wanted.Count == 0)
            {
                details[name] = Details(rows, measured, Slacks.SecondStage(x, y, model), inputs, outputs);
            }
        }

        result["efficiency"] = efficiency;
        if (orientations.Contains("in"))
        {
            result["scale_efficiency_in"] = Dea.ScaleEfficiency(x, y, options with { Orientation = FrontierOrientation.Input });
        }

        if (orientations.Contains("out"))
        {
            result["scale_efficiency_out"] = Dea.ScaleEfficiency(x, y, options with { Orientation = FrontierOrientation.Output });
        }

        result["super_efficiency"] = super;
        result["super_infeasible_rows"] = infeasible;
        result["slack_sum_raw"] = raw;
        result["slack_sum_normalised"] = normalised;
        result["additive_raw"] = Additive(x, y, options, technologies, SlackWeights.Raw);
        result["additive_normalised"] = Additive(x, y, options, technologies, SlackWeights.Normalised);
        if (!orientations.Contains("graph") && !orientations.Contains("directional"))
        {
            result["potential"] = Potentials(input, x, y, options, technologies);
        }

        if (details.Count > 0)
        {
            result["solutions"] = details;
        }

        return result;
    }

    private static IEnumerable<double> Means(RowMatrix matrix) =>
        Enumerable.Range(0, matrix.Columns).Select(column => Enumerable.Range(0, matrix.Rows).Average(row => matrix[row, column]));

    private static IEnumerable<(string Name, FrontierOptions Options)> Models(string[] technologies, string[] orientations, FrontierOptions options) =>
        from technology in technologies
        from orientation in orientations
        select ($"{technology}_{orientation}", options with { Returns = Technologies[technology], Orientation = Orientations[orientation] });

    private static Quantities Details(MethodInput input, FrontierResult measured, SlackResult slacks, string[] inputs, string[] outputs)
    {
        var ids = input.IdTexts();
        return new Quantities
        {
            ["peers"] = measured.Peers.Select(peers => peers.Select(peer => ids[peer.Unit])),
            ["lambdas"] = measured.Peers.Select(peers => peers.Select(peer => peer.Weight)),
            ["input_multipliers"] = ByColumn(inputs, measured.InputMultipliers),
            ["output_multipliers"] = ByColumn(outputs, measured.OutputMultipliers),
            ["intercept"] = measured.Intercept,
            ["input_slacks"] = ByColumn(inputs, slacks.InputSlacks),
            ["output_slacks"] = ByColumn(outputs, slacks.OutputSlacks),
        };
    }

    private static Quantities ByColumn(string[] names, RowMatrix matrix)
    {
        var result = new Quantities();
        for (var column = 0; column < names.Length; column++)
        {
            result[names[column]] = Enumerable.Range(0, matrix.Rows).Select(row => matrix[row, column]).ToArray();
        }

        return result;
    }

    private static Quantities Additive(RowMatrix x, RowMatrix y, FrontierOptions options, string[] technologies, SlackWeights weights)
    {
        var result = new Quantities();
        foreach (var technology in technologies.Where(technology => technology != "fdh"))
        {
            result[technology] = Slacks.Additive(x, y, options with { Returns = Technologies[technology] }, weights).Sum;
        }

        return result;
    }

    private static Quantities Potentials(MethodInput input, RowMatrix x, RowMatrix y, FrontierOptions options, string[] technologies)
    {
        var prices = input.NumberList("prices");
        var result = new Quantities();
        foreach (var technology in technologies)
        {
            var measured = Dea.Efficiency(x, y, options with { Returns = Technologies[technology], Orientation = FrontierOrientation.Input });
            var reached = Dea.Efficiency(x, y, options with { Returns = Technologies[technology], Orientation = FrontierOrientation.Output });
            var saving = Potential.OfInputs(x, measured, options.FixedInputs);
            var gain = Potential.OfOutputs(y, reached, options.FixedOutputs);
            var potential = new Quantities
            {
                ["input_saving"] = Quantities.Of(input.Terms("inputs"), saving.Total),
                ["input_saving_share"] = Quantities.Of(input.Terms("inputs"), saving.Share),
                ["output_gain"] = Quantities.Of(input.Terms("outputs"), gain.Total),
                ["output_gain_share"] = Quantities.Of(input.Terms("outputs"), gain.Share),
                ["mean_efficiency_in"] = measured.Efficiency.Average(),
                ["mean_efficiency_out"] = reached.Efficiency.Average(),
                ["n_efficient_in"] = measured.Efficiency.Count(theta => Math.Abs(theta - 1) < 1e-9),
            };
            if (prices.Length > 0)
            {
                if (prices.Length != x.Columns)
                {
                    throw input.Wrong("prices", Texts.NumbersExpected.With(x.Columns));
                }

                potential["saving_in_money"] = saving.InMoney(Array.ConvertAll(prices, price => (decimal)price)).Select(kr => (double)kr);
            }

            result[technology] = potential;
        }

        return result;
    }

    private static Quantities Bootstrap(MethodInput input)
    {
        input.Choice("technology", "vrs", "crs", "drs", "irs");
        input.Choice("orientation", "in", "out");
        var (rows, x, y, options) = Read(input);
        var bootstrap = new FrontierBootstrapOptions(
            input.Count("replications", 2000, 1), input.Probability("coverage", 0.95), input.Count("seed", 1), input.Has("bandwidth") ? input.NotNegative("bandwidth") : null);
        var run = FrontierBootstrap.Run(x, y, options, bootstrap);
        var result = rows.Start();
        result["inputs"] = rows.Terms("inputs");
        result["outputs"] = rows.Terms("outputs");
        result["nrep"] = bootstrap.Replications;
        result["seed"] = bootstrap.Seed;
        result["bandwidth"] = run.Bandwidth;
        result["efficiency"] = run.Efficiency;
        var corrected = new Quantities { ["eff_bias_corrected"] = run.BiasCorrected, ["ci_lower"] = run.Lower, ["ci_upper"] = run.Upper, ["bias"] = run.Bias };
        foreach (var (name, value) in corrected)
        {
            result[name] = value;
        }

        // A case compares with a long run of the peer.
        result["long_run"] = corrected;
        return result;
    }

    private static Quantities Partial(MethodInput input, Func<RowMatrix, RowMatrix, FrontierOptions, PartialFrontierResult> measure)
    {
        input.Choice("orientation", "in", "out");
        var (rows, x, y, options) = Read(input);
        var measured = measure(x, y, options);
        var result = rows.Start();
        result["efficiency"] = measured.Efficiency;
        result["comparable"] = measured.Comparable;
        return result;
    }

    private static Quantities Influence(MethodInput input)
    {
        var (rows, x, y, options) = Read(input);
        var influence = FrontierInfluence.LeaveOneOut(x, y, options);
        var result = rows.Start();
        result["super_efficiency"] = influence.SuperEfficiency;
        result["affected"] = influence.Affected;
        result["unreachable"] = influence.Unreachable;
        result["mean_change"] = influence.MeanChange;
        result["largest_change"] = influence.LargestChange;
        return result;
    }

    private static Quantities Change(MethodInput input)
    {
        input.Choice("orientation", "in", "out");
        var (rows, x, y, options) = Read(input);
        var change = Malmquist.Change(x, y, rows.Columns("later_inputs"), rows.Columns("later_outputs"), options);
        var result = rows.Start();
        result["malmquist"] = change.Index;
        result["efficiency_change"] = change.EfficiencyChange;
        result["technical_change"] = change.TechnicalChange;
        result["pure_efficiency_change"] = change.PureEfficiencyChange;
        result["scale_change"] = change.ScaleChange;
        return result;
    }

    private static Quantities Environment(MethodInput input)
    {
        input.Choice("technology", "vrs", "crs", "drs", "irs");
        input.Choice("orientation", "in", "out");
        var (rows, x, y, options) = Read(input);
        var settings = new EnvironmentOptions(input.Count("bias_replications", 0), input.Count("replications", 2000, 1), input.Probability("coverage", 0.95), input.Count("seed", 1));
        var fit = EnvironmentRegression.Fit(x, y, rows.Columns("environment", intercept: true), options, settings);
        var terms = rows.Terms("environment", intercept: true);
        var result = rows.Start();
        result["terms"] = terms;
        result["coefficients"] = Quantities.Of(terms, fit.Coefficients);
        result["se"] = Quantities.Of(terms, fit.StandardErrors);
        result["ci_lower"] = Quantities.Of(terms, fit.Lower);
        result["ci_upper"] = Quantities.Of(terms, fit.Upper);
        result["sigma"] = fit.Sigma;
        result["delta"] = fit.Delta;
        result["used"] = fit.Used;
        result["failed"] = fit.Failed;
        return result;
    }
}
