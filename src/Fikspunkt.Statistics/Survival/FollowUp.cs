using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Survival;

/// <summary>Follow-up cut into intervals. Arrays have one element per spell and interval it was at risk in, by spell, then time.</summary>
/// <param name="Row">The spell.</param>
/// <param name="Interval">The interval, from 0.</param>
/// <param name="Start">Where the part begins.</param>
/// <param name="Stop">Where it ends.</param>
/// <param name="Event">1 in the last part of a spell that ends with an event, otherwise 0.</param>
/// <param name="Weights">The spell's weight.</param>
/// <param name="Intervals">Number of intervals.</param>
public sealed record SplitFollowUp(int[] Row, int[] Interval, double[] Start, double[] Stop, double[] Event, double[] Weights, int Intervals)
{
    /// <summary>Time at risk of each part.</summary>
    public double[] Exposure { get; } = [.. Stop.Zip(Start, (stop, start) => stop - start)];

    /// <summary>Weighted sums of values of the parts, per interval.</summary>
    public double[] ByInterval(ReadOnlySpan<double> values) => Sums(Interval, values, Intervals, weighted: true);

    /// <summary>Sums of values of the parts, per spell.</summary>
    public double[] BySpell(ReadOnlySpan<double> values, int spells) => Sums(Row, values, spells, weighted: false);

    private double[] Sums(int[] keys, ReadOnlySpan<double> values, int count, bool weighted)
    {
        Check.SameLength(keys.Length, values.Length, nameof(values));
        var sums = new CompensatedSum[count];
        for (var i = 0; i < keys.Length; i++)
        {
            sums[keys[i]].Add((weighted ? Weights[i] : 1) * values[i]);
        }

        return Array.ConvertAll(sums, sum => sum.Value);
    }
}

/// <summary>Cuts follow-up time at given points.</summary>
public static class FollowUp
{
    /// <summary>Splits each spell at the cuts into intervals (0, c_1], (c_1, c_2], ..., (c_m, infinity): an event exactly at a cut belongs to the
    /// interval that ends there. Events of every cause count.</summary>
    /// <param name="spells">Spells, all of which last beyond time 0.</param>
    /// <param name="cuts">Ascending, above 0; empty = one interval.</param>
    /// <exception cref="InvalidValueException">Cuts that do not ascend from above 0, or a spell that ends at 0.</exception>
    public static SplitFollowUp Split(Spells spells, ReadOnlySpan<double> cuts)
    {
        for (var i = 0; i < cuts.Length; i++)
        {
            if (!(cuts[i] > (i == 0 ? 0 : cuts[i - 1]) && double.IsFinite(cuts[i])))
            {
                throw new InvalidValueException(nameof(cuts), i, 0, cuts[i], Requirement.Rising);
            }
        }

        var (rows, intervals, starts, stops, events, weights) =
            (new List<int>(), new List<int>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var row = 0; row < spells.Count; row++)
        {
            if (spells.Exit[row] == 0)
            {
                throw new InvalidValueException("exit", row, 0, 0, Requirement.AboveZero);
            }

            var start = spells.Start(row);
            for (var interval = 0; interval <= cuts.Length; interval++)
            {
                var end = interval == cuts.Length ? double.PositiveInfinity : cuts[interval];
                if (end <= start)
                {
                    continue;
                }

                var isLast = spells.Exit[row] <= end;
                rows.Add(row);
                intervals.Add(interval);
                starts.Add(start);
                stops.Add(isLast ? spells.Exit[row] : end);
                events.Add(isLast && spells.Cause[row] > 0 ? 1 : 0);
                weights.Add(spells.Weight(row));
                start = end;
                if (isLast)
                {
                    break;
                }
            }
        }

        return new SplitFollowUp([.. rows], [.. intervals], [.. starts], [.. stops], [.. events], [.. weights], cuts.Length + 1);
    }
}
