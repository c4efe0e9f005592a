using System.CommandLine;
using System.Reflection;
using System.Text.Json.Nodes;
using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Reports.Measurements;
using Fikspunkt.Store;
using NodaTime;

namespace Fikspunkt.Cli.Commands;

/// <summary><c>fikspunkt publish</c> and <c>fikspunkt verify</c>: results that anybody can recompute.</summary>
internal static class PublicationCommands
{
    private const int ShownDifferences = 20;

    /// <summary>What publications need from the rest of the program.</summary>
    public static PublicationTools Tools { get; } = new(
        $"fikspunkt {typeof(PublicationCommands).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion}",
        (run, definitions, culture) => HtmlReport.Render(run, definitions, new ReportOptions(culture, Outputs.ScriptsFolder)),
        ParquetFiles.FromCsv,
        ParquetFiles.ToRows,
        (results, definitions, culture) => MeasurementReport.Render(results, definitions, new ReportOptions(culture, Outputs.ScriptsFolder)));

    public static Command Publish(Terminal terminal)
    {
        var model = new Argument<string>("model") { Description = Texts.ModelDescription };
        var data = Shared.Data();
        var store = Shared.Store();
        var period = Shared.Period();
        var folder = new Option<string>("--out") { Description = Texts.PackageFolderDescription, HelpName = Texts.FolderPlace, Required = true };
        var hide = Shared.HideUpTo();
        var command = new ExampleCommand("publish", Texts.PublishDescription, "fikspunkt publish dst-unemployment --data dst-municipalities.csv --out udgivelse-2019 --period 2019") { model, data, store, period, folder, hide };
        command.SetAction((parsed, cancellationToken) =>
        {
            var largest = Shared.Checked(parsed.GetValue(hide));
            var definitions = Models.LoadDefinitions();
            var spec = Models.AtPeriod(Models.Find(definitions, parsed.GetRequiredValue(model)), parsed.GetValue(period));
            BenchmarkData figures = null!;
            BenchmarkRun run = null!;
            PublishedPackage package = null!;
            terminal.Run(
                (Texts.StepRead, () => figures = BenchmarkData.Of(definitions, spec, parsed.GetValue(data), parsed.GetRequiredValue(store), cancellationToken)),
                (Texts.StepCompute, () => run = BenchmarkRunner.Run(spec, definitions, figures.Observations, figures.Vintages)),
                (Texts.StepPublish, () => package = Publication.Write(
                    new PublicationRequest(run, definitions, figures.Observations, SystemClock.Instance.GetCurrentInstant(), Tools, largest),
                    parsed.GetRequiredValue(folder))));
            terminal.Out.WriteLine(Texts.PublishedAs.With(package.Folder, package.Zip, package.PackageId));
            if (package.Suppressed > 0)
            {
                terminal.Out.WriteLine(Texts.PublishedHidden.With(package.Suppressed));
            }

            terminal.Out.WriteLine(Texts.PublishedVerify.With(ShellWord.Quoted(package.Zip)));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    public static Command Verify(Terminal terminal)
    {
        var package = new Argument<string>("package") { Description = Texts.PackageDescription };
        var json = Shared.Json();
        var command = new ExampleCommand("verify", Texts.VerifyDescription, "fikspunkt verify udgivelse-2019.zip") { package, json };
        command.SetAction(parsed =>
        {
            VerificationResult result = null!;
            terminal.Run((Texts.StepVerify, () => result = Verification.Verify(Place(parsed.GetRequiredValue(package)), Tools)));
            if (parsed.GetValue(json))
            {
                terminal.Out.WriteLine(Json(result).ToJsonString(JsonOutput.Options));
            }
            else
            {
                WriteText(terminal, result);
            }

            return result.Passed ? ExitCode.Done : ExitCode.Negative;
        });
        return command;
    }

    /// <summary>The package that is meant: a folder that a command wrote to holds its package beside the report.</summary>
    private static string Place(string path)
    {
        if (!Directory.Exists(path) || File.Exists(Path.Combine(path, Publication.Manifest)))
        {
            return path;
        }

        var inside = Directory.GetDirectories(path).Where(folder => File.Exists(Path.Combine(folder, Publication.Manifest))).Order(StringComparer.Ordinal).ToList();
        return inside.Count > 1
            ? throw new InputException(new InputProblem(Texts.SeveralPackages, path, Found: string.Join(", ", inside.Select(Path.GetFileName))))
            : inside.SingleOrDefault(path);
    }

    private static void WriteText(Terminal terminal, VerificationResult result)
    {
        foreach (var difference in result.Differences.Take(ShownDifferences))
        {
            terminal.Out.WriteLine(difference.ToString());
        }

        if (result.Differences.Count > ShownDifferences)
        {
            terminal.Out.WriteLine(Texts.MoreProblems.With(result.Differences.Count - ShownDifferences));
        }

        foreach (var file in result.Files.Where(file => file.Depth == CheckDepth.Hash))
        {
            terminal.Out.WriteLine(Texts.VerifyHashOnly.With(file.File));
        }

        terminal.Out.WriteLine(result.Passed
            ? Texts.VerifyPassed.With(result.Numbers, result.LargestDifference, result.PackageId)
            : result.Recomputed ? Texts.VerifyFailed.With(result.Differences.Count) : Texts.VerifyNotRecomputed.With(result.Differences.Count));
    }

    private static JsonObject Json(VerificationResult result) => new()
    {
        ["package"] = result.Path,
        ["package_id"] = result.PackageId,
        ["passed"] = result.Passed,
        ["recomputed"] = result.Recomputed,
        ["numbers"] = result.Numbers,
        ["largest_difference"] = result.LargestDifference,
        ["differences"] = new JsonArray([.. result.Differences.Select(difference => new JsonObject
        {
            ["kind"] = difference.Kind.ToString(),
            ["file"] = difference.File,
            ["row"] = difference.Row,
            ["column"] = difference.Column,
            ["found"] = difference.Found,
            ["expected"] = difference.Expected,
        })]),
    };
}
