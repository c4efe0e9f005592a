namespace Fikspunkt.Statistics.Frontiers;

/// <summary>Change of productivity between two periods. Above 1 = better. Arrays follow the units.</summary>
/// <param name="Index">Malmquist index: efficiency change x technical change.</param>
/// <param name="EfficiencyChange">Catching up: the unit's CRS efficiency in the second period over that in the first.</param>
/// <param name="TechnicalChange">The frontier's move where the unit stands: geometric mean over its two places.</param>
/// <param name="PureEfficiencyChange">Efficiency change with VRS.</param>
/// <param name="ScaleChange">Change of scale efficiency: efficiency change over pure efficiency change.</param>
public sealed record MalmquistResult(double[] Index, double[] EfficiencyChange, double[] TechnicalChange, double[] PureEfficiencyChange, double[] ScaleChange);

/// <summary>The Malmquist productivity index with its decomposition.</summary>
/// <remarks>
/// E_s(t) = CRS efficiency (theta, or 1 / phi) of a unit's data of period t against the frontier of period s.
/// Index = sqrt(E_0(1) / E_0(0) x E_1(1) / E_1(0)) = [E_1(1) / E_0(0)] x sqrt(E_0(1) / E_1(1) x E_0(0) / E_1(0)).
/// Caves, Christensen and Diewert, Econometrica 50 (1982) 1393-1414; Färe, Grosskopf, Norris and Zhang, American Economic Review 84 (1994) 66-83, whose split of
/// efficiency change into pure efficiency and scale is used. With CRS both orientations give the same index.
/// NaN or infinite where one of the efficiencies is (zeros in data can put a unit out of the other period's reach).
/// </remarks>
public static class Malmquist
{
    /// <summary>The index from the first to the second period; units are in the same order in both.</summary>
    /// <param name="firstInputs">Units x inputs.</param>
    /// <param name="firstOutputs">Units x outputs.</param>
    /// <param name="secondInputs">The same units x inputs, later.</param>
    /// <param name="secondOutputs">The same units x outputs, later.</param>
    /// <param name="options">Input or output orientation, fixed columns, weight restrictions, threads; the returns do not matter.</param>
    /// <inheritdoc cref="Dea.Efficiency(RowMatrix, RowMatrix, FrontierOptions)" path="/exception"/>
    public static MalmquistResult Change(
        RowMatrix firstInputs, RowMatrix firstOutputs, RowMatrix secondInputs, RowMatrix secondOutputs, FrontierOptions options)
    {
        if (options.Orientation is not (FrontierOrientation.Input or FrontierOrientation.Output))
        {
            throw new ArgumentException("The Malmquist index has input or output orientation.", nameof(options));
        }

        Numerics.Check.SameLength(firstInputs.Rows, secondInputs.Rows, nameof(secondInputs));
        var constant = options with { Returns = ReturnsToScale.Constant };
        var variable = options with { Returns = ReturnsToScale.Variable };
        var first = (firstInputs, firstOutputs);
        var second = (secondInputs, secondOutputs);
        var (e00, e11) = (Measure(first, first, constant), Measure(second, second, constant));
        var (e01, e10) = (Measure(second, first, constant), Measure(first, second, constant));
        var (v0, v1) = (Measure(first, first, variable), Measure(second, second, variable));
        var n = e00.Length;
        var result = new MalmquistResult(new double[n], new double[n], new double[n], new double[n], new double[n]);
        for (var unit = 0; unit < n; unit++)
        {
            result.EfficiencyChange[unit] = e11[unit] / e00[unit];
            result.TechnicalChange[unit] = Math.Sqrt(e01[unit] / e11[unit] * (e00[unit] / e10[unit]));
            result.Index[unit] = result.EfficiencyChange[unit] * result.TechnicalChange[unit];
            result.PureEfficiencyChange[unit] = v1[unit] / v0[unit];
            result.ScaleChange[unit] = result.EfficiencyChange[unit] / result.PureEfficiencyChange[unit];
        }

        return result;
    }

    private static double[] Measure((RowMatrix Inputs, RowMatrix Outputs) units, (RowMatrix Inputs, RowMatrix Outputs) frontier, FrontierOptions options)
    {
        var efficiency = Dea.Efficiency(units.Inputs, units.Outputs, frontier.Inputs, frontier.Outputs, options).Efficiency;
        return options.Orientation == FrontierOrientation.Output ? [.. efficiency.Select(phi => 1 / phi)] : efficiency;
    }
}
