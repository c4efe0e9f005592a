using System.Runtime.InteropServices;
using Fikspunkt.DuckDb.Native;

namespace Fikspunkt.DuckDb;

/// <summary>A column's type as far as its values can be read and written.</summary>
/// <param name="Id">DuckDB's type.</param>
/// <param name="Storage">How values lie in a vector; differs from <paramref name="Id"/> for DECIMAL and ENUM.</param>
/// <param name="Width">Digits of a DECIMAL.</param>
/// <param name="Scale">Decimals of a DECIMAL.</param>
/// <param name="Names">The texts of an ENUM.</param>
/// <param name="Child">The element type of a LIST.</param>
internal sealed record ColumnType(TypeId Id, TypeId Storage, int Width, int Scale, string[]? Names, ColumnType? Child)
{
    /// <summary>Reads the type and takes over the handle.</summary>
    public static ColumnType Of(LogicalTypeHandle type)
    {
        using (type)
        {
            var id = NativeMethods.GetTypeId(type);
            return id switch
            {
                TypeId.Decimal => new ColumnType(id, NativeMethods.DecimalInternalType(type), NativeMethods.DecimalWidth(type), NativeMethods.DecimalScale(type), null, null),
                TypeId.Enum => new ColumnType(id, NativeMethods.EnumInternalType(type), 0, 0, EnumNames(type), null),
                TypeId.List => new ColumnType(id, id, 0, 0, null, Of(NativeMethods.ListChildType(type))),
                _ => new ColumnType(id, id, 0, 0, null, null),
            };
        }
    }

    /// <summary>The type that <see cref="DuckDbDataReader.GetValue"/> gives.</summary>
    public Type ClrType => Id switch
    {
        TypeId.Boolean => typeof(bool),
        TypeId.TinyInt => typeof(sbyte),
        TypeId.SmallInt => typeof(short),
        TypeId.Integer => typeof(int),
        TypeId.BigInt => typeof(long),
        TypeId.UTinyInt => typeof(byte),
        TypeId.USmallInt => typeof(ushort),
        TypeId.UInteger => typeof(uint),
        TypeId.UBigInt => typeof(ulong),
        TypeId.Float => typeof(float),
        TypeId.Double => typeof(double),
        TypeId.HugeInt or TypeId.UHugeInt or TypeId.Decimal => typeof(decimal),
        TypeId.Varchar or TypeId.Enum => typeof(string),
        TypeId.Blob => typeof(byte[]),
        TypeId.Date => typeof(DateOnly),
        TypeId.Time => typeof(TimeOnly),
        TypeId.Timestamp or TypeId.TimestampTz or TypeId.TimestampSeconds or TypeId.TimestampMilliseconds or TypeId.TimestampNanoseconds => typeof(DateTime),
        TypeId.Interval => typeof(TimeSpan),
        TypeId.Uuid => typeof(Guid),
        TypeId.List => Child!.ClrType.MakeArrayType(),
        _ => typeof(object),
    };

    /// <summary>The name in SQL.</summary>
    public string Name => Id switch
    {
        TypeId.Decimal => $"DECIMAL({Width},{Scale})",
        TypeId.List => Child!.Name + "[]",
        TypeId.TimestampTz => "TIMESTAMP WITH TIME ZONE",
        TypeId.TimestampSeconds => "TIMESTAMP_S",
        TypeId.TimestampMilliseconds => "TIMESTAMP_MS",
        TypeId.TimestampNanoseconds => "TIMESTAMP_NS",
        _ => Id.ToString().ToUpperInvariant(),
    };

    private static string[] EnumNames(LogicalTypeHandle type)
    {
        var names = new string[NativeMethods.EnumSize(type)];
        for (var i = 0; i < names.Length; i++)
        {
            var text = NativeMethods.EnumValue(type, (ulong)i);
            names[i] = Marshal.PtrToStringUTF8(text) ?? "";
            NativeMethods.Free(text);
        }

        return names;
    }
}
