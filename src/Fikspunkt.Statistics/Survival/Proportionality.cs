using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Survival;

/// <summary>Functions of time along which coefficients may change.</summary>
public enum TimeScale
{
    /// <summary>1 minus the Kaplan-Meier curve just before the time: each event counts alike, late ones do not dominate.</summary>
    KaplanMeier,

    /// <summary>Time itself.</summary>
    Identity,

    /// <summary>Logarithm of time; needs events after 0.</summary>
    Logarithm,

    /// <summary>Rank of the event's time among all events.</summary>
    Rank,
}

/// <summary>Tests of proportional hazards.</summary>
/// <param name="ByColumn">One test per column: does its coefficient change along the time scale?</param>
/// <param name="Global">All columns together.</param>
public sealed record ProportionalityTest(ChiSquaredTest[] ByColumn, ChiSquaredTest Global);

/// <summary>The score test for b_j(t) = b_j + theta_j g(t) at theta = 0.</summary>
/// <remarks>With u the weighted sum over events of g(t) times the Schoenfeld residuals, and I_m the sum over event times of g(t)^m V(t):
/// information [I_0 I_1; I_1 I_2], u_j of one column (or all) against it with the slope of b at 0. Grambsch and Therneau, Biometrika 81 (1994) 515-526,
/// in the exact form that R's survival package uses since version 3.</remarks>
internal static class Proportionality
{
    public static ProportionalityTest Test(CoxProblem problem, TimeScale scale)
    {
        var k = problem.X.Columns;
        if (k == 0)
        {
            return new ProportionalityTest([], ChiSquaredTest.Of(0, 0));
        }

        var g = Centred(Scaled(problem, scale), problem.Sets);
        var likelihood = problem.Likelihood;
        var (_, level) = likelihood.Derivatives();
        var (slope, cross) = likelihood.Derivatives(g);
        var (_, square) = likelihood.Derivatives(Array.ConvertAll(g, value => value * value));
        var tests = new ChiSquaredTest[k];
        for (var j = 0; j < k; j++)
        {
            tests[j] = ChiSquaredTest.Of(Statistic(level, cross, square, slope, k, [j]), 1);
        }

        return new ProportionalityTest(tests, ChiSquaredTest.Of(Statistic(level, cross, square, slope, k, [.. Enumerable.Range(0, k)]), k));
    }

    private static double Statistic(double[] level, double[] cross, double[] square, double[] slope, int k, int[] tested)
    {
        var size = k + tested.Length;
        var information = new double[size * size];
        for (var a = 0; a < k; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                information[(a * size) + b] = level[(a * k) + b];
            }
        }

        for (var a = 0; a < tested.Length; a++)
        {
            var row = information.AsSpan((k + a) * size, size);
            for (var b = 0; b < k; b++)
            {
                row[b] = At(cross, k, tested[a], b);
            }

            for (var b = 0; b <= a; b++)
            {
                row[k + b] = At(square, k, tested[a], tested[b]);
            }
        }

        if (!Cholesky.TryFactorise(information, size, tolerance: 1e-11))
        {
            throw new RankDeficientException(k, size, [tested]);
        }

        var u = new double[size];
        for (var a = 0; a < tested.Length; a++)
        {
            u[k + a] = slope[tested[a]];
        }

        Cholesky.SolveLower(information, size, u);
        return CompensatedSum.OfSquares(u);
    }

    private static double At(double[] lower, int k, int i, int j) => lower[(Math.Max(i, j) * k) + Math.Min(i, j)];

    private static double[] Scaled(CoxProblem problem, TimeScale scale)
    {
        var times = problem.Sets.Time;
        switch (scale)
        {
            case TimeScale.Identity:
                return [.. times];
            case TimeScale.Logarithm:
                Check.Positive(times, "time");
                return Array.ConvertAll(times, Math.Log);
            case TimeScale.Rank:
                return Ranks(problem.Sets);
            default:
                var curve = KaplanMeier.Fit(problem.Spells);
                return Array.ConvertAll(times, time => Array.BinarySearch(curve.Time, time) is var at && at <= 0 ? 0 : 1 - curve.Survival[at - 1]);
        }
    }

    /// <summary>Average ranks of the event times among all events of all strata.</summary>
    private static double[] Ranks(CoxRiskSets sets)
    {
        var ranks = new double[sets.Cells];
        var order = RadixSort.Order(sets.Time);
        var before = 0;
        for (var from = 0; from < order.Length;)
        {
            var (to, events) = (from, 0);
            for (; to < order.Length && sets.Time[order[to]] == sets.Time[order[from]]; to++)
            {
                events += sets.Deaths(order[to]);
            }

            for (; from < to; from++)
            {
                ranks[order[from]] = before + ((events + 1) / 2.0);
            }

            before += events;
        }

        return ranks;
    }

    /// <summary>Minus the mean over events: the test does not change, the information is better conditioned.</summary>
    private static double[] Centred(double[] g, CoxRiskSets sets)
    {
        var (sum, events) = (0.0, 0);
        for (var cell = 0; cell < g.Length; cell++)
        {
            sum += g[cell] * sets.Deaths(cell);
            events += sets.Deaths(cell);
        }

        return Array.ConvertAll(g, value => value - (sum / events));
    }
}
