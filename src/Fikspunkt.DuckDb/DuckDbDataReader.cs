using System.Collections;
using System.Data.Common;
using System.Runtime.InteropServices;
using Fikspunkt.DuckDb.Native;

namespace Fikspunkt.DuckDb;

/// <summary>Reads the results of a command row by row, or column by column with <see cref="ReadChunk"/>.</summary>
/// <remarks>
/// <see cref="GetValue"/> gives: the integer of the column's width; decimal for DECIMAL and HUGEINT (a value that does not fit is an
/// error; <c>GetFieldValue&lt;Int128&gt;</c> reads the whole range of HUGEINT); DateOnly, TimeOnly and DateTime (kind UTC for
/// TIMESTAMP WITH TIME ZONE, else unspecified); Guid; an array for LIST; string for VARCHAR and ENUM. The typed getters
/// also convert between number types when the value fits, else <see cref="OverflowException"/>; reading NULL through them
/// or a type that the column does not have is an <see cref="InvalidCastException"/>.
/// </remarks>
public sealed class DuckDbDataReader : DbDataReader
{
    private readonly List<ResultHandle> results;
    private readonly DuckDbConnection? closes;
    private readonly int recordsAffected = -1;
    private int current = -1;
    private ColumnType[] types = [];
    private string[] names = [];
    private VectorView[] columns = [];
    private ChunkHandle? chunk;
    private ChunkHandle? ahead;
    private int rows;
    private int row;
    private bool hasRows;

    internal unsafe DuckDbDataReader(List<ResultHandle> results, DuckDbConnection? closes)
    {
        this.results = results;
        this.closes = closes;
        foreach (var result in results)
        {
            if (NativeMethods.ResultReturnType(*result.Pointer) == ResultKind.ChangedRows)
            {
                recordsAffected = Math.Max(recordsAffected, 0) + checked((int)NativeMethods.RowsChanged(result.Pointer));
            }
        }

        _ = NextResult();
    }

    /// <inheritdoc/>
    public override int Depth => 0;

    /// <inheritdoc/>
    public override int FieldCount => types.Length;

    /// <inheritdoc/>
    public override bool HasRows => hasRows;

    /// <inheritdoc/>
    public override bool IsClosed => current > results.Count;

    /// <summary>Rows inserted, updated and deleted by all statements of the command; -1 when none did such work.</summary>
    public override int RecordsAffected => recordsAffected;

    /// <summary>The rows that <see cref="ReadChunk"/> has made readable by column.</summary>
    public int ChunkRows => rows;

    /// <inheritdoc/>
    public override object this[int ordinal] => GetValue(ordinal);

    /// <inheritdoc/>
    public override object this[string name] => GetValue(GetOrdinal(name));

    /// <inheritdoc/>
    public override bool NextResult()
    {
        Drop();
        (types, names, columns, hasRows) = ([], [], [], false);
        while (++current < results.Count)
        {
            if (TryStart(results[current]))
            {
                return true;
            }
        }

        current = results.Count;
        return false;
    }

    /// <inheritdoc/>
    public override bool Read()
    {
        if (++row < rows)
        {
            return true;
        }

        if (!ReadChunk())
        {
            return false;
        }

        row = 0;
        return true;
    }

    /// <summary>Goes to the next block of rows, whose columns <see cref="ChunkColumn"/> gives whole; not to be mixed with <see cref="Read"/>.</summary>
    /// <returns><see langword="false"/> when there are no more rows.</returns>
    public bool ReadChunk()
    {
        chunk?.Dispose();
        (chunk, ahead) = (ahead, null);
        chunk ??= Fetch();
        rows = chunk is null ? 0 : checked((int)NativeMethods.ChunkSize(chunk));
        if (chunk is null)
        {
            row = 0;
            return false;
        }

        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = new VectorView(NativeMethods.ChunkVector(chunk, (ulong)i), types[i]);
        }

        return true;
    }

    /// <summary>The column's values in the current chunk as they are stored; what stands at a NULL is undefined. Valid until the reader moves.</summary>
    /// <typeparam name="T">The stored type: byte for BOOLEAN, int for INTEGER and DATE, long for BIGINT, TIME and TIMESTAMP, double for DOUBLE.</typeparam>
    /// <exception cref="InvalidCastException">The column is not stored so.</exception>
    public ReadOnlySpan<T> ChunkColumn<T>(int ordinal)
        where T : unmanaged
    {
        StoredTypes.Check<T>(types[ordinal]);
        return columns[ordinal].Values<T>(rows);
    }

    /// <summary>Whether the value in a row of the current chunk is NULL.</summary>
    public bool IsChunkNull(int ordinal, int chunkRow) => columns[ordinal].IsNull(chunkRow);

    /// <summary>The text in a row of the current chunk of a VARCHAR or ENUM column.</summary>
    public string ChunkText(int ordinal, int chunkRow) => columns[ordinal].Text(chunkRow);

    /// <inheritdoc/>
    public override bool IsDBNull(int ordinal) => Column(ordinal).IsNull(row);

    /// <inheritdoc/>
    public override object GetValue(int ordinal) => Column(ordinal).Value(row);

    /// <inheritdoc/>
    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++)
        {
            values[i] = GetValue(i);
        }

        return count;
    }

    /// <inheritdoc/>
    public override T GetFieldValue<T>(int ordinal)
    {
        var column = Column(ordinal);
        if (column.IsNull(row))
        {
            return default(T) is null ? (T)(typeof(T) == typeof(object) ? (object)DBNull.Value : null!) : throw Null(ordinal);
        }

        return (T)column.As(row, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T));
    }

    /// <inheritdoc/>
    public override bool GetBoolean(int ordinal) => Filled(ordinal) is { Type.Id: TypeId.Boolean } column ? column.Raw<byte>(row) != 0 : (bool)Filled(ordinal).As(row, typeof(bool));

    /// <inheritdoc/>
    public override byte GetByte(int ordinal) => (byte)Filled(ordinal).Narrow(row, byte.MinValue, byte.MaxValue);

    /// <inheritdoc/>
    public override short GetInt16(int ordinal) => (short)Filled(ordinal).Narrow(row, short.MinValue, short.MaxValue);

    /// <inheritdoc/>
    public override int GetInt32(int ordinal) => Filled(ordinal) is { Type.Id: TypeId.Integer } column ? column.Raw<int>(row) : (int)Filled(ordinal).Narrow(row, int.MinValue, int.MaxValue);

    /// <inheritdoc/>
    public override long GetInt64(int ordinal) => Filled(ordinal).Int64(row);

    /// <inheritdoc/>
    public override float GetFloat(int ordinal) => (float)Filled(ordinal).Double(row);

    /// <inheritdoc/>
    public override double GetDouble(int ordinal) => Filled(ordinal).Double(row);

    /// <inheritdoc/>
    public override decimal GetDecimal(int ordinal) => Filled(ordinal).Decimal(row);

    /// <inheritdoc/>
    public override string GetString(int ordinal) => Filled(ordinal).Text(row);

    /// <inheritdoc/>
    public override char GetChar(int ordinal) => GetString(ordinal) is [var only] ? only : throw new InvalidCastException("The text is not one character.");

    /// <inheritdoc/>
    public override DateTime GetDateTime(int ordinal) => Filled(ordinal).Timestamp(row);

    /// <inheritdoc/>
    public override Guid GetGuid(int ordinal) => (Guid)Filled(ordinal).As(row, typeof(Guid));

    /// <inheritdoc/>
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        CopyPart((byte[])Filled(ordinal).As(row, typeof(byte[])), dataOffset, buffer, bufferOffset, length);

    /// <inheritdoc/>
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        CopyPart(GetString(ordinal).ToCharArray(), dataOffset, buffer, bufferOffset, length);

    /// <inheritdoc/>
    public override string GetName(int ordinal) => names[ordinal];

    /// <inheritdoc/>
    public override string GetDataTypeName(int ordinal) => types[ordinal].Name;

    /// <inheritdoc/>
    public override Type GetFieldType(int ordinal) => types[ordinal].ClrType;

    /// <inheritdoc/>
    public override int GetOrdinal(string name)
    {
        var index = Array.IndexOf(names, name);
        index = index >= 0 ? index : Array.FindIndex(names, other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? index : throw new ArgumentOutOfRangeException(nameof(name), name, "The result has no such column.");
    }

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    /// <inheritdoc/>
    public override void Close()
    {
        if (IsClosed)
        {
            return;
        }

        Drop();
        results.ForEach(result => result.Dispose());
        current = results.Count + 1;
        closes?.Close();
    }

    private static long CopyPart<T>(T[] source, long offset, T[]? buffer, int bufferOffset, int length)
    {
        if (buffer is null)
        {
            return source.Length;
        }

        var count = Math.Clamp(source.Length - offset, 0, length);
        Array.Copy(source, offset, buffer, bufferOffset, count);
        return count;
    }

    private unsafe bool TryStart(ResultHandle result)
    {
        if (NativeMethods.ResultReturnType(*result.Pointer) != ResultKind.QueryResult)
        {
            return false;
        }

        var count = (int)NativeMethods.ColumnCount(result.Pointer);
        types = new ColumnType[count];
        names = new string[count];
        columns = new VectorView[count];
        for (var i = 0; i < count; i++)
        {
            types[i] = ColumnType.Of(NativeMethods.ColumnLogicalType(result.Pointer, (ulong)i));
            names[i] = Marshal.PtrToStringUTF8(NativeMethods.ColumnName(result.Pointer, (ulong)i)) ?? "";
        }

        (rows, row) = (0, -1);
        ahead = Fetch();
        hasRows = ahead is not null;
        return true;
    }

    private unsafe ChunkHandle? Fetch()
    {
        if (current < 0 || current >= results.Count)
        {
            return null;
        }

        while (true)
        {
            var next = NativeMethods.FetchChunk(*results[current].Pointer);
            if (next.IsInvalid)
            {
                next.Dispose();
                return null;
            }

            if (NativeMethods.ChunkSize(next) > 0)
            {
                return next;
            }

            next.Dispose();
        }
    }

    private VectorView Column(int ordinal) => row >= 0 && row < rows
        ? columns[ordinal]
        : throw new InvalidOperationException("The reader is not on a row.");

    private VectorView Filled(int ordinal) => Column(ordinal) is var column && column.IsNull(row) ? throw Null(ordinal) : column;

    private InvalidCastException Null(int ordinal) => new($"Column '{names[ordinal]}' is NULL in this row.");

    private void Drop()
    {
        chunk?.Dispose();
        ahead?.Dispose();
        (chunk, ahead, rows, row) = (null, null, 0, -1);
    }
}
