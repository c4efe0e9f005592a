using System.Collections;
using System.Globalization;
using Fikspunkt.Domain;

namespace Fikspunkt.Methods;

/// <summary>Writes quantities as tables to read, with seven digits in the current user's form. Arrays of one length stand side by side.</summary>
public static class QuantityText
{
    private const int MostRows = 25;
    private const int MostColumns = 14;

    /// <summary>Writes them.</summary>
    public static void Write(TextWriter writer, Quantities quantities) => Write(writer, quantities, string.Empty, null);

    private static void Write(TextWriter writer, Quantities quantities, string path, (string Name, List<string> Cells)? labels)
    {
        var normal = quantities.Select(entry => (Name: entry.Key, Value: QuantityTree.Normal(entry.Value))).Select(entry => (entry.Name, Value: entry.Value is IEnumerable list and not (string or Quantities) ? list.Cast<object?>().ToList() : entry.Value)).ToList();
        var singles = normal.Where(entry => entry.Value is not (Quantities or List<object?>)).ToList();
        var lists = normal.Where(entry => entry.Value is List<object?> list && list.TrueForAll(IsSingle)).Select(entry => (entry.Name, Cells: ((List<object?>)entry.Value!).ConvertAll(item => Shown(QuantityTree.Normal(item))))).ToList();
        var named = normal.Where(entry => entry.Value is Quantities inner && inner.Count > 0 && inner.All(item => IsSingle(item.Value))).Select(entry => (entry.Name, Values: (Quantities)entry.Value!)).ToList();
        var grids = normal.Where(entry => entry.Value is List<object?> list && !list.TrueForAll(IsSingle)).ToList();
        var rest = normal.Where(entry => entry.Value is Quantities inner && named.TrueForAll(item => item.Values != inner)).ToList();
        Heading(writer, path, singles.Count + lists.Count + named.Count + grids.Count > 0);
        var width = singles.Count == 0 ? 0 : singles.Max(entry => entry.Name.Length);
        foreach (var (name, value) in singles)
        {
            writer.WriteLine($"  {name.PadRight(width)}  {Shown(value)}");
        }

        foreach (var table in named.GroupBy(item => string.Join('\n', item.Values.Select(entry => entry.Key))))
        {
            List<string> rows = [.. table.First().Values.Select(entry => entry.Key)];
            Table(writer, table.Select(item => item.Name).Prepend(string.Empty), [rows, .. table.Select(item => item.Values.Select(entry => Shown(QuantityTree.Normal(entry.Value))).ToList())]);
        }

        foreach (var (name, value) in grids)
        {
            Grid(writer, name, (List<object?>)value!);
        }

        // What names the rows of a table of coefficients stands in it already.
        var keys = named.Select(item => string.Join('\n', item.Values.Select(entry => entry.Key))).ToHashSet();
        // The rows' names stand before every table of as many rows.
        labels ??= quantities.Any(entry => entry.Value is string[]) && lists.Find(list => quantities[list.Name] is string[]) is { Cells: not null } found ? found : null;
        foreach (var table in lists.Where(list => !keys.Contains(string.Join('\n', list.Cells))).GroupBy(list => list.Cells.Count))
        {
            var isLabelled = labels is { } names && names.Cells.Count == table.Key && !table.Any(list => list.Cells.SequenceEqual(names.Cells));
            if (table.Count() == 1 && table.First() == labels && rest.Count > 0)
            {
                continue;
            }

            Table(
                writer,
                [.. isLabelled ? [labels!.Value.Name] : Array.Empty<string>(), .. table.Select(list => list.Name)],
                [.. isLabelled ? [labels!.Value.Cells] : Array.Empty<List<string>>(), .. table.Select(list => list.Cells)]);
        }

        foreach (var (name, value) in rest)
        {
            Write(writer, (Quantities)value!, path.Length == 0 ? name : $"{path}.{name}", labels);
        }
    }

    private static void Heading(TextWriter writer, string path, bool hasContent)
    {
        if (path.Length > 0 && hasContent)
        {
            writer.WriteLine();
            writer.WriteLine(path);
        }
    }

    private static void Grid(TextWriter writer, string name, List<object?> rows)
    {
        writer.WriteLine();
        writer.WriteLine($"  {name}");
        var cells = rows.ConvertAll(row => row switch
        {
            Quantities inner => inner.Select(entry => $"{entry.Key}={Shown(QuantityTree.Normal(entry.Value))}").ToList(),
            IEnumerable list and not string => list.Cast<object?>().Select(item => Shown(QuantityTree.Normal(item))).ToList(),
            _ => [Shown(QuantityTree.Normal(row))],
        });
        var columns = cells.Count == 0 ? 0 : cells.Max(row => row.Count);
        Table(writer, [], [.. Enumerable.Range(0, columns).Select(column => cells.ConvertAll(row => column < row.Count ? row[column] : string.Empty))], isGrid: true);
    }

    private static void Table(TextWriter writer, IEnumerable<string> names, List<List<string>> columns, bool isGrid = false)
    {
        if (columns.Count == 0)
        {
            return;
        }

        var heads = names.ToList();
        if (!isGrid)
        {
            writer.WriteLine();
        }

        // A wide table goes in pieces under each other, the first column before each.
        for (var start = 0; start < columns.Count; start += MostColumns)
        {
            var shown = Enumerable.Range(start, Math.Min(MostColumns, columns.Count - start)).ToList();
            var widths = shown.ConvertAll(column => columns[column].Take(MostRows).Append(heads.Count > 0 ? heads[column] : string.Empty).Max(cell => cell.Length));
            if (heads.Count > 0)
            {
                writer.WriteLine("  " + string.Join("  ", shown.Select((column, i) => Aligned(heads[column], widths[i], columns[column]))).TrimEnd());
            }

            for (var row = 0; row < Math.Min(MostRows, columns[0].Count); row++)
            {
                writer.WriteLine("  " + string.Join("  ", shown.Select((column, i) => Aligned(columns[column][row], widths[i], columns[column]))).TrimEnd());
            }
        }

        if (columns[0].Count > MostRows)
        {
            writer.WriteLine("  " + Texts.MoreRows.With(columns[0].Count - MostRows));
        }
    }

    private static string Aligned(string cell, int width, List<string> column) =>
        column.TrueForAll(text => text.Length == 0 || char.IsDigit(text[0]) || text[0] is '-' or '∞') ? cell.PadLeft(width) : cell.PadRight(width);

    private static bool IsSingle(object? value) => QuantityTree.Normal(value) is null or double or string or bool;

    private static string Shown(object? value) => value switch
    {
        null => "-",
        double number => number == Math.Floor(number) && Math.Abs(number) < 1e15 ? number.ToString("F0", CultureInfo.CurrentCulture) : number.ToString("G7", CultureInfo.CurrentCulture),
        bool flag => flag ? Texts.Yes : Texts.No,
        string text => text,
        _ => value.ToString() ?? string.Empty,
    };
}
