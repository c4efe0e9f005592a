using System.Collections.Frozen;
using System.Text;

namespace Fikspunkt.Domain;

/// <summary>Finds an area's code from any code, name or alias that the sources use.</summary>
/// <remarks>Case, surrounding space, repeated space, a trailing "Kommune" and the spelling Aa/Å are ignored.</remarks>
public sealed class AreaIndex
{
    private readonly FrozenDictionary<string, string> codeByKey;

    /// <summary>Makes the index.</summary>
    /// <exception cref="ArgumentException">Two areas share a code, name or alias.</exception>
    public AreaIndex(IEnumerable<Municipality> municipalities, IEnumerable<Area> areas)
    {
        ArgumentNullException.ThrowIfNull(municipalities);
        ArgumentNullException.ThrowIfNull(areas);
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var m in municipalities)
        {
            Add(map, m.Code, [m.Code, m.Name, m.NameEn, .. m.Aliases]);
        }

        foreach (var a in areas)
        {
            Add(map, a.Code, [a.Code, a.Name.Da, a.Name.En, .. a.Aliases]);
        }

        codeByKey = map.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The code of the area that the text names; <see langword="false"/> when none is known by it.</summary>
    public bool TryFind(string text, out string code)
    {
        ArgumentNullException.ThrowIfNull(text);
        return codeByKey.TryGetValue(text, out code!) || codeByKey.TryGetValue(Key(text), out code!);
    }

    /// <summary>The form under which spellings are compared.</summary>
    public static string Key(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var key = new StringBuilder(text.Length);
        foreach (var word in text.Normalize(NormalizationForm.FormC).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (string.Equals(word, "kommune", StringComparison.Ordinal) && key.Length > 0)
            {
                continue;
            }

            if (key.Length > 0)
            {
                key.Append(' ');
            }

            key.Append(word.Replace("aa", "å", StringComparison.Ordinal));
        }

        return key.ToString();
    }

    private static void Add(Dictionary<string, string> map, string code, IEnumerable<string> names)
    {
        foreach (var key in names.Select(Key).Where(key => key.Length > 0).Distinct(StringComparer.Ordinal))
        {
            if (map.TryGetValue(key, out var other) && !string.Equals(other, code, StringComparison.Ordinal))
            {
                throw new ArgumentException($"'{key}' names both area {other} and area {code}.", nameof(names));
            }

            map[key] = code;
        }
    }
}
