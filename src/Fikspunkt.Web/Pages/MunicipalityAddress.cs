using Fikspunkt.Domain;
using Fikspunkt.Web.Content;

namespace Fikspunkt.Web.Pages;

/// <summary>Which municipality an address means, however it is written.</summary>
internal static class MunicipalityAddress
{
    /// <summary>The municipality with that code, address name, name in either language, or other name.</summary>
    public static Municipality? Find(SiteContent content, string text)
    {
        var slug = Slug.Of(text);
        return content.Municipality(text) ?? content.Municipality(slug)
            ?? content.Definitions.Municipalities.FirstOrDefault(municipality => Names(municipality).Any(name => Slug.Of(name) == slug));
    }

    /// <summary>The municipalities whose names are nearest, nearest first: the fewest letters to change, add or leave out.</summary>
    public static IReadOnlyList<Municipality> Nearest(SiteContent content, string text, int count)
    {
        var slug = Slug.Of(text);
        return
        [
            .. content.Definitions.Municipalities
                .OrderBy(municipality => Names(municipality).Min(name => Distance(Slug.Of(name), slug)))
                .ThenBy(municipality => municipality.Name, DanishOrder.Comparer)
                .Take(count),
        ];
    }

    // What begins with the text is nearer than what only looks like it.
    private static int Distance(string name, string text)
    {
        if (text.Length > 1 && name.StartsWith(text, StringComparison.Ordinal))
        {
            return 0;
        }

        var before = Enumerable.Range(0, text.Length + 1).ToArray();
        foreach (var letter in name)
        {
            var now = new int[text.Length + 1];
            now[0] = before[0] + 1;
            for (var j = 1; j <= text.Length; j++)
            {
                now[j] = Math.Min(Math.Min(now[j - 1], before[j]) + 1, before[j - 1] + (letter == text[j - 1] ? 0 : 1));
            }

            before = now;
        }

        return before[^1];
    }

    private static IEnumerable<string> Names(Municipality municipality) => [municipality.Name, municipality.NameEn, .. municipality.Aliases];
}
