using Fikspunkt.Statistics.Ranks;
using Fikspunkt.Statistics.Shrinkage;

namespace Fikspunkt.Statistics.Tests.Ranks;

public sealed class PosteriorRanksTests
{
    private static readonly double[] Means = [0.4, -0.3, 1.1, 0.2, 0.9, -1.5];
    private static readonly double[] Variances = [0.25, 0.04, 1, 0.36, 0.01, 0.5];

    [Fact]
    public void Simulate_AnyPosterior_AgreesWithTheExactExpectedRank()
    {
        foreach (var best in Enum.GetValues<RankOrder>())
        {
            var ranks = PosteriorRanks.Simulate(Means, RowMatrix.Diagonal(Variances), new PosteriorRankOptions(Draws: 100_000, Best: best));
            for (var unit = 0; unit < 6; unit++)
            {
                var mean = Enumerable.Range(1, 6).Sum(rank => rank * ranks.Probability[unit, rank - 1]);
                mean.ShouldBe(ranks.ExpectedRank[unit], 5 * Math.Max(ranks.RankSd[unit], 0.01) / Math.Sqrt(100_000));
                ranks.Probability.Row(unit).ToArray().Sum().ShouldBe(1, 1e-12);
                Enumerable.Range(0, 6).Sum(other => ranks.Probability[other, unit]).ShouldBe(1, 1e-12);
                ranks.Lower[unit].ShouldBeLessThanOrEqualTo(ranks.Median[unit]);
                ranks.Median[unit].ShouldBeLessThanOrEqualTo(ranks.Upper[unit]);
            }

            ranks.ExpectedRank.Sum().ShouldBe(21, 1e-12);
            ranks.BestProbability.Sum().ShouldBe(1, 1e-12);
            ranks.Places.ShouldBe(1);
        }
    }

    [Fact]
    public void Simulate_TwoUnits_HaveTheNormalProbability()
    {
        // P(first is lower) = Phi(1 / sqrt(1 + 3)) = 0.691462461...
        var ranks = PosteriorRanks.Simulate([0, 1], RowMatrix.Diagonal([1, 3]), new PosteriorRankOptions(Draws: 200_000, Share: 0.5));
        ranks.ExpectedRank[0].ShouldBe(2 - 0.6914624612740131, 1e-14);
        ranks.BestProbability[0].ShouldBe(0.6914624612740131, 0.005);
        ranks.WorstProbability[1].ShouldBe(ranks.BestProbability[0], 1e-12);
        ranks.RankSd[0].ShouldBe(Math.Sqrt(0.6914624612740131 * (1 - 0.6914624612740131)), 0.005);
    }

    [Fact]
    public void Simulate_HighestOfMirroredMeans_EqualsLowestUpToTheDraws()
    {
        var lowest = PosteriorRanks.Simulate(Means, RowMatrix.Diagonal(Variances), new PosteriorRankOptions());
        var highest = PosteriorRanks.Simulate([.. Means.Select(mean => -mean)], RowMatrix.Diagonal(Variances), new PosteriorRankOptions(Best: RankOrder.Highest));
        highest.ExpectedRank.ShouldBe(lowest.ExpectedRank, 1e-15);
        highest.Probability.Values.ShouldBe(lowest.Probability.Values);
    }

    [Fact]
    public void Simulate_AnyNumberOfThreads_IsIdenticalToTheBit()
    {
        var means = RandomData.Normals(3, 60);
        var covariance = RowMatrix.Diagonal([.. RandomData.Normals(4, 60).Select(value => 0.1 + (value * value))]);
        var one = PosteriorRanks.Simulate(means, covariance, new PosteriorRankOptions(Draws: 1777, Threads: 1));
        foreach (var threads in new[] { 2, 3 })
        {
            var more = PosteriorRanks.Simulate(means, covariance, new PosteriorRankOptions(Draws: 1777, Threads: threads));
            more.Probability.Values.ShouldBe(one.Probability.Values);
            more.RankSd.ShouldBe(one.RankSd);
            more.ExpectedRank.ShouldBe(one.ExpectedRank);
        }
    }

    [Fact]
    public void Simulate_ShiftAndScale_ChangeNothing()
    {
        var options = new PosteriorRankOptions(Draws: 500);
        var ranks = PosteriorRanks.Simulate(Means, RowMatrix.Diagonal(Variances), options);
        var scaled = PosteriorRanks.Simulate([.. Means.Select(mean => (1024 * mean) + 4096)], RowMatrix.Diagonal([.. Variances.Select(v => v * 1024 * 1024)]), options);
        scaled.Probability.Values.ShouldBe(ranks.Probability.Values);
        scaled.ExpectedRank.ShouldBe(ranks.ExpectedRank, 1e-9);
    }

    [Fact]
    public void Simulate_NoVariance_GivesRanksAndSharesTies()
    {
        var ranks = PosteriorRanks.Simulate([3, 1, 2, 2], new RowMatrix(4, 4), new PosteriorRankOptions(Draws: 10, Share: 0.5));
        ranks.ExpectedRank.ShouldBe([4, 1, 2.5, 2.5]);
        ranks.BestProbability.ShouldBe([0, 1, 0.5, 0.5]);
        ranks.Probability.Row(2).ToArray().ShouldBe([0, 0.5, 0.5, 0]);
        ranks.Median.ShouldBe([4, 1, 2, 2]);
        (ranks.Lower[3], ranks.Upper[3]).ShouldBe((2, 3));
        ranks.RankSd.ShouldBe([0, 0, 0.5, 0.5], 1e-15);
    }

    [Fact]
    public void Simulate_CompleteShrinkage_TiesEveryUnitInEveryDraw()
    {
        // Eight schools: no variance between them, so all posteriors are the same uncertain mean.
        var estimate = NormalNormal.Estimate([28, 8, -3, 7, -1, 1, 18, 12], [15, 10, 16, 11, 9, 11, 10, 18]);
        var ranks = PosteriorRanks.Simulate(estimate.Shrunken, estimate.PosteriorCovariance(), new PosteriorRankOptions(Draws: 200));
        ranks.ExpectedRank.ShouldAllBe(rank => Math.Abs(rank - 4.5) < 1e-12);
        ranks.BestProbability.ShouldAllBe(probability => Math.Abs(probability - 0.25) < 1e-12);
    }

    [Fact]
    public void PosteriorCovariance_AnyEstimate_HasThePosteriorSdOnItsDiagonal()
    {
        var estimate = NormalNormal.Estimate([28, 8, -13, 7, -21, 1, 18, 12], [5, 10, 6, 1, 9, 11, 10, 8]);
        var covariance = estimate.PosteriorCovariance();
        for (var i = 0; i < 8; i++)
        {
            Math.Sqrt(covariance[i, i]).ShouldBe(estimate.PosteriorSd[i], 1e-12);
            covariance[i, (i + 1) % 8].ShouldBe((1 - estimate.Factor[i]) * (1 - estimate.Factor[(i + 1) % 8]) * estimate.MeanStandardError * estimate.MeanStandardError, 1e-12);
        }
    }

    [Fact]
    public void Simulate_OneUnitOrHugeLevel_HasItsRank()
    {
        var one = PosteriorRanks.Simulate([5], RowMatrix.Diagonal([1]), new PosteriorRankOptions(Draws: 7));
        (one.ExpectedRank[0], one.BestProbability[0], one.WorstProbability[0], one.Median[0], one.RankSd[0]).ShouldBe((1, 1, 1, 1, 0));
        var huge = PosteriorRanks.Simulate([1e15, 1e15 + 8], RowMatrix.Diagonal([1, 1]), new PosteriorRankOptions(Draws: 500));
        huge.ExpectedRank[0].ShouldBe(1, 1e-7);
    }

    [Fact]
    public void Simulate_ImpossibleInput_Throws()
    {
        var covariance = RowMatrix.Diagonal([1, 1]);
        Should.Throw<InvalidValueException>(() => PosteriorRanks.Simulate([1, double.NaN], covariance, new PosteriorRankOptions()));
        Should.Throw<InvalidValueException>(() => PosteriorRanks.Simulate([1, 2], RowMatrix.Diagonal([1, double.PositiveInfinity]), new PosteriorRankOptions()));
        Should.Throw<NotPositiveSemidefiniteException>(() => PosteriorRanks.Simulate([1, 2], RowMatrix.Diagonal([1, -1]), new PosteriorRankOptions()));
        Should.Throw<TooFewUnitsException>(() => PosteriorRanks.Simulate([], new RowMatrix(0, 0), new PosteriorRankOptions()));
        Should.Throw<ArgumentException>(() => PosteriorRanks.Simulate([1], covariance, new PosteriorRankOptions()));
        Should.Throw<ArgumentOutOfRangeException>(() => PosteriorRanks.Simulate([1, 2], covariance, new PosteriorRankOptions(Draws: 0)));
        Should.Throw<ArgumentOutOfRangeException>(() => PosteriorRanks.Simulate([1, 2], covariance, new PosteriorRankOptions(Share: 0)));
        Should.Throw<ArgumentOutOfRangeException>(() => PosteriorRanks.Simulate([1, 2], covariance, new PosteriorRankOptions(Coverage: double.NaN)));
    }
}
