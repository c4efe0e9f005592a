using Fikspunkt.Statistics.Frontiers;
using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Tests.Frontiers;

/// <summary>Degenerate and broken input; threads.</summary>
public sealed class FrontierInputTests
{
    [Fact]
    public void Efficiency_OneUnit_IsItsOwnFrontier()
    {
        var (x, y) = (new RowMatrix(1, 2, [3, 4]), new RowMatrix(1, 1, [5]));
        foreach (var returns in Enum.GetValues<ReturnsToScale>())
        {
            foreach (var orientation in new[] { FrontierOrientation.Input, FrontierOrientation.Output, FrontierOrientation.Graph })
            {
                var options = new FrontierOptions(returns, orientation);
                Dea.Efficiency(x, y, options).Efficiency[0].ShouldBe(1, 1e-12);
                Slacks.SecondStage(x, y, options).Sum[0].ShouldBe(0, 1e-12);
                Slacks.Additive(x, y, options).Sum[0].ShouldBe(0, 1e-12);
            }
        }

        Dea.SuperEfficiency(x, y, new FrontierOptions()).Infeasible.ShouldBe([0]);
        Dea.SuperEfficiency(x, y, new FrontierOptions(ReturnsToScale.Constant)).Infeasible.ShouldBe([0]);
        Dea.SuperEfficiency(x, y, new FrontierOptions(ReturnsToScale.FreeDisposal)).Infeasible.ShouldBe([0]);
        var boot = FrontierBootstrap.Run(x, y, new FrontierOptions(), new FrontierBootstrapOptions(50));
        (boot.Bandwidth, boot.BiasCorrected[0], boot.Lower[0], boot.Upper[0]).ShouldBe((0.0, 1.0, 1.0, 1.0));
    }

    [Fact]
    public void Efficiency_AllUnitsEqual_AllAreEfficient()
    {
        var (x, y) = (new RowMatrix(30, 2, [.. Enumerable.Repeat(0.1, 60)]), new RowMatrix(30, 2, [.. Enumerable.Repeat(1e9, 60)]));
        foreach (var returns in Enum.GetValues<ReturnsToScale>())
        {
            Dea.Efficiency(x, y, new FrontierOptions(returns)).Efficiency.ShouldAllBe(theta => Math.Abs(theta - 1) < 1e-12);
            Dea.SuperEfficiency(x, y, new FrontierOptions(returns)).Efficiency.ShouldAllBe(theta => Math.Abs(theta - 1) < 1e-12);
            Slacks.Additive(x, y, new FrontierOptions(returns), SlackWeights.Raw).Sum.ShouldAllBe(sum => sum < 1e-3);
        }
    }

    [Fact]
    public void Efficiency_ColumnOfZerosAndZeroInputs_HaveValues()
    {
        // The second input is 0 for everyone; the third unit needs none of the first either where it has the second.
        var x = new RowMatrix(3, 3, [2, 0, 1, 4, 0, 1, 0, 0, 3]);
        var y = new RowMatrix(3, 1, [1, 1, 1]);
        Dea.Efficiency(x, y, new FrontierOptions()).Efficiency.ShouldBe([1, 1, 1], 1e-9);
        Slacks.SecondStage(x, y, new FrontierOptions(), SlackWeights.Raw).Sum.ShouldBe([0, 2, 0], 1e-9);
    }

    [Fact]
    public void Efficiency_SomethingFromNothing_HasNoLimit()
    {
        // The second unit has no input that can be scaled up but the fixed one is free: with CRS the outputs have no limit.
        var x = new RowMatrix(2, 2, [1, 1, 0, 0]);
        var y = new RowMatrix(2, 1, [1, 1]);
        Dea.Efficiency(x, y, new FrontierOptions(ReturnsToScale.Constant, FrontierOrientation.Output)).Efficiency[0].ShouldBe(double.PositiveInfinity);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1.0)]
    public void Methods_ValueThatIsNone_NameThePlace(double value)
    {
        var (good, bad) = (new RowMatrix(3, 2, [1, 2, 3, 4, 5, 6]), new RowMatrix(3, 2, [1, 2, 3, value, 5, 6]));
        var options = new FrontierOptions();
        Action[] calls =
        [
            () => Dea.Efficiency(good, bad, options),
            () => Dea.SuperEfficiency(good, bad, options),
            () => Slacks.SecondStage(good, bad, options),
            () => Slacks.Additive(good, bad, options),
            () => FrontierBootstrap.Run(good, bad, options, new FrontierBootstrapOptions()),
            () => PartialFrontier.OrderM(good, bad, 5, options),
            () => PartialFrontier.OrderAlpha(good, bad, 0.9, options),
            () => FrontierInfluence.LeaveOneOut(good, bad, options),
        ];
        foreach (var call in calls)
        {
            var fault = Should.Throw<InvalidValueException>(call);
            (fault.Argument, fault.Row, fault.Column, fault.Value).ShouldBe(("outputs", 1, 1, value));
        }
    }

    [Fact]
    public void Efficiency_NothingToScale_NamesTheUnit()
    {
        var x = new RowMatrix(2, 1, [1, 0]);
        Should.Throw<InvalidValueException>(() => Dea.Efficiency(x, new RowMatrix(2, 1, [1, 1]), new FrontierOptions())).Row.ShouldBe(1);
        Should.Throw<InvalidValueException>(() => Dea.Efficiency(new RowMatrix(2, 1, [1, 1]), x, new FrontierOptions(Orientation: FrontierOrientation.Output))).Argument.ShouldBe("outputs");
    }

    [Fact]
    public void Efficiency_WrongShapesAndOptions_AreRefused()
    {
        var (x, y) = (new RowMatrix(2, 1, [1, 2]), new RowMatrix(2, 1, [1, 2]));
        Should.Throw<ArgumentException>(() => Dea.Efficiency(x, new RowMatrix(1, 1, [1]), new FrontierOptions()));
        Should.Throw<ArgumentException>(() => Dea.Efficiency(x, new RowMatrix(2, 0), new FrontierOptions()));
        Should.Throw<TooFewUnitsException>(() => Dea.Efficiency(new RowMatrix(0, 1), new RowMatrix(0, 1), new FrontierOptions()));
        Should.Throw<ArgumentException>(() => Dea.Efficiency(x, y, new FrontierOptions(Orientation: FrontierOrientation.Directional)));
        Should.Throw<ArgumentException>(() => Dea.Efficiency(x, y, new FrontierOptions { FixedInputs = [1] }));
        Should.Throw<ArgumentException>(() => Dea.Efficiency(x, y, new FrontierOptions(ReturnsToScale.FreeDisposal) { WeightRestrictions = new RowMatrix(1, 2) }));
        Should.Throw<ArgumentException>(() => FrontierBootstrap.Run(x, y, new FrontierOptions(ReturnsToScale.FreeDisposal), new FrontierBootstrapOptions()));
        Should.Throw<ArgumentException>(() => FrontierBootstrap.Run(x, y, new FrontierOptions(), new FrontierBootstrapOptions(Coverage: 1)));
        Should.Throw<ArgumentException>(() => PartialFrontier.OrderM(x, y, 0, new FrontierOptions()));
        Should.Throw<ArgumentException>(() => PartialFrontier.OrderAlpha(x, y, 1.1, new FrontierOptions()));
    }

    [Fact]
    public void Efficiency_UnitsOfVeryDifferentSize_KeepTheirDigits()
    {
        // Size times 10^-6 to 10^6: with CRS the size does not matter.
        var (x, y) = MadeUp.Units(10, units: 25);
        var (sizedX, sizedY) = (MadeUp.Rows(x, [.. Enumerable.Range(0, 25)]), MadeUp.Rows(y, [.. Enumerable.Range(0, 25)]));
        for (var unit = 0; unit < 25; unit++)
        {
            var size = Math.Pow(10, (unit % 13) - 6);
            foreach (ref var value in sizedX.Row(unit))
            {
                value *= size;
            }

            foreach (ref var value in sizedY.Row(unit))
            {
                value *= size;
            }
        }

        var options = new FrontierOptions(ReturnsToScale.Constant);
        Dea.Efficiency(sizedX, sizedY, options).Efficiency.ShouldBe(Dea.Efficiency(x, y, options).Efficiency, 1e-9);
    }

    [Fact]
    public void Efficiency_UnitsThatDifferInTheNinthDigit_AreSolved()
    {
        // Proportional units with small differences: bases that are all but dependent.
        var random = new Random(101);
        var (x, y) = (new RowMatrix(98, 3), new RowMatrix(98, 3));
        for (var unit = 0; unit < 98; unit++)
        {
            var size = Math.Round(Math.Pow(10, 3 * random.NextDouble()));
            for (var i = 0; i < 3; i++)
            {
                x[unit, i] = (size * (1 + (1e-9 * random.Next(3)))) + (random.Next(3) == 0 ? 1 : 0);
                y[unit, i] = size;
            }
        }

        foreach (var returns in MadeUp.Convex)
        {
            foreach (var orientation in new[] { FrontierOrientation.Input, FrontierOrientation.Output, FrontierOrientation.Graph })
            {
                var options = new FrontierOptions(returns, orientation);
                var worst = orientation == FrontierOrientation.Output ? Dea.Efficiency(x, y, options).Efficiency.Select(phi => 1 / phi) : Dea.Efficiency(x, y, options).Efficiency;
                worst.ShouldAllBe(theta => theta > 0.3 && theta < 1 + 1e-8);
                Slacks.SecondStage(x, y, options).Sum.ShouldAllBe(sum => sum >= 0 && sum < 6);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Threading_FaultInAPass_ArrivesAsItIs(int threads) =>
        Should.Throw<NotConvergedException>(() => Threading.For(10, threads, _ => throw new NotConvergedException(1, 2))).Iterations.ShouldBe(1);

    [Fact]
    public void Methods_AnyNumberOfThreads_AreIdenticalToTheBit()
    {
        var (x, y) = MadeUp.Units(31, units: 300);
        FrontierOptions One(FrontierOrientation orientation) => new(Orientation: orientation) { Threads = 1 };
        foreach (var orientation in new[] { FrontierOrientation.Input, FrontierOrientation.Output, FrontierOrientation.Graph })
        {
            var options = One(orientation);
            Dea.Efficiency(x, y, options with { Threads = 2 }).Efficiency.ShouldBe(Dea.Efficiency(x, y, options).Efficiency);
            Slacks.SecondStage(x, y, options with { Threads = 3 }).Sum.ShouldBe(Slacks.SecondStage(x, y, options).Sum);
        }

        var (smallX, smallY) = MadeUp.Units(32, units: 40);
        foreach (var orientation in new[] { FrontierOrientation.Input, FrontierOrientation.Output })
        {
            var options = One(orientation);
            var (one, two) = (Boot(1), Boot(2));
            two.BiasCorrected.ShouldBe(one.BiasCorrected);
            two.Lower.ShouldBe(one.Lower);
            two.Upper.ShouldBe(one.Upper);

            FrontierBootstrapResult Boot(int threads) => FrontierBootstrap.Run(smallX, smallY, options with { Threads = threads }, new FrontierBootstrapOptions(200));
        }
    }
}
