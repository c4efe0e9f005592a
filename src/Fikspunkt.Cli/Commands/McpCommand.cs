using System.CommandLine;
using Fikspunkt.Web;
using Fikspunkt.Web.Mcp;

namespace Fikspunkt.Cli.Commands;

/// <summary><c>fikspunkt mcp</c>: the API's questions as tools for a language model, over standard input and output.</summary>
internal static class McpCommand
{
    public static Command Make()
    {
        var folder = new Argument<string>("folder") { Description = Texts.ServeFolderDescription, DefaultValueFactory = _ => "." };
        var command = new ExampleCommand("mcp", Texts.McpDescription, "fikspunkt mcp fikspunkt-demo") { folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await McpSite.RunAsync(new SiteOptions(ServeCommand.Existing(parsed.GetRequiredValue(folder))), cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }
}
