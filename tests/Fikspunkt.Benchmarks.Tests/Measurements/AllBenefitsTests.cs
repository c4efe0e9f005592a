using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Tests.Measurements;

/// <summary>KL's measurement: what leaving benefits out does, and which groups substitute for which.</summary>
public sealed class AllBenefitsTests
{
    private static readonly Lazy<MeasurementResult> Result = new(() => SyntheticInput.Run("kl-all-benefits"));

    [Fact]
    public void LeftOut_Ranks_AreThoseOfARunWithoutTheGroups()
    {
        var spec = SyntheticInput.Definitions.Measurements["kl-all-benefits"];
        var model = SyntheticInput.Definitions.Models["synthetic-denmark"];
        var kept = model.Outcomes.Select(outcome => outcome.BenefitGroup!).Except(spec.List("left_out")).ToList();
        var without = SyntheticInput.Input.Run(BenefitSubset.Of(model, kept, SyntheticInput.Definitions))
            .Results.Where(result => result.Outcome == model.Total!.Id).ToDictionary(result => result.Area, result => result.Rank);
        foreach (var row in Table("left-out").Rows)
        {
            ((int)row[1]! + (int)row[^2]!).ShouldBe(without[(string)row[0]!]);
        }
    }

    [Fact]
    public void Vessels_BuiltIntoTheSyntheticDenmark_AreFound()
    {
        // The generator moves persons between cash benefit and resource programmes: true relative effects correlate by -0.43.
        var row = Table("vessels-municipalities").Rows.First(row => Names(row).SetEquals(["Kontanthjælp", "Ressourceforløb"]));
        ((double)row[2]!).ShouldBeLessThan(0);
        ((double)row[4]!).ShouldBeLessThan(0, "the interval lies below zero");
        ((LocalizedText)row[^1]!).En.ShouldBe("yes");
    }

    [Fact]
    public void Vessels_EveryPair_OnceInBothTables()
    {
        foreach (var id in (string[])["vessels-municipalities", "vessels-time"])
        {
            var pairs = Table(id).Rows.Select(row => string.Join('|', Names(row).Order(StringComparer.Ordinal))).ToList();
            pairs.Count.ShouldBe(12 * 11 / 2);
            pairs.ShouldBeUnique();
        }
    }

    [Fact]
    public void Bias_HasARowForEachGroupLeftOutAndForAll() => Table("systematic-bias").Rows.Count.ShouldBe(5);

    [Fact]
    public void Statements_MovesBeyondChance_AreThoseOfTheTable()
    {
        var beyond = Table("left-out").Rows.Count(row => ((LocalizedText)row[^1]!).En == "yes");
        Result.Value.Statements.Count(statement => statement is { Area: not null, Kind: "gap" } && statement.Text.En.Contains("without the benefits left out it would be", StringComparison.Ordinal)).ShouldBe(beyond);
        Result.Value.Statements[0].Text.En.ShouldContain($"{beyond} municipalit");
    }

    private static HashSet<string> Names(IReadOnlyList<object?> row) => [((LocalizedText)row[0]!).Da, ((LocalizedText)row[1]!).Da];

    private static MeasurementTable Table(string id) => Result.Value.Tables.First(table => table.Id == id);
}
