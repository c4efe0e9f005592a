namespace Fikspunkt.Statistics.Frontiers;

/// <summary>What could be saved or gained if every unit did as well as its peers, in the units of the data.</summary>
/// <param name="ByUnit">Units x columns: what each unit's move to the frontier changes, slacks aside. 0 where the efficiency is not finite.</param>
/// <param name="Total">Sum over the units, by column.</param>
/// <param name="Share">The sum over the column's total; NaN where that is 0.</param>
public sealed record PotentialResult(RowMatrix ByUnit, double[] Total, double[] Share)
{
    /// <summary>The same in money, unit by unit.</summary>
    /// <param name="prices">kr per data unit, one for each column.</param>
    /// <returns>kr for each unit, not rounded.</returns>
    /// <exception cref="ArgumentException">As many prices are needed as columns.</exception>
    /// <exception cref="OverflowException">The amount is beyond <see cref="decimal"/>.</exception>
    public decimal[] InMoney(ReadOnlySpan<decimal> prices)
    {
        Numerics.Check.SameLength(Total.Length, prices.Length, nameof(prices));
        var money = new decimal[ByUnit.Rows];
        for (var unit = 0; unit < money.Length; unit++)
        {
            for (var column = 0; column < prices.Length; column++)
            {
                money[unit] += (decimal)ByUnit[unit, column] * prices[column];
            }
        }

        return money;
    }
}

/// <summary>From efficiencies to potentials: (1 - theta) x saved for an input, (phi - 1) y gained for an output.</summary>
public static class Potential
{
    /// <summary>Inputs saved at the efficiency theta of an input-oriented result.</summary>
    /// <param name="inputs">Units x inputs.</param>
    /// <param name="result">The result for these units.</param>
    /// <param name="fixedInputs">Columns that are not scaled; they save nothing.</param>
    /// <exception cref="ArgumentException">Shapes do not match.</exception>
    public static PotentialResult OfInputs(RowMatrix inputs, FrontierResult result, IReadOnlyList<int>? fixedInputs = null) =>
        Of(inputs, result.Efficiency, fixedInputs, theta => 1 - theta);

    /// <summary>Outputs gained at the efficiency phi of an output-oriented result.</summary>
    /// <param name="outputs">Units x outputs.</param>
    /// <param name="result">The result for these units.</param>
    /// <param name="fixedOutputs">Columns that are not scaled; they gain nothing.</param>
    /// <exception cref="ArgumentException">Shapes do not match.</exception>
    public static PotentialResult OfOutputs(RowMatrix outputs, FrontierResult result, IReadOnlyList<int>? fixedOutputs = null) =>
        Of(outputs, result.Efficiency, fixedOutputs, phi => phi - 1);

    private static PotentialResult Of(RowMatrix data, double[] efficiency, IReadOnlyList<int>? constant, Func<double, double> part)
    {
        Numerics.Check.SameLength(data.Rows, efficiency.Length, nameof(efficiency));
        var byUnit = new RowMatrix(data.Rows, data.Columns);
        var (total, share) = (new double[data.Columns], new double[data.Columns]);
        for (var column = 0; column < data.Columns; column++)
        {
            var (changed, all) = (new Numerics.CompensatedSum(), new Numerics.CompensatedSum());
            for (var unit = 0; unit < data.Rows; unit++)
            {
                var moves = double.IsFinite(efficiency[unit]) && constant?.Contains(column) != true;
                byUnit[unit, column] = moves ? part(efficiency[unit]) * data[unit, column] : 0;
                changed.Add(byUnit[unit, column]);
                all.Add(data[unit, column]);
            }

            (total[column], share[column]) = (changed.Value, changed.Value / all.Value);
        }

        return new PotentialResult(byUnit, total, share);
    }
}
