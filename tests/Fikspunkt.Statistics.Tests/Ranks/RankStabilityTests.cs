using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Statistics.Tests.Ranks;

public sealed class RankStabilityTests
{
    [Fact]
    public void Of_SmallTable_HasTheNumbersWorkedOutByHand()
    {
        // Ranks (lowest best): 1 2 3 4 / 2 1 3 4 / 1 4 2 3 by specification.
        var result = RankStability.Of(RowMatrix.FromColumns([[10, 20, 30, 40], [5, 1, 7, 9], [0, 3, 1, 2]]), RankOrder.Lowest);
        result.Ranks.Row(1).ToArray().ShouldBe([2, 1, 4]);
        result.Best.ShouldBe([1, 1, 2, 3]);
        result.Worst.ShouldBe([2, 4, 3, 4]);
        result.Median.ShouldBe([1, 2, 3, 4]);
        result.LowerQuartile.ShouldBe([1, 1.5, 2.5, 3.5]);
        result.UpperQuartile.ShouldBe([1.5, 3, 3, 4]);
        result.BestShare.ShouldBe([2.0 / 3, 1.0 / 3, 0, 0], 1e-15);
        result.WorstShare.ShouldBe([0, 1.0 / 3, 0, 2.0 / 3], 1e-15);
        result.Places.ShouldBe(1);
        result.MovesMost.ShouldBe(1);

        // Rank sums 4, 7, 8, 11 around 7.5: S = 25; W = 12 S / (9 (64 - 4)).
        result.KendallW.ShouldBe(12 * 25.0 / (9 * 60), 1e-14);
        result.Spearman[0, 1].ShouldBe(1 - (6.0 * 2 / 60), 1e-14);
    }

    [Fact]
    public void Of_Ties_CorrectKendallsW()
    {
        // Ranks 1.5 1.5 3 / 1 2 3: sums 2.5 3.5 6, S = 6.5; W = 12 S / (4 x 24 - 2 x 6).
        var result = RankStability.Of(RowMatrix.FromColumns([[1, 1, 2], [1, 2, 3]]), RankOrder.Lowest);
        result.KendallW.ShouldBe(12 * 6.5 / (96 - 12), 1e-14);
        result.Spearman[0, 1].ShouldBe(1.5 / Math.Sqrt(1.5 * 2), 1e-14);
    }

    [Fact]
    public void Of_AnyTable_TiesWAndSpearmanTogether() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (n, m) = (3 + (seed % 9), 2 + (seed % 5));
            var values = new RowMatrix(n, m, RandomData.Normals(seed, n * m));
            var result = RankStability.Of(values, RankOrder.Highest);

            // Without ties the mean of Spearman's correlations is (m W - 1) / (m - 1).
            result.MeanSpearman.ShouldBe(((m * result.KendallW) - 1) / (m - 1), 1e-12);
            result.KendallW.ShouldBeInRange(0, 1 + 1e-12);

            // Growing functions of each column change nothing; the other end of the scale mirrors the ranks.
            var moved = RankStability.Of(new RowMatrix(n, m, Array.ConvertAll(values.Values, value => Math.Exp(3 * value) + 1)), RankOrder.Highest);
            moved.Ranks.Values.ShouldBe(result.Ranks.Values);
            var mirrored = RankStability.Of(values, RankOrder.Lowest);
            mirrored.Best.ShouldBe(result.Worst.Select(rank => n + 1 - rank));
            mirrored.BestShare.ShouldBe(result.WorstShare);
            mirrored.KendallW.ShouldBe(result.KendallW, 1e-12);
            var range = result.Worst.Zip(result.Best, (worst, best) => worst - best).ToArray();
            range[result.MovesMost].ShouldBe(range.Max());
        });

    [Fact]
    public void Of_SameOrderEverywhere_AgreesCompletely()
    {
        var result = RankStability.Of(RowMatrix.FromColumns([[1, 2, 3], [10, 20, 30]]), RankOrder.Lowest);
        (result.KendallW, result.MeanSpearman).ShouldBe((1.0, 1.0));
        result.Best.ShouldBe(result.Worst);
    }

    [Fact]
    public void Of_DegenerateTables_HaveTheirValues()
    {
        var tied = RankStability.Of(new RowMatrix(3, 2), RankOrder.Lowest);
        tied.KendallW.ShouldBe(double.NaN);
        tied.MeanSpearman.ShouldBe(double.NaN);
        tied.Median.ShouldBe([2, 2, 2]);
        var single = RankStability.Of(new RowMatrix(3, 1, [1, 2, 3]), RankOrder.Lowest);
        (single.KendallW, single.MeanSpearman).ShouldBe((1.0, double.NaN));
        Should.Throw<TooFewUnitsException>(() => RankStability.Of(new RowMatrix(1, 2), RankOrder.Lowest));
        Should.Throw<ArgumentException>(() => RankStability.Of(new RowMatrix(2, 0), RankOrder.Lowest));
        Should.Throw<InvalidValueException>(() => RankStability.Of(new RowMatrix(2, 2, [1, 2, 3, double.NaN]), RankOrder.Lowest)).Column.ShouldBe(1);
        Should.Throw<ArgumentOutOfRangeException>(() => RankStability.Of(new RowMatrix(2, 2), RankOrder.Lowest, 1.5));
    }
}
