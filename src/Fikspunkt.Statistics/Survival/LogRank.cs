using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Survival;

/// <summary>A log-rank test. Arrays follow the groups.</summary>
/// <param name="Spells">Weight of the spells.</param>
/// <param name="Observed">Events observed.</param>
/// <param name="Expected">Events expected if all groups of a stratum had the same hazard.</param>
/// <param name="Covariance">Hypergeometric covariance of observed minus expected.</param>
/// <param name="ChiSquared">(O - E)' V^- (O - E).</param>
/// <param name="DegreesOfFreedom">Groups with an expectation above 0, minus 1 (less where strata share no groups).</param>
/// <param name="PValue">P(chi-square above the statistic).</param>
public sealed record LogRankResult(
    double[] Spells, double[] Observed, double[] Expected, RowMatrix Covariance, double ChiSquared, int DegreesOfFreedom, double PValue);

/// <summary>The log-rank test of equal hazards.</summary>
/// <remarks>
/// Per stratum and event time, with n at risk, d events, n_g of group g: E_g = d n_g / n,
/// V_gh = d (n - d) / (n - 1) (n_g / n)(delta_gh - n_h / n); summed. Mantel, Cancer Chemotherapy Reports 50 (1966) 163-170;
/// Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data, 2nd ed., section 1.5. Late entry and weights (as repeated spells)
/// are allowed. Events of every cause count. Deterministic.
/// </remarks>
public static class LogRank
{
    /// <summary>Tests the groups against each other.</summary>
    /// <param name="spells">Spells.</param>
    /// <param name="groups">The group of each spell: 0, 1, ..., each used.</param>
    /// <param name="strata">The stratum of each spell, in the same way; empty = one stratum.</param>
    /// <exception cref="TooFewUnitsException">Fewer than two groups.</exception>
    /// <exception cref="NoEventsException">No events, or none with two groups at risk.</exception>
    public static LogRankResult Test(Spells spells, ReadOnlySpan<int> groups, ReadOnlySpan<int> strata = default)
    {
        var count = Check.Groups(groups, spells.Count);
        if (count < 2)
        {
            throw new TooFewUnitsException(count, 2);
        }

        var own = groups.ToArray();
        var (size, observed, expected) = (new double[count], new double[count], new double[count]);
        var covariance = new RowMatrix(count, count);
        for (var row = 0; row < own.Length; row++)
        {
            size[own[row]] += spells.Weight(row);
        }

        foreach (var rows in spells.RowsBy(strata))
        {
            RiskSweep.Run(spells, rows, own, count, (_, leaving, atRisk) => Add(spells, own, leaving, atRisk, observed, expected, covariance));
        }

        var (statistic, degrees) = Quadratic(observed, expected, covariance);
        return new LogRankResult(size, observed, expected, covariance, statistic, degrees, Distributions.ChiSquaredTail(statistic, degrees));
    }

    private static void Add(Spells spells, int[] groups, ReadOnlySpan<int> leaving, ReadOnlySpan<double> atRisk, double[] observed, double[] expected, RowMatrix covariance)
    {
        var (d, n) = (0.0, 0.0);
        foreach (var row in leaving)
        {
            if (spells.Cause[row] > 0)
            {
                d += spells.Weight(row);
                observed[groups[row]] += spells.Weight(row);
            }
        }

        if (d == 0)
        {
            return;
        }

        foreach (var weight in atRisk)
        {
            n += weight;
        }

        var spread = n > 1 ? d * (n - d) / (n - 1) : 0;
        for (var g = 0; g < atRisk.Length; g++)
        {
            var share = atRisk[g] / n;
            expected[g] += d * share;
            for (var h = 0; h < atRisk.Length; h++)
            {
                covariance[g, h] += spread * share * ((g == h ? 1 : 0) - (atRisk[h] / n));
            }
        }
    }

    /// <summary>(O - E)' V^- (O - E) and the rank of V, by a Cholesky factor that passes over dependent groups.</summary>
    private static (double Statistic, int Rank) Quadratic(double[] observed, double[] expected, RowMatrix covariance)
    {
        var k = observed.Length;
        var kept = new List<int>();
        var factor = new RowMatrix(k, k);
        var solved = new double[k];
        for (var g = 0; g < k; g++)
        {
            // Row g of the factor over the groups kept so far; a group that adds no variance of its own is passed over.
            for (var a = 0; a < kept.Count; a++)
            {
                factor[g, a] = (covariance[g, kept[a]] - Dot(factor, g, kept[a], a)) / factor[kept[a], a];
            }

            var pivot = covariance[g, g] - Dot(factor, g, g, kept.Count);
            if (pivot > 1e-10 * covariance[g, g])
            {
                var value = observed[g] - expected[g];
                for (var a = 0; a < kept.Count; a++)
                {
                    value -= factor[g, a] * solved[a];
                }

                factor[g, kept.Count] = Math.Sqrt(pivot);
                solved[kept.Count] = value / factor[g, kept.Count];
                kept.Add(g);
            }
        }

        return kept.Count == 0 ? throw new NoEventsException() : (CompensatedSum.OfSquares(solved.AsSpan(0, kept.Count)), kept.Count);
    }

    private static double Dot(RowMatrix factor, int g, int h, int length)
    {
        var sum = 0.0;
        for (var a = 0; a < length; a++)
        {
            sum += factor[g, a] * factor[h, a];
        }

        return sum;
    }
}
