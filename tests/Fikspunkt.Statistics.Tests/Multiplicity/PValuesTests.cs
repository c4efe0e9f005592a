using Fikspunkt.Statistics.Multiplicity;

namespace Fikspunkt.Statistics.Tests.Multiplicity;

public sealed class PValuesTests
{
    private static readonly double[] P = [0.01, 0.02, 0.03, 0.04, 0.05, double.NaN, 0.001, 0.2, 0.2, 0.9];

    // R 4.2.2: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05, NA, 0.001, 0.2, 0.2, 0.9), method)
    [Theory]
    [InlineData(Adjustment.Bonferroni, new[] { 0.09, 0.18, 0.27, 0.36, 0.45, double.NaN, 0.009, 1, 1, 1 })]
    [InlineData(Adjustment.Holm, new[] { 0.08, 0.14, 0.18, 0.2, 0.2, double.NaN, 0.009, 0.6, 0.6, 0.9 })]
    [InlineData(Adjustment.Hochberg, new[] { 0.08, 0.14, 0.18, 0.2, 0.2, double.NaN, 0.009, 0.4, 0.4, 0.9 })]
    [InlineData(Adjustment.BenjaminiHochberg, new[] { 0.045, 0.06, 0.0675, 0.072, 0.075, double.NaN, 0.009, 0.225, 0.225, 0.9 })]
    [InlineData(Adjustment.BenjaminiYekutieli, new[] { 0.12730357142857146, 0.16973809523809524, 0.19095535714285716, 0.20368571428571433, 0.21217261904761908, double.NaN, 0.025460714285714288, 0.63651785714285725, 0.63651785714285725, 1 })]
    public void Adjust_TenValues_AreThoseOfR(Adjustment adjustment, double[] expected)
    {
        var adjusted = PValues.Adjust(P, adjustment);
        for (var i = 0; i < P.Length; i++)
        {
            (adjusted[i].Equals(expected[i]) || Math.Abs(adjusted[i] - expected[i]) < 1e-15).ShouldBeTrue($"{i}: {adjusted[i]}");
        }
    }

    [Theory]
    [InlineData(Adjustment.Bonferroni)]
    [InlineData(Adjustment.Holm)]
    [InlineData(Adjustment.Hochberg)]
    [InlineData(Adjustment.BenjaminiHochberg)]
    [InlineData(Adjustment.BenjaminiYekutieli)]
    public void Reject_AnyValues_IsTheStepwiseProcedure(Adjustment adjustment) =>
        RandomData.ForAllSeeds(seed =>
        {
            var random = new Random(seed);
            double[] p = [.. Enumerable.Range(0, random.Next(1, 15)).Select(_ => Math.Pow(random.NextDouble(), 4))];
            PValues.Reject(p, adjustment, 0.05).ShouldBe(Stepwise(p, adjustment, 0.05));
        });

    [Fact]
    public void Adjust_AnyValues_KeepOrderAndDominance() =>
        RandomData.ForAllSeeds(seed =>
        {
            var random = new Random(seed);
            double[] p = [.. Enumerable.Range(0, 12).Select(_ => random.NextDouble())];
            var order = RandomData.Permutation(seed, 12);
            var by = Enum.GetValues<Adjustment>().ToDictionary(kind => kind, kind => PValues.Adjust(p, kind));
            foreach (var kind in by.Keys)
            {
                var permuted = PValues.Adjust([.. order.Select(i => p[i])], kind);
                permuted.ShouldBe([.. order.Select(i => by[kind][i])]);
            }

            for (var i = 0; i < 12; i++)
            {
                by[Adjustment.BenjaminiHochberg][i].ShouldBeGreaterThanOrEqualTo(p[i]);
                by[Adjustment.Hochberg][i].ShouldBeGreaterThanOrEqualTo(by[Adjustment.BenjaminiHochberg][i] - 1e-15);
                by[Adjustment.Holm][i].ShouldBeGreaterThanOrEqualTo(by[Adjustment.Hochberg][i]);
                by[Adjustment.Bonferroni][i].ShouldBeGreaterThanOrEqualTo(by[Adjustment.Holm][i]);
                by[Adjustment.BenjaminiYekutieli][i].ShouldBeGreaterThanOrEqualTo(by[Adjustment.BenjaminiHochberg][i]);
            }
        });

    [Fact]
    public void Adjust_Degenerate_GivesTheDocumentedValues()
    {
        PValues.Adjust([], Adjustment.Holm).ShouldBeEmpty();
        PValues.Adjust([double.NaN], Adjustment.BenjaminiYekutieli).ShouldBe([double.NaN]);
        PValues.Adjust([0.03], Adjustment.BenjaminiYekutieli).ShouldBe([0.03]);
        PValues.Adjust([0, 0, 1], Adjustment.Holm).ShouldBe([0, 0, 1]);
        PValues.Reject([double.NaN, 0.01], Adjustment.Bonferroni, 0.01).ShouldBe([false, true]);
        Should.Throw<InvalidValueException>(() => PValues.Adjust([0.5, 1.01], Adjustment.Holm)).Row.ShouldBe(1);
        Should.Throw<InvalidValueException>(() => PValues.Adjust([-0.1], Adjustment.Holm));
        Should.Throw<InvalidValueException>(() => PValues.Reject([0.5], Adjustment.Holm, double.NaN)).Argument.ShouldBe("alpha");
    }

    /// <summary>The procedures as their papers state them.</summary>
    private static bool[] Stepwise(double[] p, Adjustment adjustment, double alpha)
    {
        var (m, sorted) = (p.Length, p.Order().ToArray());
        var harmonic = Enumerable.Range(1, m).Sum(j => 1.0 / j);
        bool Passes(int j) => sorted[j] <= adjustment switch
        {
            Adjustment.Bonferroni => alpha / m,
            Adjustment.Holm or Adjustment.Hochberg => alpha / (m - j),
            Adjustment.BenjaminiHochberg => alpha * (j + 1) / m,
            _ => alpha * (j + 1) / m / harmonic,
        };
        var ranks = Enumerable.Range(0, m);
        var rejected = adjustment == Adjustment.Holm ? ranks.TakeWhile(Passes).Count() : ranks.Where(Passes).Select(j => j + 1).DefaultIfEmpty(0).Max();
        return [.. p.Select(value => Array.IndexOf(sorted, value) < rejected)];
    }
}
