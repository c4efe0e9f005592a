using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;

namespace Fikspunkt.Reports.Tests;

public class NeighboursTests
{
    [Fact]
    public void Of_ByConditions_IsTheStandardisedEuclideanDistance()
    {
        var run = FakeRun.Create();
        var results = run.Results.Where(result => result.Outcome == "total" && result.Period == Period.Parse("2024QMAT04")).ToList();

        var nearest = new Neighbours(run.Spec, results).Of("751", 97);

        nearest.Count.ShouldBe(97);
        nearest.Select(neighbour => neighbour.Distance).ShouldBeInOrder();
        foreach (var neighbour in nearest)
        {
            neighbour.Distance.ShouldBe(Naive(results, "751", neighbour.Area), 1e-9);
        }
    }

    [Fact]
    public void Parts_OfADistance_AreTheConditionsShares_LargestFirst()
    {
        var run = FakeRun.Create();
        var results = run.Results.Where(result => result.Outcome == "total" && result.Period == Period.Parse("2024QMAT04")).ToList();

        var parts = new Neighbours(run.Spec, results).Parts("751", "101");

        parts.Sum(part => part.Part).ShouldBe(1, 1e-12);
        parts.Select(part => part.Part).ShouldBeInOrder(SortDirection.Descending);
        var squares = Enumerable.Range(0, 3).Select(k => Square(results, "751", "101", k)).ToList();
        parts[0].Part.ShouldBe(squares.Max() / squares.Sum(), 1e-9);
        parts[0].Covariate.ShouldBe(results[0].Contributions[squares.IndexOf(squares.Max())].Covariate);
    }

    [Fact]
    public void FunnelLimits_AtTheMedianMunicipality_ReproduceItsInterval()
    {
        // With the same chance per person and the same error of the expectation everywhere, the limit is each municipality's own.
        var first = FakeRun.Create().Results[0];
        var results = new[] { 1000.0, 4000, 16000 }.Select(exposure => Sized(first, exposure)).ToList();

        var limits = PageData.FunnelLimits(results);

        limits[0]!["upper"]!.GetValue<double>().ShouldBe(100 * (results[0].Upper - results[0].Difference), 1e-4);
        limits[^1]!["upper"]!.GetValue<double>().ShouldBe(100 * (results[2].Upper - results[2].Difference), 1e-4);
    }

    private static AreaResult Sized(AreaResult result, double exposure)
    {
        var error = Math.Sqrt((0.09 / exposure) + 1e-6);
        return result with { Exposure = exposure, ChanceStandardError = Math.Sqrt(0.09 / exposure), ExpectationStandardError = 1e-3, StandardError = error, Lower = result.Difference - (2 * error), Upper = result.Difference + (2 * error) };
    }

    // The same in three plain loops; income enters as its logarithm.
    private static double Naive(List<AreaResult> results, string a, string b)
    {
        var sum = 0.0;
        for (var k = 0; k < 3; k++)
        {
            sum += Square(results, a, b, k);
        }

        return Math.Sqrt(sum);
    }

    private static double Square(List<AreaResult> results, string a, string b, int k)
    {
        var values = results.ToDictionary(result => result.Area, result => k == 2 ? Math.Log(result.Contributions[k].Value) : result.Contributions[k].Value);
        var mean = values.Values.Average();
        var deviation = Math.Sqrt(values.Values.Sum(value => Math.Pow(value - mean, 2)) / values.Count);
        return Math.Pow((values[a] - values[b]) / deviation, 2);
    }
}
