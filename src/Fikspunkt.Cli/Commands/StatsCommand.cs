using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fikspunkt.Domain;
using Fikspunkt.Methods;
using Fikspunkt.Sources;

namespace Fikspunkt.Cli.Commands;

/// <summary><c>fikspunkt stats METHOD</c>: the statistics library on any table; <c>fikspunkt stats check CASE...</c> against results of others.</summary>
internal static class StatsCommand
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Make(Terminal terminal)
    {
        var command = new ExampleCommand(
            "stats",
            Texts.StatsDescription,
            "fikspunkt stats cox --input docs/examples/spells.csv --time weeks --event left --covariates age,sex",
            "fikspunkt stats check ../shared/reference/*") { Check(terminal) };
        foreach (var method in Catalogue.All)
        {
            command.Add(Run(terminal, method));
        }

        return command;
    }

    private static ExampleCommand Run(Terminal terminal, Method method)
    {
        var input = new Option<string>("--input") { Description = Texts.StatsInputDescription, HelpName = Texts.FilePlace, Required = true };
        var json = Shared.Json();
        var parameters = method.Parameters.Select(parameter => (Parameter: parameter, Option: OptionOf(parameter))).ToList();
        var command = new ExampleCommand(method.Name, $"{method.Summary}. {Texts.StatsPage.With(method.Page)}", $"fikspunkt stats {method.Name} {string.Join(' ', method.Example.Split(' ').Select(ShellWord.Quoted))}") { input, json };
        foreach (var (_, option) in parameters)
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            var settings = parameters
                .Where(item => parsed.GetResult(item.Option) is { Implicit: false })
                .Select(item => KeyValuePair.Create(item.Parameter.Name, (JsonNode?)JsonValue.Create(item.Option is Option<bool> flag ? parsed.GetValue(flag) ? "true" : "false" : parsed.GetValue((Option<string>)item.Option))));
            var given = new MethodInput(TextTableFile.Read(parsed.GetRequiredValue(input)), settings);
            var quantities = Catalogue.Run(method, given);
            if (parsed.GetValue(json))
            {
                WriteJson(terminal, writer => QuantityTree.WriteJson(writer, quantities));
            }
            else
            {
                QuantityText.Write(terminal.Out, quantities);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Option OptionOf(Parameter parameter)
    {
        var name = "--" + parameter.Name;
        var written = name.Replace('_', '-');
        var otherwise = parameter.Default.Length > 0 ? $" ({Texts.StatsDefault.With(parameter.Default)})" : string.Empty;
        Option option = parameter.Kind == ParameterKind.Flag
            ? new Option<bool>(written)
            : new Option<string>(written)
            {
                HelpName = parameter.Choices.Count > 0 ? string.Join('|', parameter.Choices) : parameter.Kind switch
                {
                    ParameterKind.Column => Texts.ColumnPlace,
                    ParameterKind.Columns => Texts.ColumnsPlace,
                    ParameterKind.Number => Texts.NumberPlace,
                    ParameterKind.Numbers => Texts.NumbersPlace,
                    _ => Texts.TextPlace,
                },
            };
        option.Description = parameter.Description + otherwise;
        option.Required = parameter.Required;
        if (written != name)
        {
            option.Aliases.Add(name);
        }

        return option;
    }

    private static ExampleCommand Check(Terminal terminal)
    {
        var folders = new Argument<string[]>("cases") { Description = Texts.CasesDescription, Arity = ArgumentArity.OneOrMore };
        var json = Shared.Json();
        var command = new ExampleCommand("check", Texts.StatsCheckDescription, "fikspunkt stats check ../shared/reference/survival-lung --json") { folders, json };
        command.SetAction(parsed =>
        {
            var results = new List<CaseResult>();
            var problems = new List<InputProblem>();

            // A folder of cases stands for the cases in it.
            foreach (var folder in parsed.GetRequiredValue(folders).SelectMany(Cases))
            {
                try
                {
                    results.Add(CaseFolder.Check(folder, path => TextTableFile.Read(path)));
                }
                catch (InputException e)
                {
                    problems.AddRange(e.Problems.Select(problem => problem with { Rule = $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))}: {problem.Rule}" }));
                }
            }

            if (parsed.GetValue(json))
            {
                WriteJson(terminal, writer => WriteCases(writer, results));
            }
            else
            {
                results.ForEach(result => WriteCase(terminal.Out, result));
            }

            return problems.Count > 0 ? throw new InputException(problems) : results.TrueForAll(result => result.Passes) ? ExitCode.Done : ExitCode.Negative;
        });
        return command;
    }

    private static IEnumerable<string> Cases(string folder)
    {
        if (File.Exists(folder))
        {
            // So that "reference/*" may be written where notes lie beside the cases.
            return [];
        }

        return Directory.Exists(folder) && !File.Exists(Path.Combine(folder, "case.json")) && Directory.GetDirectories(folder).Where(inner => File.Exists(Path.Combine(inner, "case.json"))).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } inside
            ? inside
            : [folder];
    }

    private static void WriteCase(TextWriter writer, CaseResult result)
    {
        static string Number(double value) => value.ToString("0.0e+00", CultureInfo.CurrentCulture);
        var width = result.Quantities.Max(quantity => quantity.Quantity.Length);
        writer.WriteLine($"{result.Case} ({result.Method})");
        if (result.Refusal is { } refusal)
        {
            writer.WriteLine("  " + refusal);
        }

        foreach (var quantity in result.Quantities)
        {
            var compared = quantity.Verdict is Verdict.Within or Verdict.Differs;
            writer.WriteLine(string.Join("  ", "  " + quantity.Quantity.PadRight(width), quantity.Values.ToString(CultureInfo.CurrentCulture).PadLeft(6), (compared ? Number(quantity.LargestRelative) : "-").PadLeft(8), (compared ? Number(quantity.LargestAbsolute) : "-").PadLeft(8), Named(quantity.Verdict), quantity.FirstFault).TrimEnd());
        }

        foreach (var name in result.Unused)
        {
            writer.WriteLine("  " + Texts.CaseUnused.With(name));
        }

        var faults = result.Quantities.Count(quantity => quantity.Verdict is Verdict.Differs or Verdict.NotComputed);
        writer.WriteLine("  " + Texts.CaseSummary.With(result.Quantities.Count(quantity => quantity.Verdict == Verdict.Within), faults));
        writer.WriteLine();
    }

    private static string Named(Verdict verdict) => verdict switch
    {
        Verdict.Within => Texts.VerdictWithin,
        Verdict.Differs => Texts.VerdictDiffers,
        Verdict.NotComputed => Texts.VerdictNotComputed,
        Verdict.Skipped => Texts.VerdictSkipped,
        _ => Texts.VerdictAboutThePeer,
    };

    private static void WriteCases(Utf8JsonWriter writer, List<CaseResult> results)
    {
        writer.WriteStartArray();
        foreach (var result in results)
        {
            writer.WriteStartObject();
            writer.WriteString("case", result.Case);
            writer.WriteString("method", result.Method);
            writer.WriteBoolean("passes", result.Passes);
            if (result.Refusal is { } refusal)
            {
                writer.WriteString("refusal", refusal.ToString());
            }

            writer.WriteStartArray("quantities");
            foreach (var quantity in result.Quantities)
            {
                writer.WriteStartObject();
                writer.WriteString("quantity", quantity.Quantity);
                writer.WriteNumber("values", quantity.Values);
                writer.WriteString("verdict", JsonNamingPolicy.SnakeCaseLower.ConvertName(quantity.Verdict.ToString()));
                writer.WriteNumber("largest_relative", quantity.LargestRelative);
                writer.WriteNumber("largest_absolute", quantity.LargestAbsolute);
                writer.WriteNumber("tolerance_relative", quantity.Relative);
                writer.WriteNumber("tolerance_absolute", quantity.Absolute);
                if (quantity.FirstFault.Length > 0)
                {
                    writer.WriteString("first_fault", quantity.FirstFault);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("unused_parameters");
            foreach (var name in result.Unused)
            {
                writer.WriteStringValue(name);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteJson(Terminal terminal, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            write(writer);
        }

        terminal.Out.WriteLine(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }
}
