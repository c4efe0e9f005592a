using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>A file of a published package.</summary>
/// <param name="Path">Path in the package with forward slashes.</param>
/// <param name="Size">Size in bytes.</param>
/// <param name="Sha256">SHA-256, lower-case hexadecimal.</param>
public sealed record PublishedFile(string Path, long Size, string Sha256);

/// <summary>A package that was published.</summary>
/// <param name="PackageId">The package's id.</param>
/// <param name="Place">The folder or zip it was read from.</param>
/// <param name="Software">Name and version of the program that made it.</param>
/// <param name="Created">When, ISO 8601 UTC.</param>
/// <param name="HiddenUpTo">Largest count of persons that is hidden.</param>
/// <param name="Suppressed">Cells hidden for the package.</param>
/// <param name="Vintages">The data.</param>
/// <param name="Definitions">The definitions it used.</param>
/// <param name="Files">Its files.</param>
public abstract record ReadPackage(
    string PackageId,
    string Place,
    string Software,
    string Created,
    int HiddenUpTo,
    int Suppressed,
    IReadOnlyList<VintageReference> Vintages,
    DefinitionSet Definitions,
    IReadOnlyList<PublishedFile> Files)
{
    /// <summary>Ids of the model or the measurements in it.</summary>
    public abstract IReadOnlyList<string> Ids { get; }

    /// <summary>What it is of.</summary>
    public abstract LocalizedText Title { get; }

    /// <summary>The periods with results.</summary>
    public abstract IEnumerable<Period> Periods { get; }

    /// <summary>Whether any of the data are made up.</summary>
    public bool Synthetic => Vintages.Any(vintage => vintage.Synthetic);

    /// <summary>Reads a package, whatever it holds, after checking every file against its hash in the manifest.</summary>
    /// <exception cref="InputException">There is no package, or a file is missing, changed or cannot be read; names the file.</exception>
    public static ReadPackage Read(string path)
    {
        var files = PublishedFiles.Read(path);
        return files.Manifest.Measured is null ? PublishedContent.Of(files) : PublishedMeasurements.Of(files);
    }
}

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
    : ReadPackage(PackageId, Place, Software, Created, HiddenUpTo, Suppressed, Run.Vintages, Definitions, Files)
{
    private const string Folder = "results/";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Ids => [Run.Spec.Id];

    /// <inheritdoc/>
    public override LocalizedText Title => Run.Spec.Title;

    /// <inheritdoc/>
    public override IEnumerable<Period> Periods => Run.Results.Select(result => result.Period);

    /// <summary>Reads the figures that the run was computed from, after checking the package again.</summary>
    /// <exception cref="InputException">The package was changed since, or cannot be read.</exception>
    public IReadOnlyList<Observation> ReadInputs()
    {
        var files = PublishedFiles.Read(Place);
        return files.Manifest.PackageId == PackageId ? files.Observations(PackageInputs.Table + ".csv") : throw files.Fault(PackageManifest.FileName, files.Manifest.PackageId);
    }

    /// <summary>Reads a benchmark's files.</summary>
    /// <remarks>Shares are written in per cent, so a share read back may differ from the computed one in the last bit.</remarks>
    internal static PublishedContent Of(PublishedFiles files)
    {
        CsvRows Rows(string name) => files.Rows(Folder + name + ".csv");
        var contributions = Rows("contributions").Select(row => (Key: (row.Text("municipality_code"), row.Text("outcome"), row.Text("period")), Part: new Contribution(row.Text("covariate"), row.Number("value"), row.Number("mean"), row.Share("contribution"))))
            .ToLookup(entry => entry.Key, entry => entry.Part);
        var details = Rows("details").ToDictionary(row => (row.Text("municipality_code"), row.Text("outcome"), row.Text("period")));
        var coefficients = Rows("coefficients").ToLookup(row => (row.Text("outcome"), row.Text("period")), row => new Coefficient(row.Text("term"), row.Number("estimate"), row.Number("se")));
        var run = new BenchmarkRun(
            files.Json<ModelSpec>(BenchmarkContents.Spec),
            files.Manifest.Vintages,
            [.. Rows("fits").Select(row => new OutcomeFit(
                row.Text("outcome"), row.OptionalPeriod("period"), row.Integer("units"), row.Share("national_mean"), [.. coefficients[(row.Text("outcome"), row.Text("period"))]],
                row.Number("r_squared"), row.Number("overdispersion"), row.Number("between_variance") / 1e4))],
            [.. Rows("results").Select(row =>
            {
                var key = (row.Text("municipality_code"), row.Text("outcome"), row.Text("period"));
                return Result(row, details.TryGetValue(key, out var detail) ? detail : throw files.Fault(Folder + "details.csv", string.Join(' ', key)), [.. contributions[key]]);
            })],
            [.. Rows("trend").Select(row => new TrendPoint(row.Text("municipality_code"), row.Text("outcome"), row.Period("period"), row.Share("actual"), row.Share("expected"), row.Share("se")))],
            [.. Rows("exclusions").Select(row => new Exclusion(row.Text("municipality_code"), row.Optional("outcome"), row.OptionalPeriod("period"), row.Word<ExclusionReason>("reason")))],
            [.. Rows("breaks").Select(row => row.Text("break"))],
            [.. Rows("notes").Select(row => new RunNote(row.Text("note"), row.Text("arguments").Split(' ', StringSplitOptions.RemoveEmptyEntries)))]);
        var manifest = files.Manifest;
        return new PublishedContent(manifest.PackageId, files.Place, manifest.Software, manifest.Created, manifest.HiddenUpTo, manifest.Suppressed, run, files.Json<DefinitionSet>(PackageContents.Definitions), files.Listed);
    }

    private static AreaResult Result(CsvRow row, CsvRow detail, IReadOnlyList<Contribution> contributions) => new(
        row.Text("municipality_code"), row.Text("outcome"), row.Period("period"), detail.Number("exposure"),
        row.Share("actual"), row.Share("expected"), row.Share("difference"), row.Share("se"), detail.Share("chance_se"), detail.Share("expectation_se"), row.Share("lower"), row.Share("upper"),
        row.Integer("rank"), row.Integer("rank_lower"), row.Integer("rank_upper"), row.Integer("rank_lower_simultaneous"), row.Integer("rank_upper_simultaneous"),
        row.Word<SignificanceClass>("class"), row.Share("shrunken"), detail.Share("shrunken_se"), detail.Kroner("kroner"), contributions);
}
