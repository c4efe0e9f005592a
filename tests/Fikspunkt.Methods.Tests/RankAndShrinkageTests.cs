using System.Text.Json.Nodes;
using Fikspunkt.Domain;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Ranks;
using Fikspunkt.Statistics.Shrinkage;

namespace Fikspunkt.Methods.Tests;

/// <summary>Ranks and shrinkage on a small table give the library's numbers.</summary>
public sealed class RankAndShrinkageTests
{
    private static readonly string[] Names = ["a", "b", "c", "d", "e"];
    private static readonly string[] Likelihoods = ["reml", "ml"];
    private static readonly double[] Effects = [-1.4, -0.3, 0.1, 0.2, 1.5];
    private static readonly double[] Errors = [0.3, 0.2, 0.4, 0.1, 0.5];
    private static readonly double[] Counts = [12, 3, 0, 25, 9];
    private static readonly double[] ExpectedCounts = [8.1, 5.2, 1.3, 14.6, 11.8];
    private static readonly RowMatrix Covariance = RowMatrix.Diagonal([.. Errors.Select(se => se * se)]);

    private static readonly TextTable Table = new(
        "t.csv",
        ["name", "effect", "se", "count", "expected", "other", "c1", "c2", "c3", "c4", "c5"],
        [
            ["a", "b", "c", "d", "e"], ["-1.4", "-0.3", "0.1", "0.2", "1.5"], ["0.3", "0.2", "0.4", "0.1", "0.5"],
            ["12", "3", "0", "25", "9"], ["8.1", "5.2", "1.3", "14.6", "11.8"], ["2", "1", "4", "3", "5"],
            ["0.09", "0.03", "0", "0", "0"], ["0.03", "0.04", "0", "0", "0"], ["0", "0", "0.16", "0", "0"], ["0", "0", "0", "0.01", "0"], ["0", "0", "0", "0", "0.25"],
        ],
        [2, 3, 4, 5, 6],
        HasDecimalComma: false);

    [Fact]
    public void Ranks_Table_GivesTheLibrarysSets()
    {
        var sets = RankConfidence.Sets(Effects, Covariance, new RankOptions());
        var found = Run("ranks", ("estimate", "effect"), ("se", "se"), ("best", "lowest"), ("id", "name"));
        Path(found, "rank").ShouldBe(sets.Rank);
        Path(found, "rank_increasing").ShouldBe(Numbers(5, 4, 3, 2, 1));
        Path(found, "frank").ShouldBe(Numbers(0.2, 0.4, 0.6, 0.8, 1));
        Path(found, "marginal.lower_long_run").ShouldBe(sets.MarginalLower);
        Path(found, "simultaneous.upper_long_run").ShouldBe(sets.SimultaneousUpper);
        Path(found, "simultaneous_single_step.upper_long_run").ShouldBe(RankConfidence.Sets(Effects, Covariance, new RankOptions(Stepdown: false)).SimultaneousUpper);
        Path(found, "name").ShouldBe(Names);
    }

    [Fact]
    public void Ranks_OptionsAndCovariance_ReachTheLibrary()
    {
        var covariance = RowMatrix.Diagonal([.. Errors.Select(se => se * se)]);
        (covariance[0, 1], covariance[1, 0]) = (0.03, 0.03);
        var options = new RankOptions(0.8, 500, 7, RankOrder.Highest, Stepdown: false) { Bounds = RankBounds.Lower, Units = [3, 1] };
        var sets = RankConfidence.Sets(Effects, covariance, options);
        var found = Run(
            "ranks", ("estimate", "effect"), ("covariance", "c1,c2,c3,c4,c5"), ("id", "name"), ("coverage", "0.8"), ("draws", "500"), ("seed", "7"), ("stepdown", "false"), ("bounds", "lower"), ("units", "d,b"));
        Path(found, "unit").ShouldBe(Texts("d", "b"));
        Path(found, "rank").ShouldBe(sets.Rank);
        Path(found, "marginal.lower_long_run").ShouldBe(sets.MarginalLower);
        Path(found, "simultaneous.lower_long_run").ShouldBe(sets.SimultaneousLower);
        Path(found, "simultaneous.upper_long_run").ShouldBe(sets.SimultaneousUpper);
        Path(found, "critical_value").ShouldBe(sets.CriticalValue);
        Path(found, "rank_increasing").ShouldBe(Numbers(4, 2));
        Should.Throw<InputException>(() => Run("ranks", ("estimate", "effect"), ("se", "se"), ("id", "name"), ("units", "z")));
        Should.Throw<InputException>(() => Run("ranks", ("estimate", "effect"), ("covariance", "c1,c2")));
        Should.Throw<InputException>(() => Run("ranks", ("estimate", "effect"), ("se", "effect")));
        Should.Throw<InputException>(() => Run("ranks", ("estimate", "effect")));
    }

    [Fact]
    public void TauBest_Table_GivesTheLibrarysSets()
    {
        var found = Run("tau-best", ("estimate", "effect"), ("se", "se"), ("best", "lowest"), ("id", "name"), ("tau", "2"));
        var (best, worst) = (TauSets.Best(Effects, Covariance, 2, new RankOptions()), TauSets.Worst(Effects, Covariance, 2, new RankOptions()));
        Path(found, "tau_best").ShouldBe(best.Contains);
        Path(found, "tau_worst").ShouldBe(worst.Contains);
        Path(found, "lower").ShouldBe(best.Bound);
        Path(found, "tau_best_units").ShouldBe(Names[..4]);
        Should.Throw<InputException>(() => Run("tau-best", ("estimate", "effect"), ("se", "se"), ("tau", "6")));
        Should.Throw<InputException>(() => Run("tau-best", ("estimate", "effect"), ("se", "se")));
    }

    [Fact]
    public void MultinomialRanks_Table_GivesTheLibrarysSets()
    {
        var sets = MultinomialRanks.Sets([12, 3, 0, 25, 9], new MultinomialRankOptions(0.9, RankCorrection.Bonferroni));
        var found = Run("multinomial-ranks", ("count", "count"), ("coverage", "0.9"), ("correction", "bonferroni"));
        Path(found, "rank").ShouldBe(sets.Rank);
        Path(found, "marginal.upper").ShouldBe(sets.MarginalUpper);
        Path(found, "simultaneous.lower").ShouldBe(sets.SimultaneousLower);
        Should.Throw<InputException>(() => Run("multinomial-ranks", ("count", "effect")));
    }

    [Fact]
    public void ExpectedRank_Table_GivesTheLibrarysDistribution()
    {
        var shrunken = NormalNormal.Estimate(Effects, Errors);
        var ranks = PosteriorRanks.Simulate(shrunken.Shrunken, shrunken.PosteriorCovariance(), new PosteriorRankOptions(Draws: 300, Share: 0.4));
        var found = Run("expected-rank", ("estimate", "effect"), ("se", "se"), ("best", "lowest"), ("draws", "300"), ("share", "0.4"), ("distribution", "true"));
        Path(found, "expected_rank").ShouldBe(ranks.ExpectedRank);
        Path(found, "prob_best").ShouldBe(ranks.BestProbability);
        Path(found, "median").ShouldBe(ranks.Median);
        ((RowMatrix)Path(found, "distribution")!).Values.ShouldBe(ranks.Probability.Values);
        var flat = PosteriorRanks.Simulate(Effects, Covariance, new PosteriorRankOptions(Draws: 300));
        Path(Run("expected-rank", ("estimate", "effect"), ("se", "se"), ("best", "lowest"), ("draws", "300"), ("prior", "flat")), "rank_sd").ShouldBe(flat.RankSd);
        Should.Throw<InputException>(() => Run("expected-rank", ("estimate", "effect"), ("covariance", "c1,c2,c3,c4,c5"), ("prior", "normal")));
    }

    [Fact]
    public void RankStability_Table_GivesTheLibrarysNumbers()
    {
        var stability = RankStability.Of(RowMatrix.FromColumns(Effects, [2, 1, 4, 3, 5]), RankOrder.Lowest);
        var found = Run("rank-stability", ("values", "effect,other"), ("best", "lowest"), ("id", "name"));
        Path(found, "kendall_w").ShouldBe(stability.KendallW);
        Path(found, "median").ShouldBe(stability.Median);
        Path(found, "spearman.other.effect").ShouldBe(stability.Spearman[0, 1]);
        Path(found, "moves_most").ShouldBe("a");
    }

    [Fact]
    public void NormalNormal_Table_GivesTheLibrarysNumbers()
    {
        var estimate = NormalNormal.Estimate(Effects, Errors, BetweenVarianceMethod.PauleMandel);
        var found = Run("normal-normal", ("estimate", "effect"), ("se", "se"), ("estimator", "paule-mandel"));
        Path(found, "tau2").ShouldBe(estimate.BetweenVariance);
        Path(found, "shrunken").ShouldBe(estimate.Shrunken);
        ((double[])Path(found, "upper")!)[2].ShouldBe(estimate.Shrunken[2] + (1.959963984540054 * estimate.PosteriorSd[2]), 1e-12);
    }

    [Fact]
    public void PoissonGamma_OneOrSeveralPairsOfColumns_GiveTheLibrarysNumbers()
    {
        var estimate = PoissonGamma.Estimate(Counts, ExpectedCounts, coverage: 0.9);
        var found = Run("poisson-gamma", ("count", "count"), ("expected", "expected"), ("coverage", "0.9"));
        Path(found, "free_mean.shape").ShouldBe(estimate.Shape);
        Path(found, "free_mean.upper90").ShouldBe(estimate.Upper);
        Path(found, "mean_one.loglik").ShouldBe(PoissonGamma.Estimate(Counts, ExpectedCounts, PriorMean.One).LogLikelihood);
        var several = Catalogue.Run(Catalogue.Find("poisson-gamma"), new MethodInput(Table, new Dictionary<string, JsonNode?>(StringComparer.Ordinal)
        {
            ["count"] = new JsonObject { ["a"] = "count", ["b"] = "other" },
            ["expected"] = new JsonObject { ["a"] = "expected", ["b"] = "expected" },
            ["estimator"] = "moments",
        }));
        Path(several, "a.free_mean.rate").ShouldBe(PoissonGamma.Estimate(Counts, ExpectedCounts, method: PoissonGammaMethod.Moments).Rate);
        Path(several, "b.ratio").ShouldBe(Numbers(2 / 8.1, 1 / 5.2, 4 / 1.3, 3 / 14.6, 5 / 11.8));
        Should.Throw<InputException>(() => Run("poisson-gamma", ("count", "count"), ("expected", "count")));
        Should.Throw<InputException>(() => Catalogue.Run(Catalogue.Find("poisson-gamma"), new MethodInput(Table, new Dictionary<string, JsonNode?>(StringComparer.Ordinal)
        {
            ["count"] = new JsonObject { ["a"] = "count" },
            ["expected"] = new JsonObject { ["b"] = "expected" },
        })));
    }

    [Fact]
    public void MixedModel_BalancedGroups_AgreesWithTheClosedForm()
    {
        foreach (var shift in Numbers(0, 30))
        {
            // With a shift the groups differ; without one the variance between them is estimated as 0.
            var y = Numbers(5.1, 4.1, 6.0, 3.4, 5.2, 5.8).Select((value, row) => value + (shift * (row / 2))).ToArray();
            var table = new TextTable("t.csv", ["g", "y"], [["a", "a", "b", "b", "c", "c"], Array.ConvertAll(y, value => value.ToString(System.Globalization.CultureInfo.InvariantCulture))], [2, 3, 4, 5, 6, 7], HasDecimalComma: false);
            var found = Catalogue.Run(Catalogue.Find("mixed-model"), new MethodInput(table, Settings(("response", "y"), ("group", "g"))));
            foreach (var name in Likelihoods)
            {
                var (between, within) = ((double)Path(found, name + ".var_group")!, (double)Path(found, name + ".var_residual")!);
                between.ShouldBe((double)Path(found, $"closed_form.{name}_var_group")!, 1e-6 * (1 + between));
                within.ShouldBe((double)Path(found, $"closed_form.{name}_var_residual")!, 1e-9 * (1 + within));
            }
        }
    }

    [Fact]
    public void MixedModel_Covariates_NameTheFixedEffects()
    {
        var table = new TextTable("t.csv", ["g", "y", "x"], [["a", "a", "b", "b", "c", "c"], ["1", "2", "4", "3", "7", "9"], ["1", "3", "2", "1", "5", "4"]], [2, 3, 4, 5, 6, 7], HasDecimalComma: false);
        var found = Catalogue.Run(Catalogue.Find("mixed-model"), new MethodInput(table, Settings(("response", "y"), ("group", "g"), ("covariates", "x"))));
        var fit = RandomIntercept.Fit(RowMatrix.FromColumns([1, 1, 1, 1, 1, 1], [1, 3, 2, 1, 5, 4]), [1, 2, 4, 3, 7, 9], [0, 0, 1, 1, 2, 2]);
        Path(found, "reml.fixed.x").ShouldBe(fit.Coefficients[1]);
        Path(found, "reml.se_fixed.x").ShouldBe(Math.Sqrt(fit.Covariance[1, 1]));
        Path(found, "reml.blup").ShouldBe(fit.Effects);
        found.Has("closed_form").ShouldBeFalse();
    }

    private static double[] Numbers(params double[] values) => values;

    private static string[] Texts(params string[] values) => values;

    private static Quantities Run(string method, params (string Name, string Value)[] settings) =>
        Catalogue.Run(Catalogue.Find(method), new MethodInput(Table, Settings(settings)));

    private static Dictionary<string, JsonNode?> Settings(params (string Name, string Value)[] settings) =>
        settings.ToDictionary(setting => setting.Name, setting => (JsonNode?)setting.Value, StringComparer.Ordinal);

    private static object? Path(Quantities quantities, string path) =>
        path.Split('.').Aggregate((object?)quantities, (value, name) => ((Quantities)value!)[name]);
}
