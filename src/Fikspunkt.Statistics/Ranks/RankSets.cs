namespace Fikspunkt.Statistics.Ranks;

/// <summary>Ranks among all units and their confidence sets. Arrays follow <see cref="Units"/>; sets are all ranks from lower to upper.</summary>
public sealed class RankSets
{
    private readonly bool[] _better;
    private readonly int _count;

    internal RankSets(RankFamily family, int[] rank, (int[] Lower, int[] Upper) marginal, (int[] Lower, int[] Upper) simultaneous, (int[] Lower, int[] Upper) singleStep, bool[] better, double criticalValue)
    {
        (_better, _count) = (better, family.Count);
        Units = family.Units;
        Rank = Array.ConvertAll(Units, unit => rank[unit]);
        (MarginalLower, MarginalUpper) = marginal;
        (SimultaneousLower, SimultaneousUpper) = simultaneous;
        (SingleStepLower, SingleStepUpper) = singleStep;
        CriticalValue = criticalValue;
    }

    /// <summary>The units that were asked for, from 0.</summary>
    public int[] Units { get; }

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

    /// <summary>Best rank in the simultaneous set without stepdown (for counts: by Bonferroni's rule instead of Holm's).</summary>
    public int[] SingleStepLower { get; }

    /// <summary>Worst rank in the simultaneous set without stepdown.</summary>
    public int[] SingleStepUpper { get; }

    /// <summary>The critical value of the simultaneous sets' first step, in standard errors of a difference; 0 when no difference is uncertain, NaN for counts, which are judged by p-values.</summary>
    public double CriticalValue { get; }

    /// <summary>Whether <paramref name="unit"/> is established to be better than <paramref name="other"/>, simultaneously for all pairs.
    /// Two units of which neither is better than the other cannot be told apart. Units are numbered from 0 among all; pairs that no set asked for needs are not tested.</summary>
    public bool IsBetter(int unit, int other) => _better[(unit * _count) + other];
}
