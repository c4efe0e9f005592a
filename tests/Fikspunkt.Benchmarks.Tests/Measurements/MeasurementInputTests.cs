using Fikspunkt.Benchmarks.Measurements;

namespace Fikspunkt.Benchmarks.Tests.Measurements;

/// <summary>Models are fitted once for all measurements that build on them.</summary>
public sealed class MeasurementInputTests
{
    [Fact]
    public void Run_EqualSpecsMadeTwice_IsComputedOnce_AnotherSpecIsNot()
    {
        var model = SyntheticInput.Definitions.Models["synthetic-denmark"];
        BenchmarkRun Run(params string[] groups) => SyntheticInput.Input.Run(BenefitSubset.Of(model, groups, SyntheticInput.Definitions));
        var first = Run("kontanthjaelp", "ressourceforloeb");
        Run("kontanthjaelp", "ressourceforloeb").ShouldBeSameAs(first);
        Run("kontanthjaelp").ShouldNotBeSameAs(first);
    }
}
