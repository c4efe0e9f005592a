using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Regression;

/// <summary>A fitted weighted linear regression. Arrays follow the rows or columns of the design.</summary>
public sealed class LinearFit
{
    /// <summary>A unit with a leverage closer to 1 than this alone decides a coefficient; nothing can be said without it.</summary>
    internal const double LeverageTolerance = 1e-10;

    private readonly RowMatrix _x;
    private readonly double[] _y;
    private readonly double[] _weights;
    private readonly double[] _root;
    private readonly HouseholderQr _qr;
    private readonly double[] _projection;
    private readonly double[] _rootedResiduals;
    private readonly RowMatrix _inverseRoot;

    internal LinearFit(RowMatrix x, double[] y, double[] weights, double[] root, HouseholderQr qr, double[] projection, double[] rootedResiduals, int units)
    {
        (_x, _y, _weights, _root, _qr, _projection, _rootedResiduals) = (x, y, weights, root, qr, projection, rootedResiduals);
        _inverseRoot = qr.InverseRoot();
        Units = units;
        Coefficients = qr.Coefficients(projection);
        UnscaledCovariance = Sandwich.Square(_inverseRoot);
        Fitted = new double[y.Length];
        Residuals = new double[y.Length];
        Leverage = new double[y.Length];
        LeaveOneOutFitted = new double[y.Length];
        LeaveOneOutResiduals = new double[y.Length];
        for (var i = 0; i < y.Length; i++)
        {
            var q = qr.Q.Row(i);
            Leverage[i] = LinearRegression.Dot(q, q);
            Residuals[i] = root[i] > 0 ? rootedResiduals[i] / root[i] : y[i] - LinearRegression.Dot(x.Row(i), Coefficients);
            Fitted[i] = y[i] - Residuals[i];
            var rest = 1 - Leverage[i];
            LeaveOneOutResiduals[i] = rest > LeverageTolerance ? Residuals[i] / rest : double.NaN;
            LeaveOneOutFitted[i] = y[i] - LeaveOneOutResiduals[i];
        }

        ResidualSumOfSquares = CompensatedSum.OfSquares(rootedResiduals);
        ResidualVariance = ResidualSumOfSquares / DegreesOfFreedom;
        var mean = CompensatedSum.OfProducts(weights, y) / CompensatedSum.Of(weights);
        var total = new CompensatedSum();
        for (var i = 0; i < y.Length; i++)
        {
            total.Add(weights[i] * (y[i] - mean) * (y[i] - mean));
        }

        TotalSumOfSquares = total.Value;
    }

    /// <summary>Number of units: rows with a weight above 0.</summary>
    public int Units { get; }

    /// <summary>n - k.</summary>
    public int DegreesOfFreedom => Units - Coefficients.Length;

    /// <summary>b, in the order of the columns.</summary>
    public double[] Coefficients { get; }

    /// <summary>x_i'b.</summary>
    public double[] Fitted { get; }

    /// <summary>e_i = y_i - x_i'b (never multiplied by the root of the weight).</summary>
    public double[] Residuals { get; }

    /// <summary>h_i = w_i x_i'(X'WX)^-1 x_i, from 0 to 1; they add up to the number of columns.</summary>
    public double[] Leverage { get; }

    /// <summary>What the fit without unit i predicts for it: y_i - e_i / (1 - h_i).
    /// NaN where the other units cannot predict it (h_i = 1: the unit alone decides a coefficient).</summary>
    public double[] LeaveOneOutFitted { get; }

    /// <summary>e_i / (1 - h_i); NaN where <see cref="LeaveOneOutFitted"/> is.</summary>
    public double[] LeaveOneOutResiduals { get; }

    /// <summary>Sum of w_i e_i^2.</summary>
    public double ResidualSumOfSquares { get; }

    /// <summary>Sum of w_i (y_i - weighted mean)^2.</summary>
    public double TotalSumOfSquares { get; }

    /// <summary>sigma^2 = residual sum of squares / (n - k): the variance of a unit with weight 1.</summary>
    public double ResidualVariance { get; }

    /// <summary>(X'WX)^-1.</summary>
    public RowMatrix UnscaledCovariance { get; }

    /// <summary>1 - residual / total sum of squares around the weighted mean; NaN when the response is constant.</summary>
    public double RSquared => TotalSumOfSquares > 0 ? 1 - (ResidualSumOfSquares / TotalSumOfSquares) : double.NaN;

    /// <summary>1 - (1 - R^2)(n - 1)/(n - k).</summary>
    public double AdjustedRSquared => 1 - ((1 - RSquared) * (Units - 1) / DegreesOfFreedom);

    /// <summary>F statistic of all columns but the intercept, with k - 1 and n - k degrees of freedom.
    /// Means something only if the design has an intercept.</summary>
    public double FStatistic => RSquared / (Coefficients.Length - 1) / ((1 - RSquared) / DegreesOfFreedom);

    /// <summary>Covariance of the coefficients, k x k.</summary>
    /// <remarks>HC2 and HC3 are NaN when a unit has a leverage of 1.</remarks>
    public RowMatrix Covariance(CovarianceKind kind)
    {
        if (kind == CovarianceKind.Classical)
        {
            return Sandwich.Scale(UnscaledCovariance, ResidualVariance);
        }

        var scores = new double[_y.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            var rest = 1 - Leverage[i] > LeverageTolerance ? 1 - Leverage[i] : double.NaN;
            scores[i] = _rootedResiduals[i] * kind switch
            {
                CovarianceKind.Hc0 => 1,
                CovarianceKind.Hc1 => Math.Sqrt((double)Units / DegreesOfFreedom),
                CovarianceKind.Hc2 => 1 / Math.Sqrt(rest),
                CovarianceKind.Hc3 => 1 / rest,
                _ => throw new ArgumentOutOfRangeException(nameof(kind)),
            };
        }

        return Sandwich.Of(_inverseRoot, _qr.Q, scores);
    }

    /// <summary>The coefficients of the fit without unit <paramref name="i"/>:
    /// b - (X'WX)^-1 x_i w_i e_i / (1 - h_i). NaN where the others do not decide them all (h_i = 1).</summary>
    public double[] LeaveOneOutCoefficients(int i)
    {
        var rest = 1 - Leverage[i] > LeverageTolerance ? 1 - Leverage[i] : double.NaN;
        var g = (double[])_projection.Clone();
        for (var j = 0; j < g.Length; j++)
        {
            g[j] -= _qr.Q[i, j] * _rootedResiduals[i] / rest;
        }

        return _qr.Coefficients(g);
    }

    /// <summary>Fits without each group in turn, by formula, without refitting.</summary>
    /// <param name="groups">The group of each row: 0, 1, ..., each used.</param>
    /// <remarks>In the orthonormal basis Q of sqrt(W) X with g = Q' sqrt(W) y, the fit without rows G is
    /// g - (I - Q_G'Q_G)^-1 Q_G' e_G. NaN where the other groups do not decide all coefficients.</remarks>
    public LeaveGroupOutFit LeaveGroupOut(ReadOnlySpan<int> groups) =>
        LeaveGroupOutLinear.Compute(_x, _root, _qr, _projection, _rootedResiduals, groups);

    /// <summary>The weights a with which the responses of others make up a unit's own expectation:
    /// the fit without row i's group predicts sum over j of a[i, j] y_j for row i, and a[i, j] = 0 for j in that group.</summary>
    /// <param name="groups">The group of each row: 0, 1, ..., each used; row numbers for plain leave-one-out.</param>
    /// <returns>n x n; a row is NaN where the other groups do not decide all coefficients.</returns>
    public RowMatrix LeaveGroupOutWeights(ReadOnlySpan<int> groups) =>
        LeaveGroupOutLinear.Weights(_x, _root, _qr, groups);
}
