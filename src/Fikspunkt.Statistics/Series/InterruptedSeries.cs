using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Statistics.Series;

/// <summary>Settings of an interrupted time series.</summary>
/// <param name="Start">The first observation (from 0) after the interruption; at least 2 lie before it, and at least 1 from it on.</param>
public sealed record InterruptedSeriesOptions(int Start)
{
    /// <summary>Whether the slope may change too. Default yes; it needs at least 2 observations from the start on.</summary>
    public bool SlopeChange { get; init; } = true;

    /// <summary>Observations in a cycle: a level for each position but the first; <see langword="null"/> for no seasonality.</summary>
    public int? Period { get; init; }

    /// <summary>Autocovariances that count in the standard errors. Default: floor(4 (n / 100)^(2/9)).</summary>
    public int? Lags { get; init; }

    /// <summary>Whether the covariance is multiplied by n / (n - k). Default yes.</summary>
    public bool SmallSample { get; init; } = true;

    /// <summary>Level of the intervals. Default 0.95.</summary>
    public double Level { get; init; } = 0.95;
}

/// <summary>An estimate with its standard error, interval and two-sided p-value.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Interval">Its confidence interval.</param>
/// <param name="PValue">Two-sided p-value of 0.</param>
public readonly record struct Estimate(double Value, double StandardError, Interval Interval, double PValue)
{
    /// <summary>With t quantiles. The p-value is NaN when estimate and error are both 0.</summary>
    internal static Estimate Of(double value, double variance, double degrees, double level)
    {
        var error = Math.Sqrt(Math.Max(0, variance));
        var half = Distributions.StudentTQuantile((1 + level) / 2, degrees) * error;
        return new Estimate(value, error, new Interval(value - half, value + half), Distributions.StudentTTwoSided(value / error, degrees));
    }
}

/// <summary>A series before and after an interruption.</summary>
/// <param name="Coefficients">Intercept (level at observation 0), slope, change of level, change of slope (if it may), seasons 2, 3, ... less season 1, covariates.</param>
/// <param name="Covariance">Their Newey-West covariance.</param>
/// <param name="LevelChange">Change of level at the start.</param>
/// <param name="SlopeChange">Change of slope per observation; <see langword="null"/> if it may not change.</param>
/// <param name="Fitted">Fitted values.</param>
/// <param name="Counterfactual">What the fit expects without the interruption, for all observations.</param>
/// <param name="Effects">Effect at each observation from the start on: fitted less counterfactual.</param>
/// <param name="Cumulative">The effects added up from the start to each observation.</param>
/// <param name="Lags">Autocovariances that counted.</param>
/// <param name="DegreesOfFreedom">n - k, of the t quantiles.</param>
public sealed record InterruptedSeriesFit(
    double[] Coefficients,
    RowMatrix Covariance,
    Estimate LevelChange,
    Estimate? SlopeChange,
    double[] Fitted,
    double[] Counterfactual,
    Estimate[] Effects,
    Estimate[] Cumulative,
    int Lags,
    int DegreesOfFreedom);

/// <summary>Interrupted time series: the change of level and slope of a series at a known time.</summary>
/// <remarks>
/// Least squares of y_t on 1, t, 1(t >= s), (t - s) 1(t >= s), seasons and covariates, t = 0, 1, ... Standard errors: Newey and West, Econometrica 55 (1987) 703-708, Bartlett weights
/// 1 - l / (lags + 1), no prewhitening, times n / (n - k) when asked for; t quantiles with n - k degrees of freedom. Effect after j observations: level change + j x slope change; the cumulative effect is
/// their sum, with variance from the same covariance. Wagner, Soumerai, Zhang and Ross-Degnan, Journal of Clinical Pharmacy and Therapeutics 27 (2002) 299-309.
/// Whatever else happens at the same time is part of the effect; the line before is trusted after. Observations are evenly spaced. Missing values are not allowed. Deterministic.
/// </remarks>
public static class InterruptedSeries
{
    /// <summary>Fits the series.</summary>
    /// <param name="values">Values in the order of time.</param>
    /// <param name="options">Start of the interruption, slope, seasons, lags.</param>
    /// <param name="covariates">Further columns, one row per value, or <see langword="null"/>.</param>
    /// <exception cref="InvalidValueException">NaN or infinity.</exception>
    /// <exception cref="TooFewUnitsException">Not more observations than coefficients.</exception>
    /// <exception cref="RankDeficientException">Covariates or seasons cannot be told apart from the other columns.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A start, period, number of lags or level that does not fit the series.</exception>
    public static InterruptedSeriesFit Fit(ReadOnlySpan<double> values, InterruptedSeriesOptions options, RowMatrix? covariates = null)
    {
        var n = values.Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Start, 2, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Start, n - (options.SlopeChange ? 2 : 1), nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Period ?? 2, 2, nameof(options));
        if (!(options.Level > 0 && options.Level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Level, "A level lies between 0 and 1.");
        }

        if (covariates is not null)
        {
            Check.SameLength(n, covariates.Rows, nameof(covariates));
        }

        var x = Design(n, options, covariates);
        var fit = LinearRegression.Fit(x, values);
        var lags = options.Lags ?? (int)Math.Floor(4 * Math.Pow(n / 100.0, 2.0 / 9));
        ArgumentOutOfRangeException.ThrowIfNegative(lags, nameof(options));
        var covariance = NeweyWest(x, fit, lags, options.SmallSample ? (double)n / fit.DegreesOfFreedom : 1);

        var (counterfactual, after) = ((double[])fit.Fitted.Clone(), n - options.Start);
        var (effects, cumulative) = (new Estimate[after], new Estimate[after]);
        for (var j = 0; j < after; j++)
        {
            effects[j] = Change(1, options.SlopeChange ? j : 0);
            cumulative[j] = Change(j + 1, options.SlopeChange ? j * (j + 1) / 2.0 : 0);
            counterfactual[options.Start + j] -= effects[j].Value;
        }

        return new InterruptedSeriesFit(
            fit.Coefficients, covariance, Change(1, 0), options.SlopeChange ? Change(0, 1) : null, fit.Fitted, counterfactual, effects, cumulative, lags, fit.DegreesOfFreedom);

        Estimate Change(double levels, double slopes)
        {
            var value = levels * fit.Coefficients[2];
            var variance = levels * levels * covariance[2, 2];
            if (options.SlopeChange)
            {
                value += slopes * fit.Coefficients[3];
                variance += (2 * levels * slopes * covariance[2, 3]) + (slopes * slopes * covariance[3, 3]);
            }

            return Estimate.Of(value, variance, fit.DegreesOfFreedom, options.Level);
        }
    }

    private static RowMatrix Design(int n, InterruptedSeriesOptions options, RowMatrix? covariates)
    {
        var trends = options.SlopeChange ? 4 : 3;
        var seasons = (options.Period ?? 1) - 1;
        var x = new RowMatrix(n, trends + seasons + (covariates?.Columns ?? 0));
        for (var t = 0; t < n; t++)
        {
            var row = x.Row(t);
            (row[0], row[1], row[2]) = (1, t, t >= options.Start ? 1 : 0);
            if (options.SlopeChange)
            {
                row[3] = Math.Max(0, t - options.Start);
            }

            if (options.Period is { } period && t % period > 0)
            {
                row[trends + (t % period) - 1] = 1;
            }

            covariates?.Row(t).CopyTo(row[(trends + seasons)..]);
        }

        return x;
    }

    private static RowMatrix NeweyWest(RowMatrix x, LinearFit fit, int lags, double factor)
    {
        // Each observation's pull on the coefficients, (X'X)^-1 x_t e_t: their sum's long-run covariance is the sandwich.
        var pulls = new RowMatrix(x.Rows, x.Columns);
        for (var t = 0; t < x.Rows; t++)
        {
            for (var a = 0; a < x.Columns; a++)
            {
                pulls[t, a] = LinearRegression.Dot(fit.UnscaledCovariance.Row(a), x.Row(t)) * fit.Residuals[t];
            }
        }

        return Sandwich.Scale(LongRun.Covariance(pulls, lags), factor);
    }
}
