using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Reports.Measurements;
using Fikspunkt.Sources.Synthetic;

namespace Fikspunkt.Cli.Commands;

/// <summary><c>fikspunkt measure ID|all</c>: the field's own measurements on one set of figures.</summary>
internal static class MeasureCommand
{
    private const string All = "all";

    public static Command Make(Terminal terminal)
    {
        var which = new Argument<string>("measurement") { Description = Texts.MeasurementDescription };
        var data = Shared.Data();
        var store = Shared.Store();
        var synthetic = new Option<bool>("--synthetic") { Description = Texts.MeasureSyntheticDescription };
        var seed = new Option<int>("--seed") { Description = Texts.DemoSeedDescription, HelpName = "N", DefaultValueFactory = _ => SyntheticOptions.DemoSeed };
        var spells = new Option<string>("--spells") { Description = Texts.MeasureSpellsDescription, HelpName = Texts.FilePlace };
        var earlier = new Option<int?>("--earlier") { Description = Texts.MeasureEarlierDescription, HelpName = Texts.VintagePlace };
        var folder = new Option<string>("--out") { Description = Texts.OutFolderDescription, HelpName = Texts.FolderPlace };
        var csv = Shared.Csv();
        var json = Shared.Json();
        var command = new ExampleCommand("measure", Texts.MeasureDescription, "fikspunkt measure all --synthetic --out maalinger", "fikspunkt measure ministry-2018 --synthetic --json") { which, data, store, earlier, spells, synthetic, seed, folder, csv, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var form = Shared.CsvForm(parsed.GetRequiredValue(csv));
            var target = parsed.GetValue(folder) is { } path ? Outputs.Folder(path) : null;
            var definitions = Models.LoadDefinitions();
            var specs = Find(definitions, parsed.GetRequiredValue(which));
            MeasurementInput input = null!;
            var results = new List<MeasurementResult>();
            terminal.Run(
            [
                (Texts.StepRead, () => input = MeasurementData.Read(definitions, specs, parsed.GetValue(synthetic) ? parsed.GetValue(seed) : null, parsed.GetValue(data), parsed.GetRequiredValue(store), parsed.GetValue(spells), parsed.GetValue(earlier), cancellationToken)),
                .. specs.Select(spec => (spec.Title.ToString(), (Action)(() => Add(spec, input, results, specs.Count > 1)))),
            ]);
            if (target is not null)
            {
                MeasurementOutputs.Write(results, definitions, target, form);
            }

            if (parsed.GetValue(json))
            {
                WriteJson(terminal, results);
            }
            else
            {
                MeasurementOutputs.WriteText(terminal.Out, results, definitions);
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static List<MeasurementSpec> Find(DefinitionSet definitions, string id) => id == All
        ? [.. definitions.Measurements.Values.OrderBy(spec => spec.Kind).ThenBy(spec => spec.Id, StringComparer.Ordinal)]
        : definitions.Measurements.TryGetValue(id, out var spec)
            ? [spec]
            : throw new InputException(new InputProblem(Texts.UnknownMeasurement, Found: id, Expected: string.Join(", ", definitions.Measurements.Keys.Order(StringComparer.Ordinal).Prepend(All))));

    // Asked for all, what the figures at hand do not hold is left out; asked for one, its absence is a fault.
    private static void Add(MeasurementSpec spec, MeasurementInput input, List<MeasurementResult> results, bool mayBeAbsent)
    {
        if (MeasurementRunner.HasData(spec, input) || !mayBeAbsent)
        {
            results.Add(input.Measure(spec));
        }
    }

    private static void WriteJson(Terminal terminal, List<MeasurementResult> results)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            MeasurementFiles.WriteJson(writer, results);
        }

        terminal.Out.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
    }
}
