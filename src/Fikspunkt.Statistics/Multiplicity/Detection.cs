using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Rates;

namespace Fikspunkt.Statistics.Multiplicity;

/// <summary>What is measured per unit.</summary>
public enum Measure
{
    /// <summary>A mean over n persons, whose values have a known variance.</summary>
    Mean,

    /// <summary>A share of n persons: variance p (1 - p).</summary>
    Proportion,

    /// <summary>Events over an exposure n (person-years, say): variance equal to the rate.</summary>
    Rate,
}

/// <summary>A test of one unit against a reference.</summary>
/// <param name="Measure">What is measured.</param>
/// <param name="Base">The reference: a share strictly between 0 and 1 or a rate above 0; any number for a mean.</param>
/// <param name="Variance">Variance of one person's value, for means; not used otherwise.</param>
/// <param name="Alpha">Chance of finding a difference that is not there, strictly between 0 and 1; below 0.5 if one-sided.</param>
/// <param name="Power">Chance of finding the difference that is there, from above alpha to below 1.</param>
/// <param name="Phi">Overdispersion: true variance over the variance above; above 0, 1 = none.</param>
/// <param name="ReferenceRatio">Size of the reference over the size of the unit: infinite for a reference known exactly (one sample), 1 for two units of the same size.</param>
/// <param name="OneSided">Whether only the direction of the difference counts as a finding.</param>
public sealed record DetectionDesign(
    Measure Measure,
    double Base,
    double Variance = double.NaN,
    double Alpha = 0.05,
    double Power = 0.8,
    double Phi = 1,
    double ReferenceRatio = double.PositiveInfinity,
    bool OneSided = false);

/// <summary>The smallest differences that would be found.</summary>
/// <param name="Below">Downwards, negative; NaN where no share or rate lies that far down.</param>
/// <param name="Above">Upwards, positive; NaN where no share lies that far up.</param>
public readonly record struct DetectableDifference(double Below, double Above);

/// <summary>How large a difference a unit of a given size can show.</summary>
/// <remarks>
/// With d the difference, n the unit's size, r the ratio of the reference's size to it, and v the variance of one person's value:
/// |d| = z_alpha s_0 + z_power s_1, s_0^2 = phi v(m)(1 + 1/r)/n with m the common mean under no difference, (b + d + r b)/(1 + r), and
/// s_1^2 = phi (v(b + d) + v(b)/r)/n. z_alpha is the normal quantile of 1 - alpha/2 (1 - alpha if one-sided), z_power that of the power.
/// Normal approximation; a rejection in the wrong direction does not count. Fleiss, Levin and Paik, Statistical Methods for Rates and
/// Proportions, 3rd ed. (Wiley 2003), chapter 4; as R's <c>power.prop.test</c> for shares with r = 1. Deterministic.
/// </remarks>
public static class Detection
{
    /// <summary>The smallest difference found with the design's power.</summary>
    /// <param name="design">The test.</param>
    /// <param name="size">Persons or exposure of the unit, above 0.</param>
    /// <exception cref="InvalidValueException">A number is out of its range or NaN.</exception>
    public static DetectableDifference SmallestDifference(DetectionDesign design, double size)
    {
        Require(design, size);
        return new DetectableDifference(-Smallest(design, size, -1), Smallest(design, size, 1));
    }

    /// <summary>The chance of finding a difference.</summary>
    /// <param name="design">The test; its power is not used.</param>
    /// <param name="size">Persons or exposure of the unit, above 0.</param>
    /// <param name="difference">The unit's true value minus the base.</param>
    /// <exception cref="InvalidValueException">A number is out of its range or NaN.</exception>
    public static double Power(DetectionDesign design, double size, double difference)
    {
        Require(design, size);
        RequireDifference(design, difference);
        var (none, some) = Spreads(design, difference);
        var beyond = (Math.Abs(difference) * Math.Sqrt(size)) - (Level(design) * none);

        // At a share of 0 or 1 the unit itself does not vary: found always or never.
        return some > 0 ? NormalDistribution.Cumulative(beyond / some) : beyond >= 0 ? 1 : 0;
    }

    /// <summary>The size a unit needs for a difference to be found with the design's power: not rounded.</summary>
    /// <param name="design">The test.</param>
    /// <param name="difference">The unit's true value minus the base, not 0.</param>
    /// <exception cref="InvalidValueException">A number is out of its range or NaN, or the difference is 0.</exception>
    public static double Size(DetectionDesign design, double difference)
    {
        Require(design, 1);
        RequireDifference(design, difference);
        if (difference == 0)
        {
            throw new InvalidValueException(nameof(difference), 0, 0, difference, Requirement.NotZero);
        }

        var (none, some) = Spreads(design, difference);
        var root = ((Level(design) * none) + (NormalDistribution.Quantile(design.Power) * some)) / difference;
        return root * root;
    }

    /// <summary>The root of |d| sqrt n - z_alpha s_0(d) - z_power s_1(d) in one direction; NaN if there is none.</summary>
    private static double Smallest(DetectionDesign design, double size, int sign)
    {
        var (level, power) = (Level(design), NormalDistribution.Quantile(design.Power));
        double Missing(double d)
        {
            var (none, some) = Spreads(design, sign * d);
            return (level * none) + (power * some) - (d * Math.Sqrt(size));
        }

        var most = (design.Measure, sign) switch
        {
            (Measure.Mean, _) => double.PositiveInfinity,
            (_, -1) => design.Base,
            (Measure.Proportion, _) => 1 - design.Base,
            _ => double.PositiveInfinity,
        };
        if (double.IsFinite(most))
        {
            return Missing(most) > 0 ? double.NaN : Roots.Between(Missing, 0, most);
        }

        var high = (level + Math.Abs(power)) * Math.Sqrt(VarianceAt(design, design.Base) / size);
        while (Missing(high) > 0)
        {
            high *= 2;
        }

        return Roots.Between(Missing, 0, high);
    }

    /// <summary>Standard deviations of the difference times sqrt n: under no difference, and under this one.</summary>
    private static (double None, double Some) Spreads(DetectionDesign design, double difference)
    {
        var share = 1 / design.ReferenceRatio;

        // (b + d + r b) / (1 + r), for infinite r too.
        var common = design.Base + (difference * share / (1 + share));
        return (
            Math.Sqrt(VarianceAt(design, common) * (1 + share)),
            Math.Sqrt(VarianceAt(design, design.Base + difference) + (VarianceAt(design, design.Base) * share)));
    }

    private static double VarianceAt(DetectionDesign design, double mean) => design.Phi * design.Measure switch
    {
        Measure.Mean => design.Variance,

        // The ends of the range are reached by subtraction and may be missed by a rounding error.
        Measure.Proportion => Math.Max(0, mean * (1 - mean)),
        _ => Math.Max(0, mean),
    };

    private static double Level(DetectionDesign design) => -NormalDistribution.Quantile(design.OneSided ? design.Alpha : design.Alpha / 2);

    private static void Require(DetectionDesign design, double size)
    {
        RateArguments.Positive(size, nameof(size));
        RateArguments.Positive(design.Phi, nameof(design.Phi));
        if (!Enum.IsDefined(design.Measure))
        {
            throw new ArgumentOutOfRangeException(nameof(design));
        }

        if (!(design.ReferenceRatio > 0))
        {
            throw new InvalidValueException(nameof(design.ReferenceRatio), 0, 0, design.ReferenceRatio, Requirement.AboveZeroOrInfinite);
        }

        var most = design.Measure == Measure.Proportion ? Math.BitDecrement(1.0) : double.MaxValue;
        Check.Between([design.Base], design.Measure == Measure.Mean ? -double.MaxValue : double.Epsilon, most, nameof(design.Base));
        if (design.Measure == Measure.Mean)
        {
            RateArguments.Positive(design.Variance, nameof(design.Variance));
        }

        Check.Between([design.Alpha], double.Epsilon, Math.BitDecrement(design.OneSided ? 0.5 : 1), nameof(design.Alpha));
        Check.Between([design.Power], Math.BitIncrement(design.OneSided ? design.Alpha : design.Alpha / 2), Math.BitDecrement(1.0), nameof(design.Power));
    }

    private static void RequireDifference(DetectionDesign design, double difference)
    {
        var (least, most) = design.Measure switch
        {
            Measure.Mean => (-double.MaxValue, double.MaxValue),
            Measure.Proportion => (-design.Base, 1 - design.Base),
            _ => (-design.Base, double.MaxValue),
        };
        Check.Between([difference], least, most, nameof(difference));
    }
}
