using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace Fikspunkt.Sources.Files;

/// <summary>The cells of a sheet whose formula gave an error. The library that reads the sheet gives them as empty, which would pass for missing.</summary>
internal static class XlsxErrors
{
    private const string Workbook = "xl/workbook.xml";
    private const string WorkbookParts = "xl/_rels/workbook.xml.rels";
    private const int MostErrors = 1_000;

    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly XNamespace Relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static readonly XNamespace Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <summary>Error texts ("#DIV/0!") by cell name ("C7"), of sheet number <paramref name="sheet"/> (0 = first).</summary>
    public static IReadOnlyDictionary<string, string> Find(Stream content, int sheet)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        if (SheetPart(zip, sheet) is not { } part)
        {
            return found;
        }

        using var stream = part.Open();
        using var reader = XmlReader.Create(stream);
        while (found.Count < MostErrors && reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "c" } && reader.GetAttribute("t") == "e" && reader.GetAttribute("r") is { } name)
            {
                found.TryAdd(name, ErrorText(reader));
            }
        }

        return found;
    }

    private static string ErrorText(XmlReader cell)
    {
        using var inside = cell.ReadSubtree();
        return inside.ReadToDescendant("v") ? inside.ReadElementContentAsString() : "#ERROR";
    }

    private static ZipArchiveEntry? SheetPart(ZipArchive zip, int sheet)
    {
        var id = Load(zip, Workbook)?.Descendants(Main + "sheet").ElementAtOrDefault(sheet)?.Attribute(Relationship + "id")?.Value;
        var target = Load(zip, WorkbookParts)?.Descendants(Package + "Relationship").FirstOrDefault(part => part.Attribute("Id")?.Value == id)?.Attribute("Target")?.Value;
        return target is null ? null : zip.GetEntry(target.StartsWith('/') ? target[1..] : $"xl/{target}");
    }

    private static XDocument? Load(ZipArchive zip, string name)
    {
        if (zip.GetEntry(name) is not { } part)
        {
            return null;
        }

        using var stream = part.Open();
        return XDocument.Load(stream);
    }
}
