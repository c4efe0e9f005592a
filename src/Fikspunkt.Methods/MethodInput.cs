using System.Globalization;
using System.Text.Json.Nodes;
using Fikspunkt.Domain;
using Fikspunkt.Statistics;

namespace Fikspunkt.Methods;

/// <summary>What a method is run on: the table's rows, the parameters as given, and the quantities that are asked for.</summary>
/// <remarks>Asked for a parameter that is missing or malformed, or a cell that is no number, it throws <see cref="InputException"/> with the place.</remarks>
public sealed class MethodInput
{
    // What other programs and older case files call a role.
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["start"] = "entry",
        ["tstart"] = "entry",
        ["stop"] = "time",
        ["tstop"] = "time",
        ["status"] = "event",
        ["stratum"] = "strata",
        ["weight"] = "weights",
        ["rts"] = "technology",
        ["nrep"] = "replications",
    };

    private readonly TextTable table;
    private readonly Dictionary<string, JsonNode?> settings;
    private readonly int[] rows;
    private readonly HashSet<string> used;

    /// <summary>Makes the input from a whole table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="settings">Roles and options by name: texts as typed, or JSON as in a case file.</param>
    /// <param name="wanted">The dotted names of the quantities asked for; empty = the method's usual ones.</param>
    public MethodInput(TextTable table, IEnumerable<KeyValuePair<string, JsonNode?>> settings, IReadOnlySet<string>? wanted = null)
        : this(table, Named(settings), [.. Enumerable.Range(0, table.Rows)], [], wanted ?? new HashSet<string>())
    {
    }

    private MethodInput(TextTable table, Dictionary<string, JsonNode?> settings, int[] rows, HashSet<string> used, IReadOnlySet<string> wanted)
    {
        (this.table, this.settings, this.rows, this.used, Wanted) = (table, settings, rows, used, wanted);
    }

    /// <summary>The dotted names of the quantities asked for; empty = the method's usual ones.</summary>
    public IReadOnlySet<string> Wanted { get; }

    /// <summary>Rows in use.</summary>
    public int Rows => rows.Length;

    /// <summary>Rows of the table that <see cref="Complete"/> left out.</summary>
    public int Dropped => table.Rows - rows.Length;

    /// <summary>Parameters that were given and never asked for.</summary>
    public IEnumerable<string> Unused => settings.Keys.Where(name => !used.Contains(name));

    /// <summary>Whether the parameter was given.</summary>
    public bool Has(string name)
    {
        used.Add(name);
        return settings.TryGetValue(name, out var node) && node is not null && !(node is JsonArray { Count: 0 }) && !(node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length == 0);
    }

    /// <summary>Whether the table has a column of that name.</summary>
    public bool IsColumn(string name) => table.IndexOf(name) >= 0;

    /// <summary>Whether a quantity is asked for, by a test on its dotted name.</summary>
    public bool Wants(Func<string, bool> name) => Wanted.Any(name);

    /// <summary>The same input without the rows that have an empty cell in a column of these roles.</summary>
    /// <exception cref="InputException">No row is left.</exception>
    public MethodInput Complete(params string[] roles) => CompleteIn([.. roles.Where(Has).SelectMany(Names)]);

    /// <summary>The same input without the rows that have an empty cell in these columns.</summary>
    /// <exception cref="InputException">No row is left.</exception>
    public MethodInput CompleteIn(params string[] columns)
    {
        var cells = columns.Select(text => table.Cells[Place(Parse(text), text)]).Distinct().ToList();
        var kept = rows.Where(row => cells.TrueForAll(column => column[row].Length > 0)).ToArray();
        return kept.Length > 0 ? new MethodInput(table, settings, kept, used, Wanted) : throw new InputException(new InputProblem(Texts.NoCompleteRow, table.Name));
    }

    /// <summary>The same input with these of its rows.</summary>
    /// <param name="chosen">Positions among the rows in use, from 0.</param>
    public MethodInput Only(IEnumerable<int> chosen) => new(table, settings, [.. chosen.Select(row => rows[row])], used, Wanted);

    /// <summary>The same input with another value for a parameter.</summary>
    public MethodInput With(string name, JsonNode? value) => new(table, new(settings, StringComparer.Ordinal) { [name] = value }, rows, used, Wanted);

    /// <summary>The parameter as JSON, or <see langword="null"/>.</summary>
    public JsonNode? Raw(string name) => Has(name) ? settings[name] : null;

    /// <summary>The parameter as text.</summary>
    public string Text(string name, string otherwise = "") => Has(name) ? Plain(settings[name]!) : otherwise;

    /// <summary>The parameter as one of a list of texts.</summary>
    public string Choice(string name, params ReadOnlySpan<string> choices)
    {
        var text = Text(name, choices[0]).ToLowerInvariant();
        return choices.Contains(text) ? text : throw Wrong(name, string.Join(", ", choices.ToArray()));
    }

    /// <summary>The parameter as yes or no.</summary>
    public bool Flag(string name, bool otherwise = false) => Text(name, otherwise ? "true" : "false").ToLowerInvariant() switch
    {
        "true" or "1" or "yes" or "ja" => true,
        "false" or "0" or "no" or "nej" => false,
        _ => throw Wrong(name, "true, false"),
    };

    /// <summary>The parameter as a number, or a required one when no default is given.</summary>
    public double Number(string name, double? otherwise = null) => Has(name)
        ? double.TryParse(Plain(settings[name]!), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Wrong(name, Texts.NumberExpected)
        : otherwise ?? throw Missing(name);

    /// <summary>The parameter as a whole number.</summary>
    public int Count(string name, int? otherwise = null, int least = 0, int most = int.MaxValue) => Number(name, otherwise) is var value && value == Math.Floor(value) && value >= least && value <= most
        ? (int)value
        : throw Wrong(name, most == int.MaxValue ? Texts.CountExpected.With(least) : Texts.CountWithinExpected.With(least, most));

    /// <summary>The parameter as a number that is above 0 and finite.</summary>
    public double Positive(string name, double? otherwise = null) => Number(name, otherwise) is > 0 and < double.PositiveInfinity and var value ? value : throw Wrong(name, Refusal.Say(Requirement.AboveZero));

    /// <summary>The parameter as a number that is not below 0 and finite.</summary>
    public double NotNegative(string name, double? otherwise = null) => Number(name, otherwise) is >= 0 and < double.PositiveInfinity and var value ? value : throw Wrong(name, Refusal.Say(Requirement.NotBelowZero));

    /// <summary>The parameter as a coverage or probability: above 0 and below 1.</summary>
    public double Probability(string name, double otherwise) => Number(name, otherwise) is > 0 and < 1 and var value ? value : throw Wrong(name, Refusal.Say(Requirement.Between, 0, 1));

    /// <summary>The parameter as a share: above 0 and at most 1.</summary>
    public double Share(string name, double otherwise) => Number(name, otherwise) is > 0 and <= 1 and var value ? value : throw Wrong(name, Texts.ShareExpected);

    /// <summary>The parameter as numbers.</summary>
    public double[] NumberList(string name, params double[] otherwise) => Has(name)
        ? [.. Names(name).Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Wrong(name, Texts.NumberExpected))]
        : otherwise;

    /// <summary>The parameter as texts: a JSON array, or separated by commas.</summary>
    public string[] Names(string name)
    {
        if (!Has(name))
        {
            return [];
        }

        var node = settings[name]!;
        if (node is JsonValue && Plain(node) is var text && text.StartsWith('['))
        {
            node = Json(name, text);
        }

        return node switch
        {
            JsonArray array => [.. array.Select(item => item is null ? throw Wrong(name, Texts.ListExpected) : Plain(item))],
            JsonValue => SplitOutsideBrackets(Plain(node)),
            _ => throw Wrong(name, Texts.ListExpected),
        };
    }

    /// <summary>The numbers of the column that plays the role.</summary>
    public double[] Column(string role) => Has(role) ? Numbers(Text(role)) : throw Missing(role);

    /// <summary>The numbers of the column that plays the role, or none.</summary>
    public double[] OptionalColumn(string role) => Has(role) ? Numbers(Text(role)) : [];

    /// <summary>The columns that play the role, one row a row; with a first column of ones when an intercept is asked for.</summary>
    public RowMatrix Columns(string role, bool intercept = false)
    {
        var columns = (Has(role) ? Names(role) : intercept ? [] : throw Missing(role)).Select(Numbers);
        return RowMatrix.FromColumns([.. intercept ? [Enumerable.Repeat(1.0, Rows).ToArray()] : Array.Empty<double[]>(), .. columns]);
    }

    /// <summary>The names of the terms that <see cref="Columns"/> gives: <c>(Intercept)</c>, <c>log_income</c>.</summary>
    public string[] Terms(string role, bool intercept = false) =>
        [.. intercept ? ["(Intercept)"] : Array.Empty<string>(), .. Names(role).Select(text => Parse(text).Term)];

    /// <summary>A column's numbers, with the function or operation it is written under.</summary>
    public double[] Numbers(string text)
    {
        var result = NumbersOrMissing(text);
        var empty = Array.FindIndex(result, double.IsNaN);
        return empty < 0 ? result : throw new InputException(new InputProblem(Texts.NotANumber, table.Name, table.Lines[rows[empty]], text, Found: string.Empty, Expected: Texts.NumberExpected));
    }

    /// <summary>A column's numbers; NaN where the cell is empty.</summary>
    public double[] NumbersOrMissing(string text)
    {
        var expression = Parse(text);
        var cells = table.Cells[Place(expression, text)];
        var result = new double[rows.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var cell = cells[rows[i]];
            result[i] = cell.Length == 0 ? double.NaN : expression.Apply(Read(cell, rows[i], text));
            if (cell.Length > 0 && !double.IsFinite(result[i]))
            {
                throw new InputException(new InputProblem(Texts.NotFinite, table.Name, table.Lines[rows[i]], text, Found: cell, Expected: Texts.NumberExpected));
            }
        }

        return result;
    }

    /// <summary>The texts of the column that plays the role.</summary>
    public string[] Labels(string role) => Has(role) ? Cells(Text(role)) : throw Missing(role);

    /// <summary>A column's texts.</summary>
    public string[] Cells(string column)
    {
        var cells = table.Cells[Place(Parse(column), column)];
        return Array.ConvertAll(rows, row => cells[row]);
    }

    /// <summary>The groups of the column that plays the role: their labels in order (numbers by size, texts by code point) and each row's place among them.</summary>
    public (string[] Labels, int[] Codes) Groups(string role) => Coded(Labels(role));

    /// <summary>Distinct texts in order (numbers by size, texts by code point), and each text's place among them.</summary>
    public static (string[] Labels, int[] Codes) Coded(string[] texts)
    {
        var distinct = texts.Distinct(StringComparer.Ordinal).ToArray();
        var numbers = Array.ConvertAll(distinct, text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN);
        var labels = Array.Exists(numbers, double.IsNaN) ? [.. distinct.Order(StringComparer.Ordinal)] : distinct.Zip(numbers).OrderBy(pair => pair.Second).Select(pair => pair.First).ToArray();
        var places = labels.Select((label, place) => (label, place)).ToDictionary(pair => pair.label, pair => pair.place, StringComparer.Ordinal);
        return (labels, Array.ConvertAll(texts, text => places[text]));
    }

    /// <summary>What names the rows: the column of the role <c>id</c> (as numbers where all are), or 1, 2, ...</summary>
    public object Ids()
    {
        if (!Has("id") || !IsColumn(Text("id")))
        {
            return Array.ConvertAll(rows, row => (double)(row + 1));
        }

        var labels = Labels("id");
        var numbers = Array.ConvertAll(labels, label => double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN);
        return Array.Exists(numbers, double.IsNaN) ? labels : numbers;
    }

    /// <summary>What every method's quantities begin with: the number of rows in use, how many were left out if any, and the rows' names if asked for.</summary>
    public Quantities Start()
    {
        var result = new Quantities { ["n"] = Rows };
        if (Dropped > 0)
        {
            result["dropped_rows"] = Dropped;
        }

        if (Has("id"))
        {
            result[Text("id")] = Ids();
        }

        return result;
    }

    /// <summary>What names the rows, as texts.</summary>
    public string[] IdTexts() => Ids() as string[] ?? Array.ConvertAll((double[])Ids(), id => id.ToString(CultureInfo.InvariantCulture));

    /// <summary>The line of the file that a row in use stands in.</summary>
    public int Line(int row) => table.Lines[rows[row]];

    /// <summary>The fault of a parameter with a wrong value.</summary>
    public InputException Wrong(string name, string expected) =>
        new(new InputProblem(Texts.ParameterWrong.With(name), Found: Has(name) ? Plain(settings[name]!) : null, Expected: expected));

    /// <summary>The fault of a parameter that was not given.</summary>
    public InputException Missing(string name)
    {
        used.Add(name);
        return new InputException(new InputProblem(Texts.ParameterMissing.With(name), Expected: "--" + name.Replace('_', '-')));
    }

    private static Dictionary<string, JsonNode?> Named(IEnumerable<KeyValuePair<string, JsonNode?>> settings)
    {
        var given = new Dictionary<string, JsonNode?>(settings, StringComparer.Ordinal);
        foreach (var (alias, name) in Aliases)
        {
            if (!given.ContainsKey(name) && given.Remove(alias, out var value))
            {
                given[name] = value;
            }
        }

        return given;
    }

    private static string[] SplitOutsideBrackets(string text)
    {
        var (parts, start, depth) = (new List<string>(), 0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            depth += i == text.Length ? 0 : text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                parts.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        return [.. parts.Where(part => part.Length > 0)];
    }

    private static string Plain(JsonNode node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node.ToJsonString();

    private JsonNode Json(string name, string text)
    {
        try
        {
            return JsonNode.Parse(text)!;
        }
        catch (System.Text.Json.JsonException)
        {
            throw Wrong(name, "JSON");
        }
    }

    private ColumnExpression Parse(string text) => ColumnExpression.Parse(text, IsColumn);

    private int Place(ColumnExpression expression, string text) => table.IndexOf(expression.Column) is >= 0 and var place
        ? place
        : throw new InputException(new InputProblem(Texts.ColumnUnknown, table.Name, 1, Found: text, Expected: string.Join(", ", table.Columns)));

    private double Read(string cell, int row, string column)
    {
        var text = table.HasDecimalComma ? cell.Replace(',', '.') : cell;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw new InputException(new InputProblem(Texts.NotANumber, table.Name, table.Lines[row], column, cell, Texts.NumberExpected));
    }
}
