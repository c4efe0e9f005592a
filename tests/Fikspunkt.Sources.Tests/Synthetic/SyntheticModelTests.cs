using Fikspunkt.Sources.Synthetic;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Sources.Tests.Synthetic;

/// <summary>Whether the right model, fitted to figures without effort and chance, finds the expected shares again.</summary>
public sealed class SyntheticModelTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(48)]
    [InlineData(60)]
    [InlineData(108)]
    public void FractionalLogit_OnPublishedConditions_FindsTheExpectedShares(int firstMonth)
    {
        var draw = SyntheticMunicipalities.Draw;
        var structure = SyntheticMunicipalities.Structure;
        var x = new RowMatrix(98, 9);
        var weights = new double[98];
        for (var area = 0; area < 98; area++)
        {
            x[area, 0] = 1;
            weights[area] = structure.Population(area, firstMonth + 11);
            for (var k = 0; k < 8; k++)
            {
                x[area, k + 1] = SyntheticConditions.Transformed(k, structure.Condition(k, area, firstMonth + 11));
            }
        }

        for (var group = 0; group < SyntheticGroup.All.Count; group++)
        {
            var shares = Enumerable.Range(0, 98).Select(area => draw.ExpectedShare(group, area, firstMonth, 12)).ToArray();
            var fit = FractionalLogit.Fit(x, shares, weights);
            for (var area = 0; area < 98; area++)
            {
                // The logit of a year's mean cannot follow months in which the national level and the local cycle move together (2020). Below 0.15 of
                // the chance error that does no harm: a 95 % interval still covers 94.7 %.
                var miss = Math.Abs(fit.Fitted[area] - shares[area]) / Math.Sqrt(draw.ChanceVariance(group, area, firstMonth, 12));
                miss.ShouldBeLessThan(0.15, $"{SyntheticGroup.All[group].Id} {structure.Municipalities[area].Code}");
            }
        }
    }
}
