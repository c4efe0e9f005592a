using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Frontiers;

/// <summary>What each unit does to the others' efficiencies. Arrays follow the units.</summary>
/// <param name="Affected">Number of other units whose efficiency changes by more than 1e-9 when the unit is left out.</param>
/// <param name="Unreachable">Number of other units that could not be measured without it.</param>
/// <param name="MeanChange">Mean over the other units (those that can be measured) of the absolute change.</param>
/// <param name="LargestChange">The largest absolute change of another unit.</param>
/// <param name="SuperEfficiency">The unit against the others; NaN where they cannot be reached.</param>
public sealed record InfluenceResult(int[] Affected, int[] Unreachable, double[] MeanChange, double[] LargestChange, double[] SuperEfficiency);

/// <summary>Which units the frontier hangs on: each is left out in turn, and the others are measured again.</summary>
/// <remarks>Wilson, Journal of Business and Economic Statistics 11 (1993) 319-323, measures the same in other words. Exact, and cheap: a unit without weight in
/// another's solution cannot change it, so only those that it is a peer of are solved again. A unit that alone moves many others is to be looked at
/// before the frontier is believed: an error in its data is an error in theirs.</remarks>
public static class FrontierInfluence
{
    /// <summary>Leaves each unit out.</summary>
    /// <param name="inputs">Units x inputs.</param>
    /// <param name="outputs">Units x outputs.</param>
    /// <param name="options">Returns, orientation and the rest.</param>
    /// <inheritdoc cref="Dea.Efficiency(RowMatrix, RowMatrix, FrontierOptions)" path="/exception"/>
    public static InfluenceResult LeaveOneOut(RowMatrix inputs, RowMatrix outputs, FrontierOptions options)
    {
        var all = Dea.Efficiency(inputs, outputs, options);
        var n = inputs.Rows;
        var followers = new List<int>[n];
        for (var unit = 0; unit < n; unit++)
        {
            followers[unit] = [];
        }

        for (var unit = 0; unit < n; unit++)
        {
            foreach (var peer in all.Peers[unit])
            {
                followers[peer.Unit].Add(unit);
            }
        }

        var result = new InfluenceResult(new int[n], new int[n], new double[n], new double[n], Dea.SuperEfficiency(inputs, outputs, options).Efficiency);
        Threading.For(n, options.Threads, unit =>
        {
            int[] others = [.. followers[unit].Where(other => other != unit)];
            if (others.Length > 0)
            {
                Compare(unit, others, all.Efficiency, Without(unit, others, inputs, outputs, options), result);
            }
        });
        return result;
    }

    private static double[] Without(int unit, int[] others, RowMatrix inputs, RowMatrix outputs, FrontierOptions options)
    {
        int[] rest = [.. Enumerable.Range(0, inputs.Rows).Where(other => other != unit)];
        var own = options with
        {
            Threads = 1,
            Directions = options.Directions is { Rows: > 1 } directions ? FrontierData.Rows(directions, others) : options.Directions,
        };
        return Dea.Efficiency(FrontierData.Rows(inputs, others), FrontierData.Rows(outputs, others), FrontierData.Rows(inputs, rest), FrontierData.Rows(outputs, rest), own).Efficiency;
    }

    private static void Compare(int unit, int[] others, double[] before, double[] after, InfluenceResult result)
    {
        var sum = 0.0;
        for (var i = 0; i < others.Length; i++)
        {
            if (!double.IsFinite(after[i]))
            {
                result.Unreachable[unit]++;
                continue;
            }

            var change = Math.Abs(after[i] - before[others[i]]);
            result.Affected[unit] += change > 1e-9 ? 1 : 0;
            result.LargestChange[unit] = Math.Max(result.LargestChange[unit], change);
            sum += change;
        }

        var measured = before.Length - 1 - result.Unreachable[unit];
        result.MeanChange[unit] = measured > 0 ? sum / measured : 0;
    }
}
