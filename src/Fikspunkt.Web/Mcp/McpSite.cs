using System.Reflection;
using System.Text.Json;
using Fikspunkt.Domain;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Fikspunkt.Web.Mcp;

/// <summary>Answers language models over standard input and output (the Model Context Protocol): the API's questions as tools that only read.</summary>
public static class McpSite
{
    private const string Instructions =
        "Figures and results about the employment services of the 98 Danish municipalities. Every answer is JSON with the sources of its figures. "
        + "Never report a rank or a difference without its interval or rank set. A null value with status 'suppressed' or 'missing' is not 0. "
        + "When 'synthetic' is true the figures are made up: say so, and do not draw conclusions about real municipalities. No person is ever ranked.";

    /// <summary>Serves until the other side closes its end.</summary>
    /// <param name="options">The folder with figures and publications.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The definitions are wrong.</exception>
    public static async Task RunAsync(SiteOptions options, CancellationToken cancellationToken)
    {
        // Nothing but the protocol may reach standard output, whatever is written to the console.
        Console.SetOut(Console.Error);
        using var logs = LoggerFactory.Create(builder => builder.AddProvider(new Logs()));
        using var site = new Site(options, new Metrics(), logs.CreateLogger<Site>());
        var served = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "fikspunkt", Version = typeof(McpSite).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion },
            ServerInstructions = Instructions,
            Capabilities = new ServerCapabilities { Tools = new ToolsCapability() },
            Handlers = new McpServerHandlers
            {
                ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = [.. McpTools.All.Select(tool => tool.Describe())] }),
                CallToolHandler = (request, _) => ValueTask.FromResult(Call(site, request.Params)),
            },
        };
        await using var transport = new StdioServerTransport(served, logs);
        await using var server = McpServer.Create(transport, served, logs);
        await server.RunAsync(cancellationToken);
    }

    private static CallToolResult Call(Site site, CallToolRequestParams? asked)
    {
        try
        {
            // New figures and publications are seen at the next question.
            site.Refresh();
            return Text(McpTools.Answer(site.Current, asked?.Name ?? "", asked?.Arguments ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal)), isError: false);
        }
        catch (InputException e)
        {
            return Text(e.Problems[0].ToString(), isError: true);
        }
    }

    private static CallToolResult Text(string text, bool isError) => new() { Content = [new TextContentBlock { Text = text }], IsError = isError };
}
