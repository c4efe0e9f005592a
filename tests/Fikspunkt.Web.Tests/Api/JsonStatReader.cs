using System.Globalization;
using System.Text.Json;

namespace Fikspunkt.Web.Tests.Api;

/// <summary>A strict reader of JSON-stat 2.0 data sets, written from the specification (json-stat.org/full) and knowing nothing of the writer: it refuses what the specification does not allow.</summary>
internal sealed class JsonStatReader
{
    private readonly Dictionary<string, (double? Value, string? Status)> cells = new(StringComparer.Ordinal);

    private JsonStatReader(string[] ids, Dictionary<string, string[]> categories, Dictionary<string, string> roles)
    {
        (Ids, Categories, Roles) = (ids, categories, roles);
    }

    public string[] Ids { get; }

    /// <summary>Category ids of each dimension, in order.</summary>
    public Dictionary<string, string[]> Categories { get; }

    /// <summary>The role of each dimension that has one.</summary>
    public Dictionary<string, string> Roles { get; }

    public int Count => cells.Count;

    public (double? Value, string? Status) this[params string[] categories] => cells[string.Join('|', categories)];

    public static JsonStatReader Read(JsonElement root)
    {
        root.GetProperty("version").GetString().ShouldBe("2.0");
        root.GetProperty("class").GetString().ShouldBe("dataset");
        root.GetProperty("label").ValueKind.ShouldBe(JsonValueKind.String);
        root.GetProperty("source").ValueKind.ShouldBe(JsonValueKind.String);
        DateTimeOffset.TryParse(root.GetProperty("updated").GetString(), CultureInfo.InvariantCulture, out _).ShouldBeTrue();
        if (root.TryGetProperty("note", out var note))
        {
            note.EnumerateArray().ShouldAllBe(text => text.ValueKind == JsonValueKind.String);
        }

        string[] ids = [.. root.GetProperty("id").EnumerateArray().Select(id => id.GetString()!)];
        int[] sizes = [.. root.GetProperty("size").EnumerateArray().Select(size => size.GetInt32())];
        sizes.Length.ShouldBe(ids.Length, "one size a dimension");
        ids.ShouldBeUnique();
        var dimension = root.GetProperty("dimension");
        dimension.EnumerateObject().Select(property => property.Name).ShouldBe(ids, ignoreOrder: true);
        var categories = ids.Select((id, i) => (id, Index: Index(dimension.GetProperty(id), sizes[i]))).ToDictionary(pair => pair.id, pair => pair.Index, StringComparer.Ordinal);
        var roles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var role in root.GetProperty("role").EnumerateObject())
        {
            role.Name.ShouldBeOneOf("time", "geo", "metric");
            foreach (var id in role.Value.EnumerateArray())
            {
                ids.ShouldContain(id.GetString()!);
                roles.Add(id.GetString()!, role.Name);
            }
        }

        var reader = new JsonStatReader(ids, categories, roles);
        reader.Fill(root, sizes);
        return reader;
    }

    private static string[] Index(JsonElement dimension, int size)
    {
        dimension.GetProperty("label").ValueKind.ShouldBe(JsonValueKind.String);
        var category = dimension.GetProperty("category");
        string[] index = [.. category.GetProperty("index").EnumerateArray().Select(id => id.GetString()!)];
        index.Length.ShouldBe(size, "as many categories as the size says");
        index.ShouldBeUnique();
        index.ShouldAllBe(id => id.Length > 0);
        category.GetProperty("label").EnumerateObject().Select(label => label.Name).ShouldBe(index, ignoreOrder: true);
        if (category.TryGetProperty("unit", out var unit))
        {
            unit.EnumerateObject().ShouldAllBe(entry => index.Contains(entry.Name) && entry.Value.ValueKind == JsonValueKind.Object);
        }

        return index;
    }

    // Row-major: the last dimension runs fastest.
    private void Fill(JsonElement root, int[] sizes)
    {
        var values = root.GetProperty("value").EnumerateArray().ToList();
        values.Count.ShouldBe(sizes.Aggregate(1, (product, size) => product * size), "one value a cell");
        var status = root.GetProperty("status");
        foreach (var entry in status.EnumerateObject())
        {
            int.Parse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture).ShouldBeLessThan(values.Count, "a status belongs to a cell");
            entry.Value.ValueKind.ShouldBe(JsonValueKind.String);
        }

        for (var cell = 0; cell < values.Count; cell++)
        {
            var (rest, place) = (cell, new string[sizes.Length]);
            for (var i = sizes.Length - 1; i >= 0; i--)
            {
                place[i] = Categories[Ids[i]][rest % sizes[i]];
                rest /= sizes[i];
            }

            cells[string.Join('|', place)] = (
                values[cell].ValueKind == JsonValueKind.Null ? null : values[cell].GetDouble(),
                status.TryGetProperty(cell.ToString(CultureInfo.InvariantCulture), out var said) ? said.GetString() : null);
        }
    }
}
