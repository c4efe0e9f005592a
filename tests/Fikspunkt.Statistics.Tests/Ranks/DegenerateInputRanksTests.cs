using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Statistics.Tests.Ranks;

/// <summary>Input that breaks careless arithmetic gives a typed fault or the documented value.</summary>
public sealed class DegenerateInputRanksTests
{
    [Fact]
    public void Methods_HostileColumns_GiveTypedFaultsOrValues() => Outcome.ShouldBeTypedOrValues(
        from estimates in Hostile.Columns
        from variances in Hostile.Positive
        from call in Calls(estimates.Values, variances.Values)
        select ($"{call.Name}: {estimates.Name}, variances {variances.Name}", call.Call));

    [Fact]
    public void Methods_ValuesThatAreNone_AreRefusedByType()
    {
        foreach (var (_, broken) in Hostile.Broken)
        {
            foreach (var (_, call) in Calls(broken, [1, 1, 1, 1, 1, 1]).Concat(Calls([1, 2, 3, 4, 5, 6], broken)))
            {
                Should.Throw<StatisticsException>(call);
            }

            Should.Throw<InvalidValueException>(() => RankStability.Of(RowMatrix.FromColumns(broken, broken), RankOrder.Lowest));
        }
    }

    [Fact]
    public void RankStability_HostileColumns_GiveValues() => Outcome.ShouldBeTypedOrValues(
        from a in Hostile.Columns
        from b in Hostile.Columns
        select ($"{a.Name}, {b.Name}", (Func<object>)(() => RankStability.Of(RowMatrix.FromColumns(a.Values, b.Values), RankOrder.Highest))),
        nameof(RankStabilityResult.KendallW),
        nameof(RankStabilityResult.Spearman),
        nameof(RankStabilityResult.MeanSpearman));

    [Fact]
    public void Methods_OneUnitOrNone_HaveTheirRanks()
    {
        RankConfidence.Sets([], new RowMatrix(0, 0), new RankOptions(Draws: 10)).Rank.ShouldBeEmpty();
        RankOf.Smallest([], RankOrder.Lowest).ShouldBeEmpty();
        TauSets.Best([3], RowMatrix.Diagonal([0]), 1, new RankOptions(Draws: 10)).Contains.ShouldBe([true]);
        Outcome.ShouldBeTypedOrValues(Hostile.Positive.SelectMany(variance => Calls([7], [variance.Values[0]])));
    }

    [Fact]
    public void MultinomialRanks_CountsOfAllScales_GiveValues() => Outcome.ShouldBeTypedOrValues(
        from counts in new long[][] { [0, 1, 10, 1_000_000, 1L << 40, 1L << 52], [999_999, 1, 0], [500_000, 499_999, 500_001], [1L << 52, 1L << 52] }
        from best in Enum.GetValues<RankOrder>()
        select (string.Join(' ', counts), (Func<object>)(() =>
        {
            var sets = MultinomialRanks.Sets(counts, new MultinomialRankOptions(Best: best));
            for (var unit = 0; unit < counts.Length; unit++)
            {
                sets.Rank[unit].ShouldBeInRange(sets.SimultaneousLower[unit], sets.SimultaneousUpper[unit]);
            }

            return sets;
        })),
        nameof(RankSets.CriticalValue));

    private static IEnumerable<(string Name, Func<object> Call)> Calls(double[] estimates, double[] variances) =>
    [
        ("sets", () => RankConfidence.Sets(estimates, RowMatrix.Diagonal(variances), new RankOptions(Draws: 40))),
        ("lower sets", () => RankConfidence.Sets(estimates, RowMatrix.Diagonal(variances), new RankOptions(Draws: 40, Best: RankOrder.Highest) { Bounds = RankBounds.Lower, Units = [0] })),
        ("tau best", () => TauSets.Best(estimates, RowMatrix.Diagonal(variances), 1, new RankOptions(Draws: 40))),
        ("posterior", () => PosteriorRanks.Simulate(estimates, RowMatrix.Diagonal(variances), new PosteriorRankOptions(Draws: 40))),
    ];
}
