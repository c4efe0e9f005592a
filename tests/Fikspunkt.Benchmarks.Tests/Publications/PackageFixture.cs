using System.Globalization;
using System.IO.Compression;
using System.Text;
using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Benchmarks.Tests.Published;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Testing;
using NodaTime;

namespace Fikspunkt.Benchmarks.Tests.Publications;

/// <summary>Packages of a small made-up run.</summary>
internal static class PackageFixture
{
    private const int Units = 12;

    public static readonly Instant Now = Instant.FromUtc(2026, 11, 20, 18, 30);

    /// <summary>A report and a columnar form that are good enough to be changed: text that depends on the run, bytes that depend on the CSV.</summary>
    public static readonly PublicationTools Tools = new(
        "Fikspunkt 0.0-test",
        (run, definitions, culture) => $"<html lang=\"{culture.TwoLetterISOLanguageName}\">{string.Concat(run.Results.Select(r => $"<p>{definitions.Municipalities.First(m => m.Code == r.Area).Name}: {r.Difference.ToString("P6", culture)}</p>\n"))}</html>",
        (csv, parquet) => File.WriteAllBytes(parquet, [.. "COLUMNS"u8, .. File.ReadAllBytes(csv)]),
        parquet => PackageCsv.Read(File.ReadAllBytes(parquet)[7..]));

    public static readonly DefinitionSet Definitions = PublishedData.Definitions(Enumerable.Range(0, Units).Select(i => $"Bykøbing {i}, Ø"));

    public static IReadOnlyList<Observation> Observations { get; } =
        [.. PublishedData.MadeUp(Units, 2, 17), new Observation("101", PublishedData.Periods[0], "unrelated", "", 5, ObservationStatus.Ok)];

    /// <summary>Few draws and replications: these tests are about the package, not about its numbers.</summary>
    public static ModelSpec Spec() => PublishedData.Spec(2, 50) with { PublishedFigures = PublishedData.Figures with { Replications = 20 } };

    public static BenchmarkRun Run() => BenchmarkRunner.Run(Spec(), Definitions, Observations, [Vintage()]);

    public static PublicationRequest Request(PublicationTools? tools = null) => new(Run(), Definitions, Observations, Now, tools ?? Tools);

    public static PublishedPackage Write(TemporaryFolder folder, PublicationTools? tools = null) => Publication.Write(Request(tools), folder.File("package"));

    /// <summary>Every file of a package by name.</summary>
    public static SortedDictionary<string, byte[]> Read(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllBytes), StringComparer.Ordinal);

    public static string Zip(TemporaryFolder folder, IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        var path = folder.File($"{Guid.NewGuid():N}.zip");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create, Encoding.UTF8);
        foreach (var (name, bytes) in files)
        {
            using var stream = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
            stream.Write(bytes);
        }

        return path;
    }

    /// <summary>The package again, with the manifest that fits its files: what a forger would hand out.</summary>
    public static SortedDictionary<string, byte[]> Forge(SortedDictionary<string, byte[]> files, Func<PackageManifest, PackageManifest>? change = null)
    {
        var manifest = PackageJson.Read<PackageManifest>(files[PackageManifest.FileName]);
        manifest = manifest with
        {
            Files = files.Where(file => file.Key != PackageManifest.FileName)
                .Select(file => ManifestFile.Of(file.Key, file.Value, file.Key.EndsWith(".csv", StringComparison.Ordinal) ? RowSums.Of(PackageCsv.Read(file.Value)) : null))
                .ToList(),
        };
        files[PackageManifest.FileName] = PackageJson.Write((change?.Invoke(manifest) ?? manifest).WithId());
        return files;
    }

    /// <summary>Replaces one digit by another one.</summary>
    public static byte[] ChangeDigit(byte[] bytes, int position)
    {
        var changed = bytes.ToArray();
        changed[position] = changed[position] == (byte)'9' ? (byte)'4' : (byte)(changed[position] + 1);
        return changed;
    }

    /// <summary>Positions of digits, spread by a seed.</summary>
    public static IReadOnlyList<int> Digits(byte[] bytes, int count, int seed)
    {
        var all = Enumerable.Range(0, bytes.Length).Where(i => char.IsAsciiDigit((char)bytes[i])).ToList();
        var random = new Statistics.Numerics.CounterRandom(seed);
        return all.Count == 0 ? [] : Enumerable.Range(0, count).Select(i => all[(int)(random.Uniforms(0, i).First * all.Count)]).Distinct().ToList();
    }

    public static string Line(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static VintageReference Vintage() => PublishedData.Vintage with { ValueHash = ValueHash.Of(PackageInputs.Used(Spec(), Definitions, Observations)) };
}
