using System.Security.Cryptography;
using System.Text;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Definitions;
using Fikspunkt.Reports;
using Fikspunkt.Reports.Measurements;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fikspunkt.Web.Pages;

/// <summary>What can be taken away: packages and their files, definitions, tables of measurements.</summary>
internal static class DataFiles
{
    /// <summary>The workbench's choices as a definition file; the choices stand in the query.</summary>
    public const string DraftAddress = Prefix + "/udkast.yaml";

    private const string Prefix = "/hent";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Prefix + "/udgivelse/{id}/{**file}", (Site site, string id, string file) => PackageFile(site.Current, id, file)).ExcludeFromDescription();
        routes.MapGet(Prefix + "/definition/{kind}/{id}.yaml", (Site site, SiteOptions options, string kind, string id) => Definition(site.Current, options, kind, id)).ExcludeFromDescription();
        routes.MapGet(DraftAddress, Draft).ExcludeFromDescription();
        routes.MapGet(Prefix + "/maaling/{id}/{table}.{format}", (Site site, string id, string table, string format) => Table(site.Current, id, table, format)).ExcludeFromDescription();
    }

    public static string FileAddress(ReadPackage package, string file) => $"{Prefix}/udgivelse/{package.PackageId}/{file}";

    public static string DefinitionAddress(string kind, string id) => $"{Prefix}/definition/{kind}/{id}.yaml";

    public static string TableAddress(string measurement, string table, string format) => $"{Prefix}/maaling/{measurement}/{table}.{format}";

    /// <summary>A definition as written, or <see langword="null"/> when the program has no such file.</summary>
    public static string? DefinitionText(SiteContent content, SiteOptions options, string kind, string id)
    {
        // Only what was read as a definition: an id never becomes a path of its own.
        var known = kind switch { "measurements" => content.Definitions.Measurements.ContainsKey(id), "models" => content.Definitions.Models.ContainsKey(id), _ => false };
        var path = known ? Path.Combine(options.Definitions ?? DefinitionLoader.FindFolder(), kind, id + ".yaml") : null;
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    // A file that is no longer what the manifest says is not handed out.
    private static IResult PackageFile(SiteContent content, string id, string file)
    {
        if (Package(content, id) is not { } package || package.Files.FirstOrDefault(known => known.Path == file) is not { } wanted)
        {
            return Results.NotFound();
        }

        var path = Path.Combine(package.Place, wanted.Path);
        byte[] bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];

        // Never shown as a page of this site: a report carries its own scripts.
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == wanted.Sha256
            ? Results.File(bytes, "application/octet-stream", Path.GetFileName(wanted.Path))
            : Results.NotFound();
    }

    private static IResult Definition(SiteContent content, SiteOptions options, string kind, string id) =>
        DefinitionText(content, options, kind, id) is { } text ? Results.File(Encoding.UTF8.GetBytes(text), "application/yaml", id + ".yaml") : Results.NotFound();

    private static IResult Draft(HttpContext context)
    {
        var sight = Sights.Of(context);
        return WorkbenchChoice.Of(sight.Content, sight.Query)?.Spec() is { } spec
            ? Results.File(Encoding.UTF8.GetBytes(ModelYaml.Write(spec)), "application/yaml", spec.Id + ".yaml")
            : Results.NotFound();
    }

    private static IResult Table(SiteContent content, string id, string table, string format)
    {
        var danish = table.EndsWith(".dansk", StringComparison.Ordinal);
        var name = danish ? table[..^".dansk".Length] : table;
        if (MeasurementEntries.Find(content, id)?.Result is not { } result || result.Tables.FirstOrDefault(known => known.Id == name) is not { } found)
        {
            return Results.NotFound();
        }

        return format switch
        {
            "csv" => Results.File(Csv(found, content, danish ? CsvForm.Danish : CsvForm.Standard), "text/csv; charset=utf-8", $"{id}-{name}.csv"),
            "xlsx" when !danish => Results.File(Workbook(result, found, content), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{id}-{name}.xlsx"),
            _ => Results.NotFound(),
        };
    }

    private static byte[] Csv(MeasurementTable table, SiteContent content, CsvForm form)
    {
        using var text = new StringWriter();
        MeasurementFiles.WriteCsv(table, content.Definitions, text, form);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Workbook(MeasurementResult result, MeasurementTable table, SiteContent content)
    {
        using var stream = new MemoryStream();
        var source = string.Join("; ", result.Vintages.Select(Words.Vintage));
        MeasurementWorkbook.Write(table, $"{result.Spec.Title}: {table.Title}", source, result.Synthetic, content.Definitions, stream);
        return stream.ToArray();
    }

    private static ReadPackage? Package(SiteContent content, string id) => content.Publications.FirstOrDefault(package => package.PackageId == id);
}
