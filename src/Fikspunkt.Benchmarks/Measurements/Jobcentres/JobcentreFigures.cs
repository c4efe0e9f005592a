using System.Globalization;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Measurements.Jobcentres;

/// <summary>The results on one kind of benefit, full-time persons; arrays follow the jobcentres.</summary>
/// <param name="Name">The benefits.</param>
/// <param name="Actual">Actual persons.</param>
/// <param name="Expected">Expected persons.</param>
/// <param name="Shrunken">The difference (actual - expected) with chance taken out, persons.</param>
/// <param name="Error">Standard error of the difference, persons.</param>
internal sealed record ResultKind(LocalizedText Name, double[] Actual, double[] Expected, double[] Shrunken, double[] Error)
{
    /// <summary>Expected over actual: above 1 = fewer than expected.</summary>
    public double[] Index { get; } = [.. Expected.Zip(Actual, (expected, actual) => expected / actual)];

    /// <summary>The same with the shrunken difference.</summary>
    public double[] ShrunkenIndex { get; } = [.. Expected.Zip(Shrunken, (expected, difference) => expected / (expected + difference))];

    /// <summary>Standard error of the index relative to it: that of the difference over the actual persons. It stands for the shrunken index too: with the
    /// posterior's, which is smaller, intervals were found too narrow, because a frontier takes the best of many.</summary>
    public double[] RelativeError { get; } = [.. Error.Zip(Actual, (error, actual) => error / actual)];
}

/// <summary>A municipality that is not measured, and why.</summary>
internal sealed record LeftOut(string Area, LocalizedText Reason);

/// <summary>What is known of the jobcentres that are measured. Arrays follow <see cref="Areas"/>; money in kr.</summary>
/// <param name="Areas">Municipality codes.</param>
/// <param name="Period">The period of the results.</param>
/// <param name="Year">The calendar year of the expenditure.</param>
/// <param name="Population">Persons that shares are taken of.</param>
/// <param name="Results">The kinds of benefit that count as results.</param>
/// <param name="Further">The benefits that the analysis leaves out, as one further kind.</param>
/// <param name="Price">kr a year per full-time person on the result benefits, at the municipality's own mix.</param>
/// <param name="Together">All result benefits added up.</param>
/// <param name="Spending">Expenditure in the accounts that the analysis counts.</param>
/// <param name="Elsewhere">Expenditure of the same kind booked elsewhere.</param>
/// <param name="Environment">The favourable condition.</param>
/// <param name="Weakest">Share of the weakest who are given the effort.</param>
/// <param name="Missing">Municipalities left out.</param>
/// <param name="Run">The run that the results come from.</param>
internal sealed record JobcentreFigures(
    string[] Areas,
    Period Period,
    int Year,
    double[] Population,
    IReadOnlyList<ResultKind> Results,
    ResultKind Further,
    double[] Price,
    ResultKind Together,
    double[] Spending,
    double[] Elsewhere,
    double[] Environment,
    double[] Weakest,
    IReadOnlyList<LeftOut> Missing,
    BenchmarkRun Run)
{
    /// <summary>Full-time persons on the result benefits.</summary>
    public double[] Actual { get; } = Sum(Results, kind => kind.Actual);

    /// <summary>Expected full-time persons on them.</summary>
    public double[] Expected { get; } = Sum(Results, kind => kind.Expected);

    /// <summary>Reads what a definition asks for.</summary>
    /// <exception cref="InputException">A series has no figures, or fewer than <see cref="Fewest"/> jobcentres are left.</exception>
    public static JobcentreFigures Read(MeasurementSpec spec, MeasurementInput input)
    {
        var model = input.Definitions.Models[spec.Model!];
        var kinds = spec.Text("results").Split(';').Select(Groups).ToList();
        var further = Groups(spec.Text("further_results"));
        var all = Fit(model, [.. kinds.SelectMany(groups => groups)], input);
        var results = kinds.Append(further).Select(groups => Fit(model, groups, input)).ToList();
        var period = all.Total.Values.First().Period;
        var accounts = spec.List("accounts");
        string[] yearly = [.. accounts, spec.Text("elsewhere"), spec.Text("environment"), spec.Text("weakest"), spec.Text("weakest_of")];
        var (year, figures) = Yearly(yearly, period.LastDay.Year, spec.Id, input);
        var prices = input.Definitions.BenefitGroups.ToDictionary(group => group.Id, group => (double?)group.PricePerYear, StringComparer.Ordinal);
        var (areas, missing) = Select(all, results, figures, spec.Number("minimum_population"));
        if (areas.Length < Fewest)
        {
            throw new InputException(new InputProblem(Faults.Format(Texts.TooFewUnits, spec.Title, period), spec.Id, Found: Faults.Number(areas.Length), Expected: Faults.Format(Texts.ExpectedAtLeast, Fewest)));
        }

        double[] Each(Func<string, double> value) => [.. areas.Select(value)];
        ResultKind Kind(Fitted fit) => new(
            fit.Name,
            Each(area => fit.Total[area].ActualPersons),
            Each(area => fit.Total[area].ExpectedPersons),
            Each(area => fit.Total[area].Shrunken * fit.Total[area].Exposure),
            Each(area => fit.Total[area].StandardError * fit.Total[area].Exposure));
        return new JobcentreFigures(
            areas,
            period,
            year,
            Each(area => all.Total[area].Exposure),
            [.. results.SkipLast(1).Select(Kind)],
            Kind(results[^1]),
            Each(area => all.Parts[area].Sum(part => part.Result.ActualPersons * (prices.GetValueOrDefault(part.Group) ?? double.NaN)) / all.Parts[area].Sum(part => part.Result.ActualPersons)),
            Kind(all),
            Each(area => 1e6 * accounts.Sum(account => figures[account][area])),
            Each(area => 1e6 * figures[spec.Text("elsewhere")][area]),
            Each(area => figures[spec.Text("environment")][area]),
            Each(area => figures[spec.Text("weakest")][area] / figures[spec.Text("weakest_of")][area]),
            missing,
            all.Run);
    }

    /// <summary>Fewer jobcentres draw no frontier worth the name.</summary>
    internal const int Fewest = 10;

    private static string[] Groups(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Fitted Fit(ModelSpec model, IReadOnlyCollection<string> groups, MeasurementInput input)
    {
        // Ranks among single kinds are not used, so few draws do.
        var subset = BenefitSubset.Of(model, groups, input.Definitions) with { Ranking = model.Ranking with { Draws = 100 } };
        var run = input.Run(subset);
        var names = subset.Outcomes.ToDictionary(outcome => outcome.Id, outcome => outcome.BenefitGroup!, StringComparer.Ordinal);
        var first = subset.Outcomes[0].Name;
        return new Fitted(
            subset.Outcomes.Count == 1 ? first : new LocalizedText(first.Da + " mv.", first.En + " etc."),
            run.Results.Where(result => result.Outcome == subset.Total!.Id).ToDictionary(result => result.Area, StringComparer.Ordinal),
            run.Results.Where(result => names.ContainsKey(result.Outcome)).ToLookup(result => result.Area, result => (names[result.Outcome], result), StringComparer.Ordinal),
            run);
    }

    /// <summary>The latest calendar year, not after the results', for which every series has figures.</summary>
    private static (int Year, Dictionary<string, Dictionary<string, double>> Figures) Yearly(IReadOnlyList<string> indicators, int atMost, string id, MeasurementInput input)
    {
        var years = indicators.Distinct(StringComparer.Ordinal).ToDictionary(
            indicator => indicator,
            indicator => input.Series(indicator).Where(cell => cell.Period.Kind == PeriodKind.Year && cell.Period.Year <= atMost).ToLookup(cell => cell.Period.Year),
            StringComparer.Ordinal);
        var common = years.Values.Select(byYear => byYear.Select(year => year.Key)).Aggregate((left, right) => left.Intersect(right)).Order().ToList();
        if (common.Count == 0)
        {
            var empty = years.Where(pair => pair.Value.Count == 0).Select(pair => pair.Key).DefaultIfEmpty(string.Join(", ", indicators));
            throw new InputException([.. empty.Select(indicator => new InputProblem(Faults.Format(Texts.NoFiguresInPeriod, indicator, atMost.ToString(CultureInfo.InvariantCulture)), id))]);
        }

        return (common[^1], years.ToDictionary(
            pair => pair.Key,
            pair => pair.Value[common[^1]].Where(cell => cell.Value is not null).ToDictionary(cell => cell.Area, cell => cell.Value!.Value, StringComparer.Ordinal),
            StringComparer.Ordinal));
    }

    private static (string[] Areas, List<LeftOut> Missing) Select(Fitted all, List<Fitted> results, Dictionary<string, Dictionary<string, double>> figures, double minimum)
    {
        var (areas, missing) = (new List<string>(), new List<LeftOut>());
        foreach (var area in all.Run.Results.Select(result => result.Area).Concat(all.Run.Exclusions.Select(exclusion => exclusion.Area)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            LocalizedText? reason =
                !all.Total.TryGetValue(area, out var total) || results.Exists(fit => !fit.Total.TryGetValue(area, out var own) || !(own.ActualPersons > 0) || !(own.ExpectedPersons > 0))
                    ? new("Resultatet mangler eller er skjult", "The result is missing or hidden")
                : figures.Values.Any(byArea => !byArea.ContainsKey(area)) ? new("Udgifter, vilkår eller indsats mangler eller er skjult", "Expenditure, condition or effort is missing or hidden")
                : total.Exposure < minimum ? new("For lille til at være målestok for andre", "Too small to be a yardstick for others")
                : null;
            if (reason is null)
            {
                areas.Add(area);
            }
            else
            {
                missing.Add(new LeftOut(area, reason));
            }
        }

        return ([.. areas], missing);
    }

    private static double[] Sum(IReadOnlyList<ResultKind> kinds, Func<ResultKind, double[]> part) =>
        [.. Enumerable.Range(0, part(kinds[0]).Length).Select(unit => kinds.Sum(kind => part(kind)[unit]))];

    private sealed record Fitted(
        LocalizedText Name,
        IReadOnlyDictionary<string, AreaResult> Total,
        ILookup<string, (string Group, AreaResult Result)> Parts,
        BenchmarkRun Run);
}
