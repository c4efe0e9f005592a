using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Benchmarks.Tests.Published;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Tests.Measurements;

/// <summary>The published list as a measurement: made up, and the ministry's own.</summary>
public sealed class PublishedMeasurementTests
{
    private static readonly VintageReference Vintage = new("v", "y30r21", "test", "2026-11-20T00:00:00Z", "0", Synthetic: false);

    [Fact]
    public void Run_MadeUpList_PutsPublishedRanksBesideThoseOfTheFigures()
    {
        const int Units = 30;
        var observations = PublishedData.MadeUp(Units, 2, seed: 5);
        var definitions = PublishedData.Definitions(Enumerable.Range(0, Units).Select(i => $"Kommune {i}"));
        var result = Run(definitions, observations, PublishedData.Spec(groups: 2));
        result.Positions.Count.ShouldBe(2 * Units);
        result.Positions[0].Outcome.ShouldBe(PublishedData.Total);
        var table = result.Tables[0];
        table.Rows.Count.ShouldBe(Units);
        foreach (var row in table.Rows)
        {
            // Ranks were made from the published differences, ties by code: those that are not tied must reproduce.
            var (published, how) = ((int)row[1]!, ((LocalizedText)row[3]!).En);
            published.ShouldBeInRange((int)row[4]!, (int)row[5]!);
            how.ShouldBeOneOf("yes", "shared difference");
        }

        var summary = result.Tables[1].Rows.First(row => row[1] as string == PublishedData.Periods[^1].ToString());
        ((int)summary[3]!).ShouldBe(table.Rows.Count(row => ((LocalizedText)row[3]!).En == "yes"));
        result.Statements.Count(statement => statement.Kind == "change").ShouldBe(Units);
    }

    [Fact]
    public void Run_TheMinistrysList_ReproducesTheRanksThatRoundingAllows()
    {
        var (observations, definitions, model) = PublishedData.RealWithDefinitions();
        var quick = model with { Ranking = model.Ranking with { Draws = 300 }, PublishedFigures = model.PublishedFigures! with { Replications = 30 } };
        var result = Run(definitions, observations, quick);
        var table = result.Tables[0];
        table.Rows.Count.ShouldBe(98);
        foreach (var row in table.Rows.Where(row => ((LocalizedText)row[3]!).En == "yes"))
        {
            row[1].ShouldNotBeNull();
        }

        var (reproduced, tied) = (table.Rows.Count(row => ((LocalizedText)row[3]!).En == "yes"), (int)result.Tables[1].Rows.First(row => row[0] == (object)model.Outcomes[0].Name)[4]!);
        (reproduced + tied).ShouldBeLessThanOrEqualTo(98);
        result.Statements[0].Text.En.ShouldStartWith($"{reproduced} of 98 published ranks follow");
    }

    private static MeasurementResult Run(DefinitionSet definitions, IReadOnlyList<Observation> observations, ModelSpec model)
    {
        var spec = SyntheticInput.Definitions.Measurements["published-y30r21"] with { Model = model.Id };
        var own = definitions with { Models = new SortedDictionary<string, ModelSpec>(StringComparer.Ordinal) { [model.Id] = model } };
        return MeasurementRunner.Run(spec, new MeasurementInput(own, observations, [Vintage]));
    }
}
