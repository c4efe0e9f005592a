using Fikspunkt.Statistics.Frontiers;

namespace Fikspunkt.Statistics.Tests.Frontiers;

public sealed class MalmquistTests
{
    [Fact]
    public void Change_AnyData_PartsMultiplyAndOrientationsAgree() => RandomData.ForAllSeeds(seed =>
    {
        var (x, y) = MadeUp.Units((3 * seed) + 1, units: 15);
        var random = new Random(seed);
        var laterX = new RowMatrix(15, x.Columns, [.. x.Values.Select(value => value * (0.7 + (0.5 * random.NextDouble())))]);
        var laterY = new RowMatrix(15, y.Columns, [.. y.Values.Select(value => value * (0.9 + (0.5 * random.NextDouble())))]);
        var input = Malmquist.Change(x, y, laterX, laterY, new FrontierOptions());
        var output = Malmquist.Change(x, y, laterX, laterY, new FrontierOptions(Orientation: FrontierOrientation.Output));
        var back = Malmquist.Change(laterX, laterY, x, y, new FrontierOptions());
        for (var unit = 0; unit < 15; unit++)
        {
            (input.EfficiencyChange[unit] * input.TechnicalChange[unit]).ShouldBe(input.Index[unit], 1e-12);
            (input.PureEfficiencyChange[unit] * input.ScaleChange[unit]).ShouldBe(input.EfficiencyChange[unit], 1e-12);
            output.Index[unit].ShouldBe(input.Index[unit], 1e-8);
            (back.Index[unit] * input.Index[unit]).ShouldBe(1, 1e-8);
        }
    });

    [Fact]
    public void Change_EveryoneNeedsHalf_IsTechnicalChangeAlone()
    {
        var (x, y) = MadeUp.Units(4, units: 12);
        var result = Malmquist.Change(x, y, MadeUp.Scaled(x, _ => 0.5), y, new FrontierOptions());
        for (var unit = 0; unit < 12; unit++)
        {
            result.Index[unit].ShouldBe(2, 1e-9);
            result.TechnicalChange[unit].ShouldBe(2, 1e-9);
            result.EfficiencyChange[unit].ShouldBe(1, 1e-9);
        }
    }

    [Fact]
    public void Change_OneUnitDoublesItsOutput_ByHand()
    {
        // One input of 1. Outputs 4 and 2, then 4 and 4: the second catches up from 1/2 to 1, the frontier stays.
        var x = new RowMatrix(2, 1, [1, 1]);
        var result = Malmquist.Change(x, new RowMatrix(2, 1, [4, 2]), x, new RowMatrix(2, 1, [4, 4]), new FrontierOptions());
        result.Index.ShouldBe([1, 2], 1e-12);
        result.EfficiencyChange.ShouldBe([1, 2], 1e-12);
        result.TechnicalChange.ShouldBe([1, 1], 1e-12);
    }

    [Fact]
    public void Change_DifferentUnits_IsRefused() =>
        Should.Throw<ArgumentException>(() => Malmquist.Change(new RowMatrix(2, 1, [1, 1]), new RowMatrix(2, 1, [1, 1]), new RowMatrix(1, 1, [1]), new RowMatrix(1, 1, [1]), new FrontierOptions()));
}
