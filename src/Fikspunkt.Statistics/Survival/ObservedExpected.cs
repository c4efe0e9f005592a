using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Rates;

namespace Fikspunkt.Statistics.Survival;

/// <summary>Observed against expected events. Arrays follow the groups.</summary>
/// <param name="Units">Rows.</param>
/// <param name="Observed">O.</param>
/// <param name="Expected">E.</param>
/// <param name="Ratio">O/E; NaN where E is 0 or unknown.</param>
/// <param name="Interval">Exact Poisson limits of O, divided by E, which is taken as known.</param>
public sealed record ObservedExpectedResult(int[] Units, double[] Observed, double[] Expected, double[] Ratio, Interval[] Interval);

/// <summary>Observed against expected events per group.</summary>
/// <remarks>Limits: chi-square quantiles (a/2; 2 O) / (2 E) and (1 - a/2; 2 O + 2) / (2 E), the lower one 0 when O = 0.
/// Breslow and Day, Statistical Methods in Cancer Research II (IARC 1987), chapter 2. The error of the expectation is not in them.</remarks>
public static class ObservedExpected
{
    /// <summary>Sums rows by group.</summary>
    /// <param name="observed">Events of each row (weighted, if the expectations are).</param>
    /// <param name="expected">Expected events of each row; NaN makes its group's NaN.</param>
    /// <param name="groups">The group of each row: 0, 1, ..., each used.</param>
    /// <param name="confidence">Strictly between 0 and 1.</param>
    /// <exception cref="InvalidValueException">A negative or infinite value, or a confidence out of range.</exception>
    public static ObservedExpectedResult ByGroup(ReadOnlySpan<double> observed, ReadOnlySpan<double> expected, ReadOnlySpan<int> groups, double confidence = 0.95)
    {
        var count = Check.Groups(groups, observed.Length);
        Check.SameLength(observed.Length, expected.Length, nameof(expected));
        Check.Between(observed, 0, double.MaxValue, nameof(observed));
        RateArguments.Confidence(confidence);
        var (units, o, e) = (new int[count], new CompensatedSum[count], new CompensatedSum[count]);
        for (var row = 0; row < groups.Length; row++)
        {
            if (expected[row] < 0 || double.IsInfinity(expected[row]))
            {
                throw new InvalidValueException(nameof(expected), row, 0, expected[row], Requirement.NotBelowZeroOrMissing);
            }

            units[groups[row]]++;
            o[groups[row]].Add(observed[row]);
            e[groups[row]].Add(expected[row]);
        }

        var (totalObserved, totalExpected) = (Array.ConvertAll(o, sum => sum.Value), Array.ConvertAll(e, sum => sum.Value));
        var (ratio, interval) = (new double[count], new Interval[count]);
        for (var group = 0; group < count; group++)
        {
            var known = totalExpected[group] > 0;
            ratio[group] = known ? totalObserved[group] / totalExpected[group] : double.NaN;
            interval[group] = known
                ? PoissonCount.Exact(totalObserved[group], confidence).Times(1 / totalExpected[group])
                : new Interval(double.NaN, double.NaN);
        }

        return new ObservedExpectedResult(units, totalObserved, totalExpected, ratio, interval);
    }
}
