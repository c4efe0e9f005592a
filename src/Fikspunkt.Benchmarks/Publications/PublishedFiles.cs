using System.Globalization;
using System.Text.Json;
using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>The files of a package that is as it was published: every one was found to have the hash that the manifest gives.</summary>
internal sealed class PublishedFiles
{
    private readonly PackageReader reader;

    private PublishedFiles(PackageReader reader, string place)
    {
        (this.reader, Place) = (reader, place);
        Manifest = Checked();
    }

    public string Place { get; }

    public PackageManifest Manifest { get; }

    /// <summary>The files as the manifest lists them.</summary>
    public IReadOnlyList<PublishedFile> Listed => [.. Manifest.Files.Select(file => new PublishedFile(file.Path, file.Size, file.Sha256))];

    /// <summary>Reads and checks.</summary>
    /// <exception cref="InputException">There is no package, or a file is missing, changed or cannot be read; names the file.</exception>
    public static PublishedFiles Read(string path) => new(PackageReader.Read(path), path);

    /// <summary>A table's rows; none where the package has no such table.</summary>
    public CsvRows Rows(string file) => CsvRows.Of(reader, Place, file);

    public bool Has(string file) => reader.Files.ContainsKey(file);

    public T Json<T>(string file)
    {
        try
        {
            return reader.Files.TryGetValue(file, out var bytes) ? PackageJson.Read<T>(bytes) : throw new InputException(new InputProblem(Texts.PackageFileMissing.With(file), Place));
        }
        catch (JsonException e)
        {
            throw Fault(file, e.Message);
        }
    }

    /// <summary>A table of inputs.</summary>
    /// <exception cref="InputException">There is none, or it is not of that form.</exception>
    public IReadOnlyList<Observation> Observations(string file)
    {
        try
        {
            return reader.Files.TryGetValue(file, out var bytes) ? PackageInputs.FromRecords(PackageCsv.Read(bytes)) : throw new InputException(new InputProblem(Texts.PackageFileMissing.With(file), Place));
        }
        catch (FormatException e)
        {
            throw Fault(file, e.Message);
        }
    }

    public InputException Fault(string file, string found) => CsvRows.Fault(Place, file, found);

    private PackageManifest Checked()
    {
        var manifest = Json<PackageManifest>(PackageManifest.FileName);
        if (manifest.FormatVersion != PackageManifest.CurrentFormat)
        {
            throw Fault(PackageManifest.FileName, manifest.FormatVersion.ToString(CultureInfo.InvariantCulture));
        }

        if (reader.Faults.Count > 0)
        {
            throw Fault(reader.Faults[0].File, reader.Faults[0].ToString());
        }

        foreach (var file in manifest.Files)
        {
            if (!reader.Files.TryGetValue(file.Path, out var bytes) || ManifestFile.Of(file.Path, bytes).Sha256 != file.Sha256)
            {
                throw new InputException(new InputProblem(Texts.PackageFileChanged.With(file.Path), Place));
            }
        }

        return manifest.ComputeId() == manifest.PackageId ? manifest : throw new InputException(new InputProblem(Texts.PackageFileChanged.With(PackageManifest.FileName), Place));
    }
}
