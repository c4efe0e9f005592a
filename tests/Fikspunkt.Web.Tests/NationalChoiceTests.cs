using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Testing;
using Fikspunkt.Web.Charts;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Tests;

/// <summary>What the front page looks at and says, over benchmarks and over other measurements.</summary>
public sealed class NationalChoiceTests(SiteFixture site)
{
    private static readonly SiteQuery Nothing = new([]);
    private readonly SiteContent content = ContentLoader.Load(new SiteOptions(site.Folder) { Definitions = RepositoryFiles.Path("definitions") });

    public static TheoryData<double, double> Moves { get; } = new() { { -0.05, -1 }, { 0.05, 1 }, { 0.0001, 0 } };

    [Theory]
    [MemberData(nameof(Moves))]
    public void Changes_AMunicipalityMoved_IsSaidOnlyWhenBeyondTheUncertainty(double move, double said)
    {
        Languages.Danish.Use(() =>
        {
            var choice = NationalChoice.Of(new Sight(Moved("851", move), Nothing, "851")).ShouldNotBeNull();
            var changes = NationalFindings.Changes(choice);

            changes.Count(change => change.Class != SignificanceClass.AsExpected).ShouldBe(said == 0 ? 0 : 1);
            var text = NationalFindings.Changed(choice, changes);
            text.ShouldContain(said switch { < 0 => "har 1 kommune flyttet sig til det bedre og 0", > 0 => "har 0 kommuner flyttet sig til det bedre og 1", _ => "Ingen kommune har flyttet sig" });
            if (said != 0)
            {
                changes[0].Now.Area.ShouldBe("851");
                changes[0].Sentence().Da.ShouldContain(said < 0 ? "bedre" : "dårligere");
            }
        });
    }

    [Fact]
    public void Measurement_WithoutAnExpectation_IsColouredByTheHalfThatItsRankSetLiesIn() => Languages.Danish.Use(() =>
    {
        var result = Measured(significance: null);
        var sight = new Sight(With(result), Nothing.With(SiteQuery.Measurement, result.Spec.Id), null);

        var choice = NationalChoice.Of(sight).ShouldNotBeNull();

        choice.Standings[0].ShouldBe("Sikkert i den første halvdel");
        choice.Of("101")!.Standing.ShouldBe(0);
        choice.Of("851")!.Standing.ShouldBe(2);
        choice.Of("751")!.Standing.ShouldBe(1);
        NationalFindings.Standings(choice).ShouldBe("1 kommune ligger sikkert i den første halvdel, 1 i den sidste, og 1 kan ligge i begge");
        NationalDiagrams.Ranking(sight).ShouldBeNull("a measurement's unit is its own; ranks can be shown");
        NationalDiagrams.RankSets(sight)!.Table.Rows.Count.ShouldBe(3);
        NationalDiagrams.Map(sight)!.Table.Rows.Count.ShouldBe(3);
        NationalFindings.Changes(choice).ShouldBeEmpty();
    });

    [Fact]
    public void Measurement_WithVerdicts_UsesThem() => Languages.English.Use(() =>
    {
        var result = Measured(SignificanceClass.Worse);
        var choice = NationalChoice.Of(new Sight(With(result), Nothing.With(SiteQuery.Measurement, result.Spec.Id), null)).ShouldNotBeNull();

        choice.Shown.ShouldAllBe(one => one.Standing == 2);
        NationalFindings.Standings(choice).ShouldBe("0 municipalities better than expected, 3 worse, and 0 that cannot be told from it");
    });

    [Fact]
    public void Clusters_OfAMeasurement_AreOfferedAsPeersForEveryMeasurement() => Languages.Danish.Use(() =>
    {
        var sight = new Sight(With(Measured(null, "klynge-2")), Nothing.With(SiteQuery.Peers, "klynge-2"), null);

        var choice = NationalChoice.Of(sight).ShouldNotBeNull();

        choice.Benchmark.ShouldNotBeNull();
        choice.Shown.Select(one => one.Area).Order().ShouldBe(["101", "751", "851"]);
    });

    [Fact]
    public void Outcome_OfAnotherMeasurement_GivesWayToTheUsualOne() => Languages.Danish.Use(() =>
    {
        var result = Measured(null);
        var both = With(result);

        NationalChoice.Of(new Sight(both, Nothing.With(SiteQuery.Outcome, "own"), null))!.Outcome.ShouldBe(site.Run.Spec.Total!.Id);
        NationalChoice.Of(new Sight(both, Nothing.With(SiteQuery.Outcome, "nothing"), null), out var unknown).ShouldBeNull();
        unknown.ShouldBe("nothing");
    });

    [Fact]
    public void NothingPublished_IsNoChoiceAndNoFault() => Languages.Danish.Use(() =>
    {
        var empty = new Sight(new SiteContent(content.Version, content.Definitions, [], [], content.Figures, [], [], content.Loaded), Nothing, null);

        NationalChoice.Of(empty, out var unknown).ShouldBeNull();
        unknown.ShouldBeNull();
        NationalDiagrams.Map(empty).ShouldBeNull();
        UncertaintyDiagrams.NoDifferences(empty).ShouldBeNull();
    });

    [Fact]
    public void YearsWithoutDifferences_AreTheSameEachTimeAndCentredOnNothing()
    {
        var results = site.Run.Results.Where(result => result.Outcome == site.Run.Spec.Total!.Id && result.Period == site.Run.Results.Max(r => r.Period)).ToList();

        var years = NoDifferencesYears.Of(results);

        years.Years[3].ShouldBe(NoDifferencesYears.Of(results).Years[3]);
        years.Typical.ShouldBe(years.Typical.Order());
        var standardised = years.Years.SelectMany(year => year.Zip(results, (value, result) => value / result.StandardError)).ToList();
        standardised.Average().ShouldBe(0, 0.02);
        standardised.Average(value => value * value).ShouldBe(1, 0.03);
        Enumerable.Range(0, results.Count).Select(i => years.Place(0, i)).Order().ShouldBe(Enumerable.Range(1, results.Count));
    }

    private SiteContent With(MeasurementResult result) =>
        new(content.Version, content.Definitions, content.Benchmarks, [new MeasurementView(result, null!)], content.Figures, content.Publications, content.Faults, content.Loaded);

    private MeasurementResult Measured(SignificanceClass? significance, string? category = null)
    {
        var period = Period.Parse("2024QMAT04");
        MeasuredPosition At(string area, int rank, int lower, int upper) => new(area, "own", period, rank, double.NaN, double.NaN, double.NaN, rank, lower, upper, 9, significance, category);
        return new MeasurementResult(content.Definitions.Measurements["kl-cluster-ranks"], [], [At("101", 1, 1, 3), At("751", 5, 2, 8), At("851", 9, 7, 9)], [], [], []);
    }

    // Moves one municipality's latest total, its interval with it.
    private SiteContent Moved(string area, double by)
    {
        var package = content.Benchmarks[0].Content;
        var (total, latest) = (package.Run.Spec.Total!.Id, package.Run.Results.Max(result => result.Period));
        var results = package.Run.Results.Select(r => r.Area == area && r.Outcome == total && r.Period == latest
            ? r with { Actual = r.Actual + by, Difference = r.Difference + by, Lower = r.Lower + by, Upper = r.Upper + by }
            : r).ToList();
        return content with { Benchmarks = [new BenchmarkView(package with { Run = package.Run with { Results = results } })] };
    }
}

/// <summary>Runs in a language, as a request does.</summary>
file static class InLanguage
{
    public static void Use(this System.Globalization.CultureInfo culture, Action action)
    {
        var (before, shown) = (System.Globalization.CultureInfo.CurrentCulture, System.Globalization.CultureInfo.CurrentUICulture);
        System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.CurrentUICulture = culture;
        try
        {
            action();
        }
        finally
        {
            (System.Globalization.CultureInfo.CurrentCulture, System.Globalization.CultureInfo.CurrentUICulture) = (before, shown);
        }
    }
}
