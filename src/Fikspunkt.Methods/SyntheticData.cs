using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fikspunkt.Domain;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Series;

namespace Fikspunkt.Methods;

/// <summary>A predictor: the sum of its columns, each a mean over periods; as a share of the sum of other columns if given (0 to 100).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">The columns that are added.</param>
/// <param name="ShareOf">The columns whose sum is 100; empty for no share.</param>
/// <param name="Periods">The periods of the means; empty for the periods of fit.</param>
internal sealed record PredictorSpec(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> ShareOf, IReadOnlyList<double> Periods)
{
    /// <summary>Reads a list: <c>[{"name": "invest", "columns": ["invest"], "share_of": [], "periods": [1964, "1966-1969"]}]</c>; a text alone is a column over the periods of fit.</summary>
    public static IReadOnlyList<PredictorSpec> Read(JsonArray list, Func<Exception> wrong) => [.. list.Select(item => item switch
    {
        JsonObject entry => FromObject(entry, wrong),
        JsonValue value when value.TryGetValue<string>(out var column) => new PredictorSpec(column, [column], [], []),
        _ => throw wrong(),
    })];

    private static PredictorSpec FromObject(JsonObject entry, Func<Exception> wrong)
    {
        var columns = Names(entry["columns"] ?? entry["column"], wrong);
        return columns.Length > 0
            ? new PredictorSpec(entry["name"]?.ToString() ?? string.Join("+", columns), columns, Names(entry["share_of"], wrong), [.. Names(entry["periods"], wrong).SelectMany(text => Range(text, wrong))])
            : throw wrong();
    }

    private static string[] Names(JsonNode? node, Func<Exception> wrong) => node switch
    {
        null => [],
        JsonArray array => [.. array.Select(item => (item as JsonValue ?? throw wrong()).ToString())],
        JsonValue value => [value.ToString()],
        _ => throw wrong(),
    };

    private static IEnumerable<double> Range(string text, Func<Exception> wrong)
    {
        var ends = text.Split('-', 2);
        return int.TryParse(ends[0], CultureInfo.InvariantCulture, out var from) && int.TryParse(ends[^1], CultureInfo.InvariantCulture, out var to) && from <= to && to - from < 10_000
            ? Enumerable.Range(from, to - from + 1).Select(period => (double)period)
            : throw wrong();
    }
}

/// <summary>A table of units and periods as a synthetic control takes it: the treated unit first, then the controls.</summary>
/// <param name="Predictors">Predictors x units.</param>
/// <param name="Outcomes">Periods x units: the periods in which all of these units have an outcome.</param>
/// <param name="Options">Treated unit, periods and search.</param>
/// <param name="Names">The units' names.</param>
/// <param name="PredictorNames">The predictors' names.</param>
/// <param name="Periods">The periods.</param>
internal sealed record SyntheticData(RowMatrix Predictors, RowMatrix Outcomes, SyntheticControlOptions Options, string[] Names, string[] PredictorNames, double[] Periods)
{
    /// <summary>Specifications of published studies, used when a case names its predictors in words only and has their columns.</summary>
    private static readonly string[] Published = ["basque-2011"];

    public static SyntheticData Read(MethodInput input)
    {
        var (labels, codes) = input.Groups(input.Has("unit") ? "unit" : "id");
        var names = input.Has("id") ? Array.ConvertAll(Enumerable.Range(0, labels.Length).ToArray(), unit => input.Labels("id")[Array.IndexOf(codes, unit)]) : labels;
        int Unit(string role, string text) => Array.IndexOf(labels, text) is >= 0 and var label ? label : Array.IndexOf(names, text) is >= 0 and var name ? name : throw input.Wrong(role, string.Join(", ", labels));

        if (!input.Has("treated"))
        {
            throw input.Missing("treated");
        }

        var treated = Unit("treated", input.Text("treated"));
        var controls = input.Has("controls") ? input.Names("controls").Select(text => Unit("controls", text)) : Enumerable.Range(0, labels.Length).Where(unit => unit != treated);
        int[] units = [treated, .. controls];
        var when = input.Column("period");
        var outcomes = Cells(input, input.Has("response") ? input.Text("response") : throw input.Missing("response"), codes, when);
        double[] periods = [.. when.Distinct().Order().Where(period => Array.TrueForAll(units, unit => outcomes.ContainsKey((unit, period))))];

        var fit = input.NumberList("fit_period");
        if (fit.Length is not (0 or 2) || (fit.Length == 2 && fit[0] > fit[1]))
        {
            throw input.Wrong("fit_period", "1960,1969");
        }

        var start = input.Has("treatment_period") ? input.Number("treatment_period")
            : fit.Length == 2 ? Math.BitIncrement(fit[1])
            : throw input.Missing("treatment_period");
        var before = periods.Count(period => period < start);
        var (from, count) = fit.Length == 0 ? (0, before) : (periods.Count(period => period < fit[0]), periods.Count(period => period >= fit[0] && period <= fit[1]));
        if (before == 0 || count == 0 || from + count > before)
        {
            throw input.Wrong(before == 0 && input.Has("treatment_period") ? "treatment_period" : "fit_period", Texts.FitPeriodExpected.With(periods.FirstOrDefault(), periods.LastOrDefault()));
        }

        var fitted = periods[Math.Min(from, periods.Length)..Math.Min(from + count, periods.Length)];
        var specs = Specified(input, fitted);
        var predictors = new RowMatrix(specs.Count, units.Length);
        for (var row = 0; row < specs.Count; row++)
        {
            Fill(input, specs[row] with { Periods = specs[row].Periods.Count > 0 ? specs[row].Periods : fitted }, codes, when, units, predictors.Row(row));
        }

        var matrix = new RowMatrix(periods.Length, units.Length);
        for (var row = 0; row < periods.Length; row++)
        {
            for (var column = 0; column < units.Length; column++)
            {
                matrix[row, column] = outcomes[(units[column], periods[row])];
            }
        }

        var options = new SyntheticControlOptions(0, before) { FitFrom = from, FitPeriods = count, Seed = (long)input.Number("seed", 1) };
        return new SyntheticData(predictors, matrix, options, Array.ConvertAll(units, unit => names[unit]), [.. specs.Select(spec => spec.Name)], periods);
    }

    private static Dictionary<(int Unit, double Period), double> Cells(MethodInput input, string column, int[] codes, double[] when)
    {
        var values = input.NumbersOrMissing(column);
        var cells = new Dictionary<(int, double), double>();
        for (var row = 0; row < values.Length; row++)
        {
            if (!double.IsNaN(values[row]))
            {
                cells[(codes[row], when[row])] = values[row];
            }
        }

        return cells;
    }

    private static IReadOnlyList<PredictorSpec> Specified(MethodInput input, double[] fitted)
    {
        Exception Wrong() => input.Wrong("predictors", "[{\"name\": \"invest\", \"columns\": [\"invest\"], \"share_of\": [], \"periods\": [\"1964-1969\"]}]");
        if (!input.Has("predictors"))
        {
            // Without predictors the outcome itself in each period of fit.
            return [.. fitted.Select(period => new PredictorSpec(period.ToString(CultureInfo.InvariantCulture), [input.Text("response")], [], [period]))];
        }

        if (input.Raw("predictors") is JsonArray list)
        {
            return PredictorSpec.Read(list, Wrong);
        }

        var text = input.Text("predictors");
        if (text.StartsWith('['))
        {
            return PredictorSpec.Read(Parsed(text, Wrong), Wrong);
        }

        if (input.Names("predictors") is var columns && Array.TrueForAll(columns, input.IsColumn))
        {
            return [.. columns.Select(column => new PredictorSpec(column, [column], [], []))];
        }

        return Published.Select(name => PredictorSpec.Read(Parsed(Embedded(name), Wrong), Wrong))
            .FirstOrDefault(specs => specs.All(spec => spec.Columns.Concat(spec.ShareOf).All(input.IsColumn))) ?? throw Wrong();
    }

    private static JsonArray Parsed(string text, Func<Exception> wrong)
    {
        try
        {
            return JsonNode.Parse(text) as JsonArray ?? throw wrong();
        }
        catch (JsonException)
        {
            throw wrong();
        }
    }

    private static string Embedded(string name)
    {
        using var stream = typeof(SyntheticData).Assembly.GetManifestResourceStream($"Fikspunkt.Methods.Specifications.{name}.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static void Fill(MethodInput input, PredictorSpec spec, int[] codes, double[] when, int[] units, Span<double> row)
    {
        var own = spec.Columns.Select(column => Cells(input, column, codes, when)).ToList();
        var whole = spec.ShareOf.Select(column => Cells(input, column, codes, when)).ToList();
        for (var column = 0; column < units.Length; column++)
        {
            var (sum, total) = (Sum(own, units[column]), Sum(whole, units[column]));
            row[column] = whole.Count == 0 ? sum : 100 * sum / total;
        }

        double Sum(List<Dictionary<(int Unit, double Period), double>> columns, int unit) =>
            columns.Sum(cells => spec.Periods.Where(period => cells.ContainsKey((unit, period))).Select(period => cells[(unit, period)]).DefaultIfEmpty(double.NaN).Average());
    }
}
