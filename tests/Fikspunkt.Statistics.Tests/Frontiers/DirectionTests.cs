using Fikspunkt.Statistics.Frontiers;

namespace Fikspunkt.Statistics.Tests.Frontiers;

/// <summary>Hyperbolic and given directions, fixed columns, restricted multipliers, the free disposal hull.</summary>
public sealed class DirectionTests
{
    [Fact]
    public void Graph_Constant_IsTheRootOfTheInputEfficiency() => RandomData.ForAllSeeds(seed =>
    {
        var (x, y) = MadeUp.Units(seed);
        var input = Dea.Efficiency(x, y, new FrontierOptions(ReturnsToScale.Constant)).Efficiency;
        var graph = Dea.Efficiency(x, y, new FrontierOptions(ReturnsToScale.Constant, FrontierOrientation.Graph)).Efficiency;
        for (var unit = 0; unit < x.Rows; unit++)
        {
            graph[unit].ShouldBe(Math.Sqrt(input[unit]), 1e-9);
        }
    });

    [Fact]
    public void Graph_AnyReturns_LiesOnTheBoundary() => RandomData.ForAllSeeds(seed =>
    {
        var (x, y) = MadeUp.Units(seed);
        var options = new FrontierOptions(MadeUp.Convex[seed % 4], FrontierOrientation.Graph);
        var theta = Dea.Efficiency(x, y, options).Efficiency;
        for (var unit = 0; unit < x.Rows; unit++)
        {
            Room(theta[unit]).ShouldBeGreaterThan(-1e-7);
            Room(theta[unit] * (1 - 1e-5)).ShouldBeLessThan(-1e-7);

            // How far (theta x, y / theta) could go on along itself: below 0 = not possible.
            double Room(double at)
            {
                double[] own = [.. x.Row(unit).ToArray().Select(value => value * at)];
                double[] outputs = [.. y.Row(unit).ToArray().Select(value => value / at)];
                return NaiveDea.Distance(own, outputs, [.. own, .. outputs], x, y, MadeUp.Names[options.Returns]);
            }
        }
    });

    [Fact]
    public void Graph_LeftOutOfItsOwnFrontier_LiesOnTheBoundaryOrIsOutOfReach() => RandomData.ForAllSeeds(seed =>
    {
        var (x, y) = MadeUp.Units(seed);
        var options = new FrontierOptions(MadeUp.Convex[seed % 4], FrontierOrientation.Graph);
        var theta = Dea.SuperEfficiency(x, y, options).Efficiency;
        for (var unit = 0; unit < x.Rows; unit++)
        {
            if (double.IsNaN(theta[unit]))
            {
                // Not even with a thousand times the inputs for a thousandth of the outputs.
                IsPossible(1000).ShouldBeFalse();
                continue;
            }

            theta[unit].ShouldBeGreaterThan(0);
            IsPossible(theta[unit] * (1 + 1e-6)).ShouldBeTrue();
            IsPossible(theta[unit] * (1 - 1e-4)).ShouldBeFalse();

            bool IsPossible(double at)
            {
                double[] own = [.. x.Row(unit).ToArray().Select(value => value * at)];
                double[] outputs = [.. y.Row(unit).ToArray().Select(value => value / at)];
                return NaiveDea.Distance(own, outputs, [.. own, .. outputs], x, y, MadeUp.Names[options.Returns], unit) >= 0;
            }
        }
    });

    [Fact]
    public void Directional_AnyDirection_EqualsTheNaiveSolver() => RandomData.ForAllSeeds(seed =>
    {
        var (x, y) = MadeUp.Units(seed);
        var random = new Random(seed);
        var directions = new RowMatrix(x.Rows, x.Columns + y.Columns, [.. Enumerable.Range(0, x.Rows * (x.Columns + y.Columns)).Select(_ => 0.1 + random.NextDouble())]);
        foreach (var returns in MadeUp.Convex)
        {
            var beta = Dea.Efficiency(x, y, new FrontierOptions(returns, FrontierOrientation.Directional) { Directions = directions }).Efficiency;
            for (var unit = 0; unit < x.Rows; unit++)
            {
                var expected = NaiveDea.Distance(x.Row(unit).ToArray(), y.Row(unit).ToArray(), directions.Row(unit).ToArray(), x, y, MadeUp.Names[returns]);
                beta[unit].ShouldBe(expected, 1e-7 * (1 + expected));
            }
        }
    });

    [Fact]
    public void Directional_Variable_ConstantAddedToAColumnChangesNothing() => RandomData.ForAllSeeds(seed =>
    {
        var (x, y) = MadeUp.Units(seed);
        var options = new FrontierOptions(ReturnsToScale.Variable, FrontierOrientation.Directional)
        {
            Directions = new RowMatrix(1, x.Columns + y.Columns, [.. Enumerable.Repeat(1.0, x.Columns + y.Columns)]),
        };
        var moved = new RowMatrix(x.Rows, x.Columns, [.. x.Values.Select(value => value - 10)]);
        var (plain, shifted) = (Dea.Efficiency(x, y, options).Efficiency, Dea.Efficiency(moved, y, options).Efficiency);
        for (var unit = 0; unit < x.Rows; unit++)
        {
            shifted[unit].ShouldBe(plain[unit], 1e-8);
        }
    });

    [Fact]
    public void FixedColumns_AnyData_EqualTheNaiveSolverAndNeverScoreLower() => RandomData.ForAllSeeds(seed =>
    {
        var (x, y) = MadeUp.Units(seed);
        var more = new RowMatrix(x.Rows, x.Columns + 1);
        for (var unit = 0; unit < x.Rows; unit++)
        {
            x.Row(unit).CopyTo(more.Row(unit));
            more[unit, x.Columns] = 1 + new Random(seed + unit).Next(4);
        }

        var options = new FrontierOptions(MadeUp.Convex[seed % 4]);
        var without = Dea.Efficiency(x, y, options).Efficiency;
        var within = Dea.Efficiency(more, y, options with { FixedInputs = [x.Columns] }).Efficiency;
        for (var unit = 0; unit < x.Rows; unit++)
        {
            double[] g = [.. x.Row(unit), 0, .. new double[y.Columns]];
            within[unit].ShouldBe(1 - NaiveDea.Distance(more.Row(unit).ToArray(), y.Row(unit).ToArray(), g, more, y, MadeUp.Names[options.Returns]), 1e-8);
            within[unit].ShouldBeGreaterThanOrEqualTo(without[unit] - 1e-9);
        }
    });

    [Fact]
    public void WeightRestrictions_AnyData_EqualTheNaiveSolverAndHold() => RandomData.ForAllSeeds(seed =>
    {
        var random = new Random(seed);
        var (x, y) = (new RowMatrix(12, 2), new RowMatrix(12, 2));
        x.Values.AsSpan().Clear();
        for (var i = 0; i < 24; i++)
        {
            (x.Values[i], y.Values[i]) = (1 + (9 * random.NextDouble()), 1 + (9 * random.NextDouble()));
        }

        // v2 between 0.8 and 1.5 times v1, u1 at least u2.
        var restrictions = new RowMatrix(3, 4, [-0.8, 1, 0, 0, 1.5, -1, 0, 0, 0, 0, 1, -1]);
        foreach (var orientation in new[] { FrontierOrientation.Input, FrontierOrientation.Output })
        {
            var options = new FrontierOptions(MadeUp.Convex[seed % 4], orientation) { WeightRestrictions = restrictions };
            var result = Dea.Efficiency(x, y, options);
            for (var unit = 0; unit < x.Rows; unit++)
            {
                var naive = NaiveDea.Distance(
                    x.Row(unit).ToArray(), y.Row(unit).ToArray(), MadeUp.Direction(x, y, unit, orientation), x, y, MadeUp.Names[options.Returns], -1, restrictions);
                result.Efficiency[unit].ShouldBe(Dea.Scale(orientation, naive), 1e-7 * (1 + Math.Abs(naive)));
                var (v, u) = (result.InputMultipliers.Row(unit).ToArray(), result.OutputMultipliers.Row(unit).ToArray());
                v[1].ShouldBeInRange((0.8 * v[0]) - 1e-9, (1.5 * v[0]) + 1e-9);
                u[0].ShouldBeGreaterThanOrEqualTo(u[1] - 1e-9);
            }
        }
    });

    [Fact]
    public void FreeDisposal_SmallExample_ByHand()
    {
        // B needs less of both inputs than C for the same output; A and B are on the hull. D reaches half of its input at best.
        var x = new RowMatrix(4, 2, [2, 8, 4, 3, 5, 6, 8, 16]);
        var y = new RowMatrix(4, 1, [1, 1, 1, 1]);
        var result = Dea.Efficiency(x, y, new FrontierOptions(ReturnsToScale.FreeDisposal));
        result.Efficiency.ShouldBe([1, 1, 0.8, 0.5], 1e-15);
        result.Peers[2].ShouldBe([new Peer(1, 1)]);
        Dea.SuperEfficiency(x, y, new FrontierOptions(ReturnsToScale.FreeDisposal)).Efficiency.ShouldBe([2, 2, 0.8, 0.5], 1e-15);
        Slacks.SecondStage(x, y, new FrontierOptions(ReturnsToScale.FreeDisposal), SlackWeights.Raw).Sum.ShouldBe([0, 0, 1.8, 5], 1e-12);
    }
}
