using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Benchmarks.Publications;
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
        var folder = new Option<string>("--out") { Description = Texts.MeasureOutDescription, HelpName = Texts.FolderPlace };
        var hide = Shared.HideUpTo();
        var csv = Shared.Csv();
        var json = Shared.Json();
        var command = new ExampleCommand("measure", Texts.MeasureDescription, "fikspunkt measure all --synthetic --out maalinger", "fikspunkt measure ministry-2018 --synthetic --json") { which, data, store, earlier, spells, synthetic, seed, folder, hide, csv, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var form = Shared.CsvForm(parsed.GetRequiredValue(csv));
            var largestHidden = Shared.Checked(parsed.GetValue(hide));
            var target = parsed.GetValue(folder) is { } path ? Outputs.Folder(path) : null;
            var definitions = Models.LoadDefinitions();
            var specs = Find(definitions, parsed.GetRequiredValue(which));
            MeasurementInput input = null!;
            MeasurementPublication? publication = null;
            IReadOnlyList<string> files = [];
            var results = new List<MeasurementResult>();
            var steps = new List<(string, Action)>
            {
                (Texts.StepRead, () => input = MeasurementData.Read(definitions, specs, parsed.GetValue(synthetic) ? parsed.GetValue(seed) : null, parsed.GetValue(data), parsed.GetRequiredValue(store), parsed.GetValue(spells), parsed.GetValue(earlier), cancellationToken)),
            };
            if (target is not null)
            {
                // Before anything is computed, so that what is shown, written and published is one and the same.
                steps.Add((Texts.StepHide, () => publication = MeasurementPublication.Of([.. specs.Where(spec => specs.Count == 1 || MeasurementRunner.HasData(spec, input))], input, largestHidden)));
            }

            steps.AddRange(specs.Select(spec => (spec.Title.ToString(), (Action)(() => Add(spec, input, publication, results, specs.Count > 1)))));
            if (target is not null)
            {
                steps.Add((Texts.StepWrite, () => MeasurementOutputs.Write(results, definitions, target, form)));
                steps.Add((Texts.StepPublish, () => files = [Path.Combine(target, MeasurementOutputs.Report), .. publication!.IsEmpty ? Array.Empty<string>() : [MeasurementOutputs.WritePackage(publication, target)]]));
            }

            terminal.Run(steps);
            if (parsed.GetValue(json))
            {
                WriteJson(terminal, results);
            }
            else
            {
                MeasurementOutputs.WriteText(terminal.Out, results, definitions);
            }

            if (publication is not null)
            {
                MeasurementOutputs.WriteFiles(parsed.GetValue(json) ? terminal.Error : terminal.Out, publication, files, definitions);
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    /// <summary>Every measurement, in the order shown.</summary>
    public static IReadOnlyList<MeasurementSpec> Every(DefinitionSet definitions) => [.. definitions.Measurements.Values.OrderBy(spec => spec.Kind).ThenBy(spec => spec.Id, StringComparer.Ordinal)];

    private static IReadOnlyList<MeasurementSpec> Find(DefinitionSet definitions, string id) => id == All
        ? Every(definitions)
        : definitions.Measurements.TryGetValue(id, out var spec)
            ? [spec]
            : throw new InputException(new InputProblem(Texts.UnknownMeasurement, Found: id, Expected: string.Join(", ", definitions.Measurements.Keys.Order(StringComparer.Ordinal).Prepend(All))));

    // Asked for all, what the figures at hand do not hold is left out; asked for one, its absence is a fault.
    private static void Add(MeasurementSpec spec, MeasurementInput input, MeasurementPublication? publication, List<MeasurementResult> results, bool mayBeAbsent)
    {
        if (MeasurementRunner.HasData(spec, input) || !mayBeAbsent)
        {
            results.Add(publication?.Result(spec) ?? input.Measure(spec));
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
