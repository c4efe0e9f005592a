using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Regression;

/// <summary>Fractional logit: quasi-likelihood regression of shares from 0 to 1 with a logit link, E(y) = 1 / (1 + exp(-x'b)).</summary>
/// <remarks>
/// Maximises sum of w_i (y_i log mu_i + (1 - y_i) log(1 - mu_i)). Papke and Wooldridge, Journal of Applied Econometrics 11 (1996) 619-632.
/// The first step is iteratively reweighted least squares by QR, the rest are damped Newton steps in its orthonormal basis,
/// until the linear predictors change by less than 1e-8 (the step after that is made too, so the error is of the order 1e-16).
/// The design is used as given: an intercept is a column of ones. Missing values are not allowed. Deterministic.
/// </remarks>
public static class FractionalLogit
{
    /// <summary>Fits the regression.</summary>
    /// <param name="x">Design, one row per unit, one column per coefficient.</param>
    /// <param name="y">Shares from 0 to 1.</param>
    /// <param name="weights">Weights, finite and not negative, not rescaled; empty means all 1.</param>
    /// <exception cref="InvalidValueException">NaN, infinity, a negative weight or a share outside 0 to 1.</exception>
    /// <exception cref="TooFewUnitsException">Not more units than columns.</exception>
    /// <exception cref="RankDeficientException">Columns depend on each other.</exception>
    /// <exception cref="SeparationException">Shares of exactly 0 or 1 are predicted perfectly.</exception>
    /// <exception cref="NotConvergedException">No convergence, which is not expected to happen.</exception>
    public static FractionalLogitFit Fit(RowMatrix x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights = default)
    {
        var (n, k) = (x.Rows, x.Columns);
        Check.SameLength(n, y.Length, nameof(y));
        Check.Finite(x.Values, nameof(x), k);
        Check.Between(y, 0, 1, nameof(y));
        Check.Scaled(x.Values, nameof(x), k);
        Check.Scaled(weights, nameof(weights));
        var w = LinearRegression.Weights(weights, n);
        var units = w.Count(weight => weight > 0);
        if (units <= k)
        {
            throw new TooFewUnitsException(units, k + 1);
        }

        var mean = CompensatedSum.OfProducts(w, y) / CompensatedSum.Of(w);
        if (mean is <= 0 or >= 1)
        {
            throw new SeparationException([.. Enumerable.Range(0, n).Where(i => w[i] > 0)]);
        }

        var response = y.ToArray();
        var start = Start(x, response, w, mean);
        var g = start.Gram;
        var newton = new LogitNewton(Basis(x, start.Qr), response);
        if (!newton.Run(g, w, leftOut: null))
        {
            // The columns are independent (the QR says so), so only a runaway without exact 0 or 1 outcomes can come here.
            throw new NotConvergedException(1, double.NaN);
        }

        return new FractionalLogitFit(x, response, w, units, mean, start.Qr.Coefficients(g), newton);
    }

    /// <summary>The rows of the design in the basis of a QR of its weighted form, column by column.</summary>
    internal static double[][] Basis(RowMatrix x, HouseholderQr qr)
    {
        var columns = new double[x.Columns][];
        for (var j = 0; j < columns.Length; j++)
        {
            columns[j] = new double[x.Rows];
        }

        var row = new double[x.Columns];
        for (var i = 0; i < x.Rows; i++)
        {
            qr.RowInBasis(x.Row(i), row);
            for (var j = 0; j < row.Length; j++)
            {
                columns[j][i] = row[j];
            }
        }

        return columns;
    }

    /// <summary>One weighted least squares step from means halfway between each share and the overall share.</summary>
    private static (HouseholderQr Qr, double[] Gram) Start(RowMatrix x, double[] y, double[] w, double mean)
    {
        var root = new double[y.Length];
        var working = new double[y.Length];
        for (var i = 0; i < y.Length; i++)
        {
            var mu = 0.5 * (y[i] + mean);
            root[i] = Math.Sqrt(w[i] * mu * (1 - mu));
            working[i] = root[i] * (Math.Log(mu / (1 - mu)) + ((y[i] - mu) / (mu * (1 - mu))));
        }

        var qr = HouseholderQr.Factorise(x, root);
        return (qr, qr.Project(working));
    }
}
