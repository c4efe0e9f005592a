using Fikspunkt.Statistics.Ranks;
using Fikspunkt.Statistics.Shrinkage;

namespace Fikspunkt.Statistics.Tests.Ranks;

/// <summary>The numbers printed in docs/methods are what the library computes.</summary>
public sealed class RankPageTests
{
    private static readonly double[] Estimates = [-1.4, -0.3, 0.1, 0.2, 1.5];
    private static readonly double[] Errors = [0.3, 0.2, 0.4, 0.1, 0.5];

    [Fact]
    public void TauSets_Page_ShowsWhatIsComputed()
    {
        var covariance = RowMatrix.Diagonal([.. Errors.Select(se => se * se)]);
        string Line(int tau) => $"{tau,3}  {string.Join(' ', TauSets.Best(Estimates, covariance, tau, new RankOptions()).Contains.Index().Where(pair => pair.Item).Select(pair => pair.Index + 1))}";
        WorkedExampleTests.ShouldShow("rank-confidence-sets.md", Line(1), Line(2));
    }

    [Fact]
    public void MultinomialRanks_Page_ShowsWhatIsComputed()
    {
        long[] counts = [48, 31, 17, 6];
        var sets = MultinomialRanks.Sets(counts, new MultinomialRankOptions());
        WorkedExampleTests.ShouldShow(
            "rank-multinomial.md",
            [.. counts.Select((count, i) =>
                $"{count,5} {sets.Rank[i],5} {sets.MarginalLower[i],7}-{sets.MarginalUpper[i]} {sets.SimultaneousLower[i],11}-{sets.SimultaneousUpper[i]}")]);
    }

    [Fact]
    public void PosteriorRanks_Page_ShowsWhatIsComputed()
    {
        var shrunken = NormalNormal.Estimate(Estimates, Errors);
        var ranks = PosteriorRanks.Simulate(shrunken.Shrunken, shrunken.PosteriorCovariance(), new PosteriorRankOptions(Share: 0.4));
        WorkedExampleTests.ShouldShow(
            "rank-posterior.md",
            $"expected rank    {WorkedExampleTests.List(ranks.ExpectedRank, 3)}",
            $"sd of the rank   {WorkedExampleTests.List(ranks.RankSd, 2)}",
            $"among the best   {WorkedExampleTests.List(ranks.BestProbability, 2)}",
            $"95 % interval    {string.Join(' ', ranks.Lower.Zip(ranks.Upper, (lower, upper) => $"{lower}-{upper}"))}");
    }

    [Fact]
    public void RankStability_Page_ShowsWhatIsComputed()
    {
        var result = RankStability.Of(RowMatrix.FromColumns([[10, 20, 30, 40], [5, 1, 7, 9], [0, 3, 1, 2]]), RankOrder.Lowest);
        WorkedExampleTests.ShouldShow(
            "rank-stability.md",
            $"ranks of unit 2     {WorkedExampleTests.List(result.Ranks.Row(1).ToArray(), 1)}",
            $"median              {WorkedExampleTests.List(result.Median, 1)}",
            $"share of the best   {WorkedExampleTests.List(result.BestShare, 2)}",
            $"Kendall's W         {WorkedExampleTests.List([result.KendallW], 4)}",
            $"mean Spearman       {WorkedExampleTests.List([result.MeanSpearman], 4)}",
            $"moves most          unit {result.MovesMost + 1}");
    }

    [Fact]
    public void CompositeRanks_Page_ShowsWhatIsComputed()
    {
        var values = RowMatrix.FromColumns([1, 2, 3, 4, 10], [30, 10, 10, 40, 50]);
        RankOrder[] best = [RankOrder.Lowest, RankOrder.Lowest];
        var result = CompositeRanks.Of(values, null, best, new CompositeRankOptions());
        var drawn = CompositeRanks.Of(values, RowMatrix.FromColumns([1, 1, 1, 1, 1], [10, 10, 10, 10, 10]), best, new CompositeRankOptions());
        WorkedExampleTests.ShouldShow(
            "composite-ranks.md",
            $"ranks, first figure    {WorkedExampleTests.List([.. Enumerable.Range(0, 5).Select(unit => result.Ranks[unit, 0])], 0)}",
            $"ranks, second figure   {WorkedExampleTests.List([.. Enumerable.Range(0, 5).Select(unit => result.Ranks[unit, 1])], 0)}",
            $"score                  {WorkedExampleTests.List(result.Score, 0)}",
            $"overall rank           {string.Join(' ', result.Rank)}",
            $"from-to                {string.Join(' ', drawn.Lower.Zip(drawn.Upper, (lower, upper) => $"{lower}-{upper}"))}",
            $"first                  {WorkedExampleTests.List(drawn.FirstProbability, 2)}");
    }
}
