using System.Globalization;
using System.Text;
using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Cli.Commands;
using Fikspunkt.Domain;
using Fikspunkt.Reports;
using NodaTime;

namespace Fikspunkt.Cli;

/// <summary>Writes what a run gives. Every file is made whole beside its place and then moved there.</summary>
internal static class Outputs
{
    public const string Results = "results.csv";
    public const string Workbook = "results.xlsx";
    public const string Report = "report.html";

    /// <summary>The charts' scripts, beside the program.</summary>
    public static string ScriptsFolder { get; } = Path.Combine(AppContext.BaseDirectory, "web");

    /// <summary>The folder to write to, as a full path. Asked before anything is computed.</summary>
    /// <exception cref="InputException">A file is in its place.</exception>
    public static string Folder(string path) => File.Exists(path)
        ? throw new InputException(new InputProblem(Texts.FolderIsFile, "--out", Found: path, Expected: Texts.FolderPlace))
        : Path.GetFullPath(path);

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

    /// <summary>Writes the package under a name that holds its id. One that is there already is the same and stays.</summary>
    /// <param name="run">The run.</param>
    /// <param name="definitions">The definitions it used.</param>
    /// <param name="data">The figures it used.</param>
    /// <param name="dated">The package's date. Dated by its data, the same figures give the same package.</param>
    /// <param name="folder">The folder that the package is put in.</param>
    /// <returns>The path of the zip.</returns>
    public static string WritePackage(BenchmarkRun run, DefinitionSet definitions, BenchmarkData data, Instant dated, string folder) => WritePackage(run.Spec.Id, folder, temporary =>
    {
        var package = Publication.Write(new PublicationRequest(run, definitions, data.Observations, dated, PublicationCommands.Tools), temporary);
        return (package.Folder, package.Zip, package.PackageId);
    });

    /// <summary>Writes a package under a name that holds its id. One that is there already is the same and stays.</summary>
    /// <param name="name">What the name begins with.</param>
    /// <param name="folder">The folder that the package is put in.</param>
    /// <param name="write">Writes it to the path given.</param>
    /// <returns>The path of the zip.</returns>
    public static string WritePackage(string name, string folder, Func<string, (string Folder, string Zip, string PackageId)> write)
    {
        var temporary = Path.Combine(folder, $".package-{Guid.NewGuid():N}");
        try
        {
            var package = write(temporary);
            var target = Path.Combine(folder, $"{name}-{package.PackageId[..8]}");
            if (!Directory.Exists(target))
            {
                Directory.Move(package.Folder, target);
            }

            File.Move(package.Zip, target + ".zip", overwrite: true);
            return target + ".zip";
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }

            File.Delete(temporary + ".zip");
        }
    }

    /// <summary>Writes a file beside its place and moves it there.</summary>
    public static string Replace(string path, Action<string> write)
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
