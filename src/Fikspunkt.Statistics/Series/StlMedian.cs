namespace Fikspunkt.Statistics.Series;

/// <summary>The median size of remainder as the published program of STL (and with it R) takes it.</summary>
/// <remarks>
/// That program sorts partially (Singleton, Communications of the ACM 12 (1969) 185-187, algorithm 347) until the two middle places are in
/// order, but names the upper place first where the sort expects them to ascend. When a split falls exactly between the two, only one of them is
/// put right, and for an even number of values the other is an element of its half that need not be the nearest. The weights
/// then differ a little from those with the exact median; agreement with the program is worth more than that.
/// </remarks>
internal static class StlMedian
{
    private const int SortedOutright = 10;

    /// <summary>Twice the median, with the fault described above; reorders <paramref name="a"/>.</summary>
    public static double TwiceInPlace(Span<double> a)
    {
        Span<int> wanted = [a.Length / 2, a.Length - (a.Length / 2) - 1];
        var pending = new Stack<Segment>();
        var now = new Segment(0, a.Length - 1, 0, 1);
        var split = now.From < now.To;
        while (true)
        {
            if (split)
            {
                now = Split(a, now, wanted, pending);
                split = now.To - now.From > SortedOutright || (now.From == 0 && now.To > 0);
                continue;
            }

            a[now.From..(now.To + 1)].Sort();
            do
            {
                if (pending.Count == 0)
                {
                    return a[wanted[0]] + a[wanted[1]];
                }

                now = pending.Pop();
            }
            while (now.FirstWanted > now.LastWanted);
            split = now.To - now.From > SortedOutright || (now.From == 0 && now.To > 0);
        }
    }

    /// <summary>Parts a segment in two, goes on with the shorter one that is believed to hold a wanted place and keeps the other for later.</summary>
    private static Segment Split(Span<double> a, Segment segment, ReadOnlySpan<int> wanted, Stack<Segment> pending)
    {
        var (leftEnd, rightStart) = Partition(a, segment.From, segment.To);
        var (first, last) = (segment.FirstWanted, segment.LastWanted);
        if (leftEnd - segment.From <= segment.To - rightStart)
        {
            while (first <= last && wanted[last] > leftEnd)
            {
                last--;
            }

            if (first > last)
            {
                return segment with { From = rightStart };
            }

            pending.Push(segment with { From = rightStart, FirstWanted = last + 1 });
            return segment with { To = leftEnd, LastWanted = last };
        }

        while (first <= last && wanted[first] < rightStart)
        {
            first++;
        }

        if (first > last)
        {
            return segment with { To = leftEnd };
        }

        pending.Push(segment with { To = leftEnd, LastWanted = first - 1 });
        return segment with { From = rightStart, FirstWanted = first };
    }

    /// <summary>Values up to the first returned place are at most the middle one of three; those from the second on at least that.</summary>
    private static (int LeftEnd, int RightStart) Partition(Span<double> a, int from, int to)
    {
        var middle = (from + to) / 2;
        Order(a, from, middle);
        if (a[to] < a[middle])
        {
            (a[to], a[middle]) = (a[middle], a[to]);
            Order(a, from, middle);
        }

        var pivot = a[middle];
        var (low, high) = (from, to);
        while (true)
        {
            do
            {
                high--;
            }
            while (a[high] > pivot);
            do
            {
                low++;
            }
            while (a[low] < pivot);
            if (low > high)
            {
                return (high, low);
            }

            (a[low], a[high]) = (a[high], a[low]);
        }
    }

    private static void Order(Span<double> a, int first, int second)
    {
        if (a[first] > a[second])
        {
            (a[first], a[second]) = (a[second], a[first]);
        }
    }

    private readonly record struct Segment(int From, int To, int FirstWanted, int LastWanted);
}
