using Fikspunkt.Domain;
using Fikspunkt.Sources;
using Fikspunkt.Statistics.Multiplicity;
using Fikspunkt.Statistics.Rates;
using Fikspunkt.Testing;
using static Fikspunkt.Methods.Tests.GroupMethodsTests;

namespace Fikspunkt.Methods.Tests;

/// <summary>Rates, standardisation, funnels, adjusted p-values and detectable differences by name give the library's numbers.</summary>
public sealed class RateMethodsTests
{
    [Fact]
    public void Proportion_OtherLevelsRowsAndMultipliersAskedFor_AreComputed()
    {
        using var folder = new TemporaryFolder();
        var table = Table(folder, "area,numerator,denominator,multiplier\nB,10,40,100\nA,5,50,100\nB,3,10,1\nA,,20,1\nC,1,9,1\n");
        string[] wanted = ["rows.lower90", "rows.upper99", "grouped_by_area_rows_1_3.value", "grouped_by_area_rows_1_3_per_1000.upper90", "grouped_by_area_rows_2_5.value", "published.value"];
        var found = Catalogue.Run(Catalogue.Find("phe-proportion"), new MethodInput(table, [], wanted.ToHashSet()));
        Numbers(found, "rows.lower90")[0].ShouldBe(100 * Wilson.Interval(10, 40, 0.9).Lower);
        Numbers(found, "rows.upper99")[4].ShouldBe(Wilson.Interval(1, 9, 0.99).Upper);
        Known(found, "rows.value").ShouldBe([25, 10, 0.3, -1, 1 / 9.0], 1e-14);
        Numbers(found, "grouped_by_area_rows_1_3.value").ShouldBe([0.1, 13 / 50.0], 1e-15);
        Numbers(found, "grouped_by_area_rows_1_3_per_1000.upper90")[1].ShouldBe(1000 * Wilson.Interval(13, 50, 0.9).Upper, 1e-10);
        Known(found, "grouped_by_area_rows_2_5.value").ShouldBe([-1, 0.3, 1 / 9.0], 1e-15);
        Numbers(found, "published.value").ShouldBe(Numbers(found, "rows.value"));
    }

    [Fact]
    public void Rate_Table_HasPheLimitsAndClasses()
    {
        var table = Example("exits.csv");
        var found = Catalogue.Run(Catalogue.Find("phe-rate"), new MethodInput(table, Settings(("numerator", "left"), ("denominator", "persons"), ("multiplier", "1000"), ("reference", "all"), ("polarity", "higher-is-better"))));
        var input = new MethodInput(table, []);
        var (events, sizes) = (input.Numbers("left"), input.Numbers("persons"));
        Numbers(found, "rows.upper998").ShouldBe(events.Select((count, i) => PoissonCount.Interval(count, 0.998).Interval.Upper / sizes[i] * 1000).ToArray(), 1e-9);
        var all = events.Sum() / sizes.Sum();
        var classes = (string[])((Quantities)found["rows"]!)["comparison"]!;
        var (narrow, wide) = (PoissonCount.Interval(events[0], 0.95).Interval.Times(1 / sizes[0]), PoissonCount.Interval(events[0], 0.998).Interval.Times(1 / sizes[0]));
        classes[0].Replace(" ", "", StringComparison.Ordinal).ShouldBe(ReferenceComparison.Classify(narrow, wide, all, Polarity.HigherIsBetter).ToString(), StringCompareShould.IgnoreCase);
        classes.Distinct().Count().ShouldBeGreaterThan(2);
        var exact = Catalogue.Run(Catalogue.Find("phe-rate"), new MethodInput(table, Settings(("numerator", "left"), ("denominator", "persons"), ("multiplier", "1"), ("interval", "exact"))));
        Numbers(exact, "rows.lower95")[0].ShouldBe(PoissonCount.Exact(events[0], 0.95).Lower / sizes[0], 1e-15);
    }

    [Fact]
    public void Rate_ImpossibleInput_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var table = Table(folder, "area,numerator,denominator\nA,1,0\nB,7,5\n");
        Should.Throw<InputException>(() => Catalogue.Run(Catalogue.Find("phe-rate"), new MethodInput(table, []))).Problems[0].ToString().ShouldContain("denominator");
        Should.Throw<InputException>(() => Catalogue.Run(Catalogue.Find("phe-proportion"), new MethodInput(table, []).Only([1])));
        Should.Throw<InputException>(() => Catalogue.Run(Catalogue.Find("phe-rate"), new MethodInput(table, Settings(("confidence", "95"))))).Problems[0].ToString().ShouldContain("95");
    }

    [Fact]
    public void Standardisation_Example_GivesTheLibrarysRates()
    {
        var table = Example("agebands.csv");
        var roles = Settings(
            ("group", "jobcentre"), ("numerator", "left"), ("denominator", "persons"), ("standard", "standard"), ("reference_numerator", "reference_left"), ("reference_denominator", "reference_persons"),
            ("multiplier", "1000"), ("confidence", "0.9"));
        var nord = new MethodInput(table, []).Only([0, 1, 2]);
        var direct = Catalogue.Run(Catalogue.Find("direct-standardisation"), new MethodInput(table, roles));
        var expected = Standardisation.Direct(nord.Numbers("left"), nord.Numbers("persons"), nord.Numbers("standard"), 0.9);
        Numbers(direct, "value")[0].ShouldBe(1000 * expected.Rate);
        Numbers(direct, "lower90")[0].ShouldBe(1000 * expected.Interval.Lower);
        var indirect = Catalogue.Run(Catalogue.Find("indirect-standardisation"), new MethodInput(table, roles));
        var ratio = Standardisation.Indirect(nord.Numbers("left"), nord.Numbers("persons"), nord.Numbers("reference_left"), nord.Numbers("reference_persons"), 0.9);
        Numbers(indirect, "ratio")[0].ShouldBe(ratio.Ratio);
        Numbers(indirect, "rate_upper90")[0].ShouldBe(1000 * ratio.RateInterval.Upper);
        roles["interval"] = "fay-feuer";
        roles.Remove("group");
        Numbers(Catalogue.Run(Catalogue.Find("direct-standardisation"), new MethodInput(table, roles)), "total_count").Single().ShouldBe(new MethodInput(table, []).Numbers("left").Sum());
    }

    [Fact]
    public void Funnel_Example_GivesTheLibrarysLimits()
    {
        var table = Example("exits.csv");
        var input = new MethodInput(table, []);
        var (events, sizes) = (input.Numbers("left"), input.Numbers("persons"));
        var target = events.Sum() / sizes.Sum();
        var found = Catalogue.Run(Catalogue.Find("funnel"), new MethodInput(table, Settings(("numerator", "left"), ("denominator", "persons"))));
        Numbers(found, "lower998").ShouldBe(Funnel.Exact(target, sizes, 0.998).Lower);
        var tau = Catalogue.Run(Catalogue.Find("funnel"), new MethodInput(table, Settings(("numerator", "left"), ("denominator", "persons"), ("limits", "normal"), ("overdispersion", "tau"), ("target", "0.3"))));
        double[] shares = [.. events.Zip(sizes, (count, size) => count / size)];
        Numbers(tau, "upper95").ShouldBe(Funnel.Normal(0.3, sizes, 0.95, 1, Funnel.Dispersion(shares, sizes, 0.3).TauSquared).Upper);
        Should.Throw<InputException>(() => Catalogue.Run(Catalogue.Find("funnel"), new MethodInput(table, Settings(("numerator", "left"), ("denominator", "persons"), ("overdispersion", "phi")))));
    }

    [Fact]
    public void ByarsWilson_MissingAndUnknownKinds_AreKeptApart()
    {
        using var folder = new TemporaryFolder();
        var found = Catalogue.Run(Catalogue.Find("phe-byars-wilson"), new MethodInput(Table(folder, "method,x,n,confidence\nByars,20,,0.9\nWilson,,10,0.95\nwilson,3,10,0.99\n"), []));
        Numbers(found, "lower").ShouldBe([PoissonCount.Byar(20, 0.9).Lower, double.NaN, Wilson.Interval(3, 10, 0.99).Lower]);
        Numbers(found, "exact_poisson_upper").ShouldBe([PoissonCount.Exact(20, 0.9).Upper, double.NaN, double.NaN]);
        Should.Throw<InputException>(() => Catalogue.Run(Catalogue.Find("phe-byars-wilson"), new MethodInput(Table(folder, "method,x,n,confidence\nWald,2,3,0.95\n"), []))).Problems[0].ToString().ShouldContain("Wald");
    }

    [Fact]
    public void PAdjust_EmptyCell_IsATestThatWasNotMade()
    {
        using var folder = new TemporaryFolder();
        var found = Catalogue.Run(Catalogue.Find("p-adjust"), new MethodInput(Table(folder, "unit,p\nA,0.01\nB,\nC,0.04\n"), Settings(("p", "p"))));
        Numbers(found, "holm").ShouldBe([0.02, double.NaN, 0.04]);
        Numbers(found, "BY").ShouldBe(PValues.Adjust([0.01, double.NaN, 0.04], Adjustment.BenjaminiYekutieli));
        Numbers(found, "tests").ShouldBe([2]);
        Numbers(found, "rejected.holm").ShouldBe([2]);
    }

    [Fact]
    public void Text_UndefinedNumberInAList_IsADash()
    {
        using var folder = new TemporaryFolder();
        var found = Catalogue.Run(Catalogue.Find("p-adjust"), new MethodInput(Table(folder, "p\n0.25\n\"\"\n"), Settings(("p", "p"))));
        using var text = new StringWriter();
        QuantityText.Write(text, found);
        text.ToString().ShouldNotContain("NaN");
        text.ToString().ShouldContain("  -");
    }

    [Fact]
    public void DetectableDifference_Measures_GiveTheLibrarysNumbers()
    {
        var table = Example("exits.csv");
        var sizes = new MethodInput(table, []).Numbers("persons");
        var share = Catalogue.Run(Catalogue.Find("detectable-difference"), new MethodInput(table, Settings(("size", "persons"), ("base_value", "0.3"), ("phi", "2"), ("reference_ratio", "10"), ("one_sided", "true"), ("difference", "0.1"))));
        var design = new DetectionDesign(Measure.Proportion, 0.3, Phi: 2, ReferenceRatio: 10, OneSided: true);
        Numbers(share, "above").ShouldBe(Array.ConvertAll(sizes, size => Detection.SmallestDifference(design, size).Above));
        Numbers(share, "power")[3].ShouldBe(Detection.Power(design, sizes[3], 0.1));
        Numbers(share, "size_needed").ShouldBe([Detection.Size(design, 0.1)]);
        var mean = Catalogue.Run(Catalogue.Find("detectable-difference"), new MethodInput(table, Settings(("size", "persons"), ("measure", "mean"), ("variance", "4"))));
        Numbers(mean, "above")[0].ShouldBe(Detection.SmallestDifference(new DetectionDesign(Measure.Mean, 0, 4), sizes[0]).Above);
        Should.Throw<InputException>(() => Catalogue.Run(Catalogue.Find("detectable-difference"), new MethodInput(table, Settings(("size", "persons"))))).Problems[0].ToString().ShouldContain("base");
    }

    /// <summary>The numbers, -1 where undefined.</summary>
    private static double[] Known(Quantities found, string name) => Array.ConvertAll(Numbers(found, name), value => double.IsNaN(value) ? -1 : value);

    private static TextTable Example(string name) => TextTableFile.Read(RepositoryFiles.Path("docs", "examples", name));

    private static TextTable Table(TemporaryFolder folder, string text)
    {
        File.WriteAllText(folder.File("table.csv"), text);
        return TextTableFile.Read(folder.File("table.csv"));
    }
}
