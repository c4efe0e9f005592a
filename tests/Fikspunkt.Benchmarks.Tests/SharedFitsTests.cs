using System.Text.Json;
using System.Text.Json.Serialization;
using Fikspunkt.Benchmarks.Expected;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Benchmarks.Tests.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Tests;

/// <summary>What runs on the same figures share is what each would have computed alone.</summary>
public sealed class SharedFitsTests
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    [Theory]
    [InlineData(NoiseModel.Panel, false, RankBy.Share)]
    [InlineData(NoiseModel.Panel, true, RankBy.Share)]
    [InlineData(NoiseModel.Binomial, false, RankBy.Relative)]
    [InlineData(NoiseModel.Binomial, true, RankBy.Share)]
    public void Run_AfterOtherBenefitsAndPeriods_GivesTheBitsThatItGivesAlone(NoiseModel noise, bool pooled, RankBy by)
    {
        var definitions = SyntheticInput.Definitions;
        var full = definitions.Models["synthetic-denmark"];
        full = full with
        {
            Noise = new NoiseSpec(noise, null),
            Estimator = full.Estimator with { Pooled = pooled },
            Ranking = full.Ranking with { By = by, Draws = 200 },
        };
        string[] few = ["kontanthjaelp", "sygedagpenge"];
        string[] more = ["sygedagpenge", "kontanthjaelp", "fleksjob"];
        var earlier = BenefitSubset.AllPeriods(full, few, definitions);
        ModelSpec[] specs =
        [
            BenefitSubset.AllPeriods(full, more, definitions),
            BenefitSubset.Of(full, few, definitions),
            BenefitSubset.Before(full, few, definitions)!,
            earlier with { Periods = earlier.Periods with { Select = [.. earlier.Periods.Select.TakeLast(2)] } },
            earlier with { Ranking = earlier.Ranking with { Draws = 300 } },
            earlier with { Covariates = [.. earlier.Covariates.Take(4)] },
            earlier with { Estimator = earlier.Estimator with { WeightByExposure = false } },
        ];
        var shared = new SharedFits();

        specs.Select(spec => Run(spec, shared)).ToList().ShouldBe(specs.Select(spec => Run(spec, new SharedFits())).ToList());
    }

    [Fact]
    public void Once_AFault_IsThrownAgain_WithoutComputingAgain()
    {
        var shared = new SharedFits();
        var times = 0;
        object Fail()
        {
            times++;
            throw new InputException(new InputProblem("too few"));
        }

        Should.Throw<InputException>(() => shared.Once("fit", "a", Fail));
        Should.Throw<InputException>(() => shared.Once("fit", "a", Fail));
        shared.Once("fit", "b", () => 2).ShouldBe(2);
        times.ShouldBe(1);
    }

    private static string Run(ModelSpec spec, SharedFits shared)
    {
        var run = BenchmarkRunner.Run(spec, SyntheticInput.Definitions, SyntheticInput.Input.Observations, [], hiddenUpTo: 2, shared);
        return JsonSerializer.Serialize(new { run.Results, run.Fits, run.Notes, run.Exclusions }, Json);
    }
}
