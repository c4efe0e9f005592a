using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Statistics.Tests.Ranks;

public sealed class CompositeRanksTests
{
    private static readonly RankOrder[] TwoLow = [RankOrder.Lowest, RankOrder.Lowest];

    // Five units, two figures; by hand: ranks (1,3) (2,1) (3,1) (4,4) (5,5) with ties at the smallest.
    private static readonly RowMatrix Values = RowMatrix.FromColumns([1, 2, 3, 4, 10], [30, 10, 10, 40, 50]);

    [Fact]
    public void Of_RankSum_ByHand()
    {
        var result = CompositeRanks.Of(Values, null, TwoLow, new CompositeRankOptions());

        result.Ranks.Values.ShouldBe([1, 3, 2, 1, 3, 1, 4, 4, 5, 5]);
        result.Score.ShouldBe([4, 3, 4, 8, 10]);
        result.Rank.ShouldBe([2, 1, 2, 4, 5]);
        result.Lower.ShouldBe(result.Rank);
        result.Upper.ShouldBe(result.Rank);
    }

    [Theory]
    [InlineData(0.5, new[] { 4, 3.5, 4.5, 8, 10 })]
    [InlineData(1.0, new[] { 4.0, 4, 5, 8, 10 })]
    public void Of_OtherTies_ByHand(double omega, double[] score) =>
        CompositeRanks.Of(Values, null, TwoLow, new CompositeRankOptions(Omega: omega)).Score.ShouldBe(score);

    [Fact]
    public void Of_TopThirds_CountsThem() =>
        CompositeRanks.Of(Values, null, TwoLow, new CompositeRankOptions(CompositeRule.TopThirds)).Score.ShouldBe([-1, -1, -1, 0, 0]);

    [Fact]
    public void Of_MeanZ_IsTheMeanOfStandardisedFigures()
    {
        var result = CompositeRanks.Of(Values, null, [RankOrder.Lowest, RankOrder.Highest], new CompositeRankOptions(CompositeRule.MeanZ));

        // (1 - 4) / sqrt(12.5) and (30 - 28) / sqrt(320), turned.
        result.Score[0].ShouldBe(((-3 / Math.Sqrt(12.5)) - (2 / Math.Sqrt(320))) / 2, 1e-14);
        result.Score.Sum().ShouldBe(0, 1e-14);
    }

    [Fact]
    public void Of_FigureMissing_IsNotZeroAndHasNoOverallRank()
    {
        var values = RowMatrix.FromColumns([1, 2, double.NaN, 4, 10], [30, 10, 10, 40, 50]);
        var result = CompositeRanks.Of(values, new RowMatrix(5, 2), TwoLow, new CompositeRankOptions(Draws: 10));

        result.Ranks.Values.ShouldBe([1, 3, 2, 1, double.NaN, 1, 3, 4, 4, 5]);
        result.Rank.ShouldBe([2, 1, 0, 3, 4]);
        result.Score[2].ShouldBe(double.NaN);
        (result.Lower[2], result.Upper[2]).ShouldBe((0, 0));
    }

    [Fact]
    public void Of_NoError_MovesNothing_AndGreatErrorAllowsEverything()
    {
        var errors = new RowMatrix(5, 2);
        var exact = CompositeRanks.Of(Values, errors, TwoLow, new CompositeRankOptions(Draws: 50));
        exact.Lower.ShouldBe(exact.Rank);
        exact.Upper.ShouldBe(exact.Rank);
        exact.FirstProbability.ShouldBe([0, 1, 0, 0, 0]);

        Array.Fill(errors.Values, 1e6);
        var loose = CompositeRanks.Of(Values, errors, TwoLow, new CompositeRankOptions(Draws: 2000));
        loose.Lower.ShouldAllBe(rank => rank == 1);
        loose.Upper.ShouldAllBe(rank => rank >= 4);
    }

    [Fact]
    public void Of_TwoUnitsOneFigure_HasTheProbabilityOfTheNormalDistribution()
    {
        var result = CompositeRanks.Of(RowMatrix.FromColumns([0, 1]), RowMatrix.FromColumns([0.6, 0.8]), [RankOrder.Lowest], new CompositeRankOptions(Draws: 40_000));

        // P(first is lower) = P(Z < 1) = 0.8413; standard error 0.0018.
        result.FirstProbability[0].ShouldBe(0.8413, 0.006);
        result.FirstProbability.Sum().ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Of_AnyOption_RankLiesInItsInterval_AndScalingAndOrderDoNotMatter() => RandomData.ForAllSeeds(seed =>
    {
        var values = new RowMatrix(7, 3, RandomData.Normals(seed, 21));
        var errors = new RowMatrix(7, 3, [.. RandomData.Normals(seed + 1, 21).Select(Math.Abs)]);
        RankOrder[] best = [RankOrder.Lowest, RankOrder.Highest, RankOrder.Lowest];
        foreach (var rule in Enum.GetValues<CompositeRule>())
        {
            var options = new CompositeRankOptions(rule, Draws: 200, Seed: seed);
            var result = CompositeRanks.Of(values, errors, best, options);
            Enumerable.Range(0, 7).ShouldAllBe(unit => result.Lower[unit] <= result.Rank[unit] && result.Rank[unit] <= result.Upper[unit]);
            var scaled = CompositeRanks.Of(new RowMatrix(7, 3, [.. values.Values.Select(value => 5 + (4 * value))]), null, best, options);
            scaled.Rank.ShouldBe(result.Rank);
            var order = RandomData.Permutation(seed, 7);
            var moved = new RowMatrix(7, 3, [.. order.SelectMany(unit => values.Row(unit).ToArray())]);
            CompositeRanks.Of(moved, null, best, options).Rank.ShouldBe(Array.ConvertAll(order, unit => result.Rank[unit]));
        }
    });

    [Fact]
    public void Of_AnyThreads_SameBits()
    {
        var values = new RowMatrix(20, 4, RandomData.Normals(1, 80));
        var errors = new RowMatrix(20, 4, [.. Enumerable.Repeat(0.5, 80)]);
        var results = Enumerable.Range(1, 2).Select(threads => CompositeRanks.Of(values, errors, [.. TwoLow, .. TwoLow], new CompositeRankOptions(Threads: threads))).ToList();

        results[1].Lower.ShouldBe(results[0].Lower);
        results[1].Upper.ShouldBe(results[0].Upper);
        results[1].FirstProbability.ShouldBe(results[0].FirstProbability);
    }

    [Theory]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1, -1)]
    [InlineData(1, double.NaN)]
    public void Of_ValuesOutOfRange_Throws(double value, double error) =>
        Should.Throw<InvalidValueException>(() => CompositeRanks.Of(RowMatrix.FromColumns([value, 2]), RowMatrix.FromColumns([error, 1]), [RankOrder.Lowest], new CompositeRankOptions()));

    [Fact]
    public void Of_OneUnitOrConstantFigure_IsFirst()
    {
        CompositeRanks.Of(RowMatrix.FromColumns([3]), RowMatrix.FromColumns([1]), [RankOrder.Lowest], new CompositeRankOptions(CompositeRule.MeanZ, Draws: 5)).Rank.ShouldBe([1]);
        CompositeRanks.Of(RowMatrix.FromColumns([3, 3, 3]), null, [RankOrder.Lowest], new CompositeRankOptions(CompositeRule.MeanZ)).Rank.ShouldBe([1, 1, 1]);
    }
}
