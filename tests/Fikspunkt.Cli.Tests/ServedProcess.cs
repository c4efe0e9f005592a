using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fikspunkt.Cli.Tests;

/// <summary>A server in a process of its own, as an operator runs it.</summary>
internal sealed class ServedProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    private ServedProcess(Process process) => this.process = process;

    public Uri Address { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    public string Error
    {
        get
        {
            lock (error)
            {
                return error.ToString();
            }
        }
    }

    /// <summary>Starts a command and waits until it says where it serves.</summary>
    public static Task<ServedProcess> Start(string folder, params string[] arguments) => Start(FikspunktCommand.Start(folder, arguments));

    /// <summary>Starts a command and waits until it says where it serves.</summary>
    public static async Task<ServedProcess> Start(ProcessStartInfo start)
    {
        var served = new ServedProcess(Process.Start(start)!);
        served.process.OutputDataReceived += (_, line) => Add(served.output, line.Data);
        served.process.ErrorDataReceived += (_, line) => Add(served.error, line.Data);
        served.process.StandardInput.Close();
        served.process.BeginOutputReadLine();
        served.process.BeginErrorReadLine();
        await served.Until(() => served.Output.Contains("http://", StringComparison.Ordinal) && served.Output.Contains("Ctrl+C", StringComparison.Ordinal));
        var text = served.Output;
        var place = text.LastIndexOf("http://", StringComparison.Ordinal);
        served.Address = new Uri(text[place..text.IndexOfAny([' ', ',', '\n'], place)]);
        served.Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = served.Address };
        return served;
    }

    /// <summary>Waits for something to happen; fails with what the command said when it ends first.</summary>
    public async Task Until(Func<bool> happened)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!happened())
        {
            process.HasExited.ShouldBeFalse($"{Output}\n{Error}");
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Asks the process to stop, as a service manager does.</summary>
    public void Terminate() => Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();

    public async Task<int> Ended()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        Client?.Dispose();
        process.Dispose();
    }

    private static void Add(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.Append(line).Append('\n');
        }
    }
}
