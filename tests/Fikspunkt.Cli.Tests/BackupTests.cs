using System.Diagnostics;
using System.Security.Cryptography;
using Fikspunkt.Store;
using Fikspunkt.Testing;

namespace Fikspunkt.Cli.Tests;

/// <summary>The scripts that operators run, on a real store.</summary>
public sealed class BackupTests : IDisposable
{
    private static readonly string Program = RepositoryFiles.Path("src", "Fikspunkt.Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "fikspunkt.dll");
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Backup_OfAFolder_IsRestoredTheSameAndNeverOverwritesOrTakesADamagedArchive()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs bash.");
        ObservationStore.Open(folder.File("served/fikspunkt.duckdb")).Dispose();
        Directory.CreateDirectory(folder.File("served/notes"));
        File.WriteAllText(folder.File("served/notes/readme æøå.txt"), "Blåbærgrød");

        var archive = Script("backup.sh", "served", "backups").ShouldEndWith(0).Output.Trim();
        Script("restore.sh", archive, "restored").ShouldEndWith(0);
        Contents("restored").ShouldBe(Contents("served"), ignoreOrder: true);

        Script("restore.sh", archive, "restored").ShouldEndWith(2).Error.ShouldContain("nothing is overwritten");
        Script("backup.sh", "served", "served/inside").ShouldEndWith(2);
        Script("backup.sh", "backups", "elsewhere").ShouldEndWith(2).Error.ShouldContain("no store");

        var bytes = File.ReadAllBytes(archive);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(archive, bytes);
        Script("restore.sh", archive, "other").ShouldEndWith(1).Error.ShouldContain("not what was backed up");
        Directory.Exists(folder.File("other")).ShouldBeFalse();
        Directory.GetFileSystemEntries(folder.Path, ".*").ShouldBeEmpty("nothing is left behind");
    }

    private List<(string Name, string Hash)> Contents(string name) => [.. Directory.EnumerateFiles(folder.File(name), "*", SearchOption.AllDirectories)
        .Select(file => (Path.GetRelativePath(folder.File(name), file), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))))];

    private FikspunktCommand.Answer Script(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [RepositoryFiles.Path("deploy", name), .. arguments]) { WorkingDirectory = folder.Path, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };

        // As docs/operate.md has it; quoted, for the path may hold a space.
        start.Environment["FIKSPUNKT"] = $"dotnet '{Program}'";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new FikspunktCommand.Answer(process.ExitCode, output, error.Result);
    }
}
