using System.Buffers;
using System.Text;
using Fikspunkt.Domain;

namespace Fikspunkt.Store.Importing;

/// <summary>Computes <see cref="ValueHash"/> of sorted rows: blocks of lines are written on other threads and hashed in order.</summary>
internal static class RowFingerprint
{
    private const int BlockRows = 1 << 15;
    private const int PartRows = 1 << 10;

    /// <summary>The hash, as <see cref="ValueHash.Of"/> would give it.</summary>
    public static string Of(SortedRows rows, CancellationToken cancellationToken)
    {
        var lines = new LineWriter(rows);
        var blocks = (rows.Count + BlockRows - 1) / BlockRows;
        var pending = new Queue<Task<(byte[] Buffer, int Length)>>();
        using var hash = new ValueHash();
        for (int next = 0, done = 0; done < blocks; done++)
        {
            while (next < blocks && pending.Count <= Environment.ProcessorCount)
            {
                var start = next++ * BlockRows;
                pending.Enqueue(Task.Run(() => lines.Write(start, Math.Min(BlockRows, rows.Count - start)), CancellationToken.None));
            }

            cancellationToken.ThrowIfCancellationRequested();
            var (buffer, length) = pending.Dequeue().GetAwaiter().GetResult();
            hash.AppendLines(buffer.AsSpan(0, length));
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return hash.Finish();
    }

    private sealed class LineWriter(SortedRows rows)
    {
        private readonly byte[][] indicators = WithTab(rows.Writer.Indicators);
        private readonly byte[][] breakdowns = WithTab(rows.Writer.Breakdowns);
        private readonly byte[][] areas = WithTab(rows.Writer.Areas);
        private readonly byte[][] periods = WithTab(rows.Writer.PeriodTexts);

        public (byte[] Buffer, int Length) Write(int start, int count)
        {
            var longest = Longest(indicators) + Longest(breakdowns) + Longest(areas) + Longest(periods) + ValueHash.LongestEnd;
            var buffer = ArrayPool<byte>.Shared.Rent(checked(longest * count));
            var length = 0;
            Span<ImportRow> part = new ImportRow[PartRows];
            for (var place = start; place < start + count; place += PartRows)
            {
                part = part[..Math.Min(PartRows, start + count - place)];
                rows.CopyTo(place, part);
                foreach (ref readonly var row in part)
                {
                    Add(indicators[row.Indicator]);
                    Add(breakdowns[row.Breakdown]);
                    Add(areas[row.Area]);
                    Add(periods[row.Period]);
                    var hasValue = row.Status is not (ObservationStatus.Missing or ObservationStatus.Suppressed);
                    length += ValueHash.FormatEnd(hasValue ? row.Value : null, row.Status, buffer.AsSpan(length));
                }
            }

            return (buffer, length);

            void Add(byte[] text)
            {
                text.CopyTo(buffer.AsSpan(length));
                length += text.Length;
            }
        }

        private static byte[][] WithTab(KeyColumn column) => [.. column.Texts.Select(text => Encoding.UTF8.GetBytes(text + "\t"))];

        private static int Longest(byte[][] texts) => texts.Max(text => text.Length);
    }
}
