using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Rates;

/// <summary>Which interval a directly standardised rate gets.</summary>
public enum DirectMethod
{
    /// <summary>Byar's limits of the total count, moved and scaled to the rate: Dobson, Kuulasmaa, Eberle and Scherer, Statistics in Medicine 10 (1991) 457-462.</summary>
    Dobson,

    /// <summary>Gamma quantiles that keep their coverage with few events and uneven weights: Fay and Feuer, Statistics in Medicine 16 (1997) 791-801.</summary>
    FayFeuer,
}

/// <summary>A directly standardised rate per unit of exposure.</summary>
/// <param name="Events">Events in all.</param>
/// <param name="Exposure">Exposure in all.</param>
/// <param name="Rate">Rate that the standard population would have; NaN with too few events.</param>
/// <param name="Variance">Estimated variance of the rate.</param>
/// <param name="Interval">Limits of the rate; NaN with too few events.</param>
public sealed record DirectRate(double Events, double Exposure, double Rate, double Variance, Interval Interval);

/// <summary>An indirectly standardised rate and ratio.</summary>
/// <param name="Observed">Events in all.</param>
/// <param name="Expected">Events that the reference's rates would give.</param>
/// <param name="ReferenceRate">Rate of the reference in all.</param>
/// <param name="Ratio">Observed over expected.</param>
/// <param name="RatioInterval">Its limits.</param>
/// <param name="Rate">Ratio times the reference's rate.</param>
/// <param name="RateInterval">Its limits.</param>
/// <param name="Method">Which limits the count got.</param>
public sealed record IndirectRate(
    double Observed, double Expected, double ReferenceRate, double Ratio, Interval RatioInterval, double Rate, Interval RateInterval, CountMethod Method);

/// <summary>Rates that differ in composition (age, say), made comparable.</summary>
/// <remarks>
/// Counts are Poisson and independent between strata. Missing values are not allowed. Deterministic. As England's public health
/// indicators (<c>calculate_dsr</c>, <c>calculate_ISRate</c>, <c>calculate_ISRatio</c> of the R package PHEindicatormethods);
/// Breslow and Day, Statistical Methods in Cancer Research II (IARC 1987), chapter 2.
/// </remarks>
public static class Standardisation
{
    /// <summary>With fewer events a directly standardised rate is too unsure to show.</summary>
    public const double FewestEvents = 10;

    /// <summary>The rate of a standard population with this unit's rates in each stratum: sum w_i O_i / n_i over sum w_i.</summary>
    /// <param name="events">O_i: events in each stratum, not negative.</param>
    /// <param name="exposure">n_i: persons or person-time in each stratum, above 0.</param>
    /// <param name="standard">w_i: the standard population, not negative, not all 0.</param>
    /// <param name="confidence">Strictly between 0 and 1.</param>
    /// <param name="method">Which limits.</param>
    /// <param name="fewestEvents">With fewer events in all the rate and its limits are NaN; 0 to have them always (Dobson's need one event).</param>
    /// <remarks>v = sum w_i^2 O_i / n_i^2 / (sum w)^2. Dobson: rate + sqrt(v / O)(limit of O - O). Fay and Feuer, with a_M the largest
    /// w_i / n_i / sum w: v/(2y) chi^2(a/2; 2y^2/v) and (v + a_M^2)/(2(y + a_M)) chi^2(1 - a/2; 2(y + a_M)^2/(v + a_M^2)), y the rate; lower 0 without events.</remarks>
    /// <exception cref="InvalidValueException">A value is out of its range, NaN or infinite.</exception>
    public static DirectRate Direct(
        ReadOnlySpan<double> events,
        ReadOnlySpan<double> exposure,
        ReadOnlySpan<double> standard,
        double confidence = 0.95,
        DirectMethod method = DirectMethod.Dobson,
        double fewestEvents = FewestEvents)
    {
        RequireStrata(events, exposure);
        Check.SameLength(events.Length, standard.Length, nameof(standard));
        Check.Between(standard, 0, double.MaxValue, nameof(standard));
        RateArguments.Confidence(confidence);
        Check.Between([fewestEvents], 0, double.MaxValue, nameof(fewestEvents));
        var population = CompensatedSum.Of(standard);
        if (population == 0)
        {
            throw new InvalidValueException(nameof(standard), 0, 0, 0, Requirement.SomeAboveZero);
        }

        var (rate, variance, largest) = (default(CompensatedSum), default(CompensatedSum), 0.0);
        for (var i = 0; i < events.Length; i++)
        {
            var weight = standard[i] / population / exposure[i];
            rate.Add(weight * events[i]);
            variance.Add(weight * weight * events[i]);
            largest = Math.Max(largest, weight);
        }

        var (total, all) = (CompensatedSum.Of(events), CompensatedSum.Of(exposure));
        RequireNumbers(total, all, rate.Value, variance.Value);
        if (total < fewestEvents)
        {
            return new DirectRate(total, all, double.NaN, double.NaN, new Interval(double.NaN, double.NaN));
        }

        var interval = method switch
        {
            DirectMethod.Dobson => Dobson(total, rate.Value, variance.Value, confidence),
            DirectMethod.FayFeuer => FayFeuer(rate.Value, variance.Value, largest, confidence),
            _ => throw new ArgumentOutOfRangeException(nameof(method)),
        };
        return new DirectRate(total, all, rate.Value, variance.Value, interval);
    }

    /// <summary>Observed events over those expected from a reference's rates in each stratum, and that ratio times the reference's rate.</summary>
    /// <param name="events">Events in each stratum (or all of them in the first, the others 0: only their sum counts), not negative.</param>
    /// <param name="exposure">n_i: persons or person-time in each stratum, above 0.</param>
    /// <param name="referenceEvents">Events of the reference in each stratum, not negative, not all 0.</param>
    /// <param name="referenceExposure">Its exposure in each stratum, above 0.</param>
    /// <param name="confidence">Strictly between 0 and 1.</param>
    /// <remarks>E = sum n_i O'_i / n'_i. Limits of O by <see cref="PoissonCount.Interval"/> (exact below 10 events, Byar's from there on),
    /// divided by E: the reference counts as known.</remarks>
    /// <exception cref="InvalidValueException">A value is out of its range, NaN or infinite.</exception>
    /// <exception cref="NoEventsException">No events are expected.</exception>
    public static IndirectRate Indirect(
        ReadOnlySpan<double> events,
        ReadOnlySpan<double> exposure,
        ReadOnlySpan<double> referenceEvents,
        ReadOnlySpan<double> referenceExposure,
        double confidence = 0.95)
    {
        RequireStrata(events, exposure);
        Check.SameLength(events.Length, referenceEvents.Length, nameof(referenceEvents));
        Check.SameLength(events.Length, referenceExposure.Length, nameof(referenceExposure));
        Check.Between(referenceEvents, 0, double.MaxValue, nameof(referenceEvents));
        Check.Positive(referenceExposure, nameof(referenceExposure));
        RateArguments.Confidence(confidence);
        var expected = new CompensatedSum();
        for (var i = 0; i < events.Length; i++)
        {
            expected.Add(exposure[i] * (referenceEvents[i] / referenceExposure[i]));
        }

        if (!(expected.Value > 0))
        {
            throw new NoEventsException();
        }

        var observed = CompensatedSum.Of(events);
        var reference = CompensatedSum.Of(referenceEvents) / CompensatedSum.Of(referenceExposure);
        RequireNumbers(observed, expected.Value, reference);
        var (limits, method) = PoissonCount.Interval(observed, confidence);
        var interval = limits.Times(1 / expected.Value);
        var ratio = observed / expected.Value;
        RequireNumbers(ratio, interval.Upper, ratio * reference, interval.Upper * reference);
        return new IndirectRate(observed, expected.Value, reference, ratio, interval, ratio * reference, interval.Times(reference), method);
    }

    private static Interval Dobson(double total, double rate, double variance, double confidence)
    {
        var (limits, scale) = (PoissonCount.Byar(total, confidence), Math.Sqrt(variance / total));
        return new Interval(rate + (scale * (limits.Lower - total)), rate + (scale * (limits.Upper - total)));
    }

    private static Interval FayFeuer(double rate, double variance, double largest, double confidence)
    {
        var (above, aboveVariance) = (rate + largest, variance + (largest * largest));
        if (!(aboveVariance > 0 && above * above > 0 && double.IsFinite(above * above / aboveVariance)) || (rate > 0 && !(variance > 0 && rate * rate / variance > 0)))
        {
            throw new NumericRangeException("The interval");
        }

        return new Interval(
            rate == 0 ? 0 : variance / (2 * rate) * Distributions.ChiSquaredQuantile((1 - confidence) / 2, 2 * rate * rate / variance),
            aboveVariance / (2 * above) * Distributions.ChiSquaredQuantile((1 + confidence) / 2, 2 * above * above / aboveVariance));
    }

    private static void RequireNumbers(params ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
            {
                throw new NumericRangeException("The rate");
            }
        }
    }

    private static void RequireStrata(ReadOnlySpan<double> events, ReadOnlySpan<double> exposure)
    {
        Check.SameLength(events.Length, exposure.Length, nameof(exposure));
        Check.Between(events, 0, double.MaxValue, nameof(events));
        Check.Positive(exposure, nameof(exposure));
    }
}
