using System.Security.Cryptography;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>A file of a package.</summary>
/// <param name="Path">Path in the package with forward slashes.</param>
/// <param name="Size">Size in bytes.</param>
/// <param name="Sha256">SHA-256, lower-case hexadecimal.</param>
/// <param name="Rows">For tables, the sums that locate a changed line (see <see cref="RowSums"/>); else <see langword="null"/>.</param>
internal sealed record ManifestFile(string Path, long Size, string Sha256, RowSums? Rows)
{
    public static ManifestFile Of(string path, byte[] bytes, RowSums? rows = null) =>
        new(path, bytes.LongLength, Convert.ToHexStringLower(SHA256.HashData(bytes)), rows);
}

/// <summary>What a package of measurements is and holds besides.</summary>
/// <param name="Measurements">Ids of the measurements in it, in the order shown.</param>
/// <param name="Given">Those of them, and those that they build on, whose result is taken as it is because it rests on persons, who are not in the package.</param>
/// <param name="LeftOut">Measurements of persons whose result holds small counts, so that it is not in the package either.</param>
/// <param name="HiddenIn">Codes of the municipalities that cells were hidden of for this package.</param>
/// <param name="EarlierVintages">The earlier data, where a measurement compares with them; else empty.</param>
/// <param name="EarlierInputsHash">Their fingerprint; empty where there are none.</param>
internal sealed record MeasuredContents(
    IReadOnlyList<string> Measurements,
    IReadOnlyList<string> Given,
    IReadOnlyList<string> LeftOut,
    IReadOnlyList<string> HiddenIn,
    IReadOnlyList<VintageReference> EarlierVintages,
    string EarlierInputsHash);

/// <summary>What a package is and holds.</summary>
/// <param name="FormatVersion">Version of the package form.</param>
/// <param name="PackageId">SHA-256 over the compact canonical manifest without this property.</param>
/// <param name="Model">Model id; empty for measurements.</param>
/// <param name="Software">Name and version of the program that made it.</param>
/// <param name="Created">When, ISO 8601 UTC.</param>
/// <param name="Synthetic">Whether any of the data are made up.</param>
/// <param name="HiddenUpTo">Largest count of persons that is hidden.</param>
/// <param name="Suppressed">Cells hidden by the small-numbers rule for this package.</param>
/// <param name="Vintages">The data, as the store knew them.</param>
/// <param name="InputsHash">Fingerprint of the observations in the package (<see cref="Domain.ValueHash"/>).</param>
/// <param name="Files">Every other file, by path (ordinal).</param>
internal sealed record PackageManifest(
    int FormatVersion,
    string PackageId,
    string Model,
    string Software,
    string Created,
    bool Synthetic,
    int HiddenUpTo,
    int Suppressed,
    IReadOnlyList<VintageReference> Vintages,
    string InputsHash,
    IReadOnlyList<ManifestFile> Files)
{
    public const string FileName = "manifest.json";
    public const int CurrentFormat = 1;

    /// <summary>For measurements what they are; <see langword="null"/> for a benchmark. Not a parameter: packages made before there were any have none.</summary>
    public MeasuredContents? Measured { get; init; }

    /// <summary>This manifest with its own id.</summary>
    public PackageManifest WithId() => this with { PackageId = ComputeId() };

    /// <summary>The id that the rest of the manifest gives.</summary>
    public string ComputeId() => Convert.ToHexStringLower(SHA256.HashData(PackageJson.WriteWithout(this, "package_id")));
}
