using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Frontiers;

/// <summary>How slacks of different units of measurement add up.</summary>
public enum SlackWeights
{
    /// <summary>Each slack divided by its column's mean over the reference units: the same whatever the units of measurement. A column of zeros counts 0.</summary>
    Normalised,

    /// <summary>The plain sum, in data units: it depends on the units of measurement.</summary>
    Raw,
}

/// <summary>Slacks: what is left to gain, column by column.</summary>
/// <param name="Sum">The largest (weighted) sum of slacks: the only unique number here. NaN where there is no solution, infinite where there is no limit.</param>
/// <param name="InputSlacks">Units x inputs, in data units: one of the ways to reach the sum.</param>
/// <param name="OutputSlacks">Units x outputs, in data units.</param>
/// <param name="Peers">The units that the point without slacks is made of.</param>
public sealed record SlackResult(double[] Sum, RowMatrix InputSlacks, RowMatrix OutputSlacks, IReadOnlyList<Peer>[] Peers);

/// <summary>Slacks by a program of their own: the second stage after an efficiency, and the additive model.</summary>
/// <remarks>max sum w s with sum lambda x_j + s- = x, sum lambda y_j - s+ = y at a point (x, y): in the second stage the unit's projection, with its
/// efficiency held (Ali and Seiford 1993); in the additive model the unit itself (Charnes, Cooper, Golany, Seiford and Stutz,
/// Journal of Econometrics 30 (1985) 91-107). Fixed inputs and outputs have slacks too.</remarks>
public static class Slacks
{
    private const int Share = 128;

    /// <summary>Second stage: slacks that remain once each unit is moved to the frontier in the options' direction. Every unit is measured against all units.</summary>
    /// <inheritdoc cref="Additive" path="/param"/>
    /// <inheritdoc cref="Dea.Efficiency(RowMatrix, RowMatrix, FrontierOptions)" path="/exception"/>
    public static SlackResult SecondStage(RowMatrix inputs, RowMatrix outputs, FrontierOptions options, SlackWeights weights = SlackWeights.Normalised) =>
        Solve(inputs, outputs, options, weights, move: true);

    /// <summary>Additive model: slacks of each unit where it stands; 0 = on the efficient frontier. The options' orientation and direction do not matter.</summary>
    /// <param name="inputs">Units x inputs.</param>
    /// <param name="outputs">Units x outputs.</param>
    /// <param name="options">Returns and the rest.</param>
    /// <param name="weights">How slacks add up.</param>
    /// <inheritdoc cref="Dea.Efficiency(RowMatrix, RowMatrix, FrontierOptions)" path="/exception"/>
    public static SlackResult Additive(RowMatrix inputs, RowMatrix outputs, FrontierOptions options, SlackWeights weights = SlackWeights.Normalised) =>
        Solve(inputs, outputs, options, weights, move: false);

    private static SlackResult Solve(RowMatrix inputs, RowMatrix outputs, FrontierOptions options, SlackWeights weights, bool move)
    {
        FrontierData.Require(inputs, outputs, options);
        double[] prices = [.. Prices(inputs, weights), .. Prices(outputs, weights)];
        var directions = new double[inputs.Rows][];
        for (var unit = 0; unit < directions.Length; unit++)
        {
            // The additive model starts along the inputs and outputs together and stays where it is.
            directions[unit] = move ? FrontierData.Direction(inputs, outputs, unit, options) : [.. Enumerable.Repeat(1.0, prices.Length)];
        }

        var result = new SlackResult(
            new double[inputs.Rows], new RowMatrix(inputs.Rows, inputs.Columns), new RowMatrix(inputs.Rows, outputs.Columns), new IReadOnlyList<Peer>[inputs.Rows]);
        var technology = options.Returns == ReturnsToScale.FreeDisposal ? null : new Technology(inputs, outputs, options.Returns, options.WeightRestrictions);
        Threading.For((inputs.Rows + Share - 1) / Share, options.Threads, share =>
        {
            var stage = technology is null ? null : new SlackProgram(technology, prices);
            for (var unit = share * Share; unit < Math.Min(inputs.Rows, (share + 1) * Share); unit++)
            {
                if (stage is null)
                {
                    FreeDisposalSlacks.Solve(inputs, outputs, unit, directions[unit], options.Orientation, move, prices, result);
                }
                else if (move)
                {
                    stage.SecondStage(inputs, outputs, unit, directions[unit], options.Orientation, result);
                }
                else
                {
                    stage.Additive(inputs, outputs, unit, result);
                }
            }
        });
        return result;
    }

    private static IEnumerable<double> Prices(RowMatrix data, SlackWeights weights) => Enumerable.Range(0, data.Columns).Select(column =>
    {
        var mean = Enumerable.Range(0, data.Rows).Average(row => Math.Abs(data[row, column]));
        return weights == SlackWeights.Raw ? 1 : mean > 0 ? 1 / mean : 0;
    });
}
