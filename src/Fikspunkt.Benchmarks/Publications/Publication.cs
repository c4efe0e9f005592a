using System.Globalization;
using System.IO.Compression;
using System.Text;
using Fikspunkt.Domain;
using NodaTime;
using NodaTime.Text;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>What a publication needs from projects that this one must not know. Each may be absent; then the package lacks those files, or verification cannot look into them and says so.</summary>
/// <param name="Software">Name and version of this program. Texts are made again in a verification only by the program that wrote them.</param>
/// <param name="RenderReport">The report as one HTML text in the language of the culture; must be a function of its arguments alone.</param>
/// <param name="WriteParquet">Writes the CSV file of the first path as a new Parquet file at the second.</param>
/// <param name="ReadParquet">Reads a Parquet file as rows of text, the column names first, numbers in the shortest invariant form.</param>
public sealed record PublicationTools(
    string Software,
    Func<BenchmarkRun, DefinitionSet, CultureInfo, string>? RenderReport = null,
    Action<string, string>? WriteParquet = null,
    Func<string, IReadOnlyList<IReadOnlyList<string>>>? ReadParquet = null);

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
    internal const string Spec = "spec.json";
    internal const string Definitions = "definitions.json";
    internal const string Readme = "README.txt";
    internal const string SyntheticMark = "SYNTHETIC-SYNTETISKE-DATA.txt";
    internal static readonly IReadOnlyDictionary<string, CultureInfo> Reports = new SortedDictionary<string, CultureInfo>(StringComparer.Ordinal)
    {
        ["report.html"] = CultureInfo.GetCultureInfo("da-DK"),
        ["report.en.html"] = CultureInfo.GetCultureInfo("en-GB"),
    };

    /// <summary>Writes the package as <paramref name="folder"/> and as <paramref name="folder"/> + <c>.zip</c>.</summary>
    /// <remarks>Both are made beside their place and renamed, so that neither is ever there in part.</remarks>
    /// <exception cref="InputException">The folder or the zip is already there: packages are never overwritten.</exception>
    public static PublishedPackage Write(PublicationRequest request, string folder)
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
            var (run, suppressed, definitions, inputs) = Prepare(request);
            WriteContents(request, run, definitions, inputs, temporary);
            var manifest = Manifest(request, run, suppressed, inputs, temporary);
            WriteFile(temporary, PackageManifest.FileName, PackageJson.Write(manifest));
            WriteZip(temporary, temporary + ".zip", request.Created);
            Directory.Move(temporary, folder);
            File.Move(temporary + ".zip", zip, overwrite: false);
            return new PublishedPackage(folder, zip, manifest.PackageId, suppressed, run);
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

    /// <summary>The words of the package: what it is and how to check it, in both languages.</summary>
    internal static byte[] ReadmeText(BenchmarkRun run, string created, string software, int hiddenUpTo)
    {
        var text = new StringBuilder();
        foreach (var culture in Reports.Values.Reverse())
        {
            string Say(string key, params object[] arguments) =>
                string.Format(culture, Texts.ResourceManager.GetString(key, culture)!, arguments);
            text.Append(run.Spec.Title.In(culture)).Append("\n\n");
            if (run.Synthetic)
            {
                text.Append(Say(nameof(Texts.PackageSynthetic))).Append("\n\n");
            }

            text.Append(run.Spec.Question.In(culture)).Append('\n').Append(run.Spec.CannotTell.In(culture)).Append("\n\n")
                .Append(Say(nameof(Texts.PackageMadeBy), run.Spec.Id, software, created)).Append('\n');
            foreach (var vintage in run.Vintages)
            {
                text.Append(Say(nameof(Texts.PackageVintage), vintage.Table, vintage.Source, vintage.Retrieved, vintage.ValueHash)).Append('\n');
            }

            text.Append('\n').Append(Say(nameof(Texts.PackageReadme), hiddenUpTo).ReplaceLineEndings("\n")).Append("\n\n\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Text of the file whose name marks made-up data.</summary>
    internal static byte[] SyntheticText() => Encoding.UTF8.GetBytes(string.Join('\n', Reports.Values.Reverse().Select(culture =>
        Texts.ResourceManager.GetString(nameof(Texts.PackageSynthetic), culture))) + "\n");

    private static (BenchmarkRun Run, int Suppressed, DefinitionSet Definitions, IReadOnlyList<Observation> Inputs) Prepare(PublicationRequest request)
    {
        var run = request.Run;
        var used = PackageInputs.Used(run.Spec, request.Definitions, request.Observations);
        var inputs = SmallNumbers.Suppress(used, request.Definitions, request.LargestHidden);
        var suppressed = used.Zip(inputs).Count(pair => pair.First.Status != pair.Second.Status);
        var definitions = PackageInputs.Reduce(run, request.Definitions);
        return suppressed == 0
            ? (run, 0, definitions, inputs)
            : (BenchmarkRunner.Run(run.Spec, definitions, inputs, run.Vintages), suppressed, definitions, inputs);
    }

    private static void WriteContents(PublicationRequest request, BenchmarkRun run, DefinitionSet definitions, IReadOnlyList<Observation> inputs, string folder)
    {
        WriteFile(folder, Spec, PackageJson.Write(run.Spec));
        WriteFile(folder, Definitions, PackageJson.Write(definitions));
        foreach (var table in ResultTables.Of(run, definitions).Prepend(PackageInputs.ToTable(inputs)))
        {
            WriteFile(folder, table.Name + ".csv", PackageCsv.Write(table));
            request.Tools.WriteParquet?.Invoke(Path.Combine(folder, table.Name + ".csv"), Path.Combine(folder, table.Name + ".parquet"));
        }

        if (request.Tools.RenderReport is { } render)
        {
            foreach (var (name, culture) in Reports)
            {
                WriteFile(folder, name, Encoding.UTF8.GetBytes(render(run, definitions, culture)));
            }
        }

        WriteFile(folder, Readme, ReadmeText(run, InstantPattern.General.Format(request.Created), request.Tools.Software, request.LargestHidden));
        if (run.Synthetic)
        {
            WriteFile(folder, SyntheticMark, SyntheticText());
        }
    }

    private static PackageManifest Manifest(PublicationRequest request, BenchmarkRun run, int suppressed, IReadOnlyList<Observation> inputs, string folder)
    {
        var files = FilesOf(folder).Select(name =>
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, name));
            return ManifestFile.Of(name, bytes, name.EndsWith(".csv", StringComparison.Ordinal) ? RowSums.Of(PackageCsv.Read(bytes)) : null);
        });
        return new PackageManifest(
            PackageManifest.CurrentFormat,
            "",
            run.Spec.Id,
            request.Tools.Software,
            InstantPattern.General.Format(request.Created),
            run.Synthetic,
            request.LargestHidden,
            suppressed,
            run.Vintages,
            ValueHash.Of(inputs),
            files.ToList()).WithId();
    }

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
