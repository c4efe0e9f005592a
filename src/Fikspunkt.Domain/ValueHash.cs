using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fikspunkt.Domain;

/// <summary>The fingerprint of a set of observations: the same values give the same hash, whatever file form they came in.</summary>
/// <remarks>
/// SHA-256 over one UTF-8 line for each observation, in the order of indicator, breakdown, area and period (ordinal order of the
/// texts): <c>indicator TAB breakdown TAB area TAB period TAB value TAB status LF</c>. The value is the shortest text that reads
/// back as the same number, empty where there is none; the status is its number. The raw text is not part of it.
/// Lower-case hexadecimal.
/// </remarks>
public sealed class ValueHash : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds one observation. The caller keeps the order.</summary>
    public void Append(string indicator, string breakdown, string area, string period, double? value, ObservationStatus status)
    {
        var number = value is null ? "" : (value.Value == 0 ? 0 : value.Value).ToString("R", CultureInfo.InvariantCulture);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{indicator}\t{breakdown}\t{area}\t{period}\t{number}\t{(byte)status}\n")));
    }

    /// <summary>The hash of what was appended.</summary>
    public string Finish() => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    /// <summary>The hash of observations in any order.</summary>
    public static string Of(IEnumerable<Observation> observations)
    {
        using var all = new ValueHash();
        foreach (var (o, period) in observations.Select(o => (o, Period: o.Period.ToString()))
            .OrderBy(row => row.o.Indicator, StringComparer.Ordinal)
            .ThenBy(row => row.o.Breakdown, StringComparer.Ordinal)
            .ThenBy(row => row.o.Area, StringComparer.Ordinal)
            .ThenBy(row => row.Period, StringComparer.Ordinal))
        {
            all.Append(o.Indicator, o.Breakdown, o.Area, period, o.Value, o.Status);
        }

        return all.Finish();
    }
}
