using Fikspunkt.Definitions.Reading;
using Fikspunkt.Domain;
using YamlDotNet.RepresentationModel;

namespace Fikspunkt.Definitions.Files;

/// <summary>What <c>areas.yaml</c> holds.</summary>
internal sealed record AreaList(IReadOnlyList<PlacedArea> Areas, IReadOnlyList<string> IgnoredLabels);

/// <summary>An area and where it stands.</summary>
internal sealed record PlacedArea(Area Area, Place Place);

/// <summary>Reads <c>areas.yaml</c>: the areas above the municipality, and labels that are no area.</summary>
internal static class AreaFiles
{
    public static AreaList? Read(YamlNode root, Context context) => MapReader.Read(root, context, map => new AreaList(
        map.NestedList("areas", area => ReadArea(area, context), required: true),
        map.TextList("ignored_labels")));

    private static PlacedArea ReadArea(MapReader map, Context context)
    {
        var area = new Area(map.Text("code"), map.Choice<AreaKind>("kind"), map.Localized("name"), map.TextList("aliases"));
        if (area.Kind == AreaKind.Municipality)
        {
            map.Fault("kind", Texts.MunicipalityElsewhere, "municipality", "municipalities.csv");
        }

        if (area.Code.Length > 0)
        {
            context.References.Define(Kind(area.Kind), area.Code, map.PlaceOf("code"));
        }

        return new PlacedArea(area, map.PlaceOf("code"));
    }

    private static Named Kind(AreaKind kind) => kind switch
    {
        AreaKind.Region => Named.Region,
        AreaKind.Province => Named.Province,
        AreaKind.CommutingArea => Named.CommutingArea,
        _ => Named.OtherArea,
    };
}
