using Fikspunkt.Statistics.Frontiers;

namespace Fikspunkt.Statistics.Tests.Frontiers;

/// <summary>Program Follow Through (Charnes, Cooper and Rhodes 1981) in exact arithmetic.</summary>
public sealed class DeaReferenceTests
{
    internal static readonly string[] InputNames = ["x1", "x2", "x3", "x4", "x5"];
    internal static readonly string[] OutputNames = ["y1", "y2", "y3"];

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
    };

    [Fact]
    public void Dea_ReferenceCase_MatchesEveryNumber()
    {
        var reference = ReferenceCase.Load("dea-charnes1981");
        var (x, y) = (Matrix(reference, InputNames), Matrix(reference, OutputNames));
        var (efficiency, rawSlacks, normalisedSlacks) = (new Dictionary<string, double[]>(), new Dictionary<string, double[]>(), new Dictionary<string, double[]>());
        foreach (var (name, options) in Models(Technologies.Keys))
        {
            efficiency[name] = Dea.Efficiency(x, y, options).Efficiency;
            rawSlacks[name] = Slacks.SecondStage(x, y, options, SlackWeights.Raw).Sum;
            normalisedSlacks[name] = Slacks.SecondStage(x, y, options).Sum;
        }

        var super = Models(["crs", "vrs"]).ToDictionary(model => model.Name, model => Dea.SuperEfficiency(x, y, model.Options));
        string[] additive = ["crs", "vrs"];
        reference.ShouldMatch(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["case"] = "dea-charnes1981",
            ["n"] = reference.Rows,
            ["unit"] = reference.Numbers("firm"),
            ["inputs"] = InputNames,
            ["outputs"] = OutputNames,
            ["column_means"] = InputNames.Concat(OutputNames).ToDictionary(name => name, name => reference.Numbers(name).Average()),
            ["efficiency"] = efficiency,
            ["scale_efficiency_in"] = Dea.ScaleEfficiency(x, y, new FrontierOptions()),
            ["super_efficiency"] = super.ToDictionary(pair => pair.Key, pair => pair.Value.Efficiency),
            ["super_infeasible_rows"] = super.ToDictionary(pair => pair.Key, pair => pair.Value.Infeasible.Select(row => row + 1)),
            ["slack_sum_raw"] = rawSlacks,
            ["slack_sum_normalised"] = normalisedSlacks,
            ["additive_raw"] = additive.ToDictionary(name => name, name => Slacks.Additive(x, y, new FrontierOptions(Technologies[name]), SlackWeights.Raw).Sum),
            ["additive_normalised"] = additive.ToDictionary(name => name, name => Slacks.Additive(x, y, new FrontierOptions(Technologies[name])).Sum),
            ["potential"] = Technologies.ToDictionary(pair => pair.Key, pair => (object)Potentials(x, y, pair.Value)),
            ["peer_check"] = PeerCheck(reference),
        });
        super["vrs_in"].Infeasible.ShouldBe([.. Enumerable.Range(0, reference.Rows).Where(row => double.IsNaN(super["vrs_in"].Efficiency[row]))]);
    }

    /// <summary>What the case tells about its own making, for which there is nothing to compute here.</summary>
    private static Dictionary<string, object> PeerCheck(ReferenceCase reference) => new(StringComparer.Ordinal)
    {
        ["package"] = "Benchmarking 0.33",
        ["max_abs_difference_efficiency"] = reference.Expected("peer_check.max_abs_difference_efficiency"),
        ["max_abs_difference_slack_objective"] = reference.Expected("peer_check.max_abs_difference_slack_objective"),
        ["slack_objective_used_by_peer"] = "raw",
    };

    private static Dictionary<string, object> Potentials(RowMatrix x, RowMatrix y, ReturnsToScale returns)
    {
        var input = Dea.Efficiency(x, y, new FrontierOptions(returns));
        var output = Dea.Efficiency(x, y, new FrontierOptions(returns, FrontierOrientation.Output));
        var saving = Potential.OfInputs(x, input);
        var gain = Potential.OfOutputs(y, output);
        return new(StringComparer.Ordinal)
        {
            ["input_saving"] = saving.Total.Named(InputNames),
            ["input_saving_share"] = saving.Share.Named(InputNames),
            ["output_gain"] = gain.Total.Named(OutputNames),
            ["output_gain_share"] = gain.Share.Named(OutputNames),
            ["mean_efficiency_in"] = input.Efficiency.Average(),
            ["mean_efficiency_out"] = output.Efficiency.Average(),
            ["n_efficient_in"] = input.Efficiency.Count(theta => Math.Abs(theta - 1) < 1e-9),
        };
    }

    private static IEnumerable<(string Name, FrontierOptions Options)> Models(IEnumerable<string> technologies) =>
        from technology in technologies
        from orientation in Orientations
        select ($"{technology}_{orientation.Key}", new FrontierOptions(Technologies[technology], orientation.Value));

    internal static RowMatrix Matrix(ReferenceCase reference, string[] columns) => RowMatrix.FromColumns([.. columns.Select(reference.Numbers)]);
}
