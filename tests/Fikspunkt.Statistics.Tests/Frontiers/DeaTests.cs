using Fikspunkt.Statistics.Frontiers;

namespace Fikspunkt.Statistics.Tests.Frontiers;

public sealed class DeaTests
{
    private static readonly FrontierOrientation[] Radial = [FrontierOrientation.Input, FrontierOrientation.Output];

    [Fact]
    public void Efficiency_AnyData_EqualsTheNaiveSolver() => RandomData.ForAllSeeds(seed =>
    {
        var (x, y) = MadeUp.Units(seed);
        foreach (var options in Models(seed))
        {
            var computed = Dea.Efficiency(x, y, options);
            var super = Dea.SuperEfficiency(x, y, options);
            for (var unit = 0; unit < x.Rows; unit++)
            {
                var g = MadeUp.Direction(x, y, unit, options.Orientation);
                Same(computed.Efficiency[unit], Naive(-1), $"{options} {unit}");
                Same(super.Efficiency[unit], Naive(unit), $"super {options} {unit}");

                double Naive(int excluded) => Dea.Scale(
                    options.Orientation, NaiveDea.Distance(x.Row(unit).ToArray(), y.Row(unit).ToArray(), g, x, y, MadeUp.Names[options.Returns], excluded));
            }
        }
    });

    [Fact]
    public void Efficiency_AnyData_ComesWithAProof() => RandomData.ForAllSeeds(seed =>
    {
        var (x, y) = MadeUp.Units(seed, units: 40);
        foreach (var options in Models(seed))
        {
            var result = Dea.Efficiency(x, y, options);
            for (var unit = 0; unit < x.Rows; unit++)
            {
                if (double.IsFinite(result.Efficiency[unit]))
                {
                    Certificate(x, y, unit, options, result);
                }
            }
        }
    });

    [Fact]
    public void Efficiency_Input_RestrictiveTechnologiesGiveHigherScores() => RandomData.ForAllSeeds(seed =>
    {
        var (x, y) = MadeUp.Units(seed);
        var scores = Enum.GetValues<ReturnsToScale>().ToDictionary(returns => returns, returns => Dea.Efficiency(x, y, new FrontierOptions(returns)).Efficiency);
        for (var unit = 0; unit < x.Rows; unit++)
        {
            var (crs, vrs) = (scores[ReturnsToScale.Constant][unit], scores[ReturnsToScale.Variable][unit]);
            var (drs, irs) = (scores[ReturnsToScale.Decreasing][unit], scores[ReturnsToScale.Increasing][unit]);
            crs.ShouldBe(Math.Min(drs, irs), 1e-9);
            vrs.ShouldBe(Math.Max(drs, irs), 1e-9);
            scores[ReturnsToScale.FreeDisposal][unit].ShouldBeInRange(vrs - 1e-9, 1);
        }
    });

    [Fact]
    public void Efficiency_UnitsOfMeasurementAndOrder_DoNotMatter() => RandomData.ForAllSeeds(seed =>
    {
        var (x, y) = MadeUp.Units(seed);
        var order = RandomData.Permutation(seed, x.Rows);
        foreach (var options in Models(seed))
        {
            var plain = Dea.Efficiency(x, y, options).Efficiency;
            var scaled = Dea.Efficiency(MadeUp.Scaled(x, column => Math.Pow(1000, column) / 7), MadeUp.Scaled(y, column => 3e-6 * (column + 1)), options).Efficiency;
            var permuted = Dea.Efficiency(MadeUp.Rows(x, order), MadeUp.Rows(y, order), options).Efficiency;
            for (var unit = 0; unit < x.Rows; unit++)
            {
                Same(scaled[unit], plain[unit], "scaled");
                Same(permuted[unit], plain[order[unit]], "permuted");
            }
        }
    });

    [Fact]
    public void Efficiency_DominatedUnitAdded_ChangesNothingElse() => RandomData.ForAllSeeds(seed =>
    {
        var (x, y) = MadeUp.Units(seed);
        var moreX = new RowMatrix(x.Rows + 1, x.Columns, [.. x.Values, .. x.Row(0).ToArray().Select(value => (1.25 * value) + 1)]);
        var moreY = new RowMatrix(y.Rows + 1, y.Columns, [.. y.Values, .. y.Row(0).ToArray().Select(value => 0.5 * value)]);
        foreach (var options in Models(seed))
        {
            var (before, after) = (Dea.Efficiency(x, y, options), Dea.Efficiency(moreX, moreY, options));
            for (var unit = 0; unit < x.Rows; unit++)
            {
                Same(after.Efficiency[unit], before.Efficiency[unit], $"{options}");
            }
        }
    });

    [Fact]
    public void Slacks_AnyData_EqualTheNaiveSolverAndCloseTheGap() => RandomData.ForAllSeeds(seed =>
    {
        var (x, y) = MadeUp.Units(seed);
        foreach (var options in Models(seed))
        {
            var efficiency = Dea.Efficiency(x, y, options).Efficiency;
            var second = Slacks.SecondStage(x, y, options, SlackWeights.Raw);
            var additive = Slacks.Additive(x, y, options, SlackWeights.Raw);
            for (var unit = 0; unit < x.Rows; unit++)
            {
                var (own, outputs) = (x.Row(unit).ToArray(), y.Row(unit).ToArray());
                double[] ones = [.. Enumerable.Repeat(1.0, own.Length + outputs.Length)];
                Same(additive.Sum[unit], NaiveDea.Slacks(own, outputs, ones, x, y, MadeUp.Names[options.Returns]), "additive");
                if (!double.IsFinite(second.Sum[unit]))
                {
                    continue;
                }

                var (theta, phi) = options.Orientation == FrontierOrientation.Input ? (efficiency[unit], 1.0) : (1.0, efficiency[unit]);
                (second.InputSlacks.Row(unit).ToArray().Sum() + second.OutputSlacks.Row(unit).ToArray().Sum()).ShouldBe(second.Sum[unit], 1e-9);
                for (var i = 0; i < own.Length; i++)
                {
                    (second.Peers[unit].Sum(peer => peer.Weight * x[peer.Unit, i]) + second.InputSlacks[unit, i]).ShouldBe(theta * own[i], 1e-7);
                }

                for (var r = 0; r < outputs.Length; r++)
                {
                    (second.Peers[unit].Sum(peer => peer.Weight * y[peer.Unit, r]) - second.OutputSlacks[unit, r]).ShouldBe(phi * outputs[r], 1e-7);
                }
            }
        }
    });

    [Fact]
    public void SecondStage_Projections_AreFullyEfficient() => RandomData.ForAllSeeds(seed =>
    {
        var (x, y) = MadeUp.Units((3 * seed) + 1, units: 20);
        var options = new FrontierOptions(MadeUp.Convex[seed % 4]);
        var theta = Dea.Efficiency(x, y, options).Efficiency;
        var slacks = Slacks.SecondStage(x, y, options);
        for (var unit = 0; unit < x.Rows; unit++)
        {
            var atX = new RowMatrix(1, x.Columns, [.. x.Row(unit).ToArray().Select((value, i) => (theta[unit] * value) - slacks.InputSlacks[unit, i])]);
            var atY = new RowMatrix(1, y.Columns, [.. y.Row(unit).ToArray().Select((value, r) => value + slacks.OutputSlacks[unit, r])]);
            Dea.Efficiency(atX, atY, x, y, options).Efficiency[0].ShouldBe(1, 1e-8);
        }
    });

    private static IEnumerable<FrontierOptions> Models(int seed) =>
        from returns in MadeUp.Convex
        from orientation in Radial
        select new FrontierOptions(returns, orientation) { Threads = 1 + (seed % 2) };

    /// <summary>The peers reach the projection, the multipliers support every unit, peers lie on the support, both give the same number.</summary>
    private static void Certificate(RowMatrix x, RowMatrix y, int unit, FrontierOptions options, FrontierResult result)
    {
        var (theta, phi) = options.Orientation == FrontierOrientation.Input ? (result.Efficiency[unit], 1.0) : (1.0, result.Efficiency[unit]);
        var (peers, weights) = (result.Peers[unit], result.Peers[unit].Sum(peer => peer.Weight));
        for (var i = 0; i < x.Columns; i++)
        {
            peers.Sum(peer => peer.Weight * x[peer.Unit, i]).ShouldBeLessThanOrEqualTo((theta * x[unit, i]) + 1e-7);
            result.InputMultipliers[unit, i].ShouldBeGreaterThanOrEqualTo(-1e-9);
        }

        for (var r = 0; r < y.Columns; r++)
        {
            peers.Sum(peer => peer.Weight * y[peer.Unit, r]).ShouldBeGreaterThanOrEqualTo((phi * y[unit, r]) - 1e-7);
            result.OutputMultipliers[unit, r].ShouldBeGreaterThanOrEqualTo(-1e-9);
        }

        (options.Returns switch
        {
            ReturnsToScale.Constant => result.Intercept[unit] == 0,
            ReturnsToScale.Variable => Math.Abs(weights - 1) < 1e-8,
            ReturnsToScale.Decreasing => weights < 1 + 1e-8 && result.Intercept[unit] < 1e-9,
            _ => weights > 1 - 1e-8 && result.Intercept[unit] > -1e-9,
        }).ShouldBeTrue($"{options}: weights {weights}, intercept {result.Intercept[unit]}");

        for (var j = 0; j < x.Rows; j++)
        {
            Value(j).ShouldBeLessThanOrEqualTo(1e-8);
        }

        foreach (var peer in peers)
        {
            Value(peer.Unit).ShouldBe(0, 1e-8);
        }

        // The dual's objective: u'y + w = theta with v'x = 1, or v'x - w = phi with u'y = 1.
        var (vx, uy) = (Product(result.InputMultipliers, x, unit), Product(result.OutputMultipliers, y, unit));
        var (one, score) = options.Orientation == FrontierOrientation.Input ? (vx, uy + result.Intercept[unit]) : (uy, vx - result.Intercept[unit]);
        one.ShouldBe(1, 1e-9);
        score.ShouldBe(result.Efficiency[unit], 1e-9);

        double Value(int j) => Product(result.OutputMultipliers, y, j) - Product(result.InputMultipliers, x, j) + result.Intercept[unit];

        double Product(RowMatrix multipliers, RowMatrix data, int j) =>
            multipliers.Row(unit).ToArray().Zip(data.Row(j).ToArray(), (a, b) => a * b).Sum();
    }

    private static void Same(double computed, double expected, string what)
    {
        if (double.IsFinite(expected))
        {
            computed.ShouldBe(expected, 1e-7 * (1 + Math.Abs(expected)), what);
        }
        else
        {
            computed.ShouldBe(expected, what);
        }
    }
}
