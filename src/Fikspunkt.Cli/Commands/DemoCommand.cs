using System.CommandLine;
using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;
using Fikspunkt.Sources;
using Fikspunkt.Sources.Synthetic;
using Fikspunkt.Store;
using NodaTime;

namespace Fikspunkt.Cli.Commands;

/// <summary><c>fikspunkt demo</c>: the whole job on a Denmark that is made up, so that it needs no data and no account.</summary>
internal static class DemoCommand
{
    private const string Model = "synthetic-denmark";

    // Made-up data have no date of retrieval; a fixed one makes every run of the demonstration the same.
    private static readonly Instant Retrieved = Instant.FromUtc(2025, 1, 15, 0, 0);

    public static Command Make(Terminal terminal)
    {
        var folder = new Option<string>("--out") { Description = Texts.DemoOutDescription, HelpName = Texts.FolderPlace, DefaultValueFactory = _ => "fikspunkt-demo" };
        var seed = new Option<int>("--seed") { Description = Texts.DemoSeedDescription, HelpName = "N", DefaultValueFactory = _ => SyntheticOptions.DemoSeed };
        var noServe = new Option<bool>("--no-serve") { Description = Texts.DemoNoServeDescription };
        var csv = Shared.Csv();
        var json = Shared.Json();
        var command = new ExampleCommand("demo", Texts.DemoDescription, "fikspunkt demo", "fikspunkt demo --out demo --no-serve --lang en") { folder, seed, noServe, csv, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var form = Shared.CsvForm(parsed.GetRequiredValue(csv));
            var target = Outputs.Folder(parsed.GetRequiredValue(folder));
            var definitions = Models.LoadDefinitions();
            var spec = Models.Find(definitions, Model);
            BenchmarkData figures = null!;
            BenchmarkRun run = null!;
            List<string> files = [];
            terminal.Run(
                (Texts.StepSynthetic, () => SyntheticFiles.Write(SyntheticDenmark.Generate(new SyntheticOptions(parsed.GetValue(seed)), definitions), target)),
                (Texts.StepImport, () => figures = Import(definitions, target, cancellationToken)),
                (Texts.StepCompute, () => run = BenchmarkRunner.Run(spec, definitions, figures.Observations, figures.Vintages)),
                (Texts.StepWrite, () => files.AddRange(Outputs.Write(run, definitions, target, form))),
                (Texts.StepPublish, () => files.Add(Outputs.WritePackage(run, definitions, figures, Retrieved, target))));
            if (parsed.GetValue(json))
            {
                RunSummary.WriteJson(terminal, run, definitions, files);
            }
            else
            {
                RunSummary.WriteText(terminal, run, definitions, files);
                terminal.Out.WriteLine();
                terminal.Out.WriteLine(Texts.DemoNext.With(files[2], files[^1]));
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    /// <summary>Through the same import as real data, into a store beside the data.</summary>
    private static BenchmarkData Import(DefinitionSet definitions, string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, Stores.DefaultPath);
        using var store = ObservationStore.Open(path);
        var request = new ImportRequest([Path.Combine(folder, SyntheticFiles.DataFile)], null, Retrieved, Synthetic: true);
        return BenchmarkData.Read(store, [TableImporter.Import(store, definitions, request, cancellationToken)]);
    }
}
