namespace Fikspunkt.Domain;

/// <summary>What a published cell says besides its number. Nothing turns <see cref="Missing"/> or <see cref="Suppressed"/> into 0.</summary>
public enum ObservationStatus : byte
{
    /// <summary>A number as published.</summary>
    Ok = 0,

    /// <summary>A real zero: counted, and none found.</summary>
    Zero = 1,

    /// <summary>No number was published.</summary>
    Missing = 2,

    /// <summary>A small count that the source hides.</summary>
    Suppressed = 3,

    /// <summary>A number that the source expects to change.</summary>
    Provisional = 4,

    /// <summary>A number whose definition differs from the period before it (see the ledger of breaks).</summary>
    Break = 5,
}

/// <summary>One cell: an area's value of one indicator in one period and breakdown.</summary>
/// <param name="Area">Official area code: three digits for a municipality (<c>"101"</c>), <c>"000"</c> for the country, <c>"081"</c>-<c>"085"</c> regions.</param>
/// <param name="Period">The period.</param>
/// <param name="Indicator">Indicator id from <c>definitions/indicators</c>.</param>
/// <param name="Breakdown">Canonical breakdown, see <see cref="Domain.Breakdown"/>; empty for the total.</param>
/// <param name="Value">The number in the indicator's unit; <see langword="null"/> exactly when the status is Missing or Suppressed.</param>
/// <param name="Status">What the cell says besides its number.</param>
/// <param name="Raw">The text as the source wrote it, when it differs from the plain invariant form of <paramref name="Value"/>; else <see langword="null"/>.</param>
public sealed record Observation(
    string Area,
    Period Period,
    string Indicator,
    string Breakdown,
    double? Value,
    ObservationStatus Status,
    string? Raw = null);

/// <summary>The text form of a breakdown: <c>dimension=value</c> pairs by dimension name, joined by <c>;</c>. The total is empty.</summary>
public static class Breakdown
{
    /// <summary>The dimension that names a benefit group.</summary>
    public const string BenefitGroup = "benefit_group";

    /// <summary>The total over every dimension.</summary>
    public const string Total = "";

    /// <summary>The canonical text of the pairs, ordered by dimension name (ordinal).</summary>
    public static string Of(IEnumerable<KeyValuePair<string, string>> pairs) =>
        string.Join(';', pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    /// <summary>The breakdown by one benefit group only.</summary>
    public static string OfBenefitGroup(string id) => $"{BenefitGroup}={id}";
}
