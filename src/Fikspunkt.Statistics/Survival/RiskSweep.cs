using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Survival;

/// <summary>What a sweep finds at one exit time.</summary>
/// <param name="time">The time.</param>
/// <param name="leaving">The spells that end there.</param>
/// <param name="atRisk">Weight at risk just before, per label.</param>
internal delegate void RiskVisitor(double time, ReadOnlySpan<int> leaving, ReadOnlySpan<double> atRisk);

/// <summary>Goes through the distinct exit times from the last to the first, so that the risk sets at the end are exact.</summary>
internal static class RiskSweep
{
    /// <summary>Runs through one set of spells.</summary>
    /// <param name="spells">Spells.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="labels">A label per spell (not per row given), by which those at risk are counted; empty = one label, 0.</param>
    /// <param name="labelCount">Number of labels.</param>
    /// <param name="visit">Called for each time.</param>
    public static void Run(Spells spells, int[] rows, ReadOnlySpan<int> labels, int labelCount, RiskVisitor visit)
    {
        var exits = Ordered(rows, spells.Exit);
        var entries = spells.Entry.Length == 0 ? [] : Ordered(rows, spells.Entry);
        var atRisk = new double[labelCount];
        for (int last = exits.Length - 1, entry = entries.Length - 1; last >= 0;)
        {
            var time = spells.Exit[exits[last]];
            var first = last;
            while (first >= 0 && spells.Exit[exits[first]] == time)
            {
                atRisk[Label(labels, exits[first])] += spells.Weight(exits[first]);
                first--;
            }

            while (entry >= 0 && spells.Entry[entries[entry]] >= time)
            {
                atRisk[Label(labels, entries[entry])] -= spells.Weight(entries[entry]);
                entry--;
            }

            visit(time, exits.AsSpan(first + 1, last - first), atRisk);
            last = first;
        }
    }

    private static int Label(ReadOnlySpan<int> labels, int row) => labels.IsEmpty ? 0 : labels[row];

    private static int[] Ordered(int[] rows, double[] times)
    {
        var keys = new ulong[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            keys[i] = RadixSort.Key(times[rows[i]]);
        }

        var items = (int[])rows.Clone();
        RadixSort.Sort(ref keys, ref items);
        return items;
    }
}
