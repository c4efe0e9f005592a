using Dapper;

namespace Fikspunkt.DuckDb.Tests;

public sealed class DapperTests
{
    private sealed record Row(int Id, string Name, double? Share, DateOnly Day);

    [Fact]
    public void Query_RecordsScalarsAndLists_Map()
    {
        using var connection = Database.InMemory();
        connection.Execute("CREATE TABLE t(id INTEGER, name VARCHAR, share DOUBLE, day DATE)");
        connection.Execute(
            "INSERT INTO t VALUES ($Id, $Name, $Share, $Day)",
            new[] { new Row(1, "Ærø", 0.5, new DateOnly(2024, 2, 29)), new Row(2, "Læsø", null, new DateOnly(2024, 3, 1)) }.Select(row => new { row.Id, row.Name, row.Share, Day = row.Day.ToDateTime(TimeOnly.MinValue) })).ShouldBe(2);

        connection.Query<Row>("SELECT id, name, share, day FROM t ORDER BY id").ShouldBe([new Row(1, "Ærø", 0.5, new DateOnly(2024, 2, 29)), new Row(2, "Læsø", null, new DateOnly(2024, 3, 1))]);
        connection.QuerySingle<long>("SELECT sum(id) FROM t").ShouldBe(3);
        connection.ExecuteScalar<int>("SELECT count(*) FROM t WHERE name = $name", new { name = "Ærø" }).ShouldBe(1);
        int[] ids = [2, 3];
        connection.Query<int>("SELECT id FROM t WHERE id IN $ids", new { ids }).ShouldBe([2]);
        ((string)connection.QueryFirst("SELECT name FROM t WHERE id = $id", new { id = 2 }).name).ShouldBe("Læsø");
    }

    [Fact]
    public async Task QueryAsync_InTransaction_Maps()
    {
        await using var connection = Database.InMemory();
        await connection.ExecuteAsync("CREATE TABLE t(id INTEGER)");
        await using (var transaction = connection.BeginTransaction())
        {
            await connection.ExecuteAsync("INSERT INTO t VALUES (1)", transaction: transaction);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        (await connection.QueryAsync<int>("SELECT id FROM t")).ShouldBe([1]);
        using var results = await connection.QueryMultipleAsync("SELECT 1; SELECT 'to'");
        (await results.ReadSingleAsync<int>()).ShouldBe(1);
        (await results.ReadSingleAsync<string>()).ShouldBe("to");
    }
}
