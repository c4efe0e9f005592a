using Fikspunkt.Domain;
using Fikspunkt.Sources.Synthetic;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Frontiers;

namespace Fikspunkt.Sources.Tests.Synthetic;

public sealed class SyntheticJobcentreTests
{
    private static readonly SyntheticDraw Draw = SyntheticMunicipalities.Draw;
    private static readonly IReadOnlyList<SyntheticJobcentre> Jobcentres = SyntheticJobcentres.Of(Draw, 2024);

    [Fact]
    public void Of_Spending_IsWhatTheTechnologyAsksForTimesTheInefficiency()
    {
        for (var area = 0; area < 98; area++)
        {
            var own = Jobcentres[area];
            var expected = SyntheticJobcentres.Results.SelectMany(ids => ids).Sum(id => Draw.ExpectedShare(SyntheticMunicipalities.Group(id), area, 108, 12)) * Draw.Structure.Population(area, 108);
            var dearness = (0.35 * Math.Pow(own.TrueResults[0], 4)) + (0.35 * Math.Pow(own.TrueResults[1], 4)) + (0.30 * Math.Pow(own.TrueResults[2], 4));
            var least = 0.04 * ((expected * dearness) + own.CompanyEffort);

            // The accounts are rounded to 1,000 kr; four of them.
            own.Total.ShouldBe(least / own.TrueEfficiency, 0.0021);
            own.TruePotential.ShouldBe(own.Total - least, 0.0021);

            // At the potential, the same money buys results in the same proportions: cost is the technology's at what was spent.
            var factor = own.TruePersons / (own.TruePersons - own.TruePotentialPersons);
            (0.04 * ((expected * dearness * Math.Pow(factor, 4)) + own.CompanyEffort)).ShouldBe(least / own.TrueEfficiency, 1e-6 * least);
        }
    }

    [Fact]
    public void Of_TrueFrontier_IsOneThatDeaCanOnlyUnderstate()
    {
        // DEA without chance lies inside a convex technology: nobody may be measured as less efficient than the truth.
        var inputs = RowMatrix.FromColumns([[.. Jobcentres.Select((own, area) => own.Total / Expected(area))]]);
        var outputs = RowMatrix.FromColumns(
        [
            .. Enumerable.Range(0, 3).Select(kind => Jobcentres.Select(own => own.TrueResults[kind]).ToArray()),
            [.. Jobcentres.Select((own, area) => own.CompanyEffort / Expected(area))],
        ]);
        var found = Dea.Efficiency(inputs, outputs, new FrontierOptions()).Efficiency;
        for (var area = 0; area < 98; area++)
        {
            found[area].ShouldBeGreaterThan(Jobcentres[area].TrueEfficiency - 0.001);
        }

        found.Average().ShouldBeInRange(Jobcentres.Average(own => own.TrueEfficiency), 1);

        static double Expected(int area) =>
            SyntheticJobcentres.Results.SelectMany(ids => ids).Sum(id => Draw.ExpectedShare(SyntheticMunicipalities.Group(id), area, 108, 12)) * Draw.Structure.Population(area, 108);
    }

    [Fact]
    public void Of_Country_IsOfAPlausibleSize()
    {
        Jobcentres.Sum(own => own.Total).ShouldBeInRange(9_000, 16_000);
        Jobcentres.Sum(own => own.TruePotential).ShouldBeInRange(700, 2_500);
        Jobcentres.Sum(own => own.TruePotentialPersons).ShouldBeInRange(4_000, 15_000);
        Jobcentres.ShouldAllBe(own => own.TrueEfficiency > 0.4 && own.TrueEfficiency <= 1);
        Jobcentres.ShouldAllBe(own => own.CompanyEffort <= own.LongTermSupported && own.LongTermSupported < own.TruePersons);

        // What is booked elsewhere differs from place to place: that is the objection.
        var elsewhere = Jobcentres.Select(own => own.SupportServiceAct / (own.SupportServiceAct + own.MentorEmploymentAct)).ToList();
        (elsewhere.Max() - elsewhere.Min()).ShouldBeGreaterThan(0.6);
    }

    [Fact]
    public void Of_AnotherChance_LeavesTheTruthAlone()
    {
        var other = SyntheticJobcentres.Of(Draw.Structure.Draw(99, redrawEffort: false), 2024);

        other.Select(own => own.Total).ShouldBe(Jobcentres.Select(own => own.Total));
        SyntheticJobcentres.Of(Draw.Structure.Draw(99), 2024).Select(own => own.Total).ShouldNotBe(Jobcentres.Select(own => own.Total));
    }

    [Theory]
    [InlineData(2014)]
    [InlineData(2025)]
    public void Of_YearOutsideThePanel_IsRefused(int year) => Should.Throw<ArgumentOutOfRangeException>(() => SyntheticJobcentres.Of(Draw, year));

    [Fact]
    public void Observe_SmallCounts_AreHiddenAndMoneyIsNot()
    {
        var cells = SyntheticJobcentres.Observe(Draw).ToList();

        cells.Count.ShouldBe(98 * 10 * 6);
        cells.Where(cell => cell.Indicator is SyntheticJobcentres.CompanyEffort or SyntheticJobcentres.LongTermSupported)
            .ShouldAllBe(cell => cell.Value == null ? cell.Status == ObservationStatus.Suppressed : cell.Value == 0 || cell.Value >= 2.5);
        cells.Where(cell => cell.Indicator.EndsWith("expenditure", StringComparison.Ordinal)).ShouldAllBe(cell => cell.Value > 0);
    }
}
