using NodaTime;

namespace Fikspunkt.Domain;

/// <summary>A benefit (ydelse) or a group of benefits.</summary>
/// <param name="Id">Stable id, ASCII with hyphens, <c>"a-dagpenge"</c>.</param>
/// <param name="Name">Official Danish name and English rendering.</param>
/// <param name="Parent">The group this one is part of (hierarchy), or <see langword="null"/> at the top.</param>
/// <param name="ValidFrom">First day the benefit existed, or <see langword="null"/> when before the data.</param>
/// <param name="ValidTo">Last day the benefit existed, or <see langword="null"/> when it still does.</param>
/// <param name="Aliases">Labels that the sources use for it.</param>
/// <param name="PricePerYear">Municipal price of one full-time person for a year in kr, for the difference in money, or <see langword="null"/> when none is set.</param>
/// <param name="Source">Where these facts come from.</param>
public sealed record BenefitGroup(
    string Id,
    LocalizedText Name,
    string? Parent,
    LocalDate? ValidFrom,
    LocalDate? ValidTo,
    IReadOnlyList<string> Aliases,
    decimal? PricePerYear,
    string Source);
