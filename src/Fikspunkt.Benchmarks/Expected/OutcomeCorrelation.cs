using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Benchmarks.Expected;

/// <summary>How outcomes vary together within an area, which decides how sure a total is (communicating vessels).</summary>
internal static class OutcomeCorrelation
{
    private const double LargestCorrelation = 0.95;

    /// <summary>
    /// Correlation of chance. From the panel: of the outcomes' standardised movements around each unit's own level. Without a panel:
    /// that of multinomial counts, -sqrt(p_g p_h / ((1 - p_g)(1 - p_h))), at the national shares.
    /// </summary>
    public static RowMatrix OfChance(ModelSpec spec, IReadOnlyList<OutcomeModel> models)
    {
        var nationalShares = models.Select(model => NationalShare(model.Fits[^1].Expectation.Rows)).ToArray();
        var movements = models.Select(Movements).ToArray();
        return Fill(models.Count, (g, h) =>
        {
            if (spec.Noise.Model == NoiseModel.Panel)
            {
                double product = 0, left = 0, right = 0;
                foreach (var (key, value) in movements[g])
                {
                    if (movements[h].TryGetValue(key, out var other))
                    {
                        product += value * other;
                        left += value * value;
                        right += other * other;
                    }
                }

                return left > 0 && right > 0 ? product / Math.Sqrt(left * right) : 0;
            }

            return -Math.Sqrt(nationalShares[g] * nationalShares[h] / ((1 - nationalShares[g]) * (1 - nationalShares[h])));
        });
    }

    /// <summary>
    /// Correlation of true effects, by moments over the units of one fit: the residuals' products less the chance part, over the product of
    /// the effects' standard deviations. Residuals are divided by sqrt(1 - leverage).
    /// </summary>
    public static RowMatrix OfEffects(IReadOnlyList<ErrorParts> parts, RowMatrix chance)
    {
        var residuals = parts.Select(Residuals).ToArray();
        return Fill(parts.Count, (g, h) =>
        {
            double sum = 0, scale = 0;
            foreach (var (key, left) in residuals[g])
            {
                if (residuals[h].TryGetValue(key, out var right))
                {
                    // Weight 1 / (total variances): the least noisy units decide.
                    var effects = left.Effect * right.Effect;
                    var weight = effects / (((left.Chance * left.Chance) + (left.Effect * left.Effect)) * ((right.Chance * right.Chance) + (right.Effect * right.Effect)));
                    sum += weight * ((left.Residual * right.Residual) - (chance[g, h] * left.Chance * right.Chance));
                    scale += weight * effects;
                }
            }

            return scale > 0 ? sum / scale : 0;
        });
    }

    /// <summary>A symmetric matrix with ones on the diagonal, its other elements shrunk together until it is a correlation matrix.</summary>
    private static RowMatrix Fill(int size, Func<int, int, double> element)
    {
        var matrix = new RowMatrix(size, size);
        for (var g = 0; g < size; g++)
        {
            matrix[g, g] = 1;
            for (var h = 0; h < g; h++)
            {
                matrix[g, h] = matrix[h, g] = Math.Clamp(element(g, h), -LargestCorrelation, LargestCorrelation);
            }
        }

        while (!Cholesky.TryFactorise((double[])matrix.Values.Clone(), size))
        {
            for (var v = 0; v < matrix.Values.Length; v++)
            {
                matrix.Values[v] *= v % (size + 1) == 0 ? 1 : LargestCorrelation;
            }
        }

        return matrix;
    }

    private static Dictionary<(int Unit, int Month), double> Movements(OutcomeModel model)
    {
        var movements = new Dictionary<(int, int), double>();
        for (var unit = 0; model.NoisePeriods.Count > 0 && unit < model.NoisePeriods[0].Residual.Length; unit++)
        {
            var own = model.NoisePeriods.Where(period => !double.IsNaN(period.Residual[unit])).ToArray();
            if (own.Length > 1)
            {
                var deviation = Array.ConvertAll(own, period => Math.Sqrt(model.Noise!.Variance(period.Share[unit], period.Slope[unit], period.Exposure[unit])));
                double[] y = [.. own.Select((period, t) => period.Residual[unit] / deviation[t])];
                double[] z = [.. own.Select((period, t) => period.Slope[unit] / deviation[t])];
                var level = Expectation.Dot(y, z) / Expectation.Dot(z, z);
                for (var t = 0; t < own.Length; t++)
                {
                    movements.Add((unit, own[t].EndMonth), y[t] - (level * z[t]));
                }
            }
        }

        return movements;
    }

    private static Dictionary<(int Unit, int Time), (double Residual, double Chance, double Effect)> Residuals(ErrorParts part)
    {
        var rows = part.Expectation.Rows;
        return Enumerable.Range(0, rows.Count).ToDictionary(
            r => (rows.Unit[r], rows.Time[r]),
            r => ((rows.Shares[r] - part.Expectation.InSample[r]) / Math.Sqrt(Math.Max(1 - part.Expectation.Leverage[r], 1e-6)), part.ChanceSd[r], part.EffectSd[r]));
    }

    private static double NationalShare(FitRows rows) => Expectation.Dot(rows.Shares, rows.Exposure) / rows.Exposure.Sum();
}
