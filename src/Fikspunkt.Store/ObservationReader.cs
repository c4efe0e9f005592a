using System.Globalization;
using Fikspunkt.Domain;
using Fikspunkt.DuckDb;
using Fikspunkt.Store.Importing;

namespace Fikspunkt.Store;

/// <summary>Reads a vintage's observations by column.</summary>
internal static class ObservationReader
{
    public static IReadOnlyList<Observation> Read(DuckDbConnection connection, Vintage vintage, ObservationFilter filter)
    {
        var indicators = KeyTable.Read(connection, "indicator");
        var breakdowns = KeyTable.Read(connection, "breakdown");
        var areas = KeyTable.Read(connection, "area");
        var periods = KeyTable.Read(connection, "period").ToDictionary(pair => pair.Key, pair => Period.Parse(pair.Value));
        var where = string.Concat(
            In("indicator_id", indicators, filter.Indicators),
            In("breakdown_id", breakdowns, filter.Breakdowns),
            In("area_id", areas, filter.Areas),
            In("period_id", periods, filter.Periods));
        using var command = connection.CreateCommand($"""
            SELECT indicator_id, breakdown_id, area_id, period_id, value, CAST(status AS INTEGER), raw
            FROM observation WHERE vintage_id = $id{where}
            """);
        command.Parameters.Add("id", vintage.Id);
        var found = new List<Observation>();
        using var reader = command.ExecuteReader();
        while (reader.ReadChunk())
        {
            var indicator = reader.ChunkColumn<int>(0);
            var breakdown = reader.ChunkColumn<int>(1);
            var area = reader.ChunkColumn<int>(2);
            var period = reader.ChunkColumn<int>(3);
            var value = reader.ChunkColumn<double>(4);
            var status = reader.ChunkColumn<int>(5);
            for (var i = 0; i < reader.ChunkRows; i++)
            {
                found.Add(new Observation(
                    areas[area[i]],
                    periods[period[i]],
                    indicators[indicator[i]],
                    breakdowns[breakdown[i]],
                    reader.IsChunkNull(4, i) ? null : value[i],
                    (ObservationStatus)status[i],
                    reader.IsChunkNull(6, i) ? null : reader.ChunkText(6, i)));
            }
        }

        Sort(found);
        return found;
    }

    /// <summary>Rows lie in the file as the import sorted them, so that there is mostly nothing to do; SQL promises no order.</summary>
    private static void Sort(List<Observation> observations)
    {
        for (var i = 1; i < observations.Count; i++)
        {
            if (ByKey(observations[i - 1], observations[i]) > 0)
            {
                observations.Sort(ByKey);
                return;
            }
        }
    }

    private static int ByKey(Observation left, Observation right)
    {
        var order = string.CompareOrdinal(left.Indicator, right.Indicator);
        order = order != 0 ? order : string.CompareOrdinal(left.Breakdown, right.Breakdown);
        order = order != 0 ? order : string.CompareOrdinal(left.Area, right.Area);
        return order != 0 ? order : left.Period.CompareTo(right.Period);
    }

    /// <summary>A condition on a key's number, from the texts wanted; texts that the store does not know match nothing.</summary>
    private static string In<T>(string column, Dictionary<int, T> texts, IReadOnlyCollection<T>? wanted)
        where T : notnull
    {
        if (wanted is null or { Count: 0 })
        {
            return "";
        }

        var set = wanted.ToHashSet();
        var numbers = texts.Where(pair => set.Contains(pair.Value)).Select(pair => pair.Key.ToString(CultureInfo.InvariantCulture)).ToList();
        return numbers.Count == 0 ? " AND 1 = 0" : $" AND {column} IN ({string.Join(", ", numbers)})";
    }
}
