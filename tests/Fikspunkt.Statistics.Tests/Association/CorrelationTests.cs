using Fikspunkt.Statistics.Association;

namespace Fikspunkt.Statistics.Tests.Association;

/// <summary>Correlation with its interval and corrected for chance.</summary>
public sealed class CorrelationTests
{
    // Ten cars of mtcars; expected values from R 4.2's cor.test.
    private static readonly double[] Miles = [21.0, 21.0, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2];
    private static readonly double[] Weight = [2.620, 2.875, 2.320, 3.215, 3.440, 3.460, 3.570, 3.190, 3.150, 3.440];

    [Fact]
    public void Pearson_KnownFigures_MatchesR()
    {
        var result = Correlation.Pearson(Miles, Weight);
        result.Coefficient.ShouldBe(-0.599189365369649, 1e-12);
        result.Lower.ShouldBe(-0.8922141517630451, 1e-9);
        result.Upper.ShouldBe(0.04887625355147632, 1e-9);
        result.PValue.ShouldBe(0.06715391073521312, 1e-10);
        result.Corrected.ShouldBe(result.Coefficient);
    }

    [Fact]
    public void Correlation_Page_ShowsWhatIsComputed()
    {
        var (plain, chance) = (Correlation.Pearson(Miles, Weight), Correlation.Pearson(Miles, Weight, [.. Enumerable.Repeat(2.0, Miles.Length)]));
        WorkedExampleTests.ShouldShow(
            "correlation.md",
            $"r           {WorkedExampleTests.List([plain.Coefficient], 4)}",
            $"interval    {WorkedExampleTests.List([plain.Lower, plain.Upper], 4)}",
            $"p-value     {WorkedExampleTests.List([plain.PValue], 4)}",
            $"corrected   {WorkedExampleTests.List([chance.Corrected], 4)}");
    }

    [Fact]
    public void Pearson_ShiftAndPositiveScale_DoNotShow_SignFlips() =>
        RandomData.ForAllSeeds(seed =>
        {
            var (x, y) = (RandomData.Normals(seed, 20), RandomData.Normals(seed + 1000, 20));
            var plain = Correlation.Pearson(x, y);
            Correlation.Pearson([.. x.Select(value => 1e6 + (3 * value))], y).Coefficient.ShouldBe(plain.Coefficient, 1e-9);
            Correlation.Pearson([.. x.Select(value => -value)], y).Coefficient.ShouldBe(-plain.Coefficient, 1e-12);
            plain.Coefficient.ShouldBeInRange(plain.Lower, plain.Upper);
        });

    [Fact]
    public void Pearson_NoiseAdded_CorrectionGivesBackWhatWasBehind()
    {
        // 4,000 units with correlation 0.8 behind noise of the same size as the signal.
        const int units = 4000;
        var (a, b, e, f) = (RandomData.Normals(1, units), RandomData.Normals(2, units), RandomData.Normals(3, units), RandomData.Normals(4, units));
        double[] x = [.. a.Zip(e, (signal, noise) => signal + noise)];
        double[] y = [.. a.Zip(b, (signal, other) => (0.8 * signal) + (0.6 * other)).Zip(f, (signal, noise) => signal + noise)];
        double[] chance = [.. Enumerable.Repeat(1.0, units)];
        var result = Correlation.Pearson(x, y, chance, chance);
        result.Coefficient.ShouldBe(0.4, 0.05);
        result.Corrected.ShouldBe(0.8, 0.08);
    }

    [Fact]
    public void Pearson_DegenerateInput_GivesTheDocumentedValueOrATypedError()
    {
        Should.Throw<TooFewUnitsException>(() => Correlation.Pearson([1, 2, 3], [1, 2, 3]));
        Should.Throw<InvalidValueException>(() => Correlation.Pearson([1, 2, double.NaN, 4], [1, 2, 3, 4]));
        Should.Throw<InvalidValueException>(() => Correlation.Pearson([1, 2, 3, 4], [1, 2, 3, 4], [1, -1, 1, 1]));
        Correlation.Pearson([1, 1, 1, 1], [1, 2, 3, 4]).Coefficient.ShouldBe(double.NaN);
        Correlation.Pearson([1, 2, 3, 4], [2, 4, 6, 8]).ShouldBe(new CorrelationResult(1, 1, 1, 0, 1, 1, 1));
        Correlation.Pearson(Miles, Weight, [.. Miles.Select(_ => 1e6)]).Corrected.ShouldBe(double.NaN);
    }
}
