using Dapper;
using Fikspunkt.DuckDb;
using NodaTime;

namespace Fikspunkt.Store;

/// <summary>The table of vintages.</summary>
internal static class VintageRows
{
    private const string Select = """
        SELECT id, table_id AS "Table", source, origin, retrieved, content_hash AS ContentHash, synthetic,
               row_count AS "Rows", value_hash AS ValueHash, min(id) OVER (PARTITION BY table_id, value_hash) AS First
        FROM vintage ORDER BY id
        """;

    /// <summary>Every vintage in the order of import.</summary>
    public static List<Vintage> All(DuckDbConnection connection) =>
        connection.Query<Row>(Select).Select(row => new Vintage(
            new VintageHeader(row.Table, row.Source, row.Origin, Instant.FromDateTimeUtc(DateTime.SpecifyKind(row.Retrieved, DateTimeKind.Utc)), row.ContentHash, row.Synthetic),
            row.Id,
            row.Rows,
            row.ValueHash,
            row.First == row.Id ? null : row.First)).ToList();

    /// <summary>Adds a vintage.</summary>
    public static void Insert(DuckDbConnection connection, int id, VintageHeader header, long rows, string valueHash) => connection.Execute(
        "INSERT INTO vintage VALUES ($id, $Table, $Source, $Origin, $retrieved, $ContentHash, $Synthetic, $rows, $valueHash)",
        new
        {
            id,
            header.Table,
            header.Source,
            header.Origin,
            retrieved = DateTime.SpecifyKind(header.Retrieved.ToDateTimeUtc(), DateTimeKind.Unspecified),
            header.ContentHash,
            header.Synthetic,
            rows,
            valueHash,
        });

    private sealed record Row(int Id, string Table, string Source, string Origin, DateTime Retrieved, string ContentHash, bool Synthetic, long Rows, string ValueHash, int First);
}
