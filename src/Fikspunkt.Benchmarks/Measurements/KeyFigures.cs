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
/// <param name="Possible">What the value can be, with its error, where it is NaN because small counts are hidden; <see langword="null"/> elsewhere, and where that cannot be said.</param>
/// <param name="ChangesFrom">The period that it is the change since, in per cent; <see langword="null"/> when it is no change.</param>
internal sealed record KeyFigure(string Id, LocalizedText Name, RankOrder Best, double[] Values, double[] Errors, IReadOnlyList<(double Value, double Error)>?[] Possible, Period? ChangesFrom);

/// <summary>Computes the key figures that a measurement's rules name.</summary>
/// <remarks>
/// <c>expenditure</c>: kr of support per person a year, sum over benefits of price x full-time persons / population. <c>expenditure-change</c>: its
/// change in per cent from the period before. <c>share</c>: sum of the counts <c>figure</c> over the sum of the counts <c>of</c> in the last year that
/// has them, in per cent. <c>duration</c>: the average <c>figure</c> over the courses <c>of</c> in that year. Errors: chance in the persons (of the model)
/// for expenditure, each period's own for the change, binomial for shares, average / sqrt(courses) for durations, as exponential lengths have.
/// </remarks>
internal static class KeyFigures
{
    private const string Country = "000";

    public static KeyFigure Of(IReadOnlyDictionary<string, string> rule, MeasurementSpec spec, MeasurementInput input, BenchmarkRun run, IReadOnlyList<string> areas)
    {
        var computed = rule["measure"] switch
        {
            "expenditure" => Known(Expenditure(input, run, areas)),
            "expenditure-change" => Known(Change(input, run, areas)),
            "share" => Share(rule, input, areas),
            "duration" => Duration(rule, input, areas),
            _ => throw new InputException(new InputProblem(Texts.KeyFigureUnknown, spec.Id, Found: rule["measure"], Expected: "expenditure, expenditure-change, share, duration")),
        };
        return new KeyFigure(
            rule["id"],
            new LocalizedText(rule["da"], rule["en"]),
            rule["best"] == "highest" ? RankOrder.Highest : RankOrder.Lowest,
            Array.ConvertAll(computed, one => one.Value),
            Array.ConvertAll(computed, one => one.Error),
            Array.ConvertAll(computed, one => one.Possible),
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

    private static Computed[] Share(IReadOnlyDictionary<string, string> rule, MeasurementInput input, IReadOnlyList<string> areas)
    {
        var (parts, whole) = (Ids(rule["figure"]), Ids(rule["of"]));
        var sum = Latest(rule, input, [.. parts, .. whole]);
        return
        [
            .. areas.Select(area =>
            {
                var (part, all) = (sum(parts, area), sum(whole, area));
                var (value, error) = Of(part.Sum, all.Sum);
                return new Computed(value, error, OneOf(
                    from count in all.Possible(input.HiddenUpTo)
                    from own in part.Possible(input.HiddenUpTo)
                    where own <= count
                    select Of(own, count), part, all));
            }),
        ];

        static (double Value, double Error) Of(double part, double all)
        {
            var share = all > 0 ? part / all : double.NaN;

            // Half a person on each side keeps a share of 0 or 1 from having no error.
            var smoothed = (part + 0.5) / (all + 1);
            return (100 * share, 100 * Math.Sqrt(smoothed * (1 - smoothed) / all));
        }
    }

    private static Computed[] Duration(IReadOnlyDictionary<string, string> rule, MeasurementInput input, IReadOnlyList<string> areas)
    {
        var (average, courses) = (Ids(rule["figure"]), Ids(rule["of"]));
        var sum = Latest(rule, input, [.. average, .. courses]);
        return
        [
            .. areas.Select(area =>
            {
                var (value, count) = (sum(average, area), sum(courses, area));
                var (known, error) = Of(value.Sum, count.Sum);

                // The average is known; the fewest courses leave it the most uncertain.
                return new Computed(known, error, OneOf(count.Possible(input.HiddenUpTo).Take(1).Select(fewest => Of(value.Sum, fewest)), count));
            }),
        ];

        static (double Value, double Error) Of(double average, double count) => count > 0 ? (average, average / Math.Sqrt(count)) : (double.NaN, double.NaN);
    }

    /// <summary>Sums of some of the indicators in an area in the last year that any of them has.</summary>
    private static Func<string[], string, Count> Latest(IReadOnlyDictionary<string, string> rule, MeasurementInput input, string[] ids)
    {
        var figures = ids.Distinct(StringComparer.Ordinal).ToDictionary(id => id, id => input.Series(id).ToLookup(figure => figure.Area, StringComparer.Ordinal), StringComparer.Ordinal);
        var years = figures.Values.SelectMany(series => series.SelectMany(area => area)).Select(figure => figure.Period).ToList();
        if (years.Count == 0)
        {
            throw new InputException(new InputProblem(Texts.KeyFigureWithoutData, Found: rule["id"]));
        }

        var last = years.Max();

        // A count that is part of a published sum, or is one, may have been hidden to protect another and can then be any number.
        var inSums = input.Observations.Where(figure => figures.ContainsKey(figure.Indicator) && (figure.Area == Country || figure.Breakdown.Length > 0)).Select(figure => figure.Indicator).ToHashSet(StringComparer.Ordinal);
        return (asked, area) =>
        {
            var cells = asked.Select(id => figures[id][area].FirstOrDefault(figure => figure.Period == last)).ToList();
            return new Count(
                cells.Sum(cell => cell?.Value ?? double.NaN),
                cells.Sum(cell => cell?.Value ?? 0),
                cells.Count(cell => cell?.Value is null),
                cells.TrueForAll(cell => cell is { Value: not null } || (cell is { Status: ObservationStatus.Suppressed } && input.Definitions.Indicators.TryGetValue(cell.Indicator, out var indicator) && indicator.IsCount && !inSums.Contains(cell.Indicator))));
        };
    }

    private static Computed[] Known((double Value, double Error)[] figures) => Array.ConvertAll(figures, figure => new Computed(figure.Value, figure.Error, null));

    /// <summary>What it can be, where counts behind it are hidden and what they can be is known.</summary>
    private static IReadOnlyList<(double Value, double Error)>? OneOf(IEnumerable<(double Value, double Error)> possible, params Count[] behind)
    {
        if (behind.All(count => count.Hidden == 0) || !behind.All(count => count.IsBounded))
        {
            return null;
        }

        var list = possible.Where(one => !double.IsNaN(one.Value)).Distinct().ToList();
        return list.Count > 0 ? list : null;
    }

    private static string[] Ids(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static double Square(double value) => value * value;

    /// <summary>A figure, its error, and what it can be where it is hidden.</summary>
    private sealed record Computed(double Value, double Error, IReadOnlyList<(double Value, double Error)>? Possible);

    /// <summary>A sum of counts, some of them perhaps hidden.</summary>
    /// <param name="Sum">The sum; NaN where one is missing or hidden.</param>
    /// <param name="Known">The sum of those that are known.</param>
    /// <param name="Hidden">How many are not.</param>
    /// <param name="IsBounded">Whether each of those is hidden because it is small.</param>
    private readonly record struct Count(double Sum, double Known, int Hidden, bool IsBounded)
    {
        /// <summary>What the sum can be, from the fewest.</summary>
        public IEnumerable<double> Possible(int hiddenUpTo)
        {
            var (known, hidden) = (Known, Hidden);
            return Enumerable.Range(hidden, (hidden * (hiddenUpTo - 1)) + 1).Select(more => known + more);
        }
    }
}
