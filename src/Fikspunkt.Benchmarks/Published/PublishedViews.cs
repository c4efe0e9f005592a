using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Ranks;
using Fikspunkt.Statistics.Shrinkage;

namespace Fikspunkt.Benchmarks.Published;

/// <summary>One release of one outcome under one view.</summary>
internal sealed record PublishedView(PublishedSummary Summary, IReadOnlyList<PublishedPosition> Positions);

/// <summary>Standard errors, intervals, rank sets and shrunken estimates of a published list under a view of its noise.</summary>
internal static class PublishedViews
{
    /// <summary>The noise of each view that the releases allow: persistence needs two releases a year apart.</summary>
    public static IReadOnlyList<PublishedNoise> Noise(ModelSpec spec, OutcomeSpec outcome, MovementVariance movement)
    {
        var (factor, basis) = spec.Noise.Overdispersion is { } set ? (set, OverdispersionBasis.Fixed)
            : movement.ChanceFactor >= 1 ? (movement.ChanceFactor, OverdispersionBasis.Movement)
            : (1.0, OverdispersionBasis.Floor);
        var (half, year, longer) = (movement.MeanSquare(6), movement.MeanSquare(12), movement.MeanSquare(18));
        var chance = new PublishedNoise(NoiseView.Chance, outcome.Id, factor, 0, basis, movement.ChanceFactor, half, year, longer, year / half);
        return movement.Known
            ?
            [
                chance,
                chance with
                {
                    View = NoiseView.Persistence,
                    Overdispersion = movement.SizeFactor,
                    Common = movement.Common,
                    Basis = OverdispersionBasis.Movement,
                    Estimate = movement.SizeFactor,
                },
            ]
            : [chance];
    }

    /// <summary>Judges a list: variance of a difference = common + factor * p(1 - p) / n + rounding, independent between municipalities.</summary>
    public static PublishedView View(ModelSpec spec, PublishedList list, PublishedNoise noise)
    {
        var cells = list.Cells;
        var differences = cells.Select(cell => cell.Difference).ToArray();
        var errors = cells.Select(cell => Math.Sqrt(noise.Common + (noise.Overdispersion * cell.BinomialVariance) + cell.RoundingVariance)).ToArray();
        var scales = cells.Select(cell => cell.RankScale(spec.Ranking.By)).ToArray();
        var ranked = differences.Zip(scales, (d, k) => d * k).ToArray();
        var variances = errors.Zip(scales, (e, k) => e * k * e * k).ToArray();
        var sets = RankConfidence.Sets(ranked, RowMatrix.Diagonal(variances), new RankOptions(spec.Ranking.Coverage, spec.Ranking.Draws, spec.Ranking.Seed, RankOrder.Lowest));
        var shrunken = NormalNormal.Estimate(differences, errors);
        var z = NormalDistribution.Quantile((1 + spec.Ranking.Coverage) / 2);
        var positions = new List<PublishedPosition>(cells.Count);
        for (var i = 0; i < cells.Count; i++)
        {
            var (lower, upper) = (differences[i] - (z * errors[i]), differences[i] + (z * errors[i]));
            positions.Add(new PublishedPosition(
                noise.View,
                list.Outcome.Id,
                list.Period,
                cells[i].Area,
                differences[i],
                errors[i],
                lower,
                upper,
                upper < 0 ? SignificanceClass.Better : lower > 0 ? SignificanceClass.Worse : SignificanceClass.AsExpected,
                sets.Rank[i],
                sets.MarginalLower[i],
                sets.MarginalUpper[i],
                sets.SimultaneousLower[i],
                sets.SimultaneousUpper[i],
                shrunken.Shrunken[i],
                shrunken.PosteriorSd[i],
                Enumerable.Range(0, cells.Count).Where(j => j != i && !sets.IsBetter(i, j) && !sets.IsBetter(j, i)).Select(j => cells[j].Area).ToList()));
        }

        return new PublishedView(Summary(list, noise, positions, shrunken.Mean, shrunken.BetweenVariance), positions);
    }

    private static PublishedSummary Summary(PublishedList list, PublishedNoise noise, List<PublishedPosition> positions, double mean, double between)
    {
        var variance = Descriptives.Variance(positions.Select(p => p.Difference).ToList());
        var reliability = variance > 0 ? Math.Clamp(1 - (positions.Average(p => p.StandardError * p.StandardError) / variance), 0, 1) : 0;
        return new PublishedSummary(
            noise.View,
            list.Outcome.Id,
            list.Period,
            positions.Count,
            positions.Count(p => p.Class == SignificanceClass.Better),
            positions.Count(p => p.Class == SignificanceClass.AsExpected),
            positions.Count(p => p.Class == SignificanceClass.Worse),
            mean,
            between,
            reliability,
            positions.Average(p => p.RankUpper - p.RankLower + 1.0),
            positions.Average(p => p.RankUpperSimultaneous - p.RankLowerSimultaneous + 1.0),
            positions.Count(p => p.RankLowerSimultaneous == 1),
            positions.Count(p => p.RankUpperSimultaneous == positions.Count));
    }
}
