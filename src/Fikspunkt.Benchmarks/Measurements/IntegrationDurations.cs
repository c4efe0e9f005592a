using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Ranks;
using Fikspunkt.Statistics.Shrinkage;
using Fikspunkt.Statistics.Survival;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>AKF's integration benchmark: how fast newcomers get work or education, against what the other municipalities' newcomers lead to expect.</summary>
/// <remarks>See <c>docs/measurements/akf-integration.md</c>.</remarks>
internal static class IntegrationDurations
{
    /// <summary>The outcome's id.</summary>
    public const string Outcome = "work-or-education";

    /// <summary>The five categories, the best first.</summary>
    public static readonly IReadOnlyList<(string Id, LocalizedText Name)> Categories =
    [
        ("meget-god", new("Meget god", "Very good")),
        ("god", new("God", "Good")),
        ("middel", new("Middel", "Average")),
        ("daarlig", new("Dårlig", "Poor")),
        ("meget-daarlig", new("Meget dårlig", "Very poor")),
    ];

    public static MeasurementResult Run(MeasurementSpec spec, MeasurementInput input)
    {
        var table = IntegrationTable.Of(spec, input);
        var (fit, all) = Fit(spec, table);
        int[] ranked = [.. Enumerable.Range(0, table.Areas.Count).Where(group => table.Persons[group] >= spec.Number("minimum_persons"))];
        if (ranked.Length < 2)
        {
            throw new InputException(new InputProblem(Faults.Format(Texts.DurationsNotEstimated, new TooFewUnitsException(ranked.Length, 2).Message), spec.Id));
        }

        var units = Units(spec, input, table, all, ranked);
        return new MeasurementResult(
            spec,
            input.Of([.. spec.Tables, MeasurementInput.SpellsTable]),
            [.. units.Select(unit => Position(unit, units.Count, Period.OfYear(table.Years.Last)))],
            IntegrationReport.Tables(spec, table, fit, units, [.. Enumerable.Range(0, table.Areas.Count).Except(ranked)]),
            IntegrationReport.Statements(units),
            []);
    }

    private static (PersonTimeFit Fit, PersonTimeComparison All) Fit(MeasurementSpec spec, IntegrationTable table)
    {
        try
        {
            var fit = PersonTimeFit.Fit(table.Cells);
            return (fit, fit.LeaveGroupOut(table.Groups, spec.Number("coverage")));
        }
        catch (StatisticsException fault)
        {
            var intervals = spec.List("interval_months").Count + 1;
            var terms = fault is RankDeficientException dependent ? string.Join(", ", dependent.Columns.Where(column => column >= intervals).Select(column => table.Terms[column - intervals])) : "";
            var rule = Faults.Format(Texts.DurationsNotEstimated, fault.Message) + (terms.Length > 0 ? " " + Faults.Format(Texts.TermsInvolved, terms) : "");
            throw new InputException(new InputProblem(rule, spec.Id), fault);
        }
    }

    private static IReadOnlyList<IntegrationUnit> Units(MeasurementSpec spec, MeasurementInput input, IntegrationTable table, PersonTimeComparison all, int[] ranked)
    {
        var names = input.Definitions.Municipalities.ToDictionary(municipality => municipality.Code, municipality => municipality.Name, StringComparer.Ordinal);
        double[] ratio = [.. ranked.Select(group => all.Ratio[group])];

        // Half an event stands for none, so that the logarithm exists.
        double[] log = [.. ranked.Select(group => Math.Log(Math.Max(all.Observed[group], 0.5) / all.Expected[group]))];
        double[] errors = [.. ranked.Select(group => all.RatioError[group])];
        var (draws, seed, coverage) = ((int)spec.Number("draws"), (long)spec.Number("seed"), spec.Number("coverage"));
        var sets = RankConfidence.Sets(log, RowMatrix.Diagonal(Array.ConvertAll(errors, error => error * error)), new RankOptions(coverage, draws, seed, RankOrder.Highest));
        var shrunken = NormalNormal.Estimate(log, errors);
        var posterior = PosteriorRanks.Simulate(shrunken.Shrunken, shrunken.PosteriorCovariance(), new PosteriorRankOptions(draws, seed, RankOrder.Highest, Coverage: coverage));
        var sizes = RankCategories.Sizes(ranked.Length, Categories.Count);
        var rank = RankOf.Smallest(ratio, RankOrder.Highest);
        return
        [
            .. RankCategories.Of(ratio, [.. ranked.Select(group => names.GetValueOrDefault(table.Areas[group], table.Areas[group]))], Categories.Count, (int)spec.Number("marked"))
                .Select(listed => new IntegrationUnit(
                    table.Areas[ranked[listed.Unit]],
                    names.GetValueOrDefault(table.Areas[ranked[listed.Unit]], table.Areas[ranked[listed.Unit]]),
                    table.Persons[ranked[listed.Unit]],
                    table.Months[ranked[listed.Unit]],
                    all.Observed[ranked[listed.Unit]],
                    all.Expected[ranked[listed.Unit]],
                    ratio[listed.Unit],
                    ratio[listed.Unit] * errors[listed.Unit],
                    all.Interval[ranked[listed.Unit]],
                    rank[listed.Unit],
                    sets.MarginalLower[listed.Unit],
                    sets.MarginalUpper[listed.Unit],
                    Math.Exp(shrunken.Shrunken[listed.Unit]),
                    posterior.ExpectedRank[listed.Unit],
                    listed.Category,
                    listed.Marked,
                    Probabilities(posterior, listed.Unit, sizes))),
        ];
    }

    /// <summary>The probability of each category: of the ranks that fall in it.</summary>
    private static double[] Probabilities(PosteriorRankDistribution posterior, int unit, int[] sizes)
    {
        var (probabilities, from) = (new double[sizes.Length], 0);
        for (var category = 0; category < sizes.Length; category++)
        {
            probabilities[category] = CompensatedSum.Of(posterior.Probability.Row(unit).Slice(from, sizes[category]));
            from += sizes[category];
        }

        return probabilities;
    }

    private static MeasuredPosition Position(IntegrationUnit unit, int units, Period period) => new(
        unit.Area,
        Outcome,
        period,
        unit.Ratio,
        unit.StandardError,
        unit.Interval.Lower,
        unit.Interval.Upper,
        unit.Rank,
        unit.RankLower,
        unit.RankUpper,
        units,
        unit.Class,
        Categories[unit.Category].Id);
}

/// <summary>A municipality in the measurement, listed as in AKF's figure: by category, then by name.</summary>
internal sealed record IntegrationUnit(
    string Area,
    string Name,
    int Persons,
    double Months,
    double Observed,
    double Expected,
    double Ratio,
    double StandardError,
    Interval Interval,
    int Rank,
    int RankLower,
    int RankUpper,
    double Shrunken,
    double ExpectedRank,
    int Category,
    bool Marked,
    double[] Probabilities)
{
    /// <summary>Faster than expected is better.</summary>
    public SignificanceClass Class => Interval.Lower > 1 ? SignificanceClass.Better : Interval.Upper < 1 ? SignificanceClass.Worse : SignificanceClass.AsExpected;
}
