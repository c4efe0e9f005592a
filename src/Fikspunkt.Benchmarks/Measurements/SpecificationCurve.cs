using System.Globalization;
using Fikspunkt.Benchmarks.Expected;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>One way to make a choice.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
/// <param name="Value">What it sets, as written in the definition.</param>
internal sealed record ChoiceLevel(string Id, LocalizedText Name, string Value);

/// <summary>A choice behind a benchmark, and the ways to make it.</summary>
/// <param name="Id">What is chosen: one of <see cref="SpecificationCurve.Known"/>.</param>
/// <param name="Name">Name.</param>
/// <param name="Levels">The ways; the first is that of the main variant.</param>
internal sealed record CurveChoice(string Id, LocalizedText Name, IReadOnlyList<ChoiceLevel> Levels);

/// <summary>The benchmark computed under every combination of choices. Areas are those that every variant has.</summary>
/// <remarks>
/// An outcome is fitted once for each set of covariates, estimator and rule, in all periods at once; chance is estimated once for each set of covariates
/// and estimator, up to the last period. A benefit set is the sum of its outcomes' differences, with the covariance between them.
/// </remarks>
internal sealed class SpecificationCurve
{
    /// <summary>The choices that can be declared.</summary>
    public static readonly IReadOnlyList<string> Known = ["benefits", "covariates", "estimator", "rule", "period"];

    private SpecificationCurve(IReadOnlyList<CurveChoice> choices, IReadOnlyList<int[]> variants, IReadOnlyList<string> areas, RankStabilityResult stability, int[,] lower, int[,] upper, Period latest)
    {
        (Choices, Variants, Areas, Stability, Lower, Upper, Latest) = (choices, variants, areas, stability, lower, upper, latest);
        Effects = RankChoices.Of(stability.Ranks, [.. choices.Select((_, c) => (IReadOnlyList<int>)[.. variants.Select(variant => variant[c])])]);
    }

    /// <summary>The choices, in the order of <see cref="Known"/>.</summary>
    public IReadOnlyList<CurveChoice> Choices { get; }

    /// <summary>The variants: the level of each choice.</summary>
    public IReadOnlyList<int[]> Variants { get; }

    /// <summary>Municipality codes.</summary>
    public IReadOnlyList<string> Areas { get; }

    /// <summary>Ranks by area and variant, and their summaries.</summary>
    public RankStabilityResult Stability { get; }

    /// <summary>Best rank in the confidence set, by area and variant.</summary>
    public int[,] Lower { get; }

    /// <summary>Worst rank in the confidence set.</summary>
    public int[,] Upper { get; }

    /// <summary>The latest period of the variants.</summary>
    public Period Latest { get; }

    /// <summary>What each choice does to the ranks.</summary>
    public IReadOnlyList<RankChoice> Effects { get; }

    /// <summary>Share of the variants in which the whole rank set lies in the best quarter.</summary>
    public double SurelyBest(int area) => ShareOf(v => Upper[area, v] <= Stability.Places);

    /// <summary>Share of the variants in which the whole rank set lies in the worst quarter.</summary>
    public double SurelyWorst(int area) => ShareOf(v => Lower[area, v] > Areas.Count - Stability.Places);

    /// <summary>Computes every variant.</summary>
    /// <exception cref="InputException">A choice cannot be read, or the figures do not allow it.</exception>
    public static SpecificationCurve Of(MeasurementSpec spec, MeasurementInput input)
    {
        var full = input.Definitions.Models[spec.Model!];
        var choices = Read(spec);
        ChoiceLevel[] Levels(string id) => [.. choices.First(choice => choice.Id == id).Levels];
        var (benefits, covariates, estimators, rules, periods) = (Levels("benefits"), Levels("covariates"), Levels("estimator"), Levels("rule"), Levels("period"));
        var model = full with
        {
            Periods = full.Periods with { Select = [.. periods.Select(period => PeriodOf(spec, full, period)).Distinct(StringComparer.Ordinal)], TrendMonths = 0 },
            Ranking = full.Ranking with { Draws = (int)spec.Number("rank_draws") },
        };
        int[][] sets = [.. benefits.Select(level => Outcomes(full, level, input.Definitions))];
        int[][] variants = [.. from b in Numbers(benefits) from k in Numbers(covariates) from e in Numbers(estimators) from r in Numbers(rules) from p in Numbers(periods) select (int[])[b, k, e, r, p]];
        var differences = new SummedDifferences[variants.Length];
        var ranks = new RankSets[variants.Length];
        var latest = default(Period);
        foreach (var group in Enumerable.Range(0, variants.Length).GroupBy(v => (Covariates: variants[v][1], Estimator: variants[v][2])))
        {
            // The fits of one set of covariates and one estimator at a time: all of them at once would only take room.
            var estimator = Estimator(spec, full.Estimator, estimators[group.Key.Estimator]);
            var own = model with { Covariates = Covariates(spec, full, covariates[group.Key.Covariates]), Estimator = estimator };
            var isModels = estimator == full.Estimator && own.Covariates.Count == full.Covariates.Count;
            var first = FittedOutcomes.Of(own, input.Definitions, input.Observations, input.HiddenUpTo, isModels ? input.Shared : new SharedFits());
            FittedOutcomes[] fits = [.. rules.Select(level => Rule(spec, level)).Select(rule => first.WithRule(rule.Pooled, rule.LeaveOneOut))];
            int[] numbers = [.. group];
            ExpectedVersusActual.InParallel(numbers.Length, i =>
            {
                var v = numbers[i];
                var fit = fits[variants[v][3]];
                var period = PeriodOf(spec, full, periods[variants[v][4]]);
                var at = Enumerable.Range(0, fit.Selected.Count).First(p => fit.Selected[p].Period.ToString() == period);
                var one = fit.Sum(sets[variants[v][0]], at);
                ranks[v] = one.Sets(model.Ranking, threads: 1);

                // The covariance has done its work; 200 of them would only take room.
                differences[v] = one with { RankErrors = new RowMatrix(0, 0), Errors = one.Errors with { Matrix = null } };
            });
            latest = first.Selected[^1].Period;
        }

        return Collect(spec, choices, variants, differences, ranks, latest);
    }

    private static SpecificationCurve Collect(MeasurementSpec spec, IReadOnlyList<CurveChoice> choices, int[][] variants, SummedDifferences[] differences, RankSets[] ranks, Period latest)
    {
        string[] areas = [.. differences.Select(one => one.Areas.AsEnumerable()).Aggregate((left, right) => left.Intersect(right, StringComparer.Ordinal)).Order(StringComparer.Ordinal)];
        var values = new RowMatrix(areas.Length, variants.Length);
        var (lower, upper) = (new int[areas.Length, variants.Length], new int[areas.Length, variants.Length]);
        for (var v = 0; v < variants.Length; v++)
        {
            var at = differences[v].Areas.Select((area, i) => (area, i)).ToDictionary(pair => pair.area, pair => pair.i, StringComparer.Ordinal);
            for (var a = 0; a < areas.Length; a++)
            {
                var i = at[areas[a]];
                (values[a, v], lower[a, v], upper[a, v]) = (differences[v].Ranked[i], ranks[v].MarginalLower[i], ranks[v].MarginalUpper[i]);
            }
        }

        try
        {
            return new SpecificationCurve(choices, variants, areas, RankStability.Of(values, RankOrder.Lowest), lower, upper, latest);
        }
        catch (StatisticsException fault)
        {
            throw new InputException(new InputProblem(Faults.Format(Texts.NoEstimate, spec.Title, latest, fault.Message), spec.Id));
        }
    }

    private static IReadOnlyList<CurveChoice> Read(MeasurementSpec spec)
    {
        var rules = spec.Rules.ToList();
        return [.. Known.Select(id =>
        {
            var named = rules.Find(rule => rule.GetValueOrDefault("part") == "choice" && rule.GetValueOrDefault("id") == id);
            ChoiceLevel[] levels = [.. rules.Where(rule => rule.GetValueOrDefault("part") == "level" && rule.GetValueOrDefault("of") == id)
                .Select(rule => new ChoiceLevel(rule.GetValueOrDefault("id", string.Empty), RuleText.Of(rule), rule.GetValueOrDefault("value", string.Empty)))];
            return named is null || levels.Length == 0 ? throw Fault(spec, "part: choice, level", id) : new CurveChoice(id, RuleText.Of(named), levels);
        })];
    }

    // "" = all; "a,b" = these; "-a,-b" = all but these. A parent stands for its groups.
    private static int[] Outcomes(ModelSpec full, ChoiceLevel level, DefinitionSet definitions)
    {
        var (names, isWithout) = Names(level);
        var all = full.Outcomes.Select(outcome => outcome.Id).ToList();
        var chosen = names.Count == 0 ? all : [.. BenefitSubset.Of(full, names, definitions).Outcomes.Select(outcome => outcome.Id)];
        return [.. Enumerable.Range(0, all.Count).Where(g => names.Count == 0 || chosen.Contains(all[g]) != isWithout)];
    }

    private static CovariateSpec[] Covariates(MeasurementSpec spec, ModelSpec full, ChoiceLevel level)
    {
        var (names, isWithout) = Names(level);
        var unknown = names.Except(full.Covariates.Select(covariate => covariate.Id), StringComparer.Ordinal).ToList();
        return unknown.Count > 0
            ? throw Fault(spec, unknown[0], string.Join(", ", full.Covariates.Select(covariate => covariate.Id)))
            : [.. full.Covariates.Where(covariate => names.Count == 0 || names.Contains(covariate.Id) != isWithout)];
    }

    private static (IReadOnlyList<string> Names, bool IsWithout) Names(ChoiceLevel level)
    {
        var names = level.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return ([.. names.Select(name => name.TrimStart('-'))], names.Length > 0 && names[0][0] == '-');
    }

    private static EstimatorSpec Estimator(MeasurementSpec spec, EstimatorSpec full, ChoiceLevel level) => level.Value switch
    {
        "fractional-logit" => full with { Family = EstimatorFamily.FractionalLogit, WeightByExposure = true },
        "fractional-logit-unweighted" => full with { Family = EstimatorFamily.FractionalLogit, WeightByExposure = false },
        "linear" => full with { Family = EstimatorFamily.Linear, WeightByExposure = true },
        "linear-unweighted" => full with { Family = EstimatorFamily.Linear, WeightByExposure = false },
        _ => throw Fault(spec, level.Value, "fractional-logit, fractional-logit-unweighted, linear, linear-unweighted"),
    };

    private static (bool Pooled, bool LeaveOneOut) Rule(MeasurementSpec spec, ChoiceLevel level) => level.Value switch
    {
        "leave-one-out" => (false, true),
        "in-sample" => (false, false),
        "pooled" => (true, true),
        _ => throw Fault(spec, level.Value, "leave-one-out, in-sample, pooled"),
    };

    // "0" = the latest of the model's periods, "1" = the one before.
    private static string PeriodOf(MeasurementSpec spec, ModelSpec full, ChoiceLevel level) =>
        int.TryParse(level.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var back) && back < full.Periods.Select.Count
            ? full.Periods.Select[full.Periods.Select.Count - 1 - back]
            : throw Fault(spec, level.Value, $"0-{full.Periods.Select.Count - 1}");

    private static InputException Fault(MeasurementSpec spec, string found, string expected) =>
        new(new InputProblem(Texts.ChoiceNotKnown, $"definitions/measurements/{spec.Id}.yaml", Found: found, Expected: expected));

    private static IEnumerable<int> Numbers(ChoiceLevel[] levels) => Enumerable.Range(0, levels.Length);

    private double ShareOf(Func<int, bool> holds) => Enumerable.Range(0, Variants.Count).Count(holds) / (double)Variants.Count;
}

/// <summary>The texts of a rule.</summary>
internal static class RuleText
{
    /// <summary>Danish and English.</summary>
    public static LocalizedText Of(IReadOnlyDictionary<string, string> rule) => new(rule.GetValueOrDefault("da", string.Empty), rule.GetValueOrDefault("en", string.Empty));
}
