using System.Numerics;
using System.Text;
using Fikspunkt.DuckDb.Native;

namespace Fikspunkt.DuckDb;

/// <summary>One column of one chunk. Valid only as long as the chunk.</summary>
internal readonly unsafe struct VectorView
{
    private readonly nint vector;
    private readonly void* data;
    private readonly ulong* validity;

    public VectorView(nint vector, ColumnType type)
    {
        this.vector = vector;
        Type = type;
        data = NativeMethods.VectorData(vector);
        validity = NativeMethods.VectorValidity(vector);
    }

    public ColumnType Type { get; }

    /// <summary>No mask means that every value is there.</summary>
    public bool IsNull(int row) => validity != null && (validity[row >> 6] & (1UL << (row & 63))) == 0;

    public ReadOnlySpan<T> Values<T>(int rows)
        where T : unmanaged => new(data, rows);

    public T Raw<T>(int row)
        where T : unmanaged => ((T*)data)[row];

    public ReadOnlySpan<byte> Bytes(int row) => NativeString.Bytes((NativeString*)data + row);

    public string Text(int row) => Type.Id switch
    {
        TypeId.Varchar => Encoding.UTF8.GetString(Bytes(row)),
        TypeId.Enum => Type.Names![(int)Integer(row)],
        _ => throw Wrong(row, typeof(string)),
    };

    /// <summary>The whole number in any integer column, or the stored number of an ENUM or DECIMAL.</summary>
    public Int128 Integer(int row) => Type.Storage switch
    {
        TypeId.TinyInt => Raw<sbyte>(row),
        TypeId.SmallInt => Raw<short>(row),
        TypeId.Integer => Raw<int>(row),
        TypeId.BigInt => Raw<long>(row),
        TypeId.UTinyInt => Raw<byte>(row),
        TypeId.USmallInt => Raw<ushort>(row),
        TypeId.UInteger => Raw<uint>(row),
        TypeId.UBigInt => Raw<ulong>(row),
        TypeId.HugeInt => Raw<NativeHugeInt>(row).Value,
        TypeId.UHugeInt => checked((Int128)Raw<UInt128>(row)),
        _ => throw Wrong(row, typeof(Int128)),
    };

    public long Int64(int row) => Type.Id switch
    {
        TypeId.BigInt => Raw<long>(row),
        TypeId.Integer => Raw<int>(row),
        TypeId.Decimal or TypeId.Enum => throw Wrong(row, typeof(long)),
        _ => (long)Narrow(row, long.MinValue, long.MaxValue),
    };

    /// <summary>The whole number when it lies within the limits.</summary>
    /// <exception cref="OverflowException">It does not.</exception>
    public Int128 Narrow(int row, Int128 least, Int128 most)
    {
        var value = Type.Id is TypeId.Decimal or TypeId.Enum ? throw Wrong(row, typeof(Int128)) : Integer(row);
        return value >= least && value <= most ? value : throw new OverflowException($"The {Type.Name} {value} does not fit.");
    }

    public double Double(int row) => Type.Id switch
    {
        TypeId.Double => Raw<double>(row),
        TypeId.Float => Raw<float>(row),
        TypeId.Decimal => (double)Decimal(row),
        TypeId.Enum => throw Wrong(row, typeof(double)),
        _ => (double)Integer(row),
    };

    public decimal Decimal(int row) => Type.Id switch
    {
        TypeId.Decimal => Conversions.Decimal(Type.Storage == TypeId.HugeInt ? Raw<NativeHugeInt>(row).Value : Integer(row), Type),
        TypeId.Enum => throw Wrong(row, typeof(decimal)),
        TypeId.Integer => Raw<int>(row),
        TypeId.BigInt => Raw<long>(row),
        _ => (decimal)Integer(row),
    };

    public DateTime Timestamp(int row) => Type.Id switch
    {
        TypeId.Timestamp => Conversions.Timestamp(Raw<long>(row), TimeSpan.TicksPerMicrosecond, DateTimeKind.Unspecified),
        TypeId.TimestampTz => Conversions.Timestamp(Raw<long>(row), TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc),
        TypeId.TimestampMilliseconds => Conversions.Timestamp(Raw<long>(row), TimeSpan.TicksPerMillisecond, DateTimeKind.Unspecified),
        TypeId.TimestampSeconds => Conversions.Timestamp(Raw<long>(row), TimeSpan.TicksPerSecond, DateTimeKind.Unspecified),
        TypeId.TimestampNanoseconds => Conversions.Nanoseconds(Raw<long>(row)),
        TypeId.Date => Conversions.Date(Raw<int>(row)).ToDateTime(TimeOnly.MinValue),
        _ => throw Wrong(row, typeof(DateTime)),
    };

    /// <summary>The value as <see cref="ColumnType.ClrType"/>; <see cref="DBNull"/> for NULL.</summary>
    public object Value(int row) => IsNull(row) ? DBNull.Value : Type.Id switch
    {
        TypeId.Boolean => Raw<byte>(row) != 0,
        TypeId.TinyInt => Raw<sbyte>(row),
        TypeId.SmallInt => Raw<short>(row),
        TypeId.Integer => Raw<int>(row),
        TypeId.BigInt => Raw<long>(row),
        TypeId.UTinyInt => Raw<byte>(row),
        TypeId.USmallInt => Raw<ushort>(row),
        TypeId.UInteger => Raw<uint>(row),
        TypeId.UBigInt => Raw<ulong>(row),
        TypeId.Float => Raw<float>(row),
        TypeId.Double => Raw<double>(row),
        TypeId.HugeInt or TypeId.UHugeInt or TypeId.Decimal => Decimal(row),
        TypeId.Varchar or TypeId.Enum => Text(row),
        TypeId.Blob => Bytes(row).ToArray(),
        TypeId.Date => Conversions.Date(Raw<int>(row)),
        TypeId.Time => Conversions.Time(Raw<long>(row)),
        TypeId.Timestamp or TypeId.TimestampTz or TypeId.TimestampSeconds or TypeId.TimestampMilliseconds or TypeId.TimestampNanoseconds => Timestamp(row),
        TypeId.Interval => Conversions.Interval(Raw<NativeInterval>(row)),
        TypeId.Uuid => Conversions.Uuid(Raw<NativeHugeInt>(row)),
        TypeId.List => List(row, Type.Child!.ClrType),
        _ => throw new DuckDbException($"Values of type {Type.Name} cannot be read; cast them in the query, for instance to VARCHAR."),
    };

    /// <summary>The elements of a LIST as an array of <paramref name="element"/>, which is nullable where elements may be NULL.</summary>
    public Array List(int row, Type element)
    {
        var entry = Raw<NativeListEntry>(row);
        var child = new VectorView(NativeMethods.ListChild(vector), Type.Child!);
        var list = Array.CreateInstance(element, checked((int)entry.Length));
        var plain = Nullable.GetUnderlyingType(element) ?? element;
        for (var i = 0; i < list.Length; i++)
        {
            var index = checked((int)entry.Offset + i);
            if (!child.IsNull(index))
            {
                list.SetValue(child.As(index, plain), i);
            }
            else if (plain == element && element.IsValueType)
            {
                throw new InvalidCastException($"The list holds a NULL; read it as {element.Name}?[].");
            }
        }

        return list;
    }

    /// <summary>The value as the type asked for; the value must not be NULL.</summary>
    /// <exception cref="InvalidCastException">The column's type has no such form.</exception>
    public object As(int row, Type type)
    {
        if (type == Type.ClrType || type == typeof(object))
        {
            return Value(row);
        }

        return type switch
        {
            _ when type == typeof(sbyte) => (sbyte)Narrow(row, sbyte.MinValue, sbyte.MaxValue),
            _ when type == typeof(byte) => (byte)Narrow(row, byte.MinValue, byte.MaxValue),
            _ when type == typeof(short) => (short)Narrow(row, short.MinValue, short.MaxValue),
            _ when type == typeof(ushort) => (ushort)Narrow(row, ushort.MinValue, ushort.MaxValue),
            _ when type == typeof(int) => (int)Narrow(row, int.MinValue, int.MaxValue),
            _ when type == typeof(uint) => (uint)Narrow(row, uint.MinValue, uint.MaxValue),
            _ when type == typeof(long) => Int64(row),
            _ when type == typeof(ulong) => (ulong)Narrow(row, ulong.MinValue, ulong.MaxValue),
            _ when type == typeof(Int128) => Narrow(row, Int128.MinValue, Int128.MaxValue),
            _ when type == typeof(BigInteger) => Type.Id == TypeId.UHugeInt ? (BigInteger)Raw<UInt128>(row) : (BigInteger)Narrow(row, Int128.MinValue, Int128.MaxValue),
            _ when type == typeof(float) => (float)Double(row),
            _ when type == typeof(double) => Double(row),
            _ when type == typeof(decimal) => Decimal(row),
            _ when type == typeof(DateTime) => Timestamp(row),
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(DateTime.SpecifyKind(Timestamp(row), DateTimeKind.Utc)),
            _ when type == typeof(DateOnly) && Timestamp(row) is { TimeOfDay.Ticks: 0 } midnight => DateOnly.FromDateTime(midnight),
            _ when type == typeof(TimeSpan) && Type.Id == TypeId.Time => Conversions.Time(Raw<long>(row)).ToTimeSpan(),
            _ when Type.Id == TypeId.List && type.IsArray => List(row, type.GetElementType()!),
            _ when Type.Id == TypeId.List && type.IsAssignableFrom(Type.ClrType) => Value(row),
            _ => throw Wrong(row, type),
        };
    }

    private InvalidCastException Wrong(int row, Type type) =>
        new(IsNull(row) ? $"The value is NULL and not a {type.Name}." : $"A {Type.Name} cannot be read as {type.Name}.");
}
