using System.IO.Compression;
using System.Text;
using Fikspunkt.Domain;
using NodaTime;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>Writes a package as a folder and as a zip. Both are made beside their place and renamed, so that neither is ever there in part.</summary>
internal static class PackageWriter
{
    /// <summary>Writes <paramref name="folder"/> and <paramref name="folder"/> + <c>.zip</c>.</summary>
    /// <param name="folder">The folder that the package becomes.</param>
    /// <param name="created">The time of the zip's files.</param>
    /// <param name="contents">What it holds; asked for once it is known that there is room for it.</param>
    /// <param name="manifest">The manifest, its files and id left open.</param>
    /// <param name="writeParquet">Writes the CSV file of the first path as a new Parquet file at the second; <see langword="null"/> = no such files.</param>
    /// <exception cref="InputException">The folder or the zip is already there: packages are never overwritten.</exception>
    public static (string Folder, string Zip, string PackageId) Write(string folder, Instant created, Func<PackageContents> contents, Func<PackageManifest> manifest, Action<string, string>? writeParquet)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var zip = folder + ".zip";
        if (new[] { folder, zip }.FirstOrDefault(Path.Exists) is { } there)
        {
            throw new InputException(new InputProblem(Texts.PackageExists, there));
        }

        var parent = Path.GetDirectoryName(folder)!;
        Directory.CreateDirectory(parent);
        var temporary = Path.Combine(parent, $".{Path.GetFileName(folder)}.{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(temporary);
            WriteContents(contents(), temporary, writeParquet);
            var complete = (manifest() with { Files = Listed(temporary) }).WithId();
            WriteFile(temporary, PackageManifest.FileName, PackageJson.Write(complete));
            WriteZip(temporary, temporary + ".zip", created);
            Directory.Move(temporary, folder);
            File.Move(temporary + ".zip", zip, overwrite: false);
            return (folder, zip, complete.PackageId);
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }

            File.Delete(temporary + ".zip");
        }
    }

    private static void WriteContents(PackageContents contents, string folder, Action<string, string>? writeParquet)
    {
        foreach (var table in contents.Tables)
        {
            WriteFile(folder, table.Name + ".csv", PackageCsv.Write(table));
            writeParquet?.Invoke(Path.Combine(folder, table.Name + ".csv"), Path.Combine(folder, table.Name + ".parquet"));
        }

        foreach (var report in contents.Reports)
        {
            WriteFile(folder, report.Name, Encoding.UTF8.GetBytes(report.Render()));
        }

        foreach (var document in contents.Documents)
        {
            if (document.Bytes is { } bytes)
            {
                WriteFile(folder, document.Name, bytes);
            }
        }
    }

    private static List<ManifestFile> Listed(string folder) => FilesOf(folder).ConvertAll(name =>
    {
        var bytes = File.ReadAllBytes(Path.Combine(folder, name));
        return ManifestFile.Of(name, bytes, name.EndsWith(".csv", StringComparison.Ordinal) ? RowSums.Of(PackageCsv.Read(bytes)) : null);
    });

    private static void WriteZip(string folder, string zip, Instant created)
    {
        using var archive = ZipFile.Open(zip, ZipArchiveMode.Create, Encoding.UTF8);
        foreach (var name in FilesOf(folder))
        {
            var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
            entry.LastWriteTime = created.ToDateTimeOffset();
            using var stream = entry.Open();
            stream.Write(File.ReadAllBytes(Path.Combine(folder, name)));
        }
    }

    private static List<string> FilesOf(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal)
        .ToList();

    private static void WriteFile(string folder, string name, byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }
}
