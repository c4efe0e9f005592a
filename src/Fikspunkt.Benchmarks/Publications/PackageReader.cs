using System.IO.Compression;
using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>Reads a package into memory, from a folder or a zip. Nothing is written to disk.</summary>
internal sealed record PackageReader(IReadOnlyDictionary<string, byte[]> Files, IReadOnlyList<PackageDifference> Faults)
{
    /// <summary>A package with more than this is not read on: no zip may fill the memory.</summary>
    private const long LargestTotal = 2L << 30;
    private const int MostFiles = 10_000;

    /// <summary>Reads every file with a safe name; the others are faults.</summary>
    /// <exception cref="InputException">There is no package there, or it is no readable zip, or it is too large.</exception>
    public static PackageReader Read(string path)
    {
        if (Directory.Exists(path))
        {
            return Collect(path, new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(file => (Path.GetRelativePath(path, file.FullName).Replace('\\', '/'), file.LinkTarget is null, new Func<Stream>(file.OpenRead))));
        }

        if (!File.Exists(path))
        {
            throw new InputException(new InputProblem(Texts.PackageNotFound, path));
        }

        try
        {
            using var zip = ZipFile.OpenRead(path);
            return Collect(path, zip.Entries.Select(entry => (entry.FullName, true, new Func<Stream>(entry.Open))));
        }
        catch (InvalidDataException e)
        {
            throw new InputException(new InputProblem(Texts.PackageUnreadable, path, Found: e.Message), e);
        }
    }

    /// <summary>Whether a name stays inside the package on every system.</summary>
    public static bool IsSafe(string name) =>
        name.Length is > 0 and <= 200
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/')
        && name.Split('/').All(part => part.Length > 0 && part[0] != '.' && part[^1] != '.');

    private static PackageReader Collect(string path, IEnumerable<(string Name, bool IsFile, Func<Stream> Open)> entries)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var faults = new List<PackageDifference>();
        var left = LargestTotal;
        foreach (var (name, isFile, open) in entries)
        {
            if (!isFile || !IsSafe(name) || !names.Add(name))
            {
                faults.Add(new PackageDifference(DifferenceKind.UnsafeName, name));
                continue;
            }

            if (names.Count > MostFiles)
            {
                throw new InputException(new InputProblem(Texts.PackageTooLarge, path));
            }

            try
            {
                using var stream = open();
                files[name] = ReadAll(stream, left) ?? throw new InputException(new InputProblem(Texts.PackageTooLarge, path));
                left -= files[name].LongLength;
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
            {
                faults.Add(new PackageDifference(DifferenceKind.Unreadable, name, Found: e.Message));
            }
        }

        return new PackageReader(files, faults);
    }

    /// <summary>The stream's bytes, or <see langword="null"/> when there are more than allowed, whatever length the zip claims.</summary>
    private static byte[]? ReadAll(Stream stream, long allowed)
    {
        using var all = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
        {
            if (all.Length + read > allowed)
            {
                return null;
            }

            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }
}
