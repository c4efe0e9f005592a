using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Definitions;
using Fikspunkt.Domain;

namespace Fikspunkt.Web.Content;

/// <summary>Reads a folder: its store and its publications. What cannot be read is left out and named; the rest is shown.</summary>
internal static class ContentLoader
{
    private static readonly string[] PackageFiles = ["manifest.json", "definitions.json"];

    /// <summary>What is in the folder now, in a few characters: names, sizes and times of the store, of every publication's files and of the definitions.</summary>
    public static string Fingerprint(SiteOptions options)
    {
        var store = Store(options);
        return Hash(Stamps([new FileInfo(store), new FileInfo(store + ".wal"), .. Packages(options.Folder).SelectMany(Files)]) + DefinitionStamps(options));
    }

    /// <summary>The store's file.</summary>
    public static string Store(SiteOptions options) => Path.Combine(options.Folder, SiteOptions.StoreName);

    /// <summary>Reads everything.</summary>
    /// <param name="options">Where.</param>
    /// <param name="earlier">What was read before: figures of a store that cannot be read just now (an import is writing) are taken from there.</param>
    /// <exception cref="InputException">The definitions are wrong.</exception>
    public static SiteContent Load(SiteOptions options, SiteContent? earlier = null)
    {
        var faults = new List<ContentFault>();
        var figures = earlier?.Figures ?? Figures.None;
        var publications = new List<ReadPackage>();
        var definitions = DefinitionLoader.Load(options.Definitions ?? DefinitionLoader.FindFolder());
        var store = Store(options);
        if (File.Exists(store))
        {
            Try(store, () => figures = Figures.Read(store), isBridged: figures.Vintages.Count > 0);
        }
        else
        {
            figures = Figures.None;
        }

        foreach (var folder in Packages(options.Folder))
        {
            Try(folder, () => publications.Add(ReadPackage.Read(folder)));
        }

        publications.Sort((left, right) => string.CompareOrdinal(right.Created, left.Created));
        var benchmarks = publications.OfType<PublishedContent>().DistinctBy(publication => publication.Run.Spec.Id, StringComparer.Ordinal).Select(publication => new BenchmarkView(publication))
            .OrderByDescending(view => view.Content.Run.Spec.Outcomes.Count).ThenBy(view => view.Id, StringComparer.Ordinal).ToList();
        var measurements = publications.OfType<PublishedMeasurements>().SelectMany(publication => publication.Results.Select(result => new MeasurementView(result, publication))).DistinctBy(view => view.Result.Spec.Id, StringComparer.Ordinal).ToList();
        return new SiteContent(Version(options, publications, figures, faults), definitions, benchmarks, measurements, figures, publications, faults, DateTimeOffset.UtcNow);

        void Try(string place, Action read, bool isBridged = false)
        {
            try
            {
                read();
            }
            catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
            {
                faults.Add(new ContentFault(place, e.Message) { IsBridged = isBridged });
            }
        }
    }

    // The same for the same content made into pages by the same program, wherever and whenever it is read.
    private static string Version(SiteOptions options, IReadOnlyList<ReadPackage> publications, Figures figures, IReadOnlyList<ContentFault> faults) => Hash(string.Join(
        '\n',
        [
            ProgramFiles.Version, DefinitionStamps(options),
            .. publications.Select(publication => publication.PackageId),
            .. figures.Vintages.Select(vintage => string.Create(CultureInfo.InvariantCulture, $"{vintage.Id} {vintage.ValueHash} {vintage.Retrieved}")),
            .. faults.Where(fault => !fault.IsBridged).Select(fault => Path.GetFileName(fault.Place)),
        ]));

    private static string DefinitionStamps(SiteOptions options) => Stamps(Files(options.Definitions ?? DefinitionLoader.FindFolder()));

    private static IEnumerable<FileInfo> Files(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal);

    private static string Stamps(IEnumerable<FileInfo> files)
    {
        var text = new StringBuilder();
        foreach (var file in files)
        {
            text.Append(CultureInfo.InvariantCulture, $"{file.FullName}|{(file.Exists ? file.Length : -1)}|{(file.Exists ? file.LastWriteTimeUtc.Ticks : 0)}\n");
        }

        return text.ToString();
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    // A package is a folder with a manifest, or with so much of one that the manifest is lacking; one that is being written has a name that starts with a dot.
    private static IEnumerable<string> Packages(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder).Where(path => !Path.GetFileName(path).StartsWith('.') && Array.Exists(PackageFiles, file => File.Exists(Path.Combine(path, file)))).Order(StringComparer.Ordinal)
        : [];
}
