using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Fikspunkt.DuckDb.Native;

namespace Fikspunkt.DuckDb;

/// <summary>Binds a command's parameters to one prepared statement, each by its value's own type.</summary>
internal static unsafe class Binder
{
    private const int StackLimit = 512;

    /// <summary>Gives every placeholder of the statement its value.</summary>
    /// <exception cref="DuckDbException">A placeholder has no parameter, or a value has no form in DuckDB.</exception>
    public static void Bind(StatementHandle statement, DuckDbParameterCollection parameters)
    {
        var count = NativeMethods.ParameterCount(statement);
        for (ulong i = 1; i <= count; i++)
        {
            var name = TakeText(NativeMethods.ParameterName(statement, i)) ?? i.ToString(CultureInfo.InvariantCulture);
            var parameter = parameters.For(name) ?? throw new DuckDbException($"The placeholder ${name} has no parameter.");
            if (BindValue(statement, i, parameter.Value) != 0)
            {
                throw new DuckDbException($"DuckDB refused the value of the parameter ${name}.");
            }
        }
    }

    private static int BindValue(StatementHandle statement, ulong index, object? value) => value switch
    {
        null or DBNull => NativeMethods.BindNull(statement, index),
        bool v => NativeMethods.BindBoolean(statement, index, v),
        sbyte v => NativeMethods.BindInt8(statement, index, v),
        short v => NativeMethods.BindInt16(statement, index, v),
        int v => NativeMethods.BindInt32(statement, index, v),
        long v => NativeMethods.BindInt64(statement, index, v),
        byte v => NativeMethods.BindUInt8(statement, index, v),
        ushort v => NativeMethods.BindUInt16(statement, index, v),
        uint v => NativeMethods.BindUInt32(statement, index, v),
        ulong v => NativeMethods.BindUInt64(statement, index, v),
        Int128 v => NativeMethods.BindHugeInt(statement, index, NativeHugeInt.Of(v)),
        float v => NativeMethods.BindFloat(statement, index, v),
        double v => NativeMethods.BindDouble(statement, index, v),
        decimal v => NativeMethods.BindDecimal(statement, index, Conversions.Decimal(v)),
        string v => BindText(statement, index, v),
        char v => BindText(statement, index, v.ToString()),
        byte[] v => BindBlob(statement, index, v),
        DateOnly v => NativeMethods.BindDate(statement, index, Conversions.Days(v)),
        DateTime { Kind: DateTimeKind.Utc } v => NativeMethods.BindTimestampTz(statement, index, Conversions.Micros(v)),
        DateTime v => NativeMethods.BindTimestamp(statement, index, Conversions.Micros(v)),
        DateTimeOffset v => NativeMethods.BindTimestampTz(statement, index, Conversions.Micros(v.UtcDateTime)),
        TimeOnly v => NativeMethods.BindTime(statement, index, Conversions.Micros(v)),
        TimeSpan v => NativeMethods.BindInterval(statement, index, Conversions.Interval(v)),
        Guid v => BindUuid(statement, index, v),
        Enum v => BindValue(statement, index, Convert.ChangeType(v, v.GetTypeCode(), CultureInfo.InvariantCulture)),
        _ => throw new DuckDbException($"A value of type {value.GetType().Name} cannot be a parameter."),
    };

    private static int BindText(StatementHandle statement, ulong index, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var buffer = most <= StackLimit ? stackalloc byte[StackLimit] : new byte[most];
        var length = Encoding.UTF8.GetBytes(text, buffer);
        fixed (byte* bytes = buffer)
        {
            return NativeMethods.BindVarchar(statement, index, bytes, (ulong)length);
        }
    }

    private static int BindBlob(StatementHandle statement, ulong index, byte[] value)
    {
        fixed (byte* bytes = value)
        {
            return NativeMethods.BindBlob(statement, index, bytes, (ulong)value.Length);
        }
    }

    private static int BindUuid(StatementHandle statement, ulong index, Guid value)
    {
        using var uuid = NativeMethods.CreateUuid(Conversions.UuidBits(value));
        return NativeMethods.BindValue(statement, index, uuid);
    }

    private static string? TakeText(nint text)
    {
        var result = Marshal.PtrToStringUTF8(text);
        NativeMethods.Free(text);
        return result;
    }
}
