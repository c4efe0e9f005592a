using Fikspunkt.Statistics.Frontiers;

namespace Fikspunkt.Statistics.Tests.Frontiers;

public sealed class FrontierBootstrapTests
{
    [Fact]
    public void Run_ReferenceCase_MatchesWithinTheMonteCarloError()
    {
        var reference = ReferenceCase.Load("dea-boot-charnes1981");
        var x = DeaReferenceTests.Matrix(reference, DeaReferenceTests.InputNames);
        var y = DeaReferenceTests.Matrix(reference, DeaReferenceTests.OutputNames);
        var result = FrontierBootstrap.Run(x, y, new FrontierOptions(), new FrontierBootstrapOptions());
        reference.ShouldMatch(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["case"] = "dea-boot-charnes1981",
            ["n"] = reference.Rows,
            ["unit"] = reference.Numbers("firm"),
            ["inputs"] = DeaReferenceTests.InputNames,
            ["outputs"] = DeaReferenceTests.OutputNames,
            ["efficiency"] = result.Efficiency,
            ["bandwidth"] = result.Bandwidth,
            ["long_run"] = new { eff_bias_corrected = result.BiasCorrected, ci_lower = result.Lower, ci_upper = result.Upper },
        });

        // The tighter bands of the case's README: per unit by its Monte-Carlo error, and no drift over the units.
        Within(reference, "eff_bias_corrected", result.BiasCorrected, errors: 5, room: 1e-4);
        Within(reference, "ci_lower", result.Lower, errors: 6, room: 5e-4);
        Within(reference, "ci_upper", result.Upper, errors: 6, room: 5e-4);
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
