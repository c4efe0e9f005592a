using System.Globalization;
using CsvHelper;
using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;

namespace Fikspunkt.Reports;

/// <summary>The two forms of a CSV file.</summary>
public enum CsvForm
{
    /// <summary>Comma, decimal point, LF, no byte order mark: for programs.</summary>
    Standard,

    /// <summary>Semicolon, decimal comma, CRLF, byte order mark: opens right in a Danish Excel.</summary>
    Danish,
}

/// <summary>Writes a run's results as one CSV table.</summary>
/// <remarks>
/// Shares are in per cent of the exposure, differences in percentage points, numbers with the fewest digits that read back
/// to the same double; a number that does not exist is an empty cell. Rows are ordered by outcome (as in the model, total last), period, rank, code.
/// Names are the official Danish ones in both languages, because the file is for programs.
/// </remarks>
public static class ResultsCsv
{
    private static readonly NumberFormatInfo DecimalComma = new() { NumberDecimalSeparator = "," };

    private static readonly string[] Header =
    [
        "municipality_code", "municipality", "outcome", "period", "actual", "expected", "difference", "se", "lower", "upper",
        "rank", "rank_lower", "rank_upper", "rank_lower_simultaneous", "rank_upper_simultaneous", "class", "shrunken",
    ];

    /// <summary>Writes header and rows.</summary>
    /// <param name="run">The run.</param>
    /// <param name="definitions">For the municipalities' names.</param>
    /// <param name="writer">Where to; stays open. Give it an encoding without byte order mark: the Danish form writes its own.</param>
    /// <param name="form">Which form.</param>
    public static void Write(BenchmarkRun run, DefinitionSet definitions, TextWriter writer, CsvForm form = CsvForm.Standard)
    {
        var danish = form == CsvForm.Danish;
        if (danish)
        {
            writer.Write('\uFEFF');
        }

        var names = definitions.Municipalities.ToDictionary(m => m.Code, m => m.Name, StringComparer.Ordinal);
        var options = new CsvWriterOptions
        {
            Separator = danish ? ';' : ',',
            NewLine = danish ? "\r\n" : "\n",
            FormatProvider = danish ? DecimalComma : CultureInfo.InvariantCulture,
            Injection = CsvInjection.Escape,
        };
        using var csv = CsvWriter.Create(writer, options, leaveOpen: true);
        csv.WriteHeader(Header);
        foreach (var result in ResultOrder.Of(run))
        {
            csv.WriteField(result.Area);
            csv.WriteField(names.GetValueOrDefault(result.Area, result.Area));
            csv.WriteField(result.Outcome);
            csv.WriteField(result.Period.ToString());
            foreach (var share in (ReadOnlySpan<double>)[result.Actual, result.Expected, result.Difference, result.StandardError, result.Lower, result.Upper])
            {
                PerCent(csv, share, options.FormatProvider);
            }

            foreach (var rank in (ReadOnlySpan<int>)[result.Rank, result.RankLower, result.RankUpper, result.RankLowerSimultaneous, result.RankUpperSimultaneous])
            {
                csv.WriteField(rank, default, CultureInfo.InvariantCulture);
            }

            csv.WriteField(ClassId(result.Class));
            PerCent(csv, result.Shrunken, options.FormatProvider);
            csv.EndRecord();
        }
    }

    /// <summary>The name of a class in machine-readable output: <c>better</c>, <c>as-expected</c> or <c>worse</c>.</summary>
    public static string ClassId(SignificanceClass significance) => significance switch
    {
        SignificanceClass.Better => "better",
        SignificanceClass.Worse => "worse",
        _ => "as-expected",
    };

    private static void PerCent(CsvWriter csv, double share, IFormatProvider provider)
    {
        if (double.IsFinite(share))
        {
            csv.WriteField(100 * share, "R", provider);
        }
        else
        {
            csv.WriteField("");
        }
    }
}

/// <summary>The order in which results are written to files.</summary>
internal static class ResultOrder
{
    /// <summary>By outcome (as in the model, total last), period, rank, code.</summary>
    public static IEnumerable<AreaResult> Of(BenchmarkRun run)
    {
        var outcomes = run.Spec.Outcomes.Select(outcome => outcome.Id).ToList();
        if (run.Spec.Total is { } total)
        {
            outcomes.Add(total.Id);
        }

        return run.Results
            .OrderBy(result => outcomes.IndexOf(result.Outcome))
            .ThenBy(result => result.Period)
            .ThenBy(result => result.Rank)
            .ThenBy(result => result.Area, StringComparer.Ordinal);
    }
}

/// <summary>Text for spreadsheets, which take a leading =, +, -, @, tab or line break for the start of a formula.</summary>
internal static class SpreadsheetText
{
    private const string Risky = "=+-@\t\r\n";

    /// <summary>Whether a spreadsheet might run the text.</summary>
    public static bool IsRisky(string text) => text.Length > 0 && Risky.Contains(text[0], StringComparison.Ordinal);
}
