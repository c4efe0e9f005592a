using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Sources.Synthetic;

namespace Fikspunkt.Bench.Coverage;

/// <summary>Counts how often intervals and rank sets hold the truth, over replications of the synthetic Denmark.</summary>
/// <remarks>
/// Each replication draws efforts and chance anew, publishes figures (small counts hidden, gaps missing) and runs the model on them by way of
/// <see cref="BenchmarkRunner"/>; nothing is passed around it. The truth is the area's true share minus its expected share over the
/// twelve months of the result.
/// </remarks>
internal static class CoverageStudy
{
    /// <summary>Upper limits of the size classes, persons aged 16-66.</summary>
    public static readonly double[] SizeLimits = [10_000, 20_000, 40_000, double.PositiveInfinity];

    /// <summary>Runs the study.</summary>
    /// <param name="structure">The synthetic Denmark.</param>
    /// <param name="spec">The model; its latest period is compared.</param>
    /// <param name="definitions">Municipalities.</param>
    /// <param name="replications">Number of replications.</param>
    /// <param name="seed">Seed of the first; each next one has the next number.</param>
    public static CoverageResult Run(SyntheticStructure structure, ModelSpec spec, DefinitionSet definitions, int replications, int seed)
    {
        var tallies = new Dictionary<string, OutcomeTally>[replications];
        Parallel.For(0, replications, r => tallies[r] = Replicate(structure, spec, definitions, seed + r));
        var ids = spec.Outcomes.Select(outcome => outcome.Id).Concat(spec.Total is { } total ? [total.Id] : []);
        return new CoverageResult(replications, seed, [.. ids.Select(id => OutcomeCoverage.Of(id, [.. tallies.Select(tally => tally[id])]))]);
    }

    private static Dictionary<string, OutcomeTally> Replicate(SyntheticStructure structure, ModelSpec spec, DefinitionSet definitions, int seed)
    {
        var draw = structure.Draw(seed);
        var run = BenchmarkRunner.Run(spec, definitions, SyntheticDenmark.Observe(draw, 0, structure.Options.Months), []);
        var area = structure.Municipalities.Select((m, number) => (m.Code, number)).ToDictionary(pair => pair.Code, pair => pair.number, StringComparer.Ordinal);
        var numbers = SyntheticGroup.All.Select((group, number) => (group.Id, number)).ToDictionary(pair => pair.Id, pair => pair.number, StringComparer.Ordinal);
        var groups = spec.Outcomes.ToDictionary(outcome => outcome.Id, outcome => numbers[outcome.BenefitGroup!], StringComparer.Ordinal);
        return run.Results.GroupBy(result => result.Outcome, StringComparer.Ordinal).ToDictionary(
            results => results.Key,
            results => OutcomeTally.Of(
                [.. results],
                [.. results.Select(result => Truth(draw, groups.TryGetValue(result.Outcome, out var group) ? group : null, area[result.Area], result.Period, spec.Ranking.By))]),
            StringComparer.Ordinal);
    }

    private static (double Difference, double Ranked) Truth(SyntheticDraw draw, int? group, int area, Period period, RankBy by)
    {
        var first = (12 * (period.FirstDay.Year - SyntheticOptions.FirstYear)) + period.FirstDay.Month - 1;
        var difference = draw.TrueDifference(group, area, first, 12);
        return (difference, by == RankBy.Share ? difference : difference / draw.ExpectedShare(group, area, first, 12));
    }
}

/// <summary>One outcome in one replication.</summary>
/// <param name="Held">Intervals that hold the truth, by size class; the last place counts all.</param>
/// <param name="Intervals">Intervals, likewise.</param>
/// <param name="RanksHeld">Marginal rank sets that hold the true rank.</param>
/// <param name="AllRanksHeld">Whether every simultaneous set holds its true rank.</param>
/// <param name="SetWidth">Sum of the marginal sets' numbers of ranks.</param>
/// <param name="SimultaneousWidth">Sum of the simultaneous sets' numbers of ranks.</param>
/// <param name="SquaredError">Sum of squared errors of the differences, in units of their standard errors.</param>
/// <param name="ShrunkenHeld">Shrunken estimates within 1.96 posterior standard deviations of the truth.</param>
internal sealed record OutcomeTally(int[] Held, int[] Intervals, int RanksHeld, bool AllRanksHeld, double SetWidth, double SimultaneousWidth, double SquaredError, int ShrunkenHeld)
{
    public static OutcomeTally Of(AreaResult[] results, (double Difference, double Ranked)[] truth)
    {
        var classes = CoverageStudy.SizeLimits.Length;
        var held = new int[classes + 1];
        var intervals = new int[classes + 1];

        // A unit that is tied holds several ranks, and a set must hold them all.
        var firstRank = Array.ConvertAll(truth, own => 1 + truth.Count(other => other.Ranked < own.Ranked));
        var lastRank = Array.ConvertAll(truth, own => truth.Count(other => other.Ranked <= own.Ranked));
        int ranksHeld = 0, shrunkenHeld = 0;
        var all = true;
        double width = 0, simultaneousWidth = 0, squared = 0;
        for (var i = 0; i < results.Length; i++)
        {
            var result = results[i];
            var size = Array.FindIndex(CoverageStudy.SizeLimits, limit => result.Exposure < limit);
            var holds = result.Lower <= truth[i].Difference && truth[i].Difference <= result.Upper ? 1 : 0;
            foreach (var place in new[] { size, classes })
            {
                intervals[place]++;
                held[place] += holds;
            }

            ranksHeld += result.RankLower <= firstRank[i] && lastRank[i] <= result.RankUpper ? 1 : 0;
            all &= result.RankLowerSimultaneous <= firstRank[i] && lastRank[i] <= result.RankUpperSimultaneous;
            width += result.RankUpper - result.RankLower + 1;
            simultaneousWidth += result.RankUpperSimultaneous - result.RankLowerSimultaneous + 1;
            var error = (result.Difference - truth[i].Difference) / result.StandardError;
            squared += error * error;
            shrunkenHeld += Math.Abs(result.Shrunken - truth[i].Difference) <= 1.96 * result.ShrunkenStandardError ? 1 : 0;
        }

        return new OutcomeTally(held, intervals, ranksHeld, all, width, simultaneousWidth, squared, shrunkenHeld);
    }
}

/// <summary>One outcome over all replications. Shares are fractions.</summary>
/// <param name="Outcome">Outcome id.</param>
/// <param name="Interval">Share of intervals that hold the truth.</param>
/// <param name="IntervalBySize">The same by size class; NaN where a class is empty.</param>
/// <param name="MarginalRank">Share of marginal rank sets that hold the true rank.</param>
/// <param name="SimultaneousRank">Share of replications in which all simultaneous sets hold.</param>
/// <param name="MarginalWidth">Mean number of ranks in a marginal set.</param>
/// <param name="SimultaneousWidth">Mean number of ranks in a simultaneous set.</param>
/// <param name="ErrorOverStandardError">Root mean square of error over standard error; 1 when the standard errors are right.</param>
/// <param name="Shrunken">Share of shrunken estimates within 1.96 posterior standard deviations of the truth.</param>
/// <param name="StandardError">Monte-Carlo standard error of <paramref name="Interval"/>, replications taken as the independent units.</param>
/// <param name="Intervals">Number of intervals.</param>
internal sealed record OutcomeCoverage(
    string Outcome,
    double Interval,
    double[] IntervalBySize,
    double MarginalRank,
    double SimultaneousRank,
    double MarginalWidth,
    double SimultaneousWidth,
    double ErrorOverStandardError,
    double Shrunken,
    double StandardError,
    int Intervals)
{
    public static OutcomeCoverage Of(string outcome, OutcomeTally[] tallies)
    {
        var classes = CoverageStudy.SizeLimits.Length;
        var number = tallies.Sum(tally => tally.Intervals[classes]);
        var interval = tallies.Sum(tally => tally.Held[classes]) / (double)number;
        var spread = tallies.Sum(tally => Math.Pow((tally.Held[classes] / (double)tally.Intervals[classes]) - interval, 2)) / Math.Max(tallies.Length - 1, 1);
        return new OutcomeCoverage(
            outcome,
            interval,
            [.. Enumerable.Range(0, classes).Select(size => tallies.Sum(tally => tally.Held[size]) / (double)tallies.Sum(tally => tally.Intervals[size]))],
            tallies.Sum(tally => tally.RanksHeld) / (double)number,
            tallies.Count(tally => tally.AllRanksHeld) / (double)tallies.Length,
            tallies.Sum(tally => tally.SetWidth) / number,
            tallies.Sum(tally => tally.SimultaneousWidth) / number,
            Math.Sqrt(tallies.Sum(tally => tally.SquaredError) / number),
            tallies.Sum(tally => tally.ShrunkenHeld) / (double)number,
            Math.Sqrt(spread / tallies.Length),
            number);
    }
}

/// <summary>A study's result.</summary>
/// <param name="Replications">Number of replications.</param>
/// <param name="Seed">Seed of the first.</param>
/// <param name="Outcomes">By outcome, the total last.</param>
internal sealed record CoverageResult(int Replications, int Seed, IReadOnlyList<OutcomeCoverage> Outcomes)
{
    /// <summary>Share of all intervals, over outcomes and areas, that hold the truth.</summary>
    public double Interval => Outcomes.Sum(outcome => outcome.Interval * outcome.Intervals) / Outcomes.Sum(outcome => outcome.Intervals);
}
