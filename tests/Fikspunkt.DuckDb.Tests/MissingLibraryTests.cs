using System.Diagnostics;
using Fikspunkt.Testing;

namespace Fikspunkt.DuckDb.Tests;

/// <summary>The library is loaded once for a process, so a process of its own goes without: this test program, asked to open a connection.</summary>
public sealed class MissingLibraryTests
{
    private const string Role = "FIKSPUNKT_TEST_OPENS_ONLY";

    [Fact]
    public async Task Open_NoLibraryInFolder_SaysInOneLineWhatToRun()
    {
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo(Path.ChangeExtension(typeof(MissingLibraryTests).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in new[] { "-class", typeof(OpensOnly).FullName!, "-explicit", "on" })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DUCKDB_NATIVE_FOLDER"] = folder.Path;
        start.Environment[Role] = folder.File("message.txt");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        _ = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        File.Exists(folder.File("message.txt")).ShouldBeTrue(await output);
        (await File.ReadAllTextAsync(folder.File("message.txt"), TestContext.Current.CancellationToken))
            .ShouldBe($"DuckDbException: DuckDB's native library {Native.NativeLoader.FileName} could not be loaded from {folder.Path}; run 'npm ci' in the folder web and build again.");
    }

    public sealed class OpensOnly
    {
        [Fact(Explicit = true)]
        public void Open_InChildProcess_WritesWhatHappened()
        {
            var path = Environment.GetEnvironmentVariable(Role);
            Assert.SkipUnless(path is not null, "Runs in the child process of the test above only.");
            try
            {
                Database.InMemory().Dispose();
                File.WriteAllText(path, "opened");
            }
            catch (DuckDbException exception)
            {
                File.WriteAllText(path, $"{exception.GetType().Name}: {exception.Message}");
            }
        }
    }
}
