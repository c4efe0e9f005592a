using System.Globalization;
using System.Text.Json;
using Fikspunkt.Testing;

namespace Fikspunkt.Statistics.Tests;

/// <summary>One folder of shared/reference: its input and what is expected. The whole case is compared by the tests of Fikspunkt.Methods.</summary>
internal sealed class ReferenceCase
{
    private readonly Dictionary<string, JsonElement> _expected = [];
    private readonly string[] _header;
    private readonly string[][] _rows;

    private ReferenceCase(string folder)
    {
        Flatten("", JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "expected.json"))).RootElement, _expected);
        var lines = File.ReadAllLines(Path.Combine(folder, "input.csv"));
        _header = lines[0].Split(',');
        _rows = [.. lines[1..].Select(line => line.Split(','))];
    }

    public int Rows => _rows.Length;

    public static ReferenceCase Load(string name) => new(RepositoryFiles.Shared("reference", name));

    public string[] Texts(string column) => [.. _rows.Select(row => row[Array.IndexOf(_header, column)])];

    public double[] Numbers(string column) =>
        [.. Texts(column).Select(text => text.Length == 0 ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture))];

    /// <summary>The expected value at a dotted path, elements as .0, .1, ...</summary>
    public double Expected(string path) => _expected[path].GetDouble();

    private static void Flatten(string path, JsonElement element, Dictionary<string, JsonElement> into)
    {
        var prefix = path.Length == 0 ? "" : path + ".";
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    Flatten(prefix + property.Name, property.Value, into);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    Flatten(prefix + index++.ToString(CultureInfo.InvariantCulture), item, into);
                }

                break;
            default:
                into[path] = element;
                break;
        }
    }
}

/// <summary>Shapes for comparison.</summary>
internal static class Shapes
{
    public static double[] RootDiagonal(this RowMatrix matrix) => [.. Enumerable.Range(0, matrix.Rows).Select(row => Math.Sqrt(matrix[row, row]))];
}
