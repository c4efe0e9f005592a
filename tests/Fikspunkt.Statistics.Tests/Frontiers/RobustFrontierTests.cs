using Fikspunkt.Statistics.Frontiers;

namespace Fikspunkt.Statistics.Tests.Frontiers;

/// <summary>Order-m, order-alpha and the influence of single units.</summary>
public sealed class RobustFrontierTests
{
    private static readonly FrontierOptions Input = new(ReturnsToScale.FreeDisposal);
    private static readonly FrontierOptions Output = new(ReturnsToScale.FreeDisposal, FrontierOrientation.Output);

    [Fact]
    public void OrderM_AllDrawsCounted_IsTheirMean() => RandomData.ForAllSeeds(seed =>
    {
        var (x, y) = MadeUp.Units((3 * seed) + 1, units: 5);
        const int order = 3;
        var (input, output) = (PartialFrontier.OrderM(x, y, order, Input), PartialFrontier.OrderM(x, y, order, Output));
        for (var unit = 0; unit < x.Rows; unit++)
        {
            double[] thetas = [.. Comparable(x, y, unit, y).Select(j => Enumerable.Range(0, x.Columns).Max(i => x[j, i] / x[unit, i]))];
            double[] phis = [.. Comparable(x, y, unit, x).Select(j => Enumerable.Range(0, y.Columns).Min(r => y[j, r] / y[unit, r]))];
            input.Comparable[unit].ShouldBe(thetas.Length);
            input.Efficiency[unit].ShouldBe(Mean(thetas, draws => draws.Min()), 1e-12);
            output.Efficiency[unit].ShouldBe(Mean(phis, draws => draws.Max()), 1e-12);
        }

        static double Mean(double[] values, Func<double[], double> best) =>
            (from a in values from b in values from c in values select best([a, b, c])).Average();

        static int[] Comparable(RowMatrix x, RowMatrix y, int unit, RowMatrix by) => [.. Enumerable.Range(0, x.Rows).Where(
            j => Enumerable.Range(0, by.Columns).All(c => ReferenceEquals(by, y) ? by[j, c] >= by[unit, c] : by[j, c] <= by[unit, c]))];
    });

    [Fact]
    public void PartialFrontiers_AtTheirLimits_AreTheFreeDisposalHull() => RandomData.ForAllSeeds(seed =>
    {
        var (x, y) = MadeUp.Units(seed);
        foreach (var options in new[] { Input, Output })
        {
            var hull = Dea.Efficiency(x, y, options).Efficiency;
            PartialFrontier.OrderAlpha(x, y, 1, options).Efficiency.ShouldBe(hull);
            var large = PartialFrontier.OrderM(x, y, 1_000_000, options).Efficiency;
            for (var unit = 0; unit < hull.Length; unit++)
            {
                large[unit].ShouldBe(hull[unit], 1e-9);
            }
        }
    });

    [Fact]
    public void OrderAlpha_TenEqualOutputs_TakesTheRank()
    {
        var x = new RowMatrix(10, 1, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        var y = new RowMatrix(10, 1, [.. Enumerable.Repeat(1.0, 10)]);

        // theta of rank ceil(0.2 x 10) = 2 from below: input 2 of each.
        PartialFrontier.OrderAlpha(x, y, 0.8, Input).Efficiency[9].ShouldBe(0.2, 1e-12);
        PartialFrontier.OrderAlpha(x, y, 0.85, Input).Efficiency[9].ShouldBe(0.2, 1e-12);
        PartialFrontier.OrderAlpha(x, y, 0.95, Input).Efficiency[9].ShouldBe(0.1, 1e-12);
        PartialFrontier.OrderAlpha(x, y, 0.8, Input).Efficiency[0].ShouldBe(2, 1e-12);
    }

    [Fact]
    public void PartialFrontiers_OneAbsurdUnit_HardlyMove()
    {
        // Sixty units make one of the same; one more claims to need next to nothing.
        double[] needs = [.. Enumerable.Range(0, 60).Select(unit => 1 + (unit / 60.0))];
        var (x, y) = (new RowMatrix(60, 1, needs), new RowMatrix(60, 1, [.. Enumerable.Repeat(1.0, 60)]));
        var (dirtyX, dirtyY) = (new RowMatrix(61, 1, [.. needs, 0.001]), new RowMatrix(61, 1, [.. Enumerable.Repeat(1.0, 61)]));
        Change(Dea.Efficiency(x, y, Input), Dea.Efficiency(dirtyX, dirtyY, Input)).ShouldBeGreaterThan(0.6);
        LargestChange(PartialFrontier.OrderAlpha(x, y, 0.9, Input), PartialFrontier.OrderAlpha(dirtyX, dirtyY, 0.9, Input)).ShouldBeLessThan(0.02);
        LargestChange(PartialFrontier.OrderM(x, y, 10, Input), PartialFrontier.OrderM(dirtyX, dirtyY, 10, Input)).ShouldBeLessThan(0.2);
        var influence = FrontierInfluence.LeaveOneOut(dirtyX, dirtyY, new FrontierOptions());
        Array.IndexOf(influence.MeanChange, influence.MeanChange.Max()).ShouldBe(60);
        influence.Affected[60].ShouldBe(60);

        static double Change(FrontierResult before, FrontierResult after) => before.Efficiency.Select((value, unit) => value - after.Efficiency[unit]).Average();

        static double LargestChange(PartialFrontierResult before, PartialFrontierResult after) =>
            before.Efficiency.Select((value, unit) => Math.Abs(value - after.Efficiency[unit])).Max();
    }

    [Fact]
    public void LeaveOneOut_AnyData_EqualsMeasuringAgain() => RandomData.ForAllSeeds(seed =>
    {
        var (x, y) = MadeUp.Units(seed);
        var options = new FrontierOptions(MadeUp.Convex[seed % 4]) { Threads = 1 + (seed % 2) };
        var before = Dea.Efficiency(x, y, options).Efficiency;
        var influence = FrontierInfluence.LeaveOneOut(x, y, options);
        for (var left = 0; left < x.Rows; left++)
        {
            int[] rest = [.. Enumerable.Range(0, x.Rows).Where(unit => unit != left)];
            var after = Dea.Efficiency(MadeUp.Rows(x, rest), MadeUp.Rows(y, rest), options).Efficiency;
            double[] changes = [.. rest.Select((unit, i) => Math.Abs(after[i] - before[unit]))];
            influence.LargestChange[left].ShouldBe(changes.Length == 0 ? 0 : changes.Max(), 1e-8);
            influence.MeanChange[left].ShouldBe(changes.Length == 0 ? 0 : changes.Average(), 1e-8);
            influence.Unreachable[left].ShouldBe(0);
        }
    });
}
