using Fikspunkt.Statistics.Multiplicity;

namespace Fikspunkt.Statistics.Tests.Multiplicity;

public sealed class DetectionTests
{
    private static readonly DetectionDesign TwoShares = new(Measure.Proportion, 0.2, ReferenceRatio: 1);

    [Fact]
    public void Detection_TwoShares_IsPowerPropTest()
    {
        // R 4.2.2: power.prop.test(n = 400, p1 = 0.2, power = 0.8, tol = 1e-14)$p2 - 0.2, and so on.
        Detection.SmallestDifference(TwoShares, 400).Above.ShouldBe(0.084766606049580195, 1e-12);
        Detection.SmallestDifference(TwoShares with { OneSided = true }, 400).Above.ShouldBe(0.074706860601925273, 1e-12);
        Detection.Power(TwoShares, 400, 0.07).ShouldBe(0.64658343257468653, 1e-13);
        Detection.Size(TwoShares with { Power = 0.9 }, 0.07).ShouldBe(768.92974035525799, 1e-8);
    }

    [Fact]
    public void Detection_KnownMean_IsTheTextbookFormula()
    {
        var design = new DetectionDesign(Measure.Mean, 10, Variance: 9);
        var expected = (1.959963984540054 + 0.8416212335729143) * 3 / 10;
        Detection.SmallestDifference(design, 100).ShouldBe(new DetectableDifference(-expected, expected), DifferenceTolerance.Instance);
        Detection.SmallestDifference(design with { ReferenceRatio = 1 }, 100).Above.ShouldBe(expected * Math.Sqrt(2), 1e-14);
        Detection.SmallestDifference(design with { Phi = 4 }, 100).Above.ShouldBe(expected * 2, 1e-14);
    }

    [Fact]
    public void Detection_Rate_SolvesItsEquation()
    {
        var design = new DetectionDesign(Measure.Rate, 0.04);
        var (below, above) = Detection.SmallestDifference(design, 5000);
        ((1.959963984540054 * Math.Sqrt(0.04 / 5000)) + (0.8416212335729143 * Math.Sqrt((0.04 + above) / 5000))).ShouldBe(above, 1e-14);
        ((1.959963984540054 * Math.Sqrt(0.04 / 5000)) + (0.8416212335729143 * Math.Sqrt((0.04 + below) / 5000))).ShouldBe(-below, 1e-14);
        Detection.SmallestDifference(design, 50).Below.ShouldBe(double.NaN);
    }

    [Fact]
    public void Detection_AnyDesign_DifferencePowerAndSizeAgree() =>
        RandomData.ForAllSeeds(seed =>
        {
            var random = new Random(seed);
            var design = new DetectionDesign(
                (Measure)random.Next(3), 0.1 + (0.8 * random.NextDouble()), 2, 0.01 + (0.1 * random.NextDouble()), 0.5 + (0.45 * random.NextDouble()), 0.5 + random.NextDouble(),
                random.Next(3) switch { 0 => double.PositiveInfinity, 1 => 1, _ => 10 * random.NextDouble() }, random.Next(2) == 0);
            var size = random.Next(20, 5000);
            var (below, above) = Detection.SmallestDifference(design, size);
            foreach (var difference in new[] { below, above }.Where(double.IsFinite))
            {
                Detection.Power(design, size, difference).ShouldBe(design.Power, 1e-9);
                Detection.Size(design, difference).ShouldBe(size, 1e-6 * size);
                Detection.Power(design, size * 2, difference).ShouldBeGreaterThan(design.Power);
                Math.Abs(Detection.SmallestDifference(design with { Phi = design.Phi / 2 }, size).Above).ShouldBeLessThan(Math.Abs(double.IsNaN(above) ? 99 : above));
            }
        });

    [Fact]
    public void Detection_NoDifference_IsFoundInOneTailOfAlpha() =>
        Detection.Power(TwoShares with { Alpha = 0.05 }, 400, 0).ShouldBe(0.025, 1e-15);

    [Fact]
    public void Detection_SmallUnit_CannotShowADifference()
    {
        var (below, above) = Detection.SmallestDifference(new DetectionDesign(Measure.Proportion, 0.05), 20);
        below.ShouldBe(double.NaN);
        above.ShouldBeInRange(0.1, 0.3);
        Detection.SmallestDifference(new DetectionDesign(Measure.Proportion, 0.5), 2).ShouldBe(new DetectableDifference(double.NaN, double.NaN));
        Detection.Power(new DetectionDesign(Measure.Proportion, 0.5), 100, -0.5).ShouldBe(1);
        Detection.Power(new DetectionDesign(Measure.Proportion, 0.5), 1, -0.5).ShouldBe(0);
    }

    [Fact]
    public void Detection_ImpossibleInput_Throws()
    {
        void Refuses(DetectionDesign design, string argument) => Should.Throw<InvalidValueException>(() => Detection.SmallestDifference(design, 10)).Argument.ShouldBe(argument);
        Refuses(TwoShares with { Base = 0 }, "Base");
        Refuses(TwoShares with { Base = 1 }, "Base");
        Refuses(TwoShares with { Base = double.NaN }, "Base");
        Refuses(TwoShares with { Alpha = 0 }, "Alpha");
        Refuses(TwoShares with { Power = 0.025 }, "Power");
        Refuses(TwoShares with { Phi = 0 }, "Phi");
        Refuses(TwoShares with { ReferenceRatio = double.NaN }, "ReferenceRatio");
        Refuses(new DetectionDesign(Measure.Mean, 3), "Variance");
        Should.Throw<InvalidValueException>(() => Detection.SmallestDifference(TwoShares, 0)).Argument.ShouldBe("size");
        Should.Throw<InvalidValueException>(() => Detection.Size(TwoShares, 0)).Argument.ShouldBe("difference");
        Should.Throw<InvalidValueException>(() => Detection.Power(TwoShares, 10, 0.9)).Argument.ShouldBe("difference");
    }

    private sealed class DifferenceTolerance : IEqualityComparer<DetectableDifference>
    {
        public static DifferenceTolerance Instance { get; } = new();

        public bool Equals(DetectableDifference x, DetectableDifference y) => Math.Abs(x.Below - y.Below) < 1e-14 && Math.Abs(x.Above - y.Above) < 1e-14;

        public int GetHashCode(DetectableDifference obj) => 0;
    }
}
