using System.Diagnostics;
using Fikspunkt.Testing;

namespace Fikspunkt.Cli.Tests;

/// <summary>Runs the real command in a process of its own, as a user's shell does.</summary>
internal static class FikspunktCommand
{
    private static readonly string Program = RepositoryFiles.Path(
        "src", "Fikspunkt.Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "fikspunkt.dll");

    public static Answer Run(string folder, params string[] arguments) => Run(folder, [], arguments);

    public static Answer Run(string folder, Dictionary<string, string?> environment, params string[] arguments)
    {
        var start = Start(folder, arguments);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Answer(process.ExitCode, output, error.Result);
    }

    /// <summary>How the command is started in a folder, for those who talk with it.</summary>
    public static ProcessStartInfo Start(string folder, params string[] arguments) => new("dotnet", [Program, .. arguments])
    {
        WorkingDirectory = folder,
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    internal sealed record Answer(int Code, string Output, string Error)
    {
        public Answer ShouldEndWith(int code)
        {
            Code.ShouldBe(code, $"{Output}\n{Error}");
            return this;
        }
    }
}
