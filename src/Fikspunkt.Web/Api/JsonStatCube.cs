using System.Globalization;
using System.Text.Json;
using Fikspunkt.Domain;

namespace Fikspunkt.Web.Api;

/// <summary>What a dimension is about; programs take time and place from it.</summary>
internal enum JsonStatRole
{
    Classification,
    Time,
    Geo,
    Metric,
}

/// <summary>A value of a dimension.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Label">Its name.</param>
internal sealed record JsonStatCategory(string Id, string Label)
{
    /// <summary>Unit, for what is measured.</summary>
    public string? Unit { get; init; }

    public int? Decimals { get; init; }
}

/// <summary>A dimension.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Label">Its name.</param>
/// <param name="Role">What it is about.</param>
/// <param name="Categories">Its values in order.</param>
internal sealed record JsonStatDimension(string Id, string Label, JsonStatRole Role, IReadOnlyList<JsonStatCategory> Categories);

/// <summary>Figures in a cube, written as a data set of JSON-stat 2.0 (<c>json-stat.org/full</c>).</summary>
internal sealed class JsonStatCube
{
    /// <summary>The status of a cell that the source never published.</summary>
    public const string NotPublished = "not-published";
    private const string Ok = "ok";
    private const int MostCells = 200_000;

    private readonly double[] values;
    private readonly string[] statuses;

    private JsonStatCube(string label, IReadOnlyList<JsonStatDimension> dimensions, IReadOnlyList<ApiSource> sources, int cells)
    {
        (Label, Dimensions, Sources, values, statuses) = (label, dimensions, sources, new double[cells], new string[cells]);
        Array.Fill(values, double.NaN);
        Array.Fill(statuses, NotPublished);
    }

    public string Label { get; }

    public IReadOnlyList<JsonStatDimension> Dimensions { get; }

    public IReadOnlyList<ApiSource> Sources { get; }

    /// <summary>An empty cube.</summary>
    /// <exception cref="InputException">It would have too many cells.</exception>
    public static JsonStatCube Make(string label, IReadOnlyList<JsonStatDimension> dimensions, IReadOnlyList<ApiSource> sources)
    {
        var cells = dimensions.Aggregate(1L, (product, dimension) => Math.Min(product * dimension.Categories.Count, int.MaxValue));
        return cells <= MostCells
            ? new JsonStatCube(label, dimensions, sources, (int)cells)
            : throw new InputException(new InputProblem(Texts.ApiCubeTooLarge, ApiChoices.Format, Found: string.Join(" x ", dimensions.Select(dimension => dimension.Categories.Count)), Expected: Texts.ApiAtMost.With(MostCells)));
    }

    /// <summary>Sets a cell; the last dimension runs fastest. A value that is not finite is written as null.</summary>
    public void Set(ReadOnlySpan<int> place, double value, string status = Ok)
    {
        var cell = 0;
        for (var i = 0; i < place.Length; i++)
        {
            cell = (cell * Dimensions[i].Categories.Count) + place[i];
        }

        (values[cell], statuses[cell]) = (value, status);
    }

    public void Write(Utf8JsonWriter writer, string href, DateTimeOffset updated, bool synthetic)
    {
        writer.WriteStartObject();
        writer.WriteString("version", "2.0");
        writer.WriteString("class", "dataset");
        writer.WriteString("href", href);
        writer.WriteString("label", Label);
        writer.WriteString("source", string.Join("; ", Sources.Select(source => $"{source.Source}, {source.Table}").Distinct(StringComparer.Ordinal)));
        writer.WriteString("updated", updated.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        if (synthetic)
        {
            writer.WriteStartArray("note");
            writer.WriteStringValue(Texts.SyntheticBanner);
            writer.WriteEndArray();
        }

        Strings("id", Dimensions.Select(dimension => dimension.Id));
        writer.WriteStartArray("size");
        foreach (var dimension in Dimensions)
        {
            writer.WriteNumberValue(dimension.Categories.Count);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("role");
        foreach (var role in ((JsonStatRole[])[JsonStatRole.Time, JsonStatRole.Geo, JsonStatRole.Metric]).Where(role => Dimensions.Any(dimension => dimension.Role == role)))
        {
            Strings(role.ToString().ToLowerInvariant(), Dimensions.Where(dimension => dimension.Role == role).Select(dimension => dimension.Id));
        }

        writer.WriteEndObject();
        writer.WriteStartObject("dimension");
        foreach (var dimension in Dimensions)
        {
            WriteDimension(writer, dimension);
        }

        writer.WriteEndObject();
        writer.WriteStartArray("value");
        foreach (var value in values)
        {
            JsonAnswer.WriteNumber(writer, value);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("status");
        for (var cell = 0; cell < statuses.Length; cell++)
        {
            if (statuses[cell] != Ok)
            {
                writer.WriteString(cell.ToString(CultureInfo.InvariantCulture), statuses[cell]);
            }
        }

        writer.WriteEndObject();
        writer.WriteStartObject("extension");
        writer.WriteBoolean("synthetic", synthetic);
        JsonAnswer.WriteSources(writer, Sources);
        writer.WriteEndObject();
        writer.WriteEndObject();

        void Strings(string name, IEnumerable<string> texts)
        {
            writer.WriteStartArray(name);
            foreach (var text in texts)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        }
    }

    private static void WriteDimension(Utf8JsonWriter writer, JsonStatDimension dimension)
    {
        writer.WriteStartObject(dimension.Id);
        writer.WriteString("label", dimension.Label);
        writer.WriteStartObject("category");
        writer.WriteStartArray("index");
        foreach (var category in dimension.Categories)
        {
            writer.WriteStringValue(category.Id);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("label");
        foreach (var category in dimension.Categories)
        {
            writer.WriteString(category.Id, category.Label);
        }

        writer.WriteEndObject();
        if (dimension.Categories.Any(category => category.Unit is not null))
        {
            writer.WriteStartObject("unit");
            foreach (var category in dimension.Categories.Where(category => category.Unit is not null))
            {
                writer.WriteStartObject(category.Id);
                writer.WriteString("label", category.Unit);
                if (category.Decimals is { } decimals)
                {
                    writer.WriteNumber("decimals", decimals);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
