using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Benchmarks.Expected;

/// <summary>A fitted expectation. Arrays follow the rows of <see cref="Rows"/>.</summary>
internal sealed class Expectation
{
    private readonly EstimatorSpec estimator;
    private readonly RowMatrix unscaledCovariance;
    private readonly Func<RowMatrix>? leaveOutWeights;

    private Expectation(FitRows rows, EstimatorSpec estimator, double[] coefficients, double[] inSample, double[] leverage, RowMatrix unscaledCovariance)
    {
        (Rows, this.estimator, Coefficients, InSample, Leverage, this.unscaledCovariance) = (rows, estimator, coefficients, inSample, leverage, unscaledCovariance);
        Expected = inSample;
        CoefficientsOf = _ => Coefficients;
    }

    private Expectation(Expectation all, LeaveGroupOutFit without, Func<RowMatrix> leaveOutWeights)
        : this(all.Rows, all.estimator, all.Coefficients, all.InSample, all.Leverage, all.unscaledCovariance)
    {
        // A unit that alone decides a coefficient has no expectation without itself: too many covariates for the units.
        Expected = Array.Exists(without.Fitted, double.IsNaN)
            ? throw new TooFewUnitsException(Rows.Groups.Max(), Rows.X.Columns)
            : without.Fitted;
        CoefficientsOf = row => without.Coefficients.Row(Rows.Groups[row]).ToArray();
        this.leaveOutWeights = leaveOutWeights;
    }

    /// <summary>The rows fitted to.</summary>
    public FitRows Rows { get; }

    /// <summary>Coefficients of the fit to all rows.</summary>
    public double[] Coefficients { get; }

    /// <summary>Expected shares of the fit to all rows.</summary>
    public double[] InSample { get; }

    /// <summary>Leverage of each row.</summary>
    public double[] Leverage { get; }

    /// <summary>Expected shares as the model defines them: without the unit's own rows where it says so.</summary>
    public double[] Expected { get; }

    /// <summary>Derivative of an expected share with respect to the linear predictor: 1, or p(1 - p).</summary>
    public double Slope(double share) => estimator.Family == EstimatorFamily.Linear ? 1 : share * (1 - share);

    /// <summary>The coefficients behind a row's expectation.</summary>
    public Func<int, double[]> CoefficientsOf { get; }

    /// <summary>Fits to all rows only: for residuals.</summary>
    /// <exception cref="StatisticsException">The data do not allow the fit.</exception>
    public static Expectation FitInSample(FitRows rows, EstimatorSpec estimator) => Fit(rows, estimator with { LeaveOneOut = false });

    /// <summary>Fits the expectation.</summary>
    /// <exception cref="StatisticsException">The data do not allow the fit.</exception>
    public static Expectation Fit(FitRows rows, EstimatorSpec estimator) =>
        estimator.Family == EstimatorFamily.Linear ? FitLinear(rows, estimator) : FitLogit(rows, estimator);

    /// <summary>
    /// The weights a[r, s] with which a small change of the actual share of row s moves the expected share of row r:
    /// slope_r x_r'(X'WX)^-1 x_s w_s, computed without r's unit where the model leaves it out (delta method through the link).
    /// </summary>
    public RowMatrix Influence()
    {
        if (leaveOutWeights is not null)
        {
            return leaveOutWeights();
        }

        var count = Rows.Count;
        var k = Rows.X.Columns;
        var weights = new RowMatrix(count, count);
        var projected = new double[k];
        for (var r = 0; r < count; r++)
        {
            for (var j = 0; j < k; j++)
            {
                projected[j] = Slope(InSample[r]) * Dot(unscaledCovariance.Row(j), Rows.X.Row(r));
            }

            for (var s = 0; s < count; s++)
            {
                weights[r, s] = Dot(projected, Rows.X.Row(s)) * Rows.Weights[s];
            }
        }

        return weights;
    }

    /// <summary>
    /// Covariance of the coefficients, robust to unequal variances and to dependence within a unit:
    /// M [sum over units (X_u'W_u e_u)(X_u'W_u e_u)'] M n/(n - k) with M = (X'WX)^-1 (HC1 when each unit has one row).
    /// </summary>
    public RowMatrix CoefficientCovariance()
    {
        var k = Rows.X.Columns;
        var scores = new RowMatrix(Rows.Groups.Max() + 1, k);
        for (var r = 0; r < Rows.Count; r++)
        {
            var score = scores.Row(Rows.Groups[r]);
            for (var j = 0; j < k; j++)
            {
                score[j] += Rows.X[r, j] * Rows.Weights[r] * (Rows.Shares[r] - InSample[r]);
            }
        }

        var covariance = new RowMatrix(k, k);
        var factor = (double)Rows.Count / (Rows.Count - k);
        var influence = new double[k];
        for (var unit = 0; unit < scores.Rows; unit++)
        {
            for (var j = 0; j < k; j++)
            {
                influence[j] = Dot(unscaledCovariance.Row(j), scores.Row(unit));
            }

            for (var j = 0; j < k; j++)
            {
                for (var m = 0; m < k; m++)
                {
                    covariance[j, m] += factor * influence[j] * influence[m];
                }
            }
        }

        return covariance;
    }

    /// <summary>Linear predictor to expected share.</summary>
    public double Inverse(double eta) => estimator.Family == EstimatorFamily.Linear ? eta : 1 / (1 + Math.Exp(-eta));

    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static Expectation FitLinear(FitRows rows, EstimatorSpec estimator)
    {
        var fit = LinearRegression.Fit(rows.X, rows.Shares, rows.Weights);
        var all = new Expectation(rows, estimator, fit.Coefficients, fit.Fitted, fit.Leverage, fit.UnscaledCovariance);
        return estimator.LeaveOneOut ? new Expectation(all, fit.LeaveGroupOut(rows.Groups), () => fit.LeaveGroupOutWeights(rows.Groups)) : all;
    }

    private static Expectation FitLogit(FitRows rows, EstimatorSpec estimator)
    {
        var fit = FractionalLogit.Fit(rows.X, rows.Shares, rows.Weights);
        var all = new Expectation(rows, estimator, fit.Coefficients, fit.Fitted, fit.Leverage, fit.UnscaledCovariance);
        if (!estimator.LeaveOneOut)
        {
            return all;
        }

        var without = fit.LeaveGroupOut(rows.Groups);
        return new Expectation(all, without, () => fit.LeaveGroupOutWeights(rows.Groups, without));
    }
}
