using Fikspunkt.Domain;
using Fikspunkt.Testing;

namespace Fikspunkt.Definitions.Tests;

/// <summary>A copy of the real definitions that a test may break.</summary>
internal sealed class DefinitionsCopy : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public DefinitionsCopy()
    {
        var source = RepositoryFiles.Path("definitions");
        foreach (var file in Files())
        {
            var target = System.IO.Path.Combine(Folder, file);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(System.IO.Path.Combine(source, file), target);
        }
    }

    public string Folder => temporary.File("definitions");

    /// <summary>Every file that the loader reads, relative to the folder, in a fixed order.</summary>
    public static IReadOnlyList<string> Files()
    {
        var source = RepositoryFiles.Path("definitions");
        string[] subfolders = ["indicators", "tables", "models", "measurements"];
        return
        [
            "municipalities.csv", "areas.yaml", "benefit-groups.yaml", "breaks.yaml",
            .. subfolders.SelectMany(subfolder => Directory.GetFiles(System.IO.Path.Combine(source, subfolder), "*.yaml").Select(path => $"{subfolder}/{System.IO.Path.GetFileName(path)}")).Order(StringComparer.Ordinal),
        ];
    }

    public string Path(string file) => System.IO.Path.Combine(Folder, file);

    /// <summary>Replaces the first occurrence; the text must be there, so that a test breaks what it means to break.</summary>
    public DefinitionsCopy Replace(string file, string found, string replacement)
    {
        var text = File.ReadAllText(Path(file));
        var at = text.IndexOf(found, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, $"'{found}' is not in {file}");
        File.WriteAllText(Path(file), string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + found.Length)));
        return this;
    }

    public DefinitionsCopy Append(string file, string text)
    {
        File.AppendAllText(Path(file), text);
        return this;
    }

    /// <summary>The 1-based line on which the text first stands.</summary>
    public int LineOf(string file, string text) =>
        Array.FindIndex(File.ReadAllLines(Path(file)), line => line.Contains(text, StringComparison.Ordinal)) + 1;

    public DefinitionSet Load() => DefinitionLoader.Load(Folder);

    public IReadOnlyList<InputProblem> Problems() => Should.Throw<InputException>(Load).Problems;

    public void Dispose() => temporary.Dispose();
}
