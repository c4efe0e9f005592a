using System.Collections.Frozen;

namespace Fikspunkt.Web.Charts;

/// <summary>Every chart of the site by its name in addresses: pages, specifications and files are made by the same function.</summary>
internal static class Diagrams
{
    private static readonly FrozenDictionary<string, Func<Sight, SiteChart?>> All = new Dictionary<string, Func<Sight, SiteChart?>>(StringComparer.Ordinal)
    {
        ["kort"] = NationalDiagrams.Map,
        ["ingen-forskel"] = UncertaintyDiagrams.NoDifferences,
        ["landet"] = NationalDiagrams.Trend,
        ["nogle-pladser"] = UncertaintyDiagrams.SomeRankSets,
        ["pladser"] = NationalDiagrams.RankSets,
        ["rangorden"] = NationalDiagrams.Ranking,
        ["tragt"] = UncertaintyDiagrams.Funnel,
        ["udjaevnet"] = UncertaintyDiagrams.Shrunken,
        ["kommune-udvikling"] = MunicipalityDiagrams.Trend,
        ["kommune-ydelse"] = MunicipalityDiagrams.Small,
        ["kommune-ydelser"] = MunicipalityDiagrams.Outcomes,
        ["kommune-forklaring"] = MunicipalityDiagrams.Contributions,
        ["kommune-notat-udvikling"] = MunicipalityDiagrams.BriefTrend,
        ["kommune-notat-ydelser"] = MunicipalityDiagrams.BriefOutcomes,
        ["sammenlign"] = CompareDiagrams.Lines,
        ["sammenlign-forskel"] = CompareDiagrams.Differences,
        ["kommune-maalinger"] = MunicipalityDiagrams.Profile,
        ["noegletal-spredning"] = IndicatorDiagrams.OverTime,
        ["placeringer"] = MeasurementDiagrams.Positions,
        [WorkbenchDiagrams.Name] = WorkbenchDiagrams.Ranks,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => All.Keys.Order(StringComparer.Ordinal);

    /// <summary>The chart of that name for those choices; <see langword="null"/> where there is no such chart or nothing to draw.</summary>
    public static SiteChart? Make(string name, Sight sight) => All.TryGetValue(name, out var make) ? make(sight) is { } chart ? chart with { Query = sight.Query } : null : null;
}
