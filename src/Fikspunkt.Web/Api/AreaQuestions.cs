using Fikspunkt.Domain;
using Fikspunkt.Web.Content;

namespace Fikspunkt.Web.Api;

/// <summary>The municipalities and the areas above them.</summary>
internal static class AreaQuestions
{
    private const string Kind = "kind";

    private static readonly ApiColumn[] Columns =
    [
        new("code", ApiType.Text, "Official code: three digits for a municipality, `000` for the country."),
        new("kind", ApiType.Text, "`municipality`, `country`, `region`, `province` (landsdel) or `commuting-area`."),
        new("name", ApiType.Text, "Official Danish name."),
        new("name_en", ApiType.Text, "English name where one is in use, else the Danish."),
        new("slug", ApiType.Text, "The municipality's name in addresses of the site; null for other areas."),
        new("region", ApiType.Text, "The region that a municipality is in."),
        new("province", ApiType.Text, "The landsdel that a municipality is in."),
        new("commuting_area", ApiType.Text, "The commuting area that a municipality is in."),
        new("neighbours", ApiType.List, "Codes of the municipalities next to it."),
        new("aliases", ApiType.List, "Other spellings and former names. In CSV with ` | ` between."),
    ];

    public static ApiOperation All { get; } = new(
        "areas",
        "/areas",
        "The 98 municipalities, the country, regions, provinces and commuting areas",
        "Codes are official and stable. Every parameter `area` of the API takes the code, the slug, the name or an alias.",
        [new(Kind, "Only areas of these kinds.", true, _ => "municipality") { Values = [.. Enum.GetValues<AreaKind>().Select(KindId)] }],
        Columns,
        (content, choices) => ApiTable.Of(Columns, choices, [.. Rows(content).Where(row => choices.All(Kind) is not { Count: > 0 } kinds || kinds.Contains((string)row[1]!))]));

    public static ApiOperation One { get; } = new(
        "area",
        "/areas/{id}",
        "One area",
        "Found by code, slug, name or alias.",
        [],
        Columns,
        (content, choices) => ApiFilters.FindArea(content, choices.Id!) is { } code ? ApiTable.Of(Columns, choices, [.. Rows(content).Where(row => (string)row[0]! == code)]) : null)
    {
        One = true,
        IdExample = content => ApiFilters.AreaParameter.Example(content) ?? "851",
        IdDescription = "Code, slug, name or alias of the area.",
    };

    private static IEnumerable<object?[]> Rows(SiteContent content) =>
    [
        .. content.Definitions.Municipalities.Select(municipality => (object?[])
        [
            municipality.Code, KindId(AreaKind.Municipality), municipality.Name, municipality.NameEn, Slug.Of(municipality.Name), municipality.Region, municipality.Province,
            municipality.CommutingArea, municipality.Neighbours, municipality.Aliases,
        ]),
        .. content.Definitions.Areas.Select(area => (object?[])[area.Code, KindId(area.Kind), area.Name.Da, area.Name.En, null, null, null, null, Array.Empty<string>(), area.Aliases]),
    ];

    private static string KindId(AreaKind kind) => kind switch
    {
        AreaKind.Country => "country",
        AreaKind.Region => "region",
        AreaKind.Province => "province",
        AreaKind.CommutingArea => "commuting-area",
        _ => "municipality",
    };
}
