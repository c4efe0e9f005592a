using System.Collections;

namespace Fikspunkt.Methods;

/// <summary>What a method gives: named quantities in the order they were added. The names are the field's and stay the same over versions.</summary>
/// <remarks>
/// A value is a number, a text, a truth value, <see langword="null"/> (undefined), an array of these, a
/// <see cref="Statistics.RowMatrix"/>, further <see cref="Quantities"/>, or a list of any of them.
/// </remarks>
public sealed class Quantities : IEnumerable<KeyValuePair<string, object?>>
{
    private readonly List<KeyValuePair<string, object?>> entries = [];
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count => entries.Count;

    /// <summary>The value of that name; setting replaces or appends.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public object? this[string name]
    {
        get => entries[places[name]].Value;
        set
        {
            if (places.TryGetValue(name, out var place))
            {
                entries[place] = new(name, value);
            }
            else
            {
                places[name] = entries.Count;
                entries.Add(new(name, value));
            }
        }
    }

    /// <summary>Whether there is a quantity of that name.</summary>
    public bool Has(string name) => places.ContainsKey(name);

    /// <summary>One number a name.</summary>
    /// <param name="names">The names.</param>
    /// <param name="values">As many values.</param>
    public static Quantities Of(IEnumerable<string> names, IEnumerable<double> values)
    {
        var result = new Quantities();
        foreach (var (name, value) in names.Zip(values))
        {
            result[name] = value;
        }

        return result;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
