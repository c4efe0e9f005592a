using Fikspunkt.Definitions.Reading;
using Fikspunkt.Domain;

namespace Fikspunkt.Definitions.Files;

/// <summary>Reads a breakdown in its text form, see <see cref="Breakdown"/>.</summary>
internal static class BreakdownReader
{
    /// <summary>A canonical breakdown; absent = the total.</summary>
    public static string Read(MapReader map, string key, Context context)
    {
        if (map.OptionalText(key) is not { Length: > 0 } text)
        {
            return Breakdown.Total;
        }

        var pairs = text.Split(';').Select(pair => pair.Split('=')).ToList();
        if (pairs.Exists(pair => pair.Length != 2 || pair[0].Length == 0 || pair[1].Length == 0)
            || Breakdown.Of(pairs.Select(pair => KeyValuePair.Create(pair[0], pair[1]))) != text)
        {
            map.Fault(key, Texts.BadBreakdown, text, Texts.ExpectedBreakdown);
            return text;
        }

        foreach (var pair in pairs.Where(pair => pair[0] == Breakdown.BenefitGroup))
        {
            context.References.Use(Named.BenefitGroup, pair[1], map.PlaceOf(key));
        }

        return text;
    }
}
