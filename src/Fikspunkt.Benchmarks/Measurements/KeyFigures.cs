using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>A key figure of every municipality, with its standard error; NaN where a part of it is missing or hidden.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Best">Which end is best.</param>
/// <param name="Values">Values, in the order of the areas asked for.</param>
/// <param name="Errors">Standard errors by chance.</param>
/// <param name="ChangesFrom">The period that it is the change since, in per cent; <see langword="null"/> when it is no change.</param>
internal sealed record KeyFigure(string Id, LocalizedText Name, RankOrder Best, double[] Values, double[] Errors, Period? ChangesFrom);

/// <summary>Computes the key figures that a measurement's rules name.</summary>
/// <remarks>
/// <c>expenditure</c>: kr of support per person a year, sum over benefits of price x full-time persons / population. <c>expenditure-change</c>: its
/// change in per cent from the period before. <c>share</c>: sum of the counts <c>figure</c> over the sum of the counts <c>of</c> in the last year that
/// has them, in per cent. <c>duration</c>: the average <c>figure</c> over the courses <c>of</c> in that year. Errors: chance in the persons (of the model)
/// for expenditure, each period's own for the change, binomial for shares, average / sqrt(courses) for durations, as exponential lengths have.
/// </remarks>
internal static class KeyFigures
{
    public static KeyFigure Of(IReadOnlyDictionary<string, string> rule, MeasurementSpec spec, MeasurementInput input, BenchmarkRun run, IReadOnlyList<string> areas)
    {
        var computed = rule["measure"] switch
        {
            "expenditure" => Expenditure(input, run, areas),
            "expenditure-change" => Change(input, run, areas),
            "share" => Share(rule, input, areas),
            "duration" => Duration(rule, input, areas),
            _ => throw new InputException(new InputProblem(Texts.KeyFigureUnknown, spec.Id, Found: rule["measure"], Expected: "expenditure, expenditure-change, share, duration")),
        };
        return new KeyFigure(
            rule["id"],
            new LocalizedText(rule["da"], rule["en"]),
            rule["best"] == "highest" ? RankOrder.Highest : RankOrder.Lowest,
            Array.ConvertAll(computed, pair => pair.Value),
            Array.ConvertAll(computed, pair => pair.Error),
            rule["measure"] == "expenditure-change" && run.Results.Select(result => result.Period).Distinct().Order().ToList() is [.., var before, _] ? before : null);
    }

    private static (double Value, double Error)[] Expenditure(MeasurementInput input, BenchmarkRun run, IReadOnlyList<string> areas) =>
        InPeriod(input, run, areas, run.Results.Max(result => result.Period));

    private static (double Value, double Error)[] Change(MeasurementInput input, BenchmarkRun run, IReadOnlyList<string> areas)
    {
        Period[] periods = [.. run.Results.Select(result => result.Period).Distinct().Order()];
        if (periods.Length < 2)
        {
            return [.. areas.Select(_ => (double.NaN, double.NaN))];
        }

        return
        [
            .. InPeriod(input, run, areas, periods[^1]).Zip(InPeriod(input, run, areas, periods[^2]), (now, before) =>
            {
                var ratio = now.Value / before.Value;
                return (100 * (ratio - 1), 100 * ratio * Math.Sqrt(Square(now.Error / now.Value) + Square(before.Error / before.Value)));
            }),
        ];
    }

    private static (double Value, double Error)[] InPeriod(MeasurementInput input, BenchmarkRun run, IReadOnlyList<string> areas, Period period)
    {
        var prices = input.Definitions.BenefitGroups.ToDictionary(group => group.Id, group => (double)(group.PricePerYear ?? 0), StringComparer.Ordinal);
        var priceOf = run.Spec.Outcomes.Where(outcome => outcome.BenefitGroup is not null).ToDictionary(outcome => outcome.Id, outcome => prices[outcome.BenefitGroup!], StringComparer.Ordinal);
        var results = run.Results.Where(result => result.Period == period && priceOf.ContainsKey(result.Outcome)).ToLookup(result => result.Area, StringComparer.Ordinal);
        return
        [
            .. areas.Select(area => results[area].Count() < priceOf.Count
                ? (double.NaN, double.NaN)
                : (results[area].Sum(result => priceOf[result.Outcome] * result.Actual), Math.Sqrt(results[area].Sum(result => Square(priceOf[result.Outcome] * result.ChanceStandardError))))),
        ];
    }

    private static (double Value, double Error)[] Share(IReadOnlyDictionary<string, string> rule, MeasurementInput input, IReadOnlyList<string> areas)
    {
        var (parts, whole) = (Ids(rule["figure"]), Ids(rule["of"]));
        var sum = Latest(rule, input, [.. parts, .. whole]);
        return
        [
            .. areas.Select(area =>
            {
                var (part, all) = (sum(parts, area), sum(whole, area));
                var share = all > 0 ? part / all : double.NaN;

                // Half a person on each side keeps a share of 0 or 1 from having no error.
                var smoothed = (part + 0.5) / (all + 1);
                return (100 * share, 100 * Math.Sqrt(smoothed * (1 - smoothed) / all));
            }),
        ];
    }

    private static (double Value, double Error)[] Duration(IReadOnlyDictionary<string, string> rule, MeasurementInput input, IReadOnlyList<string> areas)
    {
        var (average, courses) = (Ids(rule["figure"]), Ids(rule["of"]));
        var sum = Latest(rule, input, [.. average, .. courses]);
        return [.. areas.Select(area => sum(average, area)).Zip(areas.Select(area => sum(courses, area)), (value, count) => count > 0 ? (value, value / Math.Sqrt(count)) : (double.NaN, double.NaN))];
    }

    /// <summary>Sums of some of the indicators in an area in the last year that any of them has; NaN where one is missing or hidden.</summary>
    private static Func<string[], string, double> Latest(IReadOnlyDictionary<string, string> rule, MeasurementInput input, string[] ids)
    {
        var figures = ids.Distinct(StringComparer.Ordinal).ToDictionary(id => id, id => input.Series(id).ToLookup(figure => figure.Area, StringComparer.Ordinal), StringComparer.Ordinal);
        var years = figures.Values.SelectMany(series => series.SelectMany(area => area)).Select(figure => figure.Period).ToList();
        if (years.Count == 0)
        {
            throw new InputException(new InputProblem(Texts.KeyFigureWithoutData, Found: rule["id"]));
        }

        var last = years.Max();
        return (asked, area) => asked.Sum(id => figures[id][area].FirstOrDefault(figure => figure.Period == last)?.Value ?? double.NaN);
    }

    private static string[] Ids(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static double Square(double value) => value * value;
}
