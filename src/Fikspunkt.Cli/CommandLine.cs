using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using Fikspunkt.Cli.Commands;
using Fikspunkt.Domain;

namespace Fikspunkt.Cli;

/// <summary>The <c>fikspunkt</c> command: language, parsing, exit codes. The work is in <c>Commands/</c>.</summary>
internal static class CommandLine
{
    private const int MostProblemsShown = 20;
    private const string LanguageVariable = "FIKSPUNKT_LANG";
    private const string LanguageOption = "--lang";

    public static async Task<int> RunAsync(string[] arguments, Terminal terminal)
    {
        try
        {
            UseLanguage(arguments);
            var root = Root(terminal);
            var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0 && parsed.Action is not HelpPage)
            {
                throw new InputException(new InputProblem(WrongUse(parsed), Expected: Texts.SeeHelp));
            }

            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = terminal.Out, Error = terminal.Error };
            if (parsed.CommandResult.Command.Name is ServeCommand.Name or DemoCommand.Name)
            {
                // The server itself hears that it shall stop and lets requests under way finish, whatever they take and however often it is asked.
                invocation.ProcessTerminationTimeout = null;
            }

            return await parsed.InvokeAsync(invocation);
        }
        catch (InputException e)
        {
            foreach (var problem in e.Problems.Take(MostProblemsShown))
            {
                terminal.Error.WriteLine("fikspunkt: " + problem);
            }

            if (e.Problems.Count > MostProblemsShown)
            {
                terminal.Error.WriteLine("fikspunkt: " + Texts.MoreProblems.With(e.Problems.Count - MostProblemsShown));
            }

            return ExitCode.WrongUse;
        }
        catch (SourceUnavailableException e)
        {
            terminal.Error.WriteLine("fikspunkt: " + e.Message);
            return ExitCode.Unavailable;
        }
        catch (OperationCanceledException)
        {
            terminal.Error.WriteLine("fikspunkt: " + Texts.Interrupted);
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine("fikspunkt: " + e.Message);
            return ExitCode.WrongUse;
        }
#pragma warning disable CA1031 // The outermost edge: whatever got here is a defect, and says so instead of a stack trace on a user.
        catch (Exception e)
#pragma warning restore CA1031
        {
            terminal.Error.WriteLine("fikspunkt: " + Texts.Defect.With(e.GetType().Name, e.Message));
            if (Environment.GetEnvironmentVariable("FIKSPUNKT_DEBUG") is not null)
            {
                terminal.Error.WriteLine(e);
            }

            return ExitCode.Defect;
        }
    }

    private static RootCommand Root(Terminal terminal)
    {
        var root = new RootCommand(Texts.RootDescription)
        {
            new Option<string>(LanguageOption) { Description = Texts.LanguageDescription, Recursive = true, HelpName = "da|en" },
            DemoCommand.Make(terminal),
            ImportCommand.Make(terminal),
            StoreCommands.Vintages(terminal),
            StoreCommands.Diff(terminal),
            BenchmarkCommand.Make(terminal),
            ReportCommand.Make(terminal),
            PublicationCommands.Publish(terminal),
            PublicationCommands.Verify(terminal),
            MeasureCommand.Make(terminal),
            ServeCommand.Make(terminal),
            McpCommand.Make(),
            StatsCommand.Make(terminal),
        };
        foreach (var version in root.Options.OfType<VersionOption>())
        {
            version.Description = Texts.VersionDescription;
        }

        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Description = Texts.HelpDescription;
            help.Action = new HelpPage(terminal);
        }

        return root;
    }

    /// <summary>Danish unless <c>--lang en</c> or the environment says otherwise; known before the texts of the commands are made.</summary>
    private static void UseLanguage(string[] arguments)
    {
        var place = Array.FindIndex(arguments, argument => argument == LanguageOption || argument.StartsWith(LanguageOption + "=", StringComparison.Ordinal));
        var given = place < 0 ? Environment.GetEnvironmentVariable(LanguageVariable)
            : arguments[place].Contains('=', StringComparison.Ordinal) ? arguments[place][(LanguageOption.Length + 1)..]
            : place + 1 < arguments.Length ? arguments[place + 1] : string.Empty;
        var culture = Language.Culture(string.IsNullOrEmpty(given) && place < 0 ? "da" : given!);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture ?? Language.Danish;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture;
        if (culture is null)
        {
            throw new InputException(new InputProblem(Texts.UnknownLanguage, place < 0 ? LanguageVariable : LanguageOption, Found: given, Expected: "da, en"));
        }
    }

    private static string WrongUse(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens.Count > 0)
        {
            return Texts.UnknownWord.With(parsed.UnmatchedTokens[0]);
        }

        return parsed.Errors[0].SymbolResult switch
        {
            System.CommandLine.Parsing.CommandResult { Command.Subcommands.Count: > 0 } command when command.Command.Action is null => Texts.CommandNeeded,
            System.CommandLine.Parsing.CommandResult command when command.Command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0 && command.GetResult(argument) is null or { Tokens.Count: 0 }) is { } missing => Texts.ArgumentNeeded.With(missing.Name),
            System.CommandLine.Parsing.OptionResult option => Texts.OptionWrong.With(option.Option.Name),
            System.CommandLine.Parsing.ArgumentResult argument => Texts.OptionWrong.With($"<{argument.Argument.Name}>"),
            _ => parsed.Errors[0].Message,
        };
    }
}

/// <summary>The languages that Fikspunkt speaks.</summary>
internal static class Language
{
    public static CultureInfo Danish { get; } = CultureInfo.GetCultureInfo("da-DK");

    public static CultureInfo English { get; } = CultureInfo.GetCultureInfo("en-GB");

    public static CultureInfo? Culture(string language) => language switch
    {
        "da" => Danish,
        "en" => English,
        _ => null,
    };
}
