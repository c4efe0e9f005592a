using Dapper;
using Fikspunkt.Domain;
using Fikspunkt.DuckDb;

namespace Fikspunkt.Store;

/// <summary>How a row differs between two vintages.</summary>
public enum ChangeKind
{
    /// <summary>Only the later vintage has it.</summary>
    Added,

    /// <summary>Only the earlier vintage has it.</summary>
    Removed,

    /// <summary>Both have it, with another value or status.</summary>
    Changed,
}

/// <summary>One row that differs.</summary>
/// <param name="Kind">How it differs.</param>
/// <param name="Old">The row in the earlier vintage; <see langword="null"/> when added.</param>
/// <param name="New">The row in the later vintage; <see langword="null"/> when removed.</param>
public sealed record ObservationChange(ChangeKind Kind, Observation? Old, Observation? New);

/// <summary>What changed from one vintage of a table to another. The raw text alone is no change.</summary>
/// <param name="Before">The earlier vintage.</param>
/// <param name="After">The later vintage.</param>
/// <param name="Added">Rows that only the later one has.</param>
/// <param name="Removed">Rows that only the earlier one has.</param>
/// <param name="Changed">Rows with another value or status.</param>
/// <param name="Unchanged">Rows that are the same in both.</param>
/// <param name="Rows">The rows that differ, by indicator, breakdown, area and period; read from the store, which must be open, when enumerated.</param>
public sealed record VintageDiff(Vintage Before, Vintage After, long Added, long Removed, long Changed, long Unchanged, IEnumerable<ObservationChange> Rows)
{
    private const string Joined = """
        (SELECT indicator_id, breakdown_id, area_id, period_id, value, status, raw FROM observation WHERE vintage_id = $before) o
        FULL JOIN
        (SELECT indicator_id, breakdown_id, area_id, period_id, value, status, raw FROM observation WHERE vintage_id = $after) n
        USING (indicator_id, breakdown_id, area_id, period_id)
        """;

    private const string Counts = $"""
        SELECT count(*) FILTER (WHERE o.status IS NULL), count(*) FILTER (WHERE n.status IS NULL),
               count(*) FILTER (WHERE o.status = n.status AND o.value IS NOT DISTINCT FROM n.value), count(*)
        FROM {Joined}
        """;

    private const string Differing = $"""
        SELECT area.code, period.code, indicator.code, breakdown.code, o.value, o.status, o.raw, n.value, n.status, n.raw
        FROM {Joined}
        JOIN indicator ON indicator.id = indicator_id
        JOIN breakdown ON breakdown.id = breakdown_id
        JOIN area ON area.id = area_id
        JOIN period ON period.id = period_id
        WHERE o.status IS DISTINCT FROM n.status OR o.value IS DISTINCT FROM n.value
        ORDER BY indicator.code, breakdown.code, area.code, period.last_day, period.first_day, period.kind
        """;

    internal static VintageDiff Of(DuckDbConnection connection, Lock gate, Vintage before, Vintage after)
    {
        var (added, removed, same, all) = connection.QuerySingle<(long, long, long, long)>(Counts, new { before = before.Id, after = after.Id });
        return new VintageDiff(before, after, added, removed, all - added - removed - same, same, Enumerate(connection, gate, before.Id, after.Id));
    }

    private static IEnumerable<ObservationChange> Enumerate(DuckDbConnection connection, Lock gate, int before, int after)
    {
        DuckDbDataReader reader;
        lock (gate)
        {
            using var command = connection.CreateCommand(Differing);
            command.Parameters.Add("before", before);
            command.Parameters.Add("after", after);
            reader = command.ExecuteReader();
        }

        using (reader)
        {
            while (reader.Read())
            {
                var (older, newer) = (Side(reader, 4), Side(reader, 7));
                yield return new ObservationChange(older is null ? ChangeKind.Added : newer is null ? ChangeKind.Removed : ChangeKind.Changed, older, newer);
            }
        }
    }

    private static Observation? Side(DuckDbDataReader reader, int first) => reader.IsDBNull(first + 1)
        ? null
        : new Observation(
            reader.GetString(0),
            Period.Parse(reader.GetString(1)),
            reader.GetString(2),
            reader.GetString(3),
            reader.GetFieldValue<double?>(first),
            (ObservationStatus)reader.GetInt16(first + 1),
            reader.GetFieldValue<string?>(first + 2));
}
