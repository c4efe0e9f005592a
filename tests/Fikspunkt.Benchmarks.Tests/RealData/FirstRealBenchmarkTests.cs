using System.Text.Json;
using Fikspunkt.Bench.FirstReal;
using Fikspunkt.Benchmarks.Tests.Publications;
using Fikspunkt.Definitions;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Sources;
using Fikspunkt.Store;
using Fikspunkt.Testing;

namespace Fikspunkt.Benchmarks.Tests.RealData;

/// <summary>The figures that <c>docs/first-real-benchmark.md</c> leads with, from the import to the specifications.</summary>
public sealed class FirstRealBenchmarkTests
{
    private static readonly Lazy<Data> Imported = new(() => new Data());

    // Skips the test where the data are absent.
    private readonly Data data = Imported.Value;

    [Fact]
    public void Unemployment_AsDefined_HasThePagesFit()
    {
        var run = data.Unemployment;
        run.Run.Results.Count.ShouldBe(14 * 98);
        (run.Run.Fits.Min(f => f.RSquared), run.Run.Fits.Max(f => f.RSquared)).ShouldSatisfyAllConditions(
            r => r.Item1.ShouldBe(0.62, 0.005),
            r => r.Item2.ShouldBe(0.77, 0.005));
        PerYear(run, SignificanceClass.Better).ShouldBe(11.5, 0.05);
        PerYear(run, SignificanceClass.Worse).ShouldBe(8.1, 0.05);
        run.Run.Fits.ShouldAllBe(f => f.Coefficients.Single(c => c.Term == "income").Estimate < -2.9 * f.Coefficients.Single(c => c.Term == "income").StandardError);
        FirstRealChecks.Noise(run).Factor.ShouldBe(7.1, 0.05);
        FirstRealChecks.Noise(run).Common.ShouldBe(0.0020, 5e-5);
        FirstRealChecks.Noise(run).Monthly.ShouldBe(0.965, 0.0005);
        run.Run.Results.Where(r => r.Period == Period.OfYear(2024)).Count(r => r.RankLowerSimultaneous == 1).ShouldBe(97);
    }

    [Fact]
    public void Unemployment_EverySpecification_EightMunicipalitiesStayClearInHalfOfTheYears()
    {
        var others = FirstRealStudy.Variants(data.Unemployment.Variant.Spec).Select(variant => FirstRealStudy.Run(variant, data.Definitions, data.Observations)).ToArray();
        var standings = FirstRealStudy.Standings(data.Unemployment, others);
        Names(standings.Where(s => s.LeastBetter >= 7)).ShouldBe(["Billund", "Holstebro", "Ringkøbing-Skjern", "Skive", "Varde"], ignoreOrder: true);
        Names(standings.Where(s => s.LeastWorse >= 7)).ShouldBe(["Aalborg", "Ishøj", "Nordfyns"], ignoreOrder: true);

        // Gentofte: worse in 13 years as defined, in none without income.
        var gentofte = data.Definitions.Municipalities.Single(m => m.Name == "Gentofte").Code;
        standings.Single(s => s.Area == gentofte).Worse.ShouldBe(13);
        others.Single(run => run.Variant.Name == "without income").Run.Results.Count(r => r.Area == gentofte && r.Class == SignificanceClass.Worse).ShouldBe(0);
    }

    [Fact]
    public void Unemployment_NeighboursAndMovement_AreAsThePageSays()
    {
        var alike = FirstRealChecks.Neighbours(data.Unemployment, data.Definitions, data.Unemployment.Run.Spec.Ranking.Seed);
        alike.Moran.ShouldBe(0.30, 0.005);
        alike.Moran.ShouldBeGreaterThan(alike.LargestOfShuffles);
        FirstRealStudy.Moves(data.Unemployment, 1).Correlation.ShouldBe(0.90, 0.005);
        FirstRealStudy.Moves(data.Unemployment, 13).Correlation.ShouldBe(0.53, 0.005);
        FirstRealChecks.Movement(data.Unemployment, 1).Relative.ShouldBe(1.05, 0.005);
    }

    [Fact]
    public void Unemployment_2010_SvendborgsWrongFigureMovesItsExpectation()
    {
        var error = FirstRealStudy.WithError(data.Definitions, data.Observations);
        Svendborg(error.Asis).Expected.ShouldBe(0.0342, 5e-5);
        Svendborg(error.Asis).Class.ShouldBe(SignificanceClass.Worse);
        Svendborg(error.Mended).Expected.ShouldBe(0.0626, 5e-5);
        Svendborg(error.Mended).Class.ShouldBe(SignificanceClass.AsExpected);

        static AreaResult Svendborg(VariantRun run) => run.Run.Results.Single(r => r.Area == DataError.Svendborg);
    }

    [Fact]
    public void Unemployment_FractionalLogit2019_HasTheReferencesExpectations()
    {
        var spec = data.Definitions.Models["dst-unemployment"];
        var run = FirstRealStudy.Run(
            new Variant("logit", spec with { Estimator = spec.Estimator with { Family = EstimatorFamily.FractionalLogit }, Periods = spec.Periods with { Select = ["2019"] } }),
            data.Definitions,
            data.Observations);
        var reference = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Shared("reference", "fractional-logit-dst-2019", "expected.json"))).RootElement;
        var index = new AreaIndex(data.Definitions.Municipalities, data.Definitions.Areas);
        for (var i = 0; i < 98; i++)
        {
            index.TryFind(reference.GetProperty("municipality")[i].GetString()!, out var code).ShouldBeTrue();
            var wanted = reference.GetProperty("loo_fitted")[i].GetDouble();
            run.Cells[(code, Period.OfYear(2019))].Expected.ShouldBe(wanted, 1e-7 * wanted);
        }
    }

    [Fact]
    public void Welfare_AsDefined_HasThePagesFit()
    {
        var run = FirstRealStudy.AsDefined(data.Definitions, data.Observations, "dst-welfare");
        run.Run.Fits[0].RSquared.ShouldBe(0.72, 0.005);
        run.Run.Fits[^1].RSquared.ShouldBe(0.26, 0.005);
        run.Run.Results.Where(r => r.Period == Period.OfYear(2022)).Sum(r => r.ActualPersons).ShouldBe(10_291, 0.5);
        FirstRealStudy.Moves(run, 11).Correlation.ShouldBe(0.20, 0.005);
    }

    private static double PerYear(VariantRun run, SignificanceClass wanted) => (double)run.Run.Results.Count(r => r.Class == wanted) / run.Run.Fits.Count;

    private IEnumerable<string> Names(IEnumerable<Standing> standings) =>
        standings.Select(s => data.Definitions.Municipalities.Single(m => m.Code == s.Area).Name);

    /// <summary>The figures, imported once.</summary>
    private sealed class Data
    {
        public Data()
        {
            var csv = RepositoryFiles.Shared("data", "dst-municipalities", "dst-municipalities.csv");
            Definitions = DefinitionLoader.Load(RepositoryFiles.Path(DefinitionLoader.FolderName));
            using var folder = new TemporaryFolder();
            using var store = ObservationStore.Open(folder.File("store.duckdb"));
            Observations = store.Read(TableImporter.Import(store, Definitions, new ImportRequest([csv], "dst-municipalities", PackageFixture.Now, Synthetic: false), TestContext.Current.CancellationToken).Id);
            Unemployment = FirstRealStudy.AsDefined(Definitions, Observations, "dst-unemployment");
        }

        public DefinitionSet Definitions { get; }

        public IReadOnlyList<Observation> Observations { get; }

        public VariantRun Unemployment { get; }
    }
}
