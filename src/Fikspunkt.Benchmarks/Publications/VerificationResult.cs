using System.Globalization;
using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>What is wrong with a file of a package.</summary>
public enum DifferenceKind
{
    /// <summary>The manifest cannot be read, is of another format, or is not written as it would be.</summary>
    Manifest,

    /// <summary>The manifest does not give the id that stands in it.</summary>
    PackageId,

    /// <summary>The manifest lists the file, and it is not there.</summary>
    Missing,

    /// <summary>The file is there, and the manifest does not list it.</summary>
    Extra,

    /// <summary>A name that could reach outside the package, or occurs twice. It was not read.</summary>
    UnsafeName,

    /// <summary>The bytes are not those that were published.</summary>
    Changed,

    /// <summary>The file cannot be read as what it should be.</summary>
    Unreadable,

    /// <summary>A number or text is not what the inputs give.</summary>
    Value,

    /// <summary>The inputs do not have the fingerprint that the manifest states.</summary>
    Fingerprint,

    /// <summary>A small count of persons that must not be in a package.</summary>
    SmallCount,
}

/// <summary>One difference between a package and what it should be.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="File">File in the package.</param>
/// <param name="Row">1-based line for CSV (the column names are line 1), 1-based row for Parquet; <see langword="null"/> where it does not apply or is unknown.</param>
/// <param name="Column">Column name; <see langword="null"/> where it does not apply or is unknown.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Expected">What should stand there; <see langword="null"/> when only its absence is known.</param>
public sealed record PackageDifference(DifferenceKind Kind, string File, int? Row = null, string? Column = null, string? Found = null, string? Expected = null)
{
    /// <summary>One line in the current user's language.</summary>
    public override string ToString() =>
        new InputProblem(Texts.ResourceManager.GetString("Difference" + Kind, CultureInfo.CurrentUICulture)!, File, Row, Column, Found, Expected).ToString();
}

/// <summary>How far a file was checked.</summary>
public enum CheckDepth
{
    /// <summary>Only that its bytes are those that were published.</summary>
    Hash,

    /// <summary>Made again from the inputs and compared as text.</summary>
    Text,

    /// <summary>Every cell computed again from the inputs and compared.</summary>
    Cells,
}

/// <summary>How far one file was checked.</summary>
/// <param name="File">File in the package.</param>
/// <param name="Depth">How far.</param>
public sealed record FileCheck(string File, CheckDepth Depth);

/// <summary>The outcome of a verification.</summary>
/// <param name="Path">The package.</param>
/// <param name="PackageId">The id in the manifest; empty when it cannot be read.</param>
/// <param name="Recomputed">Whether everything was computed again. It is not when the inputs themselves are not as published, or cannot be read.</param>
/// <param name="LargestDifference">Largest relative difference between a published and a recomputed number; 0 = equal to the last bit.</param>
/// <param name="VintageConfirmed">Whether the inputs are the whole of the run's only vintage, by its fingerprint; a package usually holds a part.</param>
/// <param name="Numbers">How many numbers were computed again and compared.</param>
/// <param name="Differences">Everything that differs, by file, row and column; at most 1,000 a file.</param>
/// <param name="Files">How far each file was checked, by file.</param>
public sealed record VerificationResult(
    string Path,
    string PackageId,
    bool Recomputed,
    double LargestDifference,
    bool VintageConfirmed,
    int Numbers,
    IReadOnlyList<PackageDifference> Differences,
    IReadOnlyList<FileCheck> Files)
{
    /// <summary>Whether everything was computed again and nothing differs.</summary>
    public bool Passed => Recomputed && Differences.Count == 0;
}
