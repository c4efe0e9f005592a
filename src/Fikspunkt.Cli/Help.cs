using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Fikspunkt.Cli;

/// <summary>A command that shows examples in its help.</summary>
internal sealed class ExampleCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;
}

/// <summary>Writes help in the user's language; the library's own has no Danish.</summary>
internal sealed class HelpPage(Terminal terminal) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command);
        return ExitCode.Done;
    }

    private void Write(Command command)
    {
        var output = terminal.Out;
        output.WriteLine(command.Description);
        output.WriteLine();
        output.WriteLine(Texts.HelpUsage);
        output.WriteLine("  " + Usage(command));
        Section(Texts.HelpCommands, [.. command.Subcommands.Where(sub => !sub.Hidden).Select(sub => (sub.Name, sub.Description ?? string.Empty))]);
        Section(Texts.HelpArguments, [.. command.Arguments.Select(argument => ($"<{argument.Name}>", argument.Description ?? string.Empty))]);
        Section(Texts.HelpOptions, [.. AllOptions(command).Select(option => (OptionLabel(option), option.Description ?? string.Empty))]);
        if (command is ExampleCommand { Examples.Count: > 0 } withExamples)
        {
            output.WriteLine();
            output.WriteLine(Texts.HelpExamples);
            foreach (var example in withExamples.Examples)
            {
                output.WriteLine("  " + example);
            }
        }
    }

    private void Section(string title, List<(string Name, string Text)> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        terminal.Out.WriteLine();
        terminal.Out.WriteLine(title);
        var width = rows.Max(row => row.Name.Length);
        foreach (var (name, text) in rows)
        {
            terminal.Out.WriteLine($"  {name.PadRight(width)}  {text}");
        }
    }

    private static string Usage(Command command)
    {
        var path = new Stack<string>();
        for (Symbol? symbol = command; symbol is Command known; symbol = symbol.Parents.FirstOrDefault())
        {
            path.Push(known is RootCommand ? "fikspunkt" : known.Name);
        }

        var arguments = command.Arguments.Select(argument => argument.Arity.MaximumNumberOfValues > 1 ? $"<{argument.Name}>..." : argument.Arity.MinimumNumberOfValues == 0 ? $"[<{argument.Name}>]" : $"<{argument.Name}>");
        return string.Join(' ', [.. path, .. command.Subcommands.Count > 0 ? [Texts.HelpCommandPlace] : Array.Empty<string>(), .. arguments, Texts.HelpOptionPlace]);
    }

    private static IEnumerable<Option> AllOptions(Command command)
    {
        var options = command.Options.AsEnumerable();
        for (var parent = command.Parents.OfType<Command>().FirstOrDefault(); parent is not null; parent = parent.Parents.OfType<Command>().FirstOrDefault())
        {
            options = options.Concat(parent.Options.Where(option => option.Recursive));
        }

        return options.Where(option => !option.Hidden);
    }

    private static string OptionLabel(Option option)
    {
        var takesValue = option.ValueType != typeof(bool) && option is not HelpOption && option.ValueType != typeof(void);
        return string.Join(", ", [.. option.Aliases.Where(alias => alias.StartsWith('-')).Order(StringComparer.Ordinal).Reverse(), option.Name]) + (takesValue ? $" <{option.HelpName ?? option.Name.TrimStart('-')}>" : string.Empty);
    }
}
