using Fikspunkt.Domain.Measurements;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Benchmarks.Measurements.Jobcentres;

/// <summary>Rigsrevisionen and VIVE's efficiency analysis of jobcentres: expenditure as input, results adjusted for conditions as outputs, the best as yardstick;
/// with KL's objections as calculations.</summary>
/// <remarks>
/// Input: kr per expected full-time person. Outputs: expected over actual persons for each kind of benefit. Variable returns. Fewer persons for the same money is the
/// output orientation, persons x (1 - 1 / phi); less money for the same persons the input orientation, kr x (1 - theta). See <c>docs/measurements/vive-efficiency.md</c>.
/// </remarks>
internal static class JobcentreEfficiency
{
    /// <summary>Outcome: what could be reached with the same money.</summary>
    public const string Results = "efficiency-of-results";

    /// <summary>Outcome: what could be saved with the same results.</summary>
    public const string Spending = "efficiency-of-expenditure";

    public static MeasurementResult Run(MeasurementSpec spec, MeasurementInput input)
    {
        var figures = JobcentreFigures.Read(spec, input);
        EfficiencyRows rows;
        try
        {
            rows = new EfficiencyRows(spec, figures);
        }
        catch (StatisticsException fault)
        {
            throw new Domain.InputException(new Domain.InputProblem(Faults.Format(Texts.NoEstimate, spec.Title, figures.Period, fault.Message), spec.Id));
        }

        var against = Against(spec, input, figures);
        var (seed, draws) = ((long)spec.Number("seed"), (int)spec.Number("rank_draws"));
        List<MeasuredPosition> positions = [.. Positions(Results, figures, rows.CarefulPersons, rows.InPersons.Measured, draws, seed), .. Positions(Spending, figures, rows.CarefulMoney, rows.InMoney.Measured, draws, seed)];
        var names = input.Definitions.Municipalities.ToDictionary(municipality => municipality.Code, municipality => municipality.Name, StringComparer.Ordinal);
        var otherTitle = input.Definitions.Measurements.GetValueOrDefault(spec.Text("against"))?.Title ?? spec.Title;
        return new MeasurementResult(
            spec,
            input.Of(MeasurementRunner.Tables(spec, input.Definitions)),
            [.. positions.OrderBy(position => position.Outcome != Results).ThenBy(position => position.Area, StringComparer.Ordinal)],
            EfficiencyTables.Of(figures, rows, positions, against, otherTitle, names),
            EfficiencyStatements.Of(spec, figures, rows, positions, against, otherTitle, names),
            figures.Run.Notes);
    }

    /// <summary>Bias-corrected efficiencies with chance taken out of the results, ranked. The sets come from the covariance of the inefficiencies: bootstrap, and each jobcentre's own chance.</summary>
    private static IEnumerable<MeasuredPosition> Positions(string outcome, JobcentreFigures figures, UncertainDistance distance, FrontierDistance made, int draws, long seed)
    {
        var delta = distance.Corrected.Delta;
        var sets = RankConfidence.Sets(delta, distance.Covariance, new RankOptions(Draws: draws, Seed: seed));
        for (var unit = 0; unit < delta.Length; unit++)
        {
            var error = Math.Sqrt(distance.Covariance[unit, unit]);
            yield return new MeasuredPosition(
                figures.Areas[unit], outcome, figures.Period,
                1 / delta[unit],
                error / (delta[unit] * delta[unit]),
                1 / (delta[unit] + (UncertainDistance.Z * error)),
                1 / Math.Max(1, delta[unit] - (UncertainDistance.Z * error)),
                sets.Rank[unit], sets.MarginalLower[unit], sets.MarginalUpper[unit], delta.Length,
                null,
                made.Delta[unit] < 1 + FrontierDistance.Negligible ? "without-potential" : "with-potential");
        }
    }

    /// <summary>The positions in the benchmark that this one is held against, of the jobcentres that are measured; empty when none is named.</summary>
    private static Dictionary<string, MeasuredPosition> Against(MeasurementSpec spec, MeasurementInput input, JobcentreFigures figures)
    {
        if (!input.Definitions.Measurements.TryGetValue(spec.Text("against"), out var other))
        {
            return [];
        }

        var positions = input.Measure(other).Positions;
        return positions.Where(position => position.Outcome == positions[0].Outcome && figures.Areas.Contains(position.Area)).ToDictionary(position => position.Area, StringComparer.Ordinal);
    }
}
