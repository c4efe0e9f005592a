using Fikspunkt.Domain;
using static Fikspunkt.Benchmarks.Publications.ColumnKind;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>Every number of a run as tables.</summary>
public static class ResultTables
{
    /// <summary>The tables of a run: <c>results/results</c> first, then the finer ones; tables without rows are left out, except the first.</summary>
    /// <remarks>Shares, their standard errors and intervals are in per cent of the exposure (percentage points); variances in percentage points squared.</remarks>
    public static IReadOnlyList<ResultTable> Of(BenchmarkRun run, DefinitionSet definitions)
    {
        var names = definitions.Municipalities.ToDictionary(m => m.Code, m => m.Name);
        var results = Results(run, names, run.Results.Select(r => r.Outcome).Distinct().ToList());
        ResultTable[] finer = [Details(run), Contributions(run), Fits(run), Coefficients(run), Trend(run), Exclusions(run), Breaks(run), Notes(run)];
        var published = run.Published is { } analysis ? PublishedTables.Of(analysis) : [];
        return [results, .. finer.Concat(published).Where(table => table.Rows.Count > 0)];
    }

    /// <summary>The results table: ordered by outcome (as in the run: total last), period, rank, code.</summary>
    private static ResultTable Results(BenchmarkRun run, Dictionary<string, string> municipalityNames, List<string> outcomes) => ResultTable.Of(
        "results/results",
        run.Results
            .OrderBy(r => outcomes.IndexOf(r.Outcome))
            .ThenBy(r => r.Period)
            .ThenBy(r => r.Rank)
            .ThenBy(r => r.Area, StringComparer.Ordinal),
        ("municipality_code", Text, r => r.Area),
        ("municipality", Text, r => municipalityNames.GetValueOrDefault(r.Area, r.Area)),
        ("outcome", Text, r => r.Outcome),
        ("period", Text, r => r.Period.ToString()),
        ("actual", Number, r => PerCent(r.Actual)),
        ("expected", Number, r => PerCent(r.Expected)),
        ("difference", Number, r => PerCent(r.Difference)),
        ("se", Number, r => PerCent(r.StandardError)),
        ("lower", Number, r => PerCent(r.Lower)),
        ("upper", Number, r => PerCent(r.Upper)),
        ("rank", Integer, r => (long)r.Rank),
        ("rank_lower", Integer, r => (long)r.RankLower),
        ("rank_upper", Integer, r => (long)r.RankUpper),
        ("rank_lower_simultaneous", Integer, r => (long)r.RankLowerSimultaneous),
        ("rank_upper_simultaneous", Integer, r => (long)r.RankUpperSimultaneous),
        ("class", Text, r => Word(r.Class)),
        ("shrunken", Number, r => PerCent(r.Shrunken)));

    /// <summary>A share as per cent.</summary>
    internal static double PerCent(double share) => 100 * share;

    /// <summary>A variance of a share in percentage points squared.</summary>
    internal static double PerCentSquared(double variance) => 1e4 * variance;

    /// <summary>An enum's name in kebab-case.</summary>
    internal static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static ResultTable Details(BenchmarkRun run) => ResultTable.Of(
        "results/details",
        run.Results,
        ("municipality_code", Text, r => r.Area),
        ("outcome", Text, r => r.Outcome),
        ("period", Text, r => r.Period.ToString()),
        ("exposure", Number, r => r.Exposure),
        ("actual_persons", Number, r => r.ActualPersons),
        ("expected_persons", Number, r => r.ExpectedPersons),
        ("difference_persons", Number, r => r.DifferencePersons),
        ("chance_se", Number, r => PerCent(r.ChanceStandardError)),
        ("expectation_se", Number, r => PerCent(r.ExpectationStandardError)),
        ("shrunken_se", Number, r => PerCent(r.ShrunkenStandardError)),
        ("kroner", Number, r => r.Kroner is { } kroner ? (double)kroner : null));

    private static ResultTable Contributions(BenchmarkRun run) => ResultTable.Of(
        "results/contributions",
        run.Results.SelectMany(r => r.Contributions.Select(c => (Result: r, Contribution: c))),
        ("municipality_code", Text, row => row.Result.Area),
        ("outcome", Text, row => row.Result.Outcome),
        ("period", Text, row => row.Result.Period.ToString()),
        ("covariate", Text, row => row.Contribution.Covariate),
        ("value", Number, row => row.Contribution.Value),
        ("mean", Number, row => row.Contribution.Mean),
        ("contribution", Number, row => PerCent(row.Contribution.Share)));

    private static ResultTable Fits(BenchmarkRun run) => ResultTable.Of(
        "results/fits",
        run.Fits,
        ("outcome", Text, fit => fit.Outcome),
        ("period", Text, fit => fit.Period?.ToString()),
        ("units", Integer, fit => (long)fit.Units),
        ("national_mean", Number, fit => PerCent(fit.NationalMean)),
        ("r_squared", Number, fit => fit.RSquared),
        ("overdispersion", Number, fit => fit.Overdispersion),
        ("between_variance", Number, fit => PerCentSquared(fit.BetweenVariance)));

    private static ResultTable Coefficients(BenchmarkRun run) => ResultTable.Of(
        "results/coefficients",
        run.Fits.SelectMany(fit => fit.Coefficients.Select(c => (Fit: fit, Coefficient: c))),
        ("outcome", Text, row => row.Fit.Outcome),
        ("period", Text, row => row.Fit.Period?.ToString()),
        ("term", Text, row => row.Coefficient.Term),
        ("estimate", Number, row => row.Coefficient.Estimate),
        ("se", Number, row => row.Coefficient.StandardError));

    private static ResultTable Trend(BenchmarkRun run) => ResultTable.Of(
        "results/trend",
        run.Trend,
        ("municipality_code", Text, point => point.Area),
        ("outcome", Text, point => point.Outcome),
        ("period", Text, point => point.Period.ToString()),
        ("actual", Number, point => PerCent(point.Actual)),
        ("expected", Number, point => PerCent(point.Expected)),
        ("se", Number, point => PerCent(point.StandardError)));

    private static ResultTable Exclusions(BenchmarkRun run) => ResultTable.Of(
        "results/exclusions",
        run.Exclusions,
        ("municipality_code", Text, exclusion => exclusion.Area),
        ("outcome", Text, exclusion => exclusion.Outcome),
        ("period", Text, exclusion => exclusion.Period?.ToString()),
        ("reason", Text, exclusion => Word(exclusion.Reason)));

    private static ResultTable Breaks(BenchmarkRun run) => ResultTable.Of("results/breaks", run.Breaks, ("break", Text, id => id));

    private static ResultTable Notes(BenchmarkRun run) => ResultTable.Of(
        "results/notes",
        run.Notes,
        ("note", Text, note => note.Key),
        ("arguments", Text, note => string.Join(' ', note.Arguments)));
}
