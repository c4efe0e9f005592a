using System.Globalization;
using System.Text.Json;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>A file of a published package.</summary>
/// <param name="Path">Path in the package with forward slashes.</param>
/// <param name="Size">Size in bytes.</param>
/// <param name="Sha256">SHA-256, lower-case hexadecimal.</param>
public sealed record PublishedFile(string Path, long Size, string Sha256);

/// <summary>A published benchmark as its package holds it: the numbers are read, not computed again.</summary>
/// <param name="PackageId">The package's id.</param>
/// <param name="Place">The folder or zip it was read from.</param>
/// <param name="Software">Name and version of the program that made it.</param>
/// <param name="Created">When, ISO 8601 UTC.</param>
/// <param name="HiddenUpTo">Largest count of persons that is hidden.</param>
/// <param name="Suppressed">Cells hidden for the package.</param>
/// <param name="Run">The run: every table of the package but those of a published expectation's analysis.</param>
/// <param name="Definitions">The definitions it used.</param>
/// <param name="Files">Its files.</param>
public sealed record PublishedContent(
    string PackageId,
    string Place,
    string Software,
    string Created,
    int HiddenUpTo,
    int Suppressed,
    BenchmarkRun Run,
    DefinitionSet Definitions,
    IReadOnlyList<PublishedFile> Files)
{
    private const string Folder = "results/";

    /// <summary>Reads a package after checking every file against its hash in the manifest.</summary>
    /// <remarks>Shares are written in per cent, so a share read back may differ from the computed one in the last bit.</remarks>
    /// <exception cref="InputException">There is no package, or a file is missing, changed or cannot be read; names the file.</exception>
    public static PublishedContent Read(string path)
    {
        var reader = PackageReader.Read(path);
        var manifest = Manifest(reader, path);
        if (manifest.Measured is not null)
        {
            throw new InputException(new InputProblem(Texts.PackageOfMeasurements, path, Found: string.Join(", ", manifest.Measured.Measurements)));
        }

        var spec = Json<ModelSpec>(reader, path, BenchmarkContents.Spec);
        var definitions = Json<DefinitionSet>(reader, path, PackageContents.Definitions);
        CsvRows Rows(string name) => CsvRows.Of(reader, path, Folder + name + ".csv");
        var contributions = Rows("contributions").Select(row => (Key: (row.Text("municipality_code"), row.Text("outcome"), row.Text("period")), Part: new Contribution(row.Text("covariate"), row.Number("value"), row.Number("mean"), row.Share("contribution"))))
            .ToLookup(entry => entry.Key, entry => entry.Part);
        var details = Rows("details").ToDictionary(row => (row.Text("municipality_code"), row.Text("outcome"), row.Text("period")));
        var coefficients = Rows("coefficients").ToLookup(row => (row.Text("outcome"), row.Text("period")), row => new Coefficient(row.Text("term"), row.Number("estimate"), row.Number("se")));
        var run = new BenchmarkRun(
            spec,
            manifest.Vintages,
            [.. Rows("fits").Select(row => new OutcomeFit(
                row.Text("outcome"), row.OptionalPeriod("period"), row.Integer("units"), row.Share("national_mean"), [.. coefficients[(row.Text("outcome"), row.Text("period"))]],
                row.Number("r_squared"), row.Number("overdispersion"), row.Number("between_variance") / 1e4))],
            [.. Rows("results").Select(row =>
            {
                var key = (row.Text("municipality_code"), row.Text("outcome"), row.Text("period"));
                return Result(row, details.TryGetValue(key, out var detail) ? detail : throw CsvRows.Fault(path, Folder + "details.csv", string.Join(' ', key)), [.. contributions[key]]);
            })],
            [.. Rows("trend").Select(row => new TrendPoint(row.Text("municipality_code"), row.Text("outcome"), row.Period("period"), row.Share("actual"), row.Share("expected"), row.Share("se")))],
            [.. Rows("exclusions").Select(row => new Exclusion(row.Text("municipality_code"), row.Optional("outcome"), row.OptionalPeriod("period"), row.Word<ExclusionReason>("reason")))],
            [.. Rows("breaks").Select(row => row.Text("break"))],
            [.. Rows("notes").Select(row => new RunNote(row.Text("note"), row.Text("arguments").Split(' ', StringSplitOptions.RemoveEmptyEntries)))]);
        return new PublishedContent(
            manifest.PackageId, path, manifest.Software, manifest.Created, manifest.HiddenUpTo, manifest.Suppressed, run, definitions,
            [.. manifest.Files.Select(file => new PublishedFile(file.Path, file.Size, file.Sha256))]);
    }

    private static AreaResult Result(CsvRow row, CsvRow detail, IReadOnlyList<Contribution> contributions) => new(
        row.Text("municipality_code"), row.Text("outcome"), row.Period("period"), detail.Number("exposure"),
        row.Share("actual"), row.Share("expected"), row.Share("difference"), row.Share("se"), detail.Share("chance_se"), detail.Share("expectation_se"), row.Share("lower"), row.Share("upper"),
        row.Integer("rank"), row.Integer("rank_lower"), row.Integer("rank_upper"), row.Integer("rank_lower_simultaneous"), row.Integer("rank_upper_simultaneous"),
        row.Word<SignificanceClass>("class"), row.Share("shrunken"), detail.Share("shrunken_se"), detail.Kroner("kroner"), contributions);

    private static PackageManifest Manifest(PackageReader reader, string path)
    {
        var manifest = Json<PackageManifest>(reader, path, PackageManifest.FileName);
        if (manifest.FormatVersion != PackageManifest.CurrentFormat)
        {
            throw CsvRows.Fault(path, PackageManifest.FileName, manifest.FormatVersion.ToString(CultureInfo.InvariantCulture));
        }

        if (reader.Faults.Count > 0)
        {
            throw CsvRows.Fault(path, reader.Faults[0].File, reader.Faults[0].ToString());
        }

        foreach (var file in manifest.Files)
        {
            if (!reader.Files.TryGetValue(file.Path, out var bytes) || ManifestFile.Of(file.Path, bytes).Sha256 != file.Sha256)
            {
                throw new InputException(new InputProblem(Texts.PackageFileChanged.With(file.Path), path));
            }
        }

        return manifest.ComputeId() == manifest.PackageId ? manifest : throw new InputException(new InputProblem(Texts.PackageFileChanged.With(PackageManifest.FileName), path));
    }

    private static T Json<T>(PackageReader reader, string path, string file)
    {
        try
        {
            return reader.Files.TryGetValue(file, out var bytes) ? PackageJson.Read<T>(bytes) : throw new InputException(new InputProblem(Texts.PackageFileMissing.With(file), path));
        }
        catch (JsonException e)
        {
            throw CsvRows.Fault(path, file, e.Message);
        }
    }
}
