using System.Runtime.InteropServices;
using Fikspunkt.Domain;

namespace Fikspunkt.Store.Importing;

/// <summary>A row on its way into the store, keys by their number in the import.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ImportRow
{
    /// <summary>Rows are kept in arrays of this length, so that growing copies nothing.</summary>
    public const int SegmentLength = 1 << SegmentBits;

    /// <summary>Bits of a row number that count within its array.</summary>
    public const int SegmentBits = 16;

    public int Indicator;
    public int Breakdown;
    public int Area;
    public int Period;
    public double Value;
    public int Line;
    public ObservationStatus Status;
}
