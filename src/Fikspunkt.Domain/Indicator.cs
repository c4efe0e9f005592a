using NodaTime;

namespace Fikspunkt.Domain;

/// <summary>Which way of an indicator is good.</summary>
public enum Direction
{
    /// <summary>A low value is good.</summary>
    LowerIsBetter,

    /// <summary>A high value is good.</summary>
    HigherIsBetter,

    /// <summary>The value describes conditions and is not judged.</summary>
    NotJudged,
}

/// <summary>A figure that can be published for an area and a period.</summary>
/// <param name="Id">Stable id, ASCII with underscores, <c>"unemployment_pct"</c>.</param>
/// <param name="Name">Danish and English name.</param>
/// <param name="Unit">Unit in Danish and English ("pct.", "per cent").</param>
/// <param name="Decimals">Decimals to show.</param>
/// <param name="Direction">Which way is good.</param>
/// <param name="ZeroMeaning">What a real zero means.</param>
/// <param name="IsCount">Whether it counts persons (so that suppression applies).</param>
/// <param name="Sources">Tables it is found in.</param>
/// <param name="Institution">The institution that publishes it.</param>
/// <param name="Reviewed">When the definition was last reviewed.</param>
/// <param name="CannotTell">One sentence on what it cannot tell.</param>
public sealed record Indicator(
    string Id,
    LocalizedText Name,
    LocalizedText Unit,
    int Decimals,
    Direction Direction,
    LocalizedText ZeroMeaning,
    bool IsCount,
    IReadOnlyList<SourceTable> Sources,
    string Institution,
    LocalDate Reviewed,
    LocalizedText CannotTell);

/// <summary>A table of a source: <c>jobindsats</c> <c>y30r21</c>, <c>statbank</c> <c>AUP02</c>.</summary>
public sealed record SourceTable(string Source, string Table);

/// <summary>An entry in the ledger of breaks: from this date a series means something else.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Date">First day of the new meaning.</param>
/// <param name="Kind">What happened: <c>reform</c>, <c>table-replaced</c>, <c>label-changed</c>, <c>code-changed</c>, <c>data-error</c> or <c>area-changed</c>.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Description">What it does to the figures.</param>
/// <param name="BenefitGroups">Ids of benefit groups touched; empty when none in particular.</param>
/// <param name="Indicators">Ids of indicators touched; <c>"*"</c> for every indicator of the benefit groups.</param>
/// <param name="Source">Law, announcement or document.</param>
public sealed record SeriesBreak(
    string Id,
    LocalDate Date,
    string Kind,
    LocalizedText Title,
    LocalizedText Description,
    IReadOnlyList<string> BenefitGroups,
    IReadOnlyList<string> Indicators,
    string Source)
{
    /// <summary>Whether this break touches the indicator in the breakdown's benefit group (<see langword="null"/> = none).</summary>
    public bool Touches(string indicator, string? benefitGroup) =>
        (Indicators.Contains(indicator) || Indicators.Contains("*"))
        && (BenefitGroups.Count == 0 || (benefitGroup is not null && BenefitGroups.Contains(benefitGroup)));
}
