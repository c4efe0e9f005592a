using Fikspunkt.Definitions;
using Fikspunkt.Domain;
using Fikspunkt.Testing;

namespace Fikspunkt.Benchmarks.Tests;

/// <summary>The models on Statistics Denmark's figures.</summary>
public class RealDataTests
{
    [Fact]
    public void DstUnemployment_EveryYear_GivesPlausibleResults()
    {
        var run = Run("dst-unemployment");
        run.Fits.Select(f => f.Period!.Value.Year).ShouldBe(Enumerable.Range(2011, 14));
        run.Results.Count.ShouldBe(14 * 98);
        run.Exclusions.ShouldBeEmpty();
        run.Fits.ShouldAllBe(f => f.RSquared > 0.55 && f.RSquared < 0.85);

        // Income goes with less unemployment in every year; more movement than binomial, but a lasting rest beyond it.
        run.Fits.ShouldAllBe(f => f.Coefficients.Single(c => c.Term == "income").Estimate < 0);
        run.Fits.ShouldAllBe(f => f.Overdispersion > 2 && f.BetweenVariance > 1e-6);
        run.Notes.ShouldContain(n => n.Key == NoteKeys.NearestPeriod && n.Arguments[0] == "education" && n.Arguments[1] == "2012" && n.Arguments[2] == "2011");
    }

    [Fact]
    public void DstUnemployment_2019_HasTheReferencesExpectations()
    {
        var observations = Observations(out var definitions);
        var spec = definitions.Models["dst-unemployment"];
        var run = BenchmarkRunner.Run(spec with { Periods = spec.Periods with { Select = ["2019"] } }, definitions, observations, SmallModels.NoVintages);
        var reference = System.Text.Json.JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Shared("reference", "ols-dst-2019", "expected.json"))).RootElement;
        var fitted = reference.GetProperty("wls").GetProperty("loo_fitted");
        var index = new AreaIndex(definitions.Municipalities, definitions.Areas);
        for (var i = 0; i < 98; i++)
        {
            index.TryFind(reference.GetProperty("municipality")[i].GetString()!, out var code).ShouldBeTrue();
            run.Results.Single(r => r.Area == code).Expected.ShouldBe(fitted[i].GetDouble() / 100, 1e-8 * fitted[i].GetDouble());
        }
    }

    [Fact]
    public void DstWelfare_EveryYear_GivesResultsAndNamesReforms()
    {
        var run = Run("dst-welfare");
        run.Fits.Select(f => f.Period!.Value.Year).ShouldBe([2011, 2015, 2019, 2022]);
        run.Results.Count.ShouldBe(4 * 98);
        run.Notes.ShouldContain(n => n.Key == NoteKeys.ChangeAcrossBreak);
        run.Fits.ShouldAllBe(f => f.Overdispersion >= 1);
    }

    private static BenchmarkRun Run(string model)
    {
        var observations = Observations(out var definitions);
        return BenchmarkRunner.Run(definitions.Models[model], definitions, observations, SmallModels.NoVintages);
    }

    private static List<Observation> Observations(out DefinitionSet definitions)
    {
        definitions = DefinitionLoader.Load(RepositoryFiles.Path("definitions"));
        var index = new AreaIndex(definitions.Municipalities, definitions.Areas);
        return [.. SmallModels.DanishPanel().Select(o => index.TryFind(o.Area, out var code) ? o with { Area = code } : throw new InvalidDataException(o.Area))];
    }
}
