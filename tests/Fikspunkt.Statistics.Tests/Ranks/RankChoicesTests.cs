using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Statistics.Tests.Ranks;

public sealed class RankChoicesTests
{
    [Fact]
    public void Of_TwoByTwo_HasTheNumbersWorkedOutByHand()
    {
        // One unit, ranks 1 2 / 3 8 by a, b: mean 3.5; a: means 1.5 and 5.5, 4 x 2^2 = 16; b: 2 and 5, 4 x 1.5^2 = 9; in all 29, interaction 4.
        var ranks = new RowMatrix(1, 4, [1, 2, 3, 8]);
        var effects = RankChoices.Of(ranks, [[0, 0, 1, 1], [0, 1, 0, 1]]);
        effects[0].Share.ShouldBe(16.0 / 29, 1e-15);
        effects[1].Share.ShouldBe(9.0 / 29, 1e-15);
        effects[0].Places.ShouldBe([4], 1e-15);
        effects[1].UnitShare.ShouldBe([9.0 / 29], 1e-15);
    }

    [Fact]
    public void Of_AnyBalancedTable_SharesAddUpToAtMostOne_AndDoNotChangeWithThePlaceOfZero() =>
        RandomData.ForAllSeeds(seed =>
        {
            var random = new Random(seed);
            var ranks = new RowMatrix(5, 12, [.. Enumerable.Range(0, 60).Select(_ => (double)random.Next(1, 6))]);
            int[][] levels = [[.. Enumerable.Range(0, 12).Select(j => j / 6)], [.. Enumerable.Range(0, 12).Select(j => j / 2 % 3)], [.. Enumerable.Range(0, 12).Select(j => j % 2)]];
            var effects = RankChoices.Of(ranks, levels);
            effects.Sum(effect => effect.Share).ShouldBeLessThanOrEqualTo(1 + 1e-12);
            var moved = RankChoices.Of(new RowMatrix(5, 12, Array.ConvertAll(ranks.Values, rank => rank + 100)), levels);
            for (var c = 0; c < 3; c++)
            {
                moved[c].Share.ShouldBe(effects[c].Share, 1e-10);
                moved[c].Places.ShouldBe(effects[c].Places, 1e-10);
            }
        });

    [Fact]
    public void Of_OneLevelOrNoVariation_ExplainsNothing()
    {
        var constant = RankChoices.Of(new RowMatrix(2, 2, [1, 1, 2, 2]), [[0, 1]])[0];
        constant.Share.ShouldBe(double.NaN);
        constant.UnitShare.ShouldBe([double.NaN, double.NaN]);
        var single = RankChoices.Of(new RowMatrix(2, 2, [1, 2, 2, 1]), [[0, 0]])[0];
        (single.Share, single.Places[0]).ShouldBe((0, 0));
        RankChoices.Of(new RowMatrix(2, 2, [1, 2, 2, 1]), [[0, 1]])[0].Share.ShouldBe(1);
    }

    [Fact]
    public void Of_WrongInput_IsRefused()
    {
        Should.Throw<InvalidValueException>(() => RankChoices.Of(new RowMatrix(1, 2, [1, double.NaN]), [[0, 1]]));
        Should.Throw<ArgumentException>(() => RankChoices.Of(new RowMatrix(1, 2, [1, 2]), [[0]]));
    }
}
