using System.Runtime.InteropServices;
using System.Text;
using Fikspunkt.DuckDb.Native;

namespace Fikspunkt.DuckDb;

/// <summary>Adds many rows to a table, row by row or a block of columns at a time.</summary>
/// <remarks>
/// Fast path: fill <see cref="Column{T}"/> of every column for up to <see cref="Capacity"/> rows, mark NULLs, then
/// <see cref="AppendColumns"/>. Rows are in the table after <see cref="Flush"/>; what was not flushed when the appender goes
/// is dropped. Several appenders on one connection must not be mixed.
/// </remarks>
public sealed unsafe class DuckDbAppender : IDisposable
{
    private readonly AppenderHandle appender;
    private readonly ColumnType[] types;
    private readonly ChunkHandle chunk;
    private readonly nint[] vectors;
    private readonly nint[] data;
    private readonly nint[] masks;
    private int rows;

    internal DuckDbAppender(DuckDbConnection connection, string? schema, string table)
    {
        if (NativeMethods.CreateAppender(connection.Handle, schema, table, out appender) != 0)
        {
            using (appender)
            {
                throw new DuckDbException(appender.IsInvalid ? $"There is no table {table}." : Error());
            }
        }

        var count = (int)NativeMethods.AppenderColumnCount(appender);
        types = new ColumnType[count];
        vectors = new nint[count];
        data = new nint[count];
        masks = new nint[count];
        Capacity = (int)NativeMethods.VectorSize();
        var logical = new LogicalTypeHandle[count];
        try
        {
            var pointers = new nint[count];
            for (var i = 0; i < count; i++)
            {
                logical[i] = NativeMethods.AppenderColumnType(appender, (ulong)i);
                pointers[i] = logical[i].DangerousGetHandle();
            }

            fixed (nint* first = pointers)
            {
                chunk = NativeMethods.CreateChunk(first, (ulong)count);
            }
        }
        finally
        {
            for (var i = 0; i < count && logical[i] is not null; i++)
            {
                types[i] = ColumnType.Of(logical[i]);
            }
        }

        Clear();
    }

    /// <summary>Columns of the table.</summary>
    public int ColumnCount => types.Length;

    /// <summary>Rows that fit in one block of columns.</summary>
    public int Capacity { get; }

    /// <summary>Where the values of a column's block are to be written, in their stored form.</summary>
    /// <typeparam name="T">The stored type: byte for BOOLEAN, int for INTEGER and DATE, long for BIGINT, TIME and TIMESTAMP, double for DOUBLE.</typeparam>
    /// <exception cref="InvalidCastException">The column is not stored so.</exception>
    public Span<T> Column<T>(int column)
        where T : unmanaged
    {
        StoredTypes.Check<T>(types[column]);
        return new Span<T>((void*)data[column], Capacity);
    }

    /// <summary>Makes the value in a row of the block NULL.</summary>
    public void SetNull(int column, int row)
    {
        if (masks[column] == 0)
        {
            // Asking DuckDB for every NULL would cost more than all the rest of a row.
            NativeMethods.EnsureValidityWritable(vectors[column]);
            masks[column] = (nint)NativeMethods.VectorValidity(vectors[column]);
        }

        ((ulong*)masks[column])[row >> 6] &= ~(1UL << (row & 63));
    }

    /// <summary>Sets the text in a row of the block of a VARCHAR column.</summary>
    public void SetText(int column, int row, string text) => SetText(column, row, Encoding.UTF8.GetBytes(text));

    /// <summary>Sets the text, in UTF-8, or the bytes in a row of the block of a VARCHAR or BLOB column.</summary>
    public void SetText(int column, int row, ReadOnlySpan<byte> text)
    {
        if (types[column].Id is not (TypeId.Varchar or TypeId.Blob))
        {
            throw new InvalidCastException($"A {types[column].Name} holds no text.");
        }

        fixed (byte* bytes = text)
        {
            byte none;
            NativeMethods.AssignString(vectors[column], (ulong)row, bytes == null ? &none : bytes, (ulong)text.Length);
        }
    }

    /// <summary>Adds the first rows of the block and starts the next block, in which no value is set.</summary>
    /// <exception cref="DuckDbException">DuckDB refused the rows.</exception>
    public void AppendColumns(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Capacity);
        rows = 0;
        NativeMethods.SetChunkSize(chunk, (ulong)count);
        Check(NativeMethods.AppendChunk(appender, chunk));
        Clear();
    }

    /// <summary>Adds one row, a value for each column in the table's order; <see langword="null"/> is NULL.</summary>
    /// <exception cref="ArgumentException">The number of values is not the number of columns.</exception>
    /// <exception cref="InvalidCastException">A value's type is not the column's.</exception>
    public void AppendRow(params ReadOnlySpan<object?> values)
    {
        if (values.Length != ColumnCount)
        {
            throw new ArgumentException($"The table has {ColumnCount} columns, the row {values.Length}.", nameof(values));
        }

        for (var i = 0; i < values.Length; i++)
        {
            Set(i, rows, values[i]);
        }

        if (++rows == Capacity)
        {
            AppendColumns(rows);
        }
    }

    /// <summary>Puts everything added so far into the table.</summary>
    /// <exception cref="DuckDbException">DuckDB refused a row; none since the last flush is in the table.</exception>
    public void Flush()
    {
        if (rows > 0)
        {
            AppendColumns(rows);
        }

        Check(NativeMethods.FlushAppender(appender));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        chunk.Dispose();
        appender.Dispose();
    }

    private void Set(int column, int row, object? value)
    {
        var type = types[column];
        MarkFilled(column, row);
        switch (value, type.Id)
        {
            case (null or DBNull, _):
                SetNull(column, row);
                break;
            case (bool v, TypeId.Boolean):
                Column<byte>(column)[row] = v ? (byte)1 : (byte)0;
                break;
            case (float v, TypeId.Float):
                Column<float>(column)[row] = v;
                break;
            case (double v, TypeId.Double):
                Column<double>(column)[row] = v;
                break;
            case (decimal v, TypeId.Decimal):
                SetInteger(column, row, Conversions.Digits(v, type.Scale));
                break;
            case (string v, TypeId.Varchar):
                SetText(column, row, v);
                break;
            case (string v, TypeId.Enum):
                var index = Array.IndexOf(type.Names!, v);
                SetInteger(column, row, index >= 0 ? index : throw new InvalidCastException($"The ENUM has no '{v}'."));
                break;
            case (byte[] v, TypeId.Blob):
                SetText(column, row, (ReadOnlySpan<byte>)v);
                break;
            case (DateOnly v, TypeId.Date):
                Column<int>(column)[row] = Conversions.Days(v);
                break;
            case (DateTime v, TypeId.Timestamp or TypeId.TimestampTz):
                Column<long>(column)[row] = Conversions.Micros(v);
                break;
            case (DateTimeOffset v, TypeId.TimestampTz):
                Column<long>(column)[row] = Conversions.Micros(v.UtcDateTime);
                break;
            case (TimeOnly v, TypeId.Time):
                Column<long>(column)[row] = Conversions.Micros(v);
                break;
            case (Guid v, TypeId.Uuid):
                Column<NativeHugeInt>(column)[row] = Conversions.StoredUuid(v);
                break;
            case (Int128 v, _):
                SetInteger(column, row, v);
                break;
            case (ulong v, _):
                SetInteger(column, row, v);
                break;
            case (sbyte or byte or short or ushort or int or uint or long, _):
                SetInteger(column, row, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            default:
                throw new InvalidCastException($"A {value.GetType().Name} cannot be added to a column of type {type.Name}.");
        }
    }

    /// <summary>A row that failed half-way may have left a NULL here.</summary>
    private void MarkFilled(int column, int row)
    {
        if (masks[column] != 0)
        {
            ((ulong*)masks[column])[row >> 6] |= 1UL << (row & 63);
        }
    }

    private void SetInteger(int column, int row, Int128 value)
    {
        checked
        {
            switch (types[column].Storage)
            {
                case TypeId.TinyInt: Column<sbyte>(column)[row] = (sbyte)value; break;
                case TypeId.SmallInt: Column<short>(column)[row] = (short)value; break;
                case TypeId.Integer: Column<int>(column)[row] = (int)value; break;
                case TypeId.BigInt: Column<long>(column)[row] = (long)value; break;
                case TypeId.UTinyInt: Column<byte>(column)[row] = (byte)value; break;
                case TypeId.USmallInt: Column<ushort>(column)[row] = (ushort)value; break;
                case TypeId.UInteger: Column<uint>(column)[row] = (uint)value; break;
                case TypeId.UBigInt: Column<ulong>(column)[row] = (ulong)value; break;
                case TypeId.HugeInt: Column<NativeHugeInt>(column)[row] = NativeHugeInt.Of(value); break;
                default: throw new InvalidCastException($"A whole number cannot be added to a column of type {types[column].Name}.");
            }
        }
    }

    /// <summary>Starts an empty block; DuckDB may have moved its memory.</summary>
    private void Clear()
    {
        NativeMethods.ResetChunk(chunk);
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = NativeMethods.ChunkVector(chunk, (ulong)i);
            data[i] = (nint)NativeMethods.VectorData(vectors[i]);
            masks[i] = 0;
        }
    }

    private void Check(int state)
    {
        if (state != 0)
        {
            throw new DuckDbException(Error());
        }
    }

    private string Error() => Marshal.PtrToStringUTF8(NativeMethods.AppenderError(appender)) ?? "DuckDB refused the rows.";
}
