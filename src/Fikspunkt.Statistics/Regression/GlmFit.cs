using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Regression;

/// <summary>A fitted generalized linear model. Arrays follow the rows or columns of the design.</summary>
public sealed class GlmFit
{
    private const int RowsPerPart = 4096;

    private readonly double[] _weights;
    private readonly double[] _y;
    private readonly GlmModel _model;
    private readonly ParallelOptions _parallel;
    private readonly RowMatrix _inverseRoot;
    private readonly Lazy<BasisRows> _rows;

    internal GlmFit(
        RowMatrix x, GlmModel model, double[] y, double[] weights, int units, double[] coefficients, double[] eta, IDesignBasis basis, int iterations,
        ParallelOptions parallel)
    {
        (_y, _weights, _model, _parallel) = (y, weights, model, parallel);
        (Design, Units, Coefficients, LinearPredictor, Iterations) = (x, units, coefficients, eta, iterations);
        _inverseRoot = basis.InverseRoot(x.Columns);
        UnscaledCovariance = Sandwich.Square(_inverseRoot);
        _rows = new(() => new BasisRows(x, [.. weights.Select((w, i) => Math.Sqrt(w * model.ExpectedInformation(eta[i])))], basis, stored: null));
        Fitted = new double[y.Length];

        // Sums by fixed parts of the rows, added in their order: the same bits for any number of threads.
        var parts = (y.Length + RowsPerPart - 1) / RowsPerPart;
        var (deviance, pearson) = (new double[parts], new double[parts]);
        Parallel.For(0, parts, parallel, part =>
        {
            var (from, count) = (part * RowsPerPart, Math.Min(RowsPerPart, y.Length - (part * RowsPerPart)));
            (deviance[part], pearson[part]) = model.Summaries(
                eta.AsSpan(from, count), y.AsSpan(from, count), weights.AsSpan(from, count), Fitted.AsSpan(from, count));
        });
        (Deviance, PearsonChiSquared) = (CompensatedSum.Of(deviance), CompensatedSum.Of(pearson));
        Dispersion = model.EstimatesDispersion ? PearsonChiSquared / DegreesOfFreedom : 1;
        Check.Calculated("The covariance", Covariance.Values);
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

    /// <summary>Hat values h_i = W_i x_i'(X'WX)^-1 x_i at convergence, W the expected information; they add up to the number of columns.
    /// Computed when first asked for.</summary>
    public double[] Leverage => field ??= Hats();

    /// <summary>Covariance of the coefficients, k x k: <see cref="CovarianceKind.Classical"/> is <see cref="Covariance"/>, the robust kinds are
    /// (X'WX)^-1 [sum of f_i u_i u_i'] (X'WX)^-1 with the scores u_i = w_i (y_i - mu_i) / V(mu_i) d mu_i / d eta_i x_i.</summary>
    /// <remarks>What R's sandwich gives for glm. HC2 and HC3 are NaN when a row has a leverage of 1.</remarks>
    public RowMatrix RobustCovariance(CovarianceKind kind)
    {
        if (kind == CovarianceKind.Classical)
        {
            return Covariance;
        }

        var scores = Sandwich.Scores(PearsonResiduals, kind, (double)Units / DegreesOfFreedom, i =>
            1 - Leverage[i] > LinearFit.LeverageTolerance ? 1 - Leverage[i] : double.NaN);
        return Sandwich.Of(_inverseRoot, _rows.Value, scores, _parallel);
    }

    /// <summary>Covariance of the coefficients when the rows of a cluster may depend on each other.</summary>
    /// <param name="groups">The cluster of each row: 0, 1, ..., each used.</param>
    /// <param name="kind">Small-sample correction.</param>
    /// <exception cref="TooFewClustersException">Fewer than two clusters have a row of weight above 0.</exception>
    public ClusterCovariance ClusterCovariance(ReadOnlySpan<int> groups, ClusterKind kind = ClusterKind.Cr1) =>
        ClusterSandwich.Of(_rows.Value, _inverseRoot, PearsonResiduals, groups, kind, Units);

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

    private double[] Hats()
    {
        var (hats, scratch) = (new double[_y.Length], new double[Coefficients.Length]);
        for (var i = 0; i < hats.Length; i++)
        {
            var row = _rows.Value.Weighted(i, scratch);
            hats[i] = LinearRegression.Dot(row, row);
        }

        return hats;
    }

    private double PearsonResidual(int row) =>
        _weights[row] == 0 ? 0 : Math.Sqrt(_weights[row] / _model.Variance(LinearPredictor[row])) * (_y[row] - Fitted[row]);
}
