using System.Data.Common;
using FsCheck;
using FsCheck.Fluent;

namespace Fikspunkt.DuckDb.Tests;

public sealed class CommandTests
{
    private const string Endless = "SELECT count(*) FROM range(100000000) a(i), range(100000000) b(j) WHERE i * j % 7 = 3";

    public static IEnumerable<TheoryDataRow<object>> Bindable { get; } = new object[]
    {
        true, sbyte.MinValue, short.MinValue, int.MinValue, long.MinValue, byte.MaxValue, ushort.MaxValue, uint.MaxValue, ulong.MaxValue,
        1.5f, double.Epsilon, 0.1m, -79228162514264337593543950m, 1.0000000000000000000000000001m, "", "æøå \u0000 and an embedded zero", "😀", new byte[] { 0, 1, 255 },
        new DateOnly(1900, 1, 1), new TimeOnly(1, 2, 3), new DateTime(1900, 1, 1, 0, 0, 1, DateTimeKind.Unspecified), new DateTime(2024, 1, 1, 0, 0, 1, DateTimeKind.Utc),
        TimeSpan.FromSeconds(-1.5), Guid.Parse("0f0e0d0c-0b0a-0908-f706-050403020100"),
    }.Select(value => new TheoryDataRow<object>(value));

    [Theory, MemberData(nameof(Bindable))]
    public void Parameter_EveryType_ComesBack(object value)
    {
        using var connection = Database.InMemory();
        connection.One<object>("SELECT $1", value).ShouldBe(value);
    }

    [Fact]
    public void Parameter_DecimalsAndTexts_ComeBack()
    {
        using var connection = Database.InMemory();
        using var command = connection.CreateCommand("SELECT $d, $t");
        var d = command.Parameters.Add("d", null);
        var t = command.Parameters.Add("$t", null);
        Check.One(Config.QuickThrowOnFailure.WithReplay(2024, 19), Prop.ForAll<decimal, string>((number, text) =>
        {
            (d.Value, t.Value) = (number, text?.Replace("\ud800", "", StringComparison.Ordinal));
            using var reader = command.ExecuteReader();
            reader.Read().ShouldBeTrue();
            reader.GetDecimal(0).ShouldBe(number);
            var read = reader.GetFieldValue<string?>(1);
            System.Text.Encoding.UTF8.GetBytes(read ?? "-").ShouldBe(System.Text.Encoding.UTF8.GetBytes(text ?? "-"));
        }));
    }

    [Fact]
    public void Parameter_NamesPlacesAndQuestionMarks_Bind()
    {
        using var connection = Database.InMemory();
        connection.One<string>("SELECT $2 || $1 || $2", "a", "b").ShouldBe("bab");
        connection.One<string>("SELECT ? || ?", "a", "b").ShouldBe("ab");
        connection.One<object>("SELECT $1", new object?[] { null }).ShouldBe(DBNull.Value);

        using var command = connection.CreateCommand("SELECT $name || $NAME || $other; SELECT $other");
        command.Parameters.Add("@other", "o");
        command.Parameters.Add("Name", "n");
        command.ExecuteScalar().ShouldBe("nno");
    }

    [Fact]
    public void Parameter_Missing_IsNamed()
    {
        using var connection = Database.InMemory();
        Should.Throw<DuckDbException>(() => connection.One<int>("SELECT $2 + $1", 1)).Message.ShouldBe("The placeholder $2 has no parameter.");
        Should.Throw<DuckDbException>(() => connection.One<int>("SELECT $1", new Version())).Message.ShouldContain("Version");
    }

    [Fact]
    public void Errors_WrongSql_CarryDuckDbsMessage()
    {
        using var connection = Database.InMemory();
        Should.Throw<DuckDbException>(() => connection.Run("SELEC 1")).Message.ShouldContain("syntax error at or near \"SELEC\"");
        Should.Throw<DuckDbException>(() => connection.Run("SELECT * FROM nowhere")).Message.ShouldContain("Table with name nowhere does not exist");
        Should.Throw<DuckDbException>(() => connection.Run("SELECT 1; SELECT 'x'::INTEGER")).Message.ShouldContain("Could not convert string 'x' to INT32");
        connection.Run("");
        connection.Run("-- only a comment");
        connection.One<int>("SELECT 1").ShouldBe(1);
    }

    [Fact]
    public void Prepare_SeveralExecutions_ReuseStatement()
    {
        using var connection = Database.InMemory();
        using var command = connection.CreateCommand("SELECT $1 + 1");
        var parameter = new DuckDbParameter(0);
        command.Parameters.Add(parameter);
        command.Prepare();
        for (var i = 0; i < 5; i++)
        {
            parameter.Value = i;
            command.ExecuteScalar().ShouldBe(i + 1);
        }

        command.CommandText = "SELECT $1 + 2";
        command.ExecuteScalar().ShouldBe(6);
        command.CommandText = "SELEC";
        Should.Throw<DuckDbException>(command.Prepare);
    }

    [Fact]
    public void ExecuteNonQuery_Statements_CountChangedRows()
    {
        using var connection = Database.InMemory();
        using var command = connection.CreateCommand("CREATE TABLE t(a INTEGER)");
        command.ExecuteNonQuery().ShouldBe(-1);
        command.CommandText = "INSERT INTO t SELECT * FROM range(5); DELETE FROM t WHERE a < 2";
        command.ExecuteNonQuery().ShouldBe(7);
        command.CommandText = "SELECT a FROM t WHERE false";
        command.ExecuteScalar().ShouldBeNull();
    }

    [Fact]
    public async Task Cancellation_RunningQuery_StopsAndLeavesConnectionUsable()
    {
        await using var connection = Database.InMemory();
        await using var command = connection.CreateCommand(Endless);
        using var source = new CancellationTokenSource();
        var running = Task.Run(() => command.ExecuteScalarAsync(source.Token), TestContext.Current.CancellationToken);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
        connection.One<int>("SELECT 1").ShouldBe(1);
    }

    [Fact]
    public async Task Cancellation_BeforeStart_RunsNothing()
    {
        await using var connection = Database.InMemory();
        await using var command = connection.CreateCommand("CREATE TABLE t(a INTEGER)");
        await Should.ThrowAsync<OperationCanceledException>(() => command.ExecuteNonQueryAsync(new CancellationToken(canceled: true)));
        Should.Throw<DuckDbException>(() => connection.Run("SELECT * FROM t"));
    }

    [Fact]
    public void CommandTimeout_RunningQuery_StopsWithPlainMessage()
    {
        using var connection = Database.InMemory();
        using var command = connection.CreateCommand(Endless);
        command.CommandTimeout = 1;
        Should.Throw<DuckDbException>(() => command.ExecuteScalar()).Message.ShouldBe("The command ran longer than 1 s and was stopped.");
        connection.One<int>("SELECT 1").ShouldBe(1);
    }

    [Fact]
    public async Task Cancel_FromOtherThread_Stops()
    {
        await using var connection = Database.InMemory();
        await using var command = connection.CreateCommand(Endless);
        var running = Task.Run(command.ExecuteScalar, TestContext.Current.CancellationToken);
        while (!running.IsCompleted)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            command.Cancel();
        }

        (await Should.ThrowAsync<DbException>(() => running)).Message.ShouldContain("INTERRUPT");
    }
}
