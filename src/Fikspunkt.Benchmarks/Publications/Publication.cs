using System.Globalization;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using NodaTime;
using NodaTime.Text;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>What a publication needs from projects that this one must not know. Each may be absent; then the package lacks those files, or verification cannot look into them and says so.</summary>
/// <param name="Software">Name and version of this program. Texts are made again in a verification only by the program that wrote them.</param>
/// <param name="RenderReport">The report as one HTML text in the language of the culture; must be a function of its arguments alone.</param>
/// <param name="WriteParquet">Writes the CSV file of the first path as a new Parquet file at the second.</param>
/// <param name="ReadParquet">Reads a Parquet file as rows of text, the column names first, numbers in the shortest invariant form.</param>
/// <param name="RenderMeasurements">The report of measurements as one HTML text in the language of the culture; must be a function of its arguments alone.</param>
public sealed record PublicationTools(
    string Software,
    Func<BenchmarkRun, DefinitionSet, CultureInfo, string>? RenderReport = null,
    Action<string, string>? WriteParquet = null,
    Func<string, IReadOnlyList<IReadOnlyList<string>>>? ReadParquet = null,
    Func<IReadOnlyList<MeasurementResult>, DefinitionSet, CultureInfo, string>? RenderMeasurements = null);

/// <summary>What is published.</summary>
/// <param name="Run">The run.</param>
/// <param name="Definitions">The definitions it used.</param>
/// <param name="Observations">The observations it used; others may be among them.</param>
/// <param name="Created">Now.</param>
/// <param name="Tools">The program, its report and Parquet.</param>
/// <param name="LargestHidden">Largest count of persons that is hidden, 1-4.</param>
public sealed record PublicationRequest(
    BenchmarkRun Run,
    DefinitionSet Definitions,
    IReadOnlyList<Observation> Observations,
    Instant Created,
    PublicationTools Tools,
    int LargestHidden = SmallNumbers.DefaultLargest);

/// <summary>What was written.</summary>
/// <param name="Folder">The package as a folder.</param>
/// <param name="Zip">The package as one file.</param>
/// <param name="PackageId">Its id: SHA-256 over the manifest.</param>
/// <param name="Suppressed">Cells hidden for this package by the small-numbers rule.</param>
/// <param name="Run">The run as published; another one than the request's when cells were hidden.</param>
public sealed record PublishedPackage(string Folder, string Zip, string PackageId, int Suppressed, BenchmarkRun Run);

/// <summary>Writes immutable packages that hold everything needed to compute their numbers again.</summary>
/// <remarks>Form: <c>docs/methods/publication-and-verification.md</c>.</remarks>
public static class Publication
{
    /// <summary>The file that every package has at its root.</summary>
    public const string Manifest = PackageManifest.FileName;

    /// <summary>Writes the package as <paramref name="folder"/> and as <paramref name="folder"/> + <c>.zip</c>.</summary>
    /// <remarks>Both are made beside their place and renamed, so that neither is ever there in part.</remarks>
    /// <exception cref="InputException">The folder or the zip is already there: packages are never overwritten.</exception>
    public static PublishedPackage Write(PublicationRequest request, string folder)
    {
        var run = request.Run;
        var used = PackageInputs.Used(run.Spec, request.Definitions, request.Observations);
        var inputs = SmallNumbers.Suppress(used, request.Definitions, request.LargestHidden);
        var suppressed = used.Zip(inputs).Count(pair => pair.First.Status != pair.Second.Status);
        var definitions = PackageInputs.Reduce(run, request.Definitions);
        var origin = new PackageOrigin(InstantPattern.General.Format(request.Created), request.Tools.Software, request.LargestHidden);
        var written = PackageWriter.Write(
            folder,
            request.Created,
            () =>
            {
                run = suppressed == 0 ? run : BenchmarkRunner.Run(run.Spec, definitions, inputs, run.Vintages, request.LargestHidden);
                return BenchmarkContents.Of(run, definitions, inputs, origin, request.Tools);
            },
            () => new PackageManifest(
                PackageManifest.CurrentFormat, "", run.Spec.Id, origin.Software, origin.Created, run.Synthetic, origin.HiddenUpTo, suppressed, run.Vintages, ValueHash.Of(inputs), []),
            request.Tools.WriteParquet);
        return new PublishedPackage(written.Folder, written.Zip, written.PackageId, suppressed, run);
    }
}
