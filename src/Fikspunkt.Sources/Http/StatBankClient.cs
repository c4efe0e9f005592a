using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Http;

/// <summary>What to ask StatBank for.</summary>
/// <param name="Table">Table id, <c>AUP02</c>.</param>
/// <param name="Variables">Variable code to value codes; <c>*</c> stands for all. A variable left out is summed away where the table allows it.</param>
public sealed record StatBankQuery(string Table, IReadOnlyDictionary<string, IReadOnlyList<string>> Variables);

/// <summary>Fetches tables from Statistics Denmark's StatBank, API version 1 (no key, CC BY 4.0).</summary>
public sealed class StatBankClient : IDisposable
{
    /// <summary>Where version 1 is found.</summary>
    public static readonly Uri Address = new("https://api.statbank.dk/v1/");

    private static readonly string[] Json = ["application/json", "text/json"];
    private static readonly string[] Csv = ["text/csv", "application/csv", "text/plain"];
    private readonly HttpFetcher fetcher;
    private readonly Uri address;

    /// <summary>Makes a client.</summary>
    /// <param name="address">Base address ending in <c>/</c>.</param>
    /// <param name="settings">How patiently to ask.</param>
    public StatBankClient(Uri address, HttpSettings settings)
    {
        this.address = address;
        fetcher = new HttpFetcher(settings);
    }

    /// <inheritdoc/>
    public void Dispose() => fetcher.Dispose();

    /// <summary>Fetches an extract as CSV files with codes in <paramref name="folder"/>. One over the source's cell limit is split so that each part keeps to the limit that the error names.</summary>
    /// <exception cref="InputException">Unknown table, variable or value.</exception>
    /// <exception cref="SourceUnavailableException">No usable answer.</exception>
    public async Task<Extract> DownloadAsync(StatBankQuery query, string folder, CancellationToken cancellationToken)
    {
        try
        {
            var variables = await ResolveAsync(query, folder, cancellationToken);
            var files = new List<string>();
            await DownloadPartAsync(query.Table, variables, folder, files, cancellationToken);
            return new Extract(files, new Uri(address, "data").ToString() + "#" + query.Table);
        }
        catch (RefusedException e)
        {
            throw Explain(e, query.Table);
        }
    }

    private async Task DownloadPartAsync(string table, List<Selection> variables, string folder, List<string> files, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{SafeName(table)}-{files.Count + 1}.csv"));
        try
        {
            var body = JsonSerializer.Serialize(new DataRequest(table, "CSV", "da", "Semicolon", "Code", variables));
            await fetcher.FetchAsync(() => Post("data", body), Csv, file, cancellationToken);
            files.Add(file);
        }
        catch (RefusedException e) when (CellLimit.IsExceeded(e, out var limit))
        {
            var widest = variables.MaxBy(variable => variable.Values.Count);
            if (widest is null || widest.Values.Count < 2)
            {
                throw;
            }

            var cells = variables.Aggregate(1L, (product, variable) => product * variable.Values.Count);
            var others = cells / widest.Values.Count;
            // At least halve: the source may count cells otherwise than we do, and the recursion must end.
            var size = (int)Math.Clamp((limit ?? 0) / Math.Max(others, 1), 1, (widest.Values.Count + 1) / 2);
            foreach (var part in widest.Values.Chunk(size))
            {
                await DownloadPartAsync(table, [.. variables.Select(variable => ReferenceEquals(variable, widest) ? widest with { Values = part } : variable)], folder, files, cancellationToken);
            }
        }
    }

    /// <summary>Turns the query's variables into explicit value lists by the table's description, which says what exists.</summary>
    private async Task<List<Selection>> ResolveAsync(StatBankQuery query, string folder, CancellationToken cancellationToken)
    {
        var info = await TableInfoAsync(query.Table, folder, cancellationToken);
        var problems = new List<InputProblem>();
        var selections = new List<Selection>();
        foreach (var (code, wanted) in query.Variables)
        {
            var variable = info.Variables.FirstOrDefault(known => string.Equals(known.Id, code, StringComparison.OrdinalIgnoreCase));
            if (variable is null)
            {
                problems.Add(new InputProblem(Texts.UnknownVariable, query.Table, Found: code, Expected: string.Join(", ", info.Variables.Select(known => known.Id))));
                continue;
            }

            var all = variable.Values.Select(value => value.Id).ToList();
            var unknown = wanted.Where(value => value != "*" && !all.Contains(value)).ToList();
            problems.AddRange(unknown.Select(value => new InputProblem(Texts.UnknownValue, query.Table, Column: variable.Id, Found: value, Expected: Some(all))));
            selections.Add(new Selection(variable.Id, wanted.Contains("*") ? all : [.. wanted]));
        }

        problems.AddRange(info.Variables
            .Where(variable => !variable.Elimination && !selections.Exists(selection => selection.Code == variable.Id) && !query.Variables.Keys.Contains(variable.Id, StringComparer.OrdinalIgnoreCase))
            .Select(variable => new InputProblem(Texts.VariableNeeded, query.Table, Column: variable.Id, Expected: $"{variable.Id}=*")));
        return problems.Count == 0 ? selections : throw new InputException(problems);
    }

    private async Task<TableInfo> TableInfoAsync(string table, string folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, SafeName(table) + "-info.json");
        var body = JsonSerializer.Serialize(new { table, format = "JSON", lang = "da" });
        await fetcher.FetchAsync(() => Post("tableinfo", body), Json, file, cancellationToken);
        try
        {
            var info = JsonSerializer.Deserialize<TableInfo>(File.ReadAllText(file));
            return info is { Variables.Count: > 0 } && info.Variables.All(variable => variable is { Id: not null, Values: not null })
                ? info
                : throw new JsonException("no variables");
        }
        catch (JsonException e)
        {
            throw new SourceUnavailableException(Texts.AnswerWrongShape.With(address.Authority, "tableinfo"), e);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private HttpRequestMessage Post(string path, string body) => new(HttpMethod.Post, new Uri(address, path))
    {
        Content = new StringContent(body, Encoding.UTF8, "application/json"),
    };

    private InputException Explain(RefusedException refusal, string table)
    {
        if (refusal.Status == HttpStatusCode.NotFound || refusal.Answer.Contains("EXTRACT-NOTFOUND", StringComparison.Ordinal))
        {
            return new InputException(new InputProblem(Texts.UnknownTable, address.Authority, Found: table, Expected: Texts.TableIdExpected), refusal);
        }

        return new InputException(
            new InputProblem(Texts.SourceRefused.With((int)refusal.Status, HttpFetcher.Shorten(Message(refusal.Answer))), address.Authority),
            refusal);
    }

    private static string Message(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.TryGetProperty("message", out var message) ? message.ToString() : answer;
        }
        catch (JsonException)
        {
            return answer;
        }
    }

    private static string Some(List<string> values) => values.Count <= 6 ? string.Join(", ", values) : $"{values[0]}, {values[1]}, ... {values[^1]}";

    private static string SafeName(string table) => string.Concat(table.Where(char.IsAsciiLetterOrDigit));

    private sealed record DataRequest(
        [property: JsonPropertyName("table")] string Table,
        [property: JsonPropertyName("format")] string Format,
        [property: JsonPropertyName("lang")] string Lang,
        [property: JsonPropertyName("delimiter")] string Delimiter,
        [property: JsonPropertyName("valuePresentation")] string ValuePresentation,
        [property: JsonPropertyName("variables")] IReadOnlyList<Selection> Variables);

    private sealed record Selection(
        [property: JsonPropertyName("code")] string Code,
        [property: JsonPropertyName("values")] IReadOnlyList<string> Values);

    private sealed record TableInfo([property: JsonPropertyName("variables")] IReadOnlyList<Variable> Variables);

    private sealed record Variable(
        [property: JsonPropertyName("id")] string Id,
        [property: JsonPropertyName("elimination")] bool Elimination,
        [property: JsonPropertyName("values")] IReadOnlyList<VariableValue> Values);

    private sealed record VariableValue([property: JsonPropertyName("id")] string Id);
}
