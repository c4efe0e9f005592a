using Fikspunkt.Statistics.Numerics;
using MathNet.Numerics;

namespace Fikspunkt.Statistics.Series;

/// <summary>Settings of an event study.</summary>
public sealed record EventStudyOptions
{
    /// <summary>Periods before the event that are shown; all earlier ones count with the earliest. Default: as many as there are.</summary>
    public int? Leads { get; init; }

    /// <summary>Periods after the first treated one that are shown; all later ones count with the last. Default: as many as there are.</summary>
    public int? Lags { get; init; }

    /// <summary>The period relative to the first treated one (0) with which the others are compared; below 0. Default -1.</summary>
    public int Reference { get; init; } = -1;

    /// <summary>Level of the intervals. Default 0.95.</summary>
    public double Level { get; init; } = 0.95;
}

/// <summary>Differences between treated and untreated units by time since treatment.</summary>
/// <param name="Times">Periods since the first treated one, ascending, without the reference; the first and last may hold several.</param>
/// <param name="Effects">The difference at each, less that at the reference.</param>
/// <param name="Covariance">Cluster-robust covariance of the effects.</param>
/// <param name="PreTrend">F statistic of all effects before treatment being 0; NaN without any or when there are too few clusters.</param>
/// <param name="PreTrendPValue">Its p-value, with as many degrees of freedom as those effects, and clusters - 1.</param>
/// <param name="Clusters">Number of clusters.</param>
public sealed record EventStudyFit(int[] Times, Estimate[] Effects, RowMatrix Covariance, double PreTrend, double PreTrendPValue, int Clusters);

/// <summary>Event study: two-way fixed effects with a coefficient for each time before and after the start of treatment.</summary>
/// <remarks>
/// y = unit effect + period effect + sum over times r other than the reference of effect_r x 1(period - first treated period = r); untreated units have none of them. Errors as in
/// <see cref="DifferenceInDifferences"/>; the test of trends before treatment is a Wald test with an F distribution. Without untreated units at least one more time must be merged with others, or
/// effects cannot be told from trends. With staggered adoption and effects that differ between cohorts the coefficients mix times (Sun and Abraham, Journal of Econometrics 225 (2021) 175-199):
/// see <see cref="GroupTimeEffects"/>. A pre-trend test that finds nothing does not prove parallel trends. Deterministic.
/// </remarks>
public static class EventStudy
{
    /// <summary>Estimates the effects.</summary>
    /// <param name="panel">The rows.</param>
    /// <param name="firstTreated">The first treated period of each row's unit; <see langword="null"/> if it is never treated.</param>
    /// <param name="options">Leads, lags, reference; <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidValueException">NaN or infinity, or a negative weight.</exception>
    /// <exception cref="NoVariationException">No unit is treated, or the times cannot be told apart from units and periods.</exception>
    /// <exception cref="TooFewUnitsException">Fewer than two clusters, or not more rows than coefficients.</exception>
    public static EventStudyFit Fit(Panel panel, IReadOnlyList<int?> firstTreated, EventStudyOptions? options = null)
    {
        options ??= new EventStudyOptions();
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(options.Reference, 0, nameof(options));
        Check.SameLength(panel.Y.Length, firstTreated.Count, nameof(firstTreated));
        Check.SameLength(panel.Y.Length, panel.Periods.Length, nameof(panel.Periods));
        var (earliest, latest) = (-(options.Leads ?? int.MaxValue), options.Lags ?? int.MaxValue);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(earliest, options.Reference, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(latest, nameof(options));

        var since = new int?[panel.Y.Length];
        for (var i = 0; i < since.Length; i++)
        {
            since[i] = firstTreated[i] is { } first ? Math.Clamp(panel.Periods[i] - first, earliest, latest) : null;
        }

        var times = since.OfType<int>().Where(time => time != options.Reference).Distinct().Order().ToArray();
        if (times.Length == 0)
        {
            throw new NoVariationException(nameof(firstTreated));
        }

        var x = new RowMatrix(since.Length, times.Length);
        for (var i = 0; i < since.Length; i++)
        {
            if (since[i] is { } time && time != options.Reference)
            {
                x[i, Array.BinarySearch(times, time)] = 1;
            }
        }

        var fit = PanelRegression.Fit(panel, x, nameof(firstTreated));
        var covariance = new RowMatrix(times.Length, times.Length);
        for (var a = 0; a < times.Length; a++)
        {
            fit.Covariance.Row(a)[..times.Length].CopyTo(covariance.Row(a));
        }

        var effects = times.Select((_, j) => Estimate.Of(fit.Coefficients[j], covariance[j, j], fit.Clusters - 1, options.Level)).ToArray();
        var (f, p) = JointTest(fit.Coefficients, covariance, times.Count(time => time < 0), fit.Clusters - 1);
        return new EventStudyFit(times, effects, covariance, f, p, fit.Clusters);
    }

    /// <summary>Wald test that the first <paramref name="count"/> coefficients are 0.</summary>
    private static (double F, double P) JointTest(double[] coefficients, RowMatrix covariance, int count, int degrees)
    {
        var l = new double[count * count];
        for (var a = 0; a < count; a++)
        {
            covariance.Row(a)[..count].CopyTo(l.AsSpan(a * count, count));
        }

        if (count == 0 || count > degrees || !Cholesky.TryFactorise(l, count))
        {
            return (double.NaN, double.NaN);
        }

        var root = coefficients[..count];
        Cholesky.SolveLower(l, count, root);
        var f = CompensatedSum.OfSquares(root) / count;
        return (f, SpecialFunctions.BetaRegularized(degrees / 2.0, count / 2.0, degrees / (degrees + (count * f))));
    }
}
