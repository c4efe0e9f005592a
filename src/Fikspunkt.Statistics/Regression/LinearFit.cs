using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Regression;

/// <summary>A fitted weighted linear regression. Arrays follow the rows or columns of the design.</summary>
/// <remarks>Values by row (fitted, residuals, leverage, leave-one-out) are computed when first asked for.</remarks>
public sealed class LinearFit
{
    /// <summary>A unit with a leverage closer to 1 than this alone decides a coefficient; nothing can be said without it.</summary>
    internal const double LeverageTolerance = 1e-10;

    private readonly RowMatrix _x;
    private readonly double[] _y;
    private readonly double[]? _root;
    private readonly IDesignBasis _basis;
    private readonly BasisRows _rows;
    private readonly double[] _projection;
    private readonly ParallelOptions _parallel;
    private readonly Lazy<double[]> _rootedResiduals;
    private readonly Lazy<double[]> _residuals;
    private readonly Lazy<double[]> _leverage;
    private readonly Lazy<RowMatrix> _inverseRoot;
    private readonly Lazy<RowMatrix> _unscaled;

    /// <summary>A fit from what its calculation left.</summary>
    /// <param name="x">Design.</param>
    /// <param name="y">Response.</param>
    /// <param name="root">Roots of the weights; <see langword="null"/> for all 1.</param>
    /// <param name="basis">Basis of diag(root) X.</param>
    /// <param name="stored">The rows in the basis, if they are there.</param>
    /// <param name="projection">The response in the basis.</param>
    /// <param name="rootedResiduals">Residuals times root, if they are there.</param>
    /// <param name="sums">Units, residual and total sum of squares.</param>
    /// <param name="parallel">Threads of what is computed later.</param>
    internal LinearFit(
        RowMatrix x,
        double[] y,
        double[]? root,
        IDesignBasis basis,
        RowMatrix? stored,
        double[] projection,
        double[]? rootedResiduals,
        (int Units, double Residual, double Total) sums,
        ParallelOptions parallel)
    {
        (_x, _y, _root, _basis, _projection, _parallel) = (x, y, root, basis, projection, parallel);
        _rows = new BasisRows(x, root, basis, stored);
        (Units, ResidualSumOfSquares, TotalSumOfSquares) = sums;
        Coefficients = basis.Coefficients(projection);
        _inverseRoot = new(() => basis.InverseRoot(x.Columns));
        _unscaled = new(() => Sandwich.Square(_inverseRoot.Value));
        _residuals = new(() => Rows((i, _) => rootedResiduals is not null && _rows.Root(i) > 0
            ? rootedResiduals[i] / _rows.Root(i)
            : y[i] - LinearRegression.Dot(x.Row(i), Coefficients)));
        _rootedResiduals = new(() => rootedResiduals ?? Rows((i, _) => _rows.Root(i) * Residuals[i]));
        _leverage = new(() => Rows((i, scratch) =>
        {
            var row = _rows.Weighted(i, scratch);
            return LinearRegression.Dot(row, row);
        }));
    }

    /// <summary>How it was computed: <see cref="LinearMethod.Qr"/> or <see cref="LinearMethod.Gram"/>.</summary>
    public LinearMethod Method { get; internal init; } = LinearMethod.Qr;

    /// <summary>Number of units: rows with a weight above 0.</summary>
    public int Units { get; }

    /// <summary>n - k.</summary>
    public int DegreesOfFreedom => Units - Coefficients.Length;

    /// <summary>b, in the order of the columns.</summary>
    public double[] Coefficients { get; }

    /// <summary>x_i'b.</summary>
    public double[] Fitted => field ??= [.. _y.Zip(Residuals, (y, e) => y - e)];

    /// <summary>e_i = y_i - x_i'b (never multiplied by the root of the weight).</summary>
    public double[] Residuals => _residuals.Value;

    /// <summary>h_i = w_i x_i'(X'WX)^-1 x_i, from 0 to 1; they add up to the number of columns.</summary>
    public double[] Leverage => _leverage.Value;

    /// <summary>What the fit without unit i predicts for it: y_i - e_i / (1 - h_i).
    /// NaN where the other units cannot predict it (h_i = 1: the unit alone decides a coefficient).</summary>
    public double[] LeaveOneOutFitted => field ??= [.. _y.Zip(LeaveOneOutResiduals, (y, e) => y - e)];

    /// <summary>e_i / (1 - h_i); NaN where <see cref="LeaveOneOutFitted"/> is.</summary>
    public double[] LeaveOneOutResiduals => field ??= [.. Residuals.Select((e, i) => e / Rest(i))];

    /// <summary>Sum of w_i e_i^2.</summary>
    public double ResidualSumOfSquares { get; }

    /// <summary>Sum of w_i (y_i - weighted mean)^2.</summary>
    public double TotalSumOfSquares { get; }

    /// <summary>sigma^2 = residual sum of squares / (n - k): the variance of a unit with weight 1.</summary>
    public double ResidualVariance => ResidualSumOfSquares / DegreesOfFreedom;

    /// <summary>(X'WX)^-1.</summary>
    public RowMatrix UnscaledCovariance => _unscaled.Value;

    /// <summary>1 - residual / total sum of squares around the weighted mean; NaN when the response is constant.</summary>
    public double RSquared => TotalSumOfSquares > 0 ? 1 - (ResidualSumOfSquares / TotalSumOfSquares) : double.NaN;

    /// <summary>1 - (1 - R^2)(n - 1)/(n - k); NaN when the response is constant.</summary>
    public double AdjustedRSquared => 1 - ((1 - RSquared) * (Units - 1) / DegreesOfFreedom);

    /// <summary>F statistic of all columns but the intercept, with k - 1 and n - k degrees of freedom.
    /// Means something only if the design has an intercept. NaN when the response is constant or there is only one column and no residual.</summary>
    public double FStatistic => RSquared / (Coefficients.Length - 1) / ((1 - RSquared) / DegreesOfFreedom);

    /// <summary>Covariance of the coefficients, k x k.</summary>
    /// <remarks>HC2 and HC3 are NaN when a unit has a leverage of 1.</remarks>
    /// <exception cref="NumericRangeException">Values too many powers of ten from 1: a column of 1e-170, say, whose inverse square is no number.</exception>
    public RowMatrix Covariance(CovarianceKind kind)
    {
        if (kind == CovarianceKind.Classical)
        {
            var classical = Sandwich.Scale(UnscaledCovariance, ResidualVariance);
            Check.Calculated("The covariance", classical.Values);
            return classical;
        }

        var scores = Sandwich.Scores(_rootedResiduals.Value, kind, (double)Units / DegreesOfFreedom, Rest);
        var robust = Sandwich.Of(_inverseRoot.Value, _rows, scores, _parallel);
        if (kind is CovarianceKind.Hc0 or CovarianceKind.Hc1)
        {
            Check.Calculated("The covariance", robust.Values);
        }

        return robust;
    }

    /// <summary>Covariance of the coefficients when the rows of a cluster may depend on each other.</summary>
    /// <param name="groups">The cluster of each row: 0, 1, ..., each used.</param>
    /// <param name="kind">Small-sample correction.</param>
    /// <exception cref="TooFewClustersException">Fewer than two clusters have a row of weight above 0.</exception>
    public ClusterCovariance ClusterCovariance(ReadOnlySpan<int> groups, ClusterKind kind = ClusterKind.Cr1) =>
        ClusterSandwich.Of(_rows, _inverseRoot.Value, _rootedResiduals.Value, groups, kind, Units);

    /// <summary>The coefficients of the fit without unit <paramref name="i"/>:
    /// b - (X'WX)^-1 x_i w_i e_i / (1 - h_i). NaN where the others do not decide them all (h_i = 1).</summary>
    public double[] LeaveOneOutCoefficients(int i)
    {
        var g = (double[])_projection.Clone();
        var row = _rows.Weighted(i, new double[g.Length]);
        for (var j = 0; j < g.Length; j++)
        {
            g[j] -= row[j] * _rootedResiduals.Value[i] / Rest(i);
        }

        return _basis.Coefficients(g);
    }

    /// <summary>Fits without each group in turn, by formula, without refitting.</summary>
    /// <param name="groups">The group of each row: 0, 1, ..., each used.</param>
    /// <remarks>In the orthonormal basis Q of sqrt(W) X with g = Q' sqrt(W) y, the fit without rows G is
    /// g - (I - Q_G'Q_G)^-1 Q_G' e_G. NaN where the other groups do not decide all coefficients.</remarks>
    public LeaveGroupOutFit LeaveGroupOut(ReadOnlySpan<int> groups) =>
        LeaveGroupOutLinear.Compute(_rows, _basis, _projection, _rootedResiduals.Value, groups);

    /// <summary>The weights a with which the responses of others make up a unit's own expectation:
    /// the fit without row i's group predicts sum over j of a[i, j] y_j for row i, and a[i, j] = 0 for j in that group.</summary>
    /// <param name="groups">The group of each row: 0, 1, ..., each used; row numbers for plain leave-one-out.</param>
    /// <returns>n x n; a row is NaN where the other groups do not decide all coefficients.</returns>
    public RowMatrix LeaveGroupOutWeights(ReadOnlySpan<int> groups) => LeaveGroupOutLinear.Weights(_rows, groups);

    /// <summary>The same with the residual sum of squares summed over the rows.</summary>
    internal LinearFit WithSummedResiduals() =>
        new(_x, _y, _root, _basis, stored: null, _projection, rootedResiduals: null, (Units, CompensatedSum.OfSquares(_rootedResiduals.Value), TotalSumOfSquares), _parallel)
        {
            Method = Method,
        };

    private double Rest(int row) => 1 - Leverage[row] > LeverageTolerance ? 1 - Leverage[row] : double.NaN;

    private double[] Rows(Func<int, double[], double> value)
    {
        const int RowsPerPart = 4096;
        var values = new double[_y.Length];
        Parallel.For(0, (values.Length + RowsPerPart - 1) / RowsPerPart, _parallel, part =>
        {
            var scratch = new double[_x.Columns];
            for (var i = part * RowsPerPart; i < Math.Min(values.Length, (part + 1) * RowsPerPart); i++)
            {
                values[i] = value(i, scratch);
            }
        });
        return values;
    }
}
