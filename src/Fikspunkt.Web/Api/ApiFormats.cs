using Fikspunkt.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Fikspunkt.Web.Api;

/// <summary>The forms of an answer.</summary>
internal enum ApiFormat
{
    Json,
    Csv,
    CsvDanish,
    JsonStat,
}

/// <summary>Finds the form that a client wants.</summary>
internal static class ApiFormats
{
    private const string Json = "application/json";
    private const string Csv = "text/csv";
    private const string JsonStat = "application/vnd.json-stat+json";

    /// <summary>Names for the parameter <c>format</c>, in the order of <see cref="ApiFormat"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["json", "csv", "csv-danish", "json-stat"];

    /// <summary>The form of the answer: by the parameter, else by the Accept header.</summary>
    /// <returns><see langword="null"/> when the client takes none of the forms that there are.</returns>
    /// <exception cref="InputException">The parameter asks for a form that the question does not have.</exception>
    public static ApiFormat? Choose(ApiOperation operation, ApiChoices choices, HttpRequest request)
    {
        if (choices.First(ApiChoices.Format) is { } name)
        {
            var asked = (ApiFormat)Names.ToList().IndexOf(name);
            return asked == ApiFormat.JsonStat && operation.Cube is null ? throw ApiChoices.Unknown(ApiChoices.Format, name, Names.Take(3)) : asked;
        }

        var header = request.Headers.Accept;
        if (header.Count == 0 || !MediaTypeHeaderValue.TryParseList(header, out var wanted) || wanted.Count == 0)
        {
            return ApiFormat.Json;
        }

        // The most wanted first; of those wanted alike the most specific.
        foreach (var type in wanted.Where(type => type.Quality != 0).OrderByDescending(type => type.Quality ?? 1).ThenBy(type => type.MatchesAllTypes ? 2 : type.MatchesAllSubTypes ? 1 : 0))
        {
            if (operation.Cube is not null && type.MediaType.Equals(JsonStat, StringComparison.OrdinalIgnoreCase))
            {
                return ApiFormat.JsonStat;
            }

            if (Takes(type, Json))
            {
                return ApiFormat.Json;
            }

            if (Takes(type, Csv))
            {
                return ApiFormat.Csv;
            }
        }

        return null;
    }

    public static string Type(ApiFormat format) => format switch
    {
        ApiFormat.Json => Json + "; charset=utf-8",
        ApiFormat.JsonStat => JsonStat + "; charset=utf-8",
        _ => Csv + "; charset=utf-8; header=present",
    };

    /// <summary>The media types that an operation answers with.</summary>
    public static IReadOnlyList<string> Types(ApiOperation operation) => operation.Cube is null ? [Json, Csv] : [Json, Csv, JsonStat];

    private static bool Takes(MediaTypeHeaderValue asked, string type) =>
        asked.MatchesAllTypes || asked.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase) || (asked.MatchesAllSubTypes && type.StartsWith(asked.Type.ToString() + "/", StringComparison.OrdinalIgnoreCase));
}
