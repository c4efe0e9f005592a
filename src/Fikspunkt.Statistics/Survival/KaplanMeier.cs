namespace Fikspunkt.Statistics.Survival;

/// <summary>Kaplan-Meier and Nelson-Aalen estimates.</summary>
/// <remarks>
/// At each distinct exit time, with n the weight at risk just before and d the weight of events:
/// S(t) = product of (1 - d/n), Var(log S) = sum of d / (n (n - d)) (Greenwood), H(t) = sum of d/n, Var(H) = sum of d/n^2.
/// Kaplan and Meier, JASA 53 (1958) 457-481; Aalen, Annals of Statistics 6 (1978) 701-726. Weights count as repeated spells.
/// With late entry the risk set can shrink to nothing before the end: where all at risk have the event, S stays 0. Deterministic.
/// </remarks>
public static class KaplanMeier
{
    /// <summary>One curve of all spells; events of every cause count.</summary>
    /// <exception cref="TooFewUnitsException">No spell has a weight above 0.</exception>
    public static SurvivalCurve Fit(Spells spells) => Curve(spells, spells.RowsBy([])[0]);

    /// <summary>One curve per group.</summary>
    /// <param name="spells">Spells.</param>
    /// <param name="groups">The group of each spell: 0, 1, ..., each used.</param>
    /// <exception cref="TooFewUnitsException">A group has no spell with a weight above 0.</exception>
    public static SurvivalCurve[] FitGroups(Spells spells, ReadOnlySpan<int> groups) =>
        Array.ConvertAll(spells.RowsBy(groups), rows => Curve(spells, rows));

    private static SurvivalCurve Curve(Spells spells, int[] rows)
    {
        if (rows.Length == 0)
        {
            throw new TooFewUnitsException(0, 1);
        }

        var table = new List<RiskRow>();
        RiskSweep.Run(spells, rows, [], 1, (time, leaving, atRisk) =>
        {
            var (events, censored) = (0.0, 0.0);
            foreach (var row in leaving)
            {
                if (spells.Cause[row] > 0)
                {
                    events += spells.Weight(row);
                }
                else
                {
                    censored += spells.Weight(row);
                }
            }

            table.Add(new RiskRow(time, atRisk[0], events, censored));
        });
        table.Reverse();
        return new SurvivalCurve(table);
    }
}
