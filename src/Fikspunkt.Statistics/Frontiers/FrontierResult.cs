namespace Fikspunkt.Statistics.Frontiers;

/// <summary>A unit on the frontier that another one is compared with.</summary>
/// <param name="Unit">Its row in the reference data, from 0.</param>
/// <param name="Weight">Its weight lambda, above 0.</param>
public readonly record struct Peer(int Unit, double Weight);

/// <summary>Efficiencies, peers and multipliers. Arrays follow the units measured.</summary>
/// <param name="Efficiency">On the scale of <see cref="FrontierOrientation"/>. NaN = no combination of the reference units can be reached
/// in the direction (only where a unit is not part of the reference, as in super-efficiency). Infinite = no limit.</param>
/// <param name="Peers">The units with weight, by number. Another set may do as well (the solution need not be unique). Empty where the
/// efficiency is not finite.</param>
/// <param name="InputMultipliers">v, units x inputs, in data units: the price of each input in the support of the frontier at the unit's
/// projection, normalised as its program does (v'x = 1 for input, u'y = 1 for output orientation; over the inputs and outputs that are not fixed).
/// Not unique at corners. NaN with FDH and where the efficiency is not finite.</param>
/// <param name="OutputMultipliers">u, units x outputs.</param>
/// <param name="Intercept">w: u'y - v'x + w is at most 0 for every unit of the reference and 0 for the peers; 0 with CRS, at most 0 with DRS,
/// at least 0 with IRS.</param>
public sealed record FrontierResult(
    double[] Efficiency,
    IReadOnlyList<Peer>[] Peers,
    RowMatrix InputMultipliers,
    RowMatrix OutputMultipliers,
    double[] Intercept)
{
    /// <summary>Rows (from 0) without a solution: their efficiency is NaN.</summary>
    public int[] Infeasible => [.. Enumerable.Range(0, Efficiency.Length).Where(unit => double.IsNaN(Efficiency[unit]))];
}
