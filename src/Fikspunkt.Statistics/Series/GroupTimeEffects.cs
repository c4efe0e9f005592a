using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Series;

/// <summary>Which units a cohort is compared with.</summary>
public enum ControlUnits
{
    /// <summary>Units that are never treated.</summary>
    Never,

    /// <summary>Units that are never treated or not treated yet.</summary>
    NotYet,
}

/// <summary>The effect on one cohort in one period.</summary>
/// <param name="First">The cohort: its first treated period (column, from 0).</param>
/// <param name="Period">The period (column, from 0).</param>
/// <param name="Effect">Average effect on the cohort; before treatment, the pretended effect of the period against the one before.</param>
/// <param name="Treated">Units in the cohort.</param>
/// <param name="Controls">Units it is compared with.</param>
public readonly record struct GroupTimeEffect(int First, int Period, Estimate Effect, int Treated, int Controls);

/// <summary>Effects by cohort and period, and averages of them.</summary>
/// <param name="Cells">Effects by cohort and period, ascending. Cells without controls are left out.</param>
/// <param name="Overall">Mean over all treated cells, weighted by the size of the cohort.</param>
/// <param name="ByTime">Mean at each time since the first treated period (below 0: before), weighted by the size of the cohort.</param>
/// <param name="AlwaysTreated">Units treated in the first period; they are left out.</param>
public sealed record GroupTimeResult(GroupTimeEffect[] Cells, Estimate Overall, (int Time, Estimate Effect)[] ByTime, int AlwaysTreated);

/// <summary>Difference-in-differences with staggered adoption: each cohort is compared only with units that are not treated.</summary>
/// <remarks>
/// Effect(g, t) = mean change from g - 1 to t in the cohort first treated in g, less that among the controls; for t before g the change from t - 1 to t. Callaway and Sant'Anna, Journal of Econometrics 225 (2021)
/// 200-230, without covariates and anticipation. Standard errors from influence functions over units (the weights of the averages are estimates too); normal quantiles.
/// A cohort of one unit has no spread of its own: its standard errors hold only the controls'. Balanced panel, no missing values. Deterministic.
/// </remarks>
public static class GroupTimeEffects
{
    /// <summary>Estimates the effects.</summary>
    /// <param name="outcomes">Units x periods, periods ascending in time.</param>
    /// <param name="firstTreated">First treated period (column, from 0) of each unit; <see langword="null"/> if it is never treated.</param>
    /// <param name="controls">Which units serve as controls. Default: never treated.</param>
    /// <param name="level">Level of the pointwise intervals. Default 0.95.</param>
    /// <exception cref="InvalidValueException">NaN or infinity.</exception>
    /// <exception cref="NoVariationException">No cohort has both treated periods and controls.</exception>
    public static GroupTimeResult Fit(RowMatrix outcomes, IReadOnlyList<int?> firstTreated, ControlUnits controls = ControlUnits.Never, double level = 0.95)
    {
        Check.SameLength(outcomes.Rows, firstTreated.Count, nameof(firstTreated));
        Check.Finite(outcomes.Values, nameof(outcomes), Math.Max(1, outcomes.Columns));
        int[] used = [.. Enumerable.Range(0, outcomes.Rows).Where(unit => firstTreated[unit] is not <= 0)];
        var first = Array.ConvertAll(used, unit => firstTreated[unit] ?? int.MaxValue);
        var cells = new List<Cell>();
        foreach (var cohort in first.Where(value => value < outcomes.Columns).Distinct().Order())
        {
            for (var period = 1; period < outcomes.Columns; period++)
            {
                if (Estimated(outcomes, used, first, cohort, period, controls) is { } cell)
                {
                    cells.Add(cell);
                }
            }
        }

        if (!cells.Exists(cell => cell.Period >= cell.First))
        {
            throw new NoVariationException(nameof(firstTreated));
        }

        var byTime = cells.GroupBy(cell => cell.Period - cell.First).OrderBy(group => group.Key).Select(group => (group.Key, Mean([.. group], first, level)));
        return new GroupTimeResult(
            [.. cells.Select(cell => new GroupTimeEffect(cell.First, cell.Period, FromInfluence(cell.Effect, cell.Influence, level), cell.Treated, cell.Controls))],
            Mean([.. cells.Where(cell => cell.Period >= cell.First)], first, level),
            [.. byTime],
            outcomes.Rows - used.Length);
    }

    private static Cell? Estimated(RowMatrix outcomes, int[] used, int[] first, int cohort, int period, ControlUnits controls)
    {
        var basis = period >= cohort ? cohort - 1 : period - 1;
        var free = controls == ControlUnits.Never ? int.MaxValue : period + 1;
        var (treatedMean, treated) = Change(first.Select(value => value == cohort));
        var (controlMean, control) = Change(first.Select(value => value >= free && value != cohort));
        if (control == 0)
        {
            return null;
        }

        var influence = new double[used.Length];
        for (var i = 0; i < used.Length; i++)
        {
            var change = outcomes[used[i], period] - outcomes[used[i], basis];
            influence[i] = first[i] == cohort ? (change - treatedMean) * used.Length / treated
                : first[i] >= free ? -(change - controlMean) * used.Length / control
                : 0;
        }

        return new Cell(cohort, period, treatedMean - controlMean, influence, treated, control);

        (double Mean, int Count) Change(IEnumerable<bool> members)
        {
            var sum = new CompensatedSum();
            var count = 0;
            foreach (var (member, unit) in members.Zip(used))
            {
                if (member)
                {
                    sum.Add(outcomes[unit, period] - outcomes[unit, basis]);
                    count++;
                }
            }

            return (sum.Value / count, count);
        }
    }

    /// <summary>Mean of cells weighted by the share of their cohort among the units; the shares' own sampling is part of the error.</summary>
    private static Estimate Mean(Cell[] cells, int[] first, double level)
    {
        var n = first.Length;
        var shares = Array.ConvertAll(cells, cell => (double)cell.Treated / n);
        var total = shares.Sum();
        var mean = cells.Zip(shares, (cell, share) => share * cell.Effect).Sum() / total;
        var influence = new double[n];
        for (var i = 0; i < n; i++)
        {
            for (var c = 0; c < cells.Length; c++)
            {
                var member = (first[i] == cells[c].First ? 1 : 0) - shares[c];
                influence[i] += ((shares[c] * cells[c].Influence[i]) + (member * (cells[c].Effect - mean))) / total;
            }
        }

        return FromInfluence(mean, influence, level);
    }

    private static Estimate FromInfluence(double value, double[] influence, double level)
    {
        var error = Math.Sqrt(CompensatedSum.OfSquares(influence)) / influence.Length;
        var half = NormalDistribution.Quantile((1 + level) / 2) * error;
        return new Estimate(value, error, new Interval(value - half, value + half), 2 * NormalDistribution.Cumulative(-Math.Abs(value / error)));
    }

    private sealed record Cell(int First, int Period, double Effect, double[] Influence, int Treated, int Controls);
}
