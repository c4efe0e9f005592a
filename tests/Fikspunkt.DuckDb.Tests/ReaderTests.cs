using System.Globalization;
using System.Numerics;

namespace Fikspunkt.DuckDb.Tests;

public sealed class ReaderTests
{
    public static TheoryData<string, string, object> Values { get; } = new()
    {
        { "true", "BOOLEAN", true },
        { "(-128)::TINYINT", "TINYINT", sbyte.MinValue },
        { "(-32768)::SMALLINT", "SMALLINT", short.MinValue },
        { "(-2147483648)::INTEGER", "INTEGER", int.MinValue },
        { "(-9223372036854775808)::BIGINT", "BIGINT", long.MinValue },
        { "255::UTINYINT", "UTINYINT", byte.MaxValue },
        { "65535::USMALLINT", "USMALLINT", ushort.MaxValue },
        { "4294967295::UINTEGER", "UINTEGER", uint.MaxValue },
        { "18446744073709551615::UBIGINT", "UBIGINT", ulong.MaxValue },
        { "-5::HUGEINT", "HUGEINT", -5m },
        { "1.5::FLOAT", "FLOAT", 1.5f },
        { "0.1::DOUBLE", "DOUBLE", 0.1 },
        { "-1.5::DECIMAL(4,1)", "DECIMAL(4,1)", -1.5m },
        { "123456.789::DECIMAL(9,3)", "DECIMAL(9,3)", 123456.789m },
        { "-123456789012.345678::DECIMAL(18,6)", "DECIMAL(18,6)", -123456789012.345678m },
        { "1234567890123456789012345.678::DECIMAL(28,3)", "DECIMAL(28,3)", 1234567890123456789012345.678m },
        { "'æøå, 10 chars and more than twelve bytes'", "VARCHAR", "æøå, 10 chars and more than twelve bytes" },
        { "'kort'", "VARCHAR", "kort" },
        { "''", "VARCHAR", "" },
        { "DATE '2024-02-29'", "DATE", new DateOnly(2024, 2, 29) },
        { "DATE '0001-01-01'", "DATE", DateOnly.MinValue },
        { "TIME '23:59:59.999999'", "TIME", new TimeOnly(863999999999 / 10 * 10) },
        { "TIMESTAMP '2024-02-29 12:34:56.789012'", "TIMESTAMP", new DateTime(2024, 2, 29, 12, 34, 56, DateTimeKind.Unspecified).AddTicks(7890120) },
        { "TIMESTAMP_S '1969-12-31 23:59:59'", "TIMESTAMP_S", new DateTime(1969, 12, 31, 23, 59, 59, DateTimeKind.Unspecified) },
        { "TIMESTAMP_MS '1969-12-31 23:59:59.5'", "TIMESTAMP_MS", new DateTime(1969, 12, 31, 23, 59, 59, 500, DateTimeKind.Unspecified) },
        { "UUID '0f0e0d0c-0b0a-0908-0706-050403020100'", "UUID", Guid.Parse("0f0e0d0c-0b0a-0908-0706-050403020100") },
        { "UUID 'ff0e0d0c-0b0a-0908-f706-050403020100'", "UUID", Guid.Parse("ff0e0d0c-0b0a-0908-f706-050403020100") },
        { "INTERVAL '90 minutes'", "INTERVAL", TimeSpan.FromMinutes(90) },
        { "'to'::ENUM('en', 'to')", "ENUM", "to" },
    };

    [Theory, MemberData(nameof(Values))]
    public void GetValue_EveryType_GivesValueTypeAndName(string sql, string typeName, object expected)
    {
        using var connection = Database.InMemory();
        using var command = connection.CreateCommand($"SELECT {sql} AS v UNION ALL SELECT NULL");
        using var reader = command.ExecuteReader();

        reader.GetFieldType(0).ShouldBe(expected.GetType());
        reader.GetDataTypeName(0).ShouldBe(typeName);
        reader.Read().ShouldBeTrue();
        reader.GetValue(0).ShouldBe(expected);
        reader["V"].ShouldBe(expected);
        reader.IsDBNull(0).ShouldBeFalse();
        reader.Read().ShouldBeTrue();
        reader.IsDBNull(0).ShouldBeTrue();
        reader.GetValue(0).ShouldBe(DBNull.Value);
        reader.Read().ShouldBeFalse();
    }

    [Fact]
    public void GetFieldValue_OtherForms_Convert()
    {
        using var connection = Database.InMemory();

        connection.One<DateTime>("SELECT DATE '2024-02-29'").ShouldBe(new DateTime(2024, 2, 29, 0, 0, 0, DateTimeKind.Unspecified));
        connection.One<DateOnly>("SELECT TIMESTAMP '2024-02-29 00:00:00'").ShouldBe(new DateOnly(2024, 2, 29));
        connection.One<DateTimeOffset>("SELECT TIMESTAMPTZ '2024-02-29 12:00:00+02'").ShouldBe(new DateTimeOffset(2024, 2, 29, 10, 0, 0, TimeSpan.Zero));
        connection.One<DateTime>("SELECT TIMESTAMPTZ '2024-02-29 12:00:00+02'").Kind.ShouldBe(DateTimeKind.Utc);
        connection.One<Int128>("SELECT sum(i) FROM range(10) t(i)").ShouldBe(45);
        connection.One<long>("SELECT sum(i) FROM range(10) t(i)").ShouldBe(45);
        connection.One<Int128>("SELECT (-170141183460469231731687303715884105728)::HUGEINT").ShouldBe(Int128.MinValue);
        connection.One<BigInteger>("SELECT 170141183460469231731687303715884105727::HUGEINT").ShouldBe((BigInteger)Int128.MaxValue);
        connection.One<decimal>("SELECT sum(i / 2)::DECIMAL(38,2) FROM range(10) t(i)").ShouldBe(22.5m);
        connection.One<int>("SELECT 7::UTINYINT").ShouldBe(7);
        connection.One<double>("SELECT 2.5::DECIMAL(4,1)").ShouldBe(2.5);
        connection.One<int?>("SELECT NULL::INTEGER").ShouldBeNull();
        connection.One<string?>("SELECT NULL::VARCHAR").ShouldBeNull();
        connection.One<int?>("SELECT 3").ShouldBe(3);
        connection.One<byte[]>("SELECT '\\x00\\xFF'::BLOB").ShouldBe([0, 255]);
    }

    [Fact]
    public void GetFieldValue_List_GivesArray()
    {
        using var connection = Database.InMemory();

        connection.One<int[]>("SELECT [1, 2, 3]").ShouldBe([1, 2, 3]);
        connection.One<string[]>("SELECT ['a', NULL, 'a text longer than twelve bytes']").ShouldBe(["a", null!, "a text longer than twelve bytes"]);
        connection.One<int?[]>("SELECT [1, NULL]").ShouldBe([1, null]);
        connection.One<int[][]>("SELECT [[1], [], [2, 3]]").ShouldBe([[1], [], [2, 3]]);
        connection.One<IReadOnlyList<long>>("SELECT list(i) FROM range(3) t(i)").ShouldBe([0, 1, 2]);
        connection.One<long[]>("SELECT list(i) FROM range(5000) t(i)").ShouldBe(Enumerable.Range(0, 5000).Select(i => (long)i));
        Should.Throw<InvalidCastException>(() => connection.One<int[]>("SELECT [1, NULL]")).Message.ShouldContain("Int32?[]");
    }

    [Fact]
    public void Getters_WrongTypeNullOrTooLarge_Throw()
    {
        using var connection = Database.InMemory();

        Should.Throw<InvalidCastException>(() => connection.One<int>("SELECT NULL::INTEGER"));
        Should.Throw<InvalidCastException>(() => connection.One<int>("SELECT 'x'"));
        Should.Throw<InvalidCastException>(() => connection.One<Guid>("SELECT 1"));
        Should.Throw<OverflowException>(() => connection.One<int>("SELECT 3000000000"));
        Should.Throw<OverflowException>(() => connection.One<object>("SELECT 170141183460469231731687303715884105727::HUGEINT"));
        Should.Throw<DuckDbException>(() => connection.One<decimal>("SELECT 12345678901234567890123456789012.5::DECIMAL(38,1)")).Message.ShouldContain("A value of type DECIMAL(38,1) has more digits than .NET's decimal; cast it");
        Should.Throw<DuckDbException>(() => connection.One<DateOnly>("SELECT DATE 'infinity'")).Message.ShouldContain("infinite");
        Should.Throw<DuckDbException>(() => connection.One<DateOnly>("SELECT DATE '20000-01-01'")).Message.ShouldContain("9999");
        Should.Throw<DuckDbException>(() => connection.One<object>("SELECT {'a': 1}")).Message.ShouldContain("STRUCT");
        Should.Throw<DuckDbException>(() => connection.One<TimeSpan>("SELECT INTERVAL '1 month'")).Message.ShouldContain("months");
    }

    [Fact]
    public void Read_SeveralChunks_GivesEveryRowInOrder()
    {
        using var connection = Database.InMemory();
        using var command = connection.CreateCommand("SELECT i, CASE WHEN i % 3 = 0 THEN NULL ELSE 'row ' || i END FROM range(10000) t(i) ORDER BY i");
        using var reader = command.ExecuteReader();

        for (var i = 0; i < 10000; i++)
        {
            reader.Read().ShouldBeTrue();
            reader.GetInt64(0).ShouldBe(i);
            (reader.IsDBNull(1) ? null : reader.GetString(1)).ShouldBe(i % 3 == 0 ? null : "row " + i.ToString(CultureInfo.InvariantCulture));
        }

        reader.Read().ShouldBeFalse();
        reader.Read().ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => reader.GetInt64(0));
    }

    [Fact]
    public void ReadChunk_Columns_GivesStoredValues()
    {
        using var connection = Database.InMemory();
        using var command = connection.CreateCommand("SELECT i, i / 2 AS half, CASE WHEN i = 5000 THEN NULL ELSE 'x' || i END FROM range(6000) t(i) ORDER BY i");
        using var reader = command.ExecuteReader();

        long count = 0, sum = 0, nulls = 0;
        var halves = 0.0;
        while (reader.ReadChunk())
        {
            foreach (var value in reader.ChunkColumn<long>(0))
            {
                sum += value;
            }

            foreach (var value in reader.ChunkColumn<double>(1))
            {
                halves += value;
            }

            for (var i = 0; i < reader.ChunkRows; i++)
            {
                nulls += reader.IsChunkNull(2, i) ? 1 : 0;
            }

            reader.ChunkText(2, 0).ShouldBe("x" + count.ToString(CultureInfo.InvariantCulture));
            count += reader.ChunkRows;
        }

        (count, sum, nulls, halves).ShouldBe((6000, 6000L * 5999 / 2, 1, 6000L * 5999 / 4.0));
        Should.Throw<InvalidCastException>(() => reader.ChunkColumn<int>(0).Length);
        Should.Throw<InvalidCastException>(() => reader.ChunkColumn<long>(1).Length);
    }

    [Fact]
    public void NextResult_SeveralStatements_WalksOverThoseWithColumns()
    {
        using var connection = Database.InMemory();
        using var command = connection.CreateCommand("CREATE TABLE t(a INTEGER); INSERT INTO t VALUES (1), (2); SELECT a FROM t ORDER BY a; UPDATE t SET a = a + 1 WHERE a = 2; SELECT 'after', max(a) FROM t; SELECT 1 WHERE false");
        using var reader = command.ExecuteReader();

        reader.RecordsAffected.ShouldBe(3);
        reader.HasRows.ShouldBeTrue();
        reader.Read().ShouldBeTrue();
        reader.GetInt32(0).ShouldBe(1);
        reader.NextResult().ShouldBeTrue();
        reader.FieldCount.ShouldBe(2);
        reader.Read().ShouldBeTrue();
        reader.GetString(0).ShouldBe("after");
        reader.GetInt32(1).ShouldBe(3);
        reader.NextResult().ShouldBeTrue();
        reader.HasRows.ShouldBeFalse();
        reader.Read().ShouldBeFalse();
        reader.NextResult().ShouldBeFalse();
        reader.FieldCount.ShouldBe(0);
    }

    [Fact]
    public void GetBytesAndChars_InParts_Copy()
    {
        using var connection = Database.InMemory();
        using var command = connection.CreateCommand("SELECT '\\x01\\x02\\x03'::BLOB, 'abc'");
        using var reader = command.ExecuteReader();
        reader.Read().ShouldBeTrue();

        var bytes = new byte[4];
        reader.GetBytes(0, 0, null, 0, 0).ShouldBe(3);
        reader.GetBytes(0, 1, bytes, 1, 10).ShouldBe(2);
        bytes.ShouldBe([0, 2, 3, 0]);
        var chars = new char[2];
        reader.GetChars(1, 1, chars, 0, 2).ShouldBe(2);
        chars.ShouldBe(['b', 'c']);
    }

    [Fact]
    public void GetOrdinal_UnknownColumn_Throws()
    {
        using var connection = Database.InMemory();
        using var command = connection.CreateCommand("SELECT 1 AS a");
        using var reader = command.ExecuteReader();
        Should.Throw<ArgumentOutOfRangeException>(() => reader.GetOrdinal("b"));
    }
}
