using System.Globalization;
using System.IO.Enumeration;
using System.Text.Json;
using Fikspunkt.Testing;

namespace Fikspunkt.Statistics.Tests;

/// <summary>One folder of shared/reference: its input, what is expected, and how exactly.</summary>
internal sealed class ReferenceCase
{
    private readonly JsonElement _case;
    private readonly Dictionary<string, JsonElement> _expected = [];
    private readonly string[] _header;
    private readonly string[][] _rows;

    private ReferenceCase(string folder)
    {
        _case = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json"))).RootElement;
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

    /// <summary>Every number expected, and not skipped by the case, must have been computed and lie within the case's tolerance.</summary>
    public void ShouldMatch(object computed)
    {
        var found = new Dictionary<string, JsonElement>();
        Flatten("", JsonSerializer.SerializeToElement(computed, NumbersByName), found);
        var faults = new List<string>();
        var skipped = _case.GetProperty("skip").EnumerateArray().Select(glob => glob.GetString()!).ToArray();
        foreach (var (path, expected) in _expected.Where(pair => !Array.Exists(skipped, glob => Matches(glob, pair.Key))))
        {
            if (!found.TryGetValue(path, out var value))
            {
                faults.Add($"{path}: not computed");
            }
            else if (!Equal(path, expected, value))
            {
                faults.Add($"{path}: expected {expected}, computed {value}");
            }
        }

        faults.ShouldBeEmpty();
    }

    private static readonly JsonSerializerOptions NumbersByName = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private bool Equal(string path, JsonElement expected, JsonElement found)
    {
        // Our documented value for "undefined" is NaN, theirs is null.
        if (expected.ValueKind == JsonValueKind.Null)
        {
            return found.ValueKind == JsonValueKind.Null || (found.ValueKind == JsonValueKind.String && found.GetString() == "NaN");
        }

        if (expected.ValueKind == JsonValueKind.String)
        {
            return found.ValueKind == JsonValueKind.String && expected.GetString() == found.GetString();
        }

        if (found.ValueKind != JsonValueKind.Number)
        {
            return false;
        }

        var (relative, absolute) = Tolerance(path);
        var (theirs, ours) = (expected.GetDouble(), found.GetDouble());
        return Math.Abs(ours - theirs) <= absolute + (relative * Math.Abs(theirs));
    }

    private (double Relative, double Absolute) Tolerance(string path)
    {
        // What no rule names (counts, row numbers) is equal exactly.
        var rule = _case.GetProperty("compare").EnumerateArray().FirstOrDefault(entry => Matches(entry.GetProperty("path").GetString()!, path));
        return rule.ValueKind == JsonValueKind.Undefined ? (0, 0) : (rule.GetProperty("relative").GetDouble(), rule.GetProperty("absolute").GetDouble());
    }

    private static bool Matches(string glob, string path)
    {
        // A rule for a table holds for its elements.
        for (var end = path.Length; end > 0; end = path.LastIndexOf('.', end - 1))
        {
            if (FileSystemName.MatchesSimpleExpression(glob, path.AsSpan(0, end), ignoreCase: false))
            {
                return true;
            }
        }

        return false;
    }

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
    public static double[][] Nested(this RowMatrix matrix) => [.. Enumerable.Range(0, matrix.Rows).Select(row => matrix.Row(row).ToArray())];

    public static double[] RootDiagonal(this RowMatrix matrix) => [.. Enumerable.Range(0, matrix.Rows).Select(row => Math.Sqrt(matrix[row, row]))];

    public static Dictionary<string, double> Named(this IEnumerable<double> values, string[] names) =>
        values.Zip(names).ToDictionary(pair => pair.Second, pair => pair.First);
}
