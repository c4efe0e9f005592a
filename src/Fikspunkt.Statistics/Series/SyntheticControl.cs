namespace Fikspunkt.Statistics.Series;

/// <summary>Synthetic control: the mix of untreated units that resembles a treated one before its treatment shows what would have happened without it.</summary>
/// <remarks>
/// Inner problem: shares W minimise sum over predictors m of v_m (x_1m - sum of w_j x_jm)^2, predictors divided by their standard deviation over
/// the treated unit and the controls; exact, see <see cref="SimplexWeights"/>. Outer problem: predictor weights v (not below 0, sum 1) minimise the mean
/// squared gap of the outcome over the periods of fit. That function has kinks and flats and may have several low points: simplex searches
/// from equal weights, regression-based weights and random starting points, repeated until nothing is gained; the best is taken.
/// Abadie and Gardeazabal, American Economic Review 93 (2003) 113-132; Abadie, Diamond and Hainmueller, Journal of the American Statistical Association 105 (2010)
/// 493-505 and Journal of Statistical Software 42(13) (2011). The shares are unique only if the nearest mix is; the predictor weights usually are not.
/// Missing values are not allowed. Deterministic: the seed is an input.
/// </remarks>
public static class SyntheticControl
{
    /// <summary>Fits the mix.</summary>
    /// <param name="predictors">Predictors x units; at least one.</param>
    /// <param name="outcomes">Periods x units, ascending in time.</param>
    /// <param name="options">Treated unit, periods, controls, search.</param>
    /// <exception cref="InvalidValueException">NaN or infinity among the treated unit and the controls, or a predictor weight below 0.</exception>
    /// <exception cref="TooFewUnitsException">No controls.</exception>
    /// <exception cref="NoVariationException">No predictor differs between the units.</exception>
    /// <exception cref="NotConvergedException">The shares cannot be told apart in double precision.</exception>
    /// <exception cref="ArgumentException">Shapes, periods or units that do not fit together.</exception>
    public static SyntheticControlResult Fit(RowMatrix predictors, RowMatrix outcomes, SyntheticControlOptions options) =>
        new SyntheticSearch(predictors, outcomes, options).Fit();

    /// <summary>Placebo inference in space: fits the treated unit, then each control as if it had been treated, with the other controls to mix.</summary>
    /// <remarks>The treated unit is no donor of a placebo: its outcome after the treatment holds the effect.</remarks>
    /// <inheritdoc cref="Fit" path="/param"/>
    /// <inheritdoc cref="Fit" path="/exception"/>
    public static PlaceboResult Placebos(RowMatrix predictors, RowMatrix outcomes, SyntheticControlOptions options)
    {
        var treated = Fit(predictors, outcomes, options);
        if (treated.Controls.Length < 2)
        {
            throw new TooFewUnitsException(treated.Controls.Length, 2);
        }

        var placebos = new SyntheticControlResult[treated.Controls.Length];
        Parallel.For(0, placebos.Length, i =>
        {
            var own = treated.Controls[i];
            placebos[i] = Fit(predictors, outcomes, options with { Treated = own, Controls = [.. treated.Controls.Where(unit => unit != own)] });
        });
        return new PlaceboResult(treated, placebos, PlaceboResult.Share(treated, placebos));
    }

    /// <summary>Fits without each of the controls that have a share above <paramref name="least"/>, one at a time.</summary>
    /// <inheritdoc cref="Fit" path="/param"/>
    /// <param name="predictors">Predictors x units; at least one.</param>
    /// <param name="outcomes">Periods x units, ascending in time.</param>
    /// <param name="options">Treated unit, periods, controls, search.</param>
    /// <param name="least">Shares up to this are not worth a fit. Default 0.001.</param>
    /// <inheritdoc cref="Fit" path="/exception"/>
    public static WithoutDonor[] LeaveOneDonorOut(RowMatrix predictors, RowMatrix outcomes, SyntheticControlOptions options, double least = 1e-3)
    {
        var full = Fit(predictors, outcomes, options);
        var donors = full.Controls.Where((_, i) => full.Weights[i] > least).ToArray();
        return [.. donors.Select(donor => new WithoutDonor(
            donor, Fit(predictors, outcomes, options with { Controls = [.. full.Controls.Where(unit => unit != donor)] })))];
    }
}
