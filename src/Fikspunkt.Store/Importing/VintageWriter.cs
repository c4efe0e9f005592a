using Dapper;
using Fikspunkt.Domain;
using Fikspunkt.DuckDb;

namespace Fikspunkt.Store.Importing;

/// <summary>Puts sorted rows into the store as a new vintage, in one transaction; the texts that are new to the store go before it.</summary>
internal static class VintageWriter
{
    /// <summary>Writes the rows while their fingerprint is computed on other threads, and commits when both are done.</summary>
    public static Vintage Write(DuckDbConnection connection, VintageHeader header, SortedRows rows, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var hashing = Task.Run(() => RowFingerprint.Of(rows, stop.Token), CancellationToken.None);
        try
        {
            var keys = Keys(connection, rows);
            using var transaction = connection.BeginTransaction();
            var id = connection.ExecuteScalar<int>("SELECT coalesce(max(id), 0) + 1 FROM vintage");
            Append(connection, id, rows, keys, cancellationToken);
            VintageRows.Insert(connection, id, header, rows.Count, hashing.GetAwaiter().GetResult());
            cancellationToken.ThrowIfCancellationRequested();
            transaction.Commit();
            return VintageRows.All(connection).Single(vintage => vintage.Id == id);
        }
        catch
        {
            stop.Cancel();
            throw;
        }
    }

    /// <summary>New texts get their numbers in a transaction of their own, before the rows that use them.</summary>
    /// <remarks>DuckDB 1.5.6 can lose appended rows of a table with an index when the process is killed while a commit so large that its blocks go straight
    /// into the file is written: the rows had their numbers and the numbers had no texts (once in some 700 kills). Texts without rows do no harm.</remarks>
    private static RowKeys Keys(DuckDbConnection connection, SortedRows rows)
    {
        using var transaction = connection.BeginTransaction();
        var keys = new RowKeys(
            KeyTable.Numbers(connection, "indicator", rows.Writer.Indicators),
            KeyTable.Numbers(connection, "breakdown", rows.Writer.Breakdowns),
            KeyTable.Numbers(connection, "area", rows.Writer.Areas),
            KeyTable.PeriodNumbers(connection, rows.Writer.Periods));
        transaction.Commit();
        return keys;
    }

    private static void Append(DuckDbConnection connection, int id, SortedRows rows, RowKeys keys, CancellationToken cancellationToken)
    {
        using var appender = connection.CreateAppender("observation");
        var block = new ImportRow[appender.Capacity];
        for (var start = 0; start < rows.Count; start += appender.Capacity)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(appender.Capacity, rows.Count - start);
            appender.Column<int>(0)[..count].Fill(id);
            var indicators = appender.Column<int>(1);
            var breakdowns = appender.Column<int>(2);
            var areas = appender.Column<int>(3);
            var periods = appender.Column<int>(4);
            var values = appender.Column<double>(5);
            var statuses = appender.Column<short>(6);
            rows.CopyTo(start, block.AsSpan(0, count));
            for (var i = 0; i < count; i++)
            {
                ref readonly var row = ref block[i];
                indicators[i] = keys.Indicators[row.Indicator];
                breakdowns[i] = keys.Breakdowns[row.Breakdown];
                areas[i] = keys.Areas[row.Area];
                periods[i] = keys.Periods[row.Period];
                statuses[i] = (short)row.Status;
                values[i] = row.Value == 0 ? 0 : row.Value; // -0 and 0 are one value, as in the fingerprint.
                if (row.Status is ObservationStatus.Missing or ObservationStatus.Suppressed)
                {
                    appender.SetNull(5, i);
                }

                if (rows.Raw(start + i) is { } raw)
                {
                    appender.SetText(7, i, raw);
                }
                else
                {
                    appender.SetNull(7, i);
                }
            }

            appender.AppendColumns(count);
        }

        appender.Flush();
    }

    /// <summary>The store's numbers by the import's.</summary>
    private sealed record RowKeys(int[] Indicators, int[] Breakdowns, int[] Areas, int[] Periods);
}
