using System.Buffers.Binary;
using System.Globalization;
using Fikspunkt.DuckDb.Native;

namespace Fikspunkt.DuckDb;

/// <summary>Between DuckDB's stored forms and .NET's types.</summary>
internal static class Conversions
{
    private const int UnixEpochDay = 719162;
    private const int LargestScale = 28;
    private const int DecimalBits = 96;

    /// <summary>A DATE: days since 1970-01-01.</summary>
    public static DateOnly Date(int days) =>
        days is int.MaxValue or -int.MaxValue
            ? throw new DuckDbException("An infinite DATE has no value in .NET.")
            : days + UnixEpochDay is >= 0 and var day && day <= DateOnly.MaxValue.DayNumber
                ? DateOnly.FromDayNumber(day)
                : throw new DuckDbException(Invariant($"The DATE {days} days from 1970-01-01 lies outside the years 1 to 9999."));

    public static int Days(DateOnly date) => date.DayNumber - UnixEpochDay;

    /// <summary>A TIMESTAMP: units since 1970-01-01, where a unit has <paramref name="ticks"/> ticks.</summary>
    public static DateTime Timestamp(long units, long ticks, DateTimeKind kind)
    {
        if (units is long.MaxValue or -long.MaxValue)
        {
            throw new DuckDbException("An infinite TIMESTAMP has no value in .NET.");
        }

        var total = ((Int128)units * ticks) + DateTime.UnixEpoch.Ticks;
        return total >= 0 && total <= DateTime.MaxValue.Ticks
            ? new DateTime((long)total, kind)
            : throw new DuckDbException(Invariant($"The TIMESTAMP {units} from 1970-01-01 lies outside the years 1 to 9999."));
    }

    /// <summary>A TIMESTAMP_NS: nanoseconds since 1970-01-01, cut to .NET's 100 ns.</summary>
    public static DateTime Nanoseconds(long nanoseconds) =>
        Timestamp(nanoseconds is long.MaxValue or -long.MaxValue ? nanoseconds : (long)Math.Floor(nanoseconds / (decimal)TimeSpan.NanosecondsPerTick), 1, DateTimeKind.Unspecified);

    /// <summary>Microseconds since 1970-01-01. What .NET knows below a microsecond is cut off.</summary>
    public static long Micros(DateTime time) => (long)Math.Floor((time.Ticks - DateTime.UnixEpoch.Ticks) / (decimal)TimeSpan.TicksPerMicrosecond);

    public static TimeOnly Time(long micros) => micros == TimeSpan.TicksPerDay / TimeSpan.TicksPerMicrosecond
        ? throw new DuckDbException("The TIME 24:00:00 has no value in .NET.")
        : new TimeOnly(micros * TimeSpan.TicksPerMicrosecond);

    public static long Micros(TimeOnly time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>An INTERVAL; months have no fixed length and are refused.</summary>
    public static TimeSpan Interval(NativeInterval interval) => interval.Months == 0
        ? new TimeSpan((interval.Days * TimeSpan.TicksPerDay) + (interval.Micros * TimeSpan.TicksPerMicrosecond))
        : throw new DuckDbException("An INTERVAL with months has no fixed length and no value in .NET.");

    public static NativeInterval Interval(TimeSpan time) => new() { Micros = time.Ticks / TimeSpan.TicksPerMicrosecond };

    /// <summary>A UUID is stored as a 128-bit number whose highest bit is flipped, so that signed order is byte order.</summary>
    public static Guid Uuid(NativeHugeInt value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, unchecked((ulong)value.Upper) ^ (1UL << 63));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], value.Lower);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The plain 128 bits of a UUID, as <c>duckdb_create_uuid</c> takes them.</summary>
    public static NativeHugeInt UuidBits(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = value.TryWriteBytes(bytes, bigEndian: true, out _);
        return new NativeHugeInt { Upper = BinaryPrimitives.ReadInt64BigEndian(bytes), Lower = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) };
    }

    /// <summary>The stored form of a UUID.</summary>
    public static NativeHugeInt StoredUuid(Guid value)
    {
        var bits = UuidBits(value);
        bits.Upper ^= long.MinValue;
        return bits;
    }

    /// <summary>A DECIMAL from its digits.</summary>
    public static decimal Decimal(Int128 digits, ColumnType type)
    {
        // Sums are DECIMAL(38,s) whatever their size, so it is the value that must fit and not the type.
        var absolute = digits < 0 ? (UInt128)(-digits) : (UInt128)digits;
        if (type.Scale > LargestScale || absolute >> DecimalBits != 0)
        {
            throw new DuckDbException($"A value of type {type.Name} has more digits than .NET's decimal; cast it to DECIMAL({LargestScale},{Math.Min(type.Scale, LargestScale)}) or DOUBLE in the query.");
        }

        return new decimal((int)(uint)absolute, (int)(uint)(absolute >> 32), (int)(uint)(absolute >> 64), digits < 0, (byte)type.Scale);
    }

    /// <summary>The digits of a decimal as if it had <paramref name="scale"/> decimals.</summary>
    /// <exception cref="DuckDbException">It has more decimals than that.</exception>
    public static Int128 Digits(decimal value, int scale)
    {
        Span<int> bits = stackalloc int[4];
        _ = decimal.GetBits(value, bits);
        var digits = (Int128)(((UInt128)(uint)bits[2] << 64) | ((UInt128)(uint)bits[1] << 32) | (uint)bits[0]);
        for (int own = value.Scale; own != scale; own += own < scale ? 1 : -1)
        {
            if (own < scale)
            {
                digits = checked(digits * 10);
            }
            else
            {
                (digits, var rest) = (digits / 10, digits % 10);
                if (rest != 0)
                {
                    throw new DuckDbException(Invariant($"{value} has more than {scale} decimals."));
                }
            }
        }

        return decimal.IsNegative(value) ? -digits : digits;
    }

    /// <summary>The decimal as a parameter: its own digits and scale, and the narrowest width that holds them.</summary>
    public static NativeDecimal Decimal(decimal value)
    {
        var digits = Digits(value, value.Scale);
        var width = 1;
        for (var rest = Int128.Abs(digits) / 10; rest > 0; rest /= 10)
        {
            width++;
        }

        return new NativeDecimal { Width = (byte)Math.Max(width, value.Scale), Scale = (byte)value.Scale, Value = NativeHugeInt.Of(digits) };
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
