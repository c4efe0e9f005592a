using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Benchmarks.Expected;

/// <summary>The variance of true differences between units, beyond chance.</summary>
/// <remarks>
/// Restricted likelihood of the units' mean residuals r (over their periods) with variance v_i = c_i + tau^2 s_i^2, c_i the chance
/// variance and s_i the slope (p(1 - p), or 1), net of the model's columns Z_i = s_i x_i:
/// sum log v_i + log|Z'V^-1 Z| + r'Pr is smallest. Weighting by 1 / v makes it efficient although the model itself weighs by exposure.
/// </remarks>
internal sealed class EffectVariance
{
    private readonly RowMatrix design;
    private readonly double[] residual;
    private readonly double[] slope;

    private EffectVariance(RowMatrix design, double[] residual, double[] slope) => (this.design, this.residual, this.slope) = (design, residual, slope);

    /// <summary>Takes the mean residual of every unit.</summary>
    public static EffectVariance Of(Expectation expectation)
    {
        var rows = expectation.Rows;
        var units = rows.Groups.Max() + 1;
        var columns = rows.X.Columns - rows.Periods.Count + 1;
        var meanRows = new RowMatrix(units, columns);
        var meanResiduals = new double[units];
        var meanSlopes = new double[units];
        var count = new int[units];
        foreach (var group in rows.Groups)
        {
            count[group]++;
        }

        for (var r = 0; r < rows.Count; r++)
        {
            var group = rows.Groups[r];
            var s = expectation.Slope(expectation.InSample[r]);
            meanSlopes[group] += s / count[group];
            meanResiduals[group] += (rows.Shares[r] - expectation.InSample[r]) / count[group];
            for (var j = 0; j < columns; j++)
            {
                meanRows[group, j] += s * rows.X[r, j] / count[group];
            }
        }

        return new EffectVariance(meanRows, meanResiduals, meanSlopes);
    }

    /// <summary>tau^2 on the scale of the linear predictor, given the chance variance of each unit's mean.</summary>
    public double Estimate(double[] chance)
    {
        var largest = Largest();
        var root = Minimum.Of(t => Deviance(chance, t * t), 0, Math.Sqrt(largest), refinements: 30);
        return root * root;
    }

    /// <summary>
    /// Overdispersion from one cross-section: chance is <c>factor</c> x binomial, so that it fades with size while true differences do not.
    /// The factor is at least 1.
    /// </summary>
    public double EstimateFactor(double[] binomial)
    {
        var largest = Math.Sqrt(Largest());
        var typical = binomial.Order().ElementAt(binomial.Length / 2);
        var factor = Minimum.Of(
            log =>
            {
                var chance = Array.ConvertAll(binomial, v => Math.Exp(log) * v);
                var tau = Minimum.Of(t => Deviance(chance, t * t), 0, largest, 12, 16);
                return Deviance(chance, tau * tau);
            },
            0,
            Math.Log(Math.Max(4 * largest * largest * slope.Max() * slope.Max() / typical, Math.E)),
            12,
            16);
        return Math.Exp(factor);
    }

    private double Largest()
    {
        var sum = 0.0;
        for (var i = 0; i < residual.Length; i++)
        {
            sum += residual[i] * residual[i] / (slope[i] * slope[i]);
        }

        return 4 * sum / Math.Max(residual.Length - design.Columns, 1);
    }

    private double Deviance(double[] chance, double variance)
    {
        var weights = new double[residual.Length];
        var log = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            var v = chance[i] + (variance * slope[i] * slope[i]);
            weights[i] = 1 / v;
            log += Math.Log(v);
        }

        var fit = LinearRegression.Fit(design, residual, weights);
        var factor = (double[])fit.UnscaledCovariance.Values.Clone();
        var inverse = Cholesky.TryFactorise(factor, design.Columns) ? Cholesky.LogDeterminant(factor, design.Columns) : 0;
        return log - inverse + fit.ResidualSumOfSquares;
    }
}
