using System.Globalization;
using Fikspunkt.Domain;
using Microsoft.Extensions.Primitives;

namespace Fikspunkt.Web.Api;

/// <summary>The checked parameters of a question.</summary>
/// <param name="Values">The values given, by parameter.</param>
/// <param name="Id">The id in the address.</param>
/// <param name="Most">Most rows in one answer.</param>
internal sealed record ApiChoices(IReadOnlyDictionary<string, IReadOnlyList<string>> Values, string? Id = null, int Most = ApiChoices.MaximumLimit)
{
    public const string Format = "format";
    public const string Language = "lang";
    public const string LimitName = "limit";
    public const string OffsetName = "offset";
    public const int DefaultLimit = 1_000;
    public const int MaximumLimit = 50_000;
    private const int MostValues = 200;
    private const int MaximumOffset = 1_000_000_000;

    public static IReadOnlyList<ApiParameter> Paging { get; } =
    [
        new(LimitName, $"Rows in one answer, 1 to {MaximumLimit}; {DefaultLimit} when not given. The answer says how many rows there are in all and where the next ones are.", false, _ => "100"),
        new(OffsetName, "Rows to skip; follow `next` rather than count.", false, _ => "0"),
    ];

    public static IReadOnlyList<ApiParameter> Common { get; } =
    [
        new(Format, "Form of the answer, for programs that cannot send an Accept header; it goes before the header. `csv-danish` has semicolons, decimal comma and a byte order mark and opens right in a Danish Excel.", false, _ => "json") { Values = ApiFormats.Names },
        new(Language, "Language of labels and errors; else Accept-Language decides, and Danish when that says nothing.", false, _ => "en") { Values = ["da", "en"] },
    ];

    public int Limit => Number(LimitName, 1, Most, Math.Min(Most, DefaultLimit));

    public int Offset => Number(OffsetName, 0, MaximumOffset, 0);

    public string? First(string name) => Values.TryGetValue(name, out var values) ? values[0] : null;

    public IReadOnlyList<string> All(string name) => Values.TryGetValue(name, out var values) ? values : [];

    /// <summary>Reads a query string strictly: what is not understood is refused, because an ignored filter gives a wrong answer. A parameter without a value counts as not given, as forms send it.</summary>
    /// <exception cref="InputException">A parameter is unknown, is given too often or has a value it cannot have.</exception>
    public static ApiChoices Read(ApiOperation operation, IEnumerable<KeyValuePair<string, StringValues>> query, string? id = null, int most = MaximumLimit)
    {
        var known = operation.AllParameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (name, given) in query)
        {
            if (!known.TryGetValue(name, out var parameter))
            {
                throw new InputException(new InputProblem(Texts.ApiUnknownParameter, Found: name, Expected: string.Join(", ", known.Keys)));
            }

            string[] texts = [.. given.SelectMany(value => parameter.Many ? (value ?? "").Split(',', StringSplitOptions.TrimEntries) : [(value ?? "").Trim()]).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)];
            if (texts.Length > (parameter.Many ? MostValues : 1))
            {
                throw new InputException(new InputProblem(Texts.ApiTooManyValues, name, Found: texts.Length.ToString(CultureInfo.InvariantCulture), Expected: Texts.ApiAtMost.With(parameter.Many ? MostValues : 1)));
            }

            if (parameter.Values.Count > 0 && Array.Find(texts, text => !parameter.Values.Contains(text)) is { } unknown)
            {
                throw Unknown(name, unknown, parameter.Values);
            }

            if (texts.Length > 0)
            {
                values[name] = texts;
            }
        }

        var choices = new ApiChoices(values, id, most);
        _ = choices.Limit + choices.Offset;
        return choices;
    }

    /// <summary>The refusal of a value, with what is nearest to it when there is too much to list.</summary>
    public static InputException Unknown(string name, string found, IEnumerable<string> expected) =>
        new(new InputProblem(Texts.ApiUnknownValue, name, Found: found, Expected: string.Join(", ", Nearest.Of(found, expected))));

    private int Number(string name, int least, int most, int otherwise)
    {
        if (First(name) is not { } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new InputException(new InputProblem(Texts.ApiNotANumber, name, Found: text, Expected: string.Create(CultureInfo.InvariantCulture, $"{least}-{most}")));
    }
}
