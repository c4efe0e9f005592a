using System.Globalization;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Tests;

public class FaultTests
{
    [Theory]
    [InlineData("da", "Rammevilkårene x1, copy følger hinanden helt")]
    [InlineData("en", "The framework conditions x1, copy follow each other completely")]
    public void Run_CollinearCovariates_AreNamedInPlainWords(string language, string beginning)
    {
        var panel = new MadeUpPanel();
        panel.Observations.AddRange([.. panel.Observations.Where(o => o.Indicator == "x1").Select(o => o with { Indicator = "copy", Value = (3 * o.Value) + 2 })]);
        var fault = InLanguage(language, () => panel.Run(MadeUpPanel.Spec(covariates: [SmallModels.Covariate("x1"), SmallModels.Covariate("copy")])));
        fault[0].Problem.Rule.ShouldStartWith(beginning);
        fault[0].Problem.File.ShouldBe("test-model");
    }

    [Fact]
    public void Run_ConstantCovariate_IsNamed()
    {
        var panel = new MadeUpPanel();
        panel.Observations.AddRange([.. panel.Observations.Where(o => o.Indicator == "x1").Select(o => o with { Indicator = "same", Value = 4 })]);
        var fault = InLanguage("en", () => panel.Run(MadeUpPanel.Spec(covariates: [SmallModels.Covariate("x1"), SmallModels.Covariate("same")])));
        fault[0].Problem.Rule.ShouldBe("same is the same in all municipalities and can therefore not explain g1 in 2015");
    }

    [Fact]
    public void Run_TooFewMunicipalities_SaysHowManyAreNeeded()
    {
        var fault = InLanguage("en", () => new MadeUpPanel(units: 3).Run(MadeUpPanel.Spec(noise: new NoiseSpec(NoiseModel.Binomial, 1))));
        fault[0].Text.ShouldBe("test-model: Too few municipalities to compute g1 in 2015; found \"3\", expected at least 4");
    }

    [Fact]
    public void Run_SharesOfZeroPredictedPerfectly_NamesMunicipalities()
    {
        var panel = new MadeUpPanel();
        panel.Observations.RemoveAll(o => o.Indicator == "persons" && o.Period == Period.OfYear(2019) && o.Breakdown == Breakdown.OfBenefitGroup("g1"));
        var x1 = panel.Observations.Where(o => o.Indicator == "x1" && o.Period == Period.OfYear(2019)).ToArray();
        var size = panel.Observations.Where(o => o.Indicator == "size" && o.Period == Period.OfYear(2019)).ToDictionary(o => o.Area, o => o.Value);
        panel.Observations.AddRange(x1.Select(o => new Observation(o.Area, o.Period, "persons", Breakdown.OfBenefitGroup("g1"), o.Value > 20 ? size[o.Area] : 0, ObservationStatus.Ok)));
        var fault = InLanguage("en", () => panel.Run(MadeUpPanel.Spec(noise: new NoiseSpec(NoiseModel.Binomial, 1), periods: new PeriodSpec(PeriodKind.Year, ["2019"], 0))));
        fault[0].Problem.Rule.ShouldStartWith("g1 in 2019 cannot be computed: the framework conditions predict shares of exactly 0 or 1 in the municipalities 1");
    }

    [Fact]
    public void Run_LogOfZero_ListsEveryMunicipality()
    {
        var panel = new MadeUpPanel();
        panel.Replace(2, Period.OfYear(2019), "x2", "", 0, ObservationStatus.Zero);
        panel.Replace(5, Period.OfYear(2019), "x2", "", -1, ObservationStatus.Ok);
        var fault = InLanguage("en", () => panel.Run(MadeUpPanel.Spec(periods: new PeriodSpec(PeriodKind.Year, ["2019"], 0))));
        fault.Select(p => p.Text).ShouldBe(
        [
            "test-model: x2 cannot be transformed for municipality 102 in 2019; found \"0\", expected a number above 0",
            "test-model: x2 cannot be transformed for municipality 105 in 2019; found \"-1\", expected a number above 0",
        ]);
    }

    [Fact]
    public void Run_UnknownPeriodsAndNonsense_ReportsAll()
    {
        var fault = InLanguage("en", () => new MadeUpPanel().Run(MadeUpPanel.Spec(periods: new PeriodSpec(PeriodKind.Year, ["1999", "soon", "2016Q1"], 0))));
        fault.Select(p => p.Problem.Rule).ShouldBe(["There are no figures for the period 1999", "The selection of periods cannot be read", "The selection of periods cannot be read"]);
    }

    [Fact]
    public void Run_IndicatorWithoutFigures_NamesIt()
    {
        var fault = InLanguage("en", () => new MadeUpPanel().Run(MadeUpPanel.Spec(covariates: [SmallModels.Covariate("nowhere")])));
        fault[0].Problem.Rule.ShouldBe("The data hold no figures for nowhere");
    }

    [Fact]
    public void Run_ShareAboveOne_IsRefused()
    {
        var panel = new MadeUpPanel();
        panel.Replace(2, Period.OfYear(2019), "persons", Breakdown.OfBenefitGroup("g1"), 1e9, ObservationStatus.Ok);
        InLanguage("en", () => panel.Run(MadeUpPanel.Spec()))[0].Problem.Rule.ShouldBe("The share of g1 in municipality 102 in 2019 is not between 0 and 1");
    }

    [Fact]
    public void Run_PanelOfTwoPeriods_AsksForAnotherNoiseModel()
    {
        var fault = InLanguage("en", () => new MadeUpPanel(years: 2).Run(MadeUpPanel.Spec()));
        fault[0].Problem.Rule.ShouldBe("The noise in g1 cannot be estimated from movement over time: there are too few periods; choose the noise model binomial");
    }

    private static (InputProblem Problem, string Text)[] InLanguage(string language, Func<BenchmarkRun> run)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = new CultureInfo(language);
        try
        {
            return [.. Should.Throw<InputException>(() => run()).Problems.Select(problem => (problem, problem.ToString()))];
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
