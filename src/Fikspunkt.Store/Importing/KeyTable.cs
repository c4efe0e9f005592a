using Dapper;
using Fikspunkt.Domain;
using Fikspunkt.DuckDb;

namespace Fikspunkt.Store.Importing;

/// <summary>The tables that give repeated texts their numbers.</summary>
internal static class KeyTable
{
    /// <summary>The store's number for each of the import's texts; new texts are added.</summary>
    public static int[] Numbers(DuckDbConnection connection, string table, KeyColumn column) =>
        Numbers(connection, table, column.Texts, (appender, id, index) => appender.AppendRow(id, column.Texts[index]));

    /// <summary>The store's number for each of the import's periods; new periods are added.</summary>
    public static int[] PeriodNumbers(DuckDbConnection connection, IReadOnlyList<Period> periods) =>
        Numbers(connection, "period", [.. periods.Select(period => period.ToString())], (appender, id, index) => appender.AppendRow(
            id, periods[index].ToString(), periods[index].FirstDay.ToDateOnly(), periods[index].LastDay.ToDateOnly(), (short)periods[index].Kind));

    /// <summary>The texts of a table by number.</summary>
    public static Dictionary<int, string> Read(DuckDbConnection connection, string table) =>
        connection.Query<(int Id, string Code)>($"SELECT id, code FROM {table}").ToDictionary(row => row.Id, row => row.Code);

    private static int[] Numbers(DuckDbConnection connection, string table, IReadOnlyList<string> texts, Action<DuckDbAppender, int, int> add)
    {
        var known = connection.Query<(int Id, string Code)>($"SELECT id, code FROM {table}").ToDictionary(row => row.Code, row => row.Id, StringComparer.Ordinal);
        var next = known.Count == 0 ? 1 : known.Values.Max() + 1;
        using var appender = connection.CreateAppender(table);
        var numbers = new int[texts.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!known.TryGetValue(texts[i], out numbers[i]))
            {
                numbers[i] = next++;
                add(appender, numbers[i], i);
            }
        }

        appender.Flush();
        return numbers;
    }
}
