using Fikspunkt.Bench.Coverage;
using Fikspunkt.Definitions;
using Fikspunkt.Sources.Synthetic;
using Fikspunkt.Testing;

namespace Fikspunkt.Benchmarks.Tests;

/// <summary>A short form of the coverage study; the long one is in docs/methods/coverage.md.</summary>
public class CoverageTests
{
    /// <summary>
    /// With 40 replications a coverage of 95 % has a standard error of about 0.4 points per outcome (replications as units),
    /// so the bounds of 93-97 % are one and a half points wider here.
    /// </summary>
    [Fact]
    public void IntervalsAndRankSets_OnSyntheticDenmark_HoldTheTruth()
    {
        var definitions = DefinitionLoader.Load(RepositoryFiles.Path("definitions"));
        var model = definitions.Models["synthetic-denmark"];
        var spec = model with
        {
            Periods = model.Periods with { Select = ["latest"], TrendMonths = 0 },
            Ranking = model.Ranking with { Draws = 500 },
        };
        var result = CoverageStudy.Run(SyntheticStructure.Create(new SyntheticOptions(), definitions.Municipalities), spec, definitions, 40, 2026);

        result.Interval.ShouldBeInRange(0.94, 0.97);
        result.Outcomes.Count.ShouldBe(13);
        foreach (var outcome in result.Outcomes)
        {
            outcome.Interval.ShouldBeInRange(0.915, 0.985, outcome.Outcome);
            outcome.ErrorOverStandardError.ShouldBeInRange(0.85, 1.15, outcome.Outcome);
            outcome.MarginalRank.ShouldBeGreaterThan(0.93, outcome.Outcome);
            outcome.SimultaneousRank.ShouldBeGreaterThanOrEqualTo(0.9, outcome.Outcome);
            outcome.MarginalWidth.ShouldBeLessThanOrEqualTo(98);
        }

        // Not by being empty of content: the total tells some apart.
        result.Outcomes[^1].MarginalWidth.ShouldBeLessThan(95);
    }
}
