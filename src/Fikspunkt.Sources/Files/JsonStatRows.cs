using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Files;

/// <summary>JSON-stat version 1: a cube of values, one row a cell, dimensions by code and the value last, in the column INDHOLD.</summary>
/// <remarks>The dimension of contents (<c>ContentsCode</c>), which StatBank adds, names the value and is no column of its own while it has one category.</remarks>
internal sealed class JsonStatRows : RowReader
{
    /// <summary>StatBank's name for the value column, in its CSV too.</summary>
    public const string ValueColumn = "INDHOLD";

    private const string ContentsDimension = "ContentsCode";
    private const int MostCells = 50_000_000;

    private readonly string name;
    private readonly JsonDocument document;
    private readonly List<Axis> axes = [];
    private readonly List<ColumnHead> heads = [];
    private readonly JsonElement[]? dense;
    private readonly JsonElement sparse;
    private readonly int cells;
    private int cell = -1;

    public JsonStatRows(string name, JsonDocument document, JsonElement dataset)
    {
        this.name = name;
        this.document = document;
        var dimension = Get(dataset, "dimension", JsonValueKind.Object);
        var sizes = Get(dimension, "size", JsonValueKind.Array).EnumerateArray().Select(size => size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out var n) && n >= 0 ? n : throw JsonTables.WrongShape(name, size)).ToList();
        var ids = Get(dimension, "id", JsonValueKind.Array).EnumerateArray().Select(id => JsonTables.TryGetText(id, out var text) ? text : throw JsonTables.WrongShape(name, id)).ToList();
        if (ids.Count != sizes.Count)
        {
            throw JsonTables.WrongShape(name, dimension);
        }

        var product = 1L;
        for (var i = 0; i < ids.Count; i++)
        {
            product *= sizes[i];
            if (product > MostCells)
            {
                throw new InputException(new InputProblem(Texts.JsonTooLong, name));
            }

            AddAxis(ids[i], sizes[i], Get(dimension, ids[i], JsonValueKind.Object));
        }

        cells = (int)product;
        if (heads.All(head => head.Name != ValueColumn))
        {
            heads.Add(new ColumnHead(ValueColumn));
        }

        if (!dataset.TryGetProperty("value", out var values))
        {
            throw JsonTables.WrongShape(name, dataset);
        }

        if (values.ValueKind == JsonValueKind.Array)
        {
            dense = [.. values.EnumerateArray()];
            if (dense.Length != cells)
            {
                throw new InputException(new InputProblem(
                    Texts.JsonStatCount, name, Found: dense.Length.ToString(CultureInfo.InvariantCulture), Expected: cells.ToString(CultureInfo.InvariantCulture)));
            }
        }
        else
        {
            sparse = values.ValueKind == JsonValueKind.Object ? values : throw JsonTables.WrongShape(name, values);
        }
    }

    public override IReadOnlyList<ColumnHead> Heads => heads;

    public override int FieldCount => heads.Count;

    public override int Line => cell + 1;

    public override bool Read() => ++cell < cells;

    public override ReadOnlySpan<byte> Field(int column)
    {
        if (column < axes.Count)
        {
            var axis = axes[column];
            return axis.Codes[cell / axis.Stride % axis.Codes.Length];
        }

        var value = Value();
        return value.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => default,
            JsonValueKind.String => JsonTables.TryGetText(value, out var text) ? Encoding.UTF8.GetBytes(text) : "\uFFFD"u8,
            _ => JsonMarshal.GetRawUtf8Value(value),
        };
    }

    public override CellKind KindOf(int column) => column < axes.Count ? CellKind.Text : Value().ValueKind switch
    {
        JsonValueKind.Number => CellKind.Number,
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.String => CellKind.Text,
        _ => CellKind.Structure,
    };

    protected override void Dispose(bool disposing) => document.Dispose();

    private JsonElement Value()
    {
        if (dense is not null)
        {
            return dense[cell];
        }

        return sparse.TryGetProperty(cell.ToString(CultureInfo.InvariantCulture), out var value) ? value : default;
    }

    private void AddAxis(string id, int size, JsonElement definition)
    {
        var codes = Codes(Get(definition, "category", JsonValueKind.Object), size);
        if (string.Equals(id, ContentsDimension, StringComparison.OrdinalIgnoreCase) && size == 1)
        {
            var label = Get(definition, "category", JsonValueKind.Object).TryGetProperty("label", out var labels) && labels.ValueKind == JsonValueKind.Object
                && labels.EnumerateObject().FirstOrDefault().Value is { ValueKind: JsonValueKind.String } first && JsonTables.TryGetText(first, out var text) ? text : null;
            heads.Add(new ColumnHead(ValueColumn, label));
            return;
        }

        foreach (var axis in axes)
        {
            axis.Stride *= size;
        }

        axes.Add(new Axis(codes));
        heads.Insert(axes.Count - 1, new ColumnHead(id, definition.TryGetProperty("label", out var own) && JsonTables.TryGetText(own, out var ownText) ? ownText : null));
    }

    // "index" is an object of positions, or an array in order; it may be left out for a single category.
    private byte[][] Codes(JsonElement category, int size)
    {
        var codes = new byte[size][];
        if (!category.TryGetProperty("index", out var index))
        {
            var only = Get(category, "label", JsonValueKind.Object).EnumerateObject().Select(label => label.Name).ToList();
            return size == 1 && only.Count == 1 ? [Encoding.UTF8.GetBytes(only[0])] : throw JsonTables.WrongShape(name, category);
        }

        var count = 0;
        if (index.ValueKind == JsonValueKind.Array)
        {
            foreach (var code in index.EnumerateArray())
            {
                Place(count, JsonTables.TryGetText(code, out var text) ? text : throw JsonTables.WrongShape(name, code));
            }
        }
        else if (index.ValueKind == JsonValueKind.Object)
        {
            foreach (var entry in index.EnumerateObject())
            {
                Place(entry.Value.ValueKind == JsonValueKind.Number && entry.Value.TryGetInt32(out var at) ? at : -1, entry.Name);
            }
        }

        return count == size ? codes : throw JsonTables.WrongShape(name, category);

        void Place(int at, string code)
        {
            if (at < 0 || at >= size || codes[at] is not null)
            {
                throw JsonTables.WrongShape(name, category);
            }

            codes[at] = Encoding.UTF8.GetBytes(code);
            count++;
        }
    }

    private JsonElement Get(JsonElement parent, string property, JsonValueKind kind) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(property, out var value) && value.ValueKind == kind ? value : throw JsonTables.WrongShape(name, parent);

    private sealed class Axis(byte[][] codes)
    {
        public byte[][] Codes { get; } = codes;

        public int Stride { get; set; } = 1;
    }
}
