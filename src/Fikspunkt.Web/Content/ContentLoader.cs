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
    /// <summary>What is in the folder now, in a few characters: names, sizes and times of the store and of every publication's manifest.</summary>
    public static string Fingerprint(SiteOptions options)
    {
        var text = new StringBuilder();
        foreach (var file in Packages(options.Folder).Select(folder => Path.Combine(folder, "manifest.json")).Prepend(Path.Combine(options.Folder, SiteOptions.StoreName)))
        {
            var info = new FileInfo(file);
            text.Append(CultureInfo.InvariantCulture, $"{file}|{(info.Exists ? info.Length : -1)}|{(info.Exists ? info.LastWriteTimeUtc.Ticks : 0)}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    /// <summary>Reads everything.</summary>
    /// <param name="options">Where.</param>
    /// <param name="earlier">What was read before: figures of a store that cannot be read just now (an import is writing) are taken from there.</param>
    /// <exception cref="InputException">The definitions are wrong.</exception>
    public static SiteContent Load(SiteOptions options, SiteContent? earlier = null)
    {
        var fingerprint = Fingerprint(options);
        var faults = new List<ContentFault>();
        var figures = earlier?.Figures ?? Figures.None;
        var publications = new List<ReadPackage>();
        var definitions = DefinitionLoader.Load(options.Definitions ?? DefinitionLoader.FindFolder());
        var store = Path.Combine(options.Folder, SiteOptions.StoreName);
        if (File.Exists(store))
        {
            Try(store, () => figures = Figures.Read(store));
        }

        foreach (var folder in Packages(options.Folder))
        {
            Try(folder, () => publications.Add(ReadPackage.Read(folder)));
        }

        publications.Sort((left, right) => string.CompareOrdinal(right.Created, left.Created));
        var benchmarks = publications.OfType<PublishedContent>().DistinctBy(publication => publication.Run.Spec.Id, StringComparer.Ordinal).Select(publication => new BenchmarkView(publication))
            .OrderByDescending(view => view.Content.Run.Spec.Outcomes.Count).ThenBy(view => view.Id, StringComparer.Ordinal).ToList();
        var measurements = publications.OfType<PublishedMeasurements>().SelectMany(publication => publication.Results.Select(result => new MeasurementView(result, publication))).DistinctBy(view => view.Result.Spec.Id, StringComparer.Ordinal).ToList();
        return new SiteContent(fingerprint, definitions, benchmarks, measurements, figures, publications, faults, DateTimeOffset.UtcNow);

        void Try(string place, Action read)
        {
            try
            {
                read();
            }
            catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
            {
                faults.Add(new ContentFault(place, e.Message));
            }
        }
    }

    // A package is a folder with a manifest; one that is being written has a name that starts with a dot.
    private static IEnumerable<string> Packages(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder).Where(path => !Path.GetFileName(path).StartsWith('.') && File.Exists(Path.Combine(path, "manifest.json"))).Order(StringComparer.Ordinal)
        : [];
}
