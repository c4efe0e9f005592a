using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Regression;

/// <summary>A fitted generalized linear model. Arrays follow the rows or columns of the design.</summary>
public sealed class GlmFit
{
    private const int RowsPerPart = 4096;

    private readonly double[] _weights;
    private readonly double[] _y;
    private readonly GlmModel _model;

    internal GlmFit(
        RowMatrix x, GlmModel model, double[] y, double[] weights, int units, double[] coefficients, double[] eta, RowMatrix unscaled, int iterations,
        ParallelOptions parallel)
    {
        (_y, _weights, _model) = (y, weights, model);
        (Design, Units, Coefficients, LinearPredictor, UnscaledCovariance, Iterations) = (x, units, coefficients, eta, unscaled, iterations);
        Fitted = new double[y.Length];

        // Sums by fixed parts of the rows, added in their order: the same bits for any number of threads.
        var parts = (y.Length + RowsPerPart - 1) / RowsPerPart;
        var (deviance, pearson) = (new double[parts], new double[parts]);
        Parallel.For(0, parts, parallel, part =>
        {
            var (ownDeviance, ownPearson) = (default(CompensatedSum), default(CompensatedSum));
            for (var i = part * RowsPerPart; i < Math.Min(y.Length, (part + 1) * RowsPerPart); i++)
            {
                Fitted[i] = model.Mean(eta[i]);
                ownDeviance.Add(weights[i] * model.UnitDeviance(y[i], eta[i]));
                ownPearson.Add(Square(PearsonResidual(i)));
            }

            (deviance[part], pearson[part]) = (ownDeviance.Value, ownPearson.Value);
        });
        (Deviance, PearsonChiSquared) = (CompensatedSum.Of(deviance), CompensatedSum.Of(pearson));
        Dispersion = model.EstimatesDispersion ? PearsonChiSquared / DegreesOfFreedom : 1;
    }

    /// <summary>The design.</summary>
    public RowMatrix Design { get; }

    /// <summary>Rows with a weight above 0.</summary>
    public int Units { get; }

    /// <summary>n - k.</summary>
    public int DegreesOfFreedom => Units - Coefficients.Length;

    /// <summary>b.</summary>
    public double[] Coefficients { get; }

    /// <summary>offset + x_i'b.</summary>
    public double[] LinearPredictor { get; }

    /// <summary>mu_i.</summary>
    public double[] Fitted { get; }

    /// <summary>(X'WX)^-1, W the expected information about the linear predictors for dispersion 1.</summary>
    public RowMatrix UnscaledCovariance { get; }

    /// <summary>1 for the binomial and the Poisson family; otherwise Pearson's chi-square / (n - k).</summary>
    public double Dispersion { get; }

    /// <summary>The dispersion times (X'WX)^-1.</summary>
    public RowMatrix Covariance => Sandwich.Scale(UnscaledCovariance, Dispersion);

    /// <summary>Twice the log likelihood lacking to a perfect fit; the residual sum of squares for the Gaussian family.</summary>
    public double Deviance { get; }

    /// <summary>Sum of w (y - mu)^2 / V(mu).</summary>
    public double PearsonChiSquared { get; }

    /// <summary>Newton steps taken.</summary>
    public int Iterations { get; }

    /// <summary>sqrt(w) (y - mu) / sqrt(V(mu)), not divided by the dispersion.</summary>
    public double[] PearsonResiduals => [.. Enumerable.Range(0, _y.Length).Select(PearsonResidual)];

    /// <summary>Sum of w_i times the log density at dispersion 1: Poisson in full, binomial without the number of ways to choose,
    /// NaN for the Gaussian family (whose variance is estimated; use the deviance).</summary>
    public double LogLikelihood()
    {
        if (_model.Family == GlmFamily.Gaussian)
        {
            return double.NaN;
        }

        var sum = default(CompensatedSum);
        for (var i = 0; i < _y.Length; i++)
        {
            sum.Add(_weights[i] * _model.LogLikelihood(_y[i], LinearPredictor[i]));
        }

        return sum.Value;
    }

    private double PearsonResidual(int row) =>
        _weights[row] == 0 ? 0 : Math.Sqrt(_weights[row] / _model.Variance(LinearPredictor[row])) * (_y[row] - Fitted[row]);

    private static double Square(double value) => value * value;
}
