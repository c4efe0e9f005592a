using Fikspunkt.Benchmarks.Published;
using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Regression;
using FsCheck;
using FsCheck.Fluent;

namespace Fikspunkt.Benchmarks.Tests.Published;

public sealed class PublishedPartsTests
{
    private static PublishedCell Cell(int i, double exposure, double actual, double expected, double halfWidth, int? rank = null) => new(
        PublishedData.Code(i), exposure, actual * exposure, expected * exposure, actual - halfWidth, actual + halfWidth, expected - halfWidth, expected + halfWidth, actual - expected, rank);

    private static PublishedList List(int release, IEnumerable<PublishedCell> cells) =>
        new(PublishedData.Spec().Outcomes[0], PublishedData.Periods[release], cells.ToList());

    [Fact]
    public void ImpliedPopulation_HandComputed_IsTheIntersection()
    {
        // 100 +-5 persons are 9.995-10.005 %, 50 +-5 are 4.995-5.005 %: 949.5-1050.5 and 899.1-1101.1.
        var found = ImpliedPopulation.Find([new(100, 5, 0.1, 0.00005), new(50, 5, 0.05, 0.00005)])!.Value;
        found.Low.ShouldBe(95 / 0.10005, 1e-9);
        found.High.ShouldBe(105 / 0.09995, 1e-9);
    }

    [Fact]
    public void ImpliedPopulation_OneWrongFigure_IsOutvoted()
    {
        PublishedPair[] pairs = [new(1000, 5, 0.1, 0.00005), new(500, 5, 0.05, 0.00005), new(700, 5, 0.02, 0.00005)];
        var found = ImpliedPopulation.Find(pairs)!.Value;
        found.Middle.ShouldBe(10_000, 60);
        pairs.Select(found.Fits).ShouldBe([true, true, false]);

        // The share alone is believed where persons contradict it.
        pairs[2].ShareRange(found).ShouldBe((0.02 - 0.00005, 0.02 + 0.00005));
    }

    [Fact]
    public void ImpliedPopulation_AnyRounding_HoldsTheTruth() => Check.One(
        Config.QuickThrowOnFailure.WithReplay(7, 13),
        Prop.ForAll(
            ArbMap.Default.ArbFor<(PositiveInt Population, NonEmptyArray<byte> Shares)>(),
            input =>
            {
                var population = input.Population.Get * 37.0;
                var pairs = input.Shares.Get.Select(share => (share + 1) / 300.0).Select(share =>
                    new PublishedPair(10 * Math.Round(share * population / 10), 5, Math.Round(share, 4), 0.00005)).ToList();
                return ImpliedPopulation.Find(pairs) is not { } found || (found.Low <= population * (1 + 1e-12) && found.High >= population * (1 - 1e-12));
            }));

    [Fact]
    public void RoundingRanks_MatchMovingEachUnitToItsEnds()
    {
        var z = new double[60];
        new CounterRandom(4).Normals(0, z);
        var list = List(0, Enumerable.Range(0, 30).Select(i => Cell(i, 10_000, 0.05 + (0.0004 * z[i]), 0.05 + (0.0001 * z[30 + i]), 0.00005)));
        var positions = RoundingRanks.Positions(list);
        for (var i = 0; i < positions.Count; i++)
        {
            // Naive twin: this unit at its lowest and all others at their highest, and the other way round.
            var best = 1 + positions.Where((_, j) => j != i).Count(other => other.Highest < positions[i].Lowest);
            var worst = positions.Count - positions.Where((_, j) => j != i).Count(other => other.Lowest > positions[i].Highest);
            (positions[i].PossibleFirst, positions[i].PossibleLast).ShouldBe((best, worst));
            positions[i].RankFirst.ShouldBeInRange(best, worst);
        }
    }

    [Fact]
    public void RoundingRanks_DrawnInsideTheRounding_NeverLeaveTheSets()
    {
        var z = new double[60];
        new CounterRandom(5).Normals(0, z);
        var list = List(0, Enumerable.Range(0, 20).Select(i => Cell(i, 10_000, Math.Round(0.05 + (0.0005 * z[i]), 4), 0.05, 0.00005)));
        var positions = RoundingRanks.Positions(list);
        var random = new CounterRandom(6);
        for (var draw = 0; draw < 500; draw++)
        {
            var values = list.Cells.Select((cell, i) =>
            {
                var (u, v) = random.Uniforms(draw, i);
                return cell.ActualLow + (u * (cell.ActualHigh - cell.ActualLow)) - cell.ExpectedLow - (v * (cell.ExpectedHigh - cell.ExpectedLow));
            }).ToArray();
            for (var i = 0; i < values.Length; i++)
            {
                (1 + values.Count(value => value < values[i])).ShouldBeInRange(positions[i].PossibleFirst, positions[i].PossibleLast);
            }
        }
    }

    [Fact]
    public void RoundingRanks_TiedAndContradictingRanks_AreCounted()
    {
        var list = List(0, [Cell(0, 1000, 0.04, 0.05, 0.00005, 2), Cell(1, 1000, 0.05, 0.05, 0.00005, 1), Cell(2, 1000, 0.05, 0.05, 0.00005, 3)]);
        var summary = RoundingRanks.Summary(list, RoundingRanks.Positions(list), 0.00005);
        (summary.Tied, summary.Reproduced, summary.WithinTie, summary.Impossible, summary.Contradictions).ShouldBe((2, 0, 1, 2, 1));
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 1.0 / 24)]
    [InlineData(2, 0)]
    [InlineData(9, 0)]
    public void ReversalProbability_KnownValues(double steps, double expected) => RoundingRanks.ReversalProbability(steps).ShouldBe(expected, 1e-15);

    [Fact]
    public void ReversalProbability_MatchesSimulation()
    {
        var random = new CounterRandom(8);
        const int draws = 200_000;
        var reversed = 0;
        for (var i = 0; i < draws; i++)
        {
            var (a, b) = random.Uniforms(0, i);
            var (c, d) = random.Uniforms(1, i);
            reversed += a + b + c + d - 2 > 0.6 ? 1 : 0;
        }

        ((double)reversed / draws).ShouldBe(RoundingRanks.ReversalProbability(0.6), 0.002);
    }

    [Fact]
    public void MovementVariance_ManyUnits_FindsWhatWasPutIn()
    {
        var releases = Releases(PublishedData.MadeUp(3000, 1, 21, common: 0.0015, factor: 0.8), 3000);
        var found = MovementVariance.Estimate(releases);
        found.Common.ShouldBe(0.0015 * 0.0015, 0.15 * 0.0015 * 0.0015);
        found.SizeFactor.ShouldBe(0.8, 0.1);

        // Half-years drawn anew: a year's movement is twice a half-year's, and three half-years' no more than a year's.
        (found.MeanSquare(12) / found.MeanSquare(6)).ShouldBe(2, 0.15);
        (found.MeanSquare(18) / found.MeanSquare(12)).ShouldBe(1, 0.1);
    }

    [Fact]
    public void MovementVariance_Fit_IsTheHighestGammaLikelihood()
    {
        var releases = Releases(PublishedData.MadeUp(80, 1, 22, common: 0.001, factor: 1.5), 80);
        var found = MovementVariance.Estimate(releases);
        var rows = ReleasePair.All(releases).Where(pair => MovementVariance.Months(pair.From.Period, pair.To.Period) == 12).SelectMany(pair =>
        {
            var changes = pair.Changes();
            var mean = changes.Average();
            return changes.Zip(pair.Cells, (change, cells) => (
                Y: (80 / 79.0 * (change - mean) * (change - mean)) - cells.From.RoundingVariance - cells.To.RoundingVariance,
                X: cells.From.BinomialVariance + cells.To.BinomialVariance));
        }).ToList();
        var best = Deviance(2 * found.Common, found.SizeFactor);
        foreach (var (da, db) in new[] { (1.02, 1.0), (0.98, 1.0), (1.0, 1.02), (1.0, 0.98), (1.02, 0.98), (0.98, 1.02) })
        {
            Deviance(2 * found.Common * da, found.SizeFactor * db).ShouldBeGreaterThan(best);
        }

        double Deviance(double a, double b) => rows.Sum(row => (row.Y / (a + (b * row.X))) + Math.Log(a + (b * row.X)));
    }

    [Fact]
    public void MovementVariance_NoCommonPart_IsNotNegative()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var found = MovementVariance.Estimate(Releases(PublishedData.MadeUp(25, 1, 100 + seed, common: 0, factor: 1), 25));
            found.Common.ShouldBeGreaterThanOrEqualTo(0);
            found.SizeFactor.ShouldBeGreaterThanOrEqualTo(0);
        }
    }

    [Fact]
    public void RankMovements_OnlyChanceMoves_TheSimulationAgreesWithWhatIsSeen()
    {
        var releases = Releases(PublishedData.MadeUp(200, 1, 31, common: 0, factor: 1), 200);
        var pair = ReleasePair.All(releases).First(p => p.Overlap() == 0);
        var movement = RankMovements.Describe(
            pair, RankBy.Share, [MovementNoise.Chance], (_, cells) => cells.From.BinomialVariance + cells.To.BinomialVariance, 400, 3);
        movement.MeanShift.ShouldBeInRange(movement.Noise[0].Lower, movement.Noise[0].Upper);
        movement.Noise[0].Shifts.Sum().ShouldBe(200, 1e-9);
        movement.Shifts.Sum().ShouldBe(200);
    }

    [Fact]
    public void RankMovements_NoNoise_NothingMoves()
    {
        var pair = ReleasePair.All(Releases(PublishedData.MadeUp(40, 1, 32), 40)).First();
        var movement = RankMovements.Describe(pair, RankBy.Share, [MovementNoise.Chance], (_, _) => 0, 5, 3);
        (movement.Noise[0].MeanShift, movement.Noise[0].Upper).ShouldBe((0, 0));
        movement.MeanShift.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(40, 4)]
    [InlineData(41, 5)]
    public void ShiftClass_Bounds(int shift, int expected) => RankMovements.ShiftClass(shift).ShouldBe(expected);

    [Fact]
    public void ReleasePair_HalfYearApart_OverlapsByHalf()
    {
        var releases = Releases(PublishedData.MadeUp(5, 1, 1), 5);
        ReleasePair.All(releases).Select(pair => Math.Round(pair.Overlap(), 2)).ShouldBe([0.5, 0, 0, 0.5, 0, 0.5]);
        ReleasePair.All(releases).Select(pair => MovementVariance.Months(pair.From.Period, pair.To.Period)).ShouldBe([6, 12, 18, 6, 12, 6]);
    }

    [Fact]
    public void MeanRegression_Slope_IsOrdinaryLeastSquares()
    {
        var pair = ReleasePair.All(Releases(PublishedData.MadeUp(50, 1, 41), 50)).First();
        var found = MeanRegressions.Describe(pair, MovementNoise.Chance, _ => 1e-6, _ => 5e-7);
        var level = pair.Cells.Select(cells => cells.From.Difference).ToArray();
        var fit = LinearRegression.Fit(RowMatrix.FromColumns(Enumerable.Repeat(1.0, 50).ToArray(), level), pair.Changes(), []);
        found.Slope.ShouldBe(fit.Coefficients[1], 1e-10);
        found.SlopeStandardError.ShouldBe(Math.Sqrt(fit.Covariance(CovarianceKind.Classical)[1, 1]), 1e-10);
        found.ExpectedSlope.ShouldBe(-1e-6 / (2 * Descriptives.Variance(level)), 1e-12);
    }

    private static List<PublishedList> Releases(List<Domain.Observation> data, int units)
    {
        var panel = PublishedPanel.Build(PublishedData.Spec(1), PublishedData.Definitions(Enumerable.Range(0, units).Select(i => $"By {i}")), data);
        return panel.Lists.ToList();
    }
}
