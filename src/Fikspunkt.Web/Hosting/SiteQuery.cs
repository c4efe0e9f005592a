using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Fikspunkt.Web.Hosting;

/// <summary>The choices in an address's query string. The names are the same in both languages, so that a link keeps its meaning when the language changes.</summary>
/// <param name="Values">The known choices that were given, in the order of <see cref="Names"/>; a name given more than once has all its values.</param>
internal sealed record SiteQuery(IReadOnlyList<KeyValuePair<string, string>> Values)
{
    public const string Measurement = "maaling";
    public const string Outcome = "ydelse";
    public const string Period = "periode";
    public const string Areas = "kommune";
    public const string Peers = "gruppe";
    public const string Indicator = "noegletal";
    public const string Breakdown = "opdeling";
    public const string Base = "grundlag";
    public const string Own = "egen";
    public const string Sort = "orden";
    public const string Search = "soeg";
    public const string Publisher = "udgiver";
    public const string WithFigures = "medtal";
    public const string Covariates = "vilkaar";
    public const string Estimator = "metode";
    public const string Expectation = "forventning";
    public const string Compute = "regn";

    /// <summary>Longest value that is looked at; longer ones name nothing we have.</summary>
    private const int LongestValue = 200;
    private const int MostValues = 40;

    /// <summary>Every name that a page may use. Others are ignored, and never part of a cached page's key.</summary>
    public static IReadOnlyList<string> Names { get; } = [Measurement, Outcome, Period, Areas, Peers, Indicator, Breakdown, Base, Own, Sort, Search, Publisher, WithFigures, Covariates, Estimator, Expectation, Compute];

    public static SiteQuery Of(IQueryCollection query) => new([.. Names.SelectMany(name => query[name]
        .Where(value => value is { Length: > 0 and <= LongestValue }).Take(MostValues).Select(value => KeyValuePair.Create(name, value!)))]);

    public string? First(string name) => Values.FirstOrDefault(pair => pair.Key == name).Value;

    public IReadOnlyList<string> All(string name) => [.. Values.Where(pair => pair.Key == name).Select(pair => pair.Value)];

    /// <summary>The query with another value of one name; <see langword="null"/> takes it out.</summary>
    public SiteQuery With(string name, params string?[] values) => new([.. Names.SelectMany(known => known == name
        ? values.Where(value => !string.IsNullOrEmpty(value)).Select(value => KeyValuePair.Create(name, value!))
        : Values.Where(pair => pair.Key == known))]);

    public string AddTo(string path) => QueryHelpers.AddQueryString(path, Values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
}
