using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Rates;

namespace Fikspunkt.Statistics.Survival;

/// <summary>How limits of a survival curve are made.</summary>
public enum CurveLimits
{
    /// <summary>S exp(-/+ z se), se the standard error of log S; cut at 1.</summary>
    Log,

    /// <summary>exp(-exp(log(-log S) +/- z se / |log S|)): stays within 0 to 1 and covers better at the ends.</summary>
    LogLog,
}

/// <summary>A quantile of a survival curve with its limits; NaN where the curve never comes that far down.</summary>
/// <param name="Time">The quantile.</param>
/// <param name="Lower">Lower limit.</param>
/// <param name="Upper">Upper limit.</param>
public sealed record CurveQuantile(double Time, double Lower, double Upper);

/// <summary>A mean with its standard error.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">Its standard error.</param>
public sealed record MeanEstimate(double Value, double StandardError);

internal readonly record struct RiskRow(double Time, double AtRisk, double Events, double Censored);

/// <summary>A Kaplan-Meier curve. Arrays have one element per distinct exit time, events and censorings alike, ascending.</summary>
public sealed class SurvivalCurve
{
    /// <summary>Closer than this to the level, a curve counts as on it.</summary>
    private const double OnLevel = 1.5e-8;

    internal SurvivalCurve(List<RiskRow> table)
    {
        Time = [.. table.Select(row => row.Time)];
        AtRisk = [.. table.Select(row => row.AtRisk)];
        Events = [.. table.Select(row => row.Events)];
        Censored = [.. table.Select(row => row.Censored)];
        var count = table.Count;
        (Survival, StandardErrorLog, StandardError) = (new double[count], new double[count], new double[count]);
        (CumulativeHazard, CumulativeHazardStandardError) = (new double[count], new double[count]);
        var (survival, greenwood, hazard, hazardVariance) = (1.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            var (n, d) = (AtRisk[i], Events[i]);
            if (d > 0)
            {
                // Weighted sums may differ in their last bits although everybody at risk has the event.
                var left = n - d <= 1e-12 * n ? 0 : n - d;
                survival *= left / n;
                greenwood += left == 0 ? double.NaN : d / (n * left);
                hazard += d / n;
                hazardVariance += d / n / n;
            }

            Survival[i] = survival;
            StandardErrorLog[i] = Math.Sqrt(greenwood);
            StandardError[i] = survival * StandardErrorLog[i];
            CumulativeHazard[i] = hazard;
            CumulativeHazardStandardError[i] = Math.Sqrt(hazardVariance);
        }
    }

    /// <summary>Distinct exit times.</summary>
    public double[] Time { get; }

    /// <summary>Weight at risk just before each time.</summary>
    public double[] AtRisk { get; }

    /// <summary>Weight of events.</summary>
    public double[] Events { get; }

    /// <summary>Weight of censorings.</summary>
    public double[] Censored { get; }

    /// <summary>S(t), right continuous.</summary>
    public double[] Survival { get; }

    /// <summary>Standard error of log S (Greenwood); NaN where S is 0.</summary>
    public double[] StandardErrorLog { get; }

    /// <summary>Standard error of S; NaN where S is 0.</summary>
    public double[] StandardError { get; }

    /// <summary>Nelson-Aalen estimate of the cumulative hazard.</summary>
    public double[] CumulativeHazard { get; }

    /// <summary>Its standard error, sqrt(sum of d/n^2).</summary>
    public double[] CumulativeHazardStandardError { get; }

    /// <summary>Pointwise limits: 1 before the first event, NaN where S is 0.</summary>
    /// <exception cref="InvalidValueException">A confidence that is not strictly between 0 and 1.</exception>
    public (double[] Lower, double[] Upper) Limits(CurveLimits kind, double confidence = 0.95)
    {
        RateArguments.Confidence(confidence);
        var z = NormalDistribution.Quantile((1 + confidence) / 2);
        var (lower, upper) = (new double[Time.Length], new double[Time.Length]);
        for (var i = 0; i < Time.Length; i++)
        {
            (lower[i], upper[i]) = Survival[i] switch
            {
                1 => (1, 1),
                0 => (double.NaN, double.NaN),
                var s when kind == CurveLimits.Log => (s * Math.Exp(-z * StandardErrorLog[i]), Math.Min(1, s * Math.Exp(z * StandardErrorLog[i]))),
                var s => LogLog(s, z * StandardErrorLog[i] / Math.Log(s)),
            };
        }

        return (lower, upper);
    }

    /// <summary>The smallest time at which S is at or below 1 - <paramref name="p"/>; where S lies exactly on it for an interval, its middle.
    /// Limits follow the same rule on the limits of the curve.</summary>
    /// <exception cref="InvalidValueException">A probability that is not strictly between 0 and 1.</exception>
    public CurveQuantile Quantile(double p, CurveLimits kind, double confidence = 0.95)
    {
        RateArguments.Confidence(p);
        var (lower, upper) = Limits(kind, confidence);
        return new CurveQuantile(Reaches(Survival, 1 - p), Reaches(lower, 1 - p), Reaches(upper, 1 - p));
    }

    /// <summary>The median; see <see cref="Quantile"/>.</summary>
    /// <exception cref="InvalidValueException">A confidence that is not strictly between 0 and 1.</exception>
    public CurveQuantile Median(CurveLimits kind, double confidence = 0.95) => Quantile(0.5, kind, confidence);

    /// <summary>The restricted mean: the area under the curve from 0 to <paramref name="horizon"/>, the mean time without the event until then.
    /// The years lost are the horizon minus it.</summary>
    /// <remarks>Variance: sum over event times of (area from there to the horizon)^2 d / (n (n - d)).
    /// Where everybody left at risk has the event the area behind is 0 and so is that term.</remarks>
    /// <exception cref="InvalidValueException">A horizon of 0 or less, or beyond the last exit while S is above 0 there.</exception>
    public MeanEstimate RestrictedMean(double horizon)
    {
        Horizon.Require(horizon, Time[^1], Survival[^1]);
        var (area, variance, right) = (0.0, 0.0, horizon);
        for (var i = Time.Length - 1; i >= 0; i--)
        {
            if (Time[i] >= horizon)
            {
                continue;
            }

            area += Survival[i] * (right - Time[i]);
            right = Time[i];
            if (Events[i] > 0 && area > 0)
            {
                variance += area * area * Events[i] / (AtRisk[i] * (AtRisk[i] - Events[i]));
            }
        }

        return new MeanEstimate(area + right, Math.Sqrt(variance));
    }

    private static (double Lower, double Upper) LogLog(double survival, double shift)
    {
        var middle = Math.Log(-Math.Log(survival));
        return (Math.Exp(-Math.Exp(middle - shift)), Math.Exp(-Math.Exp(middle + shift)));
    }

    private double Reaches(double[] curve, double level)
    {
        var at = Array.FindIndex(curve, value => value < level + OnLevel);
        if (at < 0)
        {
            return double.NaN;
        }

        var below = Math.Abs(curve[at] - level) < OnLevel ? Array.FindIndex(curve, at, value => value < curve[at]) : -1;
        return below < 0 ? Time[at] : (Time[at] + Time[below]) / 2;
    }
}

/// <summary>The end of a restricted mean.</summary>
internal static class Horizon
{
    public static void Require(double horizon, double last, double survivalThere)
    {
        if (!(horizon > 0 && double.IsFinite(horizon)) || (horizon > last && survivalThere > 0))
        {
            throw new InvalidValueException(nameof(horizon), 0, 0, horizon, Requirement.WithinFollowUp, last);
        }
    }
}
