using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Series;

/// <summary>Settings of a tabular CUSUM.</summary>
/// <param name="Target">The level the series should have.</param>
/// <param name="StandardDeviation">Standard deviation of one value around it; above 0.</param>
public sealed record CusumOptions(double Target, double StandardDeviation)
{
    /// <summary>k: what a value may be off, in standard deviations, before it adds up; half the shift to be found. Default 0.5.</summary>
    public double Allowance { get; init; } = 0.5;

    /// <summary>h: the sum, in standard deviations, that gives a signal. Default 5.</summary>
    public double Limit { get; init; } = 5;

    /// <summary>Where both sums start (and start again after a signal), in standard deviations; half the limit finds a process that begins off target sooner. Default 0.</summary>
    public double HeadStart { get; init; }
}

/// <summary>One signal.</summary>
/// <param name="At">The observation (from 0) at which the limit was passed.</param>
/// <param name="Upwards">Whether the level is too high.</param>
/// <param name="ShiftStart">The observation at which the shift is estimated to have begun: the first since the sum was last at 0.</param>
/// <param name="Level">The level since then, estimated as target + allowance + sum / observations since then (with the sign of the shift).</param>
public readonly record struct CusumSignal(int At, bool Upwards, int ShiftStart, double Level);

/// <summary>The two sums of a tabular CUSUM, in standard deviations, after each observation (before a restart), and the signals.</summary>
/// <param name="Upper">C+: sum of what values lie above target + allowance, not below 0.</param>
/// <param name="Lower">C-: the same below target - allowance.</param>
/// <param name="Signals">Signals in the order of time.</param>
public sealed record CusumResult(double[] Upper, double[] Lower, CusumSignal[] Signals);

/// <summary>Tabular cumulative sums for finding a small lasting shift of a level.</summary>
/// <remarks>
/// With z = (value - target) / standard deviation: C+ = max(0, C+ + z - k), C- = max(0, C- - z - k); a signal when a sum passes h, after which both start again.
/// Page, Biometrika 41 (1954) 100-115; head start: Lucas and Crosier, Technometrics 24 (1982) 199-205; Montgomery, Introduction to Statistical Quality Control, 7th ed., section 9.1.
/// The average run lengths known for k and h hold for independent normal values. With a head start the estimated start of a shift before the sum has been
/// at 0 is the first observation after the start. Missing values are not allowed. Deterministic.
/// </remarks>
public static class TabularCusum
{
    /// <summary>Runs the sums.</summary>
    /// <param name="values">Values in the order of time.</param>
    /// <param name="options">Target, standard deviation, k, h, head start.</param>
    /// <exception cref="InvalidValueException">NaN or infinity, or a standard deviation that is not above 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A negative allowance, a limit not above 0, a head start below 0 or not below the limit.</exception>
    public static CusumResult Run(ReadOnlySpan<double> values, CusumOptions options)
    {
        Check.Finite(values, nameof(values));
        Check.Finite([options.Target], nameof(CusumOptions.Target));
        Check.Positive([options.StandardDeviation], nameof(CusumOptions.StandardDeviation));
        if (!(options.Allowance >= 0 && options.Limit > 0 && options.HeadStart >= 0 && options.HeadStart < options.Limit))
        {
            throw new ArgumentOutOfRangeException(nameof(options), "The allowance is at least 0, the limit above 0, and the head start between 0 and the limit.");
        }

        var (upper, lower) = (new double[values.Length], new double[values.Length]);
        var signals = new List<CusumSignal>();
        var (up, down, upFrom, downFrom) = (options.HeadStart, options.HeadStart, 0, 0);
        for (var i = 0; i < values.Length; i++)
        {
            var z = (values[i] - options.Target) / options.StandardDeviation;
            up = Math.Max(0, up + z - options.Allowance);
            down = Math.Max(0, down - z - options.Allowance);
            (upper[i], lower[i]) = (up, down);
            upFrom = up > 0 ? upFrom : i + 1;
            downFrom = down > 0 ? downFrom : i + 1;
            if (up > options.Limit || down > options.Limit)
            {
                var rises = up > options.Limit;
                var from = rises ? upFrom : downFrom;
                var off = options.Allowance + ((rises ? up : down) / (i - from + 1));
                signals.Add(new CusumSignal(i, rises, from, options.Target + ((rises ? off : -off) * options.StandardDeviation)));
                (up, down, upFrom, downFrom) = (options.HeadStart, options.HeadStart, i + 1, i + 1);
            }
        }

        return new CusumResult(upper, lower, [.. signals]);
    }
}
