using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Fikspunkt.DuckDb.Native;

namespace Fikspunkt.DuckDb;

/// <summary>A connection to a DuckDB database in a file or in memory, in this process.</summary>
/// <remarks>
/// Connection string: <c>Data Source=PATH</c> (or <c>:memory:</c>, a database of its own that goes with the connection);
/// every other key is a DuckDB option, as <c>threads=2;access_mode=read_only;memory_limit=1GB</c>. Connections of one
/// process to one file share the database; another process is kept out by DuckDB's lock. A connection serves one thread
/// at a time.
/// </remarks>
public sealed class DuckDbConnection : DbConnection
{
    private const string SourceKey = "data source";
    private const string InMemory = ":memory:";

    private ConnectionHandle? handle;
    private DbConnectionStringBuilder settings = [];

    /// <summary>Makes a closed connection without a connection string.</summary>
    public DuckDbConnection()
    {
    }

    /// <summary>Makes a closed connection.</summary>
    public DuckDbConnection(string connectionString) => ConnectionString = connectionString;

    /// <inheritdoc/>
    [AllowNull]
    public override string ConnectionString
    {
        get => settings.ConnectionString;
        set
        {
            if (handle is not null)
            {
                throw new InvalidOperationException("The connection is open; its connection string cannot change.");
            }

            settings = new DbConnectionStringBuilder { ConnectionString = value };
        }
    }

    /// <inheritdoc/>
    public override string Database => DataSource == InMemory ? "memory" : Path.GetFileNameWithoutExtension(DataSource);

    /// <inheritdoc/>
    public override string DataSource => settings.TryGetValue(SourceKey, out var source) ? (string)source : InMemory;

    /// <summary>DuckDB's version, <c>"v1.5.6"</c>.</summary>
    public override string ServerVersion
    {
        get
        {
            NativeLoader.EnsureLoaded();
            return Marshal.PtrToStringUTF8(NativeMethods.LibraryVersion()) ?? "";
        }
    }

    /// <inheritdoc/>
    public override ConnectionState State => handle is null ? ConnectionState.Closed : ConnectionState.Open;

    /// <summary>The transaction under way, if any.</summary>
    internal DuckDbTransaction? Transaction { get; set; }

    /// <summary>The open connection's handle.</summary>
    internal ConnectionHandle Handle => handle ?? throw new InvalidOperationException("The connection is not open.");

    /// <inheritdoc/>
    protected override DbProviderFactory DbProviderFactory => DuckDbFactory.Instance;

    /// <inheritdoc/>
    /// <exception cref="DuckDbException">The file is in use by another process, is no DuckDB file or cannot be made; or DuckDB's native library is missing.</exception>
    public override void Open()
    {
        if (handle is not null)
        {
            throw new InvalidOperationException("The connection is already open.");
        }

        var options = settings.Keys.Cast<string>()
            .Where(key => !string.Equals(key, SourceKey, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(key => key, key => (string)settings[key], StringComparer.Ordinal);
        handle = SharedDatabase.Connect(DataSource == InMemory ? null : DataSource, options);
    }

    /// <summary>Closes the connection; a transaction under way is rolled back. The last connection to a file writes its log into it.</summary>
    public override void Close()
    {
        Transaction?.Dispose();
        handle?.Dispose();
        handle = null;
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: open a connection to the other file.</exception>
    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException("Open a connection to the other file instead.");

    /// <summary>A command on this connection.</summary>
    public new DuckDbCommand CreateCommand() => new() { Connection = this };

    /// <summary>A command with its text.</summary>
    public DuckDbCommand CreateCommand(string commandText) => new() { Connection = this, CommandText = commandText };

    /// <summary>Starts a transaction. DuckDB isolates by snapshot.</summary>
    public new DuckDbTransaction BeginTransaction() => (DuckDbTransaction)BeginDbTransaction(IsolationLevel.Unspecified);

    /// <summary>Starts the fast way of adding many rows to a table. It works inside the transaction under way, if any.</summary>
    /// <exception cref="DuckDbException">There is no such table.</exception>
    public DuckDbAppender CreateAppender(string table, string? schema = null) => new(this, schema, table);

    /// <summary>Runs a command without result.</summary>
    internal void Execute(string commandText)
    {
        using var command = CreateCommand(commandText);
        _ = command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        if (isolationLevel is IsolationLevel.Serializable or IsolationLevel.Chaos)
        {
            throw new NotSupportedException("DuckDB isolates by snapshot and has no other level.");
        }

        if (Transaction is not null)
        {
            throw new InvalidOperationException("A transaction is already under way on this connection.");
        }

        Execute("BEGIN TRANSACTION");
        return Transaction = new DuckDbTransaction(this);
    }

    /// <inheritdoc/>
    protected override DbCommand CreateDbCommand() => CreateCommand();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }
}

/// <summary>A transaction; rolled back when it goes without <see cref="Commit"/>.</summary>
public sealed class DuckDbTransaction : DbTransaction
{
    private readonly DuckDbConnection connection;

    internal DuckDbTransaction(DuckDbConnection connection) => this.connection = connection;

    /// <inheritdoc/>
    public override IsolationLevel IsolationLevel => IsolationLevel.Snapshot;

    /// <inheritdoc/>
    protected override DbConnection? DbConnection => IsUnderWay ? connection : null;

    private bool IsUnderWay => ReferenceEquals(connection.Transaction, this);

    /// <inheritdoc/>
    /// <exception cref="DuckDbException">Another transaction changed the same rows, or a statement had failed; everything is rolled back.</exception>
    public override void Commit() => End("COMMIT");

    /// <inheritdoc/>
    public override void Rollback() => End("ROLLBACK");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && IsUnderWay && connection.State == ConnectionState.Open)
        {
            Rollback();
        }

        base.Dispose(disposing);
    }

    private void End(string statement)
    {
        if (!IsUnderWay)
        {
            throw new InvalidOperationException("The transaction has ended.");
        }

        connection.Transaction = null;
        connection.Execute(statement);
    }
}

/// <summary>Makes the provider's objects for code that knows only ADO.NET.</summary>
public sealed class DuckDbFactory : DbProviderFactory
{
    /// <summary>The one instance.</summary>
    public static readonly DuckDbFactory Instance = new();

    private DuckDbFactory()
    {
    }

    /// <inheritdoc/>
    public override DbConnection CreateConnection() => new DuckDbConnection();

    /// <inheritdoc/>
    public override DbCommand CreateCommand() => new DuckDbCommand();

    /// <inheritdoc/>
    public override DbParameter CreateParameter() => new DuckDbParameter();
}
