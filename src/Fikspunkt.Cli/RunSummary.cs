using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;
using Fikspunkt.Reports;

namespace Fikspunkt.Cli;

/// <summary>A run in a screenful: where municipalities stand, how sure that is, and where the files are.</summary>
internal static class RunSummary
{
    private const int ShownAtEachEnd = 5;

    /// <summary>The results that a short answer is about: the total (or the first outcome) in the last period, best first.</summary>
    public static IReadOnlyList<AreaResult> MainResults(BenchmarkRun run)
    {
        var outcome = MainOutcome(run);
        var ofOutcome = run.Results.Where(result => result.Outcome == outcome).ToList();
        var last = ofOutcome.Max(result => result.Period);
        return [.. ofOutcome.Where(result => result.Period == last).OrderBy(result => result.Rank).ThenBy(result => result.Area, StringComparer.Ordinal)];
    }

    public static void WriteText(Terminal terminal, BenchmarkRun run, DefinitionSet definitions, IReadOnlyList<string> files)
    {
        var output = terminal.Out;
        var results = MainResults(run);
        var names = definitions.Municipalities.ToDictionary(municipality => municipality.Code, municipality => municipality.NameIn(CultureInfo.CurrentUICulture));
        if (run.Synthetic)
        {
            output.WriteLine(Texts.SummarySynthetic);
        }

        output.WriteLine($"{run.Spec.Title} - {OutcomeName(run)}, {results[0].Period}");
        output.WriteLine(Texts.SummaryClasses.With(
            results.Count,
            results.Count(result => result.Class == SignificanceClass.Better),
            results.Count(result => result.Class == SignificanceClass.AsExpected),
            results.Count(result => result.Class == SignificanceClass.Worse),
            100 * run.Spec.Ranking.Coverage));
        output.WriteLine(Texts.SummaryCouldBeBest.With(results.Count(result => result.RankLowerSimultaneous == 1)));
        output.WriteLine();
        WriteTable(output, results, names);
        output.WriteLine();
        output.WriteLine(Texts.SummaryCannotTell.With(run.Spec.CannotTell));
        if (files.Count > 0)
        {
            output.WriteLine();
            output.WriteLine(Texts.SummaryFiles);
            foreach (var file in files)
            {
                output.WriteLine("  " + file);
            }
        }
    }

    public static void WriteJson(Terminal terminal, BenchmarkRun run, DefinitionSet definitions, IReadOnlyList<string> files)
    {
        var results = MainResults(run);
        var names = definitions.Municipalities.ToDictionary(municipality => municipality.Code, municipality => municipality.Name);
        var json = new JsonObject
        {
            ["model"] = run.Spec.Id,
            ["synthetic"] = run.Synthetic,
            ["outcome"] = MainOutcome(run),
            ["period"] = results[0].Period.ToString(),
            ["units"] = results.Count,
            ["better"] = results.Count(result => result.Class == SignificanceClass.Better),
            ["as_expected"] = results.Count(result => result.Class == SignificanceClass.AsExpected),
            ["worse"] = results.Count(result => result.Class == SignificanceClass.Worse),
            ["could_be_best"] = results.Count(result => result.RankLowerSimultaneous == 1),
            ["vintages"] = new JsonArray([.. run.Vintages.Select(vintage => new JsonObject { ["id"] = vintage.Id, ["table"] = vintage.Table, ["value_hash"] = vintage.ValueHash })]),
            ["results"] = new JsonArray([.. results.Select(result => Json(result, names[result.Area]))]),
            ["files"] = new JsonArray([.. files.Select(file => (JsonNode)file)]),
        };
        terminal.Out.WriteLine(json.ToJsonString(JsonOutput.Options));
    }

    private static JsonObject Json(AreaResult result, string name) => new()
    {
        ["municipality_code"] = result.Area,
        ["municipality"] = name,
        ["actual"] = 100 * result.Actual,
        ["expected"] = 100 * result.Expected,
        ["difference"] = 100 * result.Difference,
        ["lower"] = 100 * result.Lower,
        ["upper"] = 100 * result.Upper,
        ["rank"] = result.Rank,
        ["rank_lower"] = result.RankLower,
        ["rank_upper"] = result.RankUpper,
        ["rank_lower_simultaneous"] = result.RankLowerSimultaneous,
        ["rank_upper_simultaneous"] = result.RankUpperSimultaneous,
        ["class"] = ResultsCsv.ClassId(result.Class),
    };

    private static void WriteTable(TextWriter output, IReadOnlyList<AreaResult> results, Dictionary<string, string> names)
    {
        var rows = new List<string[]>
        {
            new[] { Texts.ColumnRank, Texts.ColumnRankSet, Texts.ColumnMunicipality, Texts.ColumnActual, Texts.ColumnExpected, Texts.ColumnDifference, Texts.ColumnInterval },
        };
        var gap = results.Count > 2 * ShownAtEachEnd;
        foreach (var (result, index) in results.Select((result, index) => (result, index)))
        {
            if (!gap || index < ShownAtEachEnd || index >= results.Count - ShownAtEachEnd)
            {
                rows.Add([
                    Text(result.Rank), $"{Text(result.RankLower)}-{Text(result.RankUpper)}", names[result.Area],
                    PerCent(result.Actual), PerCent(result.Expected), Signed(result.Difference), $"[{Signed(result.Lower)}; {Signed(result.Upper)}]",
                ]);
            }
            else if (index == ShownAtEachEnd)
            {
                rows.Add(["...", string.Empty, string.Empty, string.Empty, string.Empty, string.Empty, string.Empty]);
            }
        }

        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => column == 2 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
        }
    }

    private static string MainOutcome(BenchmarkRun run) => run.Spec.Total?.Id ?? run.Spec.Outcomes[0].Id;

    private static LocalizedText OutcomeName(BenchmarkRun run) => run.Spec.Total?.Name ?? run.Spec.Outcomes[0].Name;

    private static string Text(int number) => number.ToString(CultureInfo.CurrentCulture);

    private static string PerCent(double share) => (100 * share).ToString("0.00", CultureInfo.CurrentCulture);

    private static string Signed(double share) => (100 * share).ToString("+0.00;-0.00;0.00", CultureInfo.CurrentCulture);
}

/// <summary>How machine-readable output is written.</summary>
internal static class JsonOutput
{
    public static JsonSerializerOptions Options { get; } = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
