using NodaTime;

namespace Fikspunkt.Store;

/// <summary>What is known of an import before its rows are read.</summary>
/// <param name="Table">Id of the source table, as in <c>definitions/tables</c>.</param>
/// <param name="Source">Who publishes it (<c>"Danmarks Statistik"</c>).</param>
/// <param name="Origin">Where it was read: file name or address; named in errors.</param>
/// <param name="Retrieved">When it was read; kept to the microsecond.</param>
/// <param name="ContentHash">SHA-256 of the bytes read, lower-case hexadecimal.</param>
/// <param name="Synthetic">Whether the data are made up.</param>
public record VintageHeader(string Table, string Source, string Origin, Instant Retrieved, string ContentHash, bool Synthetic);

/// <summary>One import of one table: dated, whole and never changed.</summary>
public sealed record Vintage : VintageHeader
{
    internal Vintage(VintageHeader header, int id, long rows, string valueHash, int? sameValuesAs)
        : base(header) => (Id, Rows, ValueHash, SameValuesAs) = (id, rows, valueHash, sameValuesAs);

    /// <summary>Number in the store, from 1 in the order of import.</summary>
    public int Id { get; }

    /// <summary>Observations in it.</summary>
    public long Rows { get; }

    /// <summary>The values' fingerprint, see <see cref="Domain.ValueHash"/>: the same values give the same hash from any file form.</summary>
    public string ValueHash { get; }

    /// <summary>The first vintage of the table that holds the same values, when this is not the first: the import brought nothing new.</summary>
    public int? SameValuesAs { get; }
}
