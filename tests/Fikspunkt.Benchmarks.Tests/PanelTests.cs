using Fikspunkt.Benchmarks.Panels;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Tests;

/// <summary>How missing, hidden and borrowed figures are treated.</summary>
public class PanelTests
{
    private static readonly string Group = Breakdown.OfBenefitGroup("g1");

    [Fact]
    public void Average_OfMonths_IsTheirMeanOverExposure()
    {
        var panel = new MadeUpPanel(monthly: true);
        var run = panel.Run(Rolling());
        var result = run.Results.Single(r => r.Area == MadeUpPanel.Code(0) && r.Outcome == "g1");
        var months = panel.Observations.Where(o => o.Area == result.Area && o.Breakdown == Group && o.Period.Kind == PeriodKind.Month && o.Period.Year == 2019).Select(o => o.Value!.Value);
        result.Actual.ShouldBe(months.Average() / result.Exposure, 1e-15);
        run.Exclusions.ShouldBeEmpty();
    }

    [Fact]
    public void Average_HiddenMonth_CountsAsMiddleAndWidensTheInterval()
    {
        var panel = new MadeUpPanel(monthly: true);
        var plain = panel.Run(Rolling()).Results.Single(r => r.Area == MadeUpPanel.Code(0) && r.Outcome == "g1");
        var hidden = panel.Observations.Single(o => o.Area == plain.Area && o.Breakdown == Group && o.Period == Period.Month(2019, 5));
        panel.Replace(0, hidden.Period, "persons", Group, null, ObservationStatus.Suppressed);
        var run = panel.Run(Rolling());
        var result = run.Results.Single(r => r.Area == plain.Area && r.Outcome == "g1");
        result.Actual.ShouldBe(plain.Actual - ((hidden.Value!.Value - 1.5) / 12 / plain.Exposure), 1e-15);
        run.Notes.ShouldContain(n => n.Key == NoteKeys.HiddenMonths && string.Join(' ', n.Arguments) == "g1 2019QMAT04 1");
    }

    [Theory]
    [InlineData(2, 1.5, "hidden-months g1 2019QMAT04 1")]
    [InlineData(5, 3.0, "hidden-months-up-to g1 2019QMAT04 1 3")]
    public void Average_HiddenMonth_CountsAsTheMiddleOfWhatIsHidden(int hiddenUpTo, double middle, string note)
    {
        var panel = new MadeUpPanel(monthly: true);
        BenchmarkRun Run() => BenchmarkRunner.Run(Rolling(), panel.Definitions(), panel.Observations, SmallModels.NoVintages, hiddenUpTo);
        var plain = Run().Results.Single(r => r.Area == MadeUpPanel.Code(0) && r.Outcome == "g1");
        var month = Period.Month(2019, 5);
        var hidden = panel.Observations.Single(o => o.Area == plain.Area && o.Breakdown == Group && o.Period == month);
        panel.Replace(0, month, "persons", Group, null, ObservationStatus.Suppressed);
        var run = Run();

        run.Results.Single(r => r.Area == plain.Area && r.Outcome == "g1").Actual.ShouldBe(plain.Actual - ((hidden.Value!.Value - middle) / 12 / plain.Exposure), 1e-15);
        run.Notes.Select(n => $"{n.Key} {string.Join(' ', n.Arguments)}").ShouldContain(note);
    }

    [Theory]
    [InlineData(1, 1, 1.0 / 12)]
    [InlineData(2, 1.5, 1.0 / 3)]
    [InlineData(5, 3, 25.0 / 12)]
    public void HiddenCount_LiesBetweenHalfAPersonAndHalfAboveTheLargest(int largest, double middle, double variance)
    {
        var hidden = new HiddenCount(largest);

        // To the bit: packages made with the default rest on it.
        hidden.Middle.ShouldBe(middle);
        hidden.Variance.ShouldBe(variance);
    }

    [Fact]
    public void Average_MissingMonth_IsFilledInProportionToTheCountry()
    {
        var panel = new MadeUpPanel(monthly: true);
        panel.Replace(0, Period.Month(2019, 5), "persons", Group, null, ObservationStatus.Missing);
        var run = panel.Run(Rolling());
        var result = run.Results.Single(r => r.Area == MadeUpPanel.Code(0) && r.Outcome == "g1");
        var year = panel.Observations.Where(o => o.Breakdown == Group && o.Period.Kind == PeriodKind.Month && o.Period.Year == 2019).ToArray();
        var own = year.Where(o => o.Area == result.Area && o.Value is not null).Average(o => o.Value!.Value);
        var others = year.Where(o => o.Area != result.Area).GroupBy(o => o.Period).ToDictionary(g => g.Key, g => g.Sum(o => o.Value!.Value));
        var season = others.Values.Average() / others.Where(pair => pair.Key.Number != 5).Average(pair => pair.Value);
        result.Actual.ShouldBe(own * season / result.Exposure, 1e-14);
        run.Notes.ShouldContain(n => n.Key == NoteKeys.FilledMonths && string.Join(' ', n.Arguments) == "g1 2019QMAT04 1");
    }

    [Fact]
    public void Average_FourMissingMonths_LeavesTheAreaOutOfOutcomeAndTotal()
    {
        var panel = new MadeUpPanel(monthly: true);
        for (var month = 1; month <= 4; month++)
        {
            panel.Replace(0, Period.Month(2019, month), "persons", Group, null, ObservationStatus.Missing);
        }

        var run = panel.Run(Rolling());
        run.Exclusions.ShouldBe([new Exclusion(MadeUpPanel.Code(0), "g1", Period.Parse("2019QMAT04"), ExclusionReason.OutcomeMissing)]);
        run.Results.Where(r => r.Area == MadeUpPanel.Code(0)).Select(r => r.Outcome).ShouldBe(["g2"]);
    }

    [Fact]
    public void Exclusions_EachReason_IsListed()
    {
        var panel = new MadeUpPanel();
        var year = Period.OfYear(2019);
        panel.Replace(0, year, "persons", Group, null, ObservationStatus.Suppressed);
        panel.Replace(1, year, "persons", Group, null, ObservationStatus.Missing);
        panel.Replace(2, year, "x1", "", null, ObservationStatus.Missing);
        panel.Replace(3, year, "size", "", null, ObservationStatus.Missing);
        panel.Replace(4, year, "size", "", 10, ObservationStatus.Ok);
        var run = panel.Run(MadeUpPanel.Spec(periods: new PeriodSpec(PeriodKind.Year, ["latest"], 0), minimum: 100));
        run.Exclusions.OrderBy(e => e.Area, StringComparer.Ordinal).ShouldBe(
        [
            new Exclusion("100", "g1", year, ExclusionReason.OutcomeSuppressed),
            new Exclusion("101", "g1", year, ExclusionReason.OutcomeMissing),
            new Exclusion("102", null, year, ExclusionReason.CovariateMissing),
            new Exclusion("103", null, year, ExclusionReason.ExposureMissing),
            new Exclusion("104", null, year, ExclusionReason.TooSmall),
        ]);
        run.Results.Count(r => r.Outcome == "g1").ShouldBe(25);
        run.Results.Count(r => r.Outcome == "g2").ShouldBe(27);
        run.Results.Count(r => r.Outcome == "total").ShouldBe(25);
    }

    [Fact]
    public void NearestPeriod_Allowed_IsUsedAndNoted()
    {
        var panel = new MadeUpPanel();
        panel.Observations.RemoveAll(o => o.Indicator == "x1" && o.Period.Year is 2016 or 2017);
        var run = panel.Run(MadeUpPanel.Spec(covariates: [SmallModels.Covariate("x1", nearest: true)]));

        // 2016 is as near to 2015 as to none other; 2017 lies one year from 2018.
        run.Notes.Where(n => n.Key == NoteKeys.NearestPeriod && n.Arguments[0] == "x1").Select(n => $"{n.Arguments[1]} {n.Arguments[2]}").ShouldBe(["2016 2015", "2017 2018"]);
        run.Results.First(r => r.Period == Period.OfYear(2016)).Contributions[0].Value.ShouldBe(
            panel.Observations.First(o => o.Indicator == "x1" && o.Period == Period.OfYear(2015)).Value!.Value);
    }

    [Fact]
    public void NearestPeriod_NotAllowed_LeavesThePeriodOutOrRefusesIt()
    {
        var panel = new MadeUpPanel();
        panel.Observations.RemoveAll(o => o.Indicator == "x1" && o.Period.Year == 2017);
        var run = panel.Run(MadeUpPanel.Spec());
        run.Results.Select(r => r.Period.Year).Distinct().ShouldBe([2015, 2016, 2018, 2019]);
        run.Notes.ShouldContain(n => n.Key == NoteKeys.PeriodLeftOut && n.Arguments[0] == "2017");
        Should.Throw<InputException>(() => panel.Run(MadeUpPanel.Spec(periods: new PeriodSpec(PeriodKind.Year, ["2017"], 0))));
    }

    private static ModelSpec Rolling() => MadeUpPanel.Spec(periods: new PeriodSpec(PeriodKind.RollingYear, ["latest"], 0));
}
