using System.Runtime.CompilerServices;
using Fikspunkt.DuckDb.Native;

namespace Fikspunkt.DuckDb;

/// <summary>Which .NET type has the bytes of a column's stored values.</summary>
internal static class StoredTypes
{
    /// <summary>Makes sure that the column's vectors can be seen as <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidCastException">Values of the column are not stored as <typeparamref name="T"/>.</exception>
    public static void Check<T>(ColumnType type)
        where T : unmanaged
    {
        if (Size(type.Storage) != Unsafe.SizeOf<T>() || IsReal(type.Storage) != (typeof(T) == typeof(double) || typeof(T) == typeof(float)))
        {
            throw new InvalidCastException($"A {type.Name} is not stored as {typeof(T).Name}.");
        }
    }

    private static bool IsReal(TypeId type) => type is TypeId.Float or TypeId.Double;

    private static int Size(TypeId type) => type switch
    {
        TypeId.Boolean or TypeId.TinyInt or TypeId.UTinyInt => 1,
        TypeId.SmallInt or TypeId.USmallInt => 2,
        TypeId.Integer or TypeId.UInteger or TypeId.Float or TypeId.Date => 4,
        TypeId.BigInt or TypeId.UBigInt or TypeId.Double or TypeId.Time or TypeId.Timestamp or TypeId.TimestampTz
            or TypeId.TimestampSeconds or TypeId.TimestampMilliseconds or TypeId.TimestampNanoseconds => 8,
        TypeId.HugeInt or TypeId.UHugeInt or TypeId.Uuid or TypeId.Interval => 16,
        _ => 0,
    };
}
