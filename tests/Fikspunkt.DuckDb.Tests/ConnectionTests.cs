using System.Data;
using Fikspunkt.Testing;

namespace Fikspunkt.DuckDb.Tests;

public sealed class ConnectionTests
{
    [Fact]
    public void Open_File_KeepsDataAndSharesItInTheProcess()
    {
        using var folder = new TemporaryFolder();
        using (var first = Database.At(folder.File("a.duckdb")))
        using (var second = Database.At(folder.File("a.duckdb")))
        {
            first.Run("CREATE TABLE t AS SELECT 42 AS a");
            second.One<int>("SELECT a FROM t").ShouldBe(42);
        }

        using var again = Database.At(folder.File("a.duckdb"));
        again.One<int>("SELECT a FROM t").ShouldBe(42);
        again.State.ShouldBe(ConnectionState.Open);
        again.Database.ShouldBe("a");
        again.ServerVersion.ShouldStartWith("v1.");
        using var other = new DuckDbConnection($"Data Source={folder.File("a.duckdb")};threads=1");
        Should.Throw<DuckDbException>(other.Open).Message.ShouldContain("already open in this process with other options");
    }

    [Fact]
    public void Open_Options_ReachDuckDb()
    {
        using var connection = new DuckDbConnection("Data Source=:memory:;threads=3");
        connection.Open();
        connection.One<long>("SELECT current_setting('threads')").ShouldBe(3);
        using var wrong = new DuckDbConnection("nonsense=3");
        Should.Throw<DuckDbException>(wrong.Open).Message.ShouldContain("nonsense");
        wrong.State.ShouldBe(ConnectionState.Closed);
    }

    [Fact]
    public void Open_NoDatabaseFile_GivesDuckDbsMessage()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("text.txt"), new string('x', 10000));
        using var connection = new DuckDbConnection($"Data Source={folder.File("text.txt")}");
        Should.Throw<DuckDbException>(connection.Open).Message.ShouldContain("not a valid DuckDB database file");
        using var nowhere = new DuckDbConnection($"Data Source={folder.File("no/such/folder.duckdb")}");
        Should.Throw<DuckDbException>(nowhere.Open).Message.ShouldContain("IO Error");
    }

    [Fact]
    public void Transaction_RollbackAndCommit_UndoAndKeep()
    {
        using var connection = Database.InMemory();
        connection.Run("CREATE TABLE t(a INTEGER)");
        using (connection.BeginTransaction())
        {
            connection.Run("INSERT INTO t VALUES (1)");
        }

        connection.One<long>("SELECT count(*) FROM t").ShouldBe(0);
        using (var transaction = connection.BeginTransaction())
        {
            connection.Run("INSERT INTO t VALUES (1)");
            Should.Throw<InvalidOperationException>(connection.BeginTransaction);
            transaction.Commit();
            Should.Throw<InvalidOperationException>(transaction.Commit);
        }

        connection.One<long>("SELECT count(*) FROM t").ShouldBe(1);
    }

    [Fact]
    public void Transaction_FailedStatement_CanBeRolledBack()
    {
        using var connection = Database.InMemory();
        connection.Run("CREATE TABLE t(a INTEGER PRIMARY KEY)");
        using (connection.BeginTransaction())
        {
            connection.Run("INSERT INTO t VALUES (1)");
            Should.Throw<DuckDbException>(() => connection.Run("INSERT INTO t VALUES (1)")).Message.ShouldContain("Constraint Error");
        }

        connection.One<long>("SELECT count(*) FROM t").ShouldBe(0);
    }

    [Fact]
    public void Use_ClosedConnection_Throws()
    {
        using var connection = new DuckDbConnection();
        Should.Throw<InvalidOperationException>(() => connection.Run("SELECT 1"));
        connection.Open();
        Should.Throw<InvalidOperationException>(connection.Open);
        Should.Throw<InvalidOperationException>(() => connection.ConnectionString = "x=y");
        connection.Close();
        connection.Close();
    }

    [Fact]
    public void Factory_Objects_AreTheProviders()
    {
        using var connection = DuckDbFactory.Instance.CreateConnection();
        connection.ConnectionString = "Data Source=:memory:";
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT $a";
        var parameter = DuckDbFactory.Instance.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("a", 5);
        command.Parameters.Add(parameter);
        command.ExecuteScalar().ShouldBe(5);
    }
}
