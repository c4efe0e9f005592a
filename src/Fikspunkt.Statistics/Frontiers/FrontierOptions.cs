namespace Fikspunkt.Statistics.Frontiers;

/// <summary>Which combinations of units count as possible: the condition on the weights lambda >= 0.</summary>
public enum ReturnsToScale
{
    /// <summary>CRS: no condition. Any unit can be scaled up and down (Charnes, Cooper and Rhodes 1978).</summary>
    Constant,

    /// <summary>VRS: the weights sum to 1; only averages of units (Banker, Charnes and Cooper 1984).</summary>
    Variable,

    /// <summary>DRS, non-increasing: the weights sum to at most 1; units can be scaled down.</summary>
    Decreasing,

    /// <summary>IRS, non-decreasing: the weights sum to at least 1; units can be scaled up.</summary>
    Increasing,

    /// <summary>FDH: one weight is 1, the others 0; only units that exist (Deprins, Simar and Tulkens 1984).</summary>
    FreeDisposal,
}

/// <summary>In which direction a unit moves to the frontier, and on which scale its efficiency is stated.</summary>
public enum FrontierOrientation
{
    /// <summary>Fewer inputs: the smallest theta with (theta x, y) possible. 1 = on the frontier, below 1 = inefficient.</summary>
    Input,

    /// <summary>More outputs: the largest phi with (x, phi y) possible. 1 = on the frontier, above 1 = inefficient.</summary>
    Output,

    /// <summary>Both at once, hyperbolic: the smallest theta with (theta x, y / theta) possible. 1 = on the frontier, below 1 = inefficient
    /// (Färe, Grosskopf and Lovell 1985).</summary>
    Graph,

    /// <summary>A given direction g: the largest beta with (x - beta g_x, y + beta g_y) possible. 0 = on the frontier, above 0 = inefficient
    /// (Chambers, Chung and Färe 1996).</summary>
    Directional,
}

/// <summary>How a frontier is drawn and units are measured against it.</summary>
/// <param name="Returns">Which combinations of units are possible.</param>
/// <param name="Orientation">In which direction the distance is measured.</param>
public sealed record FrontierOptions(
    ReturnsToScale Returns = ReturnsToScale.Variable,
    FrontierOrientation Orientation = FrontierOrientation.Input)
{
    /// <summary>For <see cref="FrontierOrientation.Directional"/>: one row for all units, or one row per unit, with the inputs first
    /// and the outputs after; no element below 0 and not all 0 in a row. Otherwise <see langword="null"/>.</summary>
    public RowMatrix? Directions { get; init; }

    /// <summary>Inputs, by column, that a unit does not choose (environment, non-discretionary): they bind the comparison but are not
    /// scaled (Banker and Morey 1986). <see langword="null"/> = none.</summary>
    public IReadOnlyList<int>? FixedInputs { get; init; }

    /// <summary>Outputs, by column, that a unit does not choose. <see langword="null"/> = none.</summary>
    public IReadOnlyList<int>? FixedOutputs { get; init; }

    /// <summary>Restrictions on the multipliers (v, u), one row each, inputs first: the row's product with them is not below 0.
    /// "v2 at least half of v1" is (-0.5, 1, 0...). Not with FDH. <see langword="null"/> = none (Thompson et al. 1986, assurance regions).</summary>
    public RowMatrix? WeightRestrictions { get; init; }

    /// <summary>Threads to use; 0 = one per processor. The results are the same to the bit.</summary>
    public int Threads { get; init; }
}
