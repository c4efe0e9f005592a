using Fikspunkt.Benchmarks.Expected;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Published;

/// <summary>Computes a <see cref="ModelKind.PublishedExpectation"/> model: the expected figure is taken as given.</summary>
/// <remarks>Method: <c>docs/methods/published-expectation.md</c>.</remarks>
internal static class PublishedBenchmark
{
    private const int EndOfList = 10;

    /// <summary>Runs the model. Results hold the chance view; the rest is in <see cref="BenchmarkRun.Published"/>.</summary>
    /// <exception cref="InputException">The observations do not hold what the spec asks for.</exception>
    public static BenchmarkRun Run(
        ModelSpec spec,
        DefinitionSet definitions,
        IReadOnlyList<Observation> observations,
        IReadOnlyList<VintageReference> vintages)
    {
        var panel = PublishedPanel.Build(spec, definitions, observations);
        var outcomes = spec.Outcomes.Select(outcome => new OutcomeAnalysis(spec, outcome, panel)).ToList();
        var rounding = panel.Lists.ToDictionary(list => list, RoundingRanks.Positions);
        var results = panel.Lists.SelectMany(list => Results(list, outcomes.First(o => o.Outcome.Id == list.Outcome.Id), definitions)).ToList();
        var published = new PublishedAnalysis(
            outcomes.SelectMany(o => o.Noise).OrderBy(noise => noise.View).ToList(),
            outcomes.SelectMany(o => o.Views).OrderBy(view => view.Summary.View).Select(view => view.Summary).ToList(),
            outcomes.SelectMany(o => o.Views).OrderBy(view => view.Summary.View).SelectMany(view => view.Positions).ToList(),
            panel.Lists.SelectMany(list => rounding[list]).ToList(),
            panel.Lists.Select(list => RoundingRanks.Summary(list, rounding[list], spec.PublishedFigures!.ShareRounding / 100)).ToList(),
            outcomes.SelectMany((o, index) => o.Movements(index)).ToList(),
            outcomes.SelectMany(o => o.Regressions()).ToList(),
            outcomes.SelectMany(o => o.FallBacks(EndOfList)).ToList(),
            panel.Lists.Select(list => new NationalSum(
                list.Outcome.Id,
                list.Period,
                list.Cells.Sum(cell => cell.ExpectedPersons),
                list.Cells.Sum(cell => cell.ActualPersons),
                list.Cells.Sum(cell => cell.Exposure))).ToList(),
            outcomes.SelectMany(o => o.Sensitivity()).ToList());
        return new BenchmarkRun(
            spec,
            vintages,
            panel.Lists.Select(list => Fit(list, outcomes.First(o => o.Outcome.Id == list.Outcome.Id))).ToList(),
            results,
            [],
            panel.Exclusions,
            Breaks(spec, definitions, panel),
            panel.Notes,
            published);
    }

    private static IEnumerable<AreaResult> Results(PublishedList list, OutcomeAnalysis outcome, DefinitionSet definitions)
    {
        var price = definitions.BenefitGroups.FirstOrDefault(group => group.Id == list.Outcome.BenefitGroup)?.PricePerYear;
        var noise = outcome.Noise.First(n => n.View == NoiseView.Chance);
        var positions = outcome.Views.First(view => view.Summary.View == NoiseView.Chance && view.Summary.Period == list.Period).Positions;
        return list.Cells.Zip(positions, (cell, position) => new AreaResult(
            cell.Area,
            list.Outcome.Id,
            list.Period,
            cell.Exposure,
            cell.Actual,
            cell.Expected,
            cell.Difference,
            position.StandardError,
            Math.Sqrt(noise.Overdispersion * cell.BinomialVariance),
            0,
            position.Lower,
            position.Upper,
            position.Rank,
            position.RankLower,
            position.RankUpper,
            position.RankLowerSimultaneous,
            position.RankUpperSimultaneous,
            position.Class,
            position.Shrunken,
            position.ShrunkenStandardError,
            price is null ? null : price.Value * (decimal)(cell.ActualPersons - cell.ExpectedPersons),
            []));
    }

    /// <summary>R² of the published expectation: 1 - weighted mean squared difference / weighted variance of the actual share.</summary>
    private static OutcomeFit Fit(PublishedList list, OutcomeAnalysis outcome)
    {
        var cells = list.Cells;
        var population = cells.Sum(cell => cell.Exposure);
        var mean = cells.Sum(cell => cell.ActualPersons) / population;
        var unexplained = cells.Sum(cell => cell.Exposure * cell.Difference * cell.Difference);
        var total = cells.Sum(cell => cell.Exposure * (cell.Actual - mean) * (cell.Actual - mean));
        var summary = outcome.Views.First(view => view.Summary.View == NoiseView.Chance && view.Summary.Period == list.Period).Summary;
        var noise = outcome.Noise.First(n => n.View == NoiseView.Chance);
        return new OutcomeFit(list.Outcome.Id, list.Period, cells.Count, mean, [], 1 - (unexplained / total), noise.Overdispersion, summary.BetweenVariance);
    }

    private static List<string> Breaks(ModelSpec spec, DefinitionSet definitions, PublishedPanel panel) => definitions.Breaks
        .Where(entry => entry.Date >= panel.Periods[0].FirstDay && entry.Date <= panel.Periods[^1].LastDay)
        .Where(entry => spec.Outcomes.Any(outcome =>
            entry.Touches(outcome.Indicator, outcome.BenefitGroup) || (outcome.ExpectedIndicator is not null && entry.Touches(outcome.ExpectedIndicator, outcome.BenefitGroup))))
        .Select(entry => entry.Id)
        .ToList();

    /// <summary>Everything about one outcome that needs its releases together.</summary>
    private sealed class OutcomeAnalysis
    {
        private readonly ModelSpec spec;
        private readonly List<PublishedList> releases;
        private readonly MovementVariance movement;
        private readonly List<ReleasePair> pairs;

        public OutcomeAnalysis(ModelSpec spec, OutcomeSpec outcome, PublishedPanel panel)
        {
            this.spec = spec;
            Outcome = outcome;
            releases = panel.Periods.Select(period => panel.List(outcome.Id, period)).ToList();
            pairs = ReleasePair.All(releases).Where(pair => pair.Cells.Count > 2).ToList();
            movement = MovementVariance.Estimate(releases);
            Noise = PublishedViews.Noise(spec, outcome, movement);
            Views = Noise.SelectMany(noise => releases.Select(list => PublishedViews.View(spec, list, noise))).ToList();
        }

        public OutcomeSpec Outcome { get; }

        public IReadOnlyList<PublishedNoise> Noise { get; }

        public IReadOnlyList<PublishedView> Views { get; }

        private IReadOnlyList<MovementNoise> Noises => movement.Known
            ? [MovementNoise.Chance, MovementNoise.RenewedChance, MovementNoise.Persistence]
            : [MovementNoise.Chance];

        private PublishedNoise Chance => Noise.First(noise => noise.View == NoiseView.Chance);

        public IReadOnlyList<RankMovement> Movements(int outcomeIndex)
        {
            var movements = new RankMovement[pairs.Count];
            ExpectedVersusActual.InParallel(movements.Length, pairIndex => movements[pairIndex] = RankMovements.Describe(
                pairs[pairIndex],
                spec.Ranking.By,
                Noises,
                (noise, cells) => RankMovements.ChangeVariance(noise, Chance, movement, pairs[pairIndex], cells),
                spec.PublishedFigures!.Replications,
                unchecked(spec.Ranking.Seed + (1009 * outcomeIndex) + (31 * pairIndex))));
            return movements;
        }

        public IEnumerable<MeanRegression> Regressions() =>
            from pair in pairs
            from noise in Noises
            select MeanRegressions.Describe(
                pair,
                noise,
                cells => RankMovements.ChangeVariance(noise, Chance, movement, pair, cells),
                cell => cell.RoundingVariance + (noise switch
                {
                    MovementNoise.Chance => Chance.Overdispersion * cell.BinomialVariance,
                    MovementNoise.RenewedChance => movement.SizeFactor * cell.BinomialVariance,
                    _ => movement.Common + (movement.SizeFactor * cell.BinomialVariance),
                }));

        public IEnumerable<FallBack> FallBacks(int count) => pairs.SelectMany(pair => MeanRegressions.Ends(
            pair,
            count,
            (view, period) => Views.FirstOrDefault(v => v.Summary.View == view && v.Summary.Period == period)));

        public IEnumerable<OverdispersionCase> Sensitivity() => spec.PublishedFigures!.Sensitivity.Select(factor =>
        {
            var view = PublishedViews.View(spec, releases[^1], Chance with { Overdispersion = factor, Common = 0 });
            var s = view.Summary;
            return new OverdispersionCase(
                Outcome.Id, s.Period, factor, s.Better, s.AsExpected, s.Worse, s.Reliability, s.MeanRankSetWidth, s.MeanRankSetWidthSimultaneous, s.PossiblyBest);
        });
    }
}
