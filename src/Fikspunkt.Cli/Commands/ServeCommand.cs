using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using Fikspunkt.Domain;
using Fikspunkt.Web;
using Microsoft.Extensions.Hosting;

namespace Fikspunkt.Cli.Commands;

/// <summary><c>fikspunkt serve</c>: the web application and the open API over a folder.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    public static Command Make(Terminal terminal)
    {
        var folder = new Argument<string>("folder") { Description = Texts.ServeFolderDescription, DefaultValueFactory = _ => "." };
        var urls = Urls();
        var rate = new Option<int>("--api-rate") { Description = Texts.ServeApiRateDescription, HelpName = "N", DefaultValueFactory = _ => new SiteOptions(".").ApiRequestsPerMinute };
        var proxies = ProxyOption.Make();
        var openMetrics = new Option<bool>("--open-metrics") { Description = Texts.ServeOpenMetricsDescription };
        var command = new ExampleCommand(Name, Texts.ServeDescription, "fikspunkt serve fikspunkt-demo", "fikspunkt serve /srv/fikspunkt --urls http://127.0.0.1:8080", "fikspunkt serve /srv/fikspunkt --urls http://10.0.0.2:8080 --proxy 10.0.0.1") { folder, urls, rate, proxies, openMetrics };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var place = Existing(parsed.GetRequiredValue(folder));
            if (parsed.GetRequiredValue(rate) is < 0 and var wrong)
            {
                throw new InputException(new InputProblem(Texts.ServeApiRateWrong, "--api-rate", Found: wrong.ToString(CultureInfo.InvariantCulture), Expected: "0, 1, 2, ..."));
            }

            var options = new SiteOptions(place, parsed.GetRequiredValue(urls))
            {
                ApiRequestsPerMinute = parsed.GetRequiredValue(rate),
                Proxies = [.. SiteOptions.ThisMachine, .. ProxyOption.Networks(parsed.GetValue(proxies) ?? [])],
                OpenMetrics = parsed.GetValue(openMetrics),
            };
            return await RunAsync(terminal, options, cancellationToken);
        });
        return command;
    }

    // Of other addresses the server says by InvalidOperationException that it has no certificate or does not know the scheme.
    private static bool IsPlain(string urls) => Array.TrueForAll(urls.Split(';', StringSplitOptions.TrimEntries), url => url.StartsWith("http:", StringComparison.OrdinalIgnoreCase));

    /// <summary>What an address would have to be, from what the server says, in its English, of the one it was given.</summary>
    private static string Usable(Exception refusal) => (refusal as SocketException ?? refusal.GetBaseException() as SocketException)?.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => Texts.ServeFreePort,
        SocketError.AddressNotAvailable => Texts.ServeOwnAddress,
        SocketError.AccessDenied => Texts.ServeAllowedPort,
        null when refusal is InvalidOperationException => Texts.ServePlainAddress,
        _ => Texts.ServeAddress,
    };

    public static Option<string> Urls() => new("--urls") { Description = Texts.ServeUrlsDescription, HelpName = "URL", DefaultValueFactory = _ => SiteOptions.DefaultUrls };

    /// <summary>The full path of a folder that must be there.</summary>
    public static string Existing(string folder) => Directory.Exists(folder)
        ? Path.GetFullPath(folder)
        : throw new InputException(new InputProblem(Texts.ServeNoFolder, Found: folder, Expected: Texts.FolderPlace));

    /// <summary>Serves until it is asked to stop; requests under way are finished first.</summary>
    /// <param name="terminal">Where the address is said.</param>
    /// <param name="options">What is served.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <param name="ready">Called with the address when the server answers.</param>
    public static async Task<int> RunAsync(Terminal terminal, SiteOptions options, CancellationToken cancellationToken, Action<string>? ready = null)
    {
        await using var site = WebSite.Make(options);
        try
        {
            await site.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or FormatException or ArgumentOutOfRangeException || (e is InvalidOperationException && !IsPlain(options.Urls)))
        {
            throw new InputException(new InputProblem(Texts.ServeCannotListen, "--urls", Found: options.Urls, Expected: Usable(e)), e);
        }

        terminal.Out.WriteLine(Texts.ServeReady.With(string.Join(", ", site.Urls)));
        ready?.Invoke(site.Urls.First());
        await site.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Done;
    }
}
