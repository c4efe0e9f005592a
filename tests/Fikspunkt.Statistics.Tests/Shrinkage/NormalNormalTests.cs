using Fikspunkt.Statistics.Shrinkage;

namespace Fikspunkt.Statistics.Tests.Shrinkage;

public sealed class NormalNormalTests
{
    // Rubin's eight schools (Journal of Educational Statistics 6 (1981) 377-400): the likelihood is highest at no variance at all.
    private static readonly double[] Effects = [28, 8, -3, 7, -1, 1, 18, 12];
    private static readonly double[] Errors = [15, 10, 16, 11, 9, 11, 10, 18];

    [Theory]
    [InlineData(BetweenVarianceMethod.Reml)]
    [InlineData(BetweenVarianceMethod.PauleMandel)]
    public void Estimate_EightSchools_ShrinksAllTheWay(BetweenVarianceMethod method)
    {
        var estimate = NormalNormal.Estimate(Effects, Errors, method);
        estimate.BetweenVariance.ShouldBe(0);
        estimate.Shrunken.ShouldAllBe(value => Math.Abs(value - 7.686) < 0.001);
        estimate.PosteriorSd.ShouldAllBe(sd => Math.Abs(sd - 4.072) < 0.001);
        estimate.MeanStandardError.ShouldBe(estimate.PosteriorSd[0], 1e-12);
    }

    [Fact]
    public void Estimate_EqualErrors_HasTheClosedForm()
    {
        var y = RandomData.Normals(5, 12).Select(value => 3 * value).ToArray();
        var variance = y.Sum(value => (value - y.Average()) * (value - y.Average())) / 11;
        foreach (var method in Enum.GetValues<BetweenVarianceMethod>())
        {
            var estimate = NormalNormal.Estimate(y, Enumerable.Repeat(1.5, 12).ToArray(), method);
            estimate.BetweenVariance.ShouldBe(variance - 2.25, 1e-11);
            estimate.Mean.ShouldBe(y.Average(), 1e-12);
            var b = (variance - 2.25) / variance;
            estimate.Factor[3].ShouldBe(b, 1e-11);
            estimate.Shrunken[3].ShouldBe(y.Average() + (b * (y[3] - y.Average())), 1e-11);
            estimate.PosteriorSd[3].ShouldBe(Math.Sqrt((b * 2.25) + ((1 - b) * (1 - b) * variance / 12)), 1e-11);
        }
    }

    [Fact]
    public void Estimate_Reml_IsTheHighestPointOfTheDirectLikelihood() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (y, s) = Unequal(seed);
            var estimate = NormalNormal.Estimate(y, s);
            var ones = RowMatrix.FromColumns(Enumerable.Repeat(1.0, y.Length).ToArray());
            double At(double between) => DirectLikelihood.Of(ones, y, LikelihoodKind.Restricted, (i, j) => i == j ? between + (s[i] * s[i]) : 0);
            var best = At(estimate.BetweenVariance);
            foreach (var factor in new[] { 0.25, 0.9, 0.999, 1.001, 1.1, 4, 40 })
            {
                At((estimate.BetweenVariance * factor) + (estimate.BetweenVariance == 0 ? factor * 0.01 : 0)).ShouldBeLessThanOrEqualTo(best + 1e-12);
            }
        });

    [Fact]
    public void Estimate_PauleMandel_MeetsItsEquation() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (y, s) = Unequal(seed);
            var estimate = NormalNormal.Estimate(y, s, BetweenVarianceMethod.PauleMandel);
            var q = y.Select((value, i) => (value - estimate.Mean) * (value - estimate.Mean) / (estimate.BetweenVariance + (s[i] * s[i]))).Sum();
            if (estimate.BetweenVariance > 0)
            {
                q.ShouldBe(y.Length - 1, 1e-9);
            }
            else
            {
                q.ShouldBeLessThanOrEqualTo(y.Length - 1);
            }
        });

    [Fact]
    public void Estimate_ScaleShiftAndOrder_ChangeWhatTheyShould() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (y, s) = Unequal(seed);
            var estimate = NormalNormal.Estimate(y, s);
            var order = RandomData.Permutation(seed, y.Length);
            var moved = NormalNormal.Estimate([.. order.Select(i => (1e-6 * y[i]) + 1)], [.. order.Select(i => 1e-6 * s[i])]);
            moved.BetweenVariance.ShouldBe(1e-12 * estimate.BetweenVariance, 1e-18);
            moved.Shrunken.ShouldBe(order.Select(i => (1e-6 * estimate.Shrunken[i]) + 1), 1e-12);
            moved.PosteriorSd.ShouldBe(order.Select(i => 1e-6 * estimate.PosteriorSd[i]), 1e-12);
        });

    [Fact]
    public void Estimate_AllTied_AreNotMoved()
    {
        var estimate = NormalNormal.Estimate([4, 4, 4], [1, 2, 3]);
        (estimate.BetweenVariance, estimate.Mean).ShouldBe((0, 4));
        estimate.Shrunken.ShouldBe([4, 4, 4]);
    }

    [Fact]
    public void Estimate_HugeSpread_BarelyShrinks()
    {
        var estimate = NormalNormal.Estimate([-1e9, 0, 1e9], [1, 1, 1]);
        estimate.BetweenVariance.ShouldBe(1e18, 1e9);
        estimate.Factor[0].ShouldBe(1, 1e-15);
    }

    [Fact]
    public void Estimate_ImpossibleInput_Throws()
    {
        Should.Throw<TooFewUnitsException>(() => NormalNormal.Estimate([1], [1]));
        Should.Throw<InvalidValueException>(() => NormalNormal.Estimate([1, double.NaN], [1, 1])).Row.ShouldBe(1);
        Should.Throw<InvalidValueException>(() => NormalNormal.Estimate([1, 2], [1, 0])).Argument.ShouldBe("standardErrors");
        Should.Throw<ArgumentException>(() => NormalNormal.Estimate([1, 2], [1]));
    }

    private static (double[] Estimates, double[] Errors) Unequal(int seed)
    {
        var errors = RandomData.Normals(seed, 15).Select(value => 0.3 + Math.Abs(value)).ToArray();
        var (noise, effects) = (RandomData.Normals(seed + 1, 15), RandomData.Normals(seed + 2, 15));
        return ([.. errors.Select((s, i) => (s * noise[i]) + ((seed % 4) * effects[i]))], errors);
    }
}
