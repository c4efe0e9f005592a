using Fikspunkt.Statistics.Multiplicity;
using Fikspunkt.Statistics.Rates;
using static Fikspunkt.Statistics.Tests.WorkedExampleTests;

namespace Fikspunkt.Statistics.Tests.Multiplicity;

/// <summary>The numbers printed in docs/methods/multiplicity-and-power.md and rates-standardised.md are what the library computes.</summary>
public sealed class MultiplicityPageTests
{
    [Fact]
    public void Multiplicity_Page_ShowsWhatIsComputed()
    {
        double[] p = [0.001, 0.03, 0.035, 0.04, 0.3];
        string Row(Adjustment adjustment) => List(PValues.Adjust(p, adjustment), 4);
        var share = new DetectionDesign(Measure.Proportion, 0.3);
        var small = Detection.SmallestDifference(share, 100);
        var large = Detection.SmallestDifference(share, 2000);
        var dispersed = Detection.SmallestDifference(share with { Phi = 2.5 }, 2000);
        var pair = Detection.SmallestDifference(share with { ReferenceRatio = 1 }, 2000);
        var rate = Detection.SmallestDifference(new DetectionDesign(Measure.Rate, 0.02), 5000);
        ShouldShow(
            "multiplicity-and-power.md",
            $"Bonferroni              {Row(Adjustment.Bonferroni)}",
            $"Holm                    {Row(Adjustment.Holm)}",
            $"Hochberg                {Row(Adjustment.Hochberg)}",
            $"Benjamini-Hochberg      {Row(Adjustment.BenjaminiHochberg)}",
            $"Benjamini-Yekutieli     {Row(Adjustment.BenjaminiYekutieli)}",
            $"30 % of 100             {List([small.Below, small.Above], 4)}",
            $"30 % of 2,000           {List([large.Below, large.Above], 4)}",
            $"the same, phi 2.5       {List([dispersed.Below, dispersed.Above], 4)}",
            $"against its equal       {List([pair.Below, pair.Above], 4)}",
            $"2 a year per 100        {List([rate.Below, rate.Above], 5)}",
            $"power for +0.02         {List([Detection.Power(share, 2000, 0.02)], 4)}",
            $"size for +0.02          {List([Detection.Size(share, 0.02)], 1)}");
    }

    [Fact]
    public void Standardised_Page_ShowsWhatIsComputed()
    {
        double[] events = [3, 8, 15, 40];
        double[] persons = [1200, 2500, 1800, 900];
        double[] standard = [24000, 31000, 28000, 17000];
        var dobson = Standardisation.Direct(events, persons, standard);
        var gamma = Standardisation.Direct(events, persons, standard, method: DirectMethod.FayFeuer);
        var indirect = Standardisation.Indirect(events, persons, [300, 700, 1600, 3900], [110000, 240000, 190000, 95000]);
        var wide = Standardisation.Direct(events, persons, standard, 0.998);
        ShouldShow(
            "rates-standardised.md",
            $"crude rate per 1,000            {List([1000 * dobson.Events / dobson.Exposure], 3)}",
            $"direct rate, Dobson             {List([1000 * dobson.Rate, 1000 * dobson.Interval.Lower, 1000 * dobson.Interval.Upper], 3)}",
            $"direct rate, Fay and Feuer      {List([1000 * gamma.Rate, 1000 * gamma.Interval.Lower, 1000 * gamma.Interval.Upper], 3)}",
            $"observed, expected              {List([indirect.Observed, indirect.Expected], 2)}",
            $"ratio                           {List([indirect.Ratio, indirect.RatioInterval.Lower, indirect.RatioInterval.Upper], 4)}",
            $"indirect rate                   {List([1000 * indirect.Rate, 1000 * indirect.RateInterval.Lower, 1000 * indirect.RateInterval.Upper], 3)}",
            $"direct rate against 8 and 15    {ReferenceComparison.Classify(dobson.Interval, wide.Interval, 0.008, Polarity.HigherIsBetter)} {ReferenceComparison.Classify(dobson.Interval, wide.Interval, 0.015, Polarity.HigherIsBetter)}");
    }
}
