using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>The ministry's benchmark: actual against expected full-time persons on some benefits, in all and by group, in persons, per cent of the population and kr.</summary>
/// <remarks>Ordered by the difference relative to the population, as the ministry's list of 2 November 2018 is; see <c>docs/measurements/ministry-2018.md</c>.</remarks>
internal static class MinistryBenchmark
{
    private static readonly MeasurementColumn[] Columns =
    [
        new("area", new("Kommune", "Municipality"), ColumnKind.Area),
        new("rank", new("Placering", "Rank"), ColumnKind.Count),
        new("rank_lower", new("Placering, fra", "Rank, from"), ColumnKind.Count),
        new("rank_upper", new("Placering, til", "Rank, to"), ColumnKind.Count),
        new("actual_persons", new("Faktiske fuldtidspersoner", "Actual full-time persons"), ColumnKind.Persons),
        new("expected_persons", new("Forventede fuldtidspersoner", "Expected full-time persons"), ColumnKind.Persons),
        new("fewer_persons", new("Forskel (forventet minus faktisk)", "Difference (expected minus actual)"), ColumnKind.Persons),
        new("difference_pp", new("Forskel i pct. af befolkningen", "Difference in per cent of the population"), ColumnKind.Points),
        new("lower_pp", new("Fra", "From"), ColumnKind.Points),
        new("upper_pp", new("Til", "To"), ColumnKind.Points),
        new("kroner", new("Mio. kr. (minus = sparet)", "Mio. kr (minus = saved)"), ColumnKind.Kroner),
    ];

    public static MeasurementResult Run(MeasurementSpec spec, MeasurementInput input)
    {
        var model = BenefitSubset.Of(input.Definitions.Models[spec.Model!], [.. spec.List("benefits")], input.Definitions);
        var run = input.Run(model);

        // A run of its own for the change, so that the one that is ranked is the one that other measurements use.
        var before = BenefitSubset.Before(input.Definitions.Models[spec.Model!], [.. spec.List("benefits")], input.Definitions) is { } earlier ? input.Run(earlier).Results : [];
        var results = run.Results.OrderBy(result => result.Outcome != model.Total!.Id).ToList();
        var names = model.Outcomes.Select(outcome => (outcome.Id, outcome.Name)).Prepend((model.Total!.Id, model.Total.Name)).ToList();
        return new MeasurementResult(
            spec,
            run.Vintages,
            [.. Positions(results)],
            [.. names.Select(name => Table(name.Id, name.Name, [.. results.Where(result => result.Outcome == name.Id)]))],
            [.. SentenceSets.Of(model, model.Total.Id, results, before, input.Definitions)],
            run.Notes);
    }

    /// <summary>An expected-against-actual result as a position; units are those of its outcome and period.</summary>
    internal static IEnumerable<MeasuredPosition> Positions(IEnumerable<AreaResult> results) =>
        from outcome in results.GroupBy(result => (result.Outcome, result.Period))
        let units = outcome.Count()
        from result in outcome
        select new MeasuredPosition(
            result.Area, result.Outcome, result.Period, result.Difference, result.StandardError, result.Lower, result.Upper,
            result.Rank, result.RankLower, result.RankUpper, units, result.Class, null);

    /// <summary>The table of one outcome.</summary>
    internal static MeasurementTable Table(string id, LocalizedText name, IReadOnlyList<AreaResult> results) => new(
        id,
        name,
        new("Ordnet efter forskellen i forhold til befolkningen. Placeringerne fra-til er det, som usikkerheden tillader.", "Ordered by the difference relative to the population. The ranks from-to are those that the uncertainty allows."),
        Columns,
        [.. results.OrderBy(result => result.Rank).ThenBy(result => result.Area, StringComparer.Ordinal).Select(result => (IReadOnlyList<object?>)
        [
            result.Area, result.Rank, result.RankLower, result.RankUpper, result.ActualPersons, result.ExpectedPersons, -result.DifferencePersons,
            result.Difference, result.Lower, result.Upper, result.Kroner,
        ])]);
}
