using Fikspunkt.Benchmarks.Expected;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>For each weak point the municipalities that are alike in what matters for it and do better, surely and lastingly.</summary>
/// <remarks>
/// A weak point: more persons than expected beyond chance in the latest period. Named is who (1) is among the nearest and not too far, by the library's
/// model-weighted distance for this outcome; (2) is established to be better, simultaneously for all pairs of areas, in the latest period;
/// (3) is better in each of the earlier periods, each at the model's coverage (one-sided). See <c>docs/measurements/whom-to-call.md</c>.
/// </remarks>
internal static class WhomToCall
{
    public static MeasurementResult Run(MeasurementSpec spec, MeasurementInput input)
    {
        var model = Model(spec, input);
        var fitted = FittedOutcomes.Of(model, input.Definitions, input.Observations, input.HiddenUpTo, input.Shared);
        var points = Points(model).ToArray();
        var searches = new CallSearch[points.Length];
        try
        {
            ExpectedVersusActual.InParallel(points.Length, p => searches[p] = CallSearch.Of(spec, fitted, points[p].Id, points[p].Name, points[p].Outcomes));
        }
        catch (StatisticsException fault)
        {
            throw new InputException(new InputProblem(Faults.Format(Texts.NoEstimate, spec.Title, fitted.Selected[^1].Period, fault.Message), spec.Id));
        }

        var names = input.Definitions.Municipalities.ToDictionary(municipality => municipality.Code, municipality => municipality.Name, StringComparer.Ordinal);
        var tables = new CallTables(model, searches, names);
        return new MeasurementResult(
            spec,
            input.Of(model.Tables),
            [.. searches.SelectMany(search => search.Positions(model.Ranking.Coverage))],
            [tables.Calls(), tables.Drivers(), tables.Counts()],
            [.. tables.Statements()],
            fitted.Log.Notes);
    }

    /// <summary>The model in its latest selected periods, as many as the definition asks for.</summary>
    private static ModelSpec Model(MeasurementSpec spec, MeasurementInput input)
    {
        var full = input.Definitions.Models[spec.Model!];
        return full with
        {
            Periods = full.Periods with { Select = [.. full.Periods.Select.TakeLast((int)spec.Number("periods"))], TrendMonths = 0 },
            Ranking = full.Ranking with { Draws = (int)spec.Number("rank_draws") },
        };
    }

    private static IEnumerable<(string Id, LocalizedText Name, int[] Outcomes)> Points(ModelSpec model)
    {
        if (model.Total is { } total)
        {
            yield return (total.Id, total.Name, [.. total.Over.Select(id => model.Outcomes.Select(outcome => outcome.Id).ToList().IndexOf(id))]);
        }

        for (var g = 0; g < model.Outcomes.Count; g++)
        {
            yield return (model.Outcomes[g].Id, model.Outcomes[g].Name, [g]);
        }
    }
}
