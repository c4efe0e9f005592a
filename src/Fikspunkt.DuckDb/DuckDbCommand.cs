using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Fikspunkt.DuckDb.Native;

namespace Fikspunkt.DuckDb;

/// <summary>One or more SQL statements with placeholders <c>$name</c>, <c>$1</c> or <c>?</c>.</summary>
/// <remarks>
/// Every statement runs when the command does and its result is held by DuckDB; the reader walks over the results that
/// have columns. The async methods run on the calling thread, because the database does, and heed their token.
/// </remarks>
public sealed class DuckDbCommand : DbCommand
{
    private readonly DuckDbParameterCollection parameters = [];
    private List<StatementHandle>? prepared;
    private DuckDbConnection? connection;

    /// <inheritdoc/>
    [AllowNull]
    public override string CommandText
    {
        get;
        set
        {
            Forget();
            field = value ?? "";
        }
    } = "";

    /// <summary>Seconds after which the command is stopped with a <see cref="DuckDbException"/>; 0, the default, is never.</summary>
    public override int CommandTimeout
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Set to anything but text.</exception>
    public override CommandType CommandType
    {
        get => CommandType.Text;
        set
        {
            if (value != CommandType.Text)
            {
                throw new NotSupportedException("DuckDB runs SQL text only.");
            }
        }
    }

    /// <inheritdoc/>
    public override bool DesignTimeVisible { get; set; }

    /// <inheritdoc/>
    public override UpdateRowSource UpdatedRowSource { get; set; }

    /// <summary>The connection the command runs on.</summary>
    public new DuckDbConnection? Connection
    {
        get => connection;
        set
        {
            Forget();
            connection = value;
        }
    }

    /// <summary>The values of the placeholders.</summary>
    public new DuckDbParameterCollection Parameters => parameters;

    /// <inheritdoc/>
    protected override DbConnection? DbConnection
    {
        get => connection;
        set => Connection = (DuckDbConnection?)value;
    }

    /// <inheritdoc/>
    protected override DbParameterCollection DbParameterCollection => parameters;

    /// <inheritdoc/>
    protected override DbTransaction? DbTransaction { get; set; }

    private ConnectionHandle Handle => (connection ?? throw new InvalidOperationException("The command has no connection.")).Handle;

    /// <summary>Stops the command from another thread, if it is running.</summary>
    public override void Cancel()
    {
        if (connection is { State: ConnectionState.Open })
        {
            NativeMethods.Interrupt(Handle);
        }
    }

    /// <summary>Runs the statements and reads their results.</summary>
    /// <exception cref="DuckDbException">DuckDB refused a statement; the ones before it have run.</exception>
    public new DuckDbDataReader ExecuteReader() => Run(CommandBehavior.Default, CancellationToken.None);

    /// <inheritdoc/>
    public override int ExecuteNonQuery() => NonQuery(CancellationToken.None);

    /// <inheritdoc/>
    public override object? ExecuteScalar() => Scalar(CancellationToken.None);

    /// <inheritdoc/>
    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) => Finished(NonQuery, cancellationToken);

    /// <inheritdoc/>
    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) => Finished(Scalar, cancellationToken);

    /// <summary>Prepares the statements once for several executions. Statements that need an earlier one of the same command to have run cannot be prepared together.</summary>
    public override void Prepare()
    {
        if (prepared is not null)
        {
            return;
        }

        using var statements = Extract(out var count);
        var handles = new List<StatementHandle>();
        try
        {
            for (ulong i = 0; i < count; i++)
            {
                handles.Add(PrepareOne(statements, i));
            }
        }
        catch
        {
            handles.ForEach(handle => handle.Dispose());
            throw;
        }

        prepared = handles;
    }

    /// <inheritdoc/>
    protected override DbParameter CreateDbParameter() => new DuckDbParameter();

    /// <inheritdoc/>
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Run(behavior, CancellationToken.None);

    /// <inheritdoc/>
    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        Finished(token => (DbDataReader)Run(behavior, token), cancellationToken);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Forget();
        base.Dispose(disposing);
    }

    private static Task<T> Finished<T>(Func<CancellationToken, T> run, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(run(cancellationToken));
        }
        catch (OperationCanceledException exception) when (exception.CancellationToken == cancellationToken)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }
        catch (Exception exception) when (exception is DuckDbException or InvalidOperationException)
        {
            return Task.FromException<T>(exception);
        }
    }

    private int NonQuery(CancellationToken cancellationToken)
    {
        using var reader = Run(CommandBehavior.Default, cancellationToken);
        return reader.RecordsAffected;
    }

    private object? Scalar(CancellationToken cancellationToken)
    {
        using var reader = Run(CommandBehavior.Default, cancellationToken);
        return reader.Read() ? reader.GetValue(0) : null;
    }

    private DuckDbDataReader Run(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        var results = new List<ResultHandle>();
        try
        {
            if (prepared is not null)
            {
                prepared.ForEach(statement => results.Add(RunOne(statement, cancellationToken)));
            }
            else
            {
                // A statement is prepared only after the ones before it have run: it may need the tables they make.
                using var statements = Extract(out var count);
                for (ulong i = 0; i < count; i++)
                {
                    using var statement = PrepareOne(statements, i);
                    results.Add(RunOne(statement, cancellationToken));
                }
            }

            return new DuckDbDataReader(results, behavior.HasFlag(CommandBehavior.CloseConnection) ? connection : null);
        }
        catch
        {
            results.ForEach(result => result.Dispose());
            throw;
        }
    }

    private ExtractedHandle Extract(out ulong count)
    {
        count = NativeMethods.ExtractStatements(Handle, CommandText, out var statements);
        if (count == 0 && Marshal.PtrToStringUTF8(NativeMethods.ExtractError(statements)) is { Length: > 0 } error)
        {
            statements.Dispose();
            throw new DuckDbException(error);
        }

        return statements;
    }

    private StatementHandle PrepareOne(ExtractedHandle statements, ulong index)
    {
        if (NativeMethods.Prepare(Handle, statements, index, out var statement) != 0)
        {
            using (statement)
            {
                throw new DuckDbException(Marshal.PtrToStringUTF8(NativeMethods.PrepareError(statement)) ?? "DuckDB could not prepare the statement.");
            }
        }

        return statement;
    }

    private unsafe ResultHandle RunOne(StatementHandle statement, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _ = NativeMethods.ClearBindings(statement);
        Binder.Bind(statement, parameters);
        if (NativeMethods.Pending(statement, out var pending) != 0)
        {
            using (pending)
            {
                throw new DuckDbException(Marshal.PtrToStringUTF8(NativeMethods.PendingError(pending)) ?? "DuckDB could not start the statement.");
            }
        }

        using (pending)
        {
            var result = new ResultHandle();
            // Starting the statement has cleared DuckDB's mark of interruption, so that from here on none is lost.
            using var timeout = CommandTimeout > 0 ? new CancellationTokenSource(TimeSpan.FromSeconds(CommandTimeout)) : null;
            var timedOut = timeout?.Token ?? CancellationToken.None;
            int state;
            using (cancellationToken.UnsafeRegister(Interrupt, Handle))
            using (timedOut.UnsafeRegister(Interrupt, Handle))
            {
                state = NativeMethods.ExecutePending(pending, result.Pointer);
            }

            if (state == 0)
            {
                return result;
            }

            using (result)
            {
                var message = Marshal.PtrToStringUTF8(NativeMethods.ResultError(result.Pointer)) ?? "DuckDB could not run the statement.";
                cancellationToken.ThrowIfCancellationRequested();
                throw new DuckDbException(timedOut.IsCancellationRequested ? $"The command ran longer than {CommandTimeout} s and was stopped." : message);
            }
        }

        static void Interrupt(object? handle) => NativeMethods.Interrupt((ConnectionHandle)handle!);
    }

    private void Forget()
    {
        prepared?.ForEach(statement => statement.Dispose());
        prepared = null;
    }
}
