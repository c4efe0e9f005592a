namespace Fikspunkt.Statistics.Series;

/// <summary>The effect of a treatment by two-way fixed effects.</summary>
/// <param name="Effect">The effect, with t quantiles of <paramref name="Clusters"/> - 1 degrees of freedom.</param>
/// <param name="Coefficients">The effect, then the covariates' coefficients.</param>
/// <param name="Covariance">Their cluster-robust covariance.</param>
/// <param name="Rows">Rows that count.</param>
/// <param name="Clusters">Number of clusters G.</param>
/// <param name="Factor">The small-sample factor the covariance was multiplied by.</param>
/// <param name="AdoptionTimes">Number of different first periods with treatment (in panels with treatment 0 and 1).</param>
/// <param name="NegativeWeight">Share of negative weights: the effect is a weighted mean of the treated rows' own effects, and this is the sum of the sizes of its negative
/// weights over that of all weights. Above 0, effects that differ can combine to one of the wrong sign.</param>
public sealed record DifferenceInDifferencesFit(
    Estimate Effect, double[] Coefficients, RowMatrix Covariance, int Rows, int Clusters, double Factor, int AdoptionTimes, double NegativeWeight)
{
    /// <summary>Whether units start treatment at different times. Then earlier treated units serve as controls for later ones, and effects that grow or differ distort the estimate:
    /// see <see cref="GroupTimeEffects"/>.</summary>
    public bool Staggered => AdoptionTimes > 1;
}

/// <summary>Difference-in-differences: the effect of a treatment that some units get and others not (yet).</summary>
/// <remarks>
/// y = unit effect + period effect + effect x treatment + covariates, by (weighted) least squares. Cluster-robust covariance CR1: the sandwich times
/// G / (G - 1) x (N - 1) / (N - K), where K counts the regressors and all period effects, and the unit effects only if they are not nested in the clusters (as Stata's xtreg and fixest do by
/// default for one connected panel); t with G - 1 degrees of freedom. Angrist and Pischke, Mostly Harmless Econometrics (2009), chapters 5 and 8; Cameron and Miller, Journal of Human Resources
/// 50 (2015) 317-372; negative weights: de Chaisemartin and D'Haultfoeuille, American Economic Review 110 (2020) 2964-2996; staggered adoption: Goodman-Bacon, Journal of
/// Econometrics 225 (2021) 254-277. It rests on parallel trends without the treatment: <see cref="EventStudy"/> shows those before. With few clusters (under about 30) the intervals are too short.
/// Missing rows are allowed, missing values are not. Deterministic.
/// </remarks>
public static class DifferenceInDifferences
{
    /// <summary>Estimates the effect.</summary>
    /// <param name="panel">The rows.</param>
    /// <param name="treatment">The treatment of each row: 0 or 1, or a dose.</param>
    /// <param name="level">Level of the interval. Default 0.95.</param>
    /// <exception cref="InvalidValueException">NaN or infinity, or a negative weight.</exception>
    /// <exception cref="NoVariationException">The treatment (or a covariate) does not vary beyond units and periods.</exception>
    /// <exception cref="TooFewUnitsException">Fewer than two clusters, or not more rows than coefficients.</exception>
    public static DifferenceInDifferencesFit Fit(Panel panel, ReadOnlySpan<double> treatment, double level = 0.95)
    {
        double[] dose = treatment.ToArray();
        var fit = PanelRegression.Fit(panel, RowMatrix.FromColumns(dose), nameof(treatment));
        return new DifferenceInDifferencesFit(
            Estimate.Of(fit.Coefficients[0], fit.Covariance[0, 0], fit.Clusters - 1, level),
            fit.Coefficients, fit.Covariance, fit.Rows, fit.Clusters, fit.Factor, AdoptionTimes(panel, dose), NegativeWeight(panel, dose));
    }

    private static int AdoptionTimes(Panel panel, double[] treatment)
    {
        var first = new Dictionary<int, int>();
        for (var i = 0; i < treatment.Length; i++)
        {
            if (treatment[i] != 0)
            {
                first[panel.Units[i]] = first.TryGetValue(panel.Units[i], out var known) ? Math.Min(known, panel.Periods[i]) : panel.Periods[i];
            }
        }

        return first.Values.Distinct().Count();
    }

    /// <summary>The weights are the treatment less what units, periods and covariates explain of it, at treated rows.</summary>
    private static double NegativeWeight(Panel panel, double[] treatment)
    {
        var rest = PanelRegression.Residuals(panel with { Y = treatment });
        var (negative, all) = (0.0, 0.0);
        for (var i = 0; i < treatment.Length; i++)
        {
            if (treatment[i] != 0)
            {
                var weight = (panel.Weights?[i] ?? 1) * rest[i] * treatment[i];
                all += Math.Abs(weight);
                negative += weight < 0 ? -weight : 0;
            }
        }

        return negative > 1e-12 * all ? negative / all : 0;
    }
}
