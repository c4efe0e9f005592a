using System.Numerics;
using Fikspunkt.Domain;

namespace Fikspunkt.Store.Importing;

/// <summary>An import's rows in the order of indicator, breakdown, area and period text (ordinal), each key once.</summary>
internal sealed class SortedRows
{
    private const int MostProblems = 100;
    private const int KeyBits = 64;

    private readonly int[] order;

    private SortedRows(ObservationWriter writer, int[] order) => (Writer, this.order) = (writer, order);

    /// <summary>The rows as they were written.</summary>
    public ObservationWriter Writer { get; }

    /// <summary>Number of rows.</summary>
    public int Count => order.Length;

    /// <summary>The row at a place in the order.</summary>
    public ref readonly ImportRow this[int place]
    {
        get
        {
            var index = order[place];
            return ref Writer.Segments[index >> ImportRow.SegmentBits][index & (ImportRow.SegmentLength - 1)];
        }
    }

    /// <summary>Copies the rows from a place on. They lie scattered in memory; fetching many at once lets the waiting overlap.</summary>
    public void CopyTo(int place, Span<ImportRow> destination)
    {
        var segments = Writer.Segments;
        var places = order.AsSpan(place, destination.Length);
        for (var i = 0; i < places.Length; i++)
        {
            destination[i] = segments[places[i] >> ImportRow.SegmentBits][places[i] & (ImportRow.SegmentLength - 1)];
        }
    }

    /// <summary>The source's own text of the row at a place, if it was kept.</summary>
    public string? Raw(int place)
    {
        var index = order[place];
        return Writer.Raws[index >> ImportRow.SegmentBits]?[index & (ImportRow.SegmentLength - 1)];
    }

    /// <summary>Sorts what was written and looks for keys that occur twice.</summary>
    /// <exception cref="InputException">A key occurs twice, or a row could not be kept.</exception>
    public static SortedRows Of(ObservationWriter writer, CancellationToken cancellationToken)
    {
        writer.ThrowIfProblems();
        var count = checked((int)writer.Rows);
        var keys = new ulong[count];
        var places = new int[count];
        var keyBits = MakeKeys(writer, keys, places);
        cancellationToken.ThrowIfCancellationRequested();
        RadixSort.Sort(ref keys, ref places, keyBits);
        var rows = new SortedRows(writer, places);
        rows.FindDuplicates(keys);
        return rows;
    }

    /// <summary>Packs the places of the four texts in their orders into one number that sorts like them.</summary>
    private static int MakeKeys(ObservationWriter writer, ulong[] keys, int[] places)
    {
        int[][] ranks = [writer.Indicators.Ranks(), writer.Breakdowns.Ranks(), writer.Areas.Ranks(), writer.PeriodTexts.Ranks()];
        var bits = ranks.Select(rank => BitOperations.Log2((uint)Math.Max(rank.Length - 1, 1)) + 1).ToArray();
        if (bits.Sum() > KeyBits)
        {
            throw new InputException(new InputProblem(Texts.TooManyKeys, writer.Origin));
        }

        var (breakdownBits, areaBits, periodBits) = (bits[1], bits[2], bits[3]);
        Parallel.For(0, writer.Segments.Count, number =>
        {
            var segment = writer.Segments[number];
            var start = number << ImportRow.SegmentBits;
            var (indicators, breakdowns, areas, periods) = (ranks[0], ranks[1], ranks[2], ranks[3]);
            var length = Math.Min(segment.Length, keys.Length - start);
            for (var i = 0; i < length; i++)
            {
                ref readonly var row = ref segment[i];
                var key = (((ulong)indicators[row.Indicator] << breakdownBits) | (uint)breakdowns[row.Breakdown]) << areaBits;
                keys[start + i] = ((key | (uint)areas[row.Area]) << periodBits) | (uint)periods[row.Period];
                places[start + i] = start + i;
            }
        });
        return bits.Sum();
    }

    private void FindDuplicates(ulong[] keys)
    {
        var problems = new List<InputProblem>();
        var first = 0;
        for (var place = 1; place < keys.Length && problems.Count < MostProblems; place++)
        {
            if (keys[place] != keys[place - 1])
            {
                first = place;
                continue;
            }

            ref readonly var row = ref this[place];
            var (firstFile, file) = (Writer.FileOf(order[first]), Writer.FileOf(order[place]));
            problems.Add(new InputProblem(
                firstFile == file ? Texts.Duplicate.With(this[first].Line) : Texts.DuplicateInOtherFile.With(this[first].Line, firstFile),
                file,
                row.Line,
                Found: string.Join(", ", new[] { Writer.Areas.Texts[row.Area], Writer.PeriodTexts.Texts[row.Period], Writer.Indicators.Texts[row.Indicator], Writer.Breakdowns.Texts[row.Breakdown] }.Where(text => text.Length > 0))));
        }

        if (problems.Count > 0)
        {
            throw new InputException([.. problems.OrderBy(problem => problem.Line)]);
        }
    }
}
