using System.Runtime.CompilerServices;
using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Survival;

/// <summary>The risk sets of a proportional hazards model, aggregated at the distinct event times of each stratum.</summary>
/// <remarks>
/// A spell is at risk at the event times in (entry, exit] of its stratum, which are consecutive: the last is its exit cell, the one
/// before the first its entry cell. Sums over a risk set are then sums over exit cells from that time on, minus those over entry cells.
/// Spells without any event time inside, and those of weight 0, take no part. Rows are sorted by stratum, exit cell, events first.
/// </remarks>
internal sealed class CoxRiskSets
{
    private CoxRiskSets()
    {
    }

    /// <summary>The original row of each sorted row.</summary>
    public required int[] Original { get; init; }

    /// <summary>Weights of the sorted rows; <see langword="null"/> if all are 1.</summary>
    public required double[]? Weights { get; init; }

    /// <summary>First sorted row of each cell, and the number of rows at the end.</summary>
    public required int[] CellStart { get; init; }

    /// <summary>End of the rows with the event in each cell.</summary>
    public required int[] DeathEnd { get; init; }

    /// <summary>Cell of each sorted row's entry, -1 for those at risk from the stratum's start; <see langword="null"/> if all are.</summary>
    public required int[]? EntryCell { get; init; }

    /// <summary>Event time of each cell.</summary>
    public required double[] Time { get; init; }

    /// <summary>First cell of each stratum, and the number of cells at the end.</summary>
    public required int[] StratumStart { get; init; }

    /// <summary>Mean weight of the events of each cell.</summary>
    public required double[] MeanWeight { get; init; }

    public int Rows => Original.Length;

    public int Cells => Time.Length;

    public int Deaths(int cell) => DeathEnd[cell] - CellStart[cell];

    public int DeathCount => Enumerable.Range(0, Cells).Sum(Deaths);

    /// <summary>Number of the last cell of a stratum at or before a time; one before the stratum's first if there is none.</summary>
    public int CellAt(int stratum, double time) => CellAt(Time, StratumStart[stratum], StratumStart[stratum + 1], time);

    /// <summary>Sorts the spells. <paramref name="strata"/> is trusted; empty = one stratum.</summary>
    /// <exception cref="NoEventsException">No event has a weight above 0.</exception>
    public static CoxRiskSets Build(Spells spells, int[] strata, int strataCount)
    {
        var order = Sorted(spells, strata, strataCount);
        var (times, stratumStart, cellOf) = CellsOf(spells, strata, strataCount, order);
        if (times.Count == 0)
        {
            throw new NoEventsException();
        }

        return Kept(spells, strata, order, cellOf, [.. times], stratumStart);
    }

    private static int CellAt(double[] times, int low, int high, double time)
    {
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = times[middle] <= time ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    /// <summary>Rows with weight, by stratum, exit, and events before censorings.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int[] Sorted(Spells spells, int[] strata, int strataCount)
    {
        var count = 0;
        for (var row = 0; row < spells.Count; row++)
        {
            count += spells.Weight(row) > 0 ? 1 : 0;
        }

        var (keys, order, next) = (new ulong[count], new int[count], 0);
        for (var pass = 0; pass < 2; pass++)
        {
            for (var row = 0; row < spells.Count; row++)
            {
                if ((spells.Cause[row] == 0) == (pass == 1) && spells.Weight(row) > 0)
                {
                    (keys[next], order[next]) = (RadixSort.Key(spells.Exit[row]), row);
                    next++;
                }
            }
        }

        RadixSort.Sort(ref keys, ref order);
        if (strataCount > 1)
        {
            keys = Array.ConvertAll(order, row => (ulong)strata[row]);
            RadixSort.Sort(ref keys, ref order);
        }

        return order;
    }

    /// <summary>Event times per stratum, and the cell of each sorted row: the last event time at or before its exit, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (List<double> Times, int[] StratumStart, int[] CellOf) CellsOf(Spells spells, int[] strata, int strataCount, int[] order)
    {
        var times = new List<double>();
        var stratumStart = new int[strataCount + 1];
        var cellOf = new int[order.Length];
        var stratum = 0;
        for (var i = 0; i < order.Length; i++)
        {
            var row = order[i];
            while (strataCount > 1 && stratum < strata[row])
            {
                stratumStart[++stratum] = times.Count;
            }

            if (spells.Cause[row] > 0 && (times.Count == stratumStart[stratum] || times[^1] < spells.Exit[row]))
            {
                times.Add(spells.Exit[row]);
            }

            cellOf[i] = times.Count == stratumStart[stratum] ? -1 : times.Count - 1;
        }

        while (stratum < strataCount)
        {
            stratumStart[++stratum] = times.Count;
        }

        return (times, stratumStart, cellOf);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static CoxRiskSets Kept(Spells spells, int[] strata, int[] order, int[] cellOf, double[] times, int[] stratumStart)
    {
        var entryOf = spells.Entry.Length == 0 ? null : new int[order.Length];
        var kept = 0;
        for (var i = 0; i < order.Length; i++)
        {
            var row = order[i];
            var (cell, entry) = (cellOf[i], -1);
            if (cell >= 0 && entryOf is not null)
            {
                var stratum = strata.Length == 0 ? 0 : strata[row];
                entry = CellAt(times, stratumStart[stratum], stratumStart[stratum + 1], spells.Entry[row]);
                entry = entry < stratumStart[stratum] ? -1 : entry;
            }

            if (cell >= 0 && entry < cell)
            {
                (order[kept], cellOf[kept]) = (row, cell);
                if (entryOf is not null)
                {
                    entryOf[kept] = entry;
                }

                kept++;
            }
        }

        Array.Resize(ref order, kept);
        var (cellStart, deathEnd, meanWeight) = (new int[times.Length + 1], new int[times.Length], new double[times.Length]);
        for (int i = 0, cell = -1; i < kept; i++)
        {
            while (cell < cellOf[i])
            {
                cellStart[++cell] = i;
                deathEnd[cell] = i;
            }

            if (spells.Cause[order[i]] > 0)
            {
                // Events come first in a cell, because its time is theirs and later censorings were sorted behind.
                deathEnd[cell] = i + 1;
                meanWeight[cell] += spells.Weight(order[i]);
            }
        }

        cellStart[^1] = kept;
        for (var cell = 0; cell < times.Length; cell++)
        {
            meanWeight[cell] /= deathEnd[cell] - cellStart[cell];
        }

        return new CoxRiskSets
        {
            Original = order,
            Weights = spells.Weights.Length == 0 ? null : Array.ConvertAll(order, row => spells.Weights[row]),
            CellStart = cellStart,
            DeathEnd = deathEnd,
            EntryCell = entryOf is not null && entryOf.AsSpan(0, kept).ContainsAnyExcept(-1) ? entryOf : null,
            Time = times,
            StratumStart = stratumStart,
            MeanWeight = meanWeight,
        };
    }
}
