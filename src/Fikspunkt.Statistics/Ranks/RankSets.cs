namespace Fikspunkt.Statistics.Ranks;

/// <summary>Ranks and their confidence sets. Arrays follow the units; sets are all ranks from lower to upper.</summary>
public sealed class RankSets
{
    private readonly bool[] _better;

    internal RankSets(int[] rank, (int[] Lower, int[] Upper) marginal, (int[] Lower, int[] Upper) simultaneous, bool[] better, double criticalValue)
    {
        _better = better;
        Rank = rank;
        (MarginalLower, MarginalUpper) = marginal;
        (SimultaneousLower, SimultaneousUpper) = simultaneous;
        CriticalValue = criticalValue;
    }

    /// <summary>1 = best; ties share the smallest rank.</summary>
    public int[] Rank { get; }

    /// <summary>Best rank in the unit's own (marginal) set.</summary>
    public int[] MarginalLower { get; }

    /// <summary>Worst rank in the unit's own (marginal) set.</summary>
    public int[] MarginalUpper { get; }

    /// <summary>Best rank in the simultaneous set: all of these hold the true ranks together.</summary>
    public int[] SimultaneousLower { get; }

    /// <summary>Worst rank in the simultaneous set.</summary>
    public int[] SimultaneousUpper { get; }

    /// <summary>The critical value of the simultaneous sets' first step, in standard errors of a difference; 0 when no difference is uncertain.</summary>
    public double CriticalValue { get; }

    /// <summary>Whether <paramref name="unit"/> is established to be better than <paramref name="other"/>, simultaneously for all pairs.
    /// Two units of which neither is better than the other cannot be told apart.</summary>
    public bool IsBetter(int unit, int other) => _better[(unit * Rank.Length) + other];
}
