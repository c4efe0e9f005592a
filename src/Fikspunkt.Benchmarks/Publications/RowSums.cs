using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>Sums over the lines of a table that find one changed line without knowing what stood there.</summary>
/// <remarks>
/// With h(r) the first 64 bits of the SHA-256 of line r modulo the prime 2^61 - 1, S = sum of h(r_k) and T = sum of k h(r_k).
/// If only line k changed, S moves by some d and T by k d, so k = (T' - T) / (S' - S) modulo the prime; when more lines changed the
/// quotient is almost surely no line number. Each column has a hash of its own, which names the columns.
/// </remarks>
/// <param name="Rows">Number of lines after the column names.</param>
/// <param name="Sum">S.</param>
/// <param name="Weighted">T, line 1 being the first after the column names.</param>
/// <param name="Columns">First 16 hexadecimal digits of the SHA-256 of each column's cells, joined by LF, name first.</param>
internal sealed record RowSums(int Rows, ulong Sum, ulong Weighted, IReadOnlyList<string> Columns)
{
    private const ulong Prime = (1UL << 61) - 1;

    public static RowSums Of(IReadOnlyList<string[]> records)
    {
        ulong sum = 0, weighted = 0;
        for (var k = 1; k < records.Count; k++)
        {
            var h = Hash(string.Join('\u001f', records[k]));
            sum = (sum + h) % Prime;
            weighted = (ulong)((weighted + ((UInt128)h * (ulong)k)) % Prime);
        }

        var columns = Enumerable.Range(0, records.Count == 0 ? 0 : records[0].Length).Select(c =>
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', records.Select(record => c < record.Length ? record[c] : "")))))[..16]);
        return new RowSums(Math.Max(0, records.Count - 1), sum, weighted, columns.ToList());
    }

    /// <summary>The only changed line (1 = first after the column names), or <see langword="null"/> when it is not one line.</summary>
    public int? ChangedRow(RowSums now)
    {
        if (now.Rows != Rows || now.Sum == Sum)
        {
            return null;
        }

        var moved = (now.Sum + Prime - Sum) % Prime;
        var weightedMoved = (now.Weighted + Prime - Weighted) % Prime;
        var row = (ulong)((UInt128)weightedMoved * Inverse(moved) % Prime);
        return row >= 1 && row <= (ulong)Rows ? (int)row : null;
    }

    /// <summary>Positions of the columns that changed; empty when their number changed.</summary>
    public IReadOnlyList<int> ChangedColumns(RowSums now) => now.Columns.Count == Columns.Count
        ? Enumerable.Range(0, Columns.Count).Where(c => now.Columns[c] != Columns[c]).ToList()
        : [];

    /// <summary>The inverse modulo the prime, by Fermat: x^(p - 2).</summary>
    private static ulong Inverse(ulong x)
    {
        UInt128 result = 1, power = x;
        for (var e = Prime - 2; e > 0; e >>= 1)
        {
            result = (e & 1) == 1 ? result * power % Prime : result;
            power = power * power % Prime;
        }

        return (ulong)result;
    }

    private static ulong Hash(string line) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(line))) % Prime;

    /// <summary>As <c>rows:sum:weighted</c> in decimal.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows}:{Sum}:{Weighted}");
}
