namespace Fikspunkt.DuckDb.Tests;

internal static class Database
{
    public static DuckDbConnection InMemory() => At(":memory:");

    public static DuckDbConnection At(string path)
    {
        var connection = new DuckDbConnection($"Data Source={path}");
        connection.Open();
        return connection;
    }

    public static void Run(this DuckDbConnection connection, string sql)
    {
        using var command = connection.CreateCommand(sql);
        _ = command.ExecuteNonQuery();
    }

    public static T One<T>(this DuckDbConnection connection, string sql, params object?[] values)
    {
        using var command = connection.CreateCommand(sql);
        command.Parameters.AddRange(values.Select(value => new DuckDbParameter(value)).ToArray());
        using var reader = command.ExecuteReader();
        reader.Read().ShouldBeTrue();
        var result = reader.GetFieldValue<T>(0);
        reader.Read().ShouldBeFalse();
        return result;
    }
}
