using System.CommandLine;
using Fikspunkt.Benchmarks;

namespace Fikspunkt.Cli.Commands;

/// <summary><c>fikspunkt benchmark MODEL</c>: figures in, results and report out.</summary>
internal static class BenchmarkCommand
{
    public static Command Make(Terminal terminal)
    {
        var model = new Argument<string>("model") { Description = Texts.ModelDescription };
        var data = Shared.Data();
        var store = Shared.Store();
        var period = Shared.Period();
        var folder = new Option<string>("--out") { Description = Texts.OutFolderDescription, HelpName = Texts.FolderPlace };
        var csv = Shared.Csv();
        var json = Shared.Json();
        var command = new ExampleCommand(
            "benchmark",
            Texts.BenchmarkDescription,
            "fikspunkt benchmark dst-unemployment --data dst-municipalities.csv --out resultat",
            "fikspunkt benchmark published-y30r21 --data y30r21.csv --period 2021QMAT04 --out resultat --csv danish") { model, data, store, period, folder, csv, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var form = Shared.CsvForm(parsed.GetRequiredValue(csv));
            var target = parsed.GetValue(folder) is { } path ? Outputs.Folder(path) : null;
            var definitions = Models.LoadDefinitions();
            var spec = Models.AtPeriod(Models.Find(definitions, parsed.GetRequiredValue(model)), parsed.GetValue(period));
            BenchmarkData figures = null!;
            BenchmarkRun run = null!;
            IReadOnlyList<string> files = [];
            var steps = new List<(string, Action)>
            {
                (Texts.StepRead, () => figures = BenchmarkData.Of(definitions, spec, parsed.GetValue(data), parsed.GetRequiredValue(store), cancellationToken)),
                (Texts.StepCompute, () => run = BenchmarkRunner.Run(spec, definitions, figures.Observations, figures.Vintages)),
            };
            if (target is not null)
            {
                steps.Add((Texts.StepWrite, () => files = Outputs.Write(run, definitions, target, form)));
                steps.Add((Texts.StepPublish, () => files = [.. files, Outputs.WritePackage(run, definitions, figures, figures.Newest, target)]));
            }

            terminal.Run(steps);
            if (parsed.GetValue(json))
            {
                RunSummary.WriteJson(terminal, run, definitions, files);
            }
            else
            {
                RunSummary.WriteText(terminal, run, definitions, files);
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
