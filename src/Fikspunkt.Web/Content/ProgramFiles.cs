using System.Security.Cryptography;
using System.Text;

namespace Fikspunkt.Web.Content;

/// <summary>What the program makes pages with: its own libraries and their texts, the site's style and scripts, the method pages.</summary>
internal static class ProgramFiles
{
    /// <summary>Changes when any of the running program's files does, so that a browser never keeps a page of an earlier program as if nothing had changed.</summary>
    public static string Version { get; } = Of(AppContext.BaseDirectory);

    /// <summary>The mark of the program in a folder: its files' names and content, not their times.</summary>
    public static string Of(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = Directory.EnumerateFiles(folder, "Fikspunkt.*.dll", SearchOption.AllDirectories).Concat(((string[])["site", "docs"]).Select(name => Path.Combine(folder, name)).Where(Directory.Exists).SelectMany(path => Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)));
        foreach (var file in files.OrderBy(file => file, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, file)));
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
