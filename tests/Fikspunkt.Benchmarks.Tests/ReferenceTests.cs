using System.Text.Json;
using Fikspunkt.Domain.Models;
using Fikspunkt.Testing;

namespace Fikspunkt.Benchmarks.Tests;

/// <summary>The reference cases of 2019, computed by way of the runner from Statistics Denmark's panel.</summary>
public class ReferenceTests
{
    [Theory]
    [InlineData("ols", false, true)]
    [InlineData("ols", false, false)]
    [InlineData("wls", true, true)]
    [InlineData("wls", true, false)]
    public void Run_LinearModelOf2019_ReproducesReference(string fit, bool weighted, bool leaveOneOut)
    {
        var expected = Read("ols-dst-2019");
        var run = Run2019(new EstimatorSpec(EstimatorFamily.Linear, weighted, Pooled: false, leaveOneOut));
        var reference = expected.GetProperty(fit);

        AssertCoefficients(run, reference.GetProperty("coefficients"), reference.GetProperty("se_hc1"), 0.01, 1e-8, 1e-8);
        run.Fits[0].RSquared.ShouldBe(reference.GetProperty("r_squared").GetDouble(), 1e-8);
        AssertExpected(run, expected, reference.GetProperty(leaveOneOut ? "loo_fitted" : "fitted"), 0.01, 1e-8);
        var ranks = reference.GetProperty(leaveOneOut ? "rank_loo_residual" : "rank_residual");
        var municipalities = expected.GetProperty("municipality");
        for (var i = 0; i < municipalities.GetArrayLength(); i++)
        {
            run.Results.Single(r => r.Area == municipalities[i].GetString()).Rank.ShouldBe(ranks[i].GetInt32());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_FractionalLogitOf2019_ReproducesReference(bool leaveOneOut)
    {
        var reference = Read("fractional-logit-dst-2019");
        var run = Run2019(new EstimatorSpec(EstimatorFamily.FractionalLogit, WeightByExposure: true, Pooled: false, leaveOneOut));

        // The runner's robust standard errors carry the small-sample factor n / (n - k), the reference's do not.
        AssertCoefficients(run, reference.GetProperty("coefficients"), reference.GetProperty("se_robust_hc0"), 1, 1e-8, 1e-6, Math.Sqrt(98.0 / 90));
        AssertExpected(run, reference, reference.GetProperty(leaveOneOut ? "loo_fitted" : "fitted"), 1, 1e-7);
    }

    private static BenchmarkRun Run2019(EstimatorSpec estimator)
    {
        var data = SmallModels.DanishPanel();
        return BenchmarkRunner.Run(SmallModels.Unemployment(estimator, "2019"), SmallModels.DefinitionsOf(data), data, SmallModels.NoVintages);
    }

    private static JsonElement Read(string name) =>
        JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Shared("reference", name, "expected.json"))).RootElement;

    private static void AssertCoefficients(
        BenchmarkRun run, JsonElement coefficients, JsonElement errors, double scale, double tolerance, double errorTolerance, double errorFactor = 1)
    {
        foreach (var coefficient in run.Fits[0].Coefficients)
        {
            var term = coefficient.Term switch
            {
                "(intercept)" => "(Intercept)",
                "income" => "log_income",
                "population_density" => "log_population_density",
                var other => other,
            };
            var wanted = scale * coefficients.GetProperty(term).GetDouble();
            coefficient.Estimate.ShouldBe(wanted, tolerance * (Math.Abs(wanted) + 1e-3));
            var error = scale * errorFactor * errors.GetProperty(term).GetDouble();
            coefficient.StandardError.ShouldBe(error, errorTolerance * error);
        }
    }

    private static void AssertExpected(BenchmarkRun run, JsonElement reference, JsonElement fitted, double scale, double tolerance)
    {
        var municipalities = reference.GetProperty("municipality");
        run.Results.Count.ShouldBe(municipalities.GetArrayLength());
        for (var i = 0; i < municipalities.GetArrayLength(); i++)
        {
            var wanted = scale * fitted[i].GetDouble();
            run.Results.Single(r => r.Area == municipalities[i].GetString()).Expected.ShouldBe(wanted, tolerance * wanted);
        }
    }
}
