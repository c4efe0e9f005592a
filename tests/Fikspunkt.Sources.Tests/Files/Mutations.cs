using System.IO.Compression;
using System.Text;

namespace Fikspunkt.Sources.Tests.Files;

/// <summary>Damages files the way disks, editors, networks and hostile senders do. The same seed gives the same damage.</summary>
internal static class Mutations
{
    private static readonly byte[][] Insertions =
    [
        "\""u8.ToArray(), ";"u8.ToArray(), ","u8.ToArray(), "\t"u8.ToArray(), "\n"u8.ToArray(), "\r"u8.ToArray(), "\0"u8.ToArray(), "[["u8.ToArray(), "{"u8.ToArray(), "}]"u8.ToArray(), "null"u8.ToArray(),
        "99999999999999999999999999999999999999999999"u8.ToArray(), "1e400"u8.ToArray(), "-1e-400"u8.ToArray(), "NaN"u8.ToArray(), "1.234.567,89"u8.ToArray(), "..."u8.ToArray(), "<3"u8.ToArray(),
        "\uFEFF"u8.ToArray(), "\uFFFE"u8.ToArray(), "\u202E"u8.ToArray(), "\U0001F600"u8.ToArray(), "\\uD800"u8.ToArray(), [0xFF, 0xFE], [0xC3], [0xE6, 0xF8, 0xE5], [0x81], Encoding.ASCII.GetBytes(new string('9', 400)),
        "2022QMAT12"u8.ToArray(), "2023M13"u8.ToArray(), "=1/0"u8.ToArray(), "101 Aarhus"u8.ToArray(),
    ];

    public static byte[] Damage(byte[] content, Random random)
    {
        var damaged = content.ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            DamageOnce(damaged, random);
        }

        return [.. damaged];
    }

    /// <summary>Damages a part inside a workbook and packs it again, so that the damage gets past the zip's checksums.</summary>
    public static byte[] DamageInside(byte[] workbook, Random random)
    {
        using var content = new MemoryStream();
        using (var source = new ZipArchive(new MemoryStream(workbook), ZipArchiveMode.Read))
        using (var target = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            var chosen = random.Next(source.Entries.Count + 3);
            for (var i = 0; i < source.Entries.Count; i++)
            {
                using var from = source.Entries[i].Open();
                using var copy = new MemoryStream();
                from.CopyTo(copy);
                // The sheet itself, which comes last, is hit most.
                var isChosen = i == Math.Min(chosen, source.Entries.Count - 1);
                using var to = target.CreateEntry(source.Entries[i].FullName, CompressionLevel.Fastest).Open();
                to.Write(isChosen ? Damage(copy.ToArray(), random) : copy.ToArray());
            }
        }

        return content.ToArray();
    }

    private static void DamageOnce(List<byte> content, Random random)
    {
        var at = random.Next(content.Count + 1);
        switch (random.Next(9))
        {
            case 0 when at < content.Count:
                content[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < content.Count:
                content[at] = (byte)random.Next(256);
                break;
            case 2:
                content.RemoveRange(at, Math.Min(random.Next(1, 30), content.Count - at));
                break;
            case 3:
                content.RemoveRange(at, content.Count - at);
                break;
            case 4:
                content.InsertRange(at, Insertions[random.Next(Insertions.Length)]);
                break;
            case 5:
                RepeatLine(content, at, random.Next(2) == 0 ? 1 : 200);
                break;
            case 6:
                SwapColumns(content, at);
                break;
            case 7:
                content.InsertRange(at, content.GetRange(0, Math.Min(random.Next(200), content.Count)));
                break;
            default:
                // A value in a row becomes another insertion.
                var digit = content.FindIndex(at, c => c is >= (byte)'0' and <= (byte)'9');
                if (digit >= 0)
                {
                    content.RemoveAt(digit);
                    content.InsertRange(digit, Insertions[random.Next(Insertions.Length)]);
                }

                break;
        }
    }

    private static (int Start, int Length) LineAt(List<byte> content, int at)
    {
        var start = at == 0 ? 0 : content.LastIndexOf((byte)'\n', at - 1) + 1;
        var end = content.IndexOf((byte)'\n', Math.Min(start, content.Count));
        return (start, (end < 0 ? content.Count : end + 1) - start);
    }

    private static void RepeatLine(List<byte> content, int at, int times)
    {
        var (start, length) = LineAt(content, at);
        var line = content.GetRange(start, length);
        for (; times > 0; times--)
        {
            content.InsertRange(start, line);
        }
    }

    private static void SwapColumns(List<byte> content, int at)
    {
        var (start, length) = LineAt(content, at);
        var line = Encoding.Latin1.GetString([.. content.GetRange(start, length)]);
        var delimiter = line.Contains(';') ? ';' : ',';
        var cells = line.TrimEnd('\n').Split(delimiter);
        if (cells.Length > 1)
        {
            (cells[0], cells[^1]) = (cells[^1], cells[0]);
            content.RemoveRange(start, length);
            content.InsertRange(start, Encoding.Latin1.GetBytes(string.Join(delimiter, cells) + "\n"));
        }
    }
}
