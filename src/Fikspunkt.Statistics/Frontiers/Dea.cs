using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Frontiers;

/// <summary>Data envelopment analysis: efficiency as the distance to a frontier drawn by the units themselves.</summary>
/// <remarks>
/// For a unit (x, y) and a direction g (both as in <see cref="FrontierOptions"/>): max beta with sum lambda_j x_j &lt;= x - beta g_x,
/// sum lambda_j y_j &gt;= y + beta g_y, lambda &gt;= 0 and the condition of <see cref="ReturnsToScale"/>. Input orientation has g = (x, 0),
/// theta = 1 - beta; output orientation g = (0, y), phi = 1 + beta. Farrell, J. R. Stat. Soc. A 120 (1957) 253-290; Charnes, Cooper and Rhodes,
/// European Journal of Operational Research 2 (1978) 429-444; Banker, Charnes and Cooper, Management Science 30 (1984) 1078-1092;
/// Chambers, Chung and Färe, Journal of Economic Theory 70 (1996) 407-419. The hyperbolic distance is found exactly: the facet that the current
/// point lies under gives the next point, until no facet does.
/// Inputs and outputs are finite and not below 0; with the directional orientation and VRS or FDH they may be. Deterministic; the number of
/// threads does not show.
/// </remarks>
public static class Dea
{
    /// <summary>Units that share one sequence of starts; fixed, so that threads do not show.</summary>
    private const int Share = 128;

    /// <summary>Each unit against all units, itself included.</summary>
    /// <param name="inputs">Units x inputs.</param>
    /// <param name="outputs">Units x outputs.</param>
    /// <param name="options">Returns, orientation and the rest.</param>
    /// <exception cref="InvalidValueException">A value that is not finite or below 0, or a unit without anything to scale.</exception>
    /// <exception cref="TooFewUnitsException">No unit.</exception>
    /// <exception cref="ArgumentException">Shapes do not match, or options contradict each other.</exception>
    public static FrontierResult Efficiency(RowMatrix inputs, RowMatrix outputs, FrontierOptions options) =>
        Measure(inputs, outputs, inputs, outputs, options, leaveOut: false);

    /// <summary>Each unit against a frontier of other units (another year, another country).</summary>
    /// <param name="inputs">Units measured x inputs.</param>
    /// <param name="outputs">Units measured x outputs.</param>
    /// <param name="referenceInputs">Units of the frontier x inputs.</param>
    /// <param name="referenceOutputs">Units of the frontier x outputs.</param>
    /// <param name="options">Returns, orientation and the rest.</param>
    /// <inheritdoc cref="Efficiency(RowMatrix, RowMatrix, FrontierOptions)" path="/exception"/>
    public static FrontierResult Efficiency(
        RowMatrix inputs, RowMatrix outputs, RowMatrix referenceInputs, RowMatrix referenceOutputs, FrontierOptions options) =>
        Measure(inputs, outputs, referenceInputs, referenceOutputs, options, leaveOut: false);

    /// <summary>Each unit against all others: efficient units differ too, by how far they are ahead. NaN where the others cannot be reached
    /// in the direction (Andersen and Petersen, Management Science 39 (1993) 1261-1264).</summary>
    /// <inheritdoc cref="Efficiency(RowMatrix, RowMatrix, FrontierOptions)"/>
    public static FrontierResult SuperEfficiency(RowMatrix inputs, RowMatrix outputs, FrontierOptions options) =>
        Measure(inputs, outputs, inputs, outputs, options, leaveOut: true);

    /// <summary>Scale efficiency: CRS efficiency over VRS efficiency, in the options' orientation (not directional); at most 1.</summary>
    /// <inheritdoc cref="Efficiency(RowMatrix, RowMatrix, FrontierOptions)"/>
    public static double[] ScaleEfficiency(RowMatrix inputs, RowMatrix outputs, FrontierOptions options)
    {
        if (options.Orientation == FrontierOrientation.Directional)
        {
            throw new ArgumentException("A directional distance is no ratio.", nameof(options));
        }

        var constant = Efficiency(inputs, outputs, options with { Returns = ReturnsToScale.Constant }).Efficiency;
        var variable = Efficiency(inputs, outputs, options with { Returns = ReturnsToScale.Variable }).Efficiency;
        return [.. constant.Zip(variable, (crs, vrs) => options.Orientation == FrontierOrientation.Output ? vrs / crs : crs / vrs)];
    }

    private static FrontierResult Measure(
        RowMatrix inputs, RowMatrix outputs, RowMatrix referenceInputs, RowMatrix referenceOutputs, FrontierOptions options, bool leaveOut)
    {
        FrontierData.Require(inputs, outputs, options);
        if (!ReferenceEquals(inputs, referenceInputs) || !ReferenceEquals(outputs, referenceOutputs))
        {
            FrontierData.Require(referenceInputs, referenceOutputs, options with { Directions = options.Directions is { } own ? First(own) : null });
            Numerics.Check.SameLength(inputs.Columns, referenceInputs.Columns, nameof(referenceInputs));
            Numerics.Check.SameLength(outputs.Columns, referenceOutputs.Columns, nameof(referenceOutputs));
        }

        var directions = new double[inputs.Rows][];
        for (var unit = 0; unit < directions.Length; unit++)
        {
            directions[unit] = FrontierData.Direction(inputs, outputs, unit, options);
        }

        var result = new FrontierResult(
            new double[inputs.Rows],
            new IReadOnlyList<Peer>[inputs.Rows],
            new RowMatrix(inputs.Rows, inputs.Columns),
            new RowMatrix(inputs.Rows, outputs.Columns),
            new double[inputs.Rows]);
        var technology = options.Returns == ReturnsToScale.FreeDisposal
            ? null
            : new Technology(referenceInputs, referenceOutputs, options.Returns, options.WeightRestrictions);
        var shares = (inputs.Rows + Share - 1) / Share;
        Threading.For(shares, options.Threads, share =>
        {
            var program = technology is null ? null : new RayProgram(technology);
            for (var unit = share * Share; unit < Math.Min(inputs.Rows, (share + 1) * Share); unit++)
            {
                var x = inputs.Row(unit);
                var y = outputs.Row(unit);
                var excluded = leaveOut ? unit : -1;
                if (program is null)
                {
                    Enumerated(FreeDisposal.Distance(x, y, referenceInputs, referenceOutputs, directions[unit], options.Orientation, excluded), unit, result);
                }
                else
                {
                    var beta = options.Orientation == FrontierOrientation.Graph
                        ? Hyperbolic.Distance(program, x, y, directions[unit], excluded)
                        : program.Distance(x, y, directions[unit], excluded);
                    Programmed(technology!, program, beta, unit, result);
                }

                result.Efficiency[unit] = Scale(options.Orientation, result.Efficiency[unit]);
            }
        });
        return result;
    }

    /// <summary>The distance on the orientation's own scale.</summary>
    internal static double Scale(FrontierOrientation orientation, double beta) => orientation switch
    {
        FrontierOrientation.Input or FrontierOrientation.Graph => 1 - beta,
        FrontierOrientation.Output => 1 + beta,
        _ => beta,
    };

    private static void Enumerated((double Beta, int Peer) found, int unit, FrontierResult result)
    {
        result.Efficiency[unit] = found.Beta;
        result.Peers[unit] = double.IsFinite(found.Beta) ? [new Peer(found.Peer, 1)] : [];
        NoMultipliers(unit, result);
    }

    private static void Programmed(Technology technology, RayProgram program, double beta, int unit, FrontierResult result)
    {
        result.Efficiency[unit] = beta;
        if (!double.IsFinite(beta))
        {
            result.Peers[unit] = [];
            NoMultipliers(unit, result);
            return;
        }

        result.Peers[unit] = program.Peers();
        for (var i = 0; i < technology.Inputs; i++)
        {
            result.InputMultipliers[unit, i] = program.Price(i);
        }

        for (var r = 0; r < technology.Outputs; r++)
        {
            result.OutputMultipliers[unit, r] = program.Price(technology.Inputs + r);
        }

        result.Intercept[unit] = technology.HasReturnsRow ? -technology.ReturnsSign * program.Price(technology.Rows - 1) : 0;
    }

    private static void NoMultipliers(int unit, FrontierResult result)
    {
        result.InputMultipliers.Row(unit).Fill(double.NaN);
        result.OutputMultipliers.Row(unit).Fill(double.NaN);
        result.Intercept[unit] = double.NaN;
    }

    private static RowMatrix First(RowMatrix rows) => new(1, rows.Columns, rows.Row(0).ToArray());
}
