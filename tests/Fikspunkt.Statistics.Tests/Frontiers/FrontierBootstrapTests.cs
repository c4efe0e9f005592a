using Fikspunkt.Statistics.Frontiers;

namespace Fikspunkt.Statistics.Tests.Frontiers;

public sealed class FrontierBootstrapTests
{
    [Fact]
    public void Run_ReferenceCase_MatchesWithinTheMonteCarloError()
    {
        var reference = ReferenceCase.Load("dea-boot-charnes1981");
        var x = ProgramFollowThrough.Matrix(reference, ProgramFollowThrough.InputNames);
        var y = ProgramFollowThrough.Matrix(reference, ProgramFollowThrough.OutputNames);
        var result = FrontierBootstrap.Run(x, y, new FrontierOptions(), new FrontierBootstrapOptions());

        // The tighter bands of the case's README: per unit by its Monte-Carlo error, and no drift over the units.
        Within(reference, "eff_bias_corrected", result.BiasCorrected, errors: 5, room: 1e-4);
        Within(reference, "ci_lower", result.Lower, errors: 6, room: 5e-4);
        Within(reference, "ci_upper", result.Upper, errors: 6, room: 5e-4);
    }

    [Fact]
    public void Run_SmallSample_EqualsTheTwinThatSolvesEachProgramAnew() => RandomData.ForAllSeeds(seed =>
    {
        var (x, y) = MadeUp.Units((3 * seed) + 1, units: 8);
        var options = new FrontierOptions(MadeUp.Convex[seed % 4], seed % 2 == 0 ? FrontierOrientation.Input : FrontierOrientation.Output);
        var delta = FrontierBootstrap.Delta(x, y, options);
        var measured = FrontierBootstrap.Replicate(x, y, options, delta, Draw, 3);
        for (var replication = 0; replication < 3; replication++)
        {
            var truth = new double[8];
            Draw(replication, truth);
            var isInput = options.Orientation == FrontierOrientation.Input;
            var (moved, columns) = isInput ? (x, x.Columns) : (y, y.Columns);
            var pseudo = new RowMatrix(8, columns, [.. moved.Values.Select((value, i) => isInput ? value * truth[i / columns] / delta[i / columns] : value * delta[i / columns] / truth[i / columns])]);
            var found = Dea.Efficiency(x, y, isInput ? pseudo : x, isInput ? y : pseudo, options).Efficiency;
            for (var unit = 0; unit < 8; unit++)
            {
                measured[(unit * 3) + replication].ShouldBe(isInput ? 1 / found[unit] : found[unit], 1e-8);
            }
        }

        void Draw(long replication, Span<double> draws)
        {
            var random = new Random((int)(seed + (1000 * replication)));
            foreach (ref var draw in draws)
            {
                draw = 1 + random.NextDouble();
            }
        }
    });

    [Fact]
    public void Run_Intervals_HoldTheBiasCorrectedValueAndLieOnOneSide() => RandomData.ForAllSeeds(seed =>
    {
        var (x, y) = MadeUp.Units((3 * seed) + 1, units: 25);
        var input = FrontierBootstrap.Run(x, y, new FrontierOptions(), new FrontierBootstrapOptions(200, Seed: seed));
        var output = FrontierBootstrap.Run(x, y, new FrontierOptions(Orientation: FrontierOrientation.Output), new FrontierBootstrapOptions(200, Seed: seed));
        for (var unit = 0; unit < 25; unit++)
        {
            // The sample's frontier lies inside the true one: measured efficiencies flatter.
            input.BiasCorrected[unit].ShouldBeInRange(input.Lower[unit], input.Upper[unit]);
            input.BiasCorrected[unit].ShouldBeLessThan(input.Efficiency[unit] + 1e-9);
            output.BiasCorrected[unit].ShouldBeInRange(output.Lower[unit], output.Upper[unit]);
            output.BiasCorrected[unit].ShouldBeGreaterThan(output.Efficiency[unit] - 1e-9);
        }
    });

    [Fact]
    public void Run_WithCovariance_IsThatOfTheDrawsAndChangesNothingElse() => RandomData.ForAllSeeds(seed =>
    {
        var (x, y) = MadeUp.Units((3 * seed) + 1, units: 9);
        var options = new FrontierOptions(Orientation: seed % 2 == 0 ? FrontierOrientation.Input : FrontierOrientation.Output);
        var bootstrap = new FrontierBootstrapOptions(40, Seed: seed);
        var plain = FrontierBootstrap.Run(x, y, options, bootstrap);
        var found = FrontierBootstrap.Run(x, y, options, bootstrap with { WithCovariance = true });
        plain.Covariance.ShouldBeNull();
        found.BiasCorrected.ShouldBe(plain.BiasCorrected);
        found.Lower.ShouldBe(plain.Lower);

        // The naive twin, from the same draws.
        var delta = FrontierBootstrap.Delta(x, y, options);
        var draws = new EfficiencyDraws(delta, found.Bandwidth, new Fikspunkt.Statistics.Numerics.CounterRandom(seed));
        var measured = FrontierBootstrap.Replicate(x, y, options, delta, draws.Fill, 40);
        for (var one = 0; one < 9; one++)
        {
            for (var other = 0; other < 9; other++)
            {
                var (a, b) = (measured[(40 * one)..(40 * (one + 1))], measured[(40 * other)..(40 * (other + 1))]);
                var naive = a.Zip(b, (left, right) => (left - a.Average()) * (right - b.Average())).Sum() / 39;
                found.Covariance![one, other].ShouldBe(naive, 1e-10 * (1 + Math.Abs(naive)));
                found.Covariance[one, other].ShouldBe(found.Covariance[other, one]);
            }
        }

        FrontierBootstrap.Run(x, y, options with { Threads = 1 }, bootstrap with { WithCovariance = true }).Covariance!.Values.ShouldBe(found.Covariance!.Values);
    });

    [Fact]
    public void Run_CovarianceOfOneReplication_IsRefused()
    {
        var (x, y) = MadeUp.Units(1, units: 5);
        Should.Throw<ArgumentOutOfRangeException>(() => FrontierBootstrap.Run(x, y, new FrontierOptions(), new FrontierBootstrapOptions(1) { WithCovariance = true }));
    }

    private static void Within(ReferenceCase reference, string name, double[] computed, double errors, double room)
    {
        double[] differences = [.. computed.Select((value, unit) => value - reference.Expected($"long_run.{name}.{unit}"))];
        for (var unit = 0; unit < differences.Length; unit++)
        {
            Math.Abs(differences[unit]).ShouldBeLessThanOrEqualTo((errors * reference.Expected($"monte_carlo_se_at_nrep.{name}.{unit}")) + room);
        }

        Math.Abs(differences.Average()).ShouldBeLessThan(1e-3);
    }
}
