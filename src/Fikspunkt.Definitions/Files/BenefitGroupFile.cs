using Fikspunkt.Definitions.Reading;
using Fikspunkt.Domain;
using YamlDotNet.RepresentationModel;

namespace Fikspunkt.Definitions.Files;

/// <summary>Reads <c>benefit-groups.yaml</c>.</summary>
internal static class BenefitGroupFile
{
    public static IReadOnlyList<BenefitGroup> Read(YamlNode root, Context context)
    {
        var places = new Dictionary<string, Place>(StringComparer.Ordinal);
        var labels = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var groups = MapReader.ReadList(root, context, map =>
        {
            var group = ReadOne(map);
            places.TryAdd(group.Id, map.PlaceOf("parent"));
            foreach (var label in new[] { group.Name.Da, group.Name.En }.Concat(group.Aliases).Where(label => label.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (!labels.TryAdd(label, group.Id))
                {
                    map.Fault("aliases", Texts.AmbiguousName, label, Texts.NamesOnlyOne.With(labels[label]));
                }
            }

            return group;
        });
        CheckHierarchy(groups, places, context);
        return groups;
    }

    private static BenefitGroup ReadOne(MapReader map)
    {
        var group = new BenefitGroup(
            map.DefineId("id", Named.BenefitGroup, underscores: false),
            map.Localized("name"),
            map.OptionalUse("parent", Named.BenefitGroup),
            map.OptionalDate("valid_from"),
            map.OptionalDate("valid_to"),
            map.TextList("aliases"),
            map.OptionalAmount("price_per_year"),
            map.Text("source"));
        if (group is { ValidFrom: { } from, ValidTo: { } to } && to < from)
        {
            map.Fault("valid_to", Texts.DatesReversed, to.ToString("uuuu-MM-dd", null), Texts.NotBefore.With(from.ToString("uuuu-MM-dd", null)));
        }

        return group;
    }

    /// <summary>No group may be above itself.</summary>
    private static void CheckHierarchy(IReadOnlyList<BenefitGroup> groups, Dictionary<string, Place> places, Context context)
    {
        var parents = groups.GroupBy(group => group.Id, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First().Parent, StringComparer.Ordinal);
        foreach (var id in parents.Keys)
        {
            var above = parents[id];
            for (var steps = 0; above is not null && above != id && steps < parents.Count; steps++)
            {
                above = parents.GetValueOrDefault(above);
            }

            if (above == id)
            {
                context.Problems.Add(places[id], Texts.Cycle, id, Texts.NoCycle);
            }
        }
    }
}
