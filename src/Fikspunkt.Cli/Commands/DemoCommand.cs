using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Domain;
using Fikspunkt.Sources;
using Fikspunkt.Sources.Synthetic;
using Fikspunkt.Store;
using Fikspunkt.Web;
using NodaTime;

namespace Fikspunkt.Cli.Commands;

/// <summary><c>fikspunkt demo</c>: the whole job on a Denmark that is made up, so that it needs no data and no account.</summary>
internal static class DemoCommand
{
    public const string Name = "demo";
    private const string Model = "synthetic-denmark";
    private const int MostPorts = 100;

    // Made-up data have no date of retrieval; a fixed one makes every run of the demonstration the same.
    private static readonly Instant Retrieved = Instant.FromUtc(2025, 1, 15, 0, 0);

    public static Command Make(Terminal terminal)
    {
        var folder = new Option<string>("--out") { Description = Texts.DemoOutDescription, HelpName = Texts.FolderPlace, DefaultValueFactory = _ => "fikspunkt-demo" };
        var seed = new Option<int>("--seed") { Description = Texts.DemoSeedDescription, HelpName = "N", DefaultValueFactory = _ => SyntheticOptions.DemoSeed };
        var noServe = new Option<bool>("--no-serve") { Description = Texts.DemoNoServeDescription };
        var csv = Shared.Csv();
        var json = Shared.Json();
        var command = new ExampleCommand(Name, Texts.DemoDescription, "fikspunkt demo", "fikspunkt demo --out demo --no-serve --lang en") { folder, seed, noServe, csv, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var form = Shared.CsvForm(parsed.GetRequiredValue(csv));
            var target = Outputs.Folder(parsed.GetRequiredValue(folder));
            var definitions = Models.LoadDefinitions();
            var spec = Models.Find(definitions, Model);
            BenchmarkData figures = null!;
            BenchmarkRun run = null!;
            List<string> files = [];
            var serves = !parsed.GetValue(noServe) && !parsed.GetValue(json);
            List<(string, Action)> steps =
            [
                (Texts.StepSynthetic, () => SyntheticFiles.Write(SyntheticDenmark.Generate(new SyntheticOptions(parsed.GetValue(seed)), definitions), target)),
                (Texts.StepImport, () => figures = Import(definitions, target, cancellationToken)),
                (Texts.StepCompute, () => run = BenchmarkRunner.Run(spec, definitions, figures.Observations, figures.Vintages)),
                (Texts.StepWrite, () => files.AddRange(Outputs.Write(run, definitions, target, form))),
                (Texts.StepPublish, () => files.Add(Outputs.WritePackage(run, definitions, figures, Retrieved, target))),
            ];
            if (!serves)
            {
                steps.Add((Texts.StepMeasure, () => files.Add(Measure(definitions, figures, target, cancellationToken))));
            }

            terminal.Run(steps);
            if (parsed.GetValue(json))
            {
                RunSummary.WriteJson(terminal, run, definitions, files);
            }
            else
            {
                RunSummary.WriteText(terminal, run, definitions, files);
                terminal.Out.WriteLine();
                terminal.Out.WriteLine(Texts.DemoNext.With(files[2], ShellWord.Quoted(files[3])));
            }

            return serves ? await ServeAsync(terminal, target, () => Measure(definitions, figures, target, cancellationToken), cancellationToken) : ExitCode.Done;
        });
        return command;
    }

    /// <summary>The site comes at once; the measurements, which take longer, join it while it is looked at.</summary>
    private static async Task<int> ServeAsync(Terminal terminal, string folder, Func<string> measure, CancellationToken cancellationToken)
    {
        var options = new SiteOptions(folder, FreeAddress(terminal)) { Quiet = true, Refresh = TimeSpan.FromSeconds(1) };
        return await ServeCommand.RunAsync(terminal, options, cancellationToken, address =>
        {
            Desktop.Open(address, terminal);
            terminal.Out.WriteLine(Texts.DemoMeasuring);
            _ = Task.Run(() => Join(terminal, measure), cancellationToken);
        });
    }

    private static void Join(Terminal terminal, Func<string> measure)
    {
        try
        {
            terminal.Out.WriteLine(Texts.DemoMeasured.With(measure()));
        }
        catch (Exception e) when (e is InputException or IOException)
        {
            terminal.Error.WriteLine("fikspunkt: " + e.Message);
        }
    }

    private static string Measure(DefinitionSet definitions, BenchmarkData figures, string folder, CancellationToken cancellationToken)
    {
        var input = MeasurementData.Synthetic(definitions, figures, Path.Combine(folder, SyntheticFiles.SpellsFile), isSynthetic: true, cancellationToken);
        return MeasurementOutputs.WritePackage(MeasurementPublication.Of([.. MeasureCommand.Every(definitions).Where(spec => MeasurementRunner.HasData(spec, input))], input), folder);
    }

    /// <summary>The usual address, or the next one that nobody listens on.</summary>
    private static string FreeAddress(Terminal terminal)
    {
        var usual = new Uri(SiteOptions.DefaultUrls);
        var port = Enumerable.Range(usual.Port, MostPorts).FirstOrDefault(IsFree, usual.Port);
        if (port != usual.Port)
        {
            terminal.Out.WriteLine(Texts.DemoPortTaken.With(usual.Port.ToString(CultureInfo.InvariantCulture), port.ToString(CultureInfo.InvariantCulture)));
        }

        return new UriBuilder(usual) { Port = port }.Uri.GetLeftPart(UriPartial.Authority);
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
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
