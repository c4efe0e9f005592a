using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Survival;

/// <summary>Spells under observation: each is at risk in (entry, exit] and ends with an event of some cause or is censored.</summary>
/// <remarks>
/// Left truncation is an entry above 0: the spell counts among those at risk only after its entry. A covariate that changes
/// with time is two or more spells, the first ones censored where the next begins. Without entries everybody is at risk from
/// time 0 on, 0 included. An event and a censoring at the same time: the event comes first. Entry must not depend on the risk
/// ahead, nor censoring on it, given the covariates. No missing values. No equality by value.
/// </remarks>
public sealed class Spells
{
    /// <summary>Checks and copies the spells.</summary>
    /// <param name="exit">Times of exit, finite, not below 0.</param>
    /// <param name="cause">0 = censored, 1, 2, ... = the cause of the event.</param>
    /// <param name="entry">Times of entry, from 0 to below the exit; empty = nobody enters late.</param>
    /// <param name="weights">Case weights, not below 0, the largest 0 or from 1e-150 to 1e150; empty = all 1. A spell of weight 0 takes no part.</param>
    /// <exception cref="TooFewUnitsException">No spell.</exception>
    /// <exception cref="InvalidValueException">A value out of its range, NaN or infinite.</exception>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public Spells(ReadOnlySpan<double> exit, ReadOnlySpan<int> cause, ReadOnlySpan<double> entry = default, ReadOnlySpan<double> weights = default)
    {
        if (exit.IsEmpty)
        {
            throw new TooFewUnitsException(0, 1);
        }

        Check.SameLength(exit.Length, cause.Length, nameof(cause));
        Check.Between(exit, 0, double.MaxValue, nameof(exit));
        var highest = 0;
        for (var i = 0; i < cause.Length; i++)
        {
            if (cause[i] < 0)
            {
                throw new InvalidValueException(nameof(cause), i, 0, cause[i], Requirement.Cause);
            }

            highest = Math.Max(highest, cause[i]);
        }

        if (!entry.IsEmpty)
        {
            Check.SameLength(exit.Length, entry.Length, nameof(entry));
            for (var i = 0; i < entry.Length; i++)
            {
                if (!(entry[i] >= 0 && entry[i] < exit[i]))
                {
                    throw new InvalidValueException(nameof(entry), i, 0, entry[i], Requirement.BeforeExit, exit[i]);
                }
            }
        }

        if (!weights.IsEmpty)
        {
            Check.SameLength(exit.Length, weights.Length, nameof(weights));
            Check.Between(weights, 0, double.MaxValue, nameof(weights));
            Check.Scaled(weights, nameof(weights));
        }

        (Exit, Cause, Entry, Weights, Causes) = (exit.ToArray(), cause.ToArray(), entry.ToArray(), weights.ToArray(), highest);
    }

    private Spells(double[] exit, int[] cause, double[] entry, double[] weights) =>
        (Exit, Cause, Entry, Weights, Causes) = (exit, cause, entry, weights, cause.Max());

    /// <summary>Number of spells.</summary>
    public int Count => Exit.Length;

    /// <summary>Times of exit.</summary>
    public double[] Exit { get; }

    /// <summary>0 = censored, otherwise the cause of the event.</summary>
    public int[] Cause { get; }

    /// <summary>Times of entry; empty = nobody enters late.</summary>
    public double[] Entry { get; }

    /// <summary>Case weights; empty = all 1.</summary>
    public double[] Weights { get; }

    /// <summary>The highest cause that occurs; 0 = no events.</summary>
    public int Causes { get; }

    /// <summary>The same spells with only one cause as event, renumbered 1; other causes are censorings. For cause-specific hazards.</summary>
    public Spells OnlyCause(int cause)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cause, 1);
        return new Spells(Exit, Array.ConvertAll(Cause, own => own == cause ? 1 : 0), Entry, Weights);
    }

    internal double Weight(int row) => Weights.Length == 0 ? 1 : Weights[row];

    internal double Start(int row) => Entry.Length == 0 ? 0 : Entry[row];

    /// <summary>The same spells with new weights, which are trusted.</summary>
    internal Spells WithWeights(double[] weights) => new(Exit, Cause, Entry, weights);

    /// <summary>Rows with weight above 0 by stratum; one stratum when there are none given.</summary>
    internal int[][] RowsBy(ReadOnlySpan<int> groups)
    {
        var count = groups.IsEmpty ? 1 : Check.Groups(groups, Count);
        var lists = new List<int>[count];
        for (var group = 0; group < count; group++)
        {
            lists[group] = [];
        }

        for (var row = 0; row < Count; row++)
        {
            if (Weight(row) > 0)
            {
                lists[groups.IsEmpty ? 0 : groups[row]].Add(row);
            }
        }

        return Array.ConvertAll(lists, list => list.ToArray());
    }
}
