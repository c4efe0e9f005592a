using Fikspunkt.Domain;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Ranks;
using Fikspunkt.Statistics.Shrinkage;

namespace Fikspunkt.Methods;

/// <summary>Ranks and how sure they are.</summary>
internal static class RankMethods
{
    private const string Example = "--input docs/examples/areas.csv --id area";
    private const string Effect = Example + " --estimate effect --se se --best lowest";

    /// <summary>The seeds that a case's spread over seeds is taken over.</summary>
    private const int Seeds = 5;

    private static readonly Parameter[] Estimates =
    [
        Take.Column("estimate"), Take.Column("se", required: false), Take.Columns("covariance", required: false), Take.Column("id", required: false), Take.Choice("best", "highest", "lowest"),
    ];

    private static readonly Parameter[] Simulation = [Take.Number("coverage", "0.95"), Take.Number("draws", "10000"), Take.Number("seed", "1")];
    private static readonly Parameter Stepdown = new("stepdown", ParameterKind.Flag) { Default = "true" };
    private static readonly Parameter[] Sides = [Take.Choice("bounds", "two-sided", "lower", "upper"), Take.Text("units")];

    public static IReadOnlyList<Method> All { get; } =
    [
        new("ranks", "rank-confidence-sets", [.. Estimates, .. Simulation, Stepdown, .. Sides, Take.Number("seed_draws", "10000")], Effect, Sets),
        new("tau-best", "rank-confidence-sets", [.. Estimates, .. Simulation, Stepdown, Take.Number("tau", required: true)], Effect + " --tau 3", TauBest),
        new("multinomial-ranks", "rank-multinomial", [Take.Column("count"), Take.Column("id", required: false), Take.Choice("best", "highest", "lowest"), Take.Number("coverage", "0.95"), Take.Choice("correction", "holm", "bonferroni", "none"), .. Sides], Example + " --count visits", Multinomial),
        new("expected-rank", "rank-posterior", [.. Estimates, .. Simulation, Take.Choice("prior", "normal", "flat"), Take.Number("share", "0.25"), Take.Flag("distribution")], Effect, Expected),
        new("rank-stability", "rank-stability", [Take.Columns("values"), Take.Column("id", required: false), Take.Choice("best", "highest", "lowest"), Take.Number("share", "0.25")], Example + " --values model_a,model_b,model_c --best lowest", Stability),
    ];

    private static RankOrder Best(MethodInput input) => input.Choice("best", "highest", "lowest") == "highest" ? RankOrder.Highest : RankOrder.Lowest;

    private static RankBounds Bounds(MethodInput input) => input.Choice("bounds", "two-sided", "lower", "upper") switch
    {
        "lower" => RankBounds.Lower,
        "upper" => RankBounds.Upper,
        _ => RankBounds.TwoSided,
    };

    private static RowMatrix Covariance(MethodInput input)
    {
        if (!input.Has("covariance"))
        {
            return RowMatrix.Diagonal(Array.ConvertAll(StandardErrors(input), se => se * se));
        }

        var covariance = input.Columns("covariance");
        return covariance.Columns == input.Rows ? covariance : throw input.Wrong("covariance", Texts.ColumnsExpected.With(input.Rows));
    }

    // A negative standard error would pass as a variance.
    private static double[] StandardErrors(MethodInput input)
    {
        var errors = input.Column("se");
        var wrong = Array.FindIndex(errors, se => se < 0);
        return wrong < 0 ? errors : throw new InvalidValueException("se", wrong, 0, errors[wrong], Requirement.NotBelowZero);
    }

    private static int[]? Units(MethodInput input)
    {
        if (!input.Has("units"))
        {
            return null;
        }

        var ids = input.IdTexts();
        return [.. input.Names("units").Select(name => Array.IndexOf(ids, name) is >= 0 and var place ? place : throw input.Wrong("units", string.Join(", ", ids.Take(20))))];
    }

    private static RankOptions Options(MethodInput input) => new(
        input.Probability("coverage", 0.95),
        input.Count("draws", 10_000, 1),
        input.Count("seed", 1),
        Best(input),
        input.Flag("stepdown", otherwise: true));

    private static MethodInput Rows(MethodInput input) => input.Complete("estimate", "se", "covariance");

    private static Quantities Named(MethodInput input, int[]? units)
    {
        var result = input.Start();
        if (units is not null || input.Wants(name => name == "unit"))
        {
            var ids = input.IdTexts();
            result["unit"] = units is null ? ids : Array.ConvertAll(units, unit => ids[unit]);
        }

        return result;
    }

    private static Quantities Sets(MethodInput input)
    {
        var rows = Rows(input);
        var (estimates, covariance, units) = (rows.Column("estimate"), Covariance(rows), Units(rows));
        var options = Options(rows) with { Bounds = Bounds(rows), Units = units };
        var sets = RankConfidence.Sets(estimates, covariance, options);
        var result = Named(rows, units);
        result["coverage"] = options.Coverage;
        result["R_long"] = options.Draws;
        result["critical_value"] = sets.CriticalValue;
        var asked = sets.Units;
        double[] Asked(double[] values) => Array.ConvertAll(asked, unit => values[unit]);
        var other = options.Best == RankOrder.Highest ? RankOrder.Lowest : RankOrder.Highest;
        result["rank"] = sets.Rank;
        result["rank_increasing"] = Asked(RankOf.Integer(estimates, other, 0));
        result["frank"] = Asked(RankOf.Fractional(estimates, options.Best, 0));
        var bounds = new (string Name, Func<RankSets, (int[] Lower, int[] Upper)> Of)[]
        {
            ("marginal", set => (set.MarginalLower, set.MarginalUpper)),
            ("simultaneous", set => (set.SimultaneousLower, set.SimultaneousUpper)),
            ("simultaneous_single_step", set => (set.SingleStepLower, set.SingleStepUpper)),
        };
        foreach (var (name, of) in bounds)
        {
            var table = rows.Labels(units);
            (table["lower_long_run"], table["upper_long_run"]) = of(sets);
            result[name] = table;
        }

        if (rows.Wants(name => name is "R" || name.EndsWith("_variation", StringComparison.Ordinal) || name.EndsWith("_vary", StringComparison.Ordinal)))
        {
            var draws = rows.Count("seed_draws", 10_000, 1);
            result["R"] = draws;
            RankSets[] repeated = [.. Enumerable.Range(1, Seeds).Select(seed => RankConfidence.Sets(estimates, covariance, options with { Draws = draws, Seed = seed }))];
            foreach (var (name, of) in bounds)
            {
                var variation = Variation(repeated, of);
                ((Quantities)result[name]!)["units_that_vary"] = variation.Count(ranks => ranks > 0);
                ((Quantities)result[name]!)["largest_variation"] = variation.DefaultIfEmpty().Max();
            }
        }

        return result;
    }

    /// <summary>Per unit: how many ranks its bounds move over the seeds.</summary>
    private static int[] Variation(RankSets[] seeds, Func<RankSets, (int[] Lower, int[] Upper)> of) =>
        [.. Enumerable.Range(0, seeds[0].Rank.Length).Select(unit => Math.Max(
            seeds.Max(set => of(set).Lower[unit]) - seeds.Min(set => of(set).Lower[unit]),
            seeds.Max(set => of(set).Upper[unit]) - seeds.Min(set => of(set).Upper[unit])))];

    private static Quantities TauBest(MethodInput input)
    {
        var rows = Rows(input);
        var (estimates, covariance, options) = (rows.Column("estimate"), Covariance(rows), Options(rows));
        var tau = rows.Count("tau", least: 1);
        if (tau > rows.Rows)
        {
            throw rows.Wrong("tau", Refusal.Say(Requirement.Within, 1, rows.Rows));
        }

        var (best, worst) = (TauSets.Best(estimates, covariance, tau, options), TauSets.Worst(estimates, covariance, tau, options));
        var ids = rows.IdTexts();
        string[] Members(TauSet set) => [.. ids.Where((_, unit) => set.Contains[unit])];
        var result = rows.Start();
        result["tau"] = tau;
        result["coverage"] = options.Coverage;
        result["rank"] = RankOf.Smallest(estimates, options.Best);
        result["lower"] = best.Bound;
        result["upper"] = worst.Bound;
        result["tau_best"] = best.Contains;
        result["tau_worst"] = worst.Contains;
        result["tau_best_units"] = Members(best);
        result["tau_worst_units"] = Members(worst);
        return result;
    }

    private static Quantities Multinomial(MethodInput input)
    {
        var rows = input.Complete("count");
        var counts = rows.Column("count");
        var whole = new long[counts.Length];
        for (var row = 0; row < counts.Length; row++)
        {
            whole[row] = counts[row] == Math.Floor(counts[row]) && Math.Abs(counts[row]) <= 1L << 53
                ? (long)counts[row]
                : throw new InvalidValueException("count", row, 0, counts[row], Requirement.Whole);
        }

        var units = Units(rows);
        var correction = rows.Choice("correction", "holm", "bonferroni", "none") switch
        {
            "bonferroni" => RankCorrection.Bonferroni,
            "none" => RankCorrection.None,
            _ => RankCorrection.Holm,
        };
        var options = new MultinomialRankOptions(rows.Probability("coverage", 0.95), correction, Best(rows), Bounds(rows)) { Units = units };
        var sets = MultinomialRanks.Sets(whole, options);
        var result = Named(rows, units);
        result["coverage"] = options.Coverage;
        result["rank"] = sets.Rank;
        var (marginal, simultaneous) = (rows.Labels(units), rows.Labels(units));
        (marginal["lower"], marginal["upper"]) = (sets.MarginalLower, sets.MarginalUpper);
        (simultaneous["lower"], simultaneous["upper"]) = (sets.SimultaneousLower, sets.SimultaneousUpper);
        (result["marginal"], result["simultaneous"]) = (marginal, simultaneous);
        return result;
    }

    private static Quantities Expected(MethodInput input)
    {
        var rows = Rows(input);
        var isCorrelated = rows.Has("covariance");
        var prior = isCorrelated && !rows.Has("prior") ? "flat" : rows.Choice("prior", "normal", "flat");
        if (isCorrelated && prior == "normal")
        {
            throw rows.Wrong("prior", "flat");
        }

        var (means, covariance) = (rows.Column("estimate"), prior == "flat" ? Covariance(rows) : null);
        if (covariance is null)
        {
            var shrunken = NormalNormal.Estimate(means, rows.Column("se"));
            (means, covariance) = (shrunken.Shrunken, shrunken.PosteriorCovariance());
        }

        var options = new PosteriorRankOptions(rows.Count("draws", 10_000, 1), rows.Count("seed", 1), Best(rows), rows.Share("share", 0.25), rows.Probability("coverage", 0.95));
        var ranks = PosteriorRanks.Simulate(means, covariance, options);
        var result = rows.Start();
        result["coverage"] = options.Coverage;
        result["places"] = ranks.Places;
        result["posterior_mean"] = means;
        result["expected_rank"] = ranks.ExpectedRank;
        result["rank_sd"] = ranks.RankSd;
        result["median"] = ranks.Median;
        result["lower"] = ranks.Lower;
        result["upper"] = ranks.Upper;
        result["prob_best"] = ranks.BestProbability;
        result["prob_worst"] = ranks.WorstProbability;
        if (rows.Flag("distribution"))
        {
            result["distribution"] = ranks.Probability;
        }

        return result;
    }

    private static Quantities Stability(MethodInput input)
    {
        var rows = input.Complete("values");
        var names = rows.Terms("values");
        var stability = RankStability.Of(rows.Columns("values"), Best(rows), rows.Share("share", 0.25));
        var result = rows.Start();
        result["kendall_w"] = stability.KendallW;
        result["mean_spearman"] = stability.MeanSpearman;
        result["places"] = stability.Places;
        result["moves_most"] = rows.IdTexts()[stability.MovesMost];
        result["best_rank"] = stability.Best;
        result["lower_quartile"] = stability.LowerQuartile;
        result["median"] = stability.Median;
        result["upper_quartile"] = stability.UpperQuartile;
        result["worst_rank"] = stability.Worst;
        result["mean_rank"] = stability.Mean;
        result["share_best"] = stability.BestShare;
        result["share_worst"] = stability.WorstShare;
        var (ranks, spearman) = (rows.Labels(), new Quantities());
        for (var column = 0; column < names.Length; column++)
        {
            ranks[names[column]] = Enumerable.Range(0, stability.Ranks.Rows).Select(unit => stability.Ranks[unit, column]).ToArray();
            spearman[names[column]] = Quantities.Of(names, stability.Spearman.Row(column).ToArray());
        }

        result["ranks"] = ranks;
        result["spearman"] = spearman;
        return result;
    }
}
