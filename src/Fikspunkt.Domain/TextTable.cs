namespace Fikspunkt.Domain;

/// <summary>A file of rows and named columns, as texts. What a column means is up to whoever asks for it.</summary>
/// <param name="Name">The file's name, under which faults are reported.</param>
/// <param name="Columns">The columns' names, each once.</param>
/// <param name="Cells">One array a column, in the order of <paramref name="Columns"/>; one text a row. Empty = missing.</param>
/// <param name="Lines">Each row's 1-based line in the file.</param>
/// <param name="HasDecimalComma">Whether numbers are written with a decimal comma.</param>
public sealed record TextTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string[]> Cells, int[] Lines, bool HasDecimalComma)
{
    /// <summary>Rows below the header.</summary>
    public int Rows => Lines.Length;

    /// <summary>The column's place, or -1.</summary>
    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (string.Equals(Columns[i], column, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
