using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Tests.Measurements;

/// <summary>The ministry's benchmark: its rule as published in November 2018, and its versions.</summary>
public sealed class MinistryBenchmarkTests
{
    // KL's letter, November 2018: full-time persons rounded to tens; mio. kr. Populations aged 16-66 are round figures near those of 2018.
    private static readonly (string Name, double Actual, double Expected, double Kroner, double Population)[] Published =
    [
        ("Nyborg", 1620, 1840, -16.3, 20_000),
        ("Frederiksberg", 4330, 5090, -57.3, 73_000),
        ("Gladsaxe", 2980, 3400, -31.1, 44_000),
        ("Hedensted", 1820, 2080, -18.2, 29_000),
        ("Billund", 1090, 1230, -9.4, 17_000),
    ];

    [Fact]
    public void Order_OfThePublishedList_IsThatOfTheShareOfThePopulation_NotOfPersonsNorOfTheExpected()
    {
        Published.Select(row => (row.Actual - row.Expected) / row.Population).ShouldBeInOrder(SortDirection.Ascending);
        IsAscending(Published.Select(row => row.Actual - row.Expected)).ShouldBeFalse();
        IsAscending(Published.Select(row => (row.Actual - row.Expected) / row.Expected)).ShouldBeFalse();
    }

    [Fact]
    public void Kroner_OfThePublishedList_HaveTheSignOfTheDifferenceAndAPriceThatFollowsTheBenefits()
    {
        foreach (var row in Published)
        {
            Math.Sign(row.Kroner).ShouldBe(Math.Sign(row.Actual - row.Expected));

            // Persons are rounded to tens, so the price is known within half of ten persons.
            var price = row.Kroner * 1e6 / (row.Actual - row.Expected);
            price.ShouldBeInRange(67_000 * 0.95, 75_500 * 1.05);
        }
    }

    [Theory]
    [InlineData("ministry-2018", 6)]
    [InlineData("ministry-2019", 8)]
    public void Run_Version_HasItsBenefitsAndAddsThemUp(string id, int groups)
    {
        var result = SyntheticInput.Run(id);
        result.Synthetic.ShouldBeTrue();
        result.Tables.Count.ShouldBe(1 + groups);
        result.Positions.Count.ShouldBe(98 * (1 + groups));
        var total = result.Tables[0];
        var sums = result.Tables.Skip(1).SelectMany(table => table.Rows.Select(row => Row(table, row))).GroupBy(row => row.Area).ToDictionary(
            area => area.Key, area => (Actual: area.Sum(row => row.Actual), Expected: area.Sum(row => row.Expected), Kroner: area.Sum(row => row.Kroner)));
        foreach (var row in total.Rows.Select(row => Row(total, row)))
        {
            row.Actual.ShouldBe(sums[row.Area].Actual, 1e-6);
            row.Expected.ShouldBe(sums[row.Area].Expected, 1e-6);
            row.Kroner.ShouldBe(sums[row.Area].Kroner, 0.05m);
            row.Fewer.ShouldBe(row.Expected - row.Actual, 1e-6);
        }

        // Ordered by the share of the population, not by persons.
        IsAscending(total.Rows.Select(row => (double)row[Place(total, "difference_pp")]!)).ShouldBeTrue();
        IsAscending(total.Rows.Select(row => -(double)row[Place(total, "fewer_persons")]!)).ShouldBeFalse();
        result.Positions[0].Outcome.ShouldBe(total.Id);
    }

    [Fact]
    public void BenefitSubset_GroupThatTheModelLacks_IsNamed() =>
        Should.Throw<InputException>(() => BenefitSubset.Of(SyntheticInput.Definitions.Models["synthetic-denmark"], ["su"], SyntheticInput.Definitions)).Problems[0].Found.ShouldBe("su");

    private static bool IsAscending(IEnumerable<double> values) => values.Zip(values.Skip(1)).All(pair => pair.First <= pair.Second);

    private static (string Area, double Actual, double Expected, double Fewer, decimal Kroner) Row(MeasurementTable table, IReadOnlyList<object?> row) => (
        (string)row[Place(table, "area")]!, (double)row[Place(table, "actual_persons")]!, (double)row[Place(table, "expected_persons")]!,
        (double)row[Place(table, "fewer_persons")]!, (decimal)row[Place(table, "kroner")]!);

    private static int Place(MeasurementTable table, string column) => table.Columns.Select((item, place) => (item.Id, place)).First(item => item.Id == column).place;
}
