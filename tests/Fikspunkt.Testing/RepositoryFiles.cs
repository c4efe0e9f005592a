using System.Runtime.CompilerServices;

namespace Fikspunkt.Testing;

/// <summary>Where tests find the repository and the shared material beside it.</summary>
public static class RepositoryFiles
{
    /// <summary>The repository's root folder.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>A path inside the repository.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>A path in the shared folder beside the repository. Skips the running test, with a message, where it is absent.</summary>
    public static string Shared(params string[] parts)
    {
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine([Root, "..", "shared", .. parts]));
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"Needs {string.Join('/', parts)} in the folder 'shared' beside the repository, which is not there.");
        return path;
    }

    /// <summary>A path beside the calling source file.</summary>
    public static string Beside(string name, [CallerFilePath] string sourceFile = "") =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(sourceFile)!, name);

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Fikspunkt.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No Fikspunkt.slnx above {start}.");
    }
}

/// <summary>A folder for one test, removed afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>The folder's full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("fikspunkt-").FullName;

    /// <summary>A path inside the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
