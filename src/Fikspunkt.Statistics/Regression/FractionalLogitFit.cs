using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Regression;

/// <summary>A fitted fractional logit. Arrays follow the rows or columns of the design.</summary>
public sealed class FractionalLogitFit
{
    private readonly RowMatrix _x;
    private readonly double[] _y;
    private readonly double[] _weights;
    private readonly HouseholderQr _qr;
    private readonly RowMatrix _inverseRoot;
    private readonly BasisRows _rows;

    internal FractionalLogitFit(RowMatrix x, double[] y, double[] weights, int units, double mean, double[] coefficients, LogitNewton top)
    {
        (_x, _y, _weights) = (x, y, weights);
        Units = units;
        Coefficients = coefficients;
        Fitted = top.Mean;
        LinearPredictor = top.Eta;
        double[] root = [.. weights.Zip(top.Variance, (w, v) => Math.Sqrt(w * v))];
        _qr = HouseholderQr.Factorise(x, root);
        _inverseRoot = _qr.InverseRoot();
        UnscaledCovariance = Sandwich.Square(_inverseRoot);
        Leverage = new double[y.Length];
        PearsonResiduals = new double[y.Length];
        for (var i = 0; i < y.Length; i++)
        {
            Leverage[i] = LinearRegression.Dot(_qr.Q.Row(i), _qr.Q.Row(i));
            PearsonResiduals[i] = Math.Sqrt(weights[i] / top.Variance[i]) * (y[i] - Fitted[i]);
        }

        _rows = new BasisRows(x, root, _qr, _qr.Q);
        CovarianceHc0 = Sandwich.Of(_inverseRoot, _rows, PearsonResiduals, new ParallelOptions { MaxDegreeOfParallelism = 1 });
        Dispersion = CompensatedSum.OfSquares(PearsonResiduals) / DegreesOfFreedom;
        var (deviance, atMean) = (default(CompensatedSum), default(CompensatedSum));
        for (var i = 0; i < y.Length; i++)
        {
            deviance.Add(weights[i] * UnitDeviance(y[i], Fitted[i], LinearPredictor[i]));
            atMean.Add(weights[i] * UnitDeviance(y[i], mean, Math.Log(mean / (1 - mean))));
        }

        (Deviance, NullDeviance) = (deviance.Value, atMean.Value);
    }

    /// <summary>Number of units: rows with a weight above 0.</summary>
    public int Units { get; }

    /// <summary>n - k.</summary>
    public int DegreesOfFreedom => Units - Coefficients.Length;

    /// <summary>b, in the order of the columns.</summary>
    public double[] Coefficients { get; }

    /// <summary>mu_i, strictly between 0 and 1.</summary>
    public double[] Fitted { get; }

    /// <summary>x_i'b, log odds.</summary>
    public double[] LinearPredictor { get; }

    /// <summary>Hat values of the weighted design at convergence, w_i mu_i (1 - mu_i) x_i' A x_i.</summary>
    public double[] Leverage { get; }

    /// <summary>sqrt(w_i) (y_i - mu_i) / sqrt(mu_i (1 - mu_i)), not divided by the dispersion.</summary>
    public double[] PearsonResiduals { get; }

    /// <summary>A = (X' diag(w mu (1 - mu)) X)^-1. Times <see cref="Dispersion"/> it is the quasi-likelihood covariance.</summary>
    public RowMatrix UnscaledCovariance { get; }

    /// <summary>Robust covariance A [sum of w_i^2 (y_i - mu_i)^2 x_i x_i'] A, without a small-sample factor.</summary>
    public RowMatrix CovarianceHc0 { get; }

    /// <summary>Pearson dispersion: sum of squared Pearson residuals / (n - k).</summary>
    public double Dispersion { get; }

    /// <summary>2 sum of w [y log(y / mu) + (1 - y) log((1 - y)/(1 - mu))].</summary>
    public double Deviance { get; }

    /// <summary>The same with the weighted mean of y for mu.</summary>
    public double NullDeviance { get; }

    /// <summary>Covariance of the coefficients when the rows of a cluster may depend on each other.</summary>
    /// <param name="groups">The cluster of each row: 0, 1, ..., each used.</param>
    /// <param name="kind">Small-sample correction.</param>
    /// <exception cref="TooFewClustersException">Fewer than two clusters have a weighted row.</exception>
    public ClusterCovariance ClusterCovariance(ReadOnlySpan<int> groups, ClusterKind kind = ClusterKind.Cr1) =>
        ClusterSandwich.Of(_rows, _inverseRoot, PearsonResiduals, groups, kind, Units);

    /// <summary>Exact refits without each row in turn, started from the full fit.</summary>
    /// <exception cref="SeparationException">Without some row, shares of 0 or 1 are predicted perfectly.</exception>
    public LeaveGroupOutFit LeaveOneOut() => LeaveGroupOut([.. Enumerable.Range(0, _y.Length)]);

    /// <summary>Exact refits without each group in turn, started from the full fit.
    /// NaN where the other groups do not decide all coefficients.</summary>
    /// <param name="groups">The group of each row: 0, 1, ..., each used.</param>
    /// <exception cref="SeparationException">Without some group, shares of 0 or 1 are predicted perfectly.</exception>
    public LeaveGroupOutFit LeaveGroupOut(ReadOnlySpan<int> groups)
    {
        var count = Check.Groups(groups, _y.Length);
        var members = LeaveGroupOutLinear.Members(groups, count);
        var fitted = new double[_y.Length];
        var coefficients = new RowMatrix(count, _x.Columns);
        var newton = new LogitNewton(FractionalLogit.Basis(_x, _qr), _y);
        var start = _qr.FromCoefficients(Coefficients);
        var weights = (double[])_weights.Clone();
        for (var group = 0; group < count; group++)
        {
            SetAside(members[group], weights);
            var g = (double[])start.Clone();
            if (newton.Run(g, weights, group))
            {
                _qr.Coefficients(g).CopyTo(coefficients.Row(group));
                Array.ForEach(members[group], i => fitted[i] = newton.Mean[i]);
            }
            else
            {
                coefficients.Row(group).Fill(double.NaN);
                Array.ForEach(members[group], i => fitted[i] = double.NaN);
            }

            PutBack(members[group], weights);
        }

        return new LeaveGroupOutFit(fitted, coefficients);
    }

    /// <summary>How the expectation of each row, made without its own group, moves with the responses of the others (delta method):
    /// a[i, j] = d mu_(-i) / d y_j = mu_i (1 - mu_i) x_i' (X'WVX)_(-G)^-1 x_j w_j, all at the fit without the group G of i; 0 for j in G.</summary>
    /// <param name="groups">The group of each row: 0, 1, ..., each used.</param>
    /// <param name="leftOut">What <see cref="LeaveGroupOut"/> gave for the same groups.</param>
    /// <returns>n x n; NaN where the fit without the group is.</returns>
    public RowMatrix LeaveGroupOutWeights(ReadOnlySpan<int> groups, LeaveGroupOutFit leftOut)
    {
        var (n, k) = (_y.Length, _x.Columns);
        var count = Check.Groups(groups, n);
        var members = LeaveGroupOutLinear.Members(groups, count);
        var result = new RowMatrix(n, n);
        var u = FractionalLogit.Basis(_x, _qr);
        var newton = new LogitNewton(u, _y);
        var weights = (double[])_weights.Clone();
        var (row, own) = (new double[k], new double[k]);
        for (var group = 0; group < count; group++)
        {
            SetAside(members[group], weights);
            newton.SetPredictors(_qr.FromCoefficients(leftOut.Coefficients.Row(group)));
            var known = newton.FactoriseHessian(weights);
            foreach (var i in members[group])
            {
                for (var j = 0; j < k; j++)
                {
                    own[j] = u[j][i];
                }

                if (known)
                {
                    Cholesky.Solve(newton.Hessian, k, own);
                }

                for (var j = 0; j < n; j++)
                {
                    for (var a = 0; a < k; a++)
                    {
                        row[a] = u[a][j];
                    }

                    result[i, j] = known ? newton.Variance[i] * LinearRegression.Dot(own, row) * weights[j] : double.NaN;
                }
            }

            PutBack(members[group], weights);
        }

        return result;
    }

    private static void SetAside(int[] rows, double[] weights) => Array.ForEach(rows, i => weights[i] = 0);

    private void PutBack(int[] rows, double[] weights) => Array.ForEach(rows, i => weights[i] = _weights[i]);

    private static double UnitDeviance(double y, double mu, double eta)
    {
        // log mu = -log(1 + exp(-eta)) without cancellation at either end.
        var logMean = -SoftPlus(-eta);
        var logRest = -SoftPlus(eta);
        var first = y > 0 ? y * (Math.Log(y) - logMean) : 0;
        var second = y < 1 ? (1 - y) * (Math.Log(1 - y) - logRest) : 0;
        return 2 * Math.Max(0, y == mu ? 0 : first + second);
    }

    private static double SoftPlus(double eta) => Math.Max(eta, 0) + Elementary.Log1P(Math.Exp(-Math.Abs(eta)));
}
