using System.IO.Compression;
using System.Text.Json;
using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Web.Content;

namespace Fikspunkt.Web.Api;

/// <summary>The packages that every number can be recomputed from.</summary>
internal static class PublicationQuestions
{
    private const string Model = "measurement";
    private const int ShortestId = 8;

    private static readonly ApiColumn[] Columns =
    [
        new("id", ApiType.Text, "SHA-256 over the package's manifest. Its first 8 or more characters do in addresses."),
        new("measurements", ApiType.List, "Ids of the benchmark model or the measurements in it."),
        new("title", ApiType.Text, "Danish name."),
        new("title_en", ApiType.Text, "English name."),
        new("created", ApiType.Text, "When it was made, ISO 8601 UTC."),
        new("software", ApiType.Text, "What made it."),
        new("first_period", ApiType.Text, "First period with results."),
        new("last_period", ApiType.Text, "Last period with results."),
        new("hidden_up_to", ApiType.Integer, "Largest count of persons that is hidden in it."),
        new("suppressed", ApiType.Integer, "Cells hidden in it by that rule and so that they cannot be worked out."),
        new("vintages", ApiType.List, "The vintages it was computed from."),
        new("files", ApiType.Integer, "Files in it; they are listed at `/publications/{id}/files`."),
        new("package", ApiType.Text, "Address of the package as a zip file; null where only its folder is kept."),
        new("synthetic", ApiType.Boolean, "Whether its figures are made up."),
    ];

    private static readonly ApiColumn[] FileColumns =
    [
        new("path", ApiType.Text, "Path in the package."),
        new("size", ApiType.Integer, "Bytes."),
        new("sha256", ApiType.Text, "SHA-256 of the file."),
    ];

    public static ApiOperation All { get; } = new(
        "publications",
        "/publications",
        "Published packages with their hashes",
        "Newest first. Everything that a result needs is in its package; `fikspunkt verify FILE` recomputes it.",
        [new(Model, "Ids of measurements or benchmark models.", true, content => content.Publications is [var first, ..] ? first.Ids[0] : null)],
        Columns,
        (content, choices) =>
        {
            var ids = ApiFilters.Known(choices, Model, () => MeasurementQuestions.Ids(content));
            List<ReadPackage> found = [.. content.Publications.Where(publication => ids is null || publication.Ids.Any(ids.Contains))];
            return ApiTable.Of(Columns, choices, found.ConvertAll(Row), Sources(found));
        });

    public static ApiOperation One { get; } = new(
        "publication",
        "/publications/{id}",
        "One package",
        "What it is and what it was computed from.",
        [],
        Columns,
        (content, choices) => Find(content, choices.Id!) is { } found ? ApiTable.Of(Columns, choices, [Row(found)], Sources([found])) : null)
    {
        One = true,
        IdExample = Example,
        IdDescription = "The package's id or its first 8 or more characters.",
    };

    public static ApiOperation Files { get; } = new(
        "publication-files",
        "/publications/{id}/files",
        "The files of a package with their hashes",
        "As its manifest has them.",
        [],
        FileColumns,
        (content, choices) => Find(content, choices.Id!) is { } found
            ? ApiTable.Of(FileColumns, choices, [.. found.Files.Select(file => (object?[])[file.Path, file.Size, file.Sha256])], Sources([found]))
            : null)
    {
        IdExample = Example,
        IdDescription = "The package's id or its first 8 or more characters.",
    };

    /// <summary>A publication by its id, or by enough of it that only one is meant.</summary>
    public static ReadPackage? Find(SiteContent content, string id) =>
        id.Length < ShortestId ? null : content.Publications.Where(publication => publication.PackageId.StartsWith(id, StringComparison.Ordinal)).Take(2).ToList() is [var only] ? only : null;

    /// <summary>The zip file beside a publication, when it is that package and no other.</summary>
    public static string? Zip(ReadPackage publication)
    {
        var path = publication.Place.EndsWith(".zip", StringComparison.Ordinal) ? publication.Place : publication.Place + ".zip";
        try
        {
            using var archive = ZipFile.OpenRead(path);
            if (archive.GetEntry("manifest.json") is not { } entry)
            {
                return null;
            }

            using var stream = entry.Open();
            using var manifest = JsonDocument.Parse(stream);
            return manifest.RootElement.TryGetProperty("package_id", out var id) && id.GetString() == publication.PackageId ? path : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or JsonException)
        {
            return null;
        }
    }

    private static string? Example(SiteContent content) => content.Publications is [var first, ..] ? first.PackageId : null;

    private static List<ApiSource> Sources(IEnumerable<ReadPackage> publications) =>
        [.. publications.SelectMany(publication => publication.Vintages).Select(ApiSource.Of).Distinct()];

    private static object?[] Row(ReadPackage publication)
    {
        var periods = publication.Periods.ToList();
        return
        [
            publication.PackageId, publication.Ids, publication.Title.Da, publication.Title.En, publication.Created, publication.Software,
            periods.Count == 0 ? null : periods.Min().ToString(), periods.Count == 0 ? null : periods.Max().ToString(),
            publication.HiddenUpTo, publication.Suppressed, publication.Vintages.Select(vintage => vintage.Id).ToList(), publication.Files.Count,
            Zip(publication) is null ? null : $"{ApiEndpoints.Root}/publications/{publication.PackageId}/package.zip", publication.Synthetic,
        ];
    }
}
