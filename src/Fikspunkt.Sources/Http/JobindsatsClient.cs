using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Http;

/// <summary>What to ask jobindsats for.</summary>
/// <param name="Table">Table id, <c>y30r21</c>.</param>
/// <param name="PeriodType">Period type id: <c>M</c>, <c>Q</c>, <c>QMAT</c>, <c>Y</c> or <c>MYTD</c>.</param>
/// <param name="Periods"><c>latest:N</c>, or periods separated by comma.</param>
/// <param name="Hierarchies">Hierarchy id to selection: <c>*</c> all, <c>/</c> the total, <c>/2/</c> or <c>/5/,/11/</c> values, <c>level:...</c>.</param>
public sealed record JobindsatsQuery(string Table, string PeriodType, string Periods, IReadOnlyDictionary<string, string> Hierarchies);

/// <summary>Fetches tables from jobindsats.dk, API version 3 (version 2 was announced to end on 30 September 2026).</summary>
public sealed class JobindsatsClient : IDisposable
{
    /// <summary>Where version 3 is found.</summary>
    public static readonly Uri Address = new("https://api.jobindsats.dk/v3/");

    private static readonly string[] Json = ["application/json", "text/json"];
    private readonly HttpFetcher fetcher;
    private readonly ApiToken token;
    private readonly Uri address;

    /// <summary>Makes a client.</summary>
    /// <param name="token">The organisation's key.</param>
    /// <param name="address">Base address ending in <c>/</c>; https, or a loopback address.</param>
    /// <param name="settings">How patiently to ask.</param>
    /// <exception cref="InputException">The address would carry the key in the clear.</exception>
    public JobindsatsClient(ApiToken token, Uri address, HttpSettings settings)
    {
        if (!string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal) && !address.IsLoopback)
        {
            throw new InputException(new InputProblem(Texts.AddressNotSecure, Found: address.ToString(), Expected: "https://"));
        }

        this.token = token;
        this.address = address;
        fetcher = new HttpFetcher(settings);
    }

    /// <inheritdoc/>
    public void Dispose() => fetcher.Dispose();

    /// <summary>Fetches an extract as JSON files in <paramref name="folder"/>. One that is too large is split by period as the source's error says.</summary>
    /// <exception cref="InputException">Unknown table, refused key, or a selection the source does not know.</exception>
    /// <exception cref="SourceUnavailableException">No usable answer.</exception>
    public async Task<Extract> DownloadAsync(JobindsatsQuery query, string folder, CancellationToken cancellationToken)
    {
        var files = new List<string>();
        try
        {
            await DownloadPartAsync(query, folder, files, cancellationToken);
        }
        catch (RefusedException e)
        {
            throw Explain(e, query.Table);
        }

        return new Extract(files, DataAddress(query).GetLeftPart(UriPartial.Query));
    }

    private async Task DownloadPartAsync(JobindsatsQuery query, string folder, List<string> files, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{SafeName(query.Table)}-{files.Count + 1}.json"));
        try
        {
            await fetcher.FetchAsync(() => Request(DataAddress(query)), Json, file, cancellationToken);
            files.Add(file);
        }
        catch (RefusedException e) when (CellLimit.IsExceeded(e, out _))
        {
            var periods = await PeriodsAsync(query, folder, cancellationToken);
            if (periods.Count < 2)
            {
                throw;
            }

            foreach (var part in periods.Chunk((periods.Count + 1) / 2))
            {
                await DownloadPartAsync(query with { Periods = string.Join(',', part) }, folder, files, cancellationToken);
            }
        }
    }

    /// <summary>The periods of the query one by one, so that it can be split. <c>latest:N</c> is looked up in the table's description.</summary>
    private async Task<IReadOnlyList<string>> PeriodsAsync(JobindsatsQuery query, string folder, CancellationToken cancellationToken)
    {
        const string Latest = "latest:";
        if (!query.Periods.StartsWith(Latest, StringComparison.Ordinal))
        {
            return query.Periods.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }

        if (!int.TryParse(query.Periods.AsSpan(Latest.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return [];
        }

        var file = Path.Combine(folder, SafeName(query.Table) + "-table.json");
        await fetcher.FetchAsync(() => Request(new Uri(address, $"table/{Uri.EscapeDataString(query.Table)}?format=json")), Json, file, cancellationToken);
        try
        {
            using var table = JsonDocument.Parse(File.ReadAllText(file));
            return table.RootElement.GetProperty("periods").EnumerateArray()
                .Where(type => type.GetProperty("periodtype_id").GetString() == query.PeriodType)
                .SelectMany(type => type.GetProperty("values").EnumerateArray())
                .Select(value => value.GetProperty("period_id").GetString()!)
                .OrderDescending(StringComparer.Ordinal)
                .Take(count)
                .Order(StringComparer.Ordinal)
                .ToList();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new SourceUnavailableException(Texts.AnswerWrongShape.With(address.Authority, "table/" + query.Table), e);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Uri DataAddress(JobindsatsQuery query)
    {
        var parts = new List<string>
        {
            "mgroup.*=*",
            $"period.{query.PeriodType}={Escape(query.Periods)}",
        };
        parts.AddRange(query.Hierarchies.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"hierarchy.{Uri.EscapeDataString(pair.Key)}={Escape(pair.Value)}"));
        parts.Add("format=json");
        return new Uri(address, $"data/{Uri.EscapeDataString(query.Table)}?{string.Join('&', parts)}");
    }

    // The grammar's own signs stay readable: latest:14, /5/,/11/ and *.
    private static string Escape(string text) => Uri.EscapeDataString(text)
        .Replace("%3A", ":", StringComparison.Ordinal)
        .Replace("%2F", "/", StringComparison.Ordinal)
        .Replace("%2C", ",", StringComparison.Ordinal)
        .Replace("%2A", "*", StringComparison.Ordinal);

    private HttpRequestMessage Request(Uri uri)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        request.Headers.Accept.ParseAdd("application/json");
        return request;
    }

    private InputException Explain(RefusedException refusal, string table) => new(
        refusal.Status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new InputProblem(Texts.TokenRefused, address.Authority, Expected: Texts.TokenExpected),
            HttpStatusCode.NotFound => new InputProblem(Texts.UnknownTable, address.Authority, Found: table, Expected: Texts.TableIdExpected),
            _ => new InputProblem(
                Texts.SourceRefused.With((int)refusal.Status, HttpFetcher.Shorten(refusal.Answer.Replace(token.Value, "***", StringComparison.Ordinal))),
                address.Authority),
        },
        refusal);

    private static string SafeName(string table) => string.Concat(table.Where(char.IsAsciiLetterOrDigit));
}
