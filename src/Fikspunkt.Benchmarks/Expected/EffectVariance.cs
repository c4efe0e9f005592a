using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Benchmarks.Expected;

/// <summary>What is known of the variance of true differences between units, on the scale of the linear predictor.</summary>
/// <param name="Variances">Possible values of tau^2.</param>
/// <param name="Weights">Their probabilities; they add up to 1.</param>
internal sealed record EffectSpread(double[] Variances, double[] Weights)
{
    /// <summary>The mean of tau^2. Never 0, unlike the likelihood's highest point, which often is when chance is large.</summary>
    public double Mean { get; } = Expectation.Dot(Variances, Weights);

    /// <summary>
    /// Empirical Bayes estimate of a true difference and its standard deviation, averaged over what tau^2 may be:
    /// given tau^2 the difference d is drawn towards 0 by B = T/(T + v) with variance B v, T = tau^2 slope^2.
    /// </summary>
    public (double Estimate, double StandardDeviation) Shrink(double difference, double variance, double slope)
    {
        double mean = 0, within = 0, squares = 0;
        for (var j = 0; j < Weights.Length; j++)
        {
            var effect = Variances[j] * slope * slope;
            var keep = effect / (effect + variance);
            mean += Weights[j] * keep;
            squares += Weights[j] * keep * keep;
            within += Weights[j] * keep * variance;
        }

        return (mean * difference, Math.Sqrt(within + (Math.Max(squares - (mean * mean), 0) * difference * difference)));
    }
}

/// <summary>Estimates the variance of true differences between units, beyond chance.</summary>
/// <remarks>
/// Restricted likelihood of the units' mean residuals r (over their periods) with variance v_i = c_i + tau^2 s_i^2, c_i the chance
/// variance and s_i the slope (p(1 - p), or 1), net of the model's columns Z_i = s_i x_i. Minus twice its logarithm is
/// sum log v_i + log|Z'V^-1 Z| + r'Pr. Weighting by 1 / v makes it efficient although the model itself weighs by exposure.
/// The posterior has a flat prior on tau (Gelman, Bayesian Analysis 1 (2006) 515-534).
/// </remarks>
internal sealed class EffectVariance
{
    /// <summary>Where minus twice the log likelihood has risen by this much, the rest of the posterior does not matter.</summary>
    private const double Negligible = 14;

    private const int GridPoints = 32;

    private readonly RowMatrix design;
    private readonly double[] residual;
    private readonly double[] slope;

    public EffectVariance(RowMatrix design, double[] residual, double[] slope) => (this.design, this.residual, this.slope) = (design, residual, slope);

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

    /// <summary>The posterior of tau^2, given the chance variance of each unit's mean.</summary>
    public EffectSpread Posterior(double[] chance)
    {
        var largest = Math.Sqrt(Largest());
        var mode = Minimum.Of(t => Deviance(chance, t * t), 0, largest, 16, 16);
        var lowest = Deviance(chance, mode * mode);
        var low = Edge(mode, 0);
        var high = Edge(mode, largest);
        var variances = new double[GridPoints];
        var weights = new double[GridPoints];
        for (var j = 0; j < GridPoints; j++)
        {
            // Middles of equal steps in tau: the midpoint rule.
            var tau = low + ((high - low) * (j + 0.5) / GridPoints);
            variances[j] = tau * tau;
            weights[j] = Math.Exp(-0.5 * (Deviance(chance, variances[j]) - lowest));
        }

        var sum = weights.Sum();
        return new EffectSpread(variances, Array.ConvertAll(weights, weight => weight / sum));

        double Edge(double inside, double outside)
        {
            for (var step = 0; step < 12; step++)
            {
                var middle = 0.5 * (inside + outside);
                (inside, outside) = Deviance(chance, middle * middle) - lowest < Negligible ? (middle, outside) : (inside, middle);
            }

            return outside;
        }
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
