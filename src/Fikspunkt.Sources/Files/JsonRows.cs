using System.Runtime.InteropServices;
using System.Text.Json;
using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Files;

/// <summary>Rows that JSON gives as arrays of values. A JSON null is an empty cell.</summary>
internal sealed class JsonRows(string name, JsonDocument document, IReadOnlyList<ColumnHead> heads, IReadOnlyList<JsonElement> parts) : RowReader
{
    private readonly CellBuffer cells = new();
    private int part = -1;
    private JsonElement.ArrayEnumerator rows;
    private int row;

    public override IReadOnlyList<ColumnHead> Heads => heads;

    public override int FieldCount => cells.Count;

    public override int Line => row;

    public override bool Read()
    {
        cells.Clear();
        while (part < 0 || !rows.MoveNext())
        {
            if (++part >= parts.Count)
            {
                part = parts.Count;
                rows = default;
                return false;
            }

            rows = parts[part].EnumerateArray();
        }

        row++;
        var current = rows.Current;
        if (current.ValueKind != JsonValueKind.Array)
        {
            Faults.Add(new InputProblem(Texts.JsonRowShape, name, row, Found: current.GetRawText(), Expected: Texts.JsonRowShapeExpected));
            return true;
        }

        foreach (var cell in current.EnumerateArray())
        {
            if (cell.ValueKind is JsonValueKind.Null)
            {
                cells.Add(default(ReadOnlySpan<byte>), CellKind.Text);
            }
            else if (JsonTables.TryGetText(cell, out var text))
            {
                cells.Add(text, CellKind.Text);
            }
            else
            {
                cells.Add(JsonMarshal.GetRawUtf8Value(cell), cell.ValueKind == JsonValueKind.Number ? CellKind.Number : CellKind.Structure);
            }
        }

        return true;
    }

    public override ReadOnlySpan<byte> Field(int column) => cells.Field(column);

    public override CellKind KindOf(int column) => cells.KindOf(column);

    protected override void Dispose(bool disposing) => document.Dispose();
}
