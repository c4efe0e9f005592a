using System.Diagnostics;
using System.Globalization;
using Fikspunkt.Definitions;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Sources.Synthetic;

namespace Fikspunkt.Bench.Coverage;

/// <summary><c>coverage [scenario|all] [replications] [seed]</c>: runs the coverage study and prints Markdown tables.</summary>
internal static class CoverageCommand
{
    /// <summary>Rank sets need fewer draws here than in a publication: their noise averages out over replications.</summary>
    private const int Draws = 2000;

    public static IReadOnlyList<CoverageScenario> Scenarios { get; } =
    [
        new("right", "The model is right", (spec, options) => (spec, options)),
        new("linear", "A linear model where the truth is a logit", (spec, options) =>
            (spec with { Estimator = spec.Estimator with { Family = EstimatorFamily.Linear } }, options)),
        new("strong", "True effects four times as large", (spec, options) => (spec, options with { EffortScale = 4 })),
        new("ties", "No true effects: every municipality is as expected", (spec, options) => (spec, options with { EffortScale = 0 })),
        new("relative", "Ranked by the relative difference", (spec, options) => (spec with { Ranking = spec.Ranking with { By = RankBy.Relative } }, options)),
        new("cross-section", "Overdispersion from the cross-section", (spec, options) => (spec with { Noise = new NoiseSpec(NoiseModel.Binomial, null) }, options)),
        new("binomial", "Wrong: chance taken to be binomial, without overdispersion", (spec, options) => (spec with { Noise = new NoiseSpec(NoiseModel.Binomial, 1) }, options)),
        new("overdispersed", "Wrong: the same, where overdispersion is three times as large", (spec, options) =>
            (spec with { Noise = new NoiseSpec(NoiseModel.Binomial, 1) }, options with { OverdispersionScale = 3 })),
        new("omitted", "Wrong: poor health is left out of the framework conditions", (spec, options) =>
            (spec with { Covariates = [.. spec.Covariates.Where(covariate => covariate.Id != "poor_health_pct")] }, options)),
    ];

    public static int Run(string[] args)
    {
        var scenario = args.ElementAtOrDefault(0) ?? "all";
        var replications = int.Parse(args.ElementAtOrDefault(1) ?? "500", CultureInfo.InvariantCulture);
        var seed = int.Parse(args.ElementAtOrDefault(2) ?? "1", CultureInfo.InvariantCulture);
        var definitions = DefinitionLoader.Load(DefinitionLoader.FindFolder());
        foreach (var chosen in Scenarios.Where(s => scenario == "all" || s.Id == scenario))
        {
            var watch = Stopwatch.StartNew();
            var result = Study(chosen, definitions, replications, seed);
            Print(chosen, result, watch.Elapsed);
        }

        return 0;
    }

    /// <summary>Runs one scenario on the model of the definitions, its latest period.</summary>
    public static CoverageResult Study(CoverageScenario scenario, DefinitionSet definitions, int replications, int seed)
    {
        var model = definitions.Models["synthetic-denmark"];
        var latest = model with
        {
            Periods = model.Periods with { Select = ["latest"], TrendMonths = 0 },
            Ranking = model.Ranking with { Draws = Draws },
        };
        var (spec, options) = scenario.Change(latest, new SyntheticOptions());
        return CoverageStudy.Run(SyntheticStructure.Create(options, definitions.Municipalities), spec, definitions, replications, seed);
    }

    private static void Print(CoverageScenario scenario, CoverageResult result, TimeSpan elapsed)
    {
        Console.WriteLine(Invariant($"## {scenario.Title} (`{scenario.Id}`)"));
        Console.WriteLine();
        Console.WriteLine(Invariant($"{result.Replications} replications from seed {result.Seed}, {elapsed.TotalSeconds:F0} s. All intervals: {result.Interval:P1}."));
        Console.WriteLine();
        Console.WriteLine("| outcome | intervals | under 10,000 | 10-20,000 | 20-40,000 | over 40,000 | error / se | rank sets | width | all ranks | width | shrunken |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var o in result.Outcomes)
        {
            Console.WriteLine(Invariant(
                $"| {o.Outcome} | {o.Interval:P1} ± {o.StandardError:P1} | {string.Join(" | ", o.IntervalBySize.Select(share => Invariant($"{share:P1}")))} | {o.ErrorOverStandardError:F3} | {o.MarginalRank:P1} | {o.MarginalWidth:F0} | {o.SimultaneousRank:P1} | {o.SimultaneousWidth:F0} | {o.Shrunken:P1} |"));
        }

        Console.WriteLine();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One setting of the study.</summary>
/// <param name="Id">Its name on the command line.</param>
/// <param name="Title">What it is.</param>
/// <param name="Change">What it changes in the model and in the synthetic Denmark.</param>
internal sealed record CoverageScenario(string Id, string Title, Func<ModelSpec, SyntheticOptions, (ModelSpec Spec, SyntheticOptions Options)> Change);
