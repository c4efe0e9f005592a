using System.Runtime.CompilerServices;
using Fikspunkt.Domain;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Api;

/// <summary>Filters that several questions have.</summary>
internal static class ApiFilters
{
    public const string Area = "area";
    public const string From = "from";
    public const string To = "to";
    public const string Period = "period";
    private const string Latest = "latest";
    private static readonly ConditionalWeakTable<DefinitionSet, AreaIndex> Indexes = [];

    public static ApiParameter AreaParameter { get; } = new(Area, "Areas by official code (`851`), address name (`aalborg`) or name (`Aalborg`).", true, content => Places(content).Min(StringComparer.Ordinal));

    /// <summary>Periods, with examples from the period that most questions are about.</summary>
    public static IReadOnlyList<ApiParameter> PeriodParameters(Func<SiteContent, Period?> example) =>
    [
        new(Period, "Periods: `2023M01`, `2023Q1`, `2023H1`, `2023`, `2022QMAT04` (four quarters to the fourth of 2022), `2023MYTD05`, `2023W05`; or `latest` for the newest of each series.", true, content => example(content)?.ToString() ?? Latest),
        new(From, "Only periods that end on or after the first day of this one.", false, content => example(content)?.ToString() ?? "2020"),
        new(To, "Only periods that end on or before the last day of this one.", false, content => example(content)?.ToString() ?? "2030"),
    ];

    /// <summary>The codes of the areas asked for; <see langword="null"/> = all.</summary>
    /// <exception cref="InputException">One of them is unknown.</exception>
    public static HashSet<string>? Areas(SiteContent content, ApiChoices choices)
    {
        var asked = choices.All(Area);
        return asked.Count == 0 ? null : [.. asked.Select(text => FindArea(content, text)
            ?? throw ApiChoices.Unknown(Area, text, content.Definitions.Municipalities.SelectMany(municipality => (string[])[municipality.Code, municipality.Name])))];
    }

    /// <summary>The code of an area by code, address name, name or alias.</summary>
    public static string? FindArea(SiteContent content, string text) =>
        content.Municipality(text)?.Code ?? (Indexes.GetValue(content.Definitions, set => new AreaIndex(set.Municipalities, set.Areas)).TryFind(text, out var code) ? code : null);

    /// <summary>Which periods were asked for.</summary>
    /// <exception cref="InputException">One of them is no period.</exception>
    public static PeriodFilter Periods(ApiChoices choices)
    {
        var exact = choices.All(Period);
        return new PeriodFilter(
            exact.Count == 0 ? null : exact.Where(text => text != Latest).Select(text => Read(Period, text)).ToHashSet(),
            exact.Contains(Latest),
            choices.First(From) is { } from ? Read(From, from) : null,
            choices.First(To) is { } to ? Read(To, to) : null);
    }

    /// <summary>Values checked against those there are; <see langword="null"/> = all.</summary>
    /// <exception cref="InputException">One of them is unknown.</exception>
    public static HashSet<string>? Known(ApiChoices choices, string name, Func<IEnumerable<string>> known)
    {
        var asked = choices.All(name);
        if (asked.Count == 0)
        {
            return null;
        }

        var all = known().ToHashSet(StringComparer.Ordinal);
        return asked.FirstOrDefault(text => !all.Contains(text)) is { } unknown
            ? throw ApiChoices.Unknown(name, unknown, all.Order(StringComparer.Ordinal))
            : [.. asked];
    }

    public static string? Name(SiteContent content, string area) =>
        content.Municipality(area)?.NameIn(Languages.Danish) ?? content.Definitions.Areas.FirstOrDefault(known => known.Code == area)?.Name.Da;

    // Examples name municipalities that there are figures for.
    private static IEnumerable<string> Places(SiteContent content) =>
        (content.Benchmarks is [var first, ..] ? first.Content.Run.Results.Select(result => result.Area) : content.Figures.Series.SelectMany(series => series.Areas)).Where(area => content.Municipality(area) is not null);

    private static Period Read(string name, string text) => Domain.Period.TryParse(text, out var period)
        ? period
        : throw new InputException(new InputProblem(Texts.ApiNotAPeriod, name, Found: text, Expected: "2023M01, 2023Q1, 2023H1, 2023, 2022QMAT04, 2023MYTD05, 2023W05" + (name == Period ? ", latest" : "")));
}

/// <summary>Which periods are asked for.</summary>
/// <param name="Exact">These only; <see langword="null"/> = any.</param>
/// <param name="Latest">The newest of each series (besides <paramref name="Exact"/>).</param>
/// <param name="From">Not ending before this one begins.</param>
/// <param name="To">Not ending after this one ends.</param>
internal sealed record PeriodFilter(IReadOnlySet<Period>? Exact, bool Latest, Period? From, Period? To)
{
    /// <summary>Whether a period passes.</summary>
    /// <param name="period">The period.</param>
    /// <param name="newest">The newest of its series within the limits.</param>
    public bool Takes(Period period, Period? newest) =>
        Within(period) && (Exact is null || Exact.Contains(period) || (Latest && period == newest));

    /// <summary>Whether a period lies between the limits.</summary>
    public bool Within(Period period) => (From is not { } from || period.LastDay >= from.FirstDay) && (To is not { } to || period.LastDay <= to.LastDay);
}
