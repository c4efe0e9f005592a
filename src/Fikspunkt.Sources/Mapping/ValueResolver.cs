using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Mapping;

/// <summary>Finds what the texts in a table's dimension columns name. Takes codes, labels, and both together ("101 København").</summary>
internal sealed class ValueResolver
{
    private readonly AreaIndex areas;
    private readonly DefinitionSet definitions;
    private readonly HashSet<string> ignoredAreas;
    private readonly Dictionary<TableDimension, Dictionary<string, string>> valuesOf = new(ReferenceEqualityComparer.Instance);

    public ValueResolver(DefinitionSet definitions)
    {
        this.definitions = definitions;
        areas = new AreaIndex(definitions.Municipalities, definitions.Areas);
        ignoredAreas = [.. definitions.IgnoredLabels.Select(Labels.Key)];
    }

    /// <summary>Whether the text starts as periods do: four digits and perhaps a capital letter.</summary>
    public static bool LooksLikePeriod(string text) =>
        text.Length >= 5 && text.AsSpan(0, 4).IndexOfAnyExceptInRange('0', '9') < 0 && char.IsAsciiLetterUpper(text[4]);

    /// <summary>The area's code.</summary>
    public bool TryArea(string text, out string code) => TryEither(text, TryAreaText, out code);

    /// <summary>Whether the text is known to name no area of ours ("Uoplyst område").</summary>
    public bool IsIgnoredArea(string text) => ignoredAreas.Contains(Labels.Key(text));

    /// <summary>The period; code and label together must be the same.</summary>
    public static bool TryPeriod(string text, out Period period)
    {
        if (Period.TryParse(text, out period))
        {
            return true;
        }

        var trimmed = text.AsSpan().Trim();
        var space = trimmed.IndexOf(' ');
        return space > 0
            && Period.TryParse(trimmed[..space], out period)
            && Period.TryParse(trimmed[(space + 1)..], out var second)
            && period == second;
    }

    /// <summary>The canonical value of a breakdown; empty for the total.</summary>
    public bool TryBreakdown(TableDimension dimension, string text, out string value)
    {
        var values = ValuesOf(dimension);
        return TryEither(text, (string part, out string found) => values.TryGetValue(Labels.Key(part), out found!), out value);
    }

    /// <summary>The name of an area that was perhaps meant.</summary>
    public string? NearestArea(string text) => Labels.Nearest(
        text,
        definitions.Municipalities.SelectMany(m => m.Aliases.Prepend(m.NameEn).Prepend(m.Name)).Concat(definitions.Areas.SelectMany(a => a.Aliases.Prepend(a.Name.Da))));

    /// <summary>The label of a breakdown's value that was perhaps meant.</summary>
    public string? NearestBreakdown(TableDimension dimension, string text) =>
        Labels.Nearest(text, dimension.Values.Keys.Concat(IsBenefitGroup(dimension) ? definitions.BenefitGroups.SelectMany(group => group.Aliases.Prepend(group.Name.Da)) : []));

    private delegate bool TryFind(string text, out string value);

    // A code and its label in one cell must not contradict each other.
    private static bool TryEither(string text, TryFind find, out string value)
    {
        if (find(text, out value))
        {
            return true;
        }

        var trimmed = text.Trim();
        var space = trimmed.IndexOf(' ', StringComparison.Ordinal);
        return space > 0
            && find(trimmed[..space], out value)
            && (!find(trimmed[(space + 1)..], out var second) || string.Equals(value, second, StringComparison.Ordinal));
    }

    private bool TryAreaText(string text, out string code)
    {
        try
        {
            return areas.TryFind(text, out code);
        }
        catch (ArgumentException)
        {
            // A code point that stands for no character cannot be compared.
            code = string.Empty;
            return false;
        }
    }

    private static bool IsBenefitGroup(TableDimension dimension) => string.Equals(dimension.Dimension, Breakdown.BenefitGroup, StringComparison.Ordinal);

    private Dictionary<string, string> ValuesOf(TableDimension dimension)
    {
        if (valuesOf.TryGetValue(dimension, out var values))
        {
            return values;
        }

        values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (label, value) in dimension.Values)
        {
            values.TryAdd(Labels.Key(label), value);
        }

        foreach (var value in dimension.Values.Values.Where(value => value.Length > 0))
        {
            values.TryAdd(Labels.Key(value), value);
        }

        if (IsBenefitGroup(dimension))
        {
            foreach (var group in definitions.BenefitGroups)
            {
                foreach (var name in group.Aliases.Prepend(group.Name.En).Prepend(group.Name.Da).Prepend(group.Id))
                {
                    values.TryAdd(Labels.Key(name), group.Id);
                }
            }
        }

        if (dimension.Values.Count == 0)
        {
            values.TryAdd(string.Empty, string.Empty);
        }

        valuesOf.Add(dimension, values);
        return values;
    }
}
