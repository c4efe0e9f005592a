using System.Globalization;

namespace Fikspunkt.DuckDb.Tests;

public sealed class AppenderTests
{
    [Fact]
    public void AppendRow_EveryType_ComesBack()
    {
        using var connection = Database.InMemory();
        connection.Run("CREATE TABLE t(b BOOLEAN, i1 TINYINT, i2 SMALLINT, i4 INTEGER, i8 BIGINT, u8 UBIGINT, h HUGEINT, f FLOAT, d DOUBLE, n DECIMAL(20,3), n4 DECIMAL(4,1), s VARCHAR, x BLOB, dt DATE, ts TIMESTAMP, tz TIMESTAMPTZ, tm TIME, g UUID, e ENUM('en','to'))");
        object[] row =
        [
            true, (sbyte)-1, (short)-2, -3, -4L, ulong.MaxValue, 5m, 1.5f, 0.1, -12345678901234567.891m, -9.5m, "tekst over tolv tegn æøå", new byte[] { 1, 0 }, new DateOnly(2024, 2, 29),
            new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Unspecified), new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc), new TimeOnly(4, 5), Guid.Parse("ff0e0d0c-0b0a-0908-f706-050403020100"), "to",
        ];
        using (var appender = connection.CreateAppender("t"))
        {
            object?[] written = [.. row];
            written[6] = (Int128)5;
            for (var i = 0; i < 3000; i++)
            {
                appender.AppendRow(written);
                appender.AppendRow(new object?[row.Length]);
            }

            appender.Flush();
        }

        using var command = connection.CreateCommand("SELECT * FROM t");
        using var reader = command.ExecuteReader();
        var values = new object[row.Length];
        for (var i = 0; i < 6000; i++)
        {
            reader.Read().ShouldBeTrue();
            reader.GetValues(values).ShouldBe(row.Length);
            values.ShouldBe(i % 2 == 0 ? row : Enumerable.Repeat<object>(DBNull.Value, row.Length));
        }

        reader.Read().ShouldBeFalse();
    }

    [Fact]
    public void AppendColumns_Blocks_ComeBack()
    {
        using var connection = Database.InMemory();
        connection.Run("CREATE TABLE t(i BIGINT, d DOUBLE, s VARCHAR)");
        const int Rows = 10_000;
        using (var appender = connection.CreateAppender("t"))
        {
            for (var start = 0; start < Rows; start += appender.Capacity)
            {
                var count = Math.Min(appender.Capacity, Rows - start);
                var numbers = appender.Column<long>(0);
                var halves = appender.Column<double>(1);
                for (var row = 0; row < count; row++)
                {
                    numbers[row] = start + row;
                    halves[row] = (start + row) / 2.0;
                    if ((start + row) % 7 == 0)
                    {
                        appender.SetNull(1, row);
                    }

                    appender.SetText(2, row, (start + row).ToString("D20", CultureInfo.InvariantCulture));
                }

                appender.AppendColumns(count);
            }

            Should.Throw<InvalidCastException>(() => appender.Column<int>(0).Length);
            Should.Throw<InvalidCastException>(() => appender.SetText(0, 0, "x"));
            appender.Flush();
        }

        connection.One<long>("SELECT count(*) FROM t WHERE (d = i / 2 OR (d IS NULL AND i % 7 = 0)) AND s::BIGINT = i").ShouldBe(Rows);
        connection.One<long>("SELECT count(*) FROM t WHERE d IS NULL").ShouldBe(1429);
    }

    [Fact]
    public void Append_WrongValues_Throw()
    {
        using var connection = Database.InMemory();
        connection.Run("CREATE TABLE t(i TINYINT NOT NULL, e ENUM('a'), n DECIMAL(4,1))");
        Should.Throw<DuckDbException>(() => connection.CreateAppender("nowhere")).Message.ShouldContain("nowhere");
        using (var appender = connection.CreateAppender("t"))
        {
            Should.Throw<ArgumentException>(() => appender.AppendRow(1));
            Should.Throw<OverflowException>(() => appender.AppendRow(300, "a", 1m));
            Should.Throw<InvalidCastException>(() => appender.AppendRow("x", "a", 1m));
            Should.Throw<InvalidCastException>(() => appender.AppendRow(1, "b", 1m));
            Should.Throw<DuckDbException>(() => appender.AppendRow(1, "a", 1.25m)).Message.ShouldContain("more than 1 decimals");
            Should.Throw<InvalidCastException>(() => appender.AppendRow(null, "a", new Version()));
            appender.AppendRow(1, "a", 1m);
            appender.Flush();
        }

        connection.One<string>("SELECT i || e || n FROM t").ShouldBe("1a1.0");
        using var second = connection.CreateAppender("t");
        second.AppendRow(null, "a", 1m);
        Should.Throw<DuckDbException>(second.Flush).Message.ShouldContain("NOT NULL");
    }

    [Fact]
    public void Append_InsideTransaction_IsRolledBackWithIt()
    {
        using var connection = Database.InMemory();
        connection.Run("CREATE TABLE t(i INTEGER)");
        using (connection.BeginTransaction())
        {
            using var appender = connection.CreateAppender("t", "main");
            appender.AppendRow(1);
            appender.Flush();
            connection.One<long>("SELECT count(*) FROM t").ShouldBe(1);
        }

        connection.One<long>("SELECT count(*) FROM t").ShouldBe(0);
    }
}
