using System.Globalization;
using System.Text;
using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;
using Fikspunkt.Reports;

namespace Fikspunkt.Cli;

/// <summary>Writes what a run gives. Every file is made whole beside its place and then moved there.</summary>
internal static class Outputs
{
    public const string Results = "results.csv";
    public const string Workbook = "results.xlsx";
    public const string Report = "report.html";

    /// <summary>The charts' scripts, beside the program.</summary>
    public static string ScriptsFolder { get; } = Path.Combine(AppContext.BaseDirectory, "web");

    /// <summary>Results as CSV and XLSX and the report in the current language.</summary>
    /// <returns>The paths written.</returns>
    public static IReadOnlyList<string> Write(BenchmarkRun run, DefinitionSet definitions, string folder, CsvForm form)
    {
        Directory.CreateDirectory(folder);
        return
        [
            Replace(Path.Combine(folder, Results), path =>
            {
                using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
                ResultsCsv.Write(run, definitions, writer, form);
            }),
            Replace(Path.Combine(folder, Workbook), path =>
            {
                using var stream = File.Create(path);
                ResultsXlsx.Write(run, definitions, stream);
            }),
            WriteReport(run, definitions, Path.Combine(folder, Report), CultureInfo.CurrentUICulture),
        ];
    }

    public static string WriteReport(BenchmarkRun run, DefinitionSet definitions, string path, CultureInfo culture) =>
        Replace(path, temporary => File.WriteAllText(temporary, HtmlReport.Render(run, definitions, new ReportOptions(culture, ScriptsFolder))));

    private static string Replace(string path, Action<string> write)
    {
        var temporary = path + ".partial";
        try
        {
            write(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }

        return path;
    }
}
