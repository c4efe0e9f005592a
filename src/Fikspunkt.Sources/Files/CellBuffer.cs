using System.Text;

namespace Fikspunkt.Sources.Files;

/// <summary>One row's cells as UTF-8, for the forms whose readers give strings. Reused from row to row.</summary>
internal sealed class CellBuffer
{
    private readonly List<(int Start, int Length, CellKind Kind)> cells = [];
    private byte[] bytes = new byte[1024];
    private int used;

    public int Count => cells.Count;

    public void Clear()
    {
        cells.Clear();
        used = 0;
    }

    public void Add(ReadOnlySpan<byte> utf8, CellKind kind)
    {
        Reserve(utf8.Length);
        utf8.CopyTo(bytes.AsSpan(used));
        Take(utf8.Length, kind);
    }

    public void Add(string text, CellKind kind)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        Take(Encoding.UTF8.GetBytes(text, bytes.AsSpan(used)), kind);
    }

    public ReadOnlySpan<byte> Field(int column) =>
        column < cells.Count ? bytes.AsSpan(cells[column].Start, cells[column].Length) : default;

    public CellKind KindOf(int column) => column < cells.Count ? cells[column].Kind : CellKind.Text;

    private void Reserve(int more)
    {
        if (used + more > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, used + more));
        }
    }

    private void Take(int length, CellKind kind)
    {
        cells.Add((used, length, kind));
        used += length;
    }
}
