using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Regression;

/// <summary>Generalized linear models: link(E(y_i)) = offset_i + x_i'b.</summary>
/// <remarks>
/// Maximises the (quasi) likelihood by one step of iteratively reweighted least squares and Newton steps (McCullagh and Nelder, Generalized Linear
/// Models, 2nd ed., section 2.5). Columns are scaled, and centred where there is a constant column, and the sums run in blocks on all processors;
/// a design whose columns are too close to dependent for that is fitted in the orthonormal basis of a QR instead.
/// The design is used as given: an intercept is a column of ones. Rows of weight 0 do not count but get a fitted value. Missing values are
/// not allowed. Deterministic: any number of threads gives the same bits.
/// </remarks>
public static class GeneralizedLinearModel
{
    /// <summary>Pivots of the scaled normal equations below this have cost half of the digits: then the QR takes over.</summary>
    private const double SafePivot = 1e-8;

    /// <summary>Fits the model.</summary>
    /// <param name="x">Design, one row per unit, one column per coefficient.</param>
    /// <param name="y">Response: any number (Gaussian), shares from 0 to 1 (binomial), not below 0 (Poisson).</param>
    /// <param name="options">Family, link, threads.</param>
    /// <param name="weights">Weights, finite and not negative (binomial: the number of trials); empty means all 1.</param>
    /// <param name="offset">A known part of the linear predictor, such as the logarithm of an exposure; empty means 0.</param>
    /// <exception cref="InvalidValueException">NaN, infinity, a negative weight or a response out of range.</exception>
    /// <exception cref="TooFewUnitsException">Fewer units than columns, or not more where the dispersion is estimated.</exception>
    /// <exception cref="RankDeficientException">Columns depend on each other.</exception>
    /// <exception cref="SeparationException">Outcomes at the end of their range are predicted perfectly.</exception>
    /// <exception cref="NotConvergedException">No convergence.</exception>
    /// <exception cref="NumericRangeException">Values too many powers of ten from 1 to calculate with.</exception>
    public static GlmFit Fit(RowMatrix x, ReadOnlySpan<double> y, GlmOptions options, ReadOnlySpan<double> weights = default, ReadOnlySpan<double> offset = default)
    {
        var (n, k) = (x.Rows, x.Columns);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(options));
        Check.SameLength(n, y.Length, nameof(y));
        var model = new GlmModel(options.Family, options.Link);
        model.CheckResponse(y);
        var w = LinearRegression.Weights(weights, n);
        var offsets = new double[n];
        if (!offset.IsEmpty)
        {
            Check.SameLength(n, offset.Length, nameof(offset));
            Check.Finite(offset, nameof(offset));
            offset.CopyTo(offsets);
        }

        var units = w.Count(weight => weight > 0);
        var needed = model.EstimatesDispersion ? k + 1 : Math.Max(k, 1);
        if (units < needed)
        {
            throw new TooFewUnitsException(units, needed);
        }

        var response = y.ToArray();
        var mean = CompensatedSum.OfProducts(w, response) / CompensatedSum.Of(w);
        if (options.Family != GlmFamily.Gaussian && (mean <= 0 || (mean >= 1 && options.Family is GlmFamily.Binomial or GlmFamily.QuasiBinomial)))
        {
            throw new SeparationException([.. Enumerable.Range(0, n).Where(i => w[i] > 0)]);
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads == 0 ? Environment.ProcessorCount : options.Threads };
        return Standardised(x, model, response, offsets, w, units, mean, parallel)
            ?? Orthonormal(x, model, response, offsets, w, units, mean, parallel);
    }

    private static GlmFit? Standardised(
        RowMatrix x, GlmModel model, double[] y, double[] offset, double[] w, int units, double mean, ParallelOptions parallel)
    {
        var k = x.Columns;
        var (centre, scale) = DesignBlocks.CentreAndScale(x, parallel);
        var constant = Array.FindIndex(scale, value => value == 0);
        for (var j = 0; j < k; j++)
        {
            // A constant column takes up what centring the others moves; without one they are only scaled.
            if (constant < 0 || j == constant)
            {
                scale[j] = Math.Sqrt((scale[j] * scale[j]) + (centre[j] * centre[j]));
                centre[j] = 0;
            }

            if (scale[j] == 0)
            {
                return null;
            }

            // Already at hand here; in the orthonormal basis the columns are looked through.
            Check.Scaled([scale[j]], nameof(x));
        }

        var newton = new GlmNewton(model, new DesignBlocks(x, order: null, centre, scale, parallel), y, offset, w);
        if (newton.Run(mean, SafePivot) is not { } b)
        {
            return null;
        }

        var factor = newton.ExpectedInformation();
        if (!Cholesky.TryFactorise(factor, k, SafePivot))
        {
            return null;
        }

        var basis = new StandardisedBasis(centre, scale, constant, constant < 0 ? 0 : x[0, constant], factor);
        return new GlmFit(x, model, y, w, units, basis.Original(b), newton.Eta, basis, newton.Iterations, parallel);
    }

    private static GlmFit Orthonormal(
        RowMatrix x, GlmModel model, double[] y, double[] offset, double[] w, int units, double mean, ParallelOptions parallel)
    {
        var (n, k) = (x.Rows, x.Columns);
        Check.Scaled(x.Values, nameof(x), k);
        var qr = HouseholderQr.Factorise(x, Array.ConvertAll(w, Math.Sqrt));
        var basis = new RowMatrix(n, k);
        for (var i = 0; i < n; i++)
        {
            qr.RowInBasis(x.Row(i), basis.Row(i));
        }

        var ones = new double[k];
        Array.Fill(ones, 1);
        var newton = new GlmNewton(model, new DesignBlocks(basis, order: null, new double[k], ones, parallel), y, offset, w);

        // The columns are independent (the QR says so), so only a runaway can come to null here.
        var g = newton.Run(mean, pivotTolerance: 1e-13) ?? throw new NotConvergedException(newton.Iterations, double.NaN);
        var final = HouseholderQr.Factorise(x, [.. w.Zip(newton.Eta, (weight, eta) => Math.Sqrt(weight * model.ExpectedInformation(eta)))]);
        return new GlmFit(x, model, y, w, units, qr.Coefficients(g), newton.Eta, final, newton.Iterations, parallel);
    }
}
